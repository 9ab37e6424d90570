"""One sentence in Chinese on a project's spend progress, for the reviewer.

Knows the wording; every figure in it follows the rules of `progress`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.normal import is_blank, is_error, number, numbers, rounded, share, word
from xlperf.measure.progress import light_of
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BAD_BUDGET, BLANK, LIGHTS, NO_BUDGET, NOT_A_NUMBER, NOT_DUE, OVERSPENT, STATUS

if TYPE_CHECKING:
    from typing import Optional

BEGUN = "截至"


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
        return _without_budget(money)
    months = months_elapsed(as_of, year)
    if isinstance(months, str):
        return months
    rate = share(money / limit)
    if isinstance(rate, str):
        return rate
    spent = _spent(money, rate, months)
    if months == 0:
        return spent
    if rate > 1:
        clause = _planned(OVERSPENT, money, limit)
    elif planned > 0:
        progress = share(rate / planned)
        light = progress if isinstance(progress, str) else light_of(progress, yellow, green)
        if light == NOT_A_NUMBER:
            return light
        clause = _planned(light, money, limit, planned)
    else:
        clause = NOT_DUE
    return f"{spent}，{clause}{_timed(rate, months)}"


@tabular("paid", "rate", "as_of")
def spent_clause(paid: object, rate: object, as_of: object) -> str:
    """The first part of the sentence: what is spent, when; the whole sentence where no rate or month allows more."""
    executed = number(rate)
    if executed == NO_BUDGET:
        money = number(paid)
        return money if isinstance(money, str) else _without_budget(money)
    if isinstance(executed, str):
        return executed
    values = numbers(paid, as_of)
    if isinstance(values, str):
        return values
    months = months_elapsed(as_of)
    return months if isinstance(months, str) else _spent(values[0], executed, months)


@tabular("paid", "budget", "plan", "light")
def plan_clause(paid: object, budget: object, plan: object, light: object) -> str:
    """The second part: how far above or below the plan, and the `light` by plan, whose other words are handed on."""
    if is_error(light):
        return NOT_A_NUMBER
    state = word(light)
    if state not in LIGHTS:
        return state
    values = numbers(paid, budget) if state == OVERSPENT else numbers(paid, budget, plan)
    return values if isinstance(values, str) else _planned(state, *values)


@tabular("rate", "as_of")
def time_clause(rate: object, as_of: object) -> str:
    """The third part: how far above or below the time."""
    values = numbers(rate, as_of)
    months = months_elapsed(as_of)
    return BLANK if isinstance(values, str) or isinstance(months, str) else _timed(values[0], months)


@tabular("spent", "planned", "timed")
def sentence(spent: object, planned: object, timed: object) -> str:
    """The whole sentence, as `explain`, from its parts; without a plan 未到计划节点."""
    if any(map(is_error, (spent, planned, timed))):
        return NOT_A_NUMBER
    begin, middle = word(spent), word(planned)
    if not begin.startswith(BEGUN):
        return begin
    if middle in STATUS and middle != NOT_DUE:
        return middle
    return f"{begin}，{middle or NOT_DUE}{word(timed)}"


def _without_budget(money: Decimal) -> str:
    return f"{NO_BUDGET}，已支付{_figure(money, 2)}万元，不计算预算执行率。"


def _spent(money: Decimal, rate: Decimal, months: int) -> str:
    spent = f"已支付{_figure(money, 2)}万元，预算执行率{_percent(rate)}%"
    return f"{BEGUN}{months}月底，{spent}" if months else f"预算年度尚未满一个月，{spent}。"


def _planned(light: str, money: Decimal, limit: Decimal, planned: Optional[Decimal] = None) -> str:
    if planned is None:
        return f"超过预算{_amount(money - limit, '')}万元，{light}"
    gap = _gap(_share(money / limit) - planned) if limit else BLANK
    return f"较计划（{_percent(planned)}%）{gap}（差额{_amount(money - limit * planned, '+')}万元），{light}"


def _timed(rate: Decimal, months: int) -> str:
    time = Decimal(months) / MONTHS
    return f"；较序时进度（{_percent(time)}%）{_gap(rate - time)}。"


def _share(value: Decimal) -> Decimal:
    part = share(value)
    return part if isinstance(part, Decimal) else Decimal(0)


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
