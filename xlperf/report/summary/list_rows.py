"""Rows into a drawn list sheet: its blank first row is the pattern, and every row is written as it passes.

XlsxWriter refuses tables in its constant-memory mode and keeps every cell otherwise; it draws, this fills.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import IO

from xlperf.consolidate import columns
from xlperf.consolidate.columns import ListSheet
from xlperf.consolidate.records import RowFault
from xlperf.form import Cell
from xlperf.ooxml.a1 import address, column_letters, quoted_title
from xlperf.ooxml.dates import serial
from xlperf.ooxml.relationships import relationship_xml
from xlperf.ooxml.serialise import attribute, inline_text

LONGEST_TARGET = 2_080
PLACE, FIRST_CELL = ("file", "sheet", "cell"), address(1, 1)
OPEN = "打开"  # the text of a link to no cell in particular

_STYLE = re.compile(r'<c r="[A-Z]+2" s="(\d+)"/>')
_FIRST_ROW, _ROW_END = '<row r="2"', "</row>"

Target = Callable[[str], str | None]
"""From a file as shown to the target of a link to it; None where there can be none."""


_inline = lru_cache(maxsize=1024)(inline_text)  # names and codes come again on every row


class ListStream:
    """One list sheet on its way into the package."""

    def __init__(self, sheet: ListSheet, drawn: str, target: Target) -> None:
        self._sheet = sheet
        self._target = target
        before, rest = drawn.split(_FIRST_ROW, 1)
        pattern, self._after = rest.split(_ROW_END, 1)
        letters = [column_letters(i) for i in range(1, len(sheet.columns) + 1)]
        self._columns = list(zip(letters, _STYLE.findall(pattern), strict=True))
        self._before = before.replace(f'<dimension ref="A1:{letters[-1]}2"/>', "")
        self._blank = _FIRST_ROW + pattern + _ROW_END
        self._places = {column.key: i for i, column in enumerate(sheet.columns) if column.key in PLACE}
        self._relations: dict[str, str] = {}
        self._linked = 0

    def write(self, rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> None:
        """The whole part; the blank row stands when there is no other, as a table needs one. Raises RowFault."""
        link, file = self._sheet.place(self._sheet.link), self._places["file"]
        out.write(self._before.encode())
        number = 1
        links = []  # MOST_LINKS of them at most
        for row in rows:
            number += 1
            values = list(row)
            try:
                element = self._link(values, f"{self._columns[link][0]}{number}")
                if element:
                    values[link] = values[link] or OPEN
                    links.append(element)
                made = self._row(number, values)
            except Exception as error:
                raise RowFault(str(row[file])) from error
            out.write(made)
        if number == 1:
            out.write(self._blank.encode())
        # In the order the schema wants: links come after everything but what is about print.
        data, printing, margins = self._after.partition("<printOptions")
        if not printing:
            data, printing, margins = self._after.partition("<pageMargins")
        out.write(data.encode())
        if links:
            out.write(f"<hyperlinks>{''.join(links)}</hyperlinks>".encode())
        out.write((printing + margins).encode())

    def relations(self, drawn: str) -> str:
        """The relationships of the part, those of its links added; to be asked after writing."""
        links = "".join(
            relationship_xml(key, "hyperlink", target, outside=True) for target, key in self._relations.items()
        )
        return drawn.replace("</Relationships>", links + "</Relationships>")

    def _row(self, number: int, values: Sequence[Cell]) -> bytes:
        cells = []
        for (letters, style), value in zip(self._columns, values, strict=True):
            at = f'<c r="{letters}{number}" s="{style}"'
            if value is None or value == "":
                cells.append(f"{at}/>")
            elif isinstance(value, str):
                cells.append(f'{at} t="inlineStr">{_inline(value)}</c>')
            else:
                number_text = serial(value) if isinstance(value, dt.date) else f"{float(value):.15g}"
                cells.append(f"{at}><v>{number_text}</v></c>")
        return f'<row r="{number}">{"".join(cells)}</row>'.encode()

    def _link(self, values: Sequence[Cell], at: str) -> str:
        """The hyperlink from this row to the place in the file it speaks of, or nothing."""
        if self._linked >= columns.MOST_LINKS:
            return ""
        file, sheet, cell = (str(values[self._places[key]] or "") if key in self._places else "" for key in PLACE)
        target = self._target(file) if file else None
        if target is None or len(target) > LONGEST_TARGET:
            return ""
        self._linked += 1
        key = self._relations.setdefault(target, f"link{len(self._relations)}")
        place = attribute(f"{quoted_title(sheet)}!{cell or FIRST_CELL}") if sheet else ""
        location = f' location="{place}"' if place else ""
        return f'<hyperlink ref="{at}" r:id="{key}"{location}/>'
