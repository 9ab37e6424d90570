"""Blocks → what a document says. Knows where one project ends and the next begins; every block is accounted for.

Tables are cut at headings, or where a row states another code; a table that goes on after a page break stays one.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.document.blocks import Block, Cell, Paragraph, Row, one_line
from xlperf.document.faults import Faults
from xlperf.document.front import Front
from xlperf.document.headings import Heading, contents, heading, section, title
from xlperf.document.indicators import is_head
from xlperf.document.labels import label, money_unit, unit_code
from xlperf.document.project import Table
from xlperf.model import BudgetUnit
from xlperf.model.text import squeeze

_UNIT_ROW = 3  # filled cells a row that states the unit has at most


class Interpreter:
    """Takes the blocks of a document in order; what it found stands in its attributes."""

    def __init__(self, faults: Faults) -> None:
        self.front = Front(faults)
        self.unit = BudgetUnit()
        self._tables: list[Table] = []
        self._faults = faults
        self._in_tables = False
        self._money_unit = "万元"  # the last one stated stands

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
        for table in self._tables:
            if not table.started and table.heading and not table.heading.generic:
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
        elif self._without_unit(Row((Cell(*paragraph),))).filled:
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
        row = self._without_unit(row)
        if not row.filled:
            return
        table = self._table_of(row)
        if table is None:
            self._faults.strays(row.cells)
        else:
            table.take(row, self._money_unit)
            if table.unit is not None:
                self._name_unit(table.unit)
                table.unit = None

    def _table_of(self, row: Row) -> Table | None:
        """The table this row belongs to; None where none is open and none begins here."""
        line = row.filled[0].line
        code, name = squeeze(_value_of(row, "code")), squeeze(_value_of(row, "name"))
        current = self._tables[-1] if self._in_tables and self._tables else None
        if current is None:
            begins = is_head(row) or any(label(cell.text) for cell in row.cells)
            return self._open(None, line) if begins else None
        if not current.started and len(self._tables) > 1 and (current.heading is None or current.heading.generic):
            before = self._tables[-2]
            if code == before.code if code else is_head(row):
                self._tables.pop()
                return before
        other_code = code and current.code and code != current.code
        other_name = name and current.name and not current.code and not code and name != squeeze(current.name)
        return self._open(None, line) if other_code or other_name else current

    # --- units -----------------------------------------------------------------------------------------------------

    def _without_unit(self, row: Row) -> Row:
        """The row without the cells that state the unit of money or name the budget unit; both are noted."""
        filled = row.filled
        stated = {cell: found for cell in filled if (found := money_unit(cell.text))}
        if stated and len(filled) <= _UNIT_ROW:
            for cell, (_, unit) in stated.items():
                self._state_money(unit, cell.line)
            names = [cell for cell in filled if cell not in stated and not label(cell.text)]
            names += [Cell(before, cell.line) for cell, (before, _) in stated.items() if before]
        elif len(filled) == 1 and unit_code(filled[0].text) and not self._amid_head:
            names = [filled[0]]
        else:
            return row
        coded = [cell for cell in names if unit_code(cell.text)] or (names if len(names) == 1 else [])
        for cell in coded[:1]:
            self._name_unit(cell)
        self._faults.strays(cell for cell in names if cell not in coded[:1] and cell not in filled)
        used = {*stated, *coded[:1]}
        return Row(tuple(Cell("", cell.line) if cell in used else cell for cell in row.cells))

    @property
    def _amid_head(self) -> bool:
        """Whether a table is between its first row and its indicators, where six digits may begin any text."""
        table = self._tables[-1] if self._in_tables and self._tables else None
        return table is not None and table.started and not table.indicators.open

    def _state_money(self, unit: str, line: int) -> None:
        self._money_unit = unit
        if unit != "万元":
            self._faults.add("XPF105", line, unit=unit)

    def _name_unit(self, cell: Cell) -> None:
        """Take the budget unit from a cell, 335001某某法院 or a bare name; another one than before is a finding."""
        code, name = unit_code(cell.text) or ("", cell.text)
        found = BudgetUnit(code=code, name=one_line(name))
        same = squeeze(found.name) == squeeze(self.unit.name) and "" in (code, self.unit.code)
        if not self.unit.name or (same and code):
            self.unit = found
        elif not same and found != self.unit:
            self._faults.add("XPF111", cell.line, unit=cell.text, first=self.unit.code + self.unit.name)


def _value_of(row: Row, field: str) -> str:
    """What stands behind the label of this field in this row, "" where there is none."""
    for before, after in zip(row.filled, row.filled[1:], strict=False):
        found = label(before.text)
        if found and found.field == field and not label(after.text):
            return after.text
    return ""
