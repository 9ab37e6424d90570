"""Opens a workbook or a .csv as its visible sheets: what each cell shows, row by row. Knows no heading and no form."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import finding, in_both
from xlperf.document.foreign import fetched
from xlperf.files.guard import Refused, TooMuch, unpack
from xlperf.measure.normal import EXACT_DIGITS
from xlperf.model import Finding, Locus, UnreadableInput
from xlperf.model.text import clean
from xlperf.ooxml.a1 import Area, address, area_of, position
from xlperf.ooxml.fast_grid import shared_strings, sheet_grid
from xlperf.ooxml.format_codes import Shown
from xlperf.ooxml.formula_texts import formula_texts
from xlperf.ooxml.grid import MOST_CELLS, PICTURE, CellError, Value, limit
from xlperf.ooxml.number_formats import Formats
from xlperf.ooxml.workbook_parts import Book, SheetPart, open_book

WORKBOOKS = (".xlsx", ".xlsm")
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"
LARGEST_CSV = 8 * 2**20  # bytes; a list of all the projects there are numbers for has a quarter
_QUOTED = re.compile(r'"[^"]*"')
_NO_FORMULA = re.compile(r"[\d.,]{1,20}\s?[\u4e00-\u9fff%‰％][^()（）]{0,50}")  # =378个, which is none
_SEPARATOR = re.compile(r"sep=(.)\r?\n")  # the line by which Excel is told what divides the cells


class Held(NamedTuple):
    """What a cell shows; the number it holds, if any, and how that is shown where not as it is.

    `fault` is the code of the finding that tells why the cell says nothing: an error value, no result, a picture.
    """

    text: str
    number: Decimal | None = None
    shown: Shown | None = None
    fault: str = ""


NOTHING = Held("")
Rows = dict[int, dict[int, Held]]
"""Row → column → cell, both from 1; only what is not blank."""


class Sheet(NamedTuple):
    """A sheet that shows; a .csv is one without a title."""

    file: str
    title: str
    rows: Rows
    merges: Sequence[Area] = ()
    hidden_rows: Collection[int] = ()

    def place(self, row: int, column: int) -> Locus:
        """A cell of a sheet; a line of a .csv."""
        if self.title:
            return Locus(file=self.file, sheet=self.title, cell=address(row, column))
        return Locus(file=self.file, line=row)

    def texts(self, row: int) -> list[str]:
        """What the cells of a row show, from left to right."""
        return [self.rows[row][column].text for column in sorted(self.rows[row])]


class Opened(NamedTuple):
    """The sheets that show, and the titles of those that do not."""

    sheets: Sequence[Sheet]
    hidden: Sequence[str] = ()


def fault_of(cell: Held, field: str, place: Locus) -> Finding | None:
    """The finding about a cell that holds something and says nothing; None for any other."""
    return finding(cell.fault, place, field=field, text=cell.text) if cell.fault else None


def has_lost_digits(cell: Held) -> bool:
    """Whether a cell holds a number of more digits than a spreadsheet keeps: no code that was typed."""
    return cell.number is not None and cell.number.adjusted() >= EXACT_DIGITS


def open_sheets(path: Path) -> Opened:
    """The sheets of a .xlsx, .xlsm or .csv. Raises UnreadableInput."""
    try:
        content = fetched(path)
        return _csv(content, path) if path.suffix.lower() == ".csv" else _workbook(content, path)
    except Refused as refused:
        reason = in_both(refused.code, **refused.values)
        raise UnreadableInput("source_unreadable", path=path, reason=reason) from refused


# --- .csv ------------------------------------------------------------------------------------------------------------


def _csv(content: bytes, path: Path) -> Opened:
    if len(content) > LARGEST_CSV:
        raise TooMuch(f"CSV: > {LARGEST_CSV // 2**20} MB")
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        told = _SEPARATOR.match(text)
        delimiter = told[1] if told else max(DELIMITERS, key=_QUOTED.sub("", text[:4096]).count)
        text = "\n" + text[told.end() :] if told else text
        try:
            records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            return Opened([Sheet(path.name, "", _filled(records))])
        except csv.Error as error:
            raise UnreadableInput("source_unreadable", path=path, reason=str(error)) from error
    raise UnreadableInput("source_undecodable", path=path)


def _filled(records: Iterable[Sequence[str]]) -> Rows:
    """What is not blank of these records. Raises Refused where it is more than a sheet may hold."""
    rows: Rows = {}
    count = 0
    for number, record in enumerate(records, start=1):
        row = {column: Held(text) for column, cell in enumerate(record, start=1) if (text := _unguarded(clean(cell)))}
        count += len(row)
        limit(count, MOST_CELLS, "c")
        if row:
            rows[number] = row
    return rows


def _unguarded(text: str) -> str:
    """The text without the signs that keep a spreadsheet from reading it as a number: ="00123"."""
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text.removeprefix("'")


# --- workbooks -------------------------------------------------------------------------------------------------------


def _workbook(content: bytes, path: Path) -> Opened:
    book = open_book(unpack(content))
    sheets = [sheet for sheet in book.sheets if sheet.part]
    if not sheets:
        raise Refused("XPF202")
    strings = shared_strings(book.part(book.strings), book.strings) if book.strings else []
    seen = tuple(_sheet(sheet, book, strings, path) for sheet in sheets if not sheet.hidden)
    return Opened(seen, tuple(sheet.title for sheet in sheets if sheet.hidden))


def _sheet(sheet: SheetPart, book: Book, strings: list[str], path: Path) -> Sheet:
    part = book.part(sheet.part)
    grid = sheet_grid(part, strings, sheet.part, book.spend)
    shown = Formats(grid.styles, lambda: book.codes, book.date1904).shown
    cells = {ref: _held(value, partial(shown, ref)) for ref, value in grid.values.items()}
    if unknown := grid.formulas.keys() - grid.results:
        typed = formula_texts(part, sheet.part, unknown)
        cells |= {ref: _formula(clean(typed.get(ref, ""))) for ref in unknown}
    rows: Rows = {}
    for ref, cell in cells.items():
        if (cell.text or cell.fault) and (place := position(ref)):
            rows.setdefault(place[0], {})[place[1]] = cell
    merges = tuple(area for reference in grid.merges if (area := area_of(reference)))
    return Sheet(path.name, sheet.title, rows, merges, grid.hidden_rows)


def _held(value: Value, shown: Callable[[Decimal], Shown | None]) -> Held:
    """What a cell with this value, or this result, is; `shown` says how its numbers look."""
    if isinstance(value, Decimal):
        looks = shown(value)
        return Held(f"{value:f}" if looks is None else clean(looks.text) or f"{value:f}", value, looks)
    if isinstance(value, CellError):
        return Held(value, fault="XPF306")
    if isinstance(value, bool):
        return Held(str(value).upper())
    if value.startswith(PICTURE):
        return Held("", fault="XPF417")
    return Held(_unguarded(clean(value)))


def _formula(typed: str) -> Held:
    """A formula without a result: a text that only looks like one, or nothing that can be read."""
    return Held(f"={typed}") if _NO_FORMULA.fullmatch(typed) else Held("", fault="XPF311")
