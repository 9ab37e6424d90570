"""Writes the workbook of one unit from which a clerk pastes into the budget system: plain values, no formula.

The system imports project by project: a clerk opens one there, and pastes all of its sheet. So each project has a
sheet with nothing but its rows. 目录 in front says which sheet belongs to which code, and which project has none.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import deepcopy
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.checks import message
from xlperf.checks.pasting import COLUMNS, always
from xlperf.consolidate.sources import KIND, PASTE
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number
from xlperf.form.titles import CONTENTS, project_titles
from xlperf.measure.normal import EXACT_DIGITS
from xlperf.model import Locus, Period
from xlperf.model.text import cut_to_cell
from xlperf.report.paste.projects import PasteProject
from xlperf.report.xlsx import CREATED, OPTIONS

LISTED = ("序号", "项目编码", "项目名称", "工作表", "指标行数", "说明")
LIST_WIDTHS = (6, 25, 44, 30, 10, 70)
WIDE, NARROW = 30, 16
WIDE_KEYS = ("name", "remark", "deviation_reason")
SHOWN = 11  # characters of a number that a cell without a number format shows in full


def paste_workbook(projects: Sequence[PasteProject], period: Period) -> bytes:
    """The workbook of these projects of one unit; those with errors are only listed. The same rows, the same bytes."""
    out = io.BytesIO()
    with Workbook(out, deepcopy(OPTIONS)) as book:  # XlsxWriter writes into its options
        book.set_properties({"created": CREATED})
        book.set_custom_property(KIND, PASTE)
        pasted = [project for project in projects if not project.errors]
        titles = project_titles((project.number, project.name) for project in pasted)
        title_of = dict(zip(map(id, pasted), titles, strict=True))
        sheets = _Sheets(book)
        sheets.add(
            CONTENTS, LISTED, LIST_WIDTHS, (_listed(each, title_of.get(id(each), "")) for each in projects), wraps=True
        )
        columns = COLUMNS[period]
        heads = [f"{'*' * (column.required is always)}{column.heading}" for column in columns]
        widths = [WIDE if column.key in WIDE_KEYS else NARROW for column in columns]
        for project, title in zip(pasted, titles, strict=True):
            rows = ([row.get(column.key) for column in columns] for row in project.rows)
            sheets.add(title, heads, widths, rows)
    return out.getvalue()


def _listed(project: PasteProject, title: str) -> Sequence[Cell]:
    """The line of a project in 目录."""
    errors = [f"有{len(project.errors)}处错误，改正前没有列入"] if project.errors else []
    found = (*project.errors, *project.omitted)
    notes = [*errors, *(f"{_place(each.locus, project.sheet)}{message(each)}" for each in found)]
    count = None if project.errors else len(project.rows)
    return (project.number, project.code, project.name, title, count, "；".join(notes))


def _place(locus: Locus, sheet: str) -> str:
    """Where to look, from this sheet."""
    return "".join(f"{part} " for part in (locus.sheet, locus.cell) if part not in ("", sheet))


class _Sheets:
    """Adds sheets of plain values to a workbook: a heading row, then texts as texts and numbers as numbers."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format({"bold": True})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True})
        self.numbers: dict[int, Format] = {}

    def add(
        self,
        title: str,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Sequence[Cell]],
        *,
        wraps: bool = False,
    ) -> None:
        """Add a sheet; it prints on A4, one page wide."""
        sheet = self.book.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        text = self.wrapped if wraps else self.text
        for i, (heading, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(i, i, width)
            if heading:
                sheet.write_string(0, i, heading, self.head)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows, start=1):
            for i, value in enumerate(row):
                self._put(sheet, at, i, value, text)

    def _put(self, sheet: Worksheet, row: int, column: int, value: Cell, look: Format) -> None:
        if value is None or value == "":
            return
        if is_number(value) and len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS:
            sheet.write_number(row, column, float(value), self._number(Decimal(value)))
        else:  # a line break or a tab would begin a new row or cell where it is pasted
            text = " ".join(str(value).replace("\t", " ").splitlines())
            sheet.write_string(row, column, cut_to_cell(text), look)

    def _number(self, value: Decimal) -> Format | None:
        """The format that shows every digit, where a cell without one would not: what is pasted is what is shown."""
        text = f"{value.normalize():f}"
        if len(text) <= SHOWN:
            return None
        places = len(text.partition(".")[2])
        if places not in self.numbers:
            self.numbers[places] = self.book.add_format({"num_format": f"0.{'0' * places}".rstrip(".")})
        return self.numbers[places]
