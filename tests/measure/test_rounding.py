"""Over all small figures, core and plain formulas give what exact fractions give: no last digit differs."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from measure.excel_floats import compiled
from measure.small_values import TABLES, Table
from office.calc import Calc
from xlsxwriter.utility import xl_col_to_name

from xlperf.measure import CATALOG

BY_FLOATS = [name for name in TABLES if name != "PLAN"]  # its formula reads a range


@cache
def made(name: str) -> list[Table]:
    return list(TABLES[name]())


def differences(table: Table, answers: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (*row, table.scalars, expected, answer)
        for row, expected, answer in zip(table.rows, table.answers, answers, strict=True)
        if answer != expected
    ]


@pytest.mark.parametrize("name", TABLES)
def test_core(name: str) -> None:
    for table in made(name):
        columns = [[row[i] for row in table.rows] for i in range(len(table.columns))]
        scalars = {k: (v,) if isinstance(v, tuple) else v for k, v in table.scalars.items()}
        answers = CATALOG[table.function].python(**dict(zip(table.columns, columns, strict=True)), **scalars)
        plain = [float(answer) if isinstance(answer, Decimal) else answer for (answer,) in answers]
        assert differences(table, plain) == []


@pytest.mark.parametrize("name", BY_FLOATS)
def test_formula_in_binary_numbers(name: str) -> None:
    for table in made(name):
        known = (*table.columns, *table.scalars)
        formula = CATALOG[table.function].formula(
            *(p.name if p.name in known else None for p in CATALOG[table.function].params)
        )
        compute = compiled(formula, known)
        assert differences(table, [compute(*row, *table.scalars.values()) for row in table.rows]) == []


@pytest.mark.office
@pytest.mark.parametrize("name", TABLES)
def test_formula_in_libreoffice(calc: Calc, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number, table in enumerate(made(name)):
            write(book.add_worksheet(f"{number}"), table)

    sheets = calc.recalc(path)

    for number, table in enumerate(made(name)):
        column = xl_col_to_name(len(table.columns))
        values = sheets[f"{number}"]
        assert differences(table, [values.get(f"{column}{row + 1}", "") for row in range(len(table.rows))]) == []


def write(sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    """The rows, beside them one array formula, and beyond it the scalars it reads, below each other."""
    for number, row in enumerate(table.rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    height, width = len(table.rows), len(table.columns)
    refs = {}
    for column, name in enumerate(table.columns):
        letter = xl_col_to_name(column)
        refs[name] = f"${letter}$1:${letter}${height}"
    for number, (name, value) in enumerate(table.scalars.items(), start=1):
        cells = value if isinstance(value, tuple) else (value,)
        sheet.write_row(number - 1, width + 1, cells)
        first, last = (xl_col_to_name(width + column) for column in (1, len(cells)))
        refs[name] = f"${first}${number}" + (f":${last}${number}" if len(cells) > 1 else "")
    formula = CATALOG[table.function].formula(*(refs.get(param.name) for param in CATALOG[table.function].params))
    sheet.write_array_formula(0, width, height - 1, width, "{=" + formula + "}")
