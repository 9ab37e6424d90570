"""One project table → one project. Knows which label a value belongs to; knows nothing of other tables or the year."""

from __future__ import annotations

from decimal import Decimal

from xlperf.document.amounts import read_amount, read_plan
from xlperf.document.blocks import Cell, Row, lines_of, one_line
from xlperf.document.faults import Faults
from xlperf.document.headings import Heading
from xlperf.document.indicators import IndicatorTable, is_head
from xlperf.document.items import numbered_items
from xlperf.document.labels import AMOUNTS, MONTHS, FieldLabel, label
from xlperf.measure import CHECKPOINTS
from xlperf.model import Budget, Project, SpendPlan
from xlperf.model.text import squeeze

_NAMES = {"code": "项目编码", "initial": "预算数", "fiscal_funds": "财政资金", "other_funds": "其他资金"}
_BELOW = {"purpose": "purpose", "funds": "purpose", "objectives": "objectives"}
"""Fields that go on in the rows below their label: label → field."""

_SLOTS = {
    **{field: f"budget.{field}" for field in ("initial", "fiscal_funds", "other_funds")},
    "funds": "purpose",
    "objectives": "objectives.text",
}
"""Label → the slot in which its value stands on a form."""

_HEAD = frozenset(("code", "name", "funds", "spend_plan", "objectives"))
"""Labels that begin a row of the head and nothing in the indicator table."""


