"""The budget unit and the unit of money, wherever they are stated: above a table, in its first row, beside a name."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from xlperf.document.beside import Beside, beside
from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.budget_units import BudgetUnits
from xlperf.document.faults import Faults
from xlperf.document.labels import key, label
from xlperf.document.project import Table
from xlperf.document.unit_texts import money_unit, unit_code
from xlperf.model import BudgetUnit
from xlperf.model.text import MONEY_UNITS, squeeze

_WIDEST = 3  # texts that a row below indicators has at most if it states the unit of the next table
_MONEY_LABELS = frozenset(("金额单位", "货币单位", "计量单位", "单位"))


def states_unit(text: str) -> bool:
    """Whether a line names the budget unit, or its code, behind a label: 预算单位：某局."""
    found = beside(text)
    return found is not None and found.unit + found.code != ""


class Units:
    """What was stated so far. The last unit of money stands; the first budget unit is the document's."""

    def __init__(self, faults: Faults) -> None:
        self.stated = 0
        """Which of the budget units a line beside the tables stated last."""
        self.money = "万元"
        self.years: list[int] = []
        """The budget years that lines beside the tables state."""
        self.dates: list[tuple[int, int]] = []
        """Year and month in which forms were filled in."""
        self._faults = faults
        self._named = BudgetUnits()
        self._bare = False  # the only one of them is a text without code or label
        self._implementers: dict[str, Cell] = {}
        self._departments: dict[str, str] = {}

    def taken_from(self, row: Row, table: Table | None) -> Row:
        """The row without the cells that state a unit or a date; `table` is the one being read, None outside tables.

        Between the first row of a table and its indicators a long text may end in 单位：元 or begin with six digits.
        """
        if table is None or not table.amid_indicators:
            row = self._without_money_label(row)
        cells = {cell.text: cell for cell in row.filled}  # merged cells may repeat a text
        if table is not None and table.amid_indicators and len(cells) > _WIDEST:
            return row
        amid_head = table is not None and table.started and not table.indicators.open
        names: list[Cell] = []
        used: set[str] = set()
        for text, cell in cells.items():
            stated = money_unit(text)
            before = stated.before if stated else text
            is_label = len(cells) > 1 and before.endswith((":", "："))  # its value is a cell
            line = None if is_label else beside(before)
            if stated and (not amid_head or not before or line or unit_code(before)):
                self._state_money(stated.unit, cell.line)
                names += [Cell(before, cell.line)] if before and not line else []
            elif amid_head or not line:
                continue
            used.add(text)
            if line:
                self._take(line, cell.line)
        if any(label(text) for text in cells):
            self._faults.strays(names)
        elif used or (len(cells) == 1 and not amid_head):
            names += [cell for text, cell in cells.items() if text not in used and (used or unit_code(text))]
            used |= self._named_by(names, cells)
        return Row(tuple(Cell("", cell.line) if cell.text in used else cell for cell in row.cells))

    def _without_money_label(self, row: Row) -> Row:
        """The row without 金额单位 and the unit of money in the cell behind it."""
        for label_cell, unit in pairwise(row.filled):
            if key(label_cell.text) in _MONEY_LABELS and squeeze(unit.text) in MONEY_UNITS:
                self._state_money(squeeze(unit.text), unit.line)
                taken = (label_cell, unit)
                return Row(tuple(Cell("", cell.line) if cell in taken else cell for cell in row.cells))
        return row

    def _take(self, stated: Beside, line: int) -> None:
        self.years += [stated.budget_year] if stated.budget_year else []
        self.dates += [stated.filled_in] if stated.filled_in else []
        if stated.code.isdecimal() and not any(unit.code for unit in self._named.all):
            self._named.take(stated.code, "")
        if stated.unit:
            self.stated = self.name(Cell(stated.unit, line))

    def _named_by(self, names: list[Cell], cells: dict[str, Cell]) -> set[str]:
        """Take the budget unit from the one text with a code, or the only text; the text taken is returned."""
        coded = [cell for cell in names if unit_code(cell.text)]
        chosen = coded[:1] or (names if len(names) == 1 else [])
        for cell in chosen:
            named = self.name(cell, bare=True)
            self.stated = named if unit_code(cell.text) else self.stated
        self._faults.strays(cell for cell in names if cell not in chosen and cell.text not in cells)
        return {cell.text for cell in chosen}

    def name(self, cell: Cell, beside: str = "", *, bare: bool = False) -> int:
        """Take a budget unit from a cell, 335001某某法院 or a name; which it is. Another than the first is a finding.

        `beside` is the code that stands in a cell of its own. A `bare` name, without code or label, gives way to the
        first one with a code.
        """
        code, name = _code_and_name(cell.text)
        code = code or beside
        known = self._named.all
        if self._bare and len(code) == 6:  # a text without a label was no name
            self._faults.add("XPF111", cell.line, unit=known[0].name, first=cell.text)
            self._named.forget()
        count = len(known)
        self._bare = not known and not code and bare
        at = self._named.take(code, one_line(name))
        if 0 < count < len(known):
            self._faults.add("XPF111", cell.line, unit=cell.text, first=known[0].code + known[0].name)
        return at

    def name_implementer(self, cell: Cell) -> None:
        """Take who carries out a project: the unit, where nothing else says it and it is the same for all."""
        self._implementers.setdefault(squeeze(cell.text), cell)

    def name_department(self, department: str) -> None:
        """Take the 主管部门 that a form names: the first stands."""
        self._departments.setdefault(squeeze(department), department)

    @property
    def budget_unit(self) -> BudgetUnit:
        """The unit of the document: the first one named, else who carries out all projects, else their 主管部门."""
        departments = [_code_and_name(each)[1] for each in self._departments.values()]
        above = next(iter(departments), "")
        unit = self._named.all[0] if self._named.all else BudgetUnit()
        if not unit.name and len(self._implementers) == 1:
            code, name = _code_and_name(next(iter(self._implementers.values())).text)
            unit = BudgetUnit(code=unit.code or code, name=one_line(name))
        elif not unit.name and self._implementers and len(departments) == 1:
            unit = BudgetUnit(code=unit.code, name=above)
        return unit.model_copy(update={"department": above})

    def of(self, places: Iterable[int]) -> tuple[BudgetUnit, ...]:
        """The budget units that `name` said are at these places; that of the document where none was named."""
        own = self.budget_unit
        all_named = [unit.model_copy(update={"department": own.department}) for unit in self._named.all]
        return tuple(all_named[at] if all_named else own for at in places)

    def _state_money(self, unit: str, line: int) -> None:
        self.money = unit
        if unit != "万元":
            self._faults.add("XPF105", line, unit=unit)


def _code_and_name(text: str) -> tuple[str, str]:
    """The code, "" where there is none, and the name of a unit behind its label."""
    return unit_code(text, labelled=True) or ("", text)
