"""How people type: spaces, full-width forms, line ends and numerals. Knows nothing of documents or sheets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Tag, TypeAdapter
from pydantic_core import PydanticCustomError

from xlperf.measure import UNSEEN, quoted, shown
from xlperf.measure.unseen import UNSEEN_RANGES

CELL_LIMIT = 32_767  # UTF-16 units a worksheet cell can hold: an emoji counts twice
PIECE = 256  # characters; a name or a paragraph is hardly longer
CELL_BREAKS = 253  # line breaks a worksheet cell can hold

# What XML 1.0 cannot carry, so that no file format we write could give it back.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TO_SPACE = str.maketrans({**dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\t", " "), "\u200b": "", "\ufeff": ""})
_HIDING = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSEEN_RANGES) + "]")
_HOLLOW = UNSEEN | {"\u2800"}  # what a text may begin with that shows nothing at all


def clean(text: str) -> str:
    """The text with one kind of line end and space, no blanks around its lines, nothing that no file can carry.

    What nobody sees stays, for it may shape the letters beside it; a text that shows nothing else is "".
    """
    if text.isprintable():  # then it has no line end, no space but the plain one, and nothing unwritable
        text = text.strip()
    else:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        text = _UNWRITABLE.sub("", text).translate(_TO_SPACE).strip()
        text = "\n".join(line.strip() for line in text.split("\n")) if "\n" in text else text
    return "" if text[:1] in _HOLLOW and not shown(text) else text


def visible(text: str) -> str:
    """The text without what nobody sees."""
    return _HIDING.sub("", text)


def spelt(text: str) -> str:
    """The text cleaned, but what no file can carry is named instead of dropped: ⟨U+001B⟩."""
    return clean(_UNWRITABLE.sub(lambda found: quoted(found[0]), text))


def squeeze(text: str) -> str:
    """The text as a key for comparison: compatibility forms folded (full-width → half-width), all blanks removed.

    So is everything nobody sees.
    """
    return _squeezed_again(text) if len(text) <= PIECE else _squeezed_long(text)


def _squeezed(text: str) -> str:
    closed = shown(_normalized("NFKC", clean(text))).replace(" ", "")
    return _normalized("NFC", closed)  # an accent whose blank is gone joins the letter before it


_squeezed_again = lru_cache(maxsize=16_384)(_squeezed)  # labels, names and choices recur
_squeezed_long = lru_cache(maxsize=8)(_squeezed)  # a long text seldom does, but may stand in thousands of cells


def _normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """The text in this form of Unicode, piece by piece: ordering a run of accents takes the square of its length."""
    if len(text) <= PIECE:
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, text[at : at + PIECE]) for at in range(0, len(text), PIECE))


def code_key(text: str) -> str:
    """What two spellings of one code have in common: letter case, width and blanks do not count."""
    return squeeze(text).upper()


# Full-width, half-width and small forms: those whose plain form is one character too (￣ is not).
_PLAIN = {
    code: plain
    for code in (0x00A0, 0x3000, *range(0xFE50, 0xFE70), *range(0xFF00, 0xFFF0))
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
}


def fold(text: str) -> str:
    """The text with full-width and small forms of signs, letters and digits made plain, character for character.

    Positions stay, so what is found in the folded text can be cut out of the original. Superscripts and circled
    numbers stay as they are: m² is not m2.
    """
    return text.translate(_PLAIN)


def _clean_if_text(value: object) -> object:
    return close_lines(clean(value)) if isinstance(value, str) else "" if value is None else value


def fits_a_cell(text: str) -> bool:
    """Whether a worksheet cell can hold the text."""
    return len(text) <= CELL_LIMIT // 2 or len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT


def cut_to_cell(text: str) -> str:
    """As much of the text as a worksheet cell can hold."""
    return text if fits_a_cell(text) else text.encode("utf-16-le")[: 2 * CELL_LIMIT].decode("utf-16-le", "ignore")


def close_lines(text: str) -> str:
    """The text with no more line breaks than a worksheet cell holds; those beyond become blanks: no word is lost."""
    if text.count("\n") <= CELL_BREAKS:
        return text
    *lines, rest = text.split("\n", CELL_BREAKS)
    return "\n".join([*lines, rest.replace("\n", " ")])


def fitted_to_cell(text: str) -> str:
    """As much of the text as a worksheet cell can hold, on no more lines than it can."""
    return close_lines(cut_to_cell(text)) if len(text) > CELL_BREAKS else text


_CONTINUED = "\n\u3000"  # no line of a cleaned text begins with a blank


def joined_paragraphs(paragraphs: Iterable[str]) -> str:
    """Cleaned paragraphs as one text that `split_paragraphs` takes apart again; lines within one are indented."""
    return "\n".join(paragraph.replace("\n", _CONTINUED) for paragraph in paragraphs)


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: its lines, with those that are indented."""
    text = text.replace("\r\n", "\n").replace(_CONTINUED, "\u2029")
    return tuple(paragraph.replace("\u2029", "\n") for paragraph in text.split("\n"))


