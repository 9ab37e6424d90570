"""Indicators and points: compliance, completion, score, execution points, grade (domain.md §6).

Knows how an actual value stands to its target; what differs from place to place comes from a rule pack.
Every figure is one quotient, divided last and rounded once, so that a tie is met exactly.
"""

from __future__ import annotations

from decimal import Decimal
from operator import eq, ge, gt, le, lt

from xlperf.measure import statuses
from xlperf.measure.normal import is_blank, is_error, number, numbers, parameter, points, rounded, share, word
from xlperf.measure.packs import RATIO, ZERO, Pack, find_pack
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BLANK, NOT_A_NUMBER, OPERATORS, RISING, UNDECIDABLE, UNKNOWN_PACK

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Union

    from xlperf.measure.normal import Answer

OVER = Decimal("0.15")

RELATIONS: Dict[str, Callable[[Any, Any], bool]] = {"≥": ge, ">": gt, "=": eq, "<": lt, "≤": le}


@tabular("operator", "target", "actual")
def compliance(operator: object, target: object, actual: object, over: object = None) -> str:
    """达标, 未达标, 超额, 未填报, 不涉及 or 无法判定; "" where operator, target and actual are all blank.

    超额 is met under ≥ or > with a positive target exceeded by more than the share `over` (default 0.15).
    Under 定性 `actual` is a rating: 达成 is met, 部分达成 and 未达成 are not.
    """
    if is_error(operator):
        return UNDECIDABLE
    sign = word(operator)
    if sign == statuses.NOT_APPLICABLE:
        return statuses.NOT_APPLICABLE
    if is_error(target) or is_error(actual):
        return UNDECIDABLE
    if is_blank(actual):
        return BLANK if sign == BLANK and is_blank(target) else statuses.NOT_FILLED
    if sign == statuses.QUALITATIVE:
        return _rating_compliance(word(actual))
    values = numbers(target, actual)
    if isinstance(values, str) or sign not in OPERATORS:
        return UNDECIDABLE
    goal, result = values
    if not RELATIONS[OPERATORS[sign]](result, goal):
        return statuses.UNMET
    if OPERATORS[sign] in ("≥", ">") and goal > 0:
        return _over_fulfilment((result - goal) / goal, over)
    return statuses.MET


def _rating_compliance(rating: str) -> str:
    if rating not in statuses.RATINGS:
        return UNDECIDABLE
    return statuses.MET if rating == statuses.ATTAINED else statuses.UNMET


def _over_fulfilment(excess: Decimal, over: object) -> str:
    limit = parameter(over, OVER)
    exceeded = share(excess)
    if limit is None or isinstance(exceeded, str):
        return UNDECIDABLE
    return statuses.OVERFULFILLED if exceeded > limit else statuses.MET


@tabular("operator", "target", "actual")
def completion(operator: object, target: object, actual: object, pack: object = None) -> Answer:
    """完成率 at 6 places: actual ÷ target under ≥ > =; under ≤ < as the pack says.

    There a pack of method B gives target ÷ actual (actual ≤ 0: 无法判定), the others 2 − actual ÷ target, at least 0.
    Blank for 定性 and 不涉及; target 0 gives 目标为零; a negative target allows no ratio and gives 无法判定.
    """
    if is_error(operator):
        return NOT_A_NUMBER
    sign = word(operator)
    if sign in (statuses.QUALITATIVE, statuses.NOT_APPLICABLE):
        return BLANK
    values = numbers(target, actual)
    if isinstance(values, str):
        return values
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    goal, result = values
    if goal == 0:
        return statuses.ZERO_TARGET
    if goal < 0 or sign not in OPERATORS:
        return UNDECIDABLE
    if OPERATORS[sign] in RISING:
        return share(result / goal)
    if rules.overrun == RATIO:
        return share(goal / result) if result > 0 else UNDECIDABLE
    return share((2 * goal - result) / goal) if result < 2 * goal else Decimal(0)


@tabular("operator", "target", "actual", "weight", "points")
def score(
    operator: object,
    target: object,
    actual: object,
    weight: object,
    points: object = None,
    pack: object = None,
) -> Answer:
    """得分 between 0 and the weight, at 2 places, by domain.md §6.

    `points` are what a person gives a 定性 indicator; they must lie in the band of its rating `actual`, else 超出档次.
    Blank for 不涉及 and wherever weight, target, actual or those points are blank; weight below 0 gives 分值有误.
    """
    if is_error(operator):
        return NOT_A_NUMBER
    sign = word(operator)
    if sign == statuses.NOT_APPLICABLE:
        return BLANK
    full = number(weight)
    if isinstance(full, str):
        return full
    if full < 0:
        return statuses.BAD_WEIGHT
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    if sign == statuses.QUALITATIVE:
        return _rating_score(actual, full, points, rules)
    values = numbers(target, actual)
    if isinstance(values, str):
        return values
    if sign not in OPERATORS:
        return UNDECIDABLE
    return rounded(_earned(OPERATORS[sign], values[0], values[1], full, rules), 2)


def _rating_score(actual: object, weight: Decimal, given: object, rules: Pack) -> Answer:
    if is_error(actual):
        return NOT_A_NUMBER
    rating = word(actual)
    if rating == BLANK:
        return BLANK
    if rating not in statuses.RATINGS:
        return UNDECIDABLE
    value = number(given)
    if isinstance(value, str):
        return value
    if not 0 <= value <= weight:
        return statuses.OUT_OF_BAND
    # A weight of 0 leaves one point for all bands.
    band = next(name for floor, name in rules.ratings if value >= floor * weight)
    return points(value) if weight == 0 or band == rating else statuses.OUT_OF_BAND


def _earned(sign: str, target: Decimal, actual: Decimal, weight: Decimal, rules: Pack) -> Decimal:
    """What is earned of the weight, before it is rounded."""
    if RELATIONS[sign](actual, target):
        return weight
    if target <= 0:
        return Decimal(0)
    if sign in RISING:
        return weight * max(Decimal(0), min(target, actual)) / target
    if rules.overrun == ZERO:
        return Decimal(0)
    if rules.overrun == RATIO:
        return weight * target / actual
    return weight * max(Decimal(0), 2 * target - actual) / target


@tabular("rate")
def execution_score(rate: object, pack: object = None) -> Answer:
    """预算执行率得分 at 2 places: cap × rate within 0 and the cap, or the points of the band, as the pack says."""
    executed = number(rate)
    if isinstance(executed, str):
        return executed
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    cap, bands = rules.execution
    if bands:
        return next((Decimal(given) for floor, given in bands if executed >= floor), Decimal(0))
    return rounded(cap * max(Decimal(0), min(Decimal(1), executed)), 2)


@tabular("total")
def grade(total: object, pack: object = None) -> str:
    """等级 of a total score rounded to 2 places, as the pack says; outside 0-100 总分有误."""
    value = number(total)
    if isinstance(value, str):
        return value
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    final: Union[Decimal, str] = points(value)
    if isinstance(final, str) or not 0 <= final <= 100:
        return statuses.BAD_TOTAL
    return next(name for floor, name in rules.grades if final >= floor)
