"""Foreign readers of workbooks, each giving what it sees in one shape. Knows nothing of xlperf or of the example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from judges import npm
from python_calamine import CalamineWorkbook

EXCELJS, SHEETJS = npm.Package("exceljs", "4.4.0"), npm.Package("xlsx", "0.18.5")
SCRIPTS = {EXCELJS: "exceljs.cjs", SHEETJS: "sheetjs.cjs"}
HERE = Path(__file__).parent


class Sheet(NamedTuple):
    """The rows of a sheet, each the values of its cells that hold one, from left to right; and its formulas."""

    rows: list[tuple[Any, ...]]
    formulas: list[str]


Book = dict[str, Sheet]


def by_openpyxl(path: Path) -> Book:
    values, formulas = (openpyxl.load_workbook(path, data_only=data_only) for data_only in (True, False))
    return {
        sheet.title: Sheet(
            _rows(sheet.iter_rows(values_only=True)),
            [
                getattr(cell.value, "text", cell.value)
                for row in formulas[sheet.title].iter_rows()
                for cell in row
                if cell.data_type == "f"
            ],
        )
        for sheet in values.worksheets
    }


def by_calamine(path: Path) -> Book:
    """Values only: calamine tells no formulas."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: Sheet(_rows(book.get_sheet_by_name(name).to_python()), []) for name in book.sheet_names}


def by_node(package: npm.Package, paths: Sequence[Path]) -> dict[Path, Book | str]:
    """Each file as ExcelJS or SheetJS sees it, or what it broke on.

    All files in one run, since node takes longer to start than to read.
    """
    books = npm.run(HERE / SCRIPTS[package], {"files": [str(path) for path in paths]}, package)
    return {Path(path): book if isinstance(book, str) else _from_pairs(book) for path, book in books.items()}


def from_addresses(cells: Mapping[str, Any], formulas: Sequence[str] = ()) -> Sheet:
    """The sheet whose cells are given as {"A1": value}."""
    rows: dict[int, dict[tuple[int, str], Any]] = {}
    for address, value in cells.items():
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
        rows.setdefault(int(number), {})[len(letters), letters] = value
    return Sheet(_rows([value for _, value in sorted(rows[number].items())] for number in sorted(rows)), list(formulas))


def _from_pairs(book: Mapping[str, Mapping[str, Any]]) -> Book:
    """The book whose cells are given as {"A1": (value, formula)}."""
    return {
        title: from_addresses(
            {address: value for address, (value, _) in cells.items()},
            [formula for _, formula in cells.values() if formula is not None],
        )
        for title, cells in book.items()
    }


def _rows(rows: Any) -> list[tuple[Any, ...]]:
    return [held for row in rows if (held := tuple(value for value in row if value not in (None, "")))]
