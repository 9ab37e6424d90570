"""A table that some other system exported: where it begins on a sheet, which column is what, and its cells as values.

Titles and the unit of money may stand above the headings, which may take several rows. Knows no column's meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from xlperf.checks import finding
from xlperf.document.amounts import NO_AMOUNT
from xlperf.document.sheets import NOTHING, Held, Opened, Rows, Sheet, fault_of, has_lost_digits
from xlperf.model import Finding, Locus
from xlperf.model.text import (
    CELL_LIMIT,
    MONEY_UNITS,
    as_kept,
    cut,
    cut_to_cell,
    fits_a_cell,
    fold,
    read_money,
    squeeze,
    to_wan,
)
from xlperf.ooxml.a1 import Area, address
from xlperf.ooxml.format_codes import MONEY_SCALES, Kind, Shown, meant
from xlperf.ooxml.grid import LAST_ROW, limit

LAST_HEAD = 30  # titles, notes and units may stand above the headings
MOST_HEADS = 3  # rows of headings
MOST_COLUMNS = 200  # under one heading
MOST_SPREAD = 200_000  # cells under merges, each counted as often as it is merged, which Excel lets be once

_UNIT = "|".join(MONEY_UNITS)
_OF_HEADING = re.compile(rf"(?:\((?:[^()]*[:,])?(?:人民币)?({_UNIT})\)|[/:,-](?:单位:?)?({_UNIT}))$")
_OF_TABLE = re.compile(
    rf"单\s*位\s*[:为是]?\s*\(?\s*(?:人民币)?({_UNIT})(?![\u4e00-\u9fff])|\((?:人民币)?({_UNIT})\)|以({_UNIT})为单位"
)

_FIGURE = re.compile(r"[-+()\d.,%￥¥]*\d[-+()\d.,%￥¥]*(?:万?元)?|[0-9A-Za-z]{9,}")


class Column(NamedTuple):
    """A column under headings: what it is known as ("": not known), its words from the top, its unit of money."""

    at: int
    key: str
    words: tuple[str, ...]
    unit: str = ""


Known = Callable[[tuple[str, ...]], str]
"""What the words over a column name, from the top, without their units; "" for what nobody knows."""


_Tops = Mapping[int, Sequence[Area]]  # row → the merged areas that begin in it


class Table(NamedTuple):
    """The rows under headings of a sheet, to `last`; what stands over them begins at `top`.

    `first` and `head` are the first and the last row of the headings, `unit` is the money's, "" unsaid.
    """

    sheet: Sheet
    first: int
    head: int
    columns: tuple[Column, ...]
    unit: str
    top: int = 1
    last: int = LAST_ROW

    @property
    def rows(self) -> Rows:
        """The rows below the headings."""
        return {row: self.sheet.rows[row] for row in sorted(self.sheet.rows) if self.head < row <= self.last}

    @property
    def above(self) -> dict[int, list[str]]:
        """The texts of each row above the headings."""
        return {row: self.sheet.texts(row) for row in sorted(self.sheet.rows) if self.top <= row < self.first}

    def of(self, key: str) -> list[Column]:
        """The columns of this key, from the left."""
        return [column for column in self.columns if column.key == key]

    def unit_of(self, column: Column) -> str:
        """The unit its amounts are in: that of its heading, else that of the table, else 万元."""
        return column.unit or self.unit or "万元"

    def place(self, row: int, column: Column) -> Locus:
        """A cell under a heading, or a heading."""
        return self.sheet.place(row, column.at)

    def converted(self, columns: Collection[Column]) -> list[Finding]:
        """That the amounts under these headings are in another unit than 万元, once for each such unit."""
        first = {self.unit_of(column): column for column in reversed([*columns])}
        first.pop("万元", None)
        return [finding("XPF105", self.place(self.head, column), unit=unit) for unit, column in first.items()]


def cell_of(cells: Mapping[int, Held], column: Column) -> Held:
    """The cell of a row under a heading."""
    return cells.get(column.at, NOTHING)


def find_tables(sheet: Sheet, known: Known, needed: Collection[Collection[str]]) -> list[Table]:
    """The tables of a sheet, one below the other: each under headings that have one of each of the groups of keys
    needed, and that stand in other columns, or in another unit, than those of the table above it."""
    tops: dict[int, list[Area]] = {}
    for area in sheet.merges:
        tops.setdefault(area[0], []).append(area)
    tables: list[Table] = []
    for at in sorted(sheet.rows):
        if at > LAST_HEAD and not tables:
            break
        if tables and at <= tables[-1].head:
            continue
        table = _table_at(sheet, at, known, needed, tops)
        if table is not None and not (tables and _is_alike(table, tables[-1])):
            tables[-1:] = [each._replace(last=at - 1) for each in tables[-1:]]
            tables.append(table._replace(top=at) if tables else table)
    return tables


def _is_alike(table: Table, other: Table) -> bool:
    """Whether the headings of one are those of the other, as on a new page."""
    one, two = ({column[:2] + column[3:] for column in each.columns if column.key} for each in (table, other))
    return one == two and table.unit == other.unit


def _table_at(sheet: Sheet, at: int, known: Known, needed: Collection[Collection[str]], tops: _Tops) -> Table | None:
    """The table whose headings begin in this row; None where none do.

    Rows below it belong to the headings as long as they hold words that are known under those above them.
    """
    if len(sheet.rows[at]) == 1 or not _are_words(sheet.rows[at]):  # one alone is a title, whatever its words
        return None
    found: Table | None = None
    before: tuple[Column, ...] = ()
    for head in range(at, at + MOST_HEADS):
        columns = _columns(sheet, at, head, known, tops)
        keys = {column.key for column in columns} - {""}
        if not keys or (head > at and not (_are_words(sheet.rows.get(head, {})) and _says_more(columns, before))):
            break
        before = columns
        if all(keys.intersection(group) for group in needed):
            found = Table(sheet, at, head, columns, _stated_unit(sheet, head))
    return found


def _are_words(cells: Mapping[int, Held]) -> bool:
    return bool(cells) and not any(cell.fault or _FIGURE.fullmatch(squeeze(cell.text)) for cell in cells.values())


def _says_more(columns: Sequence[Column], above: Sequence[Column]) -> bool:
    """Whether the last row of headings is one: it names columns, and unmakes no heading named above altogether."""
    before = {column.at: column for column in above}
    beneath = [column for column in columns if column.at not in before or column.words != before[column.at].words]
    over = [before[column.at].words for column in beneath if column.at in before and before[column.at].key]
    kept = {before[column.at].words for column in beneath if column.at in before and column.key}
    unmade = any(words not in kept for words in over)
    return not unmade and any(column.key for column in beneath)


def _columns(sheet: Sheet, first: int, last: int, known: Known, tops: _Tops) -> tuple[Column, ...]:
    """The columns that have a heading in these rows, the words of a merged one over every column it covers."""
    lines = {row: {at: cell.text for at, cell in sheet.rows.get(row, {}).items()} for row in range(first, last + 1)}
    words: dict[int, list[str]] = {}
    for row, line in lines.items():
        for _, left, _, right in tops.get(row, ())[:MOST_COLUMNS]:
            if left in line:
                line.update(dict.fromkeys(range(left, min(right, left + MOST_COLUMNS) + 1), line[left]))
        if row < last:
            _spread(line, lines[row + 1])
        for column, text in line.items():
            words.setdefault(column, []).append(text)
    columns = []
    for at in sorted(words):
        bare, units = zip(*(_without_unit(text) for text in words[at]), strict=True)
        columns.append(Column(at, known(bare), bare, next((unit for unit in reversed(units) if unit), "")))
    return tuple(columns)


def _spread(line: dict[int, str], below: Mapping[int, str]) -> None:
    """Put a heading over the blanks to its right where headings of one row below stand under it and them."""
    over = ""
    for column in range(1, max([*line, *below], default=0) + 1):
        if column in line:
            over = line[column] if column in below else ""
        elif over and column in below:
            line[column] = over
        else:
            over = ""


def _without_unit(text: str) -> tuple[str, str]:
    """A heading without blanks and without the unit of money it states beside itself or ""."""
    bare = squeeze(text).strip("*★※")
    found = _OF_HEADING.search(bare)
    if not found or bare[: found.start()].endswith("单位"):  # 单位：元 is no heading
        return bare, ""
    return bare[: found.start()], found[1] or found[2]


def _stated_unit(sheet: Sheet, head: int) -> str:
    """The unit of money that the title of the sheet, or a row above the last of the headings, states last."""
    rows = (" ".join(sheet.texts(row)) for row in sorted(sheet.rows) if row < head)
    return next((unit for text in reversed([sheet.title, *rows]) if (unit := unit_in(text))), "")


def unit_in(text: str) -> str:
    """The unit of money a line states, 单位：元 or 预算表（万元）; "" for none."""
    found = _OF_TABLE.search(fold(text)) if len(text) <= 500 else None
    return next(filter(None, found.groups())) if found else ""


def unread_sheets(opened: Opened, read: Collection[str]) -> Iterator[Finding]:
    """What is said of the sheets whose titles are not among those read, and of those that do not show."""
    for sheet in opened.sheets:
        if sheet.rows and sheet.title not in read:
            row = min(sheet.rows)
            yield finding("XPF151", sheet.place(row, min(sheet.rows[row])), sheet=sheet.title)
    for title in opened.hidden:
        yield hidden_sheet(opened.sheets[0].file, title)


def hidden_sheet(file: str, title: str) -> Finding:
    """That a sheet does not show and was not read."""
    return finding("XPF152", Locus(file=file, sheet=title, cell=address(1, 1)), sheet=title)


def filled_down(table: Table, columns: Collection[Column]) -> Rows:
    """The rows below the headings, those under a merged cell of these columns with what it holds."""
    rows = {row: dict(cells) for row, cells in table.rows.items()}
    lefts = {column.at for column in columns}
    spread = 0
    for top, left, bottom, _ in table.sheet.merges:
        if left in lefts and top in rows and left in rows[top]:
            spread += bottom - top
            limit(spread, MOST_SPREAD, "合并单元格")
            for row in range(top + 1, bottom + 1):
                if row in rows:
                    rows[row].setdefault(left, rows[top][left])
    return rows


# --- cells -----------------------------------------------------------------------------------------------------------


def read_text(cell: Held, field: str, place: Locus, findings: list[Finding]) -> str:
    """The text a cell shows, cut with a finding where no cell could hold it; what says nothing is a finding too."""
    if fault := fault_of(cell, field, place):
        findings.append(fault)
        return ""
    if has_lost_digits(cell):
        findings.append(finding("XPF409", place, field=field, text=cell.text))
    elif cell.shown is not None and cell.number is not None and cell.text != f"{cell.number:f}":
        findings.append(finding("XPF419", place, field=field, value=cut(cell.text)))
    if not fits_a_cell(cell.text):
        findings.append(finding("XPF408", place, field=field, limit=CELL_LIMIT))
    return cut_to_cell(cell.text)


def read_amount(cell: Held, unit: str, field: str, place: Locus, findings: list[Finding]) -> Decimal | None:
    """The amount in 万元 as a form could hold it; anything else is a finding, as it is in a form."""
    if fault := fault_of(cell, field, place):
        findings.append(fault)
        return None
    if cell.number is not None and cell.shown is not None:
        amount = _as_shown(cell.number, cell.shown, unit, field, place, findings)
    elif squeeze(cell.text) in NO_AMOUNT:
        return None
    else:
        amount = read_money(cell.text, unit)
        if amount is None:
            findings.append(finding("XPF401", place, field=field, text=cut(cell.text)))
    if amount is None:
        return None
    try:
        kept = as_kept(amount)
    except ValidationError:
        findings.append(finding("XPF403", place, field=field, text=cut(cell.text)))
        return None
    if kept != amount:
        findings.append(finding("XPF412", place, field=field, text=cut(cell.text), value=f"{kept:f}"))
    return kept


def _as_shown(
    number: Decimal, shown: Shown, unit: str, field: str, place: Locus, findings: list[Finding]
) -> Decimal | None:
    """The amount of a cell that shows something else than its number, as long as both are the same amount."""

    def in_unit(text: str) -> Decimal | None:
        amount = read_money(text, unit)
        return None if amount is None else amount.scaleb(-MONEY_UNITS[unit])

    def tell(code: str, **values: object) -> None:
        findings.append(finding(code, place, field=field, text=cut(shown.text), **values))

    if shown.kind is Kind.MOMENT:
        tell("XPF401")
        return None
    if shown.kind is Kind.PERCENT:
        tell("XPF415", value=f"{number:f}", stored=f"{number:f}")
    elif shown.kind is Kind.NUMBER and meant(shown, in_unit, MONEY_SCALES) == number:
        pass
    elif not number:
        tell("XPF402", value=0)
    else:
        tell("XPF416", value=f"{number.normalize():f}")
        return None
    return to_wan(number, unit)
