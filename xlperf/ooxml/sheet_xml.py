"""Spells rows and hyperlinks of a worksheet. Rows come in hundreds of thousands, so what cells hold is spelled once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import getitem
from typing import Any

from xlperf.ooxml.a1 import column_letters
from xlperf.ooxml.dates import serial
from xlperf.ooxml.serialise import attribute, inline_text

Value = Decimal | int | str | dt.date | None
Restore = Callable[[Any], Value]

MOST_KEPT, LONGEST_KEPT = 4096, 512  # values, and bytes of one


class RowWriter:
    """Writes rows whose columns, from A on, have these styles.

    `restore` gives, by column, the value that something stored stands for; a float stands for itself.
    """

    def __init__(self, styles: Iterable[str], restore: Sequence[Restore]) -> None:
        cells = "".join(f'<c r="{column_letters(i)}#" s="{style}"%b' for i, style in enumerate(styles, start=1))
        self._pattern = f'<row r="#">{cells}</row>'.encode()
        of_kind = {each: _Endings(each) for each in restore}
        self._endings = [of_kind[each] for each in restore]

    def row(self, number: int, stored: Sequence[Any]) -> bytes:
        """The row of this number, with a value for each column."""
        return self._pattern.replace(b"#", b"%d" % number) % tuple(map(getitem, self._endings, stored))


class _Endings(dict[Any, bytes]):
    """How a cell's element goes on behind its style, by what is stored; names, codes and amounts repeat."""

    def __init__(self, restore: Restore) -> None:
        self._restore = restore

    def __missing__(self, stored: Any) -> bytes:
        value = stored if isinstance(stored, float) else self._restore(stored)
        if isinstance(value, str):
            ending = f' t="inlineStr">{inline_text(value)}</c>'.encode() if value else b"/>"
        elif value is None:
            ending = b"/>"
        else:
            number = serial(value) if isinstance(value, dt.date) else float(value) or 0  # 0 and -0 are one key
            ending = b"><v>%.15g</v></c>" % number
        if len(ending) <= LONGEST_KEPT:
            if len(self) == MOST_KEPT:
                self.clear()
            self[stored] = ending
        return ending


def hyperlink_xml(at: str, location: str, key: str = "") -> str:
    """The link of a cell to a place in this workbook, or in the file of the relationship `key` ("": as a whole)."""
    relation = f' r:id="{key}"' if key else ""
    place = f' location="{attribute(location)}"' if location else ""
    return f'<hyperlink ref="{at}"{relation}{place}/>'
