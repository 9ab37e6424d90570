"""A small department that tests write, spoil and read back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from xlperf.measure import DEFAULT_PACK
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Indicator,
    Operator,
    Period,
    Project,
    Settings,
    SpendPlan,
    Target,
)

SETTINGS = Settings(as_of=dt.date(2026, 10, 31), period=Period.SELF_EVALUATION, pack=DEFAULT_PACK.key)
"""Of the self-evaluation, the period that asks most."""
PLANNED = SETTINGS.model_copy(update={"period": Period.PLAN})
OF_FIRST_EDITION = Settings(as_of=dt.date(2026, 10, 31))
"""As the first edition was given out, with the rule pack that it had."""


def target(operator: Operator, value: object, unit: str = "") -> Target:
    stated = operator not in (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)
    return Target(operator=operator, operator_stated=stated, value=value, unit=unit)


def indicator(name: str, goal: Target, **more: object) -> Indicator:
    return Indicator(level1="产出指标", level2="数量指标", name=name, target=goal, **more)


def small_department() -> Department:
    """Two projects: 20 and 30 万元; 12.1 and nothing paid."""
    cases = indicator("审结案件数", target(Operator.GE, 1200, "件"), weight=Decimal(50), actual=Decimal(1105))
    quality = indicator("当事人满意度", target(Operator.QUALITATIVE, "持续提升"), weight=Decimal(40), actual="达成")
    payments = ("1.2", "1.5", "1.3", None, "2.05", "1.8", "0.9", "1.1", "2.25", None, None, None)
    plan = tuple(map(Decimal, ("0.2", "0.5", "0.7", "1")))
    return Department(
        unit=BudgetUnit(code="366001", name="示范市清河区人民法院"),
        year=2026,
        overall_objective="依法履职。\n提质增效。",
        sub_objectives=("办案有保障",),
        safeguards=("完善制度建设", "加强支出管理"),
        projects=(
            Project(
                number=1,
                code="13080023P00024610002U",
                name="办案业务经费",
                budget=Budget(initial=Decimal(20), fiscal_funds=Decimal(20)),
                purpose="=1+1 不是公式",
                spend_plan=SpendPlan(shares=plan),
                payments=tuple(None if amount is None else Decimal(amount) for amount in payments),
                objectives=("保障办案。",),
                indicators=(cases, quality),
            ),
            Project(
                number=2,
                code="13080023P00033710032M",
                name="2023年法院建设补助资金(承财政法【2023】6号）智慧法院设备（安防智能化）购置经费",
                budget=Budget(initial=Decimal(30), fiscal_funds=Decimal(30)),
                spend_plan=SpendPlan(shares=(None, None, Decimal("0.3"), Decimal(1))),
                indicators=(cases,),
            ),
        ),
    )
