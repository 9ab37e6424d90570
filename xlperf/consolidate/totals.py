"""The department's totals in exact decimals; the formulas of 总览 must give the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xlperf.consolidate.columns import Column
from xlperf.consolidate.department_tables import MEAN, SUM, WEIGHT
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number, number, rounded, share_of
from xlperf.measure import COMPLIANCE_STATES, LIGHTS, MONTHS
from xlperf.measure.statuses import EXCELLENT, FAIR, GOOD, GREEN, NOT_DUE, POOR, RED, YELLOW

INCOMPLETE = "数据不全"  # for a project without a light, or a grade
ADDED = ("budget", "paid", "planned", "due", "fiscal_funds", "other_funds", "carryover")
"""The amounts of a project that are added up."""
COUNTED_WORDS = {
    "progress.light": (*LIGHTS, NOT_DUE),
    "progress.official_light": (RED, YELLOW, GREEN),
    "grade": (EXCELLENT, GOOD, FAIR, POOR),
    "alert": (RED, YELLOW),
}
"""The words by which projects are counted, by the key of their column; there may be others."""


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
    """Sums over the counted projects, or over the implausible ones; amounts in 万元."""

    projects: int
    uncounted: int
    indicators: int
    budget: Decimal
    paid: Decimal
    planned: Decimal
    due: Decimal
    fiscal_funds: Decimal
    other_funds: Decimal
    carryover: Decimal
    states: dict[str, int]
    words: dict[str, dict[str, int]]

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
    """The totals of the counted projects: of each whether it counts, its words, amounts, indicators and states."""
    counts, states, indicators = Counter[bool](), Counter[str](), 0
    words = {key: Counter[str]() for key in COUNTED_WORDS}
    sums = [Decimal(0)] * len(ADDED)
    for is_counted, *row in projects:
        figures = row[len(words) :]
        counts[bool(is_counted)] += 1
        if is_counted:
            sums = [total + number(amount) for total, amount in zip(sums, figures, strict=False)]
            for counter, word in zip(words.values(), row, strict=False):
                counter[word or INCOMPLETE] += 1
            indicators += figures[len(ADDED)]
            for state, count in zip(COMPLIANCE_STATES, figures[len(ADDED) + 1 :], strict=True):
                states[state] += count or 0
    return Totals(
        projects=counts[True],
        uncounted=counts[False],
        indicators=indicators,
        **dict(zip(ADDED, sums, strict=True)),
        states={state: states[state] for state in COMPLIANCE_STATES},
        words={key: dict(counter) for key, counter in words.items()},
    )


def totals_of_columns(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> dict[str, Cell]:
    """What stands in the row of totals of a department table, by key; see `department_tables`."""
    keys = [column.key for column in columns]
    added = [key for column, key in zip(columns, keys, strict=True) if column.total == SUM]
    meant = [key for column, key in zip(columns, keys, strict=True) if column.total == MEAN]
    totals: dict[str, Cell] = dict.fromkeys(added, "")
    weights = {key: (Decimal(0), Decimal(0)) for key in meant}  # weighted values, weights
    for row in rows:
        values = dict(zip(keys, row, strict=True))
        for key in added:
            if is_number(values[key]):
                totals[key] = number(totals[key]) + number(values[key])
        for key in meant:
            if is_number(values[key]):
                weight, (product, sum_of_weights) = number(values[WEIGHT]), weights[key]
                weights[key] = product + number(values[key]) * weight, sum_of_weights + weight
    for key, (product, weight) in weights.items():
        totals[key] = rounded(product / weight, 2) if weight else ""
    for column in columns:
        part, _, whole = column.total.partition("/")
        if whole:
            totals[column.key] = share_of(totals[part], totals[whole])
    return totals
