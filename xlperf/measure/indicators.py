"""Indicators: sign and actual as functions read them, how actual stands to target, state (forms.md §7, §11).

Knows no points and no light; what differs from place to place comes from a rule pack. `sign`, `result`, `meets` and
`excess` fill helper cells, from which the other functions read; `compliance` and `completion` do all at once.
"""

from __future__ import annotations

from decimal import Decimal
from operator import eq, ge, gt, le, lt

from xlperf.measure import statuses
from xlperf.measure.normal import is_blank, is_error, number, numbers, parameter, share, word
from xlperf.measure.packs import OF_2026, RATIO, Pack
from xlperf.measure.parameters import find_pack
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BLANK, MET, NOT_A_NUMBER, OPERATORS, RISING, UNDECIDABLE, UNKNOWN_PACK, UNMET

if TYPE_CHECKING:
    from typing import Any, Callable, Dict

    from xlperf.measure.normal import Answer

OVER = Decimal("0.15")

RELATIONS: Dict[str, Callable[[Any, Any], bool]] = {"≥": ge, ">": gt, "=": eq, "<": lt, "≤": le}

BEYOND = Decimal(9999)
"""Stands for the excess over a target of 0, which is no number."""


@tabular("operator", "target")
def sign(operator: object, target: object, pack: object = None) -> str:
    """The operator as helper cells hold it: ≥ > = ≤ < 定性 不涉及, "" for a row without target, else 无法判定.

    A blank operator beside a target is =. A quantitative one needs a number for a target, by the rules of 2026 none
    below 0.
    """
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    if is_error(operator):
        return UNDECIDABLE
    text = word(operator)
    if text in (statuses.QUALITATIVE, statuses.NOT_APPLICABLE):
        return text
    if text == BLANK and is_blank(target):
        return BLANK
    goal = number(target)
    is_decidable = text in OPERATORS and isinstance(goal, Decimal) and not is_unusable(goal, rules)
    return OPERATORS[text] if is_decidable else UNDECIDABLE


@tabular("actual")
def result(actual: object, pack: object = None) -> Answer:
    """The actual value as helper cells hold it: a number, 达成, 部分达成, 未达成, "" for a blank, else 非数字."""
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    value = number(actual)
    if isinstance(value, Decimal) or value == BLANK:
        return value
    return rating_of(actual, rules) or NOT_A_NUMBER


def rating_of(actual: object, rules: Pack) -> str:
    """The rating that a cell holds, by the rules of 2026 known by its beginning; "" where it holds none."""
    text = word(actual)
    if rules.reading == OF_2026:
        return next((rating for start, rating in statuses.RATING_STARTS.items() if text.startswith(start)), BLANK)
    return text if text in statuses.RATINGS else BLANK


def is_unusable(target: Decimal, rules: Pack) -> bool:
    """Whether a target allows no answer: by the rules of 2026, one below 0."""
    return target < 0 and rules.reading == OF_2026


def is_met(sign: str, target: Decimal, actual: Decimal, rules: Pack) -> bool:
    """Whether the target is reached; an = target above 0 may be exceeded where the pack says so."""
    if sign == "=" and target > 0 and rules.equal_exceeded == MET:
        return actual >= target
    return RELATIONS[sign](actual, target)


@tabular("operator", "target", "actual")
def meets(operator: object, target: object, actual: object, pack: object = None) -> str:
    """达标, 未达标, 未填报, 不涉及 or 无法判定; "" where operator, target and actual are all blank.

    Under 定性 `actual` is a rating: 达成 is met, 部分达成 and 未达成 are not.
    """
    return _meets(operator, target, actual, pack)


def _meets(operator: object, target: object, actual: object, pack: object) -> str:
    if is_error(operator):
        return UNDECIDABLE
    sign = word(operator)
    if sign == statuses.NOT_APPLICABLE:
        return statuses.NOT_APPLICABLE
    if is_error(actual):
        return UNDECIDABLE
    if is_blank(actual):
        return BLANK if sign == BLANK and is_blank(target) else statuses.NOT_FILLED
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    if sign == statuses.QUALITATIVE:
        rating = rating_of(actual, rules)
        return (MET if rating == statuses.ATTAINED else UNMET) if rating else UNDECIDABLE
    values = numbers(target, actual)
    if isinstance(values, str) or sign not in OPERATORS or is_unusable(values[0], rules):
        return UNDECIDABLE
    return MET if is_met(OPERATORS[sign], values[0], values[1], rules) else UNMET


@tabular("operator", "target", "actual")
def excess(operator: object, target: object, actual: object, pack: object = None) -> Answer:
    """The share by which actual lies above target under ≥ > =, below 0 where it does not reach it; else "".

    Above a target of 0 it is 9999, by the rules of 2026; before, nothing.
    """
    return _excess(operator, target, actual, pack)


def _excess(operator: object, target: object, actual: object, pack: object) -> Answer:
    values, rules = numbers(target, actual), find_pack(pack)
    sign = BLANK if is_error(operator) else word(operator)
    if isinstance(values, str) or rules is None or OPERATORS.get(sign) not in RISING:
        return BLANK
    goal, result = values
    if goal > 0:
        return (result - goal) / goal
    return BEYOND if goal == 0 < result and rules.reading == OF_2026 else BLANK


@tabular("operator", "meets", "excess")
def state(operator: object, meets: object, excess: object, over: object = None) -> str:
    """The state at the year's end: as `meets`, but 超额 for ≥ or > above the target by more than the share `over`."""
    return _state(operator, word(meets), excess, over)


@tabular("operator", "meets", "excess")
def standing(operator: object, meets: object, excess: object, over: object = None) -> str:
    """The state before the year has ended: as `state`, but 进行中 for what is not yet met."""
    state = _state(operator, word(meets), excess, over)
    return statuses.IN_PROGRESS if state == UNMET else state


def _state(operator: object, met: str, excess: object, over: object) -> str:
    above = number(excess)
    if met != MET or not isinstance(above, Decimal) or OPERATORS.get(word(operator)) not in ("≥", ">"):
        return met
    limit, exceeded = parameter(over, OVER), share(above)
    if limit is None or isinstance(exceeded, str):
        return UNDECIDABLE
    return statuses.OVERFULFILLED if exceeded > limit else MET


@tabular("operator", "target", "actual")
def compliance(operator: object, target: object, actual: object, over: object = None, pack: object = None) -> str:
    """The answer of `meets` and `state`, from the cells as typed; default `over` 0.15."""
    met = _meets(operator, target, actual, pack)
    if is_error(target) and met != statuses.NOT_APPLICABLE:
        return UNDECIDABLE
    return _state(operator, met, _excess(operator, target, actual, pack), over)


@tabular("operator", "target", "actual")
def completion(operator: object, target: object, actual: object, pack: object = None) -> Answer:
    """完成率 at 6 places from the cells as typed: actual ÷ target under ≥ > =; under ≤ < as the pack says.

    (2·target − actual) ÷ target, not below 0, or by the ratio method target ÷ actual. Blank for 定性 and 不涉及; a
    target of 0 gives 目标为零.
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
