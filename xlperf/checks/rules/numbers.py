"""Finds the numbers in a text and decides which of them state the value of a target."""

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
_DIGIT = re.compile(r"\d")
_BOUND = re.compile("(?:及|或)?以[上内下]")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_DATES = ("年", "月", "日", "号")
_OF_A_PART = re.compile(r"(?:每|单价)[^\d,;。、()]*$")
_NOT_THE_WHOLE = re.compile(r"[-~—第×÷*/x]$|[均各][^\d,;。、()]*$")  # a range, an ordinal, a factor, a number of each
_NEAR = 12  # characters before and after a number that are searched for its unit and subject
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


class StatedNumber(NamedTuple):
    """A number in a text: as written, the values it may mean, and whether it states the target."""

    number: Decimal
    meanings: tuple[Decimal, ...]
    of_target: bool


def numbers_of(words: str, unit: str, *, of_target: bool = False) -> Iterator[StatedNumber]:
    """Every number in a text that is followed by this unit, or that follows a comparison and has no unit.

    A number that sets a bound (不少于4000件, 95%以上) states the target; any other does if `of_target` says so.
    """
    text = squeeze(words)
    if not _DIGIT.search(text):
        return
    own = _plain_unit(squeeze(unit))
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
            value = number if own == _plain_unit(scaled) else whole
            yield StatedNumber(value, (value,), of_target or sign or bool(_BOUND.match(rest, len(bare))))
        elif sign and not bare and not re.match(r"\w", rest):
            value = number if own.startswith(scale) else whole
            yield StatedNumber(value, (value,), of_target=True)


def numbers_in(sentence: str) -> Iterator[StatedNumber]:
    """Every number of a sentence typed into the unit box, whatever follows the number."""
    for match in _NUMBER.finditer(squeeze(sentence)):
        number = Decimal(match["number"].replace(",", ""))
        yield StatedNumber(number, (number, number * _SCALES[match["scale"]]), bool(match["sign"]))


def _unit_before(text: str) -> str:
    """The longest unit of measure that a text begins with."""
    prefixes = (text[:end] for end in range(len(text), 0, -1))
    return next((unit.rstrip("/每·()") for unit in prefixes if is_measure(unit)), "")


def _plain_unit(unit: str) -> str:
    """A unit without its optional 个; 百分比 as %."""
    return RATES[0] if unit in RATES else unit[1:] if unit[:1] == "个" and unit[1:] in MEASURES else unit
