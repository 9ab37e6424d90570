"""Points of budget execution, grade and 自评预警: what follows from amounts and sums (forms.md §7, §11).

Knows rates, points and totals; the points of a row are in `scores`.
"""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import statuses
from xlperf.measure.normal import number, numbers, points, rounded
from xlperf.measure.packs import Pack
from xlperf.measure.parameters import find_pack
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BLANK, UNKNOWN_PACK

if TYPE_CHECKING:
    from xlperf.measure.normal import Answer


@tabular("rate")
def execution_score(rate: object, pack: object = None) -> Answer:
    """预算执行率得分 at 2 places: cap × rate within 0 and the cap, or the points of the band, as the pack says."""
    executed = number(rate)
    if isinstance(executed, str):
        return executed
    rules = find_pack(pack)
    return UNKNOWN_PACK if rules is None else _execution_points(executed, rules)


@tabular("paid", "budget")
def paid_score(paid: object, budget: object, pack: object = None) -> Answer:
    """预算执行率得分 as printed, straight from the amounts: the rate at the places of the pack, then the points at 2.

    A budget of 0 earns 0.
    """
    values = numbers(paid, budget)
    if isinstance(values, str):
        return values
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    money, limit = values
    if limit < 0:
        return statuses.BAD_BUDGET
    return _execution_points(money / limit, rules) if limit > 0 else Decimal(0)


def _execution_points(rate: Decimal, rules: Pack) -> Answer:
    cap, bands, places = rules.execution
    executed = rounded(rate, places)
    if isinstance(executed, str):
        return executed
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
    final = points(value)
    if isinstance(final, str) or not 0 <= final <= 100:
        return statuses.BAD_TOTAL
    return _grade_of(final, rules)


@tabular("points", "execution", "paid", "budget")
def final_grade(points: object, execution: object, paid: object, budget: object, pack: object = None) -> str:
    """等级 from the rows' points and the unrounded points of budget execution, so that rounding lifts nobody.

    `execution` are its points as printed, which count where the rate does not: in bands, at 0 and from 1 on. 总分有误
    where both as printed are more than 100.
    """
    earned, amounts = numbers(points, execution), numbers(paid, budget)
    if isinstance(earned, str) or isinstance(amounts, str):
        return earned if isinstance(earned, str) else statuses.NOT_A_NUMBER
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    (rows, of_execution), (money, limit) = earned, amounts
    if not (rows >= 0 and rows + of_execution <= 100):
        return statuses.BAD_TOTAL
    if 0 < money < limit and not rules.execution.bands:
        of_execution = rules.execution.cap * money / limit
    return _grade_of(rows + of_execution, rules)


def _grade_of(total: Decimal, rules: Pack) -> str:
    return next((name for floor, name in rules.grades if total >= floor), statuses.POOR)


@tabular("points", "execution", "paid", "budget")
def alert(points: object, execution: object, paid: object, budget: object, pack: object = None) -> str:
    """自评预警: 红灯, 黄灯 or none, for full marks beside unspent money (forms.md §7, §11).

    `points` are those of the indicators after deductions, `execution` those of budget execution as printed. Red where
    the share of the former exceeds that of the latter by too much of itself, yellow where too much is unspent or there
    is no budget; without points none.
    """
    earned, amounts = numbers(points, execution), numbers(paid, budget)
    if isinstance(earned, str) or isinstance(amounts, str):
        return earned if isinstance(earned, str) else statuses.NOT_A_NUMBER
    rules = find_pack(pack)
    if rules is None:
        return UNKNOWN_PACK
    (rows, of_execution), (money, limit) = earned, amounts
    cap = Decimal(rules.execution.cap)
    if limit < 0:
        return statuses.BAD_BUDGET
    if rows <= 0:
        return BLANK
    if limit == 0:
        return statuses.YELLOW
    red, yellow = rules.alerts
    if cap > 0 and 1 - of_execution * (100 - cap) / (cap * rows) > red:
        return statuses.RED
    return statuses.YELLOW if 1 - money / limit > yellow else BLANK
