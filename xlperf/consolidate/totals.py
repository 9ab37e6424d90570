"""The department's figures in exact decimals: what the formulas of 总览 must come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlperf.consolidate.columns import PAYMENTS
from xlperf.consolidate.records import STATES, ProjectLine
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number, number, share_of
from xlperf.measure import LIGHTS

MONTHS = 12
NOT_DUE = "未到计划节点"
INCOMPLETE = "数据不全"  # for a project without a light
LIGHT_WORDS = (*reversed(tuple(LIGHTS)), NOT_DUE)


@dataclass
class Curve:
    """The department month by month: paid in the month, planned until its end, in 万元."""

    paid: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    planned: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    last: int = 0

    def add(self, row: Sequence[Cell]) -> None:
        """One row of 支出明细."""
        month, amount, planned = (row[i] for i in _CURVE_COLUMNS)
        place = int(number(month)) - 1
        if is_number(amount):
            self.paid[place] += amount
            self.last = max(self.last, place + 1)
        self.planned[place] += number(planned)

    def paid_until(self, month: int) -> Cell:
        """Paid from January on; "" after the last month in which anything was."""
        return sum(self.paid[:month], Decimal(0)) if month <= self.last else ""


_CURVE_COLUMNS = [PAYMENTS.place(key) for key in ("payments.month", "payments.amount", "planned")]


@dataclass(frozen=True)
class Totals:
    """Sums over the projects that are counted; amounts in 万元."""

    projects: int
    uncounted: int
    indicators: int
    budget: Decimal
    paid: Decimal
    planned: Decimal
    due: Decimal
    states: dict[str, int]
    lights: dict[str, int]

    @property
    def execution_rate(self) -> Cell:
        """预算执行率."""
        return share_of(self.paid, self.budget)

    @property
    def plan_share(self) -> Cell:
        """计划应达, each project's share weighted with its budget."""
        return share_of(self.planned, self.budget)

    @property
    def plan_progress(self) -> Cell:
        """计划完成率."""
        return share_of(self.paid, self.planned)

    @property
    def time_progress(self) -> Cell:
        """序时进度比."""
        return share_of(self.paid, self.due)


def totals_of(projects: Iterable[ProjectLine], counted: Sequence[bool]) -> Totals:
    """The totals of the counted ones."""
    pairs = list(zip(projects, counted, strict=True))
    mine = [project for project, counts in pairs if counts]
    states: Counter[str] = Counter()
    for project in mine:
        states.update(dict(zip(STATES, project.states, strict=True)))

    def total(amounts: Iterable[Cell]) -> Decimal:
        return sum(map(number, amounts), Decimal(0))

    return Totals(
        projects=len(mine),
        uncounted=len(pairs) - len(mine),
        indicators=states.total(),
        budget=total(project.budget for project in mine),
        paid=total(project.paid for project in mine),
        planned=total(project.planned for project in mine),
        due=total(project.due for project in mine),
        states={state: states[state] for state in STATES},
        lights=dict(Counter(project.light or INCOMPLETE for project in mine)),
    )
