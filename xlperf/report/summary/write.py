"""The summary workbook: drawn by XlsxWriter without its rows, which then stream into the package."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.consolidate import columns
from xlperf.consolidate.columns import LISTS, WORDS, ListSheet
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.sources import KIND, SUMMARY
from xlperf.files import temporary_disk
from xlperf.form import Cell
from xlperf.form.looks import FONT
from xlperf.ooxml.a1 import column_letters
from xlperf.ooxml.relationships import list_of
from xlperf.ooxml.zip_out import MOMENT, ZipOut, parts_of
from xlperf.report.summary.formats import Paint
from xlperf.report.summary.list_rows import ListStream
from xlperf.report.summary.overview import draw_overview

COMPRESSION = 4
IN_MEMORY = 2**24  # bytes of a list; a larger one goes to disk
CREATED = dt.datetime(*MOMENT)
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    # Column widths count digits of this font, which every Chinese PC has; so the page comes out alike.
    "default_format_properties": {"font_name": FONT, "font_size": 11},
}
FIRST_LIST = 2  # sheet1.xml is the overview
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches


def write_summary(consolidation: Consolidation, target: Path, out: BinaryIO) -> None:
    """Write the workbook to `out`; links are relative to where `target` lies. The same lines give the same bytes."""
    parts = parts_of(_drawn(consolidation))
    link_to = _links(consolidation, target)
    with ZipOut(out, COMPRESSION) as package:
        for number, sheet in enumerate(LISTS, start=FIRST_LIST):
            table = f"xl/tables/table{number - FIRST_LIST + 1}.xml"
            parts[table] = _stretched(parts[table].decode(), sheet, _last_row(sheet, consolidation)).encode()
            part = f"xl/worksheets/sheet{number}.xml"
            stream = ListStream(sheet, parts.pop(part).decode(), link_to)
            _write_list(stream, islice(consolidation.rows(sheet), columns.MOST_ROWS), part, package)
            parts[list_of(part)] = stream.relations(parts[list_of(part)].decode()).encode()
        for name, content in parts.items():
            package.add(name, content)


def _write_list(stream: ListStream, rows: Iterable[Sequence[Cell]], part: str, package: ZipOut) -> None:
    """One list into the package, by way of a temporary file."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as xml:
        with temporary_disk():
            stream.write(rows, xml)
            size = xml.tell()
            xml.seek(0)
        package.add_file(part, xml, size)


def _last_row(sheet: ListSheet, consolidation: Consolidation) -> int:
    """The last row of a list, its heading being row 1; a table has at least one row."""
    return 1 + max(1, min(consolidation.count(sheet), columns.MOST_ROWS))


def _stretched(table: str, sheet: ListSheet, last: int) -> str:
    """The table part drawn over two rows, over all of them: XlsxWriter would remember every cell of a larger one."""
    right = column_letters(len(sheet.columns))
    return table.replace(f'ref="A1:{right}2"', f'ref="A1:{right}{last}"')


def _drawn(consolidation: Consolidation) -> bytes:
    """Every sheet with its table, print set-up and colours, the lists without rows."""
    out = io.BytesIO()
    with Workbook(out, deepcopy(OPTIONS)) as book:  # XlsxWriter writes into its options
        book.set_properties({"title": "部门预算绩效汇总", "created": CREATED})
        book.set_custom_property(KIND, SUMMARY)
        paint = Paint(book)
        draw_overview(book.add_worksheet("总览"), book, paint, consolidation)
        for sheet in LISTS:
            _draw_list(book.add_worksheet(sheet.title), paint, sheet, _last_row(sheet, consolidation) - 1)
    return out.getvalue()


def _draw_list(to: Worksheet, paint: Paint, sheet: ListSheet, last: int) -> None:
    """The table with its blank first row, which is the pattern of all others down to row `last`, from 0."""
    right = len(sheet.columns) - 1
    head = paint.look("head")
    headings = [{"header": column.heading, "header_format": head} for column in sheet.columns]
    to.add_table(0, 0, 1, right, {"name": sheet.table, "columns": headings, "style": None})
    to.set_row(0, 28)
    for i, column in enumerate(sheet.columns):
        to.set_column(i, i, column.width)
        to.write_blank(1, i, None, paint.kind(column.kind, column.key == sheet.link))
        for word, (look, mark) in WORDS.get(column.key, {}).items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": paint.tint(look, mark)}
            to.conditional_format(1, i, last, i, rule)
    to.freeze_panes(1, 0)
    to.hide_gridlines(2)
    to.set_landscape()
    to.set_paper(sheet.paper)
    to.set_margins(**MARGINS)
    to.fit_to_pages(1, 0)
    to.print_area(0, 0, last, sheet.place(sheet.printed) if sheet.printed else right)
    to.repeat_rows(0)
    to.set_header(f"&C&14{sheet.title}&R{sheet.note}")
    to.set_footer("&C第 &P 页，共 &N 页")


def _links(consolidation: Consolidation, target: Path) -> Callable[[str], str | None]:
    """From a file as shown to the target of a relationship: relative to the summary, escaped as Excel does it."""
    folder = os.path.abspath(target.parent)
    paths = {file.shown: file.path for file in consolidation.files}
    known: dict[str, str | None] = {}

    def link_to(shown: str) -> str | None:
        if shown not in known:
            known[shown] = _relative(paths[shown], folder) if shown in paths else None
        return known[shown]

    return link_to


# Excel leaves other letters than these as they are; lone surrogates are bytes of a name that is no UTF-8.
_ESCAPED = re.compile(r"[\x00-\x20\"#%<>\[\\\]^`{|}:?\x7f\ud800-\udfff]")


def _relative(path: Path, folder: str) -> str:
    full = os.path.abspath(path)
    try:
        shown, start = Path(os.path.relpath(full, folder)).as_posix(), ""
    except ValueError:  # on another drive
        shown, start = Path(full).as_posix(), "file:///"
    return start + _ESCAPED.sub(lambda match: quote(os.fsencode(match[0]), safe=":" if start else ""), shown)
