"""The project code and its check character (domain.md §4)."""

from __future__ import annotations

from xlperf.measure.normal import word
from xlperf.measure.ranges import tabular
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import (
    BLANK,
    CODE_CHARACTER,
    CODE_LENGTH,
    CODE_MISMATCH,
    CODE_UNCHECKED,
    CODE_VALID,
)

if TYPE_CHECKING:
    from typing import Iterable

LENGTH = 21
REGION_LENGTH = 6
YEAR = slice(6, 8)
TYPE_POSITION = 9
CHECKED_TYPE = "P"

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
MODULUS = 31
CHECKSUM = 30

# 3^i mod 31 for the first twenty characters; the check character itself counts once.
WEIGHTS = (*(pow(3, position, MODULUS) for position in range(LENGTH - 1)), 1)

_UPPER = {ord(lower): lower.upper() for lower in "abcdefghijklmnopqrstuvwxyz"}


def check_character(first_twenty: str) -> str:
    """The 21st character of a P code; ValueError for anything but twenty characters of the alphabet."""
    characters = first_twenty.translate(_UPPER)
    if len(characters) != LENGTH - 1:
        raise ValueError("a check character is computed from twenty characters")
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(characters, WEIGHTS))
    return ALPHABET[(CHECKSUM - total) % MODULUS]


def region(code: str) -> str:
    """The six digits of the administrative region; "" for a code that is not 21 characters long."""
    characters = word(code).translate(_UPPER)
    return characters[:REGION_LENGTH] if len(characters) == LENGTH else ""


def code_year(code: str) -> int:
    """The budget year a code was given in; 0 for a code that is not 21 characters long or has no digits there."""
    digits = word(code)[YEAR] if region(code) else ""
    return 2000 + int(digits) if digits.isdecimal() else 0


def common_year(codes: Iterable[str]) -> int:
    """The budget year on which all codes of 21 characters agree; 0 where there is none."""
    years = {code_year(code) for code in codes if region(code)}
    return years.pop() if len(years) == 1 else 0


@tabular("code")
def check_code(code: object) -> str:
    """有效, 校验位不符, 应为21位, 含非法字符, or 类型无校验位 (not a P code); "" for a blank. Case does not matter."""
    characters = word(code).translate(_UPPER)
    if characters == BLANK:
        return BLANK
    if len(characters) != LENGTH:
        return CODE_LENGTH
    if characters[TYPE_POSITION - 1] != CHECKED_TYPE:
        return CODE_UNCHECKED
    if any(character not in ALPHABET for character in characters):
        return CODE_CHARACTER
    return CODE_VALID if check_character(characters[:-1]) == characters[-1] else CODE_MISMATCH
