"""With the add-in: Python core = add-in = plain formula, cell by cell, in single cells and in array columns."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from measure.random_rows import ROWS, SEED, SHEETS, Sheet
from office.calc import Calc

from xlperf.hosts.libreoffice.interface import ANYTHING, parameter_type
from xlperf.measure import CATALOG, Function

pytestmark = pytest.mark.office

FORMULAS = (Function.cell_formula, Function.formula, Function.call)
IN_CELLS, PLAIN, BARE = range(3)

ERRORS = ("#N/A", "#DIV/0!", "#VALUE!")


@pytest.mark.parametrize("name", CATALOG)
def test_core_addin_and_plain_formula_agree(calc_with_addin: Calc, tmp_path: Path, name: str) -> None:
    rng = random.Random(f"add-in {SEED} {name}")
    sheets = [Sheet(CATALOG[name], rng, number, singles=ROWS) for number in range(SHEETS)]
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
            unanswered = bare in ERRORS and may_be_unanswered(sheet, index)
            left_to_the_plain_formula += unanswered
            if not core == cell == plain or not (bare == core or unanswered):
                different.append((sheet.title, sheet.row(index), core, cell, plain, bare))
    print(f"{name}: seed {SEED}, {compared} cells compared, {left_to_the_plain_formula} left to the plain formula")
    assert different == []
    assert left_to_the_plain_formula < compared / 3


def may_be_unanswered(sheet: Sheet, index: int) -> bool:
    """Whether an argument of type `any` keeps the add-in from an answer: an error value; in one cell blank or zero."""
    for param, cells in zip(sheet.function.params, sheet.arguments, strict=True):
        if parameter_type(sheet.function, param) == ANYTHING and cells:
            in_array = index < sheet.height and len(cells) > 1
            given = [line[0] for line in cells] if in_array else [of_row(sheet, cells, index)]
            if any(value in ERRORS for value in given) or (not in_array and given[0] in (None, 0)):
                return True
    return False


def of_row(sheet: Sheet, cells: list[list[Any]], index: int) -> Any:
    return cells[index if index < sheet.height else index - sheet.height][0] if len(cells) > 1 else cells[0][0]
