"""Project sheets as somebody might have left them: plausible rows, words for numbers, gaps, sums that do not fit."""

from __future__ import annotations

import random
from decimal import Decimal

from xlperf.form import Answers, Cell
from xlperf.measure.normal import is_blank

ROWS = 38  # indicator rows of a project

BLANKS = (" ", "\u3000", "\u00a0", "\t", "\n", "\u200b", "\u3000 \u200b")
OPERATORS = (" ", "≥", "≥", "≤", "=", ">", "<", "定性", "不涉及", None, "约", ">=")
WORDS = (*BLANKS, "达成", "部分达成", "未达成", "持续提升", "95%", "2000万", "１２")


def quantity(draw: random.Random) -> Cell:
    """A number as people type it, a word, or nothing."""
    kind = draw.random()
    if kind < 0.12:
        return None
    if kind < 0.24:
        return draw.choice(WORDS)
    if kind < 0.34:
        return Decimal(draw.choice((0, 1, -1, 100)))
    return Decimal(draw.randint(-200, 20_000)).scaleb(-draw.choice((0, 1, 2)))


def sound_indicator(draw: random.Random) -> dict[str, Cell]:
    """A row as it should be: decided, and scored."""
    qualitative = draw.random() < 0.2
    return {
        "indicators.level1": "产出指标",
        "indicators.operator": "定性" if qualitative else draw.choice(("≥", "≤", "=")),
        "indicators.value": "持续提升" if qualitative else Decimal(draw.randint(50, 100)),
        "indicators.actual": "达成" if qualitative else Decimal(draw.randint(400, 1200)).scaleb(-1),
        "indicators.weight": Decimal("2.37"),
        "indicators.points": Decimal("2.2") if qualitative else None,
    }


def indicator(draw: random.Random) -> dict[str, Cell]:
    """One row of the table, plausible or not."""
    target = quantity(draw)
    target = None if is_blank(target) else target  # it is given: nobody types a blank there
    # Near the target is where states change.
    near = isinstance(target, Decimal) and draw.random() < 0.4
    factor = Decimal(draw.choice(("1", "0.85", "1.15", "1.150001", "1.3", "2", "0.5")))
    actual = target * factor if near and isinstance(target, Decimal) else quantity(draw)
    weight = draw.choice((None, Decimal(0), Decimal("7.5"), Decimal("12.5"), Decimal(10), Decimal(30), Decimal("3.33")))
    return {
        "indicators.level1": draw.choice(("产出指标", "产出指标", "\u3000")),
        "indicators.name": "某项工作",
        "indicators.operator": draw.choice(OPERATORS),
        "indicators.value": target,
        "indicators.actual": actual,
        "indicators.weight": weight,
        "indicators.points": draw.choice((None, Decimal(8), Decimal("6.5"), Decimal(0), Decimal(28), "好")),
        "indicators.deduction": draw.choice((None, None, Decimal(0), Decimal("1.5"), Decimal(40), "无")),
        "indicators.unit": draw.choice((None, "%", "件", "万元")),
        "indicators.level2": draw.choice((None, "数量指标", "质量指标", "社会效益指标")),
        **{f"indicators.likelihood.{i}": draw.choice((None, None, "√")) for i in range(3)},
    }


def project_typed(draw: random.Random, number: int) -> Answers:
    """A project sheet as somebody might have left it."""
    kind = draw.choice((sound_indicator, indicator, indicator))
    budget: Cell = draw.choice((Decimal(20), Decimal("117.5"), Decimal(0), None, Decimal(-5), "待定", Decimal("72.04")))
    amounts: list[Cell] = [
        draw.choice((None, Decimal(draw.randint(-50, 900)).scaleb(-2), Decimal(3))) for _ in range(12)
    ]
    if draw.random() < 0.15:
        amounts[draw.randrange(12)] = "2000万"
    if draw.random() < 0.3:
        amounts[draw.randrange(12)] = draw.choice(BLANKS)
    if draw.random() < 0.15:
        amounts = [None] * 12
    plans: tuple[tuple[Cell, ...], ...] = (
        (Decimal("0.2"), Decimal("0.5"), Decimal("0.7"), Decimal(1)),
        (None, None, Decimal("0.3"), Decimal(1)),
        (None, None, None, None),
        (Decimal("0.25"), None, Decimal("0.6"), Decimal(1)),
        (Decimal(20), Decimal(50), Decimal(70), Decimal(100)),
        (Decimal("0.2"), "一半", Decimal("0.7"), Decimal(1)),
        (Decimal(0), Decimal(0), Decimal("0.333333"), Decimal(1)),
    )
    return Answers(
        {
            "number": number,
            "code": draw.choice(
                ("13080023P00024610002U", "13080023P00024610002X", "13080023S00024610002X", None, "12")
            ),
            "name": draw.choice(("办案业务经费", None, "公务运转经费")),
            "budget.initial": budget,
            "budget.adjusted": draw.choice((None, draw.choice(BLANKS), Decimal("30.5"), Decimal("41"))),
            "budget.fiscal_funds": draw.choice((budget, Decimal(7), Decimal("19.505"), None)),
            "budget.other_funds": draw.choice((None, Decimal("0.5"), Decimal(13))),
            **{f"shares.{i}": share for i, share in enumerate(draw.choice(plans))},
        },
        {
            "payments": [
                {"payments.month": month, "payments.amount": amount} for month, amount in enumerate(amounts, start=1)
            ],
            "indicators": [kind(draw) for _ in range(ROWS)],
        },
    )
