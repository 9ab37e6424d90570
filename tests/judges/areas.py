"""Cells and ranges as rectangles. Knows the size of a sheet; knows nothing of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LAST_COLUMN, LAST_ROW = 16_384, 1_048_576

_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d*)")
_COLUMNS = re.compile(r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")
_ROWS = re.compile(r"\$?([1-9]\d*):\$?([1-9]\d*)")


class Area(NamedTuple):
    """A rectangle of cells, both corners included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def single(self) -> bool:
        return self.left == self.right and self.top == self.bottom

    def touches(self, other: Area) -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def holds(self, other: Area) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def area(reference: str | None) -> Area | None:
    """`A1`, `A1:B2`, `A:B` or `1:2` as an area, absolute or not; None where it is none or leaves the sheet."""
    text = reference or ""
    if match := _COLUMNS.fullmatch(text):
        rectangle = Area(column_number(match[1]), 1, column_number(match[2]), LAST_ROW)
    elif match := _ROWS.fullmatch(text):
        rectangle = Area(1, int(match[1]), LAST_COLUMN, int(match[2]))
    else:
        corners = [_CORNER.fullmatch(corner) for corner in text.split(":")]
        if len(corners) > 2 or corners[0] is None or corners[-1] is None:
            return None
        first, last = corners[0], corners[-1]
        rectangle = Area(column_number(first[1]), int(first[2]), column_number(last[1]), int(last[2]))
    inside = rectangle.left <= rectangle.right <= LAST_COLUMN and rectangle.top <= rectangle.bottom <= LAST_ROW
    return rectangle if inside else None


def areas(references: str | None) -> list[Area | None]:
    """The areas of a list of references separated by spaces; empty where there is none."""
    return [area(reference) for reference in (references or "").split()]


def overlaps(named: Iterable[tuple[str, Area]]) -> Iterator[tuple[str, str]]:
    """The pairs of names whose areas share a cell."""
    open_areas: list[tuple[str, Area]] = []
    for name, place in sorted(named, key=lambda pair: pair[1].top):
        open_areas = [pair for pair in open_areas if pair[1].bottom >= place.top]
        for other, taken in open_areas:
            if place.touches(taken):
                yield other, name
        open_areas.append((name, place))
