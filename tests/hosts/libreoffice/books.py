"""What workbook files hold: formulas, and the results written beside them."""

from __future__ import annotations

from math import isclose
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

Sheets = dict[str, dict[str, Any]]


def formulas(path: Path) -> Sheets:
    """{sheet: {cell: formula}}; an array formula stands at each of its cells."""
    found: Sheets = {}
    for sheet in openpyxl.load_workbook(path):
        cells = found[sheet.title] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, ArrayFormula):
                    area = sheet[cell.value.ref]
                    lines = area if isinstance(area, tuple) else ((area,),)
                    cells.update({part.coordinate: cell.value.text for line in lines for part in line})
                elif cell.data_type == "f":
                    cells[cell.coordinate] = cell.value
    return found


def calls(path: Path) -> set[tuple[str, str]]:
    """The cells whose formula calls one of our functions; without the add-in LibreOffice saves small letters."""
    return {
        (title, cell)
        for title, cells in formulas(path).items()
        for cell, formula in cells.items()
        if "XLPERF_" in formula.upper()
    }


def cached(path: Path) -> Sheets:
    """{sheet: {cell: result}} of all cells with a formula, as written in the file."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        title: {cell: "" if book[title][cell].value is None else book[title][cell].value for cell in cells}
        for title, cells in formulas(path).items()
    }


def mode(values: Sheets) -> Any:
    """What the 计算方式 cell says."""
    label = next(cell for cell, value in values["参数"].items() if value == "计算方式")
    return values["参数"][label.replace("A", "B")]


def different(expected: Sheets, values: Sheets) -> list[tuple[str, str, Any, Any]]:
    """The cells that differ, the mode of calculation and what lies beyond the digits of a saved number apart."""
    return [
        (title, cell, value, values[title].get(cell, ""))
        for title, cells in expected.items()
        for cell, value in cells.items()
        if not _same(value, values[title].get(cell, ""))
    ]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-14)
    return _without_mode(one) == _without_mode(other)


def _without_mode(value: Any) -> Any:
    return value.replace("函数", "公式") if isinstance(value, str) else value
