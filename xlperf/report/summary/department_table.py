"""Draws the head of the department's form of a period: titles, counts, headings and live totals; rows are streamed."""

from __future__ import annotations

from itertools import groupby

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlperf.consolidate import columns
from xlperf.consolidate.columns import Column, ListSheet
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.department_tables import MEAN, SAID, SUM, WEIGHT
from xlperf.consolidate.totals import COUNTED_WORDS
from xlperf.form import Cell
from xlperf.form.arithmetic import is_number
from xlperf.model.text import close_lines, cut_to_cell
from xlperf.ooxml.a1 import column_letters
from xlperf.report.summary.formats import FormatCache
from xlperf.report.summary.head import months, units, until
from xlperf.workbook.write.fill import LARGEST_HEIGHT, LINE_HEIGHT, lines

TITLE, LINE, COUNTS, OBJECTIVE = range(4)
HEIGHTS = (34, 20, 20)
HEAD_HEIGHTS = (22, 40, 24)  # of groups, headings, totals: the last rows above the list


def groups_of(sheet: ListSheet) -> int:
    """The row (from 0) where headings begin."""
    return sheet.above - len(HEAD_HEIGHTS)


def draw_department_table(
    to: Worksheet, formats: FormatCache, sheet: ListSheet, last: int, consolidation: Consolidation
) -> None:
    """Draw what stands above the rows, which end in row `last` (from 0)."""
    _DepartmentTable(to, formats, sheet, last, consolidation).draw()


class _DepartmentTable:
    def __init__(
        self, to: Worksheet, formats: FormatCache, sheet: ListSheet, last: int, consolidation: Consolidation
    ) -> None:
        self._to, self._formats, self._sheet, self._consolidation = to, formats, sheet, consolidation
        self._last, self._right = last, sheet.index(sheet.printed)
        self._groups = groups_of(sheet)
        # Formulas over rows cut off at Excel's limit would give too little.
        self._live = consolidation.count(sheet) <= columns.MOST_ROWS

    def draw(self) -> None:
        consolidation, to = self._consolidation, self._to
        year = f"{consolidation.year}年度" if consolidation.year else ""
        title = f"{year}部门项目支出绩效{self._sheet.title.removeprefix('部门')}"
        to.merge_range(TITLE, 0, TITLE, self._right, title, self._formats.style("title", self._sheet.size + 8))
        middle = self._right // 2
        line = "　".join(filter(None, (until(consolidation), self._sheet.note)))
        to.merge_range(LINE, 0, LINE, middle, units(consolidation), self._style("line"))
        to.merge_range(LINE, middle + 1, LINE, self._right, line, self._style("line_right"))
        to.merge_range(COUNTS, 0, COUNTS, self._right, "", self._style("line"))
        self._put(COUNTS, 0, self._style("line"), *self._counts())
        for row, height in enumerate(HEIGHTS):
            to.set_row(row, height)
        if self._groups > OBJECTIVE:
            self._objective()
        self._headings(months(consolidation))
        self._totals()
        for row, height in enumerate(HEAD_HEIGHTS, start=self._groups):
            to.set_row(row, height)

    def _objective(self) -> None:
        """What the department set out to reach."""
        objectives = self._consolidation.objectives
        texts = [text if len(objectives) == 1 else f"{unit}：{text}" for unit, text in objectives]
        text = "年度绩效目标：" + ("\n".join(texts) or "—")
        width = sum(column.width for column in self._sheet.columns[: self._right + 1])
        self._to.merge_range(
            OBJECTIVE, 0, OBJECTIVE, self._right, close_lines(cut_to_cell(text)), self._style("wrapped")
        )
        self._to.set_row(OBJECTIVE, min(lines(text, width) * LINE_HEIGHT + 4, LARGEST_HEIGHT))

    def _headings(self, passed: str) -> None:
        head, groups, headings = self._style("head"), self._groups, self._groups + 1
        column = 0
        for group, of_group in groupby(self._sheet.columns, key=lambda each: each.group):
            inside = list(of_group)
            end = column + len(inside) - 1
            if group and end > column:
                self._to.merge_range(groups, column, groups, end, group.format(months=passed), head)
            for at, each in enumerate(inside, start=column):
                if group:
                    self._to.write_string(headings, at, each.heading, head)
                else:
                    self._to.merge_range(groups, at, headings, at, each.heading, head)
            column = end + 1

    def _totals(self) -> None:
        values = self._consolidation.table_totals
        for i, column in enumerate(self._sheet.columns[: self._right + 1]):
            value = "合计" if i == 0 else values.get(column.key, "")
            self._put(
                self._sheet.above - 1, i, self._formats.total(column.kind, self._sheet.size), self._total(column), value
            )

    def _total(self, column: Column) -> str:
        """The formula of a total, "" where there is none."""
        own = self._range(column.key)
        part, _, whole = column.total.partition("/")
        if column.total == SUM:
            return f'IF(COUNT({own})=0,"",ROUND(SUM({own}),6))'
        if column.total == MEAN:
            weights = self._range(WEIGHT)
            of_weights = f"SUMPRODUCT(--ISNUMBER({own}),{weights})"
            return f'IF({of_weights}=0,"",ROUND(SUMPRODUCT({own},{weights})/{of_weights},2))'
        if whole:
            part, whole = self._cell(part), self._cell(whole)
            return f'IF(OR({part}="",N({whole})=0),"",ROUND({part}/{whole},6))'
        return ""

    def _counts(self) -> tuple[str, Cell]:
        """How many projects there are, and of each word: the formula of the sentence, and the sentence."""
        totals = self._consolidation.totals
        formula, text = [f'"共"&COUNTA({self._range("file")})&"个项目"'], [f"共{totals.projects}个项目"]
        for label, key in SAID.get(self._consolidation.period, ()):
            formula.append(f'"；{label}："')
            text.append(f"；{label}：")
            for i, word in enumerate(COUNTED_WORDS[key]):
                mark = "，" * bool(i) + word
                formula.append(f'"{mark}"&COUNTIF({self._range(key)},"{word}")')
                text.append(f"{mark}{totals.words[key].get(word, 0)}")
        return "&".join(formula), "".join(text)

    def _put(self, row: int, column: int, cell_format: Format, formula: str, value: Cell) -> None:
        if formula and self._live:
            self._to.write_formula(row, column, f"={formula}", cell_format, float(value) if is_number(value) else value)
        else:
            self._to.write(row, column, value, cell_format)  # "" as a blank

    def _style(self, name: str) -> Format:
        return self._formats.style(name, self._sheet.size)

    def _range(self, key: str) -> str:
        letters = column_letters(self._sheet.index(key) + 1)
        return f"${letters}${self._sheet.above + 1}:${letters}${self._last + 1}"

    def _cell(self, key: str) -> str:
        return f"{column_letters(self._sheet.index(key) + 1)}{self._sheet.above}"
