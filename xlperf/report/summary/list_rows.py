"""Writes the rows of a list into a sheet that XlsxWriter drew with one blank row below the heads, for the styles.

XlsxWriter refuses tables in its constant-memory mode and otherwise keeps every cell in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

from xlperf.consolidate import columns
from xlperf.consolidate.columns import ListSheet
from xlperf.consolidate.records import RowFault
from xlperf.ooxml.a1 import address, column_letters, quoted_title
from xlperf.ooxml.relationships import relationship_xml
from xlperf.ooxml.sheet_xml import Restore, RowWriter, hyperlink_xml

LONGEST_TARGET = 2_080
LINK_KEYS, FIRST_CELL = ("file", "sheet", "cell"), address(1, 1)
OPEN = "打开"  # the text of a link that names no cell

_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')
_ROW_END = "</row>"

Target = Callable[[str], str | None]
"""Gives the link target of a file by its name; None where there can be none."""


class ListWriter:
    """Writes the part of one list sheet."""

    def __init__(self, sheet: ListSheet, drawn: str, target: Target, restore: Sequence[Restore]) -> None:
        self._sheet = sheet
        self._target = target
        self._restore = restore
        self._first = sheet.above + 1
        first_row = f'<row r="{self._first}"'
        before, rest = drawn.split(first_row, 1)
        pattern, self._after = rest.split(_ROW_END, 1)
        drawn_to = f"{column_letters(len(sheet.columns))}{self._first}"
        self._before = before.replace(f'<dimension ref="A1:{drawn_to}"/>', "")
        self._blank = first_row + pattern + _ROW_END
        self._rows = RowWriter(_STYLE.findall(pattern), restore)
        keys = [column.key for column in sheet.columns]
        self._place = [keys.index(key) if key in keys else None for key in LINK_KEYS]
        self._relations: dict[str, str] = {}

    def write(self, rows: Iterable[Sequence[Any]], out: IO[bytes]) -> None:
        """Write the whole part; without rows the blank row stays, because a table needs one. Raises RowFault."""
        link, file = map(self._sheet.index, (self._sheet.link, "file"))
        letters = column_letters(link + 1)
        out.write(self._before.encode())
        number = self._first - 1
        links: list[str] = []
        for number, row in enumerate(rows, start=self._first):
            try:
                if len(links) < columns.MOST_LINKS and (element := self._link(row, f"{letters}{number}")):
                    links.append(element)
                    row = row if row[link] else [*row[:link], OPEN, *row[link + 1 :]]
                xml = self._rows.row(number, row)
            except Exception as error:
                raise RowFault(self._text(row, file)) from error
            out.write(xml)
        if number < self._first:
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

    def _text(self, row: Sequence[Any], column: int | None) -> str:
        return "" if column is None else str(self._restore[column](row[column]) or "")

    def _link(self, row: Sequence[Any], at: str) -> str:
        """The hyperlink from this row to its cell in the source; "" where there is none."""
        file, sheet, cell = [self._text(row, column) for column in self._place]
        target = self._target(file) if file else None
        if target is None or len(target) > LONGEST_TARGET:
            return ""
        key = self._relations.setdefault(target, f"link{len(self._relations)}")
        return hyperlink_xml(at, f"{quoted_title(sheet)}!{cell or FIRST_CELL}" if sheet else "", key)