def _no_longer_than_a_cell(text: str) -> str:
    if not fits_a_cell(text):
        raise PydanticCustomError("string_too_long", "too long", {"max_length": CELL_LIMIT})
    return text


Text = Annotated[str, AfterValidator(_no_longer_than_a_cell), BeforeValidator(_clean_if_text)]
"""A text a person wrote; cleaned on entry, never longer than a cell, nor of more lines."""


def _visible_if_text(value: object) -> object:
    return visible(value) if isinstance(value, str) else value


Word = Annotated[Text, BeforeValidator(_visible_if_text)]
"""A code, a unit or a word of a list: what nobody sees is no part of it."""

# --- numerals --------------------------------------------------------------------------------------------------------

_NUMERAL = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_LONGEST_NUMERAL = 400  # no number anybody means; decimals of a million digits overflow
_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED = re.compile(rf"({_NUMERAL.pattern})([万亿]?)")
_PERCENT = re.compile(rf"({_NUMERAL.pattern})([%‰])")
_SIGNS = str.maketrans(
    {"－": "-", "−": "-", "–": "-", "﹣": "-", "＋": "+", "。": ".", "，": ",", "％": "%", "¥": "", "￥": ""}
)

_APART = re.compile(r"[\d.,]\s+\d")  # a point after a blank begins no number: 20 .00
_GROUPED = re.compile(r"\D*\d{1,3}(?: \d{3})+(?:\.\d+)?\D*")  # 10 000, as documents print it


def _folded(text: str) -> str:
    """The text with plain signs and no blanks; nothing at all where blanks divide its digits but into thousands."""
    folded = visible(fold(clean(text))).translate(_SIGNS)
    return "" if _APART.search(folded) and not _GROUPED.fullmatch(folded) else re.sub(r"\s+", "", folded)


def is_divided(text: str) -> bool:
    """Whether blanks divide the digits of a text: two numbers in one cell, for all anybody can tell."""
    return _APART.search(clean(text)) is not None


def _decimal(numeral: str) -> Decimal | None:
    if len(numeral) > _LONGEST_NUMERAL:
        return None
    try:
        return Decimal(numeral.replace(",", ""))
    except InvalidOperation:  # digits of other scripts match \d and survive NFKC
        return None


def exact(number: float) -> Decimal:
    """The shortest decimal that stands for this float: what the person typed, up to 15 digits."""
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def read_number(text: str) -> Decimal | None:
    """The number this text says (full-width digits, thousands separators, 万/亿), or None; no percent sign."""
    match = _SCALED.fullmatch(_folded(text))
    number = _decimal(match[1]) if match else None
    return None if match is None or number is None else number * _SCALES[match[2]]


def read_share(text: str) -> Decimal | None:
    """The share (fraction of one) a text with a percent or permille sign says, or None."""
    match = _PERCENT.fullmatch(_folded(text))
    number = _decimal(match[1]) if match else None
    return None if match is None or number is None else number / (100 if match[2] == "%" else 1000)


