"""The two charts of 总览: the department month by month, and its projects against their plan."""

from __future__ import annotations

from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from xlperf.consolidate.paint import DEEP, STEEL
from xlperf.workbook.looks import FONT, HEAD, INK, LINE

SHEET = "总览"
SIZE = {"width": 520, "height": 305}
LETTERING = {"name": FONT, "size": 9, "color": f"#{INK}"}
QUIET = {"name": FONT, "size": 8, "color": f"#{INK}"}
GRID = {"visible": True, "line": {"color": "#E3E7EC", "width": 0.75}}
NO_LINE = {"none": True}

# Where the columns of the tables stand on the sheet, from 0.
MONTH, PLANNED, PAID, DUE = 0, 1, 3, 5
NAME, P_BUDGET, P_PAID, P_PLANNED = 0, 8, 10, 14


def month_chart(book: Workbook, first: int) -> Chart:
    """Paid as columns against plan and time as lines, all cumulative, in 万元."""

    def series(title: str, column: int, **look: Any) -> dict[str, Any]:
        return {
            "name": title,
            "categories": [SHEET, first, MONTH, first + 11, MONTH],
            "values": [SHEET, first, column, first + 11, column],
            **look,
        }

    chart = book.add_chart({"type": "column"})
    chart.add_series(series("支付累计", PAID, fill={"color": f"#{STEEL}"}, border=NO_LINE, gap=60))
    lines = book.add_chart({"type": "line"})
    lines.add_series(series("计划累计", PLANNED, line={"color": "#C77700", "width": 2.25}))
    lines.add_series(series("序时累计", DUE, line={"color": f"#{LINE}", "width": 1.5, "dash_type": "dash"}))
    chart.combine(lines)
    return _finished(chart, {"num_font": LETTERING, "line": {"color": f"#{LINE}"}})


def project_chart(book: Workbook, first: int, count: int) -> Chart:
    """Budget, plan and paid of each project as bars, in 万元."""
    last = first + max(count, 1) - 1
    chart = book.add_chart({"type": "bar"})
    for title, column, colour in (
        ("累计支付", P_PAID, f"#{STEEL}"),
        ("计划应付", P_PLANNED, "#E0A458"),
        ("执行预算", P_BUDGET, f"#{HEAD}"),
    ):
        chart.add_series(
            {
                "name": title,
                "categories": [SHEET, first, NAME, last, NAME],
                "values": [SHEET, first, column, last, column],
                "fill": {"color": colour},
                "border": NO_LINE if colour != f"#{HEAD}" else {"color": f"#{LINE}", "width": 0.5},
                "gap": 45,
                "overlap": 0,
            }
        )
    return _finished(chart, {"num_font": QUIET, "line": {"color": f"#{LINE}"}, "reverse": True})


def _finished(chart: Chart, categories: dict[str, Any]) -> Chart:
    chart.set_x_axis(categories)
    chart.set_y_axis(
        {"num_font": LETTERING, "num_format": "#,##0", "major_gridlines": GRID, "line": NO_LINE, "min": 0,
         "name": "万元", "name_font": {**LETTERING, "bold": False, "rotation": 0} if not categories.get("reverse")
         else {**LETTERING, "bold": False}}
    )  # fmt: skip
    chart.set_legend({"position": "top", "font": LETTERING})
    chart.set_chartarea({"border": NO_LINE})
    chart.set_size(SIZE)
    return chart


__all__ = ["DEEP", "month_chart", "project_chart"]
