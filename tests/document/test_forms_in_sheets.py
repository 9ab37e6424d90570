"""Official forms in a workbook: read as a document, every finding at its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.document import check_document, read_document
from xlperf.jobs.check import check
from xlperf.jobs.sources import read_source
from xlperf.model import BudgetUnit, UnreadableInput

FORMS = Path(__file__).parent / "lists" / "forms_in_workbook.xlsx"
FIRST, SECOND = "2022年村务公开工作经费4.5万", "2022年高龄补贴、40%精简及社会救济"


def changed(path: Path, change: Callable[[Worksheet], object], title: str = FIRST) -> Path:
    made = openpyxl.load_workbook(FORMS)
    change(made[title])
    made.save(path)
    return path


def test_a_form_on_each_sheet() -> None:
    read = read_document(FORMS)

    assert read.department.unit == BudgetUnit(code="306001", name="承德县民政局本级")
    assert read.department.year == 2022
    assert [(p.number, p.code, p.name, str(p.budget.initial)) for p in read.department.projects] == [
        (1, "13082122P000132100012", FIRST, "4.5"),
        (5, "13082122P00013210005G", SECOND, "1286.4"),
    ]
    assert [len(p.indicators) for p in read.department.projects] == [6, 7]
    assert read.department.projects[0].indicators[0].target.raw == "=378个"
    assert read.findings == ()
    assert [str(share) for share in read.department.projects[1].spend_plan.shares] == ["0.25", "0.5", "0.83", "1"]


def test_numbers_and_percentages_are_read_as_their_sheet_shows_them(tmp_path: Path) -> None:
    def numbers(sheet: Worksheet) -> None:
        sheet["C4"], sheet["B7"], sheet["F11"] = 4.5, 0.3, 0.95
        sheet["B7"].number_format = sheet["F11"].number_format = "0%"

    project = read_document(changed(tmp_path / "a.xlsx", numbers)).department.projects[0]

    assert (str(project.budget.initial), str(project.spend_plan.shares[0])) == ("4.5", "0.3")
    assert (str(project.indicators[1].target.value), project.indicators[1].target.unit) == ("95", "%")


def test_what_says_nothing_is_told_at_its_cell(tmp_path: Path) -> None:
    def faults(sheet: Worksheet) -> None:
        sheet["C4"], sheet["F11"], sheet["B3"] = "#REF!", "=1+1", 130821220001321000012
        sheet["C4"].data_type = "e"

    read = read_document(changed(tmp_path / "a.xlsx", faults), year=2022)

    places = [(found.code, found.locus.sheet, found.locus.cell) for found in read.findings]
    assert [each for each in places if each[0] in ("XPF306", "XPF311", "XPF409")] == [
        ("XPF409", FIRST, "B3"),
        ("XPF306", FIRST, "C4"),
        ("XPF311", FIRST, "F11"),
    ]
    assert read.department.projects[0].code == ""


def test_findings_of_the_rules_name_sheet_and_cell() -> None:
    found = check_document(read_document(FORMS))

    assert found
    assert all(each.locus.sheet and each.locus.cell and each.locus.line is None for each in found)
    assert {each.locus.sheet for each in found} == {FIRST, SECOND}


def test_a_form_that_does_not_show_is_not_read(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    read = read_document(changed(tmp_path / "a.xlsx", hide, SECOND))

    assert [project.name for project in read.department.projects] == [FIRST]
    assert ("XPF152", SECOND) in [(found.code, found.locus.sheet) for found in read.findings]


def test_two_forms_below_each_other_on_one_sheet(tmp_path: Path) -> None:
    made = openpyxl.load_workbook(FORMS)
    for row in made[SECOND].iter_rows(values_only=True):
        made[FIRST].append(row)
    del made[SECOND]
    made.save(tmp_path / "a.xlsx")

    assert [len(p.indicators) for p in read_document(tmp_path / "a.xlsx").department.projects] == [6, 7]


def test_every_command_takes_them_for_a_document(tmp_path: Path) -> None:
    assert [p.name for p in read_source(FORMS, None).department.projects] == [FIRST, SECOND]
    codes = {found.code for found in check([FORMS]).findings}
    assert "XPF135" in codes
    assert "XPF204" not in codes

    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    with pytest.raises(UnreadableInput, match="没有找到项目清单"):
        read_source(tmp_path / "空.xlsx", None)
    assert {found.code for found in check([tmp_path / "空.xlsx"]).findings} == {"XPF204"}
