"""Addresses in A1 text: rows and columns are counted from 1."""

from __future__ import annotations

import re
from functools import lru_cache

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Area = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column."""


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """1-based row and column as A1 text."""
    return f"{column_letters(column)}{row}"


def position(ref: str) -> tuple[int, int] | None:
    """Row and column of an address, 1-based; None where it is none."""
    match = _REFERENCE.fullmatch(ref)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def area_of(reference: str) -> Area | None:
    """The corners of a range, absolute or not; None where it is none."""
    first, _, last = reference.replace("$", "").partition(":")
    top, bottom = position(first), position(last or first)
    return (*top, *bottom) if top and bottom else None


def quoted_title(title: str) -> str:
    """A sheet title as formulas write it."""
    return "'" + title.replace("'", "''") + "'"
