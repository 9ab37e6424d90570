"""Official lights, of money and of indicators, and who owes a reason (forms.md §2, §11).

Knows how far the year has run and what a pack asks; the light by plan is in `progress`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.normal import is_error, number, numbers, rounded, word
from xlperf.measure.parameters import find_pack
from xlperf.measure.ranges import cells, tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import (
    BAD_BUDGET,
    BLANK,
    BLUE,
    GREEN,
    MET,
    NO_BUDGET,
    NOT_STARTED,
    OFFICIAL_LIGHTS,
    OVERFULFILLED,
    OWED,
    PARTLY_ATTAINED,
    RED,
    RISING,
    UNKNOWN_PACK,
    UNMET,
    YELLOW,
)

if TYPE_CHECKING:
    from xlperf.measure.normal import Answer
    from xlperf.measure.packs import Pack


@tabular("paid", "budget", "as_of")
def money_light(paid: object, budget: object, as_of: object, year: object = None, pack: object = None) -> str:
    """红灯, 黄灯 or 绿灯 of the system: execution rate ÷ (months ÷ 12); a budget of 0 is red, no month 未开始."""
    values = numbers(paid, budget, as_of)
    if isinstance(values, str):
        return values
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    money, limit, _ = values
    if limit < 0:
        return BAD_BUDGET
    if limit == 0:
        return RED
    months = months_elapsed(as_of, year)
    if isinstance(months, str):
        return months
    if months == 0:
        return NOT_STARTED
    ratio = money * MONTHS / (limit * months)
    red, yellow = rules.money_lights
    return RED if ratio < red else YELLOW if ratio < yellow else GREEN


@tabular("subcategory", "unit", "as_of")
def span(subcategory: object, unit: object, as_of: object, pack: object = None) -> Answer:
    """The months for which a target counts: those completed, or all 12 where class or unit is not scaled by time."""
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    if word(subcategory).replace("指标", "") in rules.unscaled_classes or word(unit) in rules.unscaled_units:
        return Decimal(MONTHS)
    value = number(as_of)
    months = value if isinstance(value, str) else months_elapsed(as_of)
    return months if isinstance(months, str) else Decimal(months)


@tabular("operator", "target", "actual", "span", "meets")
def pace(operator: object, target: object, actual: object, span: object, meets: object) -> Answer:
    """How actual stands to the target for `span` months of 12, under ≥ > = above 0; else the light itself, or "".

    Under ≤ < green inside and red outside; under 定性 by the rating; a target of 0 is exceeded by anything above it,
    which under = is red.
    """
    met, result = word(meets), number(actual)
    if met not in (MET, UNMET) or is_error(operator):
        return BLANK
    sign, goal, months = word(operator), number(target), number(span)
    if isinstance(goal, Decimal) and isinstance(result, Decimal) and sign in RISING:
        if goal > 0:
            return result * MONTHS / (goal * months) if isinstance(months, Decimal) and months > 0 else BLANK
        if sign != "=" and goal == 0 < result:
            return BLUE
    if met == MET:
        return GREEN
    return YELLOW if word(actual) == PARTLY_ATTAINED else RED


@tabular("pace")
def target_light(pace: object, pack: object = None) -> str:
    """红灯, 黄灯, 绿灯 or 蓝灯 of an indicator, from the answer of `pace`; "" where nothing can be said."""
    rules, ratio = find_pack(pack), number(pace)
    if rules is None:
        return UNKNOWN_PACK
    if isinstance(ratio, str):
        return word(pace) if word(pace) in OFFICIAL_LIGHTS else BLANK
    red, yellow, blue = rules.target_lights
    return RED if ratio < red else YELLOW if ratio < yellow else GREEN if ratio < blue else BLUE


def worst_light(lights: object) -> str:
    """The light of an objective: the worst of its indicators; "" where none has one."""
    given = set(map(word, cells(lights)))
    return next((light for light in OFFICIAL_LIGHTS if light in given), BLANK)


@tabular("money_light", "plan_light", "rate")
def money_reason(money_light: object, plan_light: object, pack: object = None, rate: object = None) -> str:
    """需说明 where the pack wants a reason for one of the two lights of money, or for a rate; none without a budget."""
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    if word(plan_light) == NO_BUDGET:
        return BLANK
    paid, least = number(rate), rules.explained_below
    is_low = isinstance(paid, Decimal) and least != () and paid < least[0]
    return OWED if is_low or {word(money_light), word(plan_light)} & set(rules.explained) else BLANK


@tabular("light", "likelihood", "operator", "excess")
def monitoring_reason(light: object, likelihood: object, operator: object, excess: object, pack: object = None) -> str:
    """需说明 where the pack wants a reason for an indicator before the year has ended.

    By light, by likelihood, for a ≥ target exceeded by more than the pack lets pass (in percent at 2 places), for an =
    target exceeded at all.
    """
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    is_owed = word(light) in rules.owing_lights or word(likelihood) in rules.owing_likelihoods
    above, limits = number(excess), rules.owing_excess
    if word(operator) == "≥" and limits and isinstance(above, Decimal):
        percent = rounded(above, 4)
        is_owed = is_owed or (isinstance(percent, Decimal) and percent > limits[0])
    return OWED if is_owed or _is_above_equal(operator, above, rules) else BLANK


@tabular("state", "operator", "excess", "deduction")
def evaluation_reason(
    state: object, operator: object, excess: object, deduction: object = None, pack: object = None
) -> str:
    """需说明 where a reason is owed at the year's end: 未达标, 超额, a deduction; by the pack, an = target exceeded."""
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    taken = number(deduction)
    is_owed = word(state) in (UNMET, OVERFULFILLED) or (isinstance(taken, Decimal) and taken > 0)
    return OWED if is_owed or _is_above_equal(operator, number(excess), rules) else BLANK


def _is_above_equal(operator: object, excess: Answer, rules: Pack) -> bool:
    return rules.owing_equal and word(operator) == "=" and isinstance(excess, Decimal) and excess > 0
