"""Spells rows and hyperlinks of a worksheet. Rows come in hundreds of thousands, so what cells hold is spelled once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from xlperf.ooxml.a1 import column_letters
from xlperf.ooxml.dates import serial
from xlperf.ooxml.serialise import attribute, inline_text

Value = Decimal | int | str | dt.date | None

MOST_KEPT, LONGEST_KEPT = 4096, 512  # values, and bytes of one


class RowWriter:
    """Writes rows whose columns, from A on, have these styles."""

    def __init__(self, styles: Iterable[str]) -> None:
        cells = "".join(f'<c r="{column_letters(i)}#" s="{style}"%b' for i, style in enumerate(styles, start=1))
        self._pattern = f'<row r="#">{cells}</row>'.encode()
        self._endings = _Endings()

    def row(self, number: int, values: Iterable[Value]) -> bytes:
        """The row of this number, with a value for each column."""
        return self._pattern.replace(b"#", b"%d" % number) % tuple(map(self._endings.__getitem__, values))


class _Endings(dict[Value, bytes]):
    """How a cell's element goes on behind its style, by the value; names, codes and amounts repeat on every row."""

    def __missing__(self, value: Value) -> bytes:
        if isinstance(value, str):
            xml = f' t="inlineStr">{inline_text(value)}</c>' if value else "/>"
        elif value is None:
            xml = "/>"
        else:
            number = serial(value) if isinstance(value, dt.date) else float(value) or 0  # 0 and -0 are one key
            xml = f"><v>{number:.15g}</v></c>"
        ending = xml.encode()
        if len(ending) <= LONGEST_KEPT:
            if len(self) == MOST_KEPT:
                self.clear()
            self[value] = ending
        return ending


def hyperlink_xml(at: str, location: str, key: str = "") -> str:
    """The link of a cell to a place in this workbook, or in the file of the relationship `key` ("": as a whole)."""
    relation = f' r:id="{key}"' if key else ""
    place = f' location="{attribute(location)}"' if location else ""
    return f'<hyperlink ref="{at}"{relation}{place}/>'
