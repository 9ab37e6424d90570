"""The nouns: a department, its projects, their budgets, plans, payments, indicators and targets.

Frozen values without I/O. Faults of a person's data are representable (a negative budget, a blank code): they are
findings elsewhere, so that one bad cell never hides the rest of a form.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from xlperf.measure import BLANK_PACK, MONTHS, statuses
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.measure.indicators import OVER
from xlperf.measure.progress import GREEN, YELLOW
from xlperf.model.operator import Operator
from xlperf.model.text import Money, Number, Quantity, Share, Text, Word


def _written(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


Paragraphs = Annotated[tuple[Text, ...], AfterValidator(_written)]
"""Texts in order; empty ones are nothing and fall away."""


class Noun(BaseModel):
    """A frozen value that accepts only its own fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BudgetUnit(Noun):
    """预算单位: the six-digit code and the name printed on every form; `department` is its 主管部门."""

    code: Word = ""
    name: Text = ""
    department: Text = ""


class Funds(Noun):
    """Amounts by source in 万元; None where nothing is written."""

    fiscal_funds: Money | None = None
    upper_grants: Money | None = None
    carryover: Money | None = None
    special_account: Money | None = None
    own_funds: Money | None = None
    other_funds: Money | None = None


class Budget(Funds):
    """预算: the initial one and its sources, then the adjusted one and its sources; amounts in 万元."""

    initial: Money | None = None
    adjusted: Money | None = None
    adjusted_funds: Funds = Funds()

    @property
    def current(self) -> Decimal | None:
        """The budget that execution is measured against: adjusted, or initial if never adjusted."""
        return self.initial if self.adjusted is None else self.adjusted


class SpendPlan(Noun):
    """资金支出计划: cumulative shares at the ends of `measure.CHECKPOINTS`; None = nothing written."""

    shares: tuple[Share | None, Share | None, Share | None, Share | None] = (None, None, None, None)


Payments = Annotated[tuple[Money | None, ...], Field(min_length=MONTHS, max_length=MONTHS)]
"""Amounts paid in each month of the year, in 万元; None = nothing entered."""

NO_PAYMENTS: tuple[None, ...] = (None,) * MONTHS


class Target(Noun):
    """指标值: operator, value and unit as three fields, and the text they were read from."""

    operator: Operator = Operator.EQ
    operator_stated: bool = False
    value: Quantity = None
    unit: Word = ""
    raw: Text = ""

    @property
    def symbol(self) -> str:
        """The sign or word that was stated, "" where none was."""
        return self.operator.symbol if self.operator_stated or not self.operator.compares else ""

    @model_validator(mode="after")
    def _only_signs_are_stated(self) -> Target:
        if self.operator_stated and not self.operator.compares:
            raise ValueError("sign_of_no_comparison")
        if not self.operator_stated and self.operator in (Operator.GE, Operator.LE, Operator.GT, Operator.LT):
            raise ValueError("comparison_without_sign")
        return self


class Likelihood(StrEnum):
    """完成可能性, as in the official monitoring form."""

    CERTAIN = "确定能"
    POSSIBLE = "有可能"
    IMPOSSIBLE = "完全不可能"


class DeviationKind(StrEnum):
    """Kinds of 偏差原因, as in the official monitoring form."""

    FUNDS = "经费保障"
    RULES = "制度保障"
    STAFF = "人员保障"
    EQUIPMENT = "硬件条件保障"
    OTHER = "其他"


def _in_order(kinds: tuple[DeviationKind, ...]) -> tuple[DeviationKind, ...]:
    return tuple(kind for kind in DeviationKind if kind in kinds)


class Report(Noun):
    """What is reported of an indicator in one period; `expected` is 全年预计完成情况."""

    actual: Quantity = None
    expected: Quantity = None
    deviation_kinds: Annotated[tuple[DeviationKind, ...], AfterValidator(_in_order)] = ()
    deviation_reason: Text = ""
    likelihood: Likelihood | None = None
    remark: Text = ""


class Indicator(Report):
    """绩效指标: one row of the table, with what was reported for it.

    `id` is its identity in every workbook of the year, whatever is reworded; `interim` is what was reported when it was
    monitored, once it is evaluated.
    """

    id: Word = ""
    level1: Word
    level2: Word = ""
    name: Text = ""
    description: Text = ""
    target: Target = Target()
    basis: Text = ""
    weight: Number | None = None
    points: Number | None = None
    deduction: Number | None = None
    interim: Report = Report()


class ProjectReport(Noun):
    """What is reported of a project as a whole in one period; amounts in 万元.

    `paid` is what was paid of each source, `expected` what will have been by the end of the year, `attained` the
    完成情况 of the objective, `measures` the 纠偏措施.
    """

    paid: Funds = Funds()
    expected: Funds = Funds()
    attained: Text = ""
    measures: Text = ""
    deviation_reason: Text = ""
    remark: Text = ""
    conclusion: Text = ""
    problems: Text = ""


class Project(ProjectReport):
    """项目: one 绩效目标表. Identity is the code, never the name. `interim` as in `Indicator`."""

    number: Annotated[int, Field(ge=1, le=9999)]
    code: Word = ""
    name: Text = ""
    budget: Budget = Budget()
    purpose: Text = ""
    spend_plan: SpendPlan = SpendPlan()
    payments: Payments = NO_PAYMENTS
    objectives: Paragraphs = ()
    indicators: tuple[Indicator, ...] = ()
    interim: ProjectReport = ProjectReport()


class Department(Noun):
    """部门: the whole performance document of one year."""

    unit: BudgetUnit = BudgetUnit()
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    overall_objective: Text = ""
    sub_objectives: Paragraphs = ()
    safeguards: Paragraphs = ()
    projects: tuple[Project, ...] = ()


class Period(StrEnum):
    """What the form is filled in for."""

    PLAN = "绩效目标"
    MONITORING = "运行监控"
    SELF_EVALUATION = "绩效自评"


class PlanMethod(StrEnum):
    """How the plan is read between two checkpoints."""

    STEP = statuses.STEP
    LINEAR = statuses.LINEAR


class Settings(Noun):
    """参数: what the computed cells depend on besides the answers. Visible in every workbook."""

    as_of: dt.date
    period: Period = Period.MONITORING
    pack: Text = BLANK_PACK.key
    plan_method: PlanMethod = PlanMethod.STEP
    yellow: Share = YELLOW
    green: Share = GREEN
    over_monitoring: Share = OVER
    over_self_evaluation: Share = Decimal("0.3")
