"""A table that some other system exported (.xlsx, .xlsm, .csv): its rows as text, and which column is what.

Titles and the unit of money may stand above the headings, which may take two rows. Knows no column's meaning.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from xlperf.checks import finding, in_both
from xlperf.document.labels import money_unit, without_unit
from xlperf.files.guard import Refused, TooMuch, fetch, unpack
from xlperf.model import Finding, Locus, UnreadableInput
from xlperf.model.text import CELL_LIMIT, as_kept, clean, cut, cut_to_cell, fits_a_cell, read_money
from xlperf.ooxml.a1 import address, position
from xlperf.ooxml.grid import MOST_CELLS, limit, read_grid
from xlperf.ooxml.strings import read_strings
from xlperf.ooxml.workbook_parts import open_book

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"
HEADING_ROWS = 10  # a title or two may stand above the headings
LARGEST_CSV = 8 * 2**20  # bytes; a list of all the projects there are numbers for has a quarter

Rows = dict[int, dict[int, str]]
"""Row → column → text, both from 1; only what is not blank."""


class Table(NamedTuple):
    """The rows of a table, and the column and the unit of money ("": not said) of each heading that is known."""

    path: Path
    sheet: str
    head: int
    rows: Rows
    columns: Mapping[str, int]
    units: Mapping[str, str]

    def place(self, row: int, key: str) -> Locus:
        """A cell of a sheet; a line of a .csv."""
        if self.sheet:
            return Locus(file=self.path.name, sheet=self.sheet, cell=address(row, self.columns[key]))
        return Locus(file=self.path.name, line=row)

    def converted(self, money: Collection[str]) -> list[Finding]:
        """That the amounts under these headings are in another unit than 万元, once for each such unit."""
        keys = {self.units[key]: key for key in money if self.units.get(key, "") not in ("", "万元")}
        return [finding("XPF105", self.place(self.head, key), unit=unit) for unit, key in keys.items()]

    def texts(self, row: int) -> dict[str, str]:
        """What a row has under each heading."""
        return {key: self.rows[row].get(column, "") for key, column in self.columns.items()}


def read_table(path: Path, known: Mapping[str, str], needed: Collection[str], missing: str) -> Table:
    """The table under a row, or two, with all the headings needed; its rows are those below.

    `known` says what the headings are, by their text. Raises UnreadableInput, with the key `missing` where there is no
    such table.
    """
    sheet, rows = _rows(path)
    for at in sorted(row for row in rows if row <= HEADING_ROWS):
        for head in (at, at + 1):
            columns, units = _headings({**rows[at], **rows.get(head, {})}, known)
            if all(key in columns for key in needed):
                above = (money_unit(text) for row in sorted(rows) if row <= head for text in rows[row].values())
                stated = [unit.unit for unit in above if unit]
                units = {key: units[key] or (stated[-1] if stated else "") for key in columns}
                below = {row: rows[row] for row in sorted(rows) if row > head}
                return Table(path, sheet, head, below, columns, units)
    raise UnreadableInput(missing, path=path)


def _headings(cells: Mapping[int, str], known: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The column and the unit of each known heading, the leftmost of several."""
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    for column in sorted(cells):
        bare, unit = without_unit(cells[column])
        key = known.get(bare.casefold())
        if key and key not in columns:
            columns[key], units[key] = column, unit
    return columns, units


def read_text(text: str, field: str, place: Locus, findings: list[Finding]) -> str:
    """The text, cut with a finding where no cell could hold it."""
    if not fits_a_cell(text):
        findings.append(finding("XPF408", place, field=field, limit=CELL_LIMIT))
    return cut_to_cell(text)


def read_amount(text: str, unit: str, field: str, place: Locus, findings: list[Finding]) -> Decimal | None:
    """The amount in 万元 as a form could hold it; anything else is a finding, as it is in a form."""
    if not text:
        return None
    amount = read_money(text, unit)
    if amount is None:
        findings.append(finding("XPF401", place, field=field, text=cut(text)))
        return None
    try:
        kept = as_kept(amount)
    except ValidationError:
        findings.append(finding("XPF403", place, field=field, text=cut(text)))
        return None
    if kept != amount:
        findings.append(finding("XPF412", place, field=field, text=cut(text), value=f"{kept:f}"))
    return kept


def _rows(path: Path) -> tuple[str, Rows]:
    if os.path.isdir(path):
        raise UnreadableInput("source_is_folder", path=path)
    try:
        content = fetch(path)
        return ("", _csv_rows(content, path)) if path.suffix.lower() == ".csv" else _sheet_rows(content)
    except Refused as refused:
        if isinstance(refused.__cause__, FileNotFoundError):
            raise UnreadableInput("source_missing", path=path) from refused
        if refused.code == "XPF209":
            raise UnreadableInput("source_empty", path=path) from refused
        reason = in_both(refused.code, **refused.values)
        raise UnreadableInput("source_unreadable", path=path, reason=reason) from refused


def _csv_rows(content: bytes, path: Path) -> Rows:
    if len(content) > LARGEST_CSV:
        raise TooMuch(f"CSV: > {LARGEST_CSV // 2**20} MB")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return _filled(csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=text[:4096].count)))
        except csv.Error as error:
            raise UnreadableInput("source_unreadable", path=path, reason=str(error)) from error
    raise UnreadableInput("source_undecodable", path=path)


def _filled(records: Iterable[Sequence[str]]) -> Rows:
    """What is not blank of these records. Raises Refused where it is more than a sheet may hold."""
    rows: Rows = {}
    count = 0
    for number, record in enumerate(records, start=1):
        row = {column: text for column, cell in enumerate(record, start=1) if (text := _unguarded(clean(cell)))}
        count += len(row)
        limit(count, MOST_CELLS, "c")
        if row:
            rows[number] = row
    return rows


def _unguarded(text: str) -> str:
    """The text without the signs that keep a spreadsheet from reading it as a number: ="00123"."""
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text.removeprefix("'")


def _sheet_rows(content: bytes) -> tuple[str, Rows]:
    """The first sheet that shows as rows of text."""
    book = open_book(unpack(content))
    sheets = sorted((sheet for sheet in book.sheets if sheet.part), key=lambda sheet: sheet.hidden)
    if not sheets:
        raise Refused("XPF202")
    first = sheets[0]
    strings = read_strings(book.part(book.strings), book.strings) if book.strings else []
    grid = read_grid(book.part(first.part), strings, first.part)
    rows: Rows = {}
    for ref, value in grid.values.items():
        place = position(ref)
        text = clean(f"{value:f}" if isinstance(value, Decimal) else str(value))
        if place and text:
            row, column = place
            rows.setdefault(row, {})[column] = text
    return first.title, rows
