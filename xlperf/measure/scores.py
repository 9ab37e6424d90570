"""Points of indicators (forms.md §7, §11): what a row earns of its weight.

Knows weights and points; how an actual value stands to its target is told by `indicators`. Every figure is one
quotient, divided last and rounded once, so that a tie is met exactly: `part` and `base` fill the helper cells from
which `earned` reads. `score` does all at once.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import statuses
from xlperf.measure.indicators import RELATIONS, is_unusable, rating_of
from xlperf.measure.normal import is_error, number, numbers, points, rounded, share, word
from xlperf.measure.packs import OF_2026, RATIO, ZERO, Pack
from xlperf.measure.parameters import find_pack
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import (
    BLANK,
    FALLING,
    MET,
    NOT_A_NUMBER,
    OPERATORS,
    RISING,
    UNDECIDABLE,
    UNKNOWN_PACK,
    UNMET,
)

if TYPE_CHECKING:
    from typing import Tuple

    from xlperf.measure.normal import Answer


@tabular("operator", "target", "actual", "meets")
def part(operator: object, target: object, actual: object, meets: object, pack: object = None) -> Answer:
    """What is earned of `base`: the points of a row are weight × part ÷ base. A word of `meets` is handed on.

    Unlike `score`, all of it for < at the target, whatever the method. Blank under 定性.
    """
    if is_error(operator) or is_error(meets):
        return NOT_A_NUMBER
    sign, met, values, rules = word(operator), word(meets), numbers(target, actual), find_pack(pack)
    if met not in (MET, UNMET):
        return met
    if sign == statuses.QUALITATIVE:
        return BLANK
    if isinstance(values, str) or rules is None or sign not in OPERATORS:
        return UNKNOWN_PACK if rules is None else NOT_A_NUMBER
    if sign == "<" and values[0] == values[1] > 0:
        return values[0]
    return _part_of_base(OPERATORS[sign], values[0], values[1], rules)[0]


@tabular("operator", "target", "actual")
def base(operator: object, target: object, actual: object, pack: object = None) -> Answer:
    """What `part` is a part of: the target; the actual by the ratio method; 1 where the target is not above 0."""
    sign, values, rules = BLANK if is_error(operator) else word(operator), numbers(target, actual), find_pack(pack)
    if isinstance(values, str) or sign not in OPERATORS or rules is None:
        return BLANK
    return _part_of_base(OPERATORS[sign], values[0], values[1], rules)[1]


def _part_of_base(sign: str, target: Decimal, actual: Decimal, rules: Pack) -> Tuple[Decimal, Decimal]:
    """What is earned, and of what: a quotient between 0 and 1 that is not yet divided."""
    is_later = rules.reading == OF_2026
    if is_later:
        actual = max(Decimal(0), actual)
    if target <= 0:
        is_at_edge = is_later and actual == target and sign == "<"
        return Decimal(RELATIONS[sign](actual, target) or is_at_edge), Decimal(1)
    if sign in RISING:
        return max(Decimal(0), min(target, actual)), target
    if rules.overrun == ZERO:
        is_inside = actual < target or (actual == target and (sign == "≤" or is_later))
        return (target if is_inside else Decimal(0)), target
    if actual <= target:
        return target, target
    if rules.overrun == RATIO:
        return target, actual
    return max(Decimal(0), 2 * target - actual), target


@tabular("operator", "target", "actual", "part", "whole")
def attainment(operator: object, target: object, actual: object, part: object, whole: object) -> Answer:
    """完成率 at 6 places: actual ÷ target, not below 0, under ≥ > =; under ≤ < the share of the points."""
    sign, values = BLANK if is_error(operator) else word(operator), numbers(target, actual)
    shares = numbers(part, whole)
    if isinstance(values, str) or sign not in OPERATORS or isinstance(shares, str):
        return BLANK
    if values[0] <= 0:
        return statuses.ZERO_TARGET
    if OPERATORS[sign] in FALLING:
        return share(shares[0] / shares[1]) if shares[1] > 0 else BLANK
    return share(max(Decimal(0), values[1]) / values[0])


@tabular("operator", "target", "actual", "weight", "points", "deduction")
def score(
    operator: object,
    target: object,
    actual: object,
    weight: object,
    points: object = None,
    pack: object = None,
    deduction: object = None,
) -> Answer:
    """得分 between 0 and the weight, at 2 places, before anything is deducted.

    From the cells as typed. `points` are what a person gives a 定性 indicator; see `rated_points`. Blank for 不涉及 and
    wherever weight, target, actual or those points are blank; weight below 0 gives 分值有误.
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
        return _rated_score(actual, full, points, deduction, rules)
    values = numbers(target, actual)
    if isinstance(values, str):
        return values
    if sign not in OPERATORS or is_unusable(values[0], rules):
        return UNDECIDABLE
    earned, whole = _part_of_base(OPERATORS[sign], values[0], values[1], rules)
    return rounded(full * earned / whole, 2)


