"""The add-in: a ribbon, the VBA behind it, and no functions."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from hosts.excel.test_xlsm import edited
from judges import sdk
from judges.repair import faults
from oletools.olevba import VBA_Parser

from xlperf.hosts.excel import ribbon
from xlperf.hosts.excel.addin import addin_modules, build_xlam
from xlperf.hosts.excel.buttons import BUTTONS, NAMESPACE, TAB, ribbon_code, ribbon_xml
from xlperf.hosts.excel.commands import COMMANDS

UI = f"{{{NAMESPACE}}}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@pytest.fixture(scope="module")
def xlam() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(build_xlam()))


def relationships(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Last word of the type → target."""
    root = ET.fromstring(package.read(part))
    return {e.get("Type", "").rpartition("/")[2]: e.get("Target", "") for e in root.iter(RELATIONSHIP)}


def test_excel_is_told_that_it_is_an_add_in(xlam: zipfile.ZipFile) -> None:
    assert b"application/vnd.ms-excel.addin.macroEnabled.main+xml" in xlam.read("[Content_Types].xml")


def test_excel_finds_the_ribbon_and_the_macros(xlam: zipfile.ZipFile) -> None:
    top = relationships(xlam, "_rels/.rels")

    assert top == {"officeDocument": "xl/workbook.xml", "extensibility": "customUI/customUI14.xml"}
    assert relationships(xlam, "xl/_rels/workbook.xml.rels")["vbaProject"] == "vbaProject.bin"
    assert {"customUI/customUI14.xml", "xl/vbaProject.bin", "xl/worksheets/sheet1.xml"} <= set(xlam.namelist())


def test_every_part_has_a_type(xlam: zipfile.ZipFile) -> None:
    root = ET.fromstring(xlam.read("[Content_Types].xml"))
    named = {element.get("PartName", "").lstrip("/") for element in root}
    endings = {element.get("Extension") for element in root}

    assert [name for name in xlam.namelist() if name not in named and name.rpartition(".")[2] not in endings] == []
    assert named - {""} <= set(xlam.namelist())


def test_the_tab_has_the_buttons_of_the_table() -> None:
    root = ET.fromstring(ribbon_xml())
    tab = root.find(f"{UI}ribbon/{UI}tabs/{UI}tab")
    assert tab is not None

    assert tab.get("label") == TAB == "绩效"
    assert [button.get("label") for button in tab.iter(f"{UI}button")] == [
        *("检查本表", "下一处必填", "清除标记", "汇总文件夹", "导出", "帮助")
    ]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_every_button_has_its_macro_and_every_macro_its_command() -> None:
    called = {button.get("onAction") for button in ET.fromstring(ribbon_xml()).iter(f"{UI}button")}
    macros = dict(
        re.findall(r'^Public Sub (\w+)\(control As IRibbonControl\)\n    XlperfRun "(\w+)"', ribbon_code(), re.M)
    )

    assert called == set(macros)
    assert sorted(macros.values()) == sorted(COMMANDS) == sorted(button.command for button in BUTTONS)


def test_what_the_macros_run_is_there() -> None:
    command = re.search(r'RunPython "(.*)" & command', ribbon_code())

    assert command
    assert command[1] == "from xlperf.hosts.excel.ribbon import run; run('"
    assert callable(ribbon.run)


def test_olevba_reads_back_every_module(xlam: zipfile.ZipFile) -> None:
    parser = VBA_Parser("vbaProject.bin", xlam.read("xl/vbaProject.bin"))
    modules = {stream.removeprefix("VBA/"): code for _, stream, _, code in parser.extract_macros()}

    assert modules == {module.name: module.source for module in addin_modules()}
    assert list(modules) == ["ThisWorkbook", "Sheet1", "xlwings", "xlperf_ribbon"]


def test_it_holds_no_functions() -> None:
    assert "XLPERF_" not in "".join(module.source for module in addin_modules())


def test_its_xlwings_works_on_the_active_workbook() -> None:
    import xlwings

    installed = (Path(xlwings.__file__).parent / "xlwings_custom_addin.bas").read_text(encoding="ascii")
    ours = next(module for module in addin_modules() if module.name == "xlwings").source.replace("\r\n", "\n")

    assert ours == edited(installed.replace('PROJECT_NAME As String = "myaddin"', 'PROJECT_NAME As String = "xlperf"'))


def test_excel_would_not_offer_a_repair(tmp_path: Path) -> None:
    path = tmp_path / "xlperf.xlam"
    path.write_bytes(build_xlam())

    assert faults(path) == []
    if sdk.missing_reason() is None:
        assert sdk.reports(path) == []


def test_same_bytes_every_time() -> None:
    assert build_xlam() == build_xlam()
