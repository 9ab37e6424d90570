"""Saves by other programs: openpyxl's, and a copy of values that somebody's XlsxWriter script made."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.workbook import Workbook
from zipped import packed, parts_of


def saved(content: bytes, change: Callable[[Workbook], object] = lambda book: None, *, macros: bool = False) -> bytes:
    """The workbook after openpyxl loaded, changed and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=macros)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copied_by_xlsxwriter(content: bytes) -> bytes:
    """Every sheet's values written anew, without formulas, properties, formats and merges."""
    source = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for sheet in source.worksheets:
            copy = book.add_worksheet(sheet.title)
            if sheet.sheet_state != "visible":
                copy.hide()
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        copy.write_string(cell.row - 1, cell.column - 1, cell.value)
                    elif cell.value is not None:
                        copy.write(cell.row - 1, cell.column - 1, cell.value)
    return out.getvalue()


def without(content: bytes, *names: str) -> bytes:
    """The package without some of its parts."""
    return rewritten(content, lambda parts: [parts.pop(name) for name in names])


def rewritten(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The package after a change to its parts."""
    parts = parts_of(content)
    change(parts)
    return packed(parts)
