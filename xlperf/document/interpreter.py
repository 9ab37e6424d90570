"""Blocks → what a document says. Knows where one project ends and the next begins; every block is accounted for.

Tables are cut at headings, or where a row states another code; a table that goes on after a page break stays one.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.document.blocks import Block, Cell, Paragraph, Row
from xlperf.document.faults import Faults
from xlperf.document.front import Front
from xlperf.document.headings import Heading, contents, heading, section, title
from xlperf.document.indicators import is_head
from xlperf.document.labels import label, money_unit
from xlperf.document.project import Table
from xlperf.document.units import Units
from xlperf.model.text import squeeze


class Interpreter:
    """Takes the blocks of a document in order; what it found stands in its attributes."""

    def __init__(self, faults: Faults) -> None:
        self.front = Front(faults)
        self.units = Units(faults)
        self._tables: list[Table] = []
        self._faults = faults
        self._in_tables = False

    @property
    def _current(self) -> Table | None:
        return self._tables[-1] if self._in_tables and self._tables else None

    @property
    def tables(self) -> list[Table]:
        """The tables that hold something."""
        return [table for table in self._tables if table.started]

    def take(self, blocks: Iterable[Block]) -> None:
        """Read all blocks of the document."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(self._faults.fit(block))
            else:
                self._row(Row(tuple(self._faults.fit(cell) for cell in block.cells)))
        announced = {table.heading for table in self._tables if table.started}
        for table in self._tables:
            if not table.started and table.heading and not table.heading.generic and table.heading not in announced:
                self._faults.add("XPF101", table.line, text=f"{table.heading.name}绩效目标表")

    # --- outside tables --------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph) -> None:
        found = heading(paragraph.text)
        if found is not None:
            self._heading(found, paragraph.line)
        elif contents(paragraph.text):
            return
        elif section(paragraph.text) or (not self._in_tables and not money_unit(paragraph.text)):
            self._in_tables = False
            self.front.take(paragraph)
        elif title(paragraph.text):
            self.front.name_year(paragraph.text)
        elif self.units.taken_from(Row((Cell(*paragraph),)), self._current).filled:
            self._faults.add("XPF101", paragraph.line, text=paragraph.text)

    def _heading(self, found: Heading, line: int) -> None:
        """A project table is announced; printed twice, or again over a continued table, it announces nothing new."""
        self._in_tables = True
        self.front.close()
        last = self._tables[-1].heading if self._tables else None
        repeated = last is not None and (last.number, squeeze(last.name)) == (found.number, squeeze(found.name))
        if not repeated or found.generic:
            self._open(found, line)

    def _open(self, found: Heading | None, line: int) -> Table:
        self._in_tables = True
        self._tables.append(Table(self._faults, found, line))
        return self._tables[-1]

    # --- tables ----------------------------------------------------------------------------------------------------

    def _row(self, row: Row) -> None:
        texts = list(dict.fromkeys(cell.text for cell in row.filled))
        if not texts:
            return
        line = row.filled[0].line
        if len(texts) == 1 and (heading(texts[0]) or not (self._in_tables or label(texts[0]))):
            self._paragraph(Paragraph(texts[0], line))  # a title inside the table, or a text laid out with one
            return
        row = self.units.taken_from(row, self._current)
        if not row.filled:
            return
        table = self._table_of(row)
        if table is None:
            self._faults.strays(row.cells)
        else:
            table.take(row, self.units.money)
            if table.unit is not None:
                self.units.name(table.unit)
                table.unit = None

    def _table_of(self, row: Row) -> Table | None:
        """The table this row belongs to; None where none is open and none begins here."""
        line = row.filled[0].line
        code, name = squeeze(_value_of(row, "code")), squeeze(_value_of(row, "name"))
        current = self._current
        if current is None:
            begins = is_head(row) or any(label(cell.text) for cell in row.cells)
            return self._open(None, line) if begins else None
        if not current.started and len(self._tables) > 1 and (current.heading is None or current.heading.generic):
            before = self._tables[-2]
            same_name = name != "" and not before.code and name == squeeze(before.name)
            if code == before.code if code else same_name or is_head(row):
                self._tables.pop()
                return before
        other_code = code and current.code and code != current.code
        other_name = name and current.name and not current.code and not code and name != squeeze(current.name)
        return self._open(None, line) if other_code or other_name else current


def _value_of(row: Row, field: str) -> str:
    """What stands behind the label of this field in this row, "" where there is none."""
    for before, after in zip(row.filled, row.filled[1:], strict=False):
        found = label(before.text)
        if found and found.field == field and not label(after.text):
            return after.text
    return ""
