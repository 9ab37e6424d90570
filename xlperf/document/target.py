"""Takes a target cell apart: operator, value, unit text. Knows how clerks write them, nothing of tables.

The budget system prints the three fields without separators: `≥95保证办案完成度` is (≥, 95, 保证办案完成度).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from xlperf.document.blocks import one_line
from xlperf.model import Operator, Target
from xlperf.model.operator import BEHIND, SPELLINGS
from xlperf.model.text import Number, cut_to_cell, fold, read_number

COMPARISONS = (Operator.GE, Operator.LE, Operator.EQ, Operator.GT, Operator.LT)
BLANK = frozenset(("", "-", "--", "—", "——", "/", "\\"))
"""What people write where nothing is meant."""
_TIME = r"个?工作日|日|天|个?月|小时|分钟|年"
_BEFORE = {sign: op for sign, op in SPELLINGS.items() if op in COMPARISONS and sign not in BEHIND}


def _any(signs: dict[str, Operator]) -> str:
    longest_first = sorted(signs, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, sign)) for sign in longest_first)


_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[+-]?\.[0-9]+"
_SIGN = re.compile(rf"({_any(_BEFORE)})\s*")
_SIGN_AGAIN = re.compile(rf"(?:{_any(_BEFORE)})\s*(?:{_NUMBER})")
_VALUE = re.compile(rf"({_NUMBER})\s*")
_SIGN_BEHIND = re.compile(rf"(?P<unit>[^，,。；;、\s]{{0,6}}?)(?P<sign>{_any(BEHIND)})|(?P<time>{_TIME})内")
_NOT_APPLICABLE = re.compile(
    rf"(?:{_any(_BEFORE)})?\s*(?:(0(?:\.0+)?)\s*((?:不涉及|不适用).*)|(不涉及|不适用|无)[.。]?)"
)
_QUALITATIVE = re.compile(r"定性(?:指标)?\s*[::]\s*(.+)")

# A numeral that is no value: dates, ranges, ratios, broken numerals.
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*年|(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|"
    r"[0-9]{1,2}\s*月\s*(?:[0-9]{1,2}\s*[日号]|底|末|初|前|之前|以前|上旬|中旬|下旬)"
)
_NO_SINGLE_NUMBER = re.compile(r"[%‰]?\s*(?:[-~∼至到—–:/.,、]\s*)?[+-]?[0-9]")


class Reading(NamedTuple):
    """A target cell understood: the target, and the codes of what is odd about it (XPF107, XPF112)."""

    target: Target
    codes: tuple[str, ...] = ()


def read_target(text: str) -> Reading:
    """The target this cell states. Words without a number are qualitative; nothing is guessed from a range or a date.

    A stated sign before words keeps both: `≥良好` is (≥, "良好"). A unit that states the sign once more stays verbatim.
    """
    raw = cut_to_cell(one_line(text))
    plain = fold(raw)
    if plain in BLANK:
        return Reading(Target(raw=raw))
    if inapplicable := _NOT_APPLICABLE.fullmatch(plain):
        zero, behind, alone = inapplicable.groups()
        value = None if zero is None else Decimal(0)
        return Reading(Target(operator=Operator.NOT_APPLICABLE, value=value, unit=behind or alone, raw=raw))
    sign = _SIGN.match(plain)
    if sign is None:
        return _unsigned(raw, plain)
    operator = _BEFORE[re.sub(r"\s+", "", sign[1])]
    second = _SIGN.match(plain, sign.end())
    if second and _BEFORE[re.sub(r"\s+", "", second[1])] is operator and _single(plain, second.end()):
        return _signed(raw, plain, second.end(), operator, twice=True)
    if _single(plain, sign.end()):
        return _signed(raw, plain, sign.end(), operator)
    if sign[1][0] in "<>=≤≥≦≧⩽⩾═":
        return _worded(raw, raw[sign.end() :].strip(), operator, ("XPF107",) if second else ())
    return _worded(raw, raw)


def _unsigned(raw: str, plain: str) -> Reading:
    """No sign in front: one behind the number (95%以上), none at all (means =), or no number."""
    number = _single(plain, 0)
    if number is None:
        named = _QUALITATIVE.fullmatch(plain)
        return _worded(raw, raw[named.start(1) :] if named else raw)
    behind = _SIGN_BEHIND.fullmatch(plain, number.end())
    if behind is None:
        return _signed(raw, plain, 0, None)
    operator = Operator.LE if behind["time"] else BEHIND[behind["sign"]]
    unit = behind["time"] or behind["unit"]
    return _build(raw, number, operator, unit)


def _signed(raw: str, plain: str, start: int, operator: Operator | None, *, twice: bool = False) -> Reading:
    """A number from `start` on, the rest being its unit; `operator` None = no sign written."""
    number = _single(plain, start)
    assert number is not None
    unit = raw[number.end() :].strip()
    if plain[number.end() : number.end() + 1] == "%":
        unit = "%" + unit[1:]
    behind = _SIGN_BEHIND.fullmatch(plain, number.end())
    if operator is not None and behind and behind["sign"]:
        unit, twice = behind["unit"] if BEHIND[behind["sign"]] is operator else unit, True
    twice = twice or (operator is not None and _SIGN_AGAIN.search(fold(unit)) is not None)
    return _build(raw, number, operator, unit, ("XPF107",) if twice else ())


def _build(
    raw: str, number: re.Match[str], operator: Operator | None, unit: str, codes: tuple[str, ...] = ()
) -> Reading:
    value = within(Decimal(number[1].replace(",", "")))
    codes += () if value is not None else ("XPF112",)
    stated = operator is not None
    return Reading(
        Target(operator=operator or Operator.EQ, operator_stated=stated, value=value, unit=unit, raw=raw), codes
    )


def _single(plain: str, start: int) -> re.Match[str] | None:
    """The one number that stands here, or None where it is a date, a range, a ratio or broken."""
    number = _VALUE.match(plain, start)
    if number is None or _DATE.match(plain, start) or _NO_SINGLE_NUMBER.match(plain, number.end()):
        return None
    return number


def _worded(raw: str, words: str, operator: Operator | None = None, codes: tuple[str, ...] = ()) -> Reading:
    """Words where a number belongs; `operator` None = no sign, so they are all there is to say: qualitative."""
    number = read_number(words)  # 10 000: a numeral only when its blanks are closed
    if number is not None:
        value: Decimal | str | None = within(number)
        codes += () if value is not None else ("XPF112",)
        kind = operator or Operator.EQ
    else:
        value, kind = words or None, operator or Operator.QUALITATIVE
    return Reading(Target(operator=kind, operator_stated=operator is not None, value=value, raw=raw), codes)


_NUMBER_TYPE: TypeAdapter[Decimal] = TypeAdapter(Number)


def within(number: Decimal) -> Decimal | None:
    """The number if cells can hold it exactly (9 digits before, 6 behind the point), else None."""
    try:
        return _NUMBER_TYPE.validate_python(number)
    except ValidationError:
        return None


_SIGN_WORDS = {
    "大于等于": "≥",
    "小于等于": "≤",
    "等于": "=",
    "大于": ">",
    "小于": "<",
    "不低于": "≥",
    "不高于": "≤",
    "定性": "",
}


def joined_target(sign: str, value: str, unit: str) -> Reading:
    """The target whose sign, value and unit stand in cells of their own."""
    words = sign.split()
    spelt = next((_SIGN_WORDS[word] for word in words if word in _SIGN_WORDS), None)
    if spelt is None:
        spelt = next((word for word in words if fold(word) in _BEFORE), "")
    reading = read_target(spelt + value + unit)
    return Reading(reading.target.model_copy(update={"raw": "".join(words) + value + unit}), reading.codes)
