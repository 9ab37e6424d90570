"""Two projects on the official forms of the periods, with figures that can be added up by hand (万元).

             年初 财政 其他 | 调整后 财政 其他 | 执行 财政 其他 | 全年预计
办案, June    100   80   20 |    120  100   20 |   60   45   15 |  115 (95 + 20)
维修, June     50   50    0 |     50   50      | 12.5 12.5      |   50
"""

from __future__ import annotations

from decimal import Decimal

from consolidate.departments import indicator, money, shares

from xlperf.model import Budget, DeviationKind, Likelihood, Operator, Project
from xlperf.model.department import Funds

# 60 of 120 is half of the budget at the end of half a year: green; half is planned by June: on track.
CASES_IN_JUNE = Project(
    number=1,
    code="13080023P00024610002U",
    name="办案业务经费",
    budget=Budget(
        initial=Decimal(100),
        fiscal_funds=Decimal(80),
        other_funds=Decimal(20),
        adjusted=Decimal(120),
        adjusted_funds=Funds(fiscal_funds=Decimal(100), other_funds=Decimal(20)),
    ),
    spend_plan=shares(20, 50, 70, 100),
    payments=money("10", "", "20", "", "", "30"),
    paid=Funds(fiscal_funds=Decimal(45), other_funds=Decimal(15)),
    expected=Funds(fiscal_funds=Decimal(95), other_funds=Decimal(20)),
    indicators=(
        indicator(Operator.GE, 95, Decimal(96)),
        indicator(
            Operator.GE,
            95,
            Decimal(19),  # 19 of the 47.5 that half a year asks for: red
            expected=Decimal(60),
            deviation_kinds=(DeviationKind.FUNDS, DeviationKind.STAFF),
            deviation_reason="招标延后",
            likelihood=Likelihood.POSSIBLE,
        ),
    ),
)
# 12.5 of 50 is half of what the time asks, and of what is planned: red by both.
REPAIRS_IN_JUNE = Project(
    number=2,
    code="13080023P00033710015Q",
    name="人民法庭维修经费",
    budget=Budget(initial=Decimal(50), fiscal_funds=Decimal(50)),
    spend_plan=shares(10, 50, 70, 100),
    payments=money("", "", "", "", "", "12.5"),
    paid=Funds(fiscal_funds=Decimal("12.5")),
    expected=Funds(fiscal_funds=Decimal(50)),
    indicators=(indicator(Operator.LE, 4, None),),
    deviation_reason="付款资料未齐",
)


def _with(project: Project, payments: tuple[Decimal | None, ...], weights: dict[int, Decimal]) -> Project:
    """The project at the end of the year: what was paid, and what each indicator weighs and came to."""
    indicators = tuple(
        each.model_copy(
            update={"weight": Decimal(weight), "actual": actual, "deviation_reason": "", "likelihood": None}
        )
        for each, (weight, actual) in zip(project.indicators, weights.items(), strict=True)
    )
    return project.model_copy(update={"payments": payments, "indicators": indicators, "paid": Funds()})


# 114 of 120 are 95 %: 9.50 points; 50 and 19 ÷ 95 of 40 = 8: 58 + 9.50 = 67.50, 中. S/W = 0.644 is below R/E: no alert.
CASES_IN_DECEMBER = _with(CASES_IN_JUNE, money(*["9.5"] * 12), {50: Decimal(96), 40: Decimal(19)})
# Half of 50: 5.00 points; 4 of at most 4: 90, in all 95: 优. Full marks beside half of the money: red.
REPAIRS_IN_DECEMBER = _with(REPAIRS_IN_JUNE, money(*[""] * 11, "25"), {90: Decimal(4)})
