"""How a sheet shows its numbers, by the number formats of its styles.

Spreadsheets turn what is typed into numbers of their own accord (95% into 0.95, 5-60 into a day of May 1960), and
formats add units and scales. Only the format tells what a person saw. Knows no slots and no units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from xlperf.ooxml.format_codes import LONGEST_CODE, Section, Shown, sections_of, shown_by
from xlperf.ooxml.xml import begun, whole_number

LARGEST_KNOWN = 2**18  # bytes of a style sheet worth remembering; ours have 16,000
# Formats without a code of their own (ECMA-376 §18.8.30, the East Asian ones included); the rest show plain numbers.
_DAY, _DAY_AND_TIME, _TIME, _ELAPSED = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm:ss", "[h]:mm:ss"
_BUILT_IN: dict[int | None, str] = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58), _DAY),
    22: _DAY_AND_TIME,
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), _TIME),
    46: _ELAPSED,
    **dict.fromkeys((9, 10), "0%"),
}
_ELEMENTS = frozenset(("numFmt", "xf", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))

Sections = tuple[Section, ...]
"""The sections of a number format; none where it shows every number as the number it is."""


class Formats:
    """How the numbers of one sheet are shown; the styles of the workbook are read when they are first needed."""

    def __init__(self, styles: Mapping[str, str], codes: Callable[[], list[str]], date1904: bool) -> None:
        self._styles, self._codes, self._date1904 = styles, codes, date1904
        self._known: dict[str, Sections] = {}

    def shown(self, cell: str, number: Decimal) -> Shown | None:
        """What this cell shows instead of its number; None where that is the number itself."""
        style = self._styles.get(cell, "0")
        sections = self._known.get(style)
        if sections is None:
            index, codes = whole_number(style), self._codes()
            sections = self._known[style] = (
                sections_of(codes[index]) if index is not None and index < len(codes) else ()
            )
        return shown_by(sections, number, self._date1904) if sections else None


def codes_by_style(xml: bytes, part: str) -> list[str]:
    """The number format of each cell style, by index."""
    return (_known_codes if len(xml) < LARGEST_KNOWN else _codes)(xml, part)


def _codes(xml: bytes, part: str) -> list[str]:
    custom: dict[int | None, str] = {}
    codes: list[str] = []
    in_cell_styles = False
    for name, attributes in begun(xml, part, _ELEMENTS):
        if name == "numFmt":
            custom[whole_number(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")[:LONGEST_CODE]
        elif name != "xf":
            in_cell_styles = name == "cellXfs"
        elif in_cell_styles:
            number_format = whole_number(attributes.get("numFmtId", "0"))
            codes.append(custom.get(number_format, _BUILT_IN.get(number_format, "General")))
    return codes


_known_codes = lru_cache(maxsize=16)(_codes)  # the workbooks of one run mostly share their styles
