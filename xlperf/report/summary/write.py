"""Writes the summary workbook: XlsxWriter draws it without list rows, which are then streamed into the package."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.consolidate import columns
from xlperf.consolidate.columns import ListSheet
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.sources import KIND, SUMMARY
from xlperf.ooxml.a1 import column_letters
from xlperf.ooxml.relationships import list_of, relationships_xml
from xlperf.ooxml.zip_out import ZipOut, parts_of
from xlperf.report.summary.charts import SHEET
from xlperf.report.summary.department_table import draw_department_table, groups_of
from xlperf.report.summary.formats import FormatCache
from xlperf.report.summary.head import units
from xlperf.report.summary.list_rows import ListWriter
from xlperf.report.summary.overview import draw_overview, title_of
from xlperf.report.summary.sentence import sentence
from xlperf.report.xlsx import CREATED, OPTIONS, set_up_page

COMPRESSION = 3  # 4 packs 1 % tighter and takes a third longer
FIRST_LIST = 2  # sheet1.xml is the overview
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
NARROW = dict.fromkeys(MARGINS, 0.3)


def write_summary(consolidation: Consolidation, target: Path, out: BinaryIO) -> None:
    """Write the workbook to `out`, with links relative to `target`. The same records give the same bytes."""
    parts = parts_of(_drawn(consolidation))
    link_to, tables = _links(consolidation, target), 0
    with ZipOut(out, COMPRESSION) as package:
        for number, sheet in enumerate(consolidation.lists, start=FIRST_LIST):
            if sheet.table:
                tables += 1
                table = f"xl/tables/table{tables}.xml"
                parts[table] = _stretched(parts[table].decode(), sheet, _last_row(sheet, consolidation)).encode()
            part = f"xl/worksheets/sheet{number}.xml"
            restore, rows = consolidation.rows(sheet)
            writer = ListWriter(sheet, parts.pop(part).decode(), link_to, restore)
            with package.stream(part) as xml:
                writer.write(islice(rows, columns.MOST_ROWS), xml)
            drawn = parts.pop(list_of(part), relationships_xml(()))  # a sheet without a table has none
            parts[list_of(part)] = writer.relations(drawn.decode()).encode()
        for name, content in parts.items():
            package.add(name, content)


def _last_row(sheet: ListSheet, consolidation: Consolidation) -> int:
    """The last row of a list; a table has at least one row below its heading."""
    return sheet.above + max(1, min(consolidation.count(sheet), columns.MOST_ROWS))


def _stretched(table: str, sheet: ListSheet, last: int) -> str:
    """Stretch the table, drawn over two rows, to all rows: XlsxWriter keeps every cell of a table in memory."""
    right = column_letters(len(sheet.columns))
    return table.replace(f'ref="A1:{right}2"', f'ref="A1:{right}{last}"')


def _drawn(consolidation: Consolidation) -> bytes:
    """The workbook as XlsxWriter draws it: tables, print set-up and colours, lists without rows."""
    out = io.BytesIO()
    with Workbook(out, deepcopy(OPTIONS)) as book:  # XlsxWriter writes into its options
        said = sentence(consolidation)
        book.set_properties(_properties(consolidation, said))
        book.set_custom_property(KIND, SUMMARY)
        formats = FormatCache(book)
        draw_overview(book.add_worksheet(SHEET), book, formats, consolidation, said)
        for sheet in consolidation.lists:
            to, last = book.add_worksheet(sheet.title), _last_row(sheet, consolidation) - 1
            if sheet.table:
                _draw_table(to, formats, sheet)
            else:
                draw_department_table(to, formats, sheet, last, consolidation)
            _draw_list(to, formats, sheet, last)
    return out.getvalue()


def _properties(consolidation: Consolidation, said: str) -> dict[str, object]:
    """What the file manager shows of the file."""
    year = f"{consolidation.year}年度" if consolidation.year else ""
    return {
        "title": title_of(consolidation),
        "subject": f"{year}{consolidation.period or '预算绩效'}",
        "author": "xlperf",
        "company": units(consolidation),
        "category": "部门预算绩效管理",
        "keywords": "，".join(filter(None, ("预算绩效", "汇总", year, consolidation.period))),
        "comments": said,
        "created": CREATED,
    }


def _draw_table(to: Worksheet, formats: FormatCache, sheet: ListSheet) -> None:
    """Draw the headings as those of a table of one row."""
    head = formats.style("head")
    headings = [{"header": column.heading, "header_format": head} for column in sheet.columns]
    to.add_table(0, 0, 1, len(headings) - 1, {"name": sheet.table, "columns": headings, "style": None})
    to.set_row(0, 28)


def _draw_list(to: Worksheet, formats: FormatCache, sheet: ListSheet, last: int) -> None:
    """Draw a blank first row, whose styles all rows down to `last` (from 0) get, and how they are shown and printed."""
    first, right = sheet.above, len(sheet.columns) - 1
    for i, column in enumerate(sheet.columns):
        to.set_column(i, i, column.width)
        to.write_blank(first, i, None, formats.kind(column.kind, column.key == sheet.link, sheet.size))
        formats.tint_words(to, column.key, first, i, last, i)
    to.freeze_panes(first, 0)
    set_up_page(to, sheet.paper, **(MARGINS if sheet.table else NARROW))
    to.print_area(0, 0, last, sheet.index(sheet.printed) if sheet.printed else right)
    to.repeat_rows(first - 1 if sheet.table else groups_of(sheet), first - 1)
    to.set_header(f"&C&14{sheet.title}&R{sheet.note}" if sheet.table else "")


def _links(consolidation: Consolidation, target: Path) -> Callable[[str], str | None]:
    """Gives the relationship target of a file by its name: relative to the summary, escaped as Excel does it."""
    folder = os.path.abspath(target.parent)
    paths = {file.name: file.path for file in consolidation.files}
    return cache(lambda name: _relative(paths[name], folder) if name in paths else None)


# The characters Excel escapes; lone surrogates are bytes of a file name that is not UTF-8.
_ESCAPED = re.compile(r"[\x00-\x20\"#%<>\[\\\]^`{|}:?\x7f\ud800-\udfff]")


def _relative(path: Path, folder: str) -> str:
    full = os.path.abspath(path)
    try:
        target, start = Path(os.path.relpath(full, folder)).as_posix(), ""
    except ValueError:  # on another drive
        target, start = Path(full).as_posix(), "file:///"
    return start + _ESCAPED.sub(lambda match: quote(os.fsencode(match[0]), safe=":" if start else ""), target)
