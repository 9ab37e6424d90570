"""Draws a sheet from top to bottom on a grid of narrow columns: spans, lines, sections. Knows no figure and no text."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from xlperf.consolidate.columns import A4
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number
from xlperf.model.text import close_lines, cut_to_cell
from xlperf.ooxml.a1 import column_letters
from xlperf.report.summary.formats import FormatCache
from xlperf.report.xlsx import set_up_page
from xlperf.workbook.write.fill import LARGEST_HEIGHT, LINE_HEIGHT, lines

COLUMNS, WIDTH = 24, 6.3


def absolute(row: int, column: int) -> str:
    """The absolute address of a cell; row and column count from 0."""
    return f"${column_letters(column + 1)}${row + 1}"


class Canvas:
    """Draws at `row`, the next free row. A canvas that is not `live` writes values instead of formulas."""

    def __init__(self, sheet: Worksheet, formats: FormatCache, live: bool) -> None:
        self.sheet, self.formats, self.live = sheet, formats, live
        self.row = 0
        sheet.set_column(0, COLUMNS - 1, WIDTH)
        set_up_page(sheet, A4, left=0.4, right=0.4, top=0.4, bottom=0.5)
        sheet.center_horizontally()

    def put(self, row: int, column: int, span: int, style: str, value: Cell, formula: str = "") -> str:
        """Write a value, or a formula with its result, over `span` columns; return its address."""
        cell_format = self.formats.style(style)
        if span > 1:
            self.sheet.merge_range(row, column, row, column + span - 1, "", cell_format)
        if formula and self.live:
            result = float(value) if is_number(value) else value or ""
            self.sheet.write_formula(row, column, f"={formula}", cell_format, result)
        elif is_number(value):
            self.sheet.write_number(row, column, float(value), cell_format)
        else:
            self.sheet.write_string(row, column, close_lines(cut_to_cell(str(value or ""))), cell_format)
        return absolute(row, column)

    def end_row(self, height: float) -> None:
        """Set the height of the row and go to the next."""
        self.sheet.set_row(self.row, height)
        self.row += 1

    def line(self, text: str, style: str, height: float) -> None:
        """Write a text across the sheet."""
        self.put(self.row, 0, COLUMNS, style, text)
        self.end_row(height)

    def section(self, *titles: str) -> None:
        """Write titles side by side, each with a rule below."""
        span = COLUMNS // len(titles)
        for i, title in enumerate(titles):
            self.put(self.row, i * span, span, "section", title)
        self.end_row(20)

    def heads(self, heads: Sequence[tuple[str, int]]) -> None:
        """Write a row of headings: text and number of columns."""
        column = 0
        for heading, span in heads:
            self.put(self.row, column, span, "head", heading)
            column += span
        self.end_row(18)

    def texts(self, texts: Sequence[tuple[str, int]]) -> None:
        """Write a row of texts (text and number of columns), as high as the longest needs."""
        column, height = 0, 0.0
        for text, span in texts:
            self.put(self.row, column, span, "wrapped", text)
            column += span
            height = max(height, lines(text, span * WIDTH) * LINE_HEIGHT + 4)
        self.end_row(min(height, LARGEST_HEIGHT))
