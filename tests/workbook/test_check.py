"""Rules held against whatever may stand in a workbook: they answer always, in words, with a cell."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from departments import SETTINGS, small_department
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet
from strategies import departments, parameters, thorough
from workbook.returning import (
    OVERALL,
    PROJECT_PART,
    cell_of,
    check_returned,
    codes,
    filled,
    read_back,
    saved_by_openpyxl,
    with_part,
)

from xlperf.checks import message
from xlperf.checks.rules import judge
from xlperf.checks.submission import Submission
from xlperf.form import EDITIONS, form_set_of, layout, project_answers, read_marker
from xlperf.form.results import parameter_values, results
from xlperf.model import Department, Operator, Settings, Target
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

RECALCULATED = ("XPF305", "XPF508", "XPF523", "XPF537")  # the sheet says something else than it should


@settings(thorough, max_examples=min(thorough.max_examples, 200))
@given(departments, parameters)
def test_rules_answer_for_any_department(
    tmp_path_factory: pytest.TempPathFactory, department: Department, settings: Settings
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "checked.xlsx"
    path.write_bytes(department_bytes(department, settings))
    returned = read_workbook(path)
    told = judged(returned)
    values = parameter_values(settings, department)
    form = EDITIONS[form_set_of(settings.period, "national")]["project"]
    answers = [project_answers(project, form) for project in department.projects]

    assert list(told.results) == [results(form, of_project, values) for of_project in answers]
    assert [found for found in told.findings if found.code in RECALCULATED] == []
    titles = {sheet.title for sheet in returned.sheets}
    for found in told.findings:
        assert found.locus.file == str(path)
        assert found.locus.sheet in titles
        assert found.locus.cell
        assert message(found)
        assert message(found, "en")


@thorough
@given(departments)
def test_rules_answer_for_any_document(department: Department) -> None:
    for fault in judge(Submission(department)):
        assert fault.project is None or 0 <= fault.project < len(department.projects)


def test_a_sheet_that_cannot_be_recomputed_has_no_wrong_totals(tmp_path: Path) -> None:
    cell = cell_of("indicators.deviation_reason", 0)
    error = f'<c r="{cell}" t="e"><v>#N/A</v></c>'

    returned = read_back(
        with_part(PROJECT_PART, lambda xml: re.sub(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', error, xml)), tmp_path
    )

    assert codes(returned) == [("XPF306", cell)]
    assert [found for found in check_returned(returned) if found.code in RECALCULATED] == []


def test_a_result_that_no_cell_can_hold_is_cut_and_not_taken_for_another(tmp_path: Path) -> None:
    department = small_department()
    first = department.projects[0]
    lines = Target(operator=Operator.QUALITATIVE, value="行\n" * 200, unit="列\n" * 200)
    row = first.indicators[0].model_copy(update={"target": lines})
    project = first.model_copy(update={"indicators": (row,)})
    content = department_bytes(department.model_copy(update={"projects": (project,)}), SETTINGS)

    returned = read_back(content, tmp_path)

    goal = str(returned.sheets[3].answers.bands["indicators"][0]["indicators.goal"])
    assert goal.count("\n") == 253
    assert "XPF305" not in {found.code for found in check_returned(returned)}


@pytest.mark.parametrize(("typed", "total"), [("2", "12.9"), ("2 3", "10.9")])
def test_the_parts_of_a_total_are_the_amounts_that_were_read(tmp_path: Path, typed: str, total: str) -> None:
    """Where a text stands among the payments the sheet shows no total; digits in it are read, two numbers are not."""
    cells = {cell_of("payments.amount", 0): typed, cell_of("paid_in_year"): 99}

    found = check_returned(filled(tmp_path, cells))

    assert [dict(fault.values) for fault in found if fault.code == "XPF508"] == [{"said": "99", "total": total}]


def test_a_paragraph_below_a_blank_row_is_found_where_it_stands(tmp_path: Path) -> None:
    said = "联系人 13812345678"

    def change(sheet: Worksheet) -> None:
        marker = next(filter(None, map(read_marker, (cell.value for cell in sheet[1]))))
        rows = layout(EDITIONS[marker.form_set]["overall"], marker.sizes).bands
        for band in ("overall_objective", "sub_objectives", "safeguards"):
            first, second = (row[f"{band}.text"].cell for row in rows[band][:2])
            sheet[first], sheet[second] = None, said

    returned = saved_by_openpyxl(tmp_path, OVERALL, change)
    cells = [found.locus.cell for found in check_returned(returned) if found.code == "XPF456"]

    book = openpyxl.load_workbook(returned.path)[OVERALL]
    assert [book[cell].value for cell in cells] == [said] * 3
