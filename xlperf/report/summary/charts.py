"""The two charts of 总览: the department month by month, and its projects against their plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from xlperf.form.looks import FONT, HEAD, INK, LINE
from xlperf.report.summary.formats import STEEL

SHEET = "总览"
SIZE = {"width": 572, "height": 312}  # pixels of twelve columns and fourteen rows in XlsxWriter
LETTERING = {"name": FONT, "size": 9, "color": f"#{INK}"}
NO_LINE = {"none": True}
EDGE = {"color": f"#{LINE}"}
GRID = {"visible": True, "line": {"color": "#E3E7EC", "width": 0.75}}
AMOUNTS = {"num_font": LETTERING, "num_format": "#,##0", "major_gridlines": GRID, "line": NO_LINE, "min": 0}
PLAN = "#D9902F"
MONTH_TITLE = "累计支付与计划、序时进度（万元）"
PROJECT_TITLE = "各项目执行预算、计划应付与累计支付（万元）"


def month_chart(book: Workbook, first: int, columns: Mapping[str, int]) -> Chart:
    """Paid as columns against plan and time as lines, all cumulative, in 万元.

    The table of months begins in row `first`; `columns` are those of its figures by key.
    """

    def series(title: str, key: str, **style: Any) -> dict[str, Any]:
        month, column = columns["month"], columns[key]
        return {
            "name": title,
            "categories": [SHEET, first, month, first + 11, month],
            "values": [SHEET, first, column, first + 11, column],
            **style,
        }

    chart = book.add_chart({"type": "column"})
    chart.add_series(series("支付累计", "paid_until", fill={"color": f"#{STEEL}"}, border=NO_LINE, gap=60))
    lines = book.add_chart({"type": "line"})
    lines.add_series(series("计划累计", "planned", line={"color": PLAN, "width": 2.25}))
    lines.add_series(series("序时累计", "due", line={"color": f"#{LINE}", "width": 1.5, "dash_type": "dash"}))
    chart.combine(lines)
    chart.set_x_axis({"num_font": LETTERING, "num_format": '0"月"', "line": EDGE})
    chart.set_y_axis(AMOUNTS)
    return _finished(chart, MONTH_TITLE)


def project_chart(book: Workbook, first: int, count: int, columns: Mapping[str, int]) -> Chart:
    """Budget, plan and paid of each project as bars, in 万元; so many of them stand in a table as for `month_chart`."""
    last = first + max(count, 1) - 1
    chart = book.add_chart({"type": "bar"})
    for title, key, colour in (
        ("执行预算", "budget", f"#{HEAD}"),
        ("计划应付", "planned", PLAN),
        ("累计支付", "paid", f"#{STEEL}"),
    ):
        chart.add_series(
            {
                "name": title,
                "categories": [SHEET, first, columns["name"], last, columns["name"]],
                "values": [SHEET, first, columns[key], last, columns[key]],
                "fill": {"color": colour},
                "border": NO_LINE if colour != f"#{HEAD}" else {**EDGE, "width": 0.5},
                "gap": 45,
                "overlap": 0,
            }
        )
    chart.set_x_axis(AMOUNTS)  # for bars XlsxWriter calls the horizontal axis x, though it holds the values
    chart.set_y_axis(
        {"num_font": LETTERING, "line": EDGE, "reverse": True, "crossing": "max", "major_tick_mark": "none"}
    )
    return _finished(chart, PROJECT_TITLE)


def _finished(chart: Chart, title: str) -> Chart:
    chart.set_title({"name": title, "overlay": False, "name_font": {**LETTERING, "size": 11, "bold": True}})
    chart.set_legend({"position": "top", "font": LETTERING})
    chart.set_chartarea({"border": NO_LINE})
    chart.set_size(SIZE)
    return chart
