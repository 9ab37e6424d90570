"""Reads the codes of number formats into sections, and tells what a number is shown as by them.

Leaves out rounding and grouping: a number shown with fewer digits is still that number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from xlperf.ooxml.dates import DAYS_TO_1904, EPOCH

LAST_SERIAL = 2_958_465  # 9999-12-31
LONGEST_CODE = 255  # characters Excel takes
_LEAP_1900 = 60  # the serial number of a day that never was; those before it are one off
_SECONDS = 24 * 60 * 60
# Quoted and escaped text (! escapes in Chinese Excel), padding, brackets, then what has a meaning of several letters.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式|Standard)'
    r"|(?P<clock>AM/PM|A/P|上午/下午)|(?P<exponent>(?<=[0#?.])E[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ADDS_DIGITS = re.compile(r"[\d.]_|_\s*[×xX*^/÷Ee]\s*\d").search  # literals before and after: 1_ makes 120 of 20
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_COLOUR = re.compile(
    r"[黑蓝绿红白黄]色?|青色?|洋红色?|颜色 ?\d+|black|blue|cyan|green|magenta|red|white|yellow|color ?\d+",
    re.IGNORECASE,
)
_NEGATIVE = "-－−(（△▲▼↓"
_BESIDE = " \u00a0\u3000'$¥￥€£"  # beside a number: blanks, currencies
_SILENT = _BESIDE + "-－−()（）△▲▼↓"  # and signs, brackets
_MINUS = ("-", "－", "−", "(", "（")
_DASHES = ("-", "—", "－", "–")
_SEPARATORS = (",", "，", " ", "\u00a0", "'")  # between digits
SCALES = frozenset("十百千万亿元‰")  # behind a number, they make another number or amount of it
MONEY_SCALES = SCALES | {"%"}  # an amount in percent: of what, nobody can tell


class Kind(StrEnum):
    """What a number is shown as."""

    NUMBER = "number"
    PERCENT = "percent"
    MOMENT = "moment"
    WORDS = "words"


class Shown(NamedTuple):
    """What stands in a cell: its text, digits unrounded, and for a number or percentage these and the words behind."""

    kind: Kind
    text: str
    number: Decimal = Decimal(0)
    unit: str = ""


def meant(shown: Shown, reading: Callable[[str], Decimal | None], scales: frozenset[str] = SCALES) -> Decimal | None:
    """The number that the digits and the unit shown stand for, as `reading` understands them where they stand.

    Words behind the digits that are none of the scales make no other number of them. None where nobody can tell.
    """
    read = reading(f"{shown.number:f}{shown.unit}")
    return shown.number if read is None and not scales.intersection(shown.unit) else read


class Section(NamedTuple):
    """One section of a code. `scale` is what a number is multiplied with, `least` the digits before the point.

    For a moment, `clock` says which of date and time are shown: d, t, both, or the unit of an elapsed time.
    """

    kind: Kind
    before: str = ""
    after: str = ""
    scale: Decimal = Decimal(1)
    least: int = 1
    clock: str = ""
    condition: tuple[str, Decimal] | None = None
    tells_sign: bool = False
    shows_zero: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it shows a number as that number and nothing else."""
        bare = not (self.before + self.after).strip(_SILENT)
        return self.kind is Kind.NUMBER and bare and self.scale == 1 and self.least < 2 and self.shows_zero

    @property
    def shows_minus(self) -> bool:
        """Whether it shows any number as one below 0."""
        return self.before.strip(_BESIDE) in _MINUS


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a code; none where all of them show the number itself."""
    numeric = [_section(tokens) for tokens in _split(code) if not _is_for_text(tokens)][:3]
    negative = numeric[1] if len(numeric) > 1 else None
    keeps_sign = numeric and not numeric[0].shows_minus and (negative is None or negative.tells_sign)
    if not numeric or (keeps_sign and all(part.is_plain for part in numeric)):
        return ()
    return tuple(numeric)


def _split(code: str) -> list[list[re.Match[str]]]:
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _is_for_text(tokens: Sequence[re.Match[str]]) -> bool:
    return any(token["other"] == "@" for token in tokens)


def _section(tokens: Sequence[re.Match[str]]) -> Section:
    """Read one section."""
    pieces: list[tuple[str, str]] = []  # of digits (placeholders and their signs) or literals
    letters, elapsed, condition, has_colour = "", "", None, False
    for token in tokens:
        other, bracket = token["other"], token["bracket"]
        if bracket is not None:
            comparison, currency = _CONDITION.fullmatch(bracket), _CURRENCY.fullmatch(bracket)
            if comparison:
                condition = (comparison[1], Decimal(comparison[2]))
            elif currency and currency[1]:
                pieces.append(("literal", currency[1]))
            elif _ELAPSED.fullmatch(bracket):
                elapsed = elapsed or bracket[0].lower()
            elif _COLOUR.fullmatch(bracket):
                has_colour = True
        elif token["general"]:
            pieces.append(("digits", "0"))
        elif token["exponent"]:
            pieces.append(("digits", "E"))
        elif token["clock"]:
            letters += "h"
        elif other is None:
            pieces.append(("literal", token["quoted"] or token["escaped"] or ""))
        elif other in "0#?.,%/":
            pieces.append(("digits", other))
        elif other.lower() in "ymdhsgeba":
            letters += other.lower()
        else:
            pieces.append(("literal", other))
    if tokens and all(token["bracket"] is not None for token in tokens) and not elapsed and not condition:
        pieces = [("digits", "0")]  # [DBNum1] alone goes with General
    if letters or elapsed:
        return Section(Kind.MOMENT, clock=elapsed or _clock(letters), condition=condition)
    section = _number_section(pieces)
    literals = "".join(text for kind, text in pieces if kind == "literal")
    return section._replace(condition=condition, tells_sign=has_colour or any(sign in literals for sign in _NEGATIVE))


def _clock(letters: str) -> str:
    """Which of date and time the letters of a section show; m is a minute beside hours and seconds alone."""
    has_time = "h" in letters or "s" in letters
    has_date = bool(set(letters) & set("ydegba")) or not has_time
    return "d" * has_date + "t" * has_time


def _number_section(pieces: Sequence[tuple[str, str]]) -> Section:
    """A section without letters of dates: digits with words around them, or words alone."""
    places = [i for i, (kind, text) in enumerate(pieces) if kind == "digits" and text in "0#?"]
    texts = [text for kind, text in pieces if kind == "literal"]
    if not places:
        return Section(Kind.WORDS, before="".join(texts))
    first, last = places[0], places[-1]
    before = "".join(text for kind, text in pieces[:first] if kind == "literal")
    after = "".join(text for kind, text in pieces[last + 1 :] if kind == "literal")
    within = [text for kind, text in pieces[first:last] if kind == "literal" and text not in _SEPARATORS and text]
    signs = "".join(text for kind, text in pieces if kind == "digits" and text != "%")
    whole = signs.partition(".")[0]
    least = whole.count("0")
    scale = Decimal(1).scaleb(-3 * (_commas(signs) + (_commas(whole) if "." in signs else 0)))
    if within == ["."] and "." not in signs:  # 0!.0 shows 12345 as 1234.5
        point = next(i for i, piece in enumerate(pieces) if piece == ("literal", ".") and i > first)
        behind = sum(place > point for place in places)
        least, scale = least - behind, scale.scaleb(-behind)
    elif within:
        return Section(Kind.WORDS, before="".join(text for _, text in pieces))
    percents = sum(piece == ("digits", "%") for piece in pieces)
    kind = Kind.PERCENT if percents == 1 and scale == 1 else Kind.NUMBER
    shows_zero = "0" in signs or "/" in signs
    return Section(kind, before, after, scale.scaleb(2 * percents), max(1, least), shows_zero=shows_zero)


def _commas(signs: str) -> int:
    return len(signs) - len(signs.rstrip(","))


@lru_cache(maxsize=4096)  # shares recur
def shown_by(sections: tuple[Section, ...], number: Decimal, date1904: bool) -> Shown | None:
    """What a number is shown as; None where that is the number itself."""
    section, hides_sign = _chosen(sections, number)
    adds_sign = number > 0 and section.shows_minus
    if section.kind is Kind.MOMENT:
        return Shown(Kind.MOMENT, _moment(number, section.clock, date1904))
    if section.is_plain and not hides_sign and not adds_sign:
        return None
    if section.kind is Kind.WORDS or not (number or section.shows_zero):
        words = section.before + section.after
        dash = words.strip(_BESIDE)  # how accountants write 0
        is_dash = not number and (dash[:1] in _DASHES or dash[-1:] in _DASHES)  # behind a currency, CNY too
        return None if is_dash else Shown(Kind.WORDS, words)
    scaled = (abs(number) if hides_sign else -number if adds_sign else number) * section.scale
    before, after = section.before.strip(_SILENT), section.after.strip(_SILENT)
    if _ADDS_DIGITS(f"{before}_{after}"):
        return Shown(Kind.WORDS, before + _digits(scaled, section.least) + after)
    if section.kind is Kind.PERCENT:
        after = "%" + after
    return Shown(section.kind, before + _digits(scaled, section.least) + after, scaled, after)


def _chosen(sections: Sequence[Section], number: Decimal) -> tuple[Section, bool]:
    """The section for this number, and whether it leaves out that the number is below 0."""
    if any(section.condition for section in sections):
        return next((part for part in sections[:-1] if _meets(number, part.condition)), sections[-1]), False
    if number < 0 and len(sections) > 1:
        return sections[1], not sections[1].tells_sign
    return sections[2 if not number and len(sections) > 2 else 0], False


def _meets(number: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return number > 0
    sign, bound = condition
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def _digits(number: Decimal, least: int) -> str:
    """A number in plain digits, with zeros in front up to so many before the point."""
    whole, point, rest = f"{abs(number).normalize():f}".partition(".")
    return "-" * (number < 0) + whole.zfill(least) + point + rest


def _moment(number: Decimal, clock: str, date1904: bool) -> str:
    """A day as 2026-06-30, a time as 12:30 or 12:30:15, an elapsed time likewise; ##### where there is none."""
    if not 0 <= number <= LAST_SERIAL:
        return "#####"
    seconds = round((number if clock in ("h", "m", "s") else number % 1) * _SECONDS)
    minutes, second = divmod(seconds, 60)
    if clock == "s":
        return f"{seconds}"
    if clock == "m":
        return f"{minutes}:{second:02d}"
    time = f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{second:02d}" if second else "")
    if "d" not in clock:
        return time
    days = int(number) + (DAYS_TO_1904 if date1904 else number < _LEAP_1900)
    if days > LAST_SERIAL:
        return "#####"
    day = (EPOCH + dt.timedelta(days=days)).isoformat()
    return f"{day} {time}" if "t" in clock and seconds else day