# Units of money and the power of ten that turns them into 万元; the longest that fits is meant.
MONEY_UNITS = {"百万元": 2, "千元": -1, "万元": 0, "亿元": 4, "元": -4}
_STATED_UNITS = {**{unit: unit for unit in MONEY_UNITS}, "万": "万元", "亿": "亿元"}


def read_money(text: str, unit: str = "万元") -> Decimal | None:
    """The amount in 万元, or None; a unit in the text (元, 万, 万元, 亿元, …) wins over `unit`, that of its place."""
    folded = _folded(text)
    stated = next((written for written in _STATED_UNITS if folded.endswith(written)), None)
    if stated is not None:
        folded, unit = folded.removesuffix(stated), _STATED_UNITS[stated]
    number = _decimal(folded) if _NUMERAL.fullmatch(folded) else None
    return None if number is None else to_wan(number, unit)


def to_wan(number: Decimal, unit: str) -> Decimal:
    """An amount given in one of `MONEY_UNITS`, in 万元."""
    return number.scaleb(MONEY_UNITS[unit])


# --- number types ----------------------------------------------------------------------------------------------------

# Cells hold doubles: 15 significant digits are safe, so 9 digits before the point and 6 behind it come back as written.
LARGEST = Decimal(10) ** 9
PLACES = 6


def _plain(number: Decimal) -> Decimal:
    """One spelling per value (20.00 → 20, -0 → 0), so that equal models print alike."""
    return Decimal(0) if not number else number.normalize() if number.as_tuple().exponent else number


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValueError("not_finite")
    return _kept(number)


@lru_cache(maxsize=4096)  # figures recur, and equal ones give the same spelling
def _kept(number: Decimal) -> Decimal:
    if abs(number) >= LARGEST:
        raise ValueError("number_too_large")
    if round(number, PLACES) != number:
        raise ValueError("too_many_places")
    number = _plain(number)
    return number.quantize(Decimal(1)) if int(number.as_tuple().exponent) > 0 else number


def _exact_if_float(value: object) -> object:
    return exact(value) if isinstance(value, float) else value


Number = Annotated[Decimal, BeforeValidator(_exact_if_float), AfterValidator(_bounded)]
"""A decimal of at most 9 digits before and 6 behind the point."""

Money = Number
"""An amount in 万元 (6 places: down to the 分)."""

Share = Number
"""A fraction of one; 20 % is 0.2."""


def _number_or_words(value: object) -> object:
    if isinstance(value, str):
        words = close_lines(clean(value))
        number = read_number(words)
        return (words or None) if number is None else number
    return value


def _kind(value: object) -> str:
    return "words" if isinstance(value, str) else "nothing" if value is None else "figure"


Quantity = Annotated[
    Annotated[Number, Tag("figure")]
    | Annotated[str, AfterValidator(_no_longer_than_a_cell), Tag("words")]
    | Annotated[None, Tag("nothing")],
    Discriminator(_kind),  # decided before, so that a fault is reported once and not for every kind
    BeforeValidator(_number_or_words),
]
"""What stands where a number belongs: the number, or the words written instead, or nothing."""


_NUMBER: TypeAdapter[Decimal] = TypeAdapter(Number)


@lru_cache(maxsize=4096)  # figures recur
def _within_places(number: Decimal) -> bool:
    return int(number.as_tuple().exponent) >= -PLACES


def as_kept(number: Decimal) -> Decimal:
    """The number at the places the model keeps. Raises ValidationError where it is larger than the model takes."""
    if -LARGEST < number < LARGEST:
        if _within_places(number):
            return number
        number = number.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return number if abs(number) < LARGEST else _NUMBER.validate_python(number)


def cut(text: object, length: int = 40) -> str:
    """The beginning of a text, for a message."""
    words = str(text)
    return words if len(words) <= length else words[: length - 1] + "…"
