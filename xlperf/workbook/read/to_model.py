"""From the answers of recognised sheets back to the model; the way there is `form.answers`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple, TypeVar

from xlperf.form import Place, Role, Slot
from xlperf.form.payment_table import SHARES
from xlperf.measure import PACKS
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Indicator,
    Likelihood,
    Operator,
    Period,
    PlanMethod,
    Project,
    Settings,
    SpendPlan,
    Target,
)
from xlperf.model.operator import SPELLINGS
from xlperf.model.text import cut, squeeze
from xlperf.workbook.read.answers import CellReader

OPERATORS = {squeeze(spelling): operator for spelling, operator in SPELLINGS.items()}
LIKELIHOODS = {squeeze(likelihood): likelihood for likelihood in Likelihood}
PERIODS = {squeeze(period): period for period in Period}
PLAN_METHODS = {squeeze(method): method for method in PlanMethod}
UNSIGNED = (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)
YEARS = (FIRST_YEAR, LAST_YEAR)

Value = TypeVar("Value")


class Restored(NamedTuple):
    """A project, and the band rows (counted from 0) its indicators and objectives stand in, in their order."""

    project: Project
    indicator_rows: tuple[int, ...]
    objective_rows: tuple[int, ...]


class RestoredDepartment(NamedTuple):
    """A department, and by band the rows (counted from 0) its paragraphs stand in, in their order."""

    department: Department
    text_rows: dict[str, tuple[int, ...]]


def project(entries: CellReader, position: int, *, is_unmarked: bool = False) -> Restored:
    """A project's sheet; `position` among its sisters numbers it where the sheet has lost its number.

    That of an unmarked one went with its marker, which was said.
    """
    number = entries.count("number", 1, 9999)
    money = {field: entries.money(f"budget.{field}") for field in Budget.model_fields}
    first, second, third, fourth = entries.shares(SHARES)
    objectives = entries.texts("objectives.text")
    indicators = _indicators(entries)
    found = Project(
        number=position if number is None and is_unmarked else _or_default(entries, "number", number, position),
        code=entries.text("code"),
        name=entries.text("name"),
        budget=Budget(**money),
        purpose=entries.text("purpose"),
        spend_plan=SpendPlan(shares=(first, second, third, fourth)),
        payments=tuple(entries.money("payments.amount", row) for row in range(len(entries.layout.bands["payments"]))),
        objectives=tuple(objectives.values()),
        indicators=tuple(indicators.values()),
        deviation_reason=entries.text("deviation_reason"),
    )
    return Restored(found, tuple(indicators), tuple(objectives))


def is_untouched(entries: CellReader) -> bool:
    """Whether nothing at all was typed into the sheet."""
    answers = entries.answers
    singles = ((key, -1) for key in answers.single)
    in_bands = ((key, i) for rows in answers.bands.values() for i, row in enumerate(rows) for key in row)
    return not any(_typed(entries, key, row) for key, row in [*singles, *in_bands])


def _typed(entries: CellReader, key: str, row: int) -> bool:
    return entries.raw(key, row) is not None and _is_input(entries.place(key, row))


def _is_input(place: Place) -> bool:
    return isinstance(place.piece, Slot) and place.piece.role is Role.INPUT


def _indicators(entries: CellReader) -> dict[int, Indicator]:
    """Every row somebody typed into, by its place in the band; blank rows between them are nothing.

    The original wording of the target stands in a hidden column and makes no row: a clerk who empties one wants it
    gone, but is told that it was not read.
    """
    found = {}
    typed = [key for key, place in entries.layout.bands["indicators"][0].items() if _is_input(place)]
    for row, held in enumerate(entries.answers.bands["indicators"]):
        if any(held.get(key) is not None for key in typed):
            found[row] = _indicator(entries, row)
        elif raw := entries.text("indicators.raw", row):
            entries.tell("XPF414", "indicators.raw", row, text=cut(raw))
    return found


def _indicator(entries: CellReader, row: int) -> Indicator:
    level1 = entries.text("indicators.level1", row)
    if not level1:
        entries.tell("XPF413", "indicators.level1", row)
    unit = entries.text("indicators.unit", row)
    operator = entries.choice("indicators.operator", OPERATORS, row)
    return Indicator(
        level1=level1,
        level2=entries.text("indicators.level2", row),
        name=entries.text("indicators.name", row),
        description=entries.text("indicators.description", row),
        target=Target(
            operator=operator or Operator.EQ,
            operator_stated=operator is not None and operator not in UNSIGNED,
            value=entries.quantity("indicators.value", unit, row, beside="indicators.actual"),
            unit=unit,
            raw=entries.text("indicators.raw", row),
        ),
        basis=entries.text("indicators.basis", row),
        weight=entries.number("indicators.weight", row),
        actual=entries.quantity("indicators.actual", unit, row, beside="indicators.value"),
        points=entries.number("indicators.points", row),
        deviation_reason=entries.text("indicators.deviation_reason", row),
        likelihood=entries.choice("indicators.likelihood", LIKELIHOODS, row),
    )


def department(entries: CellReader, projects: tuple[Project, ...], year: int | None) -> RestoredDepartment | None:
    """The department with these projects; `year` stands in where the sheet has none, None where nothing says it."""
    said = entries.count("year", *YEARS)
    if said is None and year is None:
        return None
    overall, first = entries.lines("overall_objective.text")
    subs, safeguards = entries.texts("sub_objectives.text"), entries.texts("safeguards.text")
    found = Department(
        unit=BudgetUnit(code=entries.text("unit.code"), name=entries.text("unit.name")),
        year=_or_default(entries, "year", said, year or 0),
        overall_objective=overall,
        sub_objectives=tuple(subs.values()),
        safeguards=tuple(safeguards.values()),
        projects=projects,
    )
    below = range(first, len(entries.layout.bands["overall_objective"]))
    rows = {"overall_objective": tuple(below), "sub_objectives": tuple(subs), "safeguards": tuple(safeguards)}
    return RestoredDepartment(found, rows)


def settings(entries: CellReader, year: int) -> Settings:
    """The parameters; where one is missing or cannot be read its default stands in, with a finding."""
    default = Settings(as_of=dt.date(year, 12, 31))
    packs = {squeeze(name): pack.key for pack in PACKS.values() for name in (pack.key, pack.zh)}
    shares = {key: entries.share(key) for key in ("yellow", "green", "over_monitoring", "over_self_evaluation")}
    return Settings(
        as_of=_or_default(entries, "as_of", entries.date("as_of"), default.as_of),
        period=_or_default(entries, "period", entries.choice("period", PERIODS), default.period),
        pack=_or_default(entries, "pack", entries.choice("pack", packs), default.pack),
        plan_method=_or_default(
            entries, "plan_method", entries.choice("plan_method", PLAN_METHODS), default.plan_method
        ),
        **{key: _or_default(entries, key, value, getattr(default, key)) for key, value in shares.items()},
    )


def _or_default(entries: CellReader, key: str, value: Value | None, default: Value) -> Value:
    if value is None:
        entries.tell("XPF406", key, value=f"{default:.0%}" if isinstance(default, Decimal) else default)
        return default
    return value
