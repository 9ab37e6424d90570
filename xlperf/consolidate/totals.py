"""The department's totals in exact decimals; the formulas of 总览 must give the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlperf.consolidate.columns import PAYMENTS
from xlperf.consolidate.records import ProjectRecord
from xlperf.form import Cell
from xlperf.form.compute import is_number, number, share_of
from xlperf.measure import COMPLIANCE_STATES, LIGHTS, MONTHS
from xlperf.measure.statuses import NOT_DUE

INCOMPLETE = "数据不全"  # for a project without a light
LIGHT_WORDS = (*LIGHTS, NOT_DUE)


@dataclass
class Curve:
    """Per month of the department: paid within the month, planned until its end, in 万元."""

    paid: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    planned: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    last: int = 0

    def add(self, row: Sequence[Cell]) -> None:
        """Add one row of 支出明细."""
        month, amount, planned = (row[i] for i in _CURVE_COLUMNS)
        index = int(number(month)) - 1
        if is_number(amount):
            self.paid[index] += amount
            self.last = max(self.last, index + 1)
        self.planned[index] += number(planned)

    def paid_until(self, month: int) -> Cell:
        """Paid from January to this month; "" after the last month with a payment."""
        return sum(self.paid[:month], Decimal(0)) if month <= self.last else ""


_CURVE_COLUMNS = [PAYMENTS.index(key) for key in ("payments.month", "payments.amount", "planned")]


@dataclass(frozen=True)
class Totals:
    """Sums over the counted projects; amounts in 万元."""

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
        """计划应达: the projects' shares weighted by budget."""
        return share_of(self.planned, self.budget)

    @property
    def plan_progress(self) -> Cell:
        """计划完成率."""
        return share_of(self.paid, self.planned)

    @property
    def time_progress(self) -> Cell:
        """序时进度比."""
        return share_of(self.paid, self.due)


def totals_of(projects: Iterable[ProjectRecord], counted: Sequence[bool]) -> Totals:
    """The totals of the counted projects."""
    pairs = list(zip(projects, counted, strict=True))
    included = [project for project, is_counted in pairs if is_counted]
    states: Counter[str] = Counter()
    for project in included:
        states.update(dict(zip(COMPLIANCE_STATES, project.states, strict=True)))

    def total(amounts: Iterable[Cell]) -> Decimal:
        return sum(map(number, amounts), Decimal(0))

    return Totals(
        projects=len(included),
        uncounted=len(pairs) - len(included),
        indicators=states.total(),
        budget=total(project.budget for project in included),
        paid=total(project.paid for project in included),
        planned=total(project.planned for project in included),
        due=total(project.due for project in included),
        states={state: states[state] for state in COMPLIANCE_STATES},
        lights=dict(Counter(project.light or INCOMPLETE for project in included)),
    )
