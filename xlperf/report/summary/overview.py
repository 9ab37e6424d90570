"""The first page of 总览: what a finance head reads. Where things stand; what they say is `figures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlperf.checks import message, severity
from xlperf.consolidate import columns
from xlperf.consolidate.columns import FILES, FINDINGS, LISTS
from xlperf.consolidate.consolidation import Consolidation
from xlperf.measure import MONTHS
from xlperf.model import Severity
from xlperf.report.summary.canvas import COLUMNS, Board, absolute
from xlperf.report.summary.charts import month_chart, project_chart
from xlperf.report.summary.figures import (
    CARDS,
    FILE_FIGURES,
    FINDING_FIGURES,
    LIGHT_FIGURES,
    MONTH_FIGURES,
    STATE_FIGURES,
    Figure,
    ratio,
    share_in,
)
from xlperf.report.summary.formats import Paint
from xlperf.report.summary.overview_lists import draw_lists, draw_projects

CARD = 3  # columns of a card
CARD_HEIGHTS = (18, 28, 16)
CHART_ROWS, CHART_ROW = 14, 17
LINE_ROW, MONTH_ROW = 18, 16
MONTH_SPANS = {"money": 2, "share": 1}
MONTH_SPAN = 1 + sum(MONTH_SPANS[figure.kind] for figure in MONTH_FIGURES)
SIDE, LEFT, RIGHT = 6, 11, 18  # columns of a table beside the months, and where the two of them begin
NAMED = 5  # names in an alert


def draw_overview(sheet: Worksheet, book: Workbook, paint: Paint, told: Consolidation) -> None:
    """Draw the sheet."""
    # A list cut off at Excel's limit would make its formulas fall short: then values stand alone.
    live = all(told.count(listed) <= columns.MOST_ROWS for listed in LISTS)
    board = Board(sheet, paint, live)
    page = _FirstPage(board, told)
    page.draw_head()
    page.draw_cards()
    board.section("累计支付与计划、序时进度（万元）", "各项目执行预算、计划应付与累计支付（万元）")
    charts = board.row
    for _ in range(CHART_ROWS):
        board.end_row(CHART_ROW)
    board.end_row(6)
    months = page.draw_tables()
    sheet.set_h_pagebreaks([board.row])
    projects = draw_projects(board, told)
    draw_lists(board, told)
    at = {"x_offset": 2, "y_offset": 4}
    sheet.insert_chart(charts, 0, month_chart(book, months), at)
    sheet.insert_chart(charts, COLUMNS // 2, project_chart(book, *projects), at)
    sheet.print_area(0, 0, board.row - 1, COLUMNS - 1)


class _FirstPage:
    """Draws downwards; `cells` are the addresses of the figures drawn so far."""

    def __init__(self, board: Board, told: Consolidation) -> None:
        self.board, self.told = board, told
        self.cells: dict[str, str] = {}

    def draw_head(self) -> None:
        """Title, unit and date, and what must not be overlooked."""
        board, read = self.board, [file for file in self.told.files if file.reason is None]
        years = sorted({str(file.year) for file in read if file.year})
        units = list(dict.fromkeys(file.unit for file in read if file.unit))
        dates = sorted({file.as_of for file in read if file.as_of})
        until = f"截至{dates[0]:%Y-%m-%d}" if len(dates) == 1 else f"截止日期不一，见“{FILES.title}”" if dates else ""
        board.line(f"{'、'.join(years)}{'年度' if years else ''}部门预算绩效汇总", "title", 34)
        board.put(board.row, 0, 16, "line", "".join(units[:1]) + (f" 等{len(units)}个单位" if len(units) > 1 else ""))
        board.put(board.row, 16, 8, "line_right", "　".join(filter(None, (until, "金额单位：万元"))))
        board.end_row(LINE_ROW)
        for tint, text in self._alerts():
            board.line(text, f"alert_{tint}", LINE_ROW)
        board.end_row(6)

    def _alerts(self) -> Iterator[tuple[str, str]]:
        """What must not be overlooked, or that there is nothing of the sort: tint and text."""
        told = self.told
        read = sum(file.reason is None for file in told.files)
        refused = [f.shown for f in told.files if f.reason and severity(f.reason) is not Severity.INFO]
        other = len(told.files) - read - len(refused)
        if told.repeated:
            yield "bad", f"✗ {len(told.repeated)}个项目重复报送，均未计入合计：{_some(r.name for r in told.repeated)}"
        if told.missing:
            names = _some(name or code for code, name in told.missing)
            yield "bad", f"✗ {len(told.missing)}个项目应报未报：{names}"
        unread = [file.shown for file in told.files if file.unread]
        if unread:
            sheets = sum(file.unread for file in told.files)
            yield "bad", f"✗ {sheets}张工作表结构被改动、未能读取，见“{FINDINGS.title}”：{_some(unread)}"
        if refused:
            yield "warn", f"▲ {len(refused)}个文件未能汇总：{_some(refused)}"
        changed = [note.locus.file for note in told.notes if note.code == "XPF612"]
        if changed:
            yield "warn", f"▲ {len(changed)}个文件在汇总期间被改动，请重新汇总：{_some(changed)}"
        differing = [dict(note.values)["field"] for note in told.notes if note.code in ("XPF603", "XPF604")]
        if differing:
            yield "warn", f"▲ 各工作簿的{'、'.join(differing)}不一致，各项目按自己的计算，见“{FINDINGS.title}”"
        for note in told.notes:
            if note.code == "XPF609":
                yield "warn", f"▲ {message(note)}"
        if not read:
            yield "warn", "▲ 没有可以汇总的工作簿"
        elif not (told.repeated or told.missing or refused or unread):
            rest = f"；另有{other}个其他文件未读取，见“{FILES.title}”" if other else ""
            yield "good", f"✓ {read}个填报工作簿全部汇总，没有重复报送的项目{rest}"

    def draw_cards(self) -> None:
        """The key figures in a row."""
        board, top = self.board, self.board.row
        for i, figure in enumerate(CARDS):
            self.cells[figure.key] = absolute(top + 1, i * CARD)
        for i, figure in enumerate(CARDS):
            board.put(top, i * CARD, CARD, "card_label", figure.label)
            self._put_figure(top + 1, i * CARD, CARD, f"card_{figure.kind}", figure)
            board.put(top + 2, i * CARD, CARD, "card_unit", figure.unit)
        for height in (*CARD_HEIGHTS, 8):
            board.end_row(height)

    def _put_figure(self, row: int, column: int, span: int, look: str, figure: Figure) -> None:
        formula = figure.formula.format(**self.cells)
        self.cells[figure.key] = self.board.put(row, column, span, look, figure.value(self.told), formula)

    def draw_tables(self) -> int:
        """The months, and beside them what is counted; gives the first row of the months."""
        board, top = self.board, self.board.row
        below = top + 3 + len(STATE_FIGURES)
        board.put(top, 0, MONTH_SPAN, "section", "月度进度（万元，占执行预算的比例）")
        self._months(top + 1)
        board.put(top, LEFT, SIDE, "section", "指标完成情况")
        self._shares(top + 1, LEFT, ("状态", "项数", "占比"), STATE_FIGURES)
        board.put(top, RIGHT, SIDE, "section", "支出预警")
        self._shares(top + 1, RIGHT, ("预警", "项目", "占比"), LIGHT_FIGURES)
        board.put(below, LEFT, SIDE, "section", "文件和项目")
        self._counts(below + 1, LEFT, FILE_FIGURES)
        board.put(below, RIGHT, SIDE, "section", "问题")
        self._counts(below + 1, RIGHT, FINDING_FIGURES)
        for height in (20, MONTH_ROW, *(MONTH_ROW,) * MONTHS, 8):
            board.end_row(height)
        return top + 2

    def _months(self, top: int) -> None:
        """Twelve rows below their heading."""
        places, column = {}, 1
        self.board.put(top, 0, 1, "head", "月")
        for figure in MONTH_FIGURES:
            places[figure.key] = column
            self.board.put(top, column, MONTH_SPANS[figure.kind], "head", figure.label)
            column += MONTH_SPANS[figure.kind]
        for month in range(1, MONTHS + 1):
            cells = {**self.cells, "month": self.board.put(top + month, 0, 1, "month", month)}
            for figure in MONTH_FIGURES:
                at, span = places[figure.key], MONTH_SPANS[figure.kind]
                formula = figure.formula.format(**cells)
                value = figure.value(self.told, month)
                cells[figure.key] = self.board.put(top + month, at, span, figure.kind, value, formula)

    def _shares(self, top: int, column: int, heads: Sequence[str], figures: Sequence[Figure]) -> None:
        """Figures with their share in the whole they belong to."""
        for offset, span, head in zip((0, SIDE - 2, SIDE - 1), (SIDE - 2, 1, 1), heads, strict=True):
            self.board.put(top, column + offset, span, "head", head)
        for row, figure in enumerate(figures, start=top + 1):
            self.board.put(row, column, SIDE - 2, "cell", figure.label)
            self._put_figure(row, column + SIDE - 2, 1, "count", figure)
            formula = ratio(self.cells[figure.key], figure.unit.format(**self.cells))
            self.board.put(row, column + SIDE - 1, 1, "share", share_in(figure, self.told), formula)

    def _counts(self, top: int, column: int, figures: Sequence[Figure]) -> None:
        for row, figure in enumerate(figures, start=top):
            self.board.put(row, column, SIDE - 1, "cell", figure.label)
            self._put_figure(row, column + SIDE - 1, 1, "count", figure)


def _some(names: Iterable[str]) -> str:
    """The first few of them."""
    every = list(names)
    return "、".join(every[:NAMED]) + ("……" if len(every) > NAMED else "")
