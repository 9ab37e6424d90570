"""Blocks → what a document says. Knows where one project ends and the next begins; every block is accounted for.

Tables are cut at headings, or where a row states another code or name; a table that goes on after a page break stays
one. A list of many projects in one table is cut where its column of names says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.document.blocks import Block, Cell, Paragraph, Row
from xlperf.document.faults import Faults
from xlperf.document.front import Front
from xlperf.document.head_items import Item, items_of
from xlperf.document.headings import Heading, contents, heading, part, section, title
from xlperf.document.indicator_columns import is_head
from xlperf.document.labels import column, ends_indicators, is_level2, label
from xlperf.document.project import Table
from xlperf.document.unit_texts import money_unit
from xlperf.document.units import Units, states_unit
from xlperf.model.text import squeeze

_CAPTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第.{1,3}部分).{2,40}|.{2,30}(?:总表|明细表|情况表|预算表)"
)
_LIST_FIELDS = (
    "code",
    "name",
    "unit",
    "unit_code",
    "implementer",
    "department",
    "objectives",
    "purpose",
    "amount",
    "money",
    "year",
    "aside",
)
"""What columns of a list of many projects hold beside their indicators."""


class Interpreter:
    """Takes the blocks of a document in order; what it found stands in its attributes."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.front = Front(faults)
        self.units = Units(faults)
        self.of_department: list[Table] = []
        """Tables about the department as a whole."""
        self._file = file
        self._tables: list[Table] = []
        self._faults = faults
        self._in_tables = False
        self._listed: dict[int, Item] = {}  # heads of a list of many projects, beside those of its indicators
        self._listed_head: Row | None = None
        self._list_begins = False  # the head of a list was the row just read, and may take a second one
        self._foreign: list[Cell] = []  # the rows of a table that is no project's, so far
        self._aside: list[Paragraph] = []  # the paragraphs among tables, so far
        self._closed = False  # a new part of the document began since the last table

    @property
    def _current(self) -> Table | None:
        return self._tables[-1] if self._in_tables and self._tables else None

    @property
    def tables(self) -> list[Table]:
        """The tables of projects."""
        return [table for table in self._tables if table.started and table.is_project]

    def take(self, blocks: Iterable[Block]) -> None:
        """Read all blocks of the document."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._tell_foreign()
                self._paragraph(self._faults.fit(block))
            else:
                self._row(Row(tuple(self._faults.fit(cell) for cell in block.cells)))
        self._tell_foreign()
        self._tell_aside()
        self._sort()

    def _sort(self) -> None:
        """Tell projects from other tables."""
        announced = {table.heading for table in self._tables if table.started}
        for table in self._tables:
            if table.started and table.of_department:
                self.of_department.append(table)
                self._faults.add(
                    "XPF120", table.line, text=f"{table.heading.name}绩效目标表" if table.heading else table.values.name
                )
            elif table.started and not table.is_project:
                self._faults.add("XPF120", table.line, text=table.values.name or table.values.code)
            elif not table.started and table.heading and not table.heading.generic and table.heading not in announced:
                self._faults.add("XPF101", table.line, text=f"{table.heading.name}绩效目标表")

    # --- outside tables --------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph) -> None:
        found = heading(paragraph.text)
        line = self._line_of_form(paragraph)
        if line is not None:
            self._tell_aside()
            self._read(line)
        elif found is not None:
            self._tell_aside()
            self._heading(found, paragraph)
        elif contents(paragraph.text):
            return
        elif section(paragraph.text) or not (self._in_tables or self._is_beside(paragraph.text)):
            self._in_tables = False
            if not self.front.take(paragraph):
                self._aside.append(paragraph)
            elif not title(paragraph.text):
                self._tell_aside()
        elif title(paragraph.text):
            self.front.name_year(paragraph.text)
            self._closed = self._closed or part(paragraph.text)
        elif (left := self.units.taken_from(Row((Cell(*paragraph),)), self._current)).filled:
            if self._current is not None and self._current.awaits(left):
                self._current.take(left, self.units.money)
                return
            self._aside.append(paragraph)
            self._closed = self._closed or _CAPTION.fullmatch(squeeze(paragraph.text)) is not None

    def _line_of_form(self, paragraph: Paragraph) -> Row | None:
        """The label and the value of a form written as lines: 项目名称：…, and what follows up to its indicators."""
        current = self._current
        if self.front.is_open or (current is not None and current.indicators.open):
            return None
        items = tuple(items_of(Row((Cell(*paragraph),)), money=True))
        field = _field(items[0])
        begins = field in ("name", "code")
        goes_on = current is not None and current.started and field in _LIST_FIELDS and field != "unit"
        return Row(tuple(item.cell for item in items)) if len(items) > 1 and (begins or goes_on) else None

    def _is_beside(self, text: str) -> bool:
        """Whether a line states what stands beside tables: the unit of money, or before them that of the budget."""
        return money_unit(text) is not None or (not self.front.is_open and states_unit(text))

    def _tell_aside(self) -> None:
        """Say once of paragraphs in a row that none of them was understood."""
        if self._aside:
            self._faults.add("XPF101", self._aside[0].line, text=" ".join(each.text for each in self._aside))
        self._aside = []

    def _tell_foreign(self) -> None:
        """Say once of a table that it is no project's; with indicators in it, nobody read them."""
        classes = {squeeze(cell.text) for cell in self._foreign if is_level2(cell.text) and cell.text.endswith("指标")}
        if len(classes) > 1:
            self._faults.unread(self._foreign)
        elif self._foreign:
            self._faults.add("XPF120", self._foreign[0].line, text=" | ".join(cell.text for cell in self._foreign[:6]))
        self._foreign = []

    def _heading(self, found: Heading, paragraph: Paragraph) -> None:
        """A project table is announced; printed twice, or again over a continued table, it announces nothing new."""
        self._in_tables, self._closed = True, False
        self.front.close()
        self.front.name_year_of_table(paragraph.text)
        last = self._tables[-1].heading if self._tables else None
        repeated = last is not None and (last.number, squeeze(last.name)) == (found.number, squeeze(found.name))
        if not repeated or found.generic:
            self._open(found, paragraph.line)

    def _open(self, found: Heading | None, line: int) -> Table:
        self._in_tables, self._closed = True, False
        self._listed, self._listed_head = {}, None
        self._tables.append(Table(self._file, found, line))
        self._tables[-1].unit = self.units.stated
        return self._tables[-1]

    # --- tables ----------------------------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        texts = list(dict.fromkeys(cell.text for cell in row.filled))
        if not texts:
            return
        self._tell_aside()
        line = row.filled[0].line
        if len(texts) == 1 and (self._heads_a_table(texts[0]) or not (self._in_tables or label(texts[0]))):
            self._paragraph(Paragraph(texts[0], line))  # a title inside the table, or a text laid out with one
            return
        row = self.units.taken_from(row, self._current)
        if row.filled and not self._of_list(row):
            self._read(row)

    def _read(self, row: Row) -> None:
        """Take a row of a form, or of a table that is none."""
        table = self._table_of(row)
        if table is None:
            self._foreign += row.filled
        else:
            self._tell_foreign()
            self._closed = False
            table.unit = table.unit if table.started else self.units.stated
            table.take(row, self.units.money)
            self._name_units(table)

    def _heads_a_table(self, text: str) -> bool:
        """Whether the only text of a row is a heading, or a title above or below a form; a number is none."""
        amid_head = self._current is not None and self._current.started and not self._current.indicators.open
        return heading(text) is not None or (title(text) and not (amid_head or text.isdecimal()))

    def _name_units(self, table: Table) -> None:
        """Hand on which units a form names."""
        values = table.values
        if values.named_unit is not None:
            table.unit, values.named_unit = self.units.name(values.named_unit, values.unit_code), None
        if values.implementer is not None:
            self.units.name_implementer(values.implementer)
        if values.department:
            self.units.name_department(values.department)

    def _table_of(self, row: Row) -> Table | None:
        """The table this row belongs to; None where none is open and none begins here."""
        line = row.filled[0].line
        code, name = squeeze(_value_of(row, "code")), squeeze(_value_of(row, "name"))
        current = self._current
        begins = bool(code or name or is_head(row))
        if current is None:
            return self._open(None, line) if begins else None
        if self._closed and current.started and current.indicators.open and not begins:
            return None
        if not current.started and len(self._tables) > 1 and (current.heading is None or current.heading.generic):
            before = self._tables[-2]
            known = before.values
            same_name = name != "" and not known.code and name == squeeze(known.name)
            if code == known.code if code else same_name or (is_head(row) and not self._listing(row)):
                self._tables.pop()
                return before
        read = current.values
        other_code = code and read.code and code != read.code
        other_name = name and read.name and not read.code and not code and name != squeeze(read.name)
        return self._open(None, line) if other_code or other_name else current

    # --- lists of many projects in one table -------------------------------------------------------------------------

    @staticmethod
    def _listing(row: Row) -> dict[int, Item]:
        """The columns that a head of indicators has for the project, if one of them is its name or code."""
        listed = {index: head for index, head in _labelled(row).items() if _field(head) in _LIST_FIELDS}
        return listed if any(_field(head) in ("code", "name") for head in listed.values()) else {}

    def _of_list(self, row: Row) -> bool:
        """Take a row of a list, or its head; whether it was one."""
        if is_head(row):
            listed = self._listing(row)
            if listed:
                first = next(index for index, cell in enumerate(row.cells) if column(cell.text) and index not in listed)
                self._start_list(
                    row,
                    {
                        index: head
                        for index, head in listed.items()
                        if index < first or _field(head) in ("code", "name", "unit", "unit_code", "implementer")
                    },
                )
            return bool(listed)
        begins, self._list_begins = self._list_begins, False
        labelled = _labelled(row)
        if begins and len(labelled) == len(row.filled):
            self._listed |= labelled
            return True
        if not self._listed or self._listed_head is None:
            return False
        lost = len(self._listed_head.cells) - len(row.cells)
        if lost > 0:  # covered cells at its beginning
            row = Row((*(Cell("", row.cells[0].line) for _ in range(lost)), *row.cells))
            if any(row.cells[index].text for index in self._listed):
                self._faults.unread(row.cells)
                return True
        values = [
            (head, row.cells[index])
            for index, head in self._listed.items()
            if index < len(row.cells) and row.cells[index].text
        ]
        rest = Row(
            tuple(Cell("", cell.line) if index in self._listed else cell for index, cell in enumerate(row.cells))
        )
        name = next((squeeze(cell.text) for head, cell in values if _field(head) == "name"), "")
        code = next((squeeze(cell.text) for head, cell in values if _field(head) == "code"), "")
        current = self._current
        same = (
            current is not None
            and (not name or name == squeeze(current.values.name))
            and (not code or code == squeeze(current.values.code))
        )
        if (name or code) and not same and not rest.filled:
            self._faults.strays(cell for _, cell in values if not ends_indicators(name or code))
            return True  # 合计, or a caption over a group of projects
        if (name or code) and not same:
            columns, heads = self._listed, self._listed_head
            current = self._open(None, row.filled[0].line)
            self._listed, self._listed_head = columns, heads
            current.take(heads, self.units.money)
            current.flat(values, self.units.money)
        if current is None:
            return False
        if rest.filled:
            current.indicators.take(rest)
        self._name_units(current)
        return True

    def _start_list(self, row: Row, listed: dict[int, Item]) -> None:
        self._tell_foreign()
        self._in_tables = self._list_begins = True
        self._listed = listed
        self._listed_head = Row(
            tuple(Cell("", cell.line) if index in listed else cell for index, cell in enumerate(row.cells))
        )


def _labelled(row: Row) -> dict[int, Item]:
    """The cells of a row that are labels, as heads of columns, by place."""
    return {
        at: Item(at, cell, found) for at, cell in enumerate(row.cells) if (found := label(cell.text, True)) is not None
    }


def _field(head: Item) -> str:
    return head.label.field if head.label else ""


def _value_of(row: Row, field: str) -> str:
    """What stands behind the label of this field in this row, "" where there is none."""
    for before, after in zip(row.filled, row.filled[1:], strict=False):
        found = label(before.text)
        if found and found.field == field and not label(after.text):
            return after.text
    return ""
