"""The sheet 总览: one page a finance head reads, one page of lists. Where things stand; what they say is `figures`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.checks import message, severity
from xlperf.consolidate import columns
from xlperf.consolidate.charts import month_chart, project_chart
from xlperf.consolidate.columns import FILES, FINDINGS, LISTS, PROJECTS, WORDS
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.figures import (
    CARDS,
    FILE_FIGURES,
    FINDING_FIGURES,
    LIGHT_FIGURES,
    MONTH_FIGURES,
    STATE_FIGURES,
    Figure,
    share_in,
)
from xlperf.consolidate.lines import ProjectLine
from xlperf.consolidate.paint import Paint
from xlperf.consolidate.totals import MONTHS
from xlperf.form import Cell, address, column_letters
from xlperf.form.compute import is_number
from xlperf.form.titles import short_name
from xlperf.model import Severity

COLUMNS, WIDTH = 24, 6.3
CARD = 3  # columns of a card
MONTH_SPANS = {"money": 2, "share": 1}
MONTH_SPAN = 1 + sum(MONTH_SPANS[figure.kind] for figure in MONTH_FIGURES)
SIDE, LEFT, RIGHT = 6, 11, 18  # columns of a table beside the months, and where the two of them begin
CHART_ROWS, CHART_ROW = 14, 17
MOST_LISTED = 20  # lines of a list on this sheet; the rest stands on its own sheet
MOST_PROJECTS = 10
ALERTS_NAMED = 5

# The table of projects: heading, columns it takes, look, key of `ProjectLine`.
PROJECT_COLUMNS = (
    ("项目", 8, "link", "name"),
    ("执行预算", 2, "money", "budget"),
    ("累计支付", 2, "money", "paid"),
    ("预算执行率", 2, "share", "rate"),
    ("计划应付", 2, "money", "planned"),
    ("与计划差额", 2, "money", "gap"),
    ("计划完成率", 2, "share", "plan_progress"),
    ("序时进度比", 2, "share", "time_progress"),
    ("预警", 2, "word", "light"),
)


def draw_overview(to: Worksheet, book: Workbook, paint: Paint, consolidation: Consolidation) -> None:
    """Draw the sheet."""
    _Overview(to, book, paint, consolidation).draw()


class _Overview:
    """Draws downwards; `row` is the next free one."""

    def __init__(self, to: Worksheet, book: Workbook, paint: Paint, consolidation: Consolidation) -> None:
        self.to, self.book, self.paint, self.told = to, book, paint, consolidation
        self.row = 0
        self.cells: dict[str, str] = {}
        # A list cut off at Excel's limit would make its formulas fall short: then values stand alone.
        self.live = all(consolidation.count(sheet) <= columns.MOST_ROWS for sheet in LISTS)

    def draw(self) -> None:
        self._page()
        self._head()
        self._cards()
        self._section("累计支付与计划、序时进度（万元）", "各项目执行预算、计划应付与累计支付（万元）")
        charts = self.row
        self.row += CHART_ROWS
        self._gap(6)
        months = self._tables()
        self.to.set_h_pagebreaks([self.row])
        projects = self._projects()
        self._lists()
        self._charts(charts, months, projects)
        self.to.print_area(0, 0, self.row - 1, COLUMNS - 1)

    def _page(self) -> None:
        to = self.to
        to.set_column(0, COLUMNS - 1, WIDTH)
        to.hide_gridlines(2)
        to.set_landscape()
        to.set_paper(9)
        to.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
        to.fit_to_pages(1, 0)
        to.center_horizontally()
        to.set_footer("&C第 &P 页，共 &N 页")

    # --- pieces -------------------------------------------------------------------------------------------------------

    def _put(self, row: int, column: int, span: int, look: str, value: Cell, formula: str = "") -> str:
        """A value, or a formula with the value it comes to, over `span` columns; gives its address."""
        to, form = self.to, self.paint.look(look)
        if span > 1:
            to.merge_range(row, column, row, column + span - 1, "", form)
        if formula and self.live:
            to.write_formula(row, column, f"={formula}", form, float(value) if is_number(value) else value or "")
        elif is_number(value):
            to.write_number(row, column, float(value), form)
        else:
            to.write_string(row, column, str(value or ""), form)
        return absolute(row, column)

    def _line(self, text: str, look: str, height: float) -> None:
        self._put(self.row, 0, COLUMNS, look, text)
        self.to.set_row(self.row, height)
        self.row += 1

    def _gap(self, height: float) -> None:
        self.to.set_row(self.row, height)
        self.row += 1

    def _section(self, *titles: str) -> None:
        span = COLUMNS // len(titles)
        for i, title in enumerate(titles):
            self._put(self.row, i * span, span, "section", title)
        self.to.set_row(self.row, 20)
        self.row += 1

    # --- the page -----------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        told = self.told
        read = [file for file in told.files if file.reason is None]
        years = sorted({file.year for file in read if file.year})
        year = f"{'、'.join(map(str, years))}年度" if years else ""
        self._line(f"{year}部门预算绩效汇总", "title", 34)
        units = list(dict.fromkeys(file.unit for file in read if file.unit))
        dates = sorted({file.as_of for file in read if file.as_of})
        until = f"截至{dates[0]:%Y-%m-%d}" if len(dates) == 1 else "截止日期不一，见“来源”" if dates else ""
        unit = units[0] + (f" 等{len(units)}个单位" if len(units) > 1 else "") if units else ""
        self._put(self.row, 0, 16, "line", unit)
        self._put(self.row, 16, 8, "line_right", "　".join(filter(None, (until, "金额单位：万元"))))
        self.to.set_row(self.row, 18)
        self.row += 1
        for tint, text in self._alerts():
            self.to.merge_range(self.row, 0, self.row, COLUMNS - 1, "", self.paint.alert(tint))
            self.to.write_string(self.row, 0, text, self.paint.alert(tint))
            self.to.set_row(self.row, 18)
            self.row += 1
        self._gap(6)

    def _alerts(self) -> Iterator[tuple[str, str]]:
        """What must not be overlooked, or that there is nothing of the sort."""
        told = self.told
        read = sum(file.reason is None for file in told.files)
        refused = [f.shown for f in told.files if f.reason and severity(f.reason) is not Severity.INFO]
        other = len(told.files) - read - len(refused)
        if told.repeated:
            yield "bad", f"✗ {len(told.repeated)}个项目重复报送，均未计入合计：{_some(r.name for r in told.repeated)}"
        if told.missing:
            names = _some(name or code for code, name in told.missing)
            yield "bad", f"✗ {len(told.missing)}个项目应报未报：{names}"
        if refused:
            yield "warn", f"▲ {len(refused)}个文件未能汇总：{_some(refused)}"
        differing = [dict(note.values).get("field", "") for note in told.notes if note.code in ("XPF603", "XPF604")]
        if differing:
            yield "warn", f"▲ 各工作簿的{'、'.join(differing)}不一致，各项目按自己的计算，见“{FINDINGS.title}”"
        for note in told.notes:
            if note.code == "XPF609":
                yield "warn", f"▲ {message(note)}"
        if not read:
            yield "warn", "▲ 没有可以汇总的工作簿"
        elif not (told.repeated or told.missing or refused):
            rest = f"；另有{other}个文件不是填报表，见“{FILES.title}”" if other else ""
            yield "good", f"✓ {read}个填报工作簿全部汇总，没有重复报送的项目{rest}"

    def _cards(self) -> None:
        for i, figure in enumerate(CARDS):
            self.cells[figure.key] = absolute(self.row + 1, i * CARD)
        for i, figure in enumerate(CARDS):
            column = i * CARD
            self._put(self.row, column, CARD, "card_label", figure.label)
            self._figure(self.row + 1, column, CARD, f"card_{figure.kind}", figure)
            self._put(self.row + 2, column, CARD, "card_unit", figure.unit)
        for height in (18, 28, 16):
            self.to.set_row(self.row, height)
            self.row += 1
        self._gap(8)

    def _figure(self, row: int, column: int, span: int, look: str, figure: Figure) -> None:
        formula = figure.formula.format(**self.cells)
        self.cells[figure.key] = self._put(row, column, span, look, figure.value(self.told), formula)

    def _tables(self) -> int:
        """The months, and beside them what is counted; gives the first row of the months."""
        top = self.row
        self._put(top, 0, MONTH_SPAN, "section", "月度进度（万元，占执行预算的比例）")
        self._put(top, LEFT, SIDE, "section", "指标完成情况")
        self._put(top, RIGHT, SIDE, "section", "支出预警")
        self.to.set_row(top, 20)
        self._months(top + 1)
        self._counts(top + 1, LEFT, ("状态", "项数", "占比"), STATE_FIGURES)
        self._counts(top + 1, RIGHT, ("预警", "项目", "占比"), LIGHT_FIGURES)
        below = top + 3 + len(STATE_FIGURES)
        self._put(below, LEFT, SIDE, "section", "文件和项目")
        self._put(below, RIGHT, SIDE, "section", "问题")
        self._plain_counts(below + 1, LEFT, FILE_FIGURES)
        missing = below + 1 + len(FILE_FIGURES)
        self._put(missing, LEFT, SIDE - 1, "cell", "应报未报的项目")
        self._put(missing, LEFT + SIDE - 1, 1, "count", len(self.told.missing))
        self._plain_counts(below + 1, RIGHT, FINDING_FIGURES)
        self.row = top + 2 + MONTHS
        self._gap(8)
        return top + 2

    def _months(self, top: int) -> None:
        places, column = {}, 1
        self._put(top, 0, 1, "head", "月")
        for figure in MONTH_FIGURES:
            places[figure.key] = column
            self._put(top, column, MONTH_SPANS[figure.kind], "head", figure.label)
            column += MONTH_SPANS[figure.kind]
        for month in range(1, MONTHS + 1):
            row = top + month
            self.to.set_row(row, 16)
            cells = {**self.cells, "month": self._put(row, 0, 1, "month", month)}
            for figure in MONTH_FIGURES:
                value = figure.value(self.told, month)
                formula = figure.formula.format(**cells)
                cells[figure.key] = self._put(
                    row, places[figure.key], MONTH_SPANS[figure.kind], figure.kind, value, formula
                )

    def _counts(self, top: int, column: int, heads: Sequence[str], figures: Sequence[Figure]) -> None:
        for offset, span, head in zip((0, SIDE - 2, SIDE - 1), (SIDE - 2, 1, 1), heads, strict=True):
            self._put(top, column + offset, span, "head", head)
        for row, figure in enumerate(figures, start=top + 1):
            self._put(row, column, SIDE - 2, "cell", figure.label)
            self._figure(row, column + SIDE - 2, 1, "count", figure)
            whole = figure.unit.format(**self.cells)
            formula = f'IF({whole}=0,"",ROUND({self.cells[figure.key]}/{whole},6))'
            self._put(row, column + SIDE - 1, 1, "share", share_in(figure, self.told), formula)

    def _plain_counts(self, top: int, column: int, figures: Sequence[Figure]) -> None:
        for row, figure in enumerate(figures, start=top):
            self._put(row, column, SIDE - 1, "cell", figure.label)
            self._figure(row, column + SIDE - 1, 1, "count", figure)

    def _projects(self) -> tuple[int, int]:
        """The projects furthest behind their plan; gives first row and number."""
        mine = [(i, p) for i, p in enumerate(self.told.projects) if self.told.counted[i]]
        mine.sort(key=lambda pair: (pair[1].gap is None, pair[1].gap or Decimal(0), pair[0]))
        listed = mine[:MOST_PROJECTS]
        self._section(f"与计划差额最大的{MOST_PROJECTS}个项目" if len(mine) > len(listed) else "各项目支出进度")
        self._heads([(heading, span) for heading, span, _, _ in PROJECT_COLUMNS])
        first = self.row
        for index, project in listed:
            column = 0
            for _, span, look, key in PROJECT_COLUMNS:
                if key == "name":
                    self._project_name(column, span, index, project)
                else:
                    self._put(self.row, column, span, look, getattr(project, key))
                column += span
            self.to.set_row(self.row, 18)
            self.row += 1
        for word, (look, mark) in WORDS["progress.light"].items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.paint.tint(look, mark)}
            self.to.conditional_format(first, COLUMNS - 2, max(first, self.row - 1), COLUMNS - 1, rule)
        self._gap(8)
        return first, len(listed)

    def _project_name(self, column: int, span: int, index: int, project: ProjectLine) -> None:
        """The name, leading to the project's row on its sheet."""
        look = self.paint.look("link")
        self.to.merge_range(self.row, column, self.row, column + span - 1, "", look)
        place = address(index + 2, PROJECTS.place("name") + 1)
        name = short_name(project.name) or project.code or "（未填写项目名称）"
        self.to.write_url(self.row, column, f"internal:'{PROJECTS.title}'!{place}", look, name)

    def _heads(self, heads: Sequence[tuple[str, int]]) -> None:
        column = 0
        for heading, span in heads:
            self._put(self.row, column, span, "head", heading)
            column += span
        self.to.set_row(self.row, 18)
        self.row += 1

    def _lists(self) -> None:
        """What did not go in: repeated projects, missing ones, refused files."""
        told = self.told
        repeated = [(f.code, f.name, "；".join(p.place for p in f.projects)) for f in told.repeated]
        self._list("重复报送、未计入合计的项目", ("项目编码", "项目名称", "出现在"), repeated, FINDINGS.title)
        missing = [(code, name, "") for code, name in told.missing]
        self._list("应报未报的项目", ("项目编码", "项目名称", ""), missing, FINDINGS.title)
        refused = [(f.shown, message(f.reason), "") for f in told.files if f.reason is not None]
        self._list("未汇总的文件", ("文件", "原因", ""), refused, FILES.title)

    def _list(self, title: str, heads: Sequence[str], lines: Sequence[Sequence[str]], elsewhere: str) -> None:
        if not lines:
            return
        spans = (6, 9, 9) if heads[-1] else (8, 16)
        self._section(f"{title}（{len(lines)}）")
        self._heads(list(zip(heads, spans, strict=False)))
        for line in lines[:MOST_LISTED]:
            column = 0
            for text, span in zip(line, spans, strict=False):
                self._put(self.row, column, span, "wrapped", text)
                column += span
            self.to.set_row(self.row, 14.0 * max(1, *(_lines(t, s) for t, s in zip(line, spans, strict=False))) + 4)
            self.row += 1
        if len(lines) > MOST_LISTED:
            self._line(f"另有{len(lines) - MOST_LISTED}项，见“{elsewhere}”。", "note", 16)
        self._gap(8)

    def _charts(self, row: int, months: int, projects: tuple[int, int]) -> None:
        for i in range(CHART_ROWS):
            self.to.set_row(row + i, CHART_ROW)
        half = COLUMNS // 2
        self.to.insert_chart(row, 0, month_chart(self.book, months), {"x_offset": 2, "y_offset": 4})
        self.to.insert_chart(row, half, project_chart(self.book, *projects), {"x_offset": 2, "y_offset": 4})


def absolute(row: int, column: int) -> str:
    """The address of a cell counted from 0, as formulas fix it."""
    return f"${column_letters(column + 1)}${row + 1}"


def _some(names: Iterator[str] | Sequence[str]) -> str:
    """The first few of them."""
    every = list(names)
    return "、".join(every[:ALERTS_NAMED]) + ("……" if len(every) > ALERTS_NAMED else "")


def _lines(text: str, span: int) -> int:
    """How many lines a text takes over so many columns; a CJK character is two narrow ones wide."""
    return -(-len(text.encode("gb18030")) // int(span * WIDTH)) or 1
