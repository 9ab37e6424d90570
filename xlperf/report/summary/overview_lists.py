"""The second page of 总览: the projects furthest behind their plan, and everything that did not go in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlperf.checks import message
from xlperf.consolidate.columns import FILES, FINDINGS, PROJECTS, WORDS
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.records import ProjectLine
from xlperf.form.titles import short_name
from xlperf.ooxml.a1 import address
from xlperf.report.summary.canvas import COLUMNS, Board

MOST_LISTED = 20  # lines of a list; the rest stands on a sheet of its own
MOST_PROJECTS = 10
PROJECT_HEIGHT, GAP = 18, 8

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


def draw_projects(board: Board, told: Consolidation) -> tuple[int, int]:
    """The projects furthest behind their plan, in 万元; gives the first row and how many there are."""
    mine = [(i, p) for i, p in enumerate(told.projects) if told.counted[i]]
    mine.sort(key=lambda pair: (pair[1].gap is None, pair[1].gap or Decimal(0), pair[0]))
    listed = mine[:MOST_PROJECTS]
    title = f"与计划差额最大的{MOST_PROJECTS}个项目" if len(mine) > len(listed) else "各项目支出进度"
    board.section(f"{title}（万元）")
    board.heads([(heading, span) for heading, span, _, _ in PROJECT_COLUMNS])
    first = board.row
    for index, project in listed:
        column = 0
        for _, span, look, key in PROJECT_COLUMNS:
            if key == "name":
                _put_name(board, column, span, index, project)
            else:
                board.put(board.row, column, span, look, getattr(project, key))
            column += span
        board.end_row(PROJECT_HEIGHT)
    for word, (look, mark) in WORDS["progress.light"].items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": board.paint.tint(look, mark)}
        board.sheet.conditional_format(first, COLUMNS - 2, max(first, board.row - 1), COLUMNS - 1, rule)
    board.end_row(GAP)
    return first, len(listed)


def _put_name(board: Board, column: int, span: int, index: int, project: ProjectLine) -> None:
    """The name, leading to the project's row on its sheet."""
    look = board.paint.look("link")
    board.sheet.merge_range(board.row, column, board.row, column + span - 1, "", look)
    place = address(index + 2, PROJECTS.place("name") + 1)
    name = short_name(project.name) or project.code or "（未填写项目名称）"
    board.sheet.write_url(board.row, column, f"internal:'{PROJECTS.title}'!{place}", look, name)


def draw_lists(board: Board, told: Consolidation) -> None:
    """Repeated projects, missing ones, refused files."""
    repeated = [(found.code, found.name, "；".join(p.place for p in found.projects)) for found in told.repeated]
    refused = [(file.shown, message(file.reason)) for file in told.files if file.reason is not None]
    _list(board, "重复报送、未计入合计的项目", ("项目编码", "项目名称", "出现在"), (6, 9, 9), repeated, FINDINGS.title)
    _list(board, "应报未报的项目", ("项目编码", "项目名称"), (8, 16), told.missing, FINDINGS.title)
    _list(board, "未汇总的文件", ("文件", "原因"), (12, 12), refused, FILES.title)


def _list(
    board: Board,
    title: str,
    heads: Sequence[str],
    spans: Sequence[int],
    lines: Sequence[Sequence[str]],
    elsewhere: str,
) -> None:
    """The first lines of a list, and where the others are; nothing at all where it is empty."""
    if not lines:
        return
    board.section(f"{title}（{len(lines)}）")
    board.heads(list(zip(heads, spans, strict=True)))
    for line in lines[:MOST_LISTED]:
        board.texts(list(zip(line, spans, strict=True)))
    if len(lines) > MOST_LISTED:
        board.line(f"另有{len(lines) - MOST_LISTED}项，见“{elsewhere}”。", "note", 16)
    board.end_row(GAP)
