"""One sentence in Chinese on a project's spend progress, for the reviewer.

Knows the wording; every figure in it follows the rules of `progress`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.normal import is_blank, is_error, number, numbers, rounded, share
from xlperf.measure.progress import light_of
from xlperf.measure.ranges import tabular
from xlperf.measure.statuses import BAD_BUDGET, NO_BUDGET, NOT_A_NUMBER, NOT_DUE, OVERSPENT


@tabular("paid", "budget", "plan", "as_of")
def explain(
    paid: object,
    budget: object,
    plan: object,
    as_of: object,
    year: object = None,
    yellow: object = None,
    green: object = None,
) -> str:
    """The execution rate at a date, its gap to plan and to time in 个百分点, the gap to plan in 万元, the light.

    `paid` and `budget` in 万元, `plan` the planned share; blank or 0 means that nothing is planned yet. Blank where
    paid, budget or as_of are; a status word among the four is handed on; 预算有误 and 日期有误 as elsewhere.
    """
    if is_error(plan):
        return NOT_A_NUMBER
    values = numbers(paid, budget, as_of)
    if isinstance(values, str):
        return values
    planned = Decimal(0) if is_blank(plan) else number(plan)
    if isinstance(planned, str):
        return planned
    money, limit, _ = values
    if limit < 0:
        return BAD_BUDGET
    if limit == 0:
        return f"{NO_BUDGET}，已支付{_figure(money, 2)}万元，不计算预算执行率。"
    months = months_elapsed(as_of, year)
    if isinstance(months, str):
        return months
    rate = share(money / limit)
    if isinstance(rate, str):
        return rate
    if months == 0:
        return f"预算年度尚未满一个月，已支付{_figure(money, 2)}万元，预算执行率{_percent(rate)}%。"
    if rate > 1:
        state = f"超过预算{_amount(money - limit, '')}万元，{OVERSPENT}"
    elif planned > 0:
        progress = share(rate / planned)
        light = progress if isinstance(progress, str) else light_of(progress, yellow, green)
        if light == NOT_A_NUMBER:
            return NOT_A_NUMBER
        difference = f"{_gap(rate - planned)}（差额{_amount(money - limit * planned, '+')}万元）"
        state = f"较计划（{_percent(planned)}%）{difference}，{light}"
    else:
        state = NOT_DUE
    time = Decimal(months) / MONTHS
    return (
        f"截至{months}月底，已支付{_figure(money, 2)}万元，预算执行率{_percent(rate)}%，{state}；"
        f"较序时进度（{_percent(time)}%）{_gap(rate - time)}。"
    )


def _figure(value: Decimal, places: int) -> str:
    result = rounded(value, places)
    return result if isinstance(result, str) else f"{result:.{places}f}"


def _percent(part: Decimal) -> str:
    return _figure(100 * part, 1)


def _gap(difference: Decimal) -> str:
    """A difference of two shares in 个百分点."""
    gap = rounded(100 * difference, 1)
    if isinstance(gap, str):
        return gap
    if gap == 0:
        return "持平"
    return f"{'高' if gap > 0 else '低'}{abs(gap):.1f}个百分点"


def _amount(difference: Decimal, sign: str) -> str:
    """A difference of two amounts at 2 places."""
    amount = rounded(difference, 2)
    if isinstance(amount, str):
        return amount
    return f"{amount:{sign}.2f}" if amount else "0.00"