class Table:
    """A project table being read, row by row."""

    def __init__(self, faults: Faults, heading: Heading | None, line: int) -> None:
        self.heading = heading
        self.line = line
        self.code = ""
        self.name = ""
        self.unit: Cell | None = None  # the budget unit a label of this table names
        self.started = False
        self.indicators = IndicatorTable(faults)
        self.lines: dict[str, int] = {}  # of what was read, by the name of its slot
        self.amid_indicators = False  # between the head of the indicators and the next label of the head
        self._faults = faults
        self._code_line = 0  # of the label 项目编码; sister forms have none
        self._seen: dict[str, set[str]] = {}  # values read, by field
        self._amounts: dict[str, Decimal | None] = {}
        self._purpose = ""
        self._objectives: list[str] = []
        self._plan = SpendPlan()
        self._months: dict[int, int] = {}  # place in the row of checkpoint labels → month
        self._months_width = 0
        self._below: str | None = None  # the field that rows without a label belong to

    def take(self, row: Row, unit: str) -> None:
        """Read one row; amounts without a unit of their own are in `unit`."""
        self.started = True
        if is_head(row):
            self.amid_indicators = True
            self.indicators.head(row)
            return
        first = label(row.filled[0].text)
        if first and first.field in _HEAD:  # the head again, on a new page
            self.amid_indicators = False
        if not self.amid_indicators:
            self._head_row(row, unit)
        else:
            self.indicators.take(row)

    def _head_row(self, row: Row, unit: str) -> None:
        labelled = [(index, cell, label(cell.text)) for index, cell in enumerate(row.cells) if cell.text]
        fields = {found.field for _, _, found in labelled if found}
        if not fields or (fields == {"spend_plan"} and self._months):  # the merged label repeated beside the shares
            self._continued(Row(tuple(Cell("", cell.line) if label(cell.text) else cell for cell in row.cells)))
            return
        strays: list[Cell] = []
        pending: FieldLabel | None = None
        taken = ""  # the text just consumed: merged cells may repeat it
        planned: dict[int, Cell] = {}
        months: dict[int, int] = {}
        for index, cell, found in labelled:
            if found is not None:
                pending, taken = found, cell.text
                if found.field in MONTHS:
                    months[index] = MONTHS[found.field]
                if found.field == "code":
                    self._code_line = cell.line
                if found.field not in AMOUNTS:
                    self._below = _BELOW.get(found.field)
            elif cell.text == taken:
                continue
            elif pending is not None and pending.field in MONTHS:
                planned[MONTHS[pending.field]], pending, taken = cell, None, cell.text
            elif pending is not None and self._value(pending, cell, pending.unit or unit):
                pending, taken = None, cell.text
            else:
                strays.append(cell)
        if months:
            self._months, self._months_width, self._below = months, len(row.cells), "spend_plan"
        if planned:
            self._plan_read(planned)
        self._faults.strays(strays)

    def _value(self, of: FieldLabel, cell: Cell, unit: str) -> bool:
        """Store the value that follows a label; whether there was room for it (or it repeats what is there)."""
        text = squeeze(cell.text)
        if text in self._seen.setdefault(of.field, set()):
            return True
        self._seen[of.field].add(text)
        self.lines.setdefault(_SLOTS.get(of.field, of.field), cell.line)
        if of.field in AMOUNTS and of.field not in self._amounts:
            if of.unit not in (None, "万元"):
                self._faults.add("XPF105", cell.line, unit=of.unit)
            self._amounts[of.field] = read_amount(cell, _NAMES[of.field], unit, self._faults)
            return True
        if of.field == "unit":
            self.unit = cell
            return True
        if of.field == "code" and not self.code:
            self.code = text
            return True
        if of.field == "name" and not self.name:
            self.name = one_line(cell.text)
            return True
        if of.field in ("purpose", "funds") and not self._purpose:
            self._purpose = lines_of(cell.text)
            return True
        if of.field == "objectives":
            self._objectives += lines_of(cell.text).split("\n")
            return True
        return False

    def _continued(self, row: Row) -> None:
        """A row without any label: planned shares, the purpose, more objectives."""
        filled = list({cell.text: cell for cell in row.filled}.values())  # merged cells may repeat a text
        if self._below == "spend_plan" and self._months:
            self._shares(row)
        elif filled and self._below in ("purpose", "objectives"):
            if not self._value(FieldLabel(self._below), filled[0], ""):
                self._faults.strays(filled[:1])
            self._faults.strays(filled[1:])
        else:
            self._faults.strays(filled)

    def _shares(self, row: Row) -> None:
        """The row below the checkpoints."""
        places = self._places(row)
        if places is None:
            self._faults.strays(row.cells)
            return
        planned = {month: row.cells[index] for index, month in places.items()}
        shown = {cell.text for cell in planned.values()}
        self._faults.strays(
            cell for index, cell in enumerate(row.cells) if index not in places and cell.text not in shown
        )
        self._plan_read(planned)

    def _plan_read(self, planned: dict[int, Cell]) -> None:
        self._plan, self._months = read_plan(planned, self._faults), {}
        for place, month in enumerate(CHECKPOINTS):
            if month in planned:
                self.lines[f"shares.{place}"] = planned[month].line

    def _places(self, row: Row) -> dict[int, int] | None:
        """Place in the row → month: below the labels, or, blank cells lost, in their order if there are as many."""
        if len(row.cells) == self._months_width:
            return self._months
        filled = [index for index, cell in enumerate(row.cells) if cell.text]
        for places in (list(range(len(row.cells))), filled):
            if len(places) == len(self._months):
                return dict(zip(places, self._months.values(), strict=True))
        return None

    def project(self, number: int) -> Project:
        """The project as read."""
        heading = "" if self.heading is None or self.heading.generic else self.heading.name
        if heading and self.name and squeeze(self.name) not in (squeeze(heading), _without_kind(heading)):
            self._faults.add("XPF104", self.line, heading=heading, name=self.name)
        elif (
            heading and self.name and squeeze(self.name) == squeeze(heading) and _widths(self.name) != _widths(heading)
        ):
            self._faults.add("XPF114", self.line, heading=heading, name=self.name)
        if self._code_line and not self.code:
            self._faults.add("XPF103", self._code_line)
        return Project(
            number=number,
            code=self.code,
            name=self.name or heading,
            budget=Budget(
                initial=self._amounts.get("initial"),
                fiscal_funds=self._amounts.get("fiscal_funds"),
                other_funds=self._amounts.get("other_funds"),
            ),
            purpose=self._purpose,
            spend_plan=self._plan,
            objectives=tuple(self._faults.fit(Cell(item, self.line)).text for item in numbered_items(self._objectives)),
            indicators=tuple(self.indicators.indicators),
        )


def _widths(name: str) -> str:
    """The name without its blanks, which headings break, in the widths it is written in."""
    return "".join(name.split())


def _without_kind(heading: str) -> str:
    """The heading without the 项目支出 that some editions print before 绩效目标表."""
    return squeeze(heading).removesuffix("支出").removesuffix("项目")
