"""A workbook with macros: the same workbook, and what Excel needs to find the macros."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from oletools.olevba import VBA_Parser
from zipped import parts_of

from xlperf.hosts.excel.installed import version_in, xlwings_code, xlwings_version
from xlperf.hosts.excel.macros import stamp, workbook_modules, workbook_project
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes, write_department

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PROJECT = "xl/vbaProject.bin"


def edited(code: str) -> str:
    """xlwings' code without the branch for the Mac that asks for a class of its own."""
    lines = code.splitlines(keepends=True)
    start = lines.index("    Dim d As Dictionary\n") - 1
    assert [line.strip() for line in lines[start : start + 7]] == [
        "#If Mac Then",
        "Dim d As Dictionary",
        "Set d = New Dictionary",
        "#Else",
        "Dim d As Object",
        'Set d = CreateObject("Scripting.Dictionary")',
        "#End If",
    ]
    return "".join([*lines[:start], *lines[start + 4 : start + 6], *lines[start + 7 :]])


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    return parts_of(department_bytes(small_department(), SETTINGS))


@pytest.fixture(scope="module")
def xlsm() -> bytes:
    return department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp()))


def test_macros_change_nothing_but_how_excel_finds_them(plain: dict[str, bytes], xlsm: bytes) -> None:
    with_macros = parts_of(xlsm)
    assert set(with_macros) - set(plain) == {PROJECT}
    undone = {
        name: re.sub(rb' codeName="\w+"', b"", content) for name, content in with_macros.items() if name != PROJECT
    }
    undone["[Content_Types].xml"] = (
        undone["[Content_Types].xml"]
        .replace(b"vnd.ms-excel.sheet.macroEnabled.main", b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main")
        .replace(b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>', b"")
    )
    undone["xl/_rels/workbook.xml.rels"] = re.sub(
        rb'<Relationship Id="rId\d+" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        rb'Target="vbaProject.bin"/>',
        b"",
        undone["xl/_rels/workbook.xml.rels"],
    )
    undone["docProps/custom.xml"] = re.sub(
        rb'<property [^>]*name="xlperf.xlwings">.*?</property>', b"", undone["docProps/custom.xml"]
    )
    seal = "xl/worksheets/sheet8.xml"  # which says whether there are macros
    for name in ("docProps/custom.xml", seal):
        undone[name] = undone[name].replace(b">yes<", b">no<")

    assert undone == plain


def test_every_sheet_has_its_module(xlsm: bytes) -> None:
    content = parts_of(xlsm)
    book = ET.fromstring(content["xl/workbook.xml"])
    code_names = []
    for i in range(1, len(book.findall(f"{MAIN}sheets/{MAIN}sheet")) + 1):
        sheet = ET.fromstring(content[f"xl/worksheets/sheet{i}.xml"])
        assert sheet[0].tag == f"{MAIN}sheetPr"
        code_names.append(sheet[0].get("codeName"))
    workbook_name = book.find(f"{MAIN}workbookPr").get("codeName")  # type: ignore[union-attr]
    modules = {stream: code for _, stream, _, code in VBA_Parser("a.xlsm", xlsm).extract_macros()}

    assert workbook_name == "ThisWorkbook"
    assert len(set(code_names)) == len(code_names) == 8
    assert modules == {f"VBA/{module.name}": module.source for module in workbook_modules(code_names)}


def test_the_order_of_elements_is_the_schema_s(xlsm: bytes) -> None:
    book = ET.fromstring(parts_of(xlsm)["xl/workbook.xml"])

    order = [element.tag.removeprefix(MAIN) for element in book]
    assert order == ["workbookPr", "bookViews", "sheets", "definedNames", "calcPr"]


def test_the_version_of_xlwings_is_stamped(xlsm: bytes) -> None:
    properties = parts_of(xlsm)["docProps/custom.xml"].decode()

    stamped = re.search(r'name="xlperf\.xlwings"><vt:lpwstr>([^<]+)<', properties)
    assert stamped
    assert stamped[1] == xlwings_version() == version_in(xlwings_code())


def test_the_vba_of_xlwings_is_the_installed_one_but_for_its_settings_and_its_dictionary() -> None:
    import xlwings

    installed = (Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding="ascii")
    ours = next(module for module in workbook_modules([]) if module.name == "xlwings").source.replace("\r\n", "\n")

    assert ours == edited(installed.replace('PROJECT_NAME As String = "xlwings"', 'PROJECT_NAME As String = "xlperf"'))


def test_same_input_same_bytes(xlsm: bytes) -> None:
    assert department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp())) == xlsm


def test_it_is_read_back_as_the_same_department(tmp_path: Path) -> None:
    target = tmp_path / "部门.xlsm"
    write_department(small_department(), SETTINGS, target, macros=Macros(workbook_project, stamp()))
    returned = read_workbook(target)

    assert (returned.department, returned.settings) == (small_department(), SETTINGS)
    assert [found.code for found in returned.findings] == ["XPF228"]
