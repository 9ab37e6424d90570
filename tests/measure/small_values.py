"""Every combination of small figures that a function computes with, and the exact answers by fractions.

Written from domain.md §5 and §6, not from the code; knows no host and no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

WEIGHTS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.75, 4.0, 4.5, 5.0, 6.0, 7.5, 10.0, 12.0, 15.0, 20.0, 30.0)
FEW_WEIGHTS = (5.0, 7.5)
RATIO_PACK, ZERO_PACK = "national-2020-ratio", "national-2020-zero"


class Table(NamedTuple):
    """Calls of one function: `columns` names its parameters that vary by row, `scalars` holds the others."""

    function: str
    columns: tuple[str, ...]
    scalars: dict[str, Any]
    rows: list[tuple[Any, ...]]
    answers: list[float | str]


@cache
def exact(value: float) -> Fraction:
    """The decimal a person typed, without what binary numbers add to it."""
    return Fraction(repr(value))


def half_up(value: Fraction, places: int) -> float:
    """Rounded with ties away from zero."""
    part, whole = abs(value.numerator), value.denominator
    scaled = (2 * part * 10**places + whole) // (2 * whole)
    return (scaled if value >= 0 else -scaled) / 10**places


def pairs() -> Iterator[tuple[float, float]]:
    """Targets with actuals from 0 to beyond twice the target: whole ones, tenths, tenths beside a larger target."""
    for target in (*range(1, 31), 32, 36, 40, 45, 48, 60):
        yield from ((float(target), float(actual)) for actual in range(2 * target + 2))
    for tenths in range(1, 121):
        if tenths % 10:
            yield from ((tenths / 10, actual / 10) for actual in range(0, 2 * tenths + 2, 11))
        else:
            yield from ((tenths / 10, actual / 10) for actual in range(2 * tenths + 2) if actual % 10)
    for target in (64, 80, 96, 100, 125, 160, 320):
        yield from ((float(target), actual / 10) for actual in range(0, 20 * target + 2, 37) if actual % 10)


def _is_rising(sign: str) -> bool:
    return sign in "≥>="


def _earned_share(sign: str, target: Fraction, actual: Fraction, pack: str) -> Fraction:
    """The share of the weight that is earned for a positive target, by domain.md §6."""
    if _is_rising(sign):
        met = actual > target if sign == ">" else actual >= target
        return Fraction(1) if met else min(actual, target) / target
    if actual < target or (actual == target and sign == "≤"):
        return Fraction(1)
    if pack == ZERO_PACK:
        return Fraction(0)
    if pack == RATIO_PACK:
        return target / actual
    return max(Fraction(0), 1 - (actual - target) / target)


def scores() -> Iterator[Table]:
    kinds = [(sign, "", WEIGHTS if sign in "≥≤" else FEW_WEIGHTS) for sign in "≥>=≤<"]
    kinds += [("≤", RATIO_PACK, WEIGHTS), ("<", RATIO_PACK, FEW_WEIGHTS), ("≤", ZERO_PACK, FEW_WEIGHTS)]
    for sign, pack, weights in kinds:
        rows, answers = [], []
        for target, actual in pairs():
            is_short = actual <= target if _is_rising(sign) else actual >= target
            share = _earned_share(sign, exact(target), exact(actual), pack)
            for weight in weights if is_short else weights[:1]:
                rows.append((sign, target, actual, weight))
                answers.append(half_up(exact(weight) * share, 2))
        yield _table("SCORE", ("operator", "target", "actual", "weight"), rows, answers, pack=pack)


def _table(
    function: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], answers: list[Any], **scalars: Any
) -> Table:
    return Table(function, columns, {key: value for key, value in scalars.items() if value}, rows, answers)


def ratings() -> Iterator[Table]:
    """Points given to a qualitative indicator, every tenth and the edges of the bands."""
    rows, answers = [], []
    for weight in WEIGHTS:
        edges = [half_up(exact(weight) * n / 100, 2) for n in (59, 60, 61, 79, 80, 81)]
        for points in (*edges, *(n / 10 for n in range(int(10 * weight) + 1))):
            part = exact(points) / exact(weight)
            band = "达成" if part >= Fraction(4, 5) else "部分达成" if part >= Fraction(3, 5) else "未达成"
            for rating in ("达成", "部分达成", "未达成"):
                rows.append(("定性", None, rating, weight, points))
                answers.append(half_up(exact(points), 2) if rating == band else "超出档次")
    yield _table("SCORE", ("operator", "target", "actual", "weight", "points"), rows, answers)


def completions() -> Iterator[Table]:
    for sign, pack in (("≥", ""), ("≤", ""), ("≤", RATIO_PACK)):
        rows = [(sign, target, actual) for target, actual in pairs() if actual or not pack]
        quotients = []
        for _, target, actual in rows:
            wanted, reached = exact(target), exact(actual)
            if _is_rising(sign):
                quotients.append(reached / wanted)
            else:
                quotients.append(wanted / reached if pack else max(Fraction(0), 2 - reached / wanted))
        answers = [half_up(quotient, 6) for quotient in quotients]
        yield _table("COMPLETION", ("operator", "target", "actual"), rows, answers, pack=pack)


def compliances() -> Iterator[Table]:
    for over in (0.15, 0.3):
        rows = [("≥", target, actual) for target, actual in pairs()]
        excesses = [exact(actual) / exact(target) - 1 for _, target, actual in rows]
        answers = ["未达标" if e < 0 else "超额" if half_up(e, 6) > over else "达标" for e in excesses]
        yield _table("COMPLIANCE", ("operator", "target", "actual"), rows, answers, over=over)


def rates() -> Iterator[Table]:
    """The divisors include powers of two and ten, which alone make ties."""
    budgets = (7, 12.8, 20, 28, 30, 64, 72, 117, 128, 287, 320, 640, 1280)
    rows = [(paid / 10, float(budget)) for budget in budgets for paid in range(0, int(11 * budget), 3)]
    yield _table("RATE", ("paid", "budget"), rows, [half_up(exact(p) / exact(b), 6) for p, b in rows])


def progresses() -> Iterator[Table]:
    planned = [n / 20 for n in range(1, 21)] + [0.064, 0.128, 0.32, 0.64, 0.333333]
    rows = [(rate / 1000, plan) for plan in planned for rate in range(0, 1100, 7)]
    yield _table("PROGRESS", ("rate", "plan"), rows, [half_up(exact(r) / exact(p), 6) for r, p in rows])


def times() -> Iterator[Table]:
    rows = [(rate / 1_000_000, float(month)) for month in range(1, 13) for rate in range(0, 1_200_000, 1009)]
    yield _table("TIME", ("rate", "as_of"), rows, [half_up(exact(r) * 12 / exact(m), 6) for r, m in rows])


def rate_scores() -> Iterator[Table]:
    for pack, cap in (("", 10), ("hubei", 20)):
        rows = [(rate / 4000,) for rate in range(4400)]
        answers = [half_up(min(exact(rate), Fraction(1)) * cap, 2) for (rate,) in rows]
        yield _table("RATESCORE", ("rate",), rows, answers, pack=pack)


def grades() -> Iterator[Table]:
    rows = [(total / 200,) for total in range(20001)]
    rounded = [half_up(exact(total), 2) for (total,) in rows]
    answers = ["优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差" for total in rounded]
    yield _table("GRADE", ("total",), rows, answers)


def plans() -> Iterator[Table]:
    """Plans between checkpoints, with the odd last digit that halves and quarters turn into ties."""
    for n in range(24):
        shares = (
            round(0.1 + n / 100, 6),
            round(0.4 + n * 0.000003, 6),
            round(0.7 + n / 250 + 0.000001 * (n % 4), 6),
            1.0,
        )
        points = list(zip((0, 3, 6, 10, 12), map(exact, (0.0, *shares)), strict=True))
        answers = []
        for month in range(13):
            (start, low), (end, high) = next((a, b) for a, b in pairwise(points) if month < b[0] or b[0] == month == 12)
            answers.append(half_up(low + (high - low) * (month - start) / (end - start), 6))
        yield _table(
            "PLAN", ("as_of",), [(float(month),) for month in range(13)], answers, shares=shares, method="线性"
        )


def sentences() -> Iterator[Table]:
    """The explanation where money is within the budget and something is planned."""
    # Gaps of 0.84997 percentage points and of 0.00499994 万元: rounded twice they would come out as 0.9 and 0.01.
    rows = [(9.1833, 100.0, 0.5, 1.0), (10.00499894, 30.0, 0.3333333, 10.0)]
    answers = [_sentence(exact(p), exact(b), exact(s), int(m)) for p, b, s, m in rows]
    for budget in (20.0, 28.5, 117.0, 1280.0):
        for n in range(0, 101, 4):
            paid = half_up(exact(budget) * n / 100 + Fraction(n % 3, 200), 3)
            for plan in (0.0505, 0.333333, 0.5, 0.7005):
                for month in (1, 6, 10):
                    rows.append((paid, budget, plan, float(month)))
                    answers.append(_sentence(exact(paid), exact(budget), exact(plan), month))
    yield _table("EXPLAIN", ("paid", "budget", "plan", "as_of"), rows, answers)


def _sentence(paid: Fraction, budget: Fraction, plan: Fraction, month: int) -> str:
    rate = exact(half_up(paid / budget, 6))
    progress = half_up(rate / plan, 6)
    light = "严重滞后" if progress < 0.6 else "滞后" if progress < 0.8 else "正常"
    amount = half_up(paid - budget * plan, 2)
    time = Fraction(month, 12)
    gap = f"{_gap(rate - plan)}（差额{f'{amount:+.2f}' if amount else '0.00'}万元）"
    behind = f"较计划（{_percent(plan)}%）{gap}，{light}"
    state = f"超过预算{half_up(paid - budget, 2):.2f}万元，超支" if rate > 1 else behind
    return (
        f"截至{month}月底，已支付{half_up(paid, 2):.2f}万元，预算执行率{_percent(rate)}%，{state}；"
        f"较序时进度（{_percent(time)}%）{_gap(rate - time)}。"
    )


def _percent(share: Fraction) -> str:
    return f"{half_up(100 * share, 1):.1f}"


def _gap(difference: Fraction) -> str:
    gap = half_up(100 * difference, 1)
    return f"{'高' if gap > 0 else '低'}{abs(gap):.1f}个百分点" if gap else "持平"


TABLES: dict[str, Callable[[], Iterator[Table]]] = {
    "SCORE": scores,
    "SCORE of ratings": ratings,
    "COMPLETION": completions,
    "COMPLIANCE": compliances,
    "RATE": rates,
    "PROGRESS": progresses,
    "TIME": times,
    "RATESCORE": rate_scores,
    "GRADE": grades,
    "PLAN": plans,
    "EXPLAIN": sentences,
}
