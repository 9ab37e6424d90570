"""Without any add-in, the plain formulas in LibreOffice give what the Python functions give: cell by cell, exactly."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from measure.random_rows import ALONE, SEED, SHEETS, Sheet
from office.calc import Calc
from xlsxwriter.utility import xl_col_to_name

from xlperf.measure import CATALOG

pytestmark = pytest.mark.office


@pytest.mark.parametrize("name", ALONE)
def test_plain_formula_answers_as_python_does(calc: Calc, tmp_path: Path, name: str) -> None:
    rng = random.Random(f"{SEED} {name}")
    sheets = [Sheet(CATALOG[name], rng, number) for number in range(SHEETS)]
    path = tmp_path / f"{name}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for sheet in sheets:
            sheet.write(book)

    values = calc.recalc(path)

    compared = [
        (sheet.title, sheet.refs(), sheet.row(index), expected, actual)
        for sheet in sheets
        for index, (expected, actual) in enumerate(
            zip(sheet.expected(), sheet.actual(values[sheet.title]), strict=True)
        )
    ]
    print(f"{name}: seed {SEED}, {len(compared)} rows compared")
    assert [row for row in compared if row[3] != row[4]] == []


def test_plain_formulas_give_the_examples_of_the_catalog(calc: Calc, tmp_path: Path) -> None:
    path = tmp_path / "examples.xlsx"
    drawn = {name: function for name, function in CATALOG.items() if function.plain is not None}
    with xlsxwriter.Workbook(path) as book:
        for name, function in drawn.items():
            sheet = book.add_worksheet(name)
            refs: list[str | None] = []
            for row, argument in enumerate(function.example.args, start=1):
                cells = argument[0] if isinstance(argument, tuple) else (argument,)
                sheet.write_row(row, 0, cells)
                refs.append(
                    f"$A${row + 1}" if len(cells) == 1 else f"$A${row + 1}:${xl_col_to_name(len(cells) - 1)}${row + 1}"
                )
            sheet.write_formula(0, 0, "=" + function.cell_formula(*refs))

    values = calc.recalc(path)

    expected = {name: function.example.answer for name, function in drawn.items()}
    assert {name: values[name]["A1"] for name in drawn} == {
        name: float(answer) if isinstance(answer, Decimal) else answer for name, answer in expected.items()
    }
