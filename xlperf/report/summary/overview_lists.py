"""The second page of 总览: the projects furthest behind their plan, and what was left out of the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from heapq import nsmallest
from itertools import accumulate

from xlperf.checks import message
from xlperf.consolidate.columns import FILES, FINDINGS, PROJECTS, UNREADABLE
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.records import ProjectRecord
from xlperf.consolidate.unread import status_of
from xlperf.form.titles import short_name
from xlperf.model import Period
from xlperf.ooxml.a1 import address
from xlperf.report.summary.canvas import COLUMNS, WIDTH, Canvas
from xlperf.workbook.write.fill import LARGEST_HEIGHT, LINE_HEIGHT, lines

MOST_LISTED = 20  # lines of a list; a sheet of its own has them all
MOST_PROJECTS = 10
PROJECT_HEIGHT, GAP, NAME_SPAN = 18, 8, 6

# The table of projects: heading, columns it spans, style, attribute of `ProjectRecord`.
PROJECT_TABLE = (
    ("项目", 6, "link", "name"),
    ("执行预算", 2, "money", "budget"),
    ("累计支付", 2, "money", "paid"),
    ("预算执行率", 2, "share", "rate"),
    ("计划应付", 2, "money", "planned"),
    ("与计划差额", 2, "money", "gap"),
    ("计划完成率", 2, "share", "plan_progress"),
    ("序时进度比", 2, "share", "time_progress"),
    ("按计划预警", 2, "word", "light"),
)
*_COLUMNS, _ = accumulate((span for _, span, *_ in PROJECT_TABLE), initial=0)
PROJECT_COLUMNS = dict(zip((key for *_, key in PROJECT_TABLE), _COLUMNS, strict=True))
"""The first column of each, from 0."""
MORE: Mapping[Period | None, tuple[str, int, str, str]] = {Period.SELF_EVALUATION: ("等级", 2, "word", "grade")}
OFFICIAL = ("官方预警", 2, "word", "official_light")


def draw_projects(canvas: Canvas, consolidation: Consolidation) -> tuple[int, int]:
    """The projects furthest behind their plan, in 万元; returns the first row and their number."""
    counted = consolidation.totals.projects
    listed = nsmallest(MOST_PROJECTS, (each for each in consolidation.projects if each.is_counted), key=_urgency)
    title = f"与计划差额最大的{MOST_PROJECTS}个项目" if counted > len(listed) else "各项目支出进度"
    canvas.section(f"{title}（万元）")
    shown = (*PROJECT_TABLE, MORE.get(consolidation.period, OFFICIAL))
    canvas.heads([(heading, span) for heading, span, _, _ in shown])
    first = canvas.row
    for project in listed:
        column = 0
        for _, span, style, key in shown:
            if key == "name":
                put_name(canvas, column, span, project)
            else:
                canvas.put(canvas.row, column, span, style, getattr(project, key))
            column += span
        canvas.end_row(PROJECT_HEIGHT)
    last = max(first, canvas.row - 1)
    canvas.formats.tint_words(canvas.sheet, "progress.light", first, COLUMNS - 4, last, COLUMNS - 3)
    canvas.formats.tint_words(canvas.sheet, "progress.official_light", first, COLUMNS - 2, last, COLUMNS - 1)
    canvas.end_row(GAP)
    return first, len(listed)


def _urgency(project: ProjectRecord) -> tuple[bool, Decimal, int]:
    gap = project.gap
    return not isinstance(gap, Decimal), gap if isinstance(gap, Decimal) else Decimal(0), project.ordinal


def put_project(canvas: Canvas, project: ProjectRecord, reason: str) -> None:
    """A line about one project: its name, and a reason as high as it needs."""
    put_name(canvas, 0, NAME_SPAN, project)
    canvas.put(canvas.row, NAME_SPAN, COLUMNS - NAME_SPAN, "wrapped", reason)
    height = lines(reason, (COLUMNS - NAME_SPAN) * WIDTH) * LINE_HEIGHT + 4
    canvas.end_row(min(max(height, PROJECT_HEIGHT), LARGEST_HEIGHT))


def put_name(canvas: Canvas, column: int, span: int, project: ProjectRecord) -> None:
    """The name, linked to the project's row in 项目汇总."""
    link = canvas.formats.style("link")
    canvas.sheet.merge_range(canvas.row, column, canvas.row, column + span - 1, "", link)
    cell = address(project.ordinal + 2, PROJECTS.index("name") + 1)
    name = short_name(project.name) or project.code or "（未填写项目名称）"
    canvas.sheet.write_url(canvas.row, column, f"internal:'{PROJECTS.title}'!{cell}", link, name)


def draw_lists(canvas: Canvas, consolidation: Consolidation) -> None:
    """Repeated projects, missing ones, what was sent and not read, files that count nowhere."""
    repeated = [(same.code, same.name, "；".join(p.source for p in same.projects)) for same in consolidation.repeated]
    unread = [(each.place, each.project, message(each.reason)) for each in consolidation.unread]
    uncounted = [
        (file.name, message(file.reason))
        for file in consolidation.files
        if file.reason is not None and status_of(file) != UNREADABLE
    ]
    _list(canvas, "重复报送、未计入合计的项目", ("项目编码", "项目名称", "出现在"), (6, 9, 9), repeated, FINDINGS.title)
    _list(canvas, "应报未报的项目", ("项目编码", "项目名称"), (8, 16), consolidation.missing, FINDINGS.title)
    _list(canvas, "已报送、未能读取的", ("文件和工作表", "项目", "原因"), (7, 7, 10), unread, FILES.title)
    _list(canvas, "未计入的和其他的文件", ("文件", "原因"), (12, 12), uncounted, FILES.title)


def _list(
    canvas: Canvas,
    title: str,
    heads: Sequence[str],
    spans: Sequence[int],
    lines: Sequence[Sequence[str]],
    elsewhere: str,
) -> None:
    """The first lines of a list and a reference to the sheet with all; nothing for an empty list."""
    if not lines:
        return
    canvas.section(f"{title}（{len(lines)}）")
    canvas.heads(list(zip(heads, spans, strict=True)))
    for line in lines[:MOST_LISTED]:
        canvas.texts(list(zip(line, spans, strict=True)))
    if len(lines) > MOST_LISTED:
        canvas.line(f"另有{len(lines) - MOST_LISTED}项，见“{elsewhere}”。", "note", 16)
    canvas.end_row(GAP)
