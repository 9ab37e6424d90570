"""The budget unit and the unit of money, wherever they are stated: above a table, in its first row, beside a name."""

from __future__ import annotations

from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.faults import Faults
from xlperf.document.labels import label, money_unit, unit_code
from xlperf.document.project import Table
from xlperf.model import BudgetUnit
from xlperf.model.text import squeeze

_WIDEST = 3  # texts that a row below indicators has at most if it states the unit of the next table


class Units:
    """What was stated so far. The last unit of money stands; the first budget unit does."""

    def __init__(self, faults: Faults) -> None:
        self.budget_unit = BudgetUnit()
        self.money = "万元"
        self._faults = faults

    def taken_from(self, row: Row, table: Table | None) -> Row:
        """The row without the cells that state a unit; `table` is the one being read, None outside tables.

        Between the first row of a table and its indicators a long text may end in 单位：元 or begin with six digits.
        """
        cells = {cell.text: cell for cell in row.filled}  # merged cells may repeat a text
        if table is not None and table.amid_indicators and len(cells) > _WIDEST:
            return row
        amid_head = table is not None and table.started and not table.indicators.open
        names: list[Cell] = []
        used: set[str] = set()
        for text, cell in cells.items():
            stated = money_unit(text)
            if stated and (not amid_head or not stated.before or unit_code(stated.before)):
                self._state_money(stated.unit, cell.line)
                used.add(text)
                names += [Cell(stated.before, cell.line)] if stated.before else []
        if any(label(text) for text in cells):
            self._faults.strays(names)
        elif used or (len(cells) == 1 and not amid_head):
            names += [cell for text, cell in cells.items() if text not in used and (used or unit_code(text))]
            used |= self._named_by(names, cells)
        return Row(tuple(Cell("", cell.line) if cell.text in used else cell for cell in row.cells))

    def _named_by(self, names: list[Cell], cells: dict[str, Cell]) -> set[str]:
        """Take the budget unit from the one text with a code, or the only text; the text taken is returned."""
        coded = [cell for cell in names if unit_code(cell.text)]
        chosen = coded[:1] or (names if len(names) == 1 else [])
        for cell in chosen:
            self.name(cell)
        self._faults.strays(cell for cell in names if cell not in chosen and cell.text not in cells)
        return {cell.text for cell in chosen}

    def name(self, cell: Cell) -> None:
        """Take the budget unit from a cell, 335001某某法院 or a bare name; another one than before is a finding."""
        code, name = unit_code(cell.text) or ("", cell.text)
        found = BudgetUnit(code=code, name=one_line(name))
        known = self.budget_unit
        same = squeeze(found.name) == squeeze(known.name) and "" in (code, known.code)
        if not known.name or (same and code):
            self.budget_unit = found
        elif not same and found != known:
            self._faults.add("XPF111", cell.line, unit=cell.text, first=known.code + known.name)

    def _state_money(self, unit: str, line: int) -> None:
        self.money = unit
        if unit != "万元":
            self._faults.add("XPF105", line, unit=unit)
