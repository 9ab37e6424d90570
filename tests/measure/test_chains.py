"""Through all helper cells the sheet answers as Python does, and as the functions that read the typed cells at once."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from measure.chains import INDICATORS, MONEY, Chain, ChainSheet
from measure.random_rows import SEED
from office.calc import Calc

from xlperf.measure import CATALOG, compliance, score
from xlperf.measure.packs import OF_2020, ZERO

SHEETS, ROWS = 24, 60
CHAINS = pytest.mark.parametrize("chain", [INDICATORS, MONEY], ids=["indicators", "money"])

LONGEST = 500
COLUMN, MONTHS = "${0}$18:${0}$57", "$A$50:$A$61"
CELL = "${0}$145"
ROW = "$F$12:$I$12"
NAMES = {"as_of": "截止日期", "year": "预算年度", "method": "计划方法", "yellow": "滞后线", "green": "正常线"}


def sheets(chain: Chain) -> list[ChainSheet]:
    rng = random.Random(SEED)
    return [ChainSheet(chain, rng, f"s{number}", ROWS) for number in range(SHEETS)]


@pytest.mark.office
@CHAINS
def test_every_cell_is_what_python_answers(calc: Calc, tmp_path: Path, chain: Chain) -> None:
    made = sheets(chain)
    path = tmp_path / "chain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in made:
            sheet.write(book)

    values = calc.recalc(path)

    assert len(chain.steps) * SHEETS * ROWS >= 10_000
    assert [difference for sheet in made for difference in sheet.differences(values[sheet.title])] == []


@CHAINS
def test_formulas_are_short_where_they_stand(chain: Chain) -> None:
    """Columns of 40 indicators, cells of the money block beyond row 99, parameters by name."""
    sheet = sheets(chain)[0]
    lengths = {}
    for step in chain.steps:
        refs = [None if key is None else reference(sheet, key, chain is INDICATORS) for key in step.reads]
        lengths[step.key] = len(CATALOG[step.function].cell_formula(*refs))

    assert {key: length for key, length in lengths.items() if length > LONGEST} == {}


def reference(sheet: ChainSheet, key: str, is_column: bool) -> str:
    if key == "pack" or key in sheet.cells or (key == "months" and not is_column):
        return {
            "as_of": "截止日期",
            "year": "预算年度",
            "method": "计划方法",
            "yellow": "滞后线",
            "green": "正常线",
        }.get(key, sheet.ref(key, None))
    if ":" in key:
        return ROW
    return (COLUMN if is_column else CELL).format("F")


def test_a_column_of_months_in_a_plan_is_short_too() -> None:
    assert len(CATALOG["PLAN"].cell_formula(MONTHS, "$C$60:$F$60", "计划方法")) <= LONGEST


def test_helper_cells_lead_to_the_state_that_the_typed_cells_have() -> None:
    """But for errors, and for a target that is no number beside an actual that is blank."""
    for sheet in sheets(INDICATORS):
        typed = [sheet.columns[name] for name in ("operator", "target", "actual")]
        at_once = compliance(*typed, sheet.cells["over"], sheet.values("pack"))
        for row, ((direct,), state) in enumerate(zip(at_once, sheet.answers["state"], strict=True)):
            cells = [column[row] for column in typed]
            assert direct == state or holds_error(cells) or (state, direct) == ("未填报", "无法判定"), cells


def test_helper_cells_lead_to_the_score_that_the_typed_cells_have() -> None:
    """But where a word stands for a number, and for < at the target by the zero method of 2020."""
    compared = 0
    for sheet in sheets(INDICATORS):
        names = ("operator", "target", "actual", "weight", "points")
        typed = [sheet.columns[name] for name in names]
        at_once = score(*typed, sheet.values("pack"), sheet.columns["deduction"])
        is_old_zero = (sheet.pack.reading, sheet.pack.overrun) == (OF_2020, ZERO)
        for row, ((direct,), earned) in enumerate(zip(at_once, sheet.answers["earned"], strict=True)):
            cells: list[Any] = [column[row] for column in typed]
            at_edge = is_old_zero and cells[0] == "<" and cells[1] == cells[2]
            if isinstance(direct, Decimal) and not at_edge:
                assert direct == earned, cells
                compared += 1
            else:
                assert at_edge or isinstance(earned, str), cells
    assert compared > SHEETS * ROWS / 4


def holds_error(cells: list[Any]) -> bool:
    return any(isinstance(cell, str) and cell.startswith("#") for cell in cells)
