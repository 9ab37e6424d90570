"""How many indicators a form has room for, and what of a workbook comes out on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from departments import SETTINGS, small_department
from office.calc import Calc
from required import require

from xlperf.checks.rule import DESCRIBED
from xlperf.cli.main import main
from xlperf.form import form_set_of
from xlperf.form.looks import INPUT, TINTS
from xlperf.form.shapes import LAYOUTS
from xlperf.form.titles import LISTS, SEAL
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Department, Period, Project, Severity
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes, write_department

LIST = "项目编码,项目名称,预算数\n13080023P00024610002U,办案业务经费,20\n"


def rows_in(path: Path) -> list[int]:
    """How many indicators each project's sheet has room for."""
    sheets = (sheet for sheet in read_workbook(path).sheets if sheet.marker.kind in ("project", "blank_project"))
    return [dict(sheet.marker.sizes)["indicators"] for sheet in sheets]


def made(folder: Path, *options: str) -> Path:
    assert main(["generate", *options, "-o", str(folder), "--fail-on", "never"]) == 0
    return next(folder.glob("*.xlsx"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blank_forms_have_room_for_sixteen_indicators_or_as_many_as_asked(tmp_path: Path, layout: str) -> None:
    blank = ("--blank", "2", "--year", "2026", "--layout", layout)

    assert rows_in(made(tmp_path / "a", *blank)) == [16, 16]
    assert rows_in(made(tmp_path / "b", *blank, "--rows", "30")) == [30, 30]


def test_so_has_a_project_of_a_list(tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(LIST, encoding="utf-8")

    assert rows_in(made(tmp_path / "a", str(tmp_path / "清单.csv"))) == [16]
    assert rows_in(made(tmp_path / "b", str(tmp_path / "清单.csv"), "--rows", "21")) == [21]


@pytest.mark.parametrize("rows", ["0", "201", "多"])
def test_so_many_rows_or_none_are_no_table(tmp_path: Path, rows: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["generate", "--blank", "1", "--year", "2026", "-o", str(tmp_path), "--rows", rows])

    assert f"--rows 应为1至200之间的整数，现为 {rows}" in capsys.readouterr().err


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("period", Period)
def test_more_rows_change_nothing_of_what_is_read(tmp_path: Path, period: Period, layout: str) -> None:
    settings = SETTINGS.model_copy(update={"period": period})
    read = {}
    for rows in (None, 24):
        path = tmp_path / f"{rows}.xlsx"
        write_department(small_department(), settings, path, form_set=form_set_of(period, layout), rows=rows)
        returned = read_workbook(path)
        read[rows] = returned.department, [each.code for each in returned.findings if each.code not in DESCRIBED]

    assert read[24] == read[None]
    assert set(rows_in(tmp_path / "24.xlsx")) == {24}


def test_a_form_with_fewer_rows_than_indicators_grows(tmp_path: Path) -> None:
    write_department(small_department(), SETTINGS, tmp_path / "a.xlsx", rows=1)
    department = read_workbook(tmp_path / "a.xlsx").department

    assert department is not None
    assert department.projects == small_department().projects


# --- on paper ---------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["FFFFFF", INPUT])
def test_a_class_that_is_repeated_is_readable(ground: str) -> None:
    """The contrast that WCAG asks of small print, 4.5 to 1."""
    colour, _, _ = TINTS["repeated"]
    assert colour is not None
    light, dark = sorted((luminance(ground), luminance(colour)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def pages(path: Path, calc: Calc) -> list[str]:
    """The text of each page that LibreOffice makes of the workbook."""
    calc.pdf(path, path.with_suffix(".pdf"))
    text = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return text.stdout.split("\f")[:-1]


def without_poppler() -> str | None:
    return None if shutil.which("pdftotext") else "poppler, which reads the pages, is not installed"


@pytest.mark.office
@pytest.mark.parametrize("is_copy", [False, True])
def test_the_seal_and_the_lists_never_become_pages(tmp_path: Path, calc: Calc, is_copy: bool) -> None:
    require(without_poppler())
    content = department_bytes(small_department(), SETTINGS, form_set=form_set_of(Period.MONITORING, "national"))
    path = tmp_path / "a.xlsx"
    path.write_bytes(annotated(content, [Note("目录", "A1", Severity.INFO, "XPF402 一")]) if is_copy else content)

    footers = [re.findall(r"第 \d+ 页，共 \d+ 页\s+(.*)", page) for page in pages(path, calc)]

    assert {name.strip() for found in footers for name in found}.isdisjoint({SEAL, LISTS})
    assert all(footers)
    assert [sheet.title for sheet in openpyxl.load_workbook(path) if sheet.sheet_state != "visible"] == [LISTS, SEAL]


@pytest.mark.office
def test_the_projects_of_a_summary_fit_a4(tmp_path: Path, calc: Calc) -> None:
    require(without_poppler())
    write_department(small_department(), SETTINGS, tmp_path / "a.xlsx")
    consolidate([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx")

    page = next(page for page in pages(tmp_path / "汇总.xlsx", calc) if page.lstrip().startswith("项目汇总"))

    assert openpyxl.load_workbook(tmp_path / "汇总.xlsx")["项目汇总"].page_setup.paperSize == 9
    assert "支出偏差原因" in page


# --- what a file manager and a screen reader see ----------------------------------------------------------------------


def test_a_workbook_says_what_it_is(tmp_path: Path) -> None:
    department = Department(
        unit={"code": "335001", "name": "某区<人民>法院"},  # type: ignore[arg-type]
        year=2026,
        projects=(Project(number=1, name="办案业务经费", payments=(Decimal(1), *[None] * 11)),),
    )
    path = tmp_path / "a.xlsx"
    write_department(department, SETTINGS.model_copy(update={"period": Period.PLAN}), path)

    properties = openpyxl.load_workbook(path).properties
    assert (properties.title, properties.creator) == ("某区<人民>法院2026年度绩效目标填报表", "xlperf")
    with zipfile.ZipFile(path) as package:
        assert 'descr="累计执行率与计划进度"' in package.read("xl/drawings/drawing4.xml").decode()
