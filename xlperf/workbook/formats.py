"""What a number looks like on the sheet: a date, a percentage, or a plain number.

Spreadsheets turn what is typed into numbers of their own accord (95% into 0.95, 12-31 into a serial number); only the
number format tells.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from xlperf.workbook.dates import from_serial
from xlperf.workbook.xml import elements

# Formats without a code of their own (ECMA-376 §18.8.30, the East Asian ones included).
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENTS = frozenset((9, 10))
LONGEST_INDEX = 10  # digits
_NOT_SHOWN_BY_VALUE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')  # literals, padding, colours and locales


class Look(StrEnum):
    """How a number is shown."""

    PLAIN = "plain"
    DATE = "date"
    PERCENT = "percent"


class Formats:
    """How the numbers of one sheet are shown; the styles of the book are looked at when first asked for."""

    def __init__(self, styles: Mapping[str, str], looks: Callable[[], list[Look]], date1904: bool) -> None:
        self._styles, self._looks, self._date1904 = styles, looks, date1904
        self._known: dict[str, Look] = {}

    def day(self, cell: str, number: Decimal) -> dt.date | None:
        """The day this number is shown as, None if it is shown as anything else."""
        return from_serial(number, self._date1904) if self._look(cell) is Look.DATE else None

    def is_percent(self, cell: str) -> bool:
        """Whether the number in this cell is shown as a percentage."""
        return self._look(cell) is Look.PERCENT

    def _look(self, cell: str) -> Look:
        style = self._styles.get(cell, "0")
        look = self._known.get(style)
        if look is None:
            index, looks = _index(style), self._looks()
            look = self._known[style] = looks[index] if 0 <= index < len(looks) else Look.PLAIN
        return look


@lru_cache(maxsize=16)  # the workbooks of one run mostly share their styles
def looks_by_style(xml: bytes, part: str) -> list[Look]:
    """How numbers of each cell style look, by index."""
    codes: dict[int, str] = {}
    looks: list[Look] = []
    in_cell_styles = False
    for name, attributes, _ in elements(xml, part):
        if name == "numFmt":
            codes[_index(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            in_cell_styles = name == "cellXfs"
        elif name == "xf" and in_cell_styles:
            number_format = _index(attributes.get("numFmtId", "0"))
            looks.append(_look(number_format, codes.get(number_format)))
    return looks


def _index(text: str) -> int:
    """The number an attribute says, -1 where it says none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_INDEX else -1


def _look(number_format: int, code: str | None) -> Look:
    if code is None:
        if number_format in _DATES:
            return Look.DATE
        return Look.PERCENT if number_format in _PERCENTS else Look.PLAIN
    shown = _NOT_SHOWN_BY_VALUE.sub("", code).lower()
    if "%" in shown:
        return Look.PERCENT
    return Look.DATE if re.search(r"[ymdhs]", shown.replace("general", "")) else Look.PLAIN
