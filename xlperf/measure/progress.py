"""Spend progress: the planned share, the three measures of domain.md §5 and the light.

Knows how money, plan and time compare; knows no indicator and no score.
"""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache

from xlperf.measure.dates import MONTHS, months_elapsed
from xlperf.measure.normal import number, numbers, parameter, share, word
from xlperf.measure.ranges import cells, tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import (
    BAD_BUDGET,
    BAD_PLAN,
    BEHIND,
    BLANK,
    LINEAR_METHOD,
    NO_BUDGET,
    NOT_A_NUMBER,
    NOT_DUE,
    NOT_STARTED,
    ON_TRACK,
    OVERSPENT,
    SERIOUSLY_BEHIND,
    STEP_METHOD,
    UNKNOWN_METHOD,
)

if TYPE_CHECKING:
    from typing import Tuple, Union

    from xlperf.measure.normal import Answer

CHECKPOINTS = (3, 6, 10, 12)  # months at whose end the spend plan names a cumulative share

YELLOW = Decimal("0.6")
GREEN = Decimal("0.8")


def months(as_of: object, year: object = None) -> Answer:
    """Completed months of the budget year at a date, as `dates.months_elapsed`."""
    elapsed = months_elapsed(as_of, year)
    return elapsed if isinstance(elapsed, str) else Decimal(elapsed)


def reached(part: object, shares: object) -> Answer:
    """The largest share in `part`, the checkpoints of a plan up to one of them; for a bad plan as `plan_share`.

    Four such cells are a plan without blanks that never falls, of which `plan_share` makes the same.
    """
    checkpoints = _checkpoints(shares)
    if isinstance(checkpoints, str):
        return checkpoints
    given = [value for value in map(number, cells(part)) if isinstance(value, Decimal)]
    return max(given, default=Decimal(0))


@tabular("as_of")
def plan_share(as_of: object, shares: object, method: object = None, year: object = None) -> Answer:
    """计划累计比例: the share of the budget that the spend plan wants paid at a date, at 6 places.

    `shares` are the four cells of 3/6/10/12月底, shares of 1. The plan is cumulative: a blank checkpoint, and one
    below an earlier checkpoint, counts as that earlier one; nothing before the first counts as 0. `method` 按节点
    (default) takes the last checkpoint passed, 线性 interpolates by completed months from 0 at the start of the year.
    Four blanks give "", a word among them 非数字, a share outside 0-1 计划有误 (domain.md §2, §5).
    """
    day = number(as_of)
    if isinstance(day, str):
        return day
    checkpoints = _checkpoints(shares)
    if isinstance(checkpoints, str):
        return checkpoints
    months = months_elapsed(as_of, year)
    if isinstance(months, str):
        return months
    way = word(method)
    if way in STEP_METHOD:
        return share(checkpoints[bisect_right(CHECKPOINTS, months)])
    if way in LINEAR_METHOD:
        return share(_interpolated(checkpoints, months))
    return UNKNOWN_METHOD


def _checkpoints(shares: object) -> Union[Tuple[Decimal, ...], str]:
    """The running maximum of the shares, led by 0 for the start of the year."""
    return _running_maximum(tuple(map(number, cells(shares))))


@lru_cache(maxsize=64)  # every month of a plan asks
def _running_maximum(values: Tuple[Answer, ...]) -> Union[Tuple[Decimal, ...], str]:
    if len(values) != len(CHECKPOINTS):
        return BAD_PLAN
    said = [value for value in values if isinstance(value, str) and value != BLANK]
    if said:
        return BAD_PLAN if said[0] == BAD_PLAN else NOT_A_NUMBER
    given = [value for value in values if isinstance(value, Decimal)]
    if not given:
        return BLANK
    if any(not 0 <= value <= 1 for value in given):
        return BAD_PLAN
    reached = [Decimal(0)]
    for value in values:
        reached.append(max(reached[-1], value) if isinstance(value, Decimal) else reached[-1])
    return tuple(reached)


def _interpolated(checkpoints: Tuple[Decimal, ...], months: int) -> Decimal:
    start = 0
    for end, low, high in zip(CHECKPOINTS, checkpoints, checkpoints[1:]):
        if months < end:
            return (low * (end - months) + high * (months - start)) / (end - start)
        start = end
    return checkpoints[-1]


@tabular("paid", "budget")
def execution_rate(paid: object, budget: object) -> Answer:
    """预算执行率 = paid ÷ budget, at 6 places; budget 0 gives 无预算, below 0 预算有误 (domain.md §5)."""
    values = numbers(paid, budget)
    if isinstance(values, str):
        return values
    money, limit = values
    if limit > 0:
        return share(money / limit)
    return BAD_BUDGET if limit < 0 else NO_BUDGET


@tabular("rate", "plan")
def plan_progress(rate: object, plan: object) -> Answer:
    """计划完成率 = execution rate ÷ planned share, at 6 places; nothing planned yet gives 未到计划节点."""
    values = numbers(rate, plan)
    if isinstance(values, str):
        return values
    executed, planned = values
    return share(executed / planned) if planned > 0 else NOT_DUE


@tabular("rate", "as_of")
def time_progress(rate: object, as_of: object, year: object = None) -> Answer:
    """序时进度比 = execution rate ÷ (completed months ÷ 12), at 6 places; no completed month gives 未开始."""
    values = numbers(rate, as_of)
    if isinstance(values, str):
        return values
    months = months_elapsed(as_of, year)
    if isinstance(months, str):
        return months
    return share(values[0] * MONTHS / months) if months else NOT_STARTED


@tabular("rate", "progress")
def light(rate: object, progress: object, yellow: object = None, green: object = None) -> str:
    """超支 for a rate above 1; else 严重滞后, 滞后 or 正常 by plan progress against the two thresholds.

    A blank or a status word in `rate`, then in `progress`, is handed on. Defaults 0.6 and 0.8 (domain.md §5).
    """
    executed = number(rate)
    if isinstance(executed, str):
        return executed
    if executed > 1:
        return OVERSPENT
    done = number(progress)
    return done if isinstance(done, str) else light_of(done, yellow, green)


def light_of(progress: Decimal, yellow: object, green: object) -> str:
    """The light for a plan progress; 非数字 where a threshold that is needed is no number."""
    low, high = parameter(yellow, YELLOW), parameter(green, GREEN)
    if low is None:
        return NOT_A_NUMBER
    if progress < low:
        return SERIOUSLY_BEHIND
    if high is None:
        return NOT_A_NUMBER
    return BEHIND if progress < high else ON_TRACK
