"""Mutators of figures: numbers nobody means, two in one cell, and parameters that would buy a better result."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from fuzz.cells import an_input, into, means, number, slots, typed, words
from fuzz.draft import WORKBOOK, Draft, Impossible
from fuzz.meaning import EPOCH
from fuzz.oracle import PROJECTS
from fuzz.originals import Sheet

from xlperf.form import Kind, Place, Role

FIGURES = (Kind.MONEY, Kind.POINTS, Kind.NUMBER, Kind.QUANTITY)
# What no cell of ours can mean: to be told, and not read.
BEYOND = (
    "1E9", "1e10", "13800138000", "-13800138000", "1234567890.5", "1E21", "1E22", "1E23", "1E100", "1E308",
    "1.7976931348623157E308", "-1E22", "-1E308", "99999999999999999999", "1000000000.0000001",
)  # fmt: skip
# Finer than the model keeps: to be told, and rounded.
FINE = {
    "1E-300": "0", "-1E-300": "0", "4.9406564584124654E-324": "0", "0.00000049": "0", "2.5E-7": "0",
    "12345678.901234567": "12345678.901235", "0.12345678901234567": "0.123457", "-0.0000006": "-0.000001",
}  # fmt: skip
# As good as any other.
PLAIN = {
    "-0": "0", "-0.0": "0", "0E0": "0", "100.00000000000001": "100", "0.30000000000000004": "0.3", "1.2345E3": "1234.5",
    "99999999.9999999999": "100000000", "999999999": "999999999", "1E-6": "0.000001", "-999999999": "-999999999",
}  # fmt: skip
TWO_NUMBERS = ("12\n13", "12 13", "12\t13", "1.5　2.5", "12\u00a013", "12\r\n13", "1200 1300", "12 \n 13", "3 4 5")
THRESHOLDS = ("yellow", "green", "over_monitoring", "over_self_evaluation")
BUYING = ("0", "-0.2", "1E-300", "1E22", "1E308", "-1", "1000", "0.0001", "0.01")
DAYS_TO_1904 = 1462


def _row_input(draft: Draft, name: str) -> tuple[Sheet, Place, Place]:
    """An input of a row of indicators, and the computed score beside it."""
    sheet = draft.sheet(*PROJECTS)
    row = draft.dice.choice(sheet.layout.bands["indicators"])
    return sheet, row[f"indicators.{name}"], row["indicators.score"]


def beyond(draft: Draft) -> None:
    sheet, _, place = an_input(draft, FIGURES)
    into(draft, sheet, place, number(draft.dice.choice(BEYOND)))
    means(draft, sheet, place, None, told=True)


def beyond_in_words(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS))
    text = draft.dice.choice(("13800138000", "9999999999万元", "1000000000000", "123456789012345678901234567890"))
    into(draft, sheet, place, draft.dice.choice((words(text), typed("str", text))))
    means(draft, sheet, place, None, told=True)


def everywhere_beyond(draft: Draft) -> None:
    """A whole column of them, as after a formula went wrong."""
    sheet = draft.sheet(*PROJECTS)
    band, name = draft.dice.choice((("payments", "amount"), ("indicators", "weight"), ("indicators", "actual")))
    text = draft.dice.choice(BEYOND)
    for row in sheet.layout.bands[band]:
        place = row[f"{band}.{name}"]
        into(draft, sheet, place, number(text))
        means(draft, sheet, place, None, told=True)


def telephone_as_weight(draft: Draft) -> None:
    """Typed one column too far, beside a score that was computed before."""
    sheet, weight, score = _row_input(draft, "weight")
    into(draft, sheet, weight, number("13800138000"))
    into(draft, sheet, score, number(draft.dice.choice(("12.5", "0", "1E22", "-3"))))
    means(draft, sheet, weight, None, told=True)


def too_fine(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS))
    text, value = draft.dice.choice(list(FINE.items()))
    into(draft, sheet, place, number(text))
    means(draft, sheet, place, Decimal(value), told=True)


def odd_but_plain(draft: Draft) -> None:
    sheet, _, place = an_input(draft, FIGURES)
    text, value = draft.dice.choice(list(PLAIN.items()))
    into(draft, sheet, place, number(text))
    means(draft, sheet, place, Decimal(value))


def two_numbers(draft: Draft) -> None:
    sheet, _, place = an_input(draft, (Kind.MONEY, Kind.POINTS))
    text = draft.dice.choice(TWO_NUMBERS)
    into(draft, sheet, place, draft.dice.choice((words(text), typed("str", text))))
    means(draft, sheet, place, None, told=True)


# --- parameters ------------------------------------------------------------------------------------------------------


def _parameter(draft: Draft, key: str, text: str, *, told: bool = True) -> None:
    sheet = draft.sheet("settings")
    place = dict(slots(sheet, Role.INPUT))[key]
    into(draft, sheet, place, number(text))
    means(draft, sheet, place, told=told)


def threshold_that_buys(draft: Draft) -> None:
    """One that makes bad figures good; another that was out of order with it is no longer named, only this one."""
    sheet = draft.sheet("settings")
    draft.claim.told -= {(sheet.part, dict(slots(sheet, Role.INPUT))[key].cell) for key in THRESHOLDS[:2]}
    _parameter(draft, draft.dice.choice(THRESHOLDS), draft.dice.choice(BUYING))


def thresholds_out_of_order(draft: Draft) -> None:
    yellow, green = draft.dice.choice((("0.8", "0.6"), ("0.7", "0.7"), ("80", "60"), ("0.75", "0.65")))
    _parameter(draft, "yellow", yellow)
    _parameter(draft, "green", green, told=False)


def day_far_away(draft: Draft) -> None:
    year = draft.original.department.year + draft.dice.choice((-12, -2, 2, 3, 40))
    if not 2000 <= year <= 2099:
        raise Impossible
    _parameter(draft, "as_of", str((dt.date(year, draft.dice.randrange(1, 13), 15) - EPOCH).days))


def days_from_1904(draft: Draft) -> None:
    """The workbook counts its days from 1904: each of them is four years later than it was."""
    sheet = draft.sheet("settings")
    if draft.parts[sheet.part] != dict(draft.original.members)[sheet.part]:
        raise Impossible
    draft.edit(WORKBOOK, r"<workbookPr\b(?![^>]*date1904)", '<workbookPr date1904="1"')
    draft.claim.neutral = False
    year, as_of = draft.original.department.year, draft.original.settings.as_of + dt.timedelta(days=DAYS_TO_1904)
    if not dt.date(year - 1, 10, 1) <= as_of <= dt.date(year + 1, 3, 31):
        means(draft, sheet, dict(slots(sheet, Role.INPUT))["as_of"], told=True)


def nobody_knows(draft: Draft) -> None:
    """A method, pack or period of nowhere."""
    sheet = draft.sheet("settings")
    key = draft.dice.choice(("pack", "plan_method", "period"))
    place = dict(slots(sheet, Role.INPUT))[key]
    text = draft.dice.choice(("火星2026", "线性 2", "跳跃法", "全国2020 修订", "1", "无", "national", "#N/A", "绩效"))
    into(draft, sheet, place, words(text))
    means(draft, sheet, place, told=True)


MUTATORS = (
    beyond, beyond_in_words, everywhere_beyond, telephone_as_weight, too_fine, odd_but_plain, two_numbers,
    threshold_that_buys, thresholds_out_of_order, day_far_away, days_from_1904, nobody_knows,
)  # fmt: skip
