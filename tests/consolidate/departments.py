"""Two small workbooks whose totals can be added up by hand, and the folder they come back in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path

from xlperf.checks.rule import DESCRIBED
from xlperf.form import FIRST_EDITION, FormSet, form_set_of
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Finding,
    Indicator,
    Operator,
    Period,
    Project,
    Settings,
    SpendPlan,
    Target,
)
from xlperf.workbook.write.department import department_bytes

YEAR = 2023
SETTINGS = Settings(as_of=dt.date(YEAR, 10, 31))
UNIT = BudgetUnit(code="335001", name="某区人民法院")


def beside_rules(findings: Iterable[Finding]) -> list[Finding]:
    """What was found in reading and comparing files, without what rules say of these two terse projects."""
    return [finding for finding in findings if finding.code not in DESCRIBED]


def money(*amounts: str) -> tuple[Decimal | None, ...]:
    """Payments from January on; the months not named are blank."""
    given = [Decimal(amount) if amount else None for amount in amounts]
    return (*given, *[None] * (12 - len(given)))


def shares(*percents: int | None) -> SpendPlan:
    """A plan in percent."""
    first, second, third, fourth = (None if p is None else Decimal(p) / 100 for p in percents)
    return SpendPlan(shares=(first, second, third, fourth))


def indicator(operator: Operator, target: int, actual: object, **more: object) -> Indicator:
    """A quantitative indicator."""
    promised = Target(operator=operator, operator_stated=True, value=Decimal(target), unit="件")
    return Indicator(
        level1="产出指标",
        level2="数量指标",
        name="办案数量",
        target=promised,
        weight=Decimal(10),
        actual=actual,
        **more,
    )


# 100 planned at 70 % by October is 70; paid 10+20+30 = 60: behind its plan, 6/7 of it.
CASES = Project(
    number=1,
    code="13080023P00024610002U",
    name="办案业务经费",
    budget=Budget(initial=Decimal(100), fiscal_funds=Decimal(100)),
    spend_plan=shares(20, 50, 70, 100),
    payments=money("10", "", "20", "", "", "30"),
    indicators=(
        indicator(Operator.GE, 95, Decimal(96)),
        indicator(Operator.GE, 95, Decimal(19), deviation_reason="=1+1"),
    ),
    deviation_reason="@cmd 招标延后",
)
# Adjusted from 50 to 40, 30 % is 12; paid 12.5 in all.
REPAIRS = Project(
    number=2,
    code="13080023P00033710015Q",
    name="人民法庭维修经费",
    budget=Budget(initial=Decimal(50), adjusted=Decimal(40), fiscal_funds=Decimal(50)),
    spend_plan=shares(None, None, 30, 100),
    payments=money("", "", "", "", "", "", "", "", "", "12.5"),
    indicators=(indicator(Operator.LE, 4, None),),
)
# Nothing planned before December: no light yet.
CAR = Project(
    number=1,
    code="13080023P000337100312",
    name="1辆囚车购置经费",
    budget=Budget(initial=Decimal("28.5"), fiscal_funds=Decimal("28.5")),
    spend_plan=shares(None, None, None, 100),
    indicators=(indicator(Operator.EQ, 1, Decimal(1)),),
)


def department(*projects: Project) -> Department:
    """A department of these projects."""
    return Department(unit=UNIT, year=YEAR, projects=projects)


def write(path: Path, *projects: Project, settings: Settings = SETTINGS, form_set: FormSet | None = None) -> Path:
    """The workbook of these projects, filled in: on the form of the period, if no other is named."""
    path.parent.mkdir(parents=True, exist_ok=True)
    used = form_set or form_set_of(settings.period, "national")
    path.write_bytes(department_bytes(department(*projects), settings, form_set=used))
    return path


write_yearly = partial(write, form_set=FIRST_EDITION)
"""The same on the wide form of the first edition, which asks for the whole year."""


def write_in(period: Period, path: Path, *projects: Project, layout: str = "national") -> Path:
    """The same on the official form of a period, as of its end."""
    ends = {Period.PLAN: (1, 31), Period.MONITORING: (6, 30), Period.SELF_EVALUATION: (12, 31)}
    settings = Settings(as_of=dt.date(YEAR, *ends[period]), period=period)
    return write(path, *projects, settings=settings, form_set=form_set_of(period, layout))


def folder(at: Path) -> Path:
    """The two workbooks as they come back: one on top, one in a subfolder with an awkward name."""
    write(at / "甲庭.xlsx", CASES, REPAIRS)
    write(at / "子 文件夹" / "乙'庭 #1 [50%20].xlsx", CAR)
    return at
