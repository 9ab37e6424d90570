"""The budget unit and the unit of money, wherever they are stated: above a table, in its first row, beside a name."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.budget_units import BudgetUnits
from xlperf.document.faults import Faults
from xlperf.document.labels import key, label, money_unit, unit_code
from xlperf.document.project import Table
from xlperf.model import BudgetUnit
from xlperf.model.text import MONEY_UNITS, clean, fold, squeeze

_WIDEST = 3  # texts that a row below indicators has at most if it states the unit of the next table
_LABELLED = re.compile(r"([^:\n]{2,20}):[ \t]*(.*?)(?:[ \t]{2,}.*|[ \t]+(?:项目|预算)?年度:.*)?", re.DOTALL)
_YEAR_BESIDE = re.compile(r"(?:项目|预算)年度:(20\d\d)年?$")
_MONEY_LABELS = frozenset(("金额单位", "货币单位", "计量单位", "单位"))
_DATED = re.compile(
    r"(?:填[报表]|编制|制表|申报)?(?:日期|时间):?(?P<year>20\d\d)[年./-](?P<month>\d{1,2}).*|(?:预算|项目)年度:?(?P<budget>20\d\d)年?"
)


class _Beside(NamedTuple):
    """What a line beside a table states: its unit (填报单位：某局), the budget year, when it was filled in."""

    unit: str = ""
    budget_year: int = 0
    filled_in: tuple[int, int] | None = None


def _beside(text: str) -> _Beside | None:
    """What this text states beside a table, perhaps nothing (联系电话：…); None where it is no such line."""
    text = clean(text)
    if len(text) > 200:
        return None
    if dated := _DATED.fullmatch(squeeze(text)):
        if dated["budget"]:
            return _Beside(budget_year=int(dated["budget"]))
        return _Beside(filled_in=(int(dated["year"]), int(dated["month"])))
    found = _LABELLED.fullmatch(fold(text))
    named = label(found[1]) if found else None
    if found is None or named is None or named.field not in ("unit", "department", "aside"):
        return None
    value = text[found.start(2) : found.end(2)].strip()
    year = _YEAR_BESIDE.search(squeeze(text))
    return _Beside(
        value if named.field == "unit" or squeeze(found[1]).startswith("单位") else "", int(year[1]) if year else 0
    )


def states_unit(text: str) -> bool:
    """Whether a line names the budget unit behind a label: 预算单位：某局."""
    found = _beside(text)
    return found is not None and found.unit != ""


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
            beside = (
                _beside(before) if len(cells) == 1 or not before.endswith((":", "：")) else None
            )  # its value is a cell
            if stated and (not amid_head or not before or beside or unit_code(before)):
                self._state_money(stated.unit, cell.line)
                names += [Cell(before, cell.line)] if before and not beside else []
            elif amid_head or not beside:
                continue
            used.add(text)
            if beside:
                self._take(beside, cell.line)
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

    def _take(self, beside: _Beside, line: int) -> None:
        self.years += [beside.budget_year] if beside.budget_year else []
        self.dates += [beside.filled_in] if beside.filled_in else []
        if beside.unit:
            self.stated = self.name(Cell(beside.unit, line))

    def _named_by(self, names: list[Cell], cells: dict[str, Cell]) -> set[str]:
        """Take the budget unit from the one text with a code, or the only text; the text taken is returned."""
        coded = [cell for cell in names if unit_code(cell.text)]
        chosen = coded[:1] or (names if len(names) == 1 else [])
        for cell in chosen:
            named = self.name(cell, bare=True)
            self.stated = named if unit_code(cell.text) else self.stated
        self._faults.strays(cell for cell in names if cell not in chosen and cell.text not in cells)
        return {cell.text for cell in chosen}

    def name(self, cell: Cell, *, bare: bool = False) -> int:
        """Take a budget unit from a cell, 335001某某法院 or a name; which it is. Another than the first is a finding.

        A `bare` name, without code or label, gives way to the first one with a code.
        """
        code, name = _code_and_name(cell.text)
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
        unit = BudgetUnit()
        if self._named.all:
            unit = self._named.all[0]
        elif len(self._implementers) == 1:
            code, name = _code_and_name(next(iter(self._implementers.values())).text)
            unit = BudgetUnit(code=code, name=one_line(name))
        elif self._implementers and len(departments) == 1:
            unit = BudgetUnit(name=above)
        return unit.model_copy(update={"department": above})

    def of(self, at: int) -> BudgetUnit:
        """The budget unit that `name` said is at this place; that of the document where none was named."""
        unit = self.budget_unit
        named = self._named.all[at] if self._named.all else unit
        return named.model_copy(update={"department": unit.department})

    def _state_money(self, unit: str, line: int) -> None:
        self.money = unit
        if unit != "万元":
            self._faults.add("XPF105", line, unit=unit)


def _code_and_name(text: str) -> tuple[str, str]:
    """The code, "" where there is none, and the name of a unit behind its label."""
    return unit_code(text, labelled=True) or ("", text)
