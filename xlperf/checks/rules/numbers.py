"""The numbers that words state, and which of them speak of the thing a target counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from xlperf.checks.rules.vocabulary import COMPARISON, MEASURES, RATES, is_measure
from xlperf.model.text import squeeze

_NUMBER = re.compile(
    rf"(?P<sign>{COMPARISON.pattern}|达到|达|共)?(?<![\d.])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<scale>[万亿]?)"
)
_BOUND = re.compile("(?:及|或)?以[上内下]")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_DATES = ("年", "月", "日", "号")
_OF_A_PART = re.compile(r"(?:每|单价)[^\d,;。、()]*$")
_NOT_THE_WHOLE = re.compile(r"[-~—第×÷*/x]$|[均各][^\d,;。、()]*$")  # a range, an ordinal, a factor, so many of each
_NEAR = 12  # characters in which a unit, or what a number is of, is looked for
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


class Said(NamedTuple):
    """A number in words: as it is written, what it may mean, and whether it is meant for a target."""

    number: Decimal
    meant: tuple[Decimal, ...]
    speaks: bool


def numbers_of(words: str, unit: str, *, speaks: bool = False) -> Iterator[Said]:
    """Every number in words that is followed by this unit, or by none behind a comparison.

    One that sets a bound (不少于4000件, 95%以上) speaks of the target; whether any other does, is up to the place.
    """
    text, own = squeeze(words), _plain_unit(squeeze(unit))
    for match in _NUMBER.finditer(text):
        start, end, scale, sign = match.start(), match.end(), match["scale"], bool(match["sign"])
        before, rest = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        number = Decimal(match["number"].replace(",", ""))
        whole = number * _SCALES[scale]
        scaled, bare = _unit_before(scale + rest), _unit_before(rest)
        if _YEAR.match(text, match.start("number")) or _OF_A_PART.search(before):
            continue
        if not sign and _NOT_THE_WHOLE.search(before):
            continue
        if own and own in (_plain_unit(scaled), _plain_unit(bare)) and (sign or own not in _DATES):
            said = number if own == _plain_unit(scaled) else whole
            yield Said(said, (said,), speaks or sign or bool(_BOUND.match(rest, len(bare))))
        elif sign and not bare and not re.match(r"\w", rest):
            said = number if own.startswith(scale) else whole
            yield Said(said, (said,), speaks=True)


def numbers_in(sentence: str) -> Iterator[Said]:
    """Every number of a sentence that stands where a unit belongs, whatever it is followed by."""
    for match in _NUMBER.finditer(squeeze(sentence)):
        number = Decimal(match["number"].replace(",", ""))
        yield Said(number, (number, number * _SCALES[match["scale"]]), bool(match["sign"]))


def _unit_before(text: str) -> str:
    """The longest unit of measure that a text begins with."""
    found = (text[:end] for end in range(len(text), 0, -1))
    return next((unit.rstrip("/每·()") for unit in found if is_measure(unit)), "")


def _plain_unit(unit: str) -> str:
    """A unit without the 个 that may be left out, and 百分比 as its sign."""
    return RATES[0] if unit in RATES else unit[1:] if unit[:1] == "个" and unit[1:] in MEASURES else unit
