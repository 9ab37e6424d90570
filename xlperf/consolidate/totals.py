"""The department's totals in exact decimals; the formulas of 总览 must give the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlperf.form import Cell
from xlperf.form.arithmetic import is_number, number, share_of
from xlperf.measure import COMPLIANCE_STATES, LIGHTS, MONTHS
from xlperf.measure.statuses import NOT_DUE

INCOMPLETE = "数据不全"  # for a project without a light
ADDED = ("budget", "paid", "planned", "due")  # amounts of a project that are added up
LIGHT_WORDS = (*LIGHTS, NOT_DUE)


@dataclass
class Curve:
    """Per month of the department: paid within the month, planned until its end, in 万元."""

    paid: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    planned: list[Decimal] = field(default_factory=lambda: [Decimal(0)] * MONTHS)
    last: int = 0

    def add(self, month: int, amount: Cell, planned: Cell) -> None:
        """Add one month of a project."""
        if is_number(amount):
            self.paid[month - 1] += amount
            self.last = max(self.last, month)
        self.planned[month - 1] += number(planned)

    def paid_until(self, month: int) -> Cell:
        """Paid from January to this month; "" after the last month with a payment."""
        return sum(self.paid[:month], Decimal(0)) if month <= self.last else ""


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


def totals_of(projects: Iterable[Sequence[Any]]) -> Totals:
    """The totals of the counted projects; of each whether it counts, its light, the amounts, its states."""
    counts, states, lights = Counter[bool](), Counter[str](), Counter[str]()
    sums = [Decimal(0)] * len(ADDED)
    for is_counted, light, *figures in projects:
        counts[bool(is_counted)] += 1
        if is_counted:
            sums = [total + number(amount) for total, amount in zip(sums, figures, strict=False)]
            lights[light or INCOMPLETE] += 1
            for state, count in zip(COMPLIANCE_STATES, figures[len(ADDED) :], strict=True):
                states[state] += count
    return Totals(
        projects=counts[True],
        uncounted=counts[False],
        indicators=states.total(),
        **dict(zip(ADDED, sums, strict=True)),
        states={state: states[state] for state in COMPLIANCE_STATES},
        lights=dict(lights),
    )
