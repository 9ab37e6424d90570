"""Figures are recomputed from the inputs; where the workbook shows another, that is a finding."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
from consolidate.departments import CASES, REPAIRS, beside_rules, write

from xlperf.jobs.consolidate import consolidate

SHEET, BUDGET = "01_办案业务经费", "D6"


def typed_over(path: Path, cells: dict[str, object]) -> None:
    """Cells of the first project's sheet replaced by constants, every cached result kept."""
    formulas = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    for cell, value in cells.items():
        formulas[SHEET][cell] = value
    formulas.save(path)


def address(path: Path, value: object) -> str:
    """The one cell of the sheet that shows this."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET]
    return next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_a_workbook_as_it_was_written_has_none(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", CASES, REPAIRS)

    assert not beside_rules(consolidate(tmp_path, tmp_path / "汇总.xlsx").findings)


def test_results_typed_over_are_one_finding_a_sheet_and_never_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", CASES, REPAIRS)
    rate, light = address(path, 0.857143), address(path, "正常")
    typed_over(path, {rate: 0.99, light: "严重滞后"})
    told = consolidate([path], tmp_path / "汇总.xlsx")

    (found,) = [f for f in told.findings if f.code == "XPF305"]
    assert (found.locus.sheet, found.locus.cell) == (SHEET, rate)
    assert dict(found.values) == {"count": "2", "expected": "0.857143", "found": "0.99"}
    first = next(told.projects)
    assert (first.plan_progress, first.light) == (Decimal("0.857143"), "正常")


def test_the_last_digit_of_a_double_is_no_difference(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", CASES)
    typed_over(path, {address(path, 0.857143): 0.8571434999})

    assert not [f for f in consolidate([path], tmp_path / "汇总.xlsx").findings if f.code == "XPF305"]


def test_a_number_changed_without_recalculating(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", CASES)
    typed_over(path, {BUDGET: 200})
    told = consolidate([path], tmp_path / "汇总.xlsx")

    assert next(told.projects).budget == 200
    assert [f.code for f in told.findings if f.code == "XPF305"] == ["XPF305"]
