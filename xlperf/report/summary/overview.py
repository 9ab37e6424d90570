"""The first page of 总览, for the head of finance, and the tables behind its charts. `figures` knows the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.checks import message
from xlperf.consolidate import columns
from xlperf.consolidate.columns import CHANGES, FILES, FINDINGS, LISTS, PROJECTS, UNREADABLE
from xlperf.consolidate.consolidation import BEYOND_ROWS, Consolidation
from xlperf.consolidate.department import why_doubtful
from xlperf.consolidate.department_tables import SAID
from xlperf.consolidate.new_run import OTHER_PERIOD, SUPERSEDED
from xlperf.consolidate.run import CHANGED
from xlperf.consolidate.unread import status_of
from xlperf.measure import MONTHS
from xlperf.model import Period
from xlperf.report.summary.canvas import COLUMNS, WIDTH, Canvas, absolute
from xlperf.report.summary.charts import MONTH_TITLE, PROJECT_TITLE, month_chart, project_chart
from xlperf.report.summary.figures import (
    ASIDE_FIGURES,
    ASIDE_ROWS,
    CARDS,
    FILE_FIGURES,
    FINDING_FIGURES,
    MONTH_FIGURES,
    PLAN_CARDS,
    PROJECT_FIGURES,
    STATE_FIGURES,
    WORD_FIGURES,
    Figure,
    ratio,
    share_in,
)
from xlperf.report.summary.formats import FormatCache
from xlperf.report.summary.head import units, until
from xlperf.report.summary.overview_lists import PROJECT_COLUMNS, draw_lists, draw_projects, put_project
from xlperf.report.summary.sentence import urgent_projects
from xlperf.workbook.write.fill import lines

TITLES: Mapping[Period | None, str] = {
    Period.PLAN: "绩效目标",
    Period.MONITORING: "绩效运行监控",
    Period.SELF_EVALUATION: "绩效自评",
}
CARD_HEIGHTS = (18, 28, 16)
CHART_ROWS, CHART_ROW = 14, 17
LINE_ROW, MONTH_ROW = 18, 16
MONTH_SPANS = {"money": 2, "share": 1}
*_COLUMNS, MONTH_SPAN = accumulate((MONTH_SPANS[figure.kind] for figure in MONTH_FIGURES), initial=1)
MONTH_COLUMNS = {"month": 0, **dict(zip((figure.key for figure in MONTH_FIGURES), _COLUMNS, strict=True))}
SIDE, LEFT, RIGHT = 6, 11, 18  # columns of each table beside the months; first column of the left and right one
ASIDE_SPAN = 4
SENTENCE, SENTENCE_LINE = 10 / 13, 19  # letters of 13 points: fewer to a line, and higher
MOST_NAMED = 5  # names in an alert


def draw_overview(
    sheet: Worksheet, book: Workbook, formats: FormatCache, consolidation: Consolidation, said: str
) -> None:
    """Draw the sheet; `said` is the run in one sentence."""
    # Formulas over a list cut off at Excel's limit would give too little: then only values are written.
    live = all(consolidation.count(listed) <= columns.MOST_ROWS for listed in LISTS)
    canvas = Canvas(sheet, formats, live)
    page = _FirstPage(canvas, consolidation)
    page.draw_head(said)
    if consolidation.period is Period.PLAN:  # nothing was paid or reached yet
        page.draw_cards(PLAN_CARDS)
        page.draw_counts()
        page.draw_set_aside()
        draw_lists(canvas, consolidation)
    else:
        page.draw_cards(CARDS)
        page.draw_counts()
        page.draw_set_aside()
        page.draw_urgent()
        charts = canvas.row
        for _ in range(CHART_ROWS):
            canvas.end_row(CHART_ROW)
        canvas.end_row(6)
        sheet.set_h_pagebreaks([canvas.row])
        months = page.draw_tables()
        projects = draw_projects(canvas, consolidation)
        draw_lists(canvas, consolidation)
        for column, chart, text in (
            (0, month_chart(book, months, MONTH_COLUMNS), MONTH_TITLE),
            (COLUMNS // 2, project_chart(book, *projects, PROJECT_COLUMNS), PROJECT_TITLE),
        ):
            at = {"x_offset": 2, "y_offset": 4, "description": f"{text}。{said}"}
            sheet.insert_chart(charts, column, chart, at)
    sheet.print_area(0, 0, canvas.row - 1, COLUMNS - 1)


def title_of(consolidation: Consolidation) -> str:
    """What the summary is called."""
    year = f"{consolidation.year}年度" if consolidation.year else ""
    return f"{year}部门{TITLES.get(consolidation.period, '预算绩效')}汇总"


class _FirstPage:
    """Draws from top to bottom; `cells` are the addresses of the figures drawn so far."""

    def __init__(self, canvas: Canvas, consolidation: Consolidation) -> None:
        self.canvas, self.consolidation = canvas, consolidation
        self.cells: dict[str, str] = {}

    def draw_head(self, said: str) -> None:
        """Title, unit, date, the sentence and alerts."""
        canvas = self.canvas
        period = self.consolidation.period
        canvas.line(title_of(self.consolidation), "title", 34)
        canvas.put(canvas.row, 0, 16, "line", units(self.consolidation))
        until_day = until(self.consolidation) if period is not Period.PLAN else ""
        canvas.put(canvas.row, 16, 8, "line_right", "　".join(filter(None, (until_day, "金额单位：万元"))))
        canvas.end_row(LINE_ROW)
        canvas.line(said, "sentence", lines(said, COLUMNS * WIDTH * SENTENCE) * SENTENCE_LINE + 6)
        for tint, text in self._alerts():
            canvas.line(text, f"alert_{tint}", LINE_ROW)
        canvas.end_row(6)

    def _alerts(self) -> Iterator[tuple[str, str]]:
        """Tint and text of each alert, or of the line that says there is none."""
        consolidation = self.consolidation
        read = consolidation.file_count - consolidation.refused_count
        aside = [note.locus.file for note in consolidation.set_aside if note.code == OTHER_PERIOD]
        superseded = [note.locus.file for note in consolidation.set_aside if note.code == SUPERSEDED]
        refused = [file.name for file in consolidation.files if status_of(file) == UNREADABLE]
        other = consolidation.refused_count - len(refused) - len(aside) - len(superseded)
        if consolidation.repeated:
            names = _some(project.name for project in consolidation.repeated)
            yield "bad", f"✗ {len(consolidation.repeated)}个项目重复报送，均未计入合计：{names}"
        if consolidation.missing:
            names = _some(name or code for code, name in consolidation.missing)
            yield "bad", f"✗ {len(consolidation.missing)}个项目应报未报：{names}"
        unread = [each.file for each in consolidation.unread if each.file not in [*refused, *aside]]
        if unread:
            names = _some(dict.fromkeys(unread))
            yield "bad", f"✗ {len(unread)}张工作表结构被改动、未能读取，见“{FINDINGS.title}”：{names}"
        if refused:
            yield "bad", f"✗ {len(refused)}个已报送的文件未能读取：{_some(refused)}"
        if aside:
            yield "warn", f"▲ {len(aside)}个工作簿属于其他年度或阶段，未计入，见“{FILES.title}”：{_some(aside)}"
        if superseded:
            yield "note", f"○ {len(superseded)}份原件由改正后交回的检查副本代替，见“{FILES.title}”：{_some(superseded)}"
        doubtful = consolidation.doubtful_totals.projects
        if doubtful:
            yield "warn", f"▲ {doubtful}个项目金额存疑，单列一份合计，没有计入部门合计"
        changed = [note.locus.file for note in consolidation.notes if note.code == CHANGED]
        if changed:
            yield "warn", f"▲ {len(changed)}个文件在汇总期间被改动，请重新汇总：{_some(changed)}"
        differing = [dict(note.values)["field"] for note in consolidation.notes if note.code == "XPF604"]
        if differing:
            yield "warn", f"▲ 各工作簿的{'、'.join(differing)}不一致，各项目按自己的计算，见“{FINDINGS.title}”"
        for note in consolidation.notes:
            if note.code == BEYOND_ROWS:
                yield "warn", f"▲ {message(note)}"
        if not read:
            yield "warn", "▲ 没有可以汇总的工作簿"
        elif not (consolidation.repeated or consolidation.missing or refused or unread or doubtful):
            rest = f"；另有{other}个其他文件未读取，见“{FILES.title}”" if other else ""
            yield "good", f"✓ {read}个填报工作簿全部汇总，没有重复报送的项目{rest}"
        if consolidation.compared_with:
            counts = "，".join(f"{kind}{count}" for kind, count in consolidation.change_counts.items()) or "没有变化"
            yield "note", f"○ 与{consolidation.compared_with:%Y-%m-%d %H:%M}的汇总相比：{counts}，见“{CHANGES.title}”"

    def draw_cards(self, figures: Sequence[Figure]) -> None:
        """The key figures in a row."""
        canvas, top, span = self.canvas, self.canvas.row, COLUMNS // len(figures)
        for i, figure in enumerate(figures):
            self.cells[figure.key] = absolute(top + 1, i * span)
        for i, figure in enumerate(figures):
            canvas.put(top, i * span, span, "card_label", figure.label)
            self._put_figure(top + 1, i * span, span, f"card_{figure.kind}", figure)
            canvas.put(top + 2, i * span, span, "card_unit", figure.unit)
        for height in (*CARD_HEIGHTS, 8):
            canvas.end_row(height)

    def draw_set_aside(self) -> None:
        """The projects whose amounts are implausible, by name, and how they and the others add up to all there is."""
        listed = list(self.consolidation.doubtful)
        if not listed:
            return
        canvas = self.canvas
        canvas.section(f"金额存疑、单列的项目（{len(listed)}）")
        columns = [each for each in ASIDE_FIGURES if each[0].key.removeprefix("counted_") in self.cells]
        canvas.heads([("", ASIDE_SPAN), *((figures[0].label, ASIDE_SPAN) for figures in columns)])
        for at, label in enumerate(ASIDE_ROWS):
            canvas.put(canvas.row, 0, ASIDE_SPAN, "cell", label)
            for column, figures in enumerate(columns, start=1):
                self._put_figure(canvas.row, column * ASIDE_SPAN, ASIDE_SPAN, figures[at].kind, figures[at])
                self.cells[figures[at].key] = absolute(canvas.row, column * ASIDE_SPAN)
            canvas.end_row(MONTH_ROW)
        for project in listed[:MOST_NAMED]:
            put_project(canvas, project, why_doubtful(project)[0])
        if len(listed) > MOST_NAMED:
            canvas.line(f"另有{len(listed) - MOST_NAMED}个，见“{PROJECTS.title}”。", "note", MONTH_ROW)
        canvas.end_row(6)

    def draw_urgent(self) -> None:
        """The projects that need somebody first."""
        urgent = urgent_projects(self.consolidation)
        if urgent:
            self.canvas.section(f"最需要过问的{len(urgent)}个项目")
            for project, reason in urgent:
                put_project(self.canvas, project, reason)
            self.canvas.end_row(6)

    def _put_figure(self, row: int, column: int, span: int, style: str, figure: Figure) -> None:
        formula = figure.formula.format(**self.cells)
        self.cells[figure.key] = self.canvas.put(row, column, span, style, figure.value(self.consolidation), formula)

    def draw_tables(self) -> int:
        """The table of months and the counts beside it; returns the first row of the months."""
        canvas, top = self.canvas, self.canvas.row
        canvas.put(top, 0, MONTH_SPAN, "section", "月度进度（万元，占执行预算的比例）")
        self._months(top + 1)
        canvas.put(top, LEFT, SIDE, "section", "指标完成情况")
        self._shares(top + 1, LEFT, ("状态", "项数", "占比"), STATE_FIGURES)
        below = top
        for label, key in SAID.get(self.consolidation.period, ()):
            canvas.put(below, RIGHT, SIDE, "section", label)
            self._shares(below + 1, RIGHT, ("等级" if key == "grade" else "预警", "项目", "占比"), WORD_FIGURES[key])
            below += 3 + len(WORD_FIGURES[key])  # a blank row before the next
        for height in (20, *(MONTH_ROW,) * max(1 + MONTHS, below - top - 2), 8):
            canvas.end_row(height)
        return top + 2

    def draw_counts(self) -> None:
        """How many files and projects there are, and findings."""
        canvas, top = self.canvas, self.canvas.row
        canvas.section("文件", "项目", "问题")
        column = 0
        for figures in (FILE_FIGURES, PROJECT_FIGURES, FINDING_FIGURES):
            span = COLUMNS // 3 // len(figures)
            for figure in figures:
                canvas.put(top + 1, column, span, "head", figure.label)
                self._put_figure(top + 2, column, span, "count", figure)
                column += span
        for height in (MONTH_ROW, MONTH_ROW, 8):
            canvas.end_row(height)

    def _months(self, top: int) -> None:
        """Twelve rows below a heading."""
        self.canvas.put(top, 0, 1, "head", "月")
        for figure in MONTH_FIGURES:
            self.canvas.put(top, MONTH_COLUMNS[figure.key], MONTH_SPANS[figure.kind], "head", figure.label)
        for month in range(1, MONTHS + 1):
            cells = {**self.cells, "month": self.canvas.put(top + month, 0, 1, "month", month)}
            for figure in MONTH_FIGURES:
                at, span = MONTH_COLUMNS[figure.key], MONTH_SPANS[figure.kind]
                formula = figure.formula.format(**cells)
                value = figure.value(self.consolidation, month)
                cells[figure.key] = self.canvas.put(top + month, at, span, figure.kind, value, formula)

    def _shares(self, top: int, column: int, heads: Sequence[str], figures: Sequence[Figure]) -> None:
        """Figures with their share of the total they are part of."""
        for offset, span, head in zip((0, SIDE - 2, SIDE - 1), (SIDE - 2, 1, 1), heads, strict=True):
            self.canvas.put(top, column + offset, span, "head", head)
        for row, figure in enumerate(figures, start=top + 1):
            self.canvas.put(row, column, SIDE - 2, "cell", figure.label)
            self._put_figure(row, column + SIDE - 2, 1, "count", figure)
            formula = ratio(self.cells[figure.key], figure.unit.format(**self.cells))
            self.canvas.put(row, column + SIDE - 1, 1, "share", share_in(figure, self.consolidation), formula)


def _some(names: Iterable[str]) -> str:
    """The first names of a list."""
    every = list(names)
    return "、".join(every[:MOST_NAMED]) + ("……" if len(every) > MOST_NAMED else "")
