"""With the add-in: Python core = add-in = plain formula, cell by cell, in single cells and in array columns."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from measure.chains import INDICATORS, MONEY, Chain, ChainSheet
from measure.random_rows import ALONE, ERROR_CELLS, JUNK, ROWS, SEED, SHEETS, Sheet
from office.calc import Calc

from xlperf.measure import CATALOG, Function

pytestmark = pytest.mark.office

FORMULAS = (Function.cell_formula, Function.formula, Function.call)
IN_CELLS, PLAIN, BARE = range(3)

NO_ERRORS = [value for value in JUNK if value not in ERROR_CELLS]
UNANSWERED = (*ERROR_CELLS, "#VALUE!")


@pytest.mark.parametrize("name", ALONE)
def test_core_addin_and_plain_formula_agree(calc_with_addin: Calc, tmp_path: Path, name: str) -> None:
    rng = random.Random(f"add-in {SEED} {name}")
    junk = (JUNK, NO_ERRORS)
    sheets = [Sheet(CATALOG[name], rng, number, singles=ROWS, junk=junk[number % 2]) for number in range(SHEETS)]
    path = tmp_path / f"{name}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in sheets:
            sheet.write(book, FORMULAS)

    values = calc_with_addin.recalc(path)

    different, left_to_the_plain_formula, compared = [], 0, 0
    for sheet in sheets:
        columns = [sheet.actual(values[sheet.title], formula) for formula in range(len(FORMULAS))]
        for index, (core, cell, plain, bare) in enumerate(zip(sheet.expected(), *columns, strict=True)):
            compared += 1
            unanswered = bare in UNANSWERED and may_be_unanswered(sheet, index)
            left_to_the_plain_formula += unanswered
            if not core == cell == plain or not (bare == core or unanswered):
                different.append((sheet.title, sheet.row(index), core, cell, plain, bare))
    print(f"{name}: seed {SEED}, {compared} cells compared, {left_to_the_plain_formula} left to the plain formula")
    assert different == []
    assert left_to_the_plain_formula < compared / 2


@pytest.mark.parametrize("chain", [INDICATORS, MONEY], ids=["indicators", "money"])
def test_the_helper_cells_too(calc_with_addin: Calc, tmp_path: Path, chain: Chain) -> None:
    """As cells hold them, and by the add-in alone, which errors may keep from an answer; a blank cell by name is 0."""
    rng = random.Random(f"add-in {SEED}")
    sheets = [ChainSheet(chain, rng, f"s{number}", ROWS, errors=number % 2 == 0) for number in range(SHEETS)]
    for formula in (Function.cell_formula, Function.call):
        path = tmp_path / f"{formula.__name__}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for sheet in sheets:
                sheet.write(book, formula)

        values = calc_with_addin.recalc(path)

        different = [difference for sheet in sheets for difference in sheet.differences(values[sheet.title])]
        if formula is Function.call:
            different = [difference for difference in different if difference[-1] not in UNANSWERED]
        assert different == []


def may_be_unanswered(sheet: Sheet, index: int) -> bool:
    """Whether an error value anywhere in the arguments keeps the add-in from an answer."""
    single = index >= sheet.height
    return any(
        value in ERROR_CELLS for cells in sheet.arguments for value in given(cells, index - sheet.height, single)
    )


def given(cells: list[list[Any]], row: int, single: bool) -> list[Any]:
    """The cells of one argument: the row's own one in an ordinary formula, all of them in the array formula."""
    return cells[row] if single and len(cells) > 1 else [value for line in cells for value in line]