def _rated_score(actual: object, weight: Decimal, given: object, deduction: object, rules: Pack) -> Answer:
    if is_error(actual):
        return NOT_A_NUMBER
    if word(actual) == BLANK:
        return BLANK
    rating = rating_of(actual, rules)
    band = _band(rating, weight, rules)
    return _checked(rating, weight, given, deduction, rules, *band) if band else UNDECIDABLE


def _band(rating: str, weight: Decimal, rules: Pack) -> Tuple[Decimal, ...]:
    """The least and the most points of a rating; nothing for what is none.

    By the rules of 2026 an edge has 2 places and belongs to both bands, before it belongs to the upper one.
    """
    if rating not in statuses.RATINGS:
        return ()
    top = weight
    for floor, name in rules.ratings:
        low = floor * weight
        edge = rounded(low, 2 if rules.reading == OF_2026 else 6)
        low = edge if isinstance(edge, Decimal) else low
        if name == rating:
            return low, top
        top = low
    return ()


@tabular("actual", "weight")
def rated_floor(actual: object, weight: object, pack: object = None) -> Answer:
    """The least points that a 定性 indicator of this rating may have; "" without rating or weight."""
    return _edge(actual, weight, pack, 0)


@tabular("actual", "weight")
def rated_top(actual: object, weight: object, pack: object = None) -> Answer:
    """The most points that a 定性 indicator of this rating may have; before the rules of 2026, fewer than this."""
    return _edge(actual, weight, pack, 1)


def _edge(actual: object, weight: object, pack: object, which: int) -> Answer:
    full, rules = number(weight), find_pack(pack)
    if rules is None or isinstance(full, str) or full < 0:
        return BLANK
    band = _band(rating_of(actual, rules), full, rules)
    return band[which] if band else BLANK


@tabular("actual", "weight", "points", "floor", "top", "deduction")
def rated_points(
    actual: object,
    weight: object,
    points: object,
    floor: object,
    top: object,
    deduction: object = None,
    pack: object = None,
) -> Answer:
    """The points a person gave a 定性 indicator, at 2 places, if they lie in the band of its rating, else 超出档次.

    Where something is deducted any points up to the weight will do. `floor` and `top` are the answers of `rated_floor`
    and `rated_top`. Blank where the points are.
    """
    full, edges, rules = number(weight), numbers(floor, top), find_pack(pack)
    if isinstance(edges, str) or isinstance(full, str):
        return BLANK
    return UNKNOWN_PACK if rules is None else _checked(word(actual), full, points, deduction, rules, *edges)


def _checked(
    rating: str, weight: Decimal, given: object, deduction: object, rules: Pack, floor: Decimal, top: Decimal
) -> Answer:
    value, taken = number(given), number(deduction)
    if isinstance(value, str):
        return value
    if not 0 <= value <= weight:
        return statuses.OUT_OF_BAND
    is_free = weight == 0 or (isinstance(taken, Decimal) and taken > 0)  # a weight of 0 leaves one point for all bands
    has_top = rules.reading == OF_2026 or rating == statuses.ATTAINED
    is_inside = floor <= value and (value < top or (has_top and value == top))
    return points(value) if is_free or is_inside else statuses.OUT_OF_BAND


@tabular("operator", "weight", "part", "whole", "rated")
def earned(operator: object, weight: object, part: object, whole: object, rated: object = None) -> Answer:
    """得分 as `score`, from helper cells: the answers of `sign`, `part`, `base` and `rated_points`.

    A word where a number belongs is 无法判定 here.
    """
    if is_error(operator):
        return NOT_A_NUMBER
    sign, full, gained = word(operator), number(weight), number(part)
    if sign == statuses.NOT_APPLICABLE:
        return BLANK
    if isinstance(full, str):
        return full
    if full < 0:
        return statuses.BAD_WEIGHT
    if sign == statuses.QUALITATIVE and gained != UNDECIDABLE:
        return number(rated)
    if isinstance(gained, str):
        return BLANK if word(part) == statuses.NOT_FILLED else gained
    of_all = number(whole)
    if not isinstance(of_all, Decimal) or of_all <= 0:
        return NOT_A_NUMBER
    return rounded(full * gained / of_all, 2)


@tabular("points", "deduction")
def net_score(points: object, deduction: object) -> Answer:
    """得分 after 扣减, at 2 places and never below 0; a blank deduction is none."""
    given, taken = number(points), number(deduction)
    if isinstance(given, str):
        return given
    if isinstance(taken, str):
        return rounded(given, 2) if taken == BLANK else NOT_A_NUMBER
    return rounded(max(Decimal(0), given - max(Decimal(0), taken)), 2)
