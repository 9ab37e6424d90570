"""Writes the rows of a list into a sheet that XlsxWriter drew with one blank row, which gives the styles.

XlsxWriter refuses tables in its constant-memory mode and otherwise keeps every cell in memory.
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
LINK_KEYS, FIRST_CELL = ("file", "sheet", "cell"), address(1, 1)
OPEN = "打开"  # the text of a link that names no cell

_STYLE = re.compile(r'<c r="[A-Z]+2" s="(\d+)"/>')
_FIRST_ROW, _ROW_END = '<row r="2"', "</row>"

Target = Callable[[str], str | None]
"""Gives the link target of a file by its name; None where there can be none."""


_inline = lru_cache(maxsize=1024)(inline_text)  # names and codes repeat on every row


class ListWriter:
    """Writes the part of one list sheet."""

    def __init__(self, sheet: ListSheet, drawn: str, target: Target) -> None:
        self._sheet = sheet
        self._target = target
        before, rest = drawn.split(_FIRST_ROW, 1)
        pattern, self._after = rest.split(_ROW_END, 1)
        letters = [column_letters(i) for i in range(1, len(sheet.columns) + 1)]
        self._columns = list(zip(letters, _STYLE.findall(pattern), strict=True))
        self._before = before.replace(f'<dimension ref="A1:{letters[-1]}2"/>', "")
        self._blank = _FIRST_ROW + pattern + _ROW_END
        self._indices = {column.key: i for i, column in enumerate(sheet.columns) if column.key in LINK_KEYS}
        self._relations: dict[str, str] = {}
        self._link_count = 0

    def write(self, rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> None:
        """Write the whole part; without rows the blank row stays, because a table needs one. Raises RowFault."""
        link, file = self._sheet.index(self._sheet.link), self._indices["file"]
        out.write(self._before.encode())
        number = 1
        links = []  # at most MOST_LINKS
        for row in rows:
            number += 1
            values = list(row)
            try:
                element = self._link(values, f"{self._columns[link][0]}{number}")
                if element:
                    values[link] = values[link] or OPEN
                    links.append(element)
                xml = self._row(number, values)
            except Exception as error:
                raise RowFault(str(row[file])) from error
            out.write(xml)
        if number == 1:
            out.write(self._blank.encode())
        # The schema wants links before the print options and after all else.
        data, printing, margins = self._after.partition("<printOptions")
        if not printing:
            data, printing, margins = self._after.partition("<pageMargins")
        out.write(data.encode())
        if links:
            out.write(f"<hyperlinks>{''.join(links)}</hyperlinks>".encode())
        out.write((printing + margins).encode())

    def relations(self, drawn: str) -> str:
        """The relationships of the part with those of its links; call after `write`."""
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
        """The hyperlink from this row to its cell in the source; "" where there is none."""
        if self._link_count >= columns.MOST_LINKS:
            return ""
        file, sheet, cell = (str(values[self._indices[key]] or "") if key in self._indices else "" for key in LINK_KEYS)
        target = self._target(file) if file else None
        if target is None or len(target) > LONGEST_TARGET:
            return ""
        self._link_count += 1
        key = self._relations.setdefault(target, f"link{len(self._relations)}")
        reference = attribute(f"{quoted_title(sheet)}!{cell or FIRST_CELL}") if sheet else ""
        location = f' location="{reference}"' if reference else ""
        return f'<hyperlink ref="{at}" r:id="{key}"{location}/>'
