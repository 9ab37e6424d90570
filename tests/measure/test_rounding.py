"""Over all small figures, core and plain formulas give what exact fractions give: no last digit differs."""

from __future__ import annotations

from collections.abc import Callable
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

from xlperf.measure import CATALOG, find_pack, formula_parts

Steps = tuple[tuple[str, str, tuple[str, ...]], ...]

# What a function of earlier sheets has become: helper cells, each with what it reads, and the answer.
_PART: Steps = (
    ("meets", "MEETS", ("operator", "target", "actual", "pack")),
    ("part", "PART", ("operator", "target", "actual", "meets", "pack")),
    ("base", "BASE", ("operator", "target", "actual", "pack")),
)
STEPS: dict[str, Steps] = {
    "SCORE": (*_PART, ("", "EARNED", ("operator", "weight", "part", "base"))),
    "SCORE of ratings": (
        *_PART,
        ("floor", "RATEDFLOOR", ("actual", "weight", "pack")),
        ("top", "RATEDTOP", ("actual", "weight", "pack")),
        ("rated", "RATEDPOINTS", ("actual", "weight", "points", "floor", "top", "deduction", "pack")),
        ("", "EARNED", ("operator", "weight", "part", "base", "rated")),
    ),
    "COMPLIANCE": (
        ("meets", "MEETS", ("operator", "target", "actual", "pack")),
        ("excess", "EXCESS", ("operator", "target", "actual", "pack")),
        ("", "STATE", ("operator", "meets", "excess", "over")),
    ),
    "EXPLAIN": (
        ("rate", "RATE", ("paid", "budget")),
        ("progress", "PROGRESS", ("rate", "plan")),
        ("light", "LIGHT", ("rate", "progress")),
        ("spent", "SPENT", ("paid", "rate", "as_of")),
        ("planned", "PLANCLAUSE", ("paid", "budget", "plan", "light")),
        ("timed", "TIMECLAUSE", ("rate", "as_of")),
        ("", "SENTENCE", ("spent", "planned", "timed")),
    ),
}
DRAWN = [name for name in TABLES if name != "COMPLETION"]
BY_FLOATS = [name for name in DRAWN if name != "PLAN"]  # its formula reads a range


def steps_of(name: str) -> Steps:
    function = CATALOG[name.split()[0]]
    return STEPS.get(name, (("", function.name, tuple(param.name for param in function.params)),))


@pytest.fixture
def literal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Table], None]:
    """Writes the pack of a table into the formulas."""

    def write_into(table: Table) -> None:
        monkeypatch.setattr(formula_parts, "BLANK_PACK", find_pack(table.scalars.get("pack")))

    return write_into


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
def test_formula_in_binary_numbers(literal: Callable[[Table], None], name: str) -> None:
    for table in made(name):
        literal(table)
        scalars = {key: value for key, value in table.scalars.items() if key != "pack"}
        known = [*table.columns, *scalars]
        computed = []
        for key, function, reads in steps_of(name):
            refs = [read if read in known else None for read in reads]
            computed.append(compiled(CATALOG[function].formula(*refs), list(known)))
            known.append(key)
        answers = []
        for row in table.rows:
            cells = [*row, *scalars.values()]
            for compute in computed:
                cells.append(compute(*cells))
            answers.append(cells[-1])
        assert differences(table, answers) == []


@pytest.mark.office
@pytest.mark.parametrize("name", DRAWN)
def test_formula_in_libreoffice(calc: Calc, tmp_path: Path, literal: Callable[[Table], None], name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number, table in enumerate(made(name)):
            literal(table)
            write(book.add_worksheet(f"{number}"), table, steps_of(name))

    sheets = calc.recalc(path)

    for number, table in enumerate(made(name)):
        column = xl_col_to_name(len(table.columns) + len(steps_of(name)) - 1)
        values = sheets[f"{number}"]
        assert differences(table, [values.get(f"{column}{row + 1}", "") for row in range(len(table.rows))]) == []


def write(sheet: xlsxwriter.worksheet.Worksheet, table: Table, steps: Steps) -> None:
    """The rows, beside them an array formula for each step, and beyond the scalars they read, below each other."""
    for number, row in enumerate(table.rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write_number(number, column, value)
    height, width = len(table.rows), len(table.columns) + len(steps)
    refs = {}
    for column, name in enumerate((*table.columns, *(key for key, _, _ in steps))):
        letter = xl_col_to_name(column)
        refs[name] = f"${letter}$1:${letter}${height}"
    scalars = {name: value for name, value in table.scalars.items() if name != "pack"}
    for number, (name, value) in enumerate(scalars.items(), start=1):
        cells = value if isinstance(value, tuple) else (value,)
        sheet.write_row(number - 1, width + 1, cells)
        first, last = (xl_col_to_name(width + column) for column in (1, len(cells)))
        refs[name] = f"${first}${number}" + (f":${last}${number}" if len(cells) > 1 else "")
    for column, (_, function, reads) in enumerate(steps, start=len(table.columns)):
        formula = CATALOG[function].formula(*(refs.get(name) for name in reads))
        sheet.write_array_formula(0, column, height - 1, column, "{=" + formula + "}")
