"""HyperFormula as a second spreadsheet program beside LibreOffice: what it computes for every formula of a file.

Knows how the file's cells are put to it; array formulas are marked, names are renamed to ASCII. Knows nothing of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from judges import npm
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

PACKAGE = npm.Package("hyperformula", "3.5.0")
SCRIPT = Path(__file__).with_name("hyperformula.cjs")


class Result(NamedTuple):
    """A computed cell: its formula, the result the file holds, the one the engine computes. Blank texts are ""."""

    sheet: str
    cell: str
    formula: str
    held: Any
    computed: Any

    @property
    def agrees(self) -> bool:
        """Whether both are the same text, or the same number; the engine rounds to 11 digits what nothing else does."""
        if isinstance(self.held, (int, float)) and isinstance(self.computed, (int, float)):
            return isclose(self.held, self.computed, rel_tol=1e-9, abs_tol=1e-12)
        return bool(self.held == self.computed)


def missing_reason() -> str | None:
    """Why the engine cannot be asked here, or None."""
    return npm.missing_reason(PACKAGE)


def results(path: Path, given: Collection[str] = ()) -> list[Result]:
    """Every cell that a formula of the file fills.

    Where a formula holds one of the texts `given`, the engine is told the result, so that it can go on from there.
    """
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    renamed = {name: f"name_{number}" for number, name in enumerate(formulas.defined_names)}
    computed = npm.run(
        SCRIPT,
        {
            "sheets": {sheet.title: _rows(sheet, values[sheet.title], renamed, given) for sheet in formulas.worksheets},
            "names": {
                renamed[name]: _renamed(f"={defined.attr_text}", renamed)
                for name, defined in formulas.defined_names.items()
            },
        },
        PACKAGE,
    )
    return [
        Result(
            sheet.title,
            cell.coordinate,
            formula,
            _held(values[sheet.title][cell.coordinate]),
            _plain(_at(computed[sheet.title], cell.row - 1, cell.column - 1)),
        )
        for sheet in formulas.worksheets
        for cell, formula in _computed_cells(sheet)
    ]


def _computed_cells(sheet: Any) -> Iterator[tuple[Any, str]]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, ArrayFormula):
                left, top, right, bottom = range_boundaries(cell.value.ref)
                for line in sheet.iter_rows(top, bottom, left, right):
                    yield from ((each, cell.value.text) for each in line)
            elif cell.data_type == "f":
                yield cell, cell.value


def _rows(sheet: Any, values: Any, renamed: dict[str, str], given: Collection[str]) -> list[list[Any]]:
    """All cells; below the first one of an array formula none, for there its results go."""
    rows = [[_put(cell, renamed) for cell in row] for row in sheet.iter_rows()]
    for cell, formula in _computed_cells(sheet):
        if any(text in formula for text in given):
            rows[cell.row - 1][cell.column - 1] = _put(values[cell.coordinate], renamed)
        elif cell.value != formula and not isinstance(cell.value, ArrayFormula):
            rows[cell.row - 1][cell.column - 1] = None
    return rows


def _put(cell: Any, renamed: dict[str, str]) -> Any:
    """What HyperFormula is given for a cell; text is marked as text."""
    value = cell.value
    if isinstance(value, ArrayFormula):
        return f"=ARRAYFORMULA({_renamed(value.text, renamed)[1:]})"
    if isinstance(value, (date, datetime)):
        return to_excel(value)
    if isinstance(value, str):
        return _renamed(value, renamed) if cell.data_type == "f" else f"'{value}"
    return value


def _renamed(formula: str, renamed: dict[str, str]) -> str:
    tokens = Tokenizer(formula).items
    return "=" + "".join(
        renamed.get(token.value, token.value) if token.type == Token.OPERAND else token.value for token in tokens
    )


def _at(rows: list[list[Any]], row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _held(cell: Any) -> Any:
    """The result in the file; for a blank cell with a link openpyxl gives where the link leads."""
    is_link = cell.hyperlink is not None and cell.value == cell.hyperlink.location
    return "" if is_link else _plain(cell.value)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return to_excel(value)
    return "" if value is None else value
