"""The rows that workbooks of the example department must show, made of the literal figures of `example.toml`.

A row is given by its values from left to right, "" for a blank cell; between them the sheet may hold more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Row = tuple[Any, ...]
Rows = Sequence[tuple[str, Row]]

UNIT = "366001示范市清河区人民法院"
PERIODS = ("plan", "monitoring", "self-evaluation")
_FACTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PROJECTS = [SimpleNamespace(**facts) for facts in _FACTS["project"]]
for _project in PROJECTS:
    _project.sheet = f"{_project.number:02d}_{_project.short}"
    _project.file = f"{_project.number:02d}_{_project.code}_{_project.short}"
    _project.months = {
        period: SimpleNamespace(**{"total": [], **vars(_project)[period]})
        for period in PERIODS[1:]
        if hasattr(_project, period)
    }
RETURNED = [project for project in PROJECTS if project.months]


def listed(project: SimpleNamespace) -> Rows:
    """What a list of projects says of one."""
    return [
        (project.sheet, ("项目编码", project.code)),
        (project.sheet, ("项目名称", project.name)),
        (project.sheet, ("预算数", project.budget)),
        ("目录", (project.number, project.code, project.name, project.budget)),
    ]


def given(project: SimpleNamespace) -> Rows:
    """What the document says of a project, on the sheet of its plan."""
    rows: list[list[Any]] = [
        ["项目编码", project.code],
        ["项目名称", project.name],
        ["预算数", project.budget, "其中：财政资金", *project.funds],
        [project.purpose],
        project.plan,
        *([objective] for objective in project.objectives),
        *(indicator[0] for indicator in project.indicators),
    ]
    amounts = [amount for amount in (project.budget, *project.funds) if not isinstance(amount, str)]
    contents = (project.number, project.code, project.name, *amounts, len(project.indicators))
    return [*((project.sheet, tuple(row)) for row in rows), ("目录", contents)]


def carried(project: SimpleNamespace) -> Rows:
    """What the sheet of a later period holds of the plan."""
    rows: list[list[Any]] = [
        ["项目名称", project.name, "项目编码", project.code],
        ["年度资金总额", project.budget],
        ["\n".join(project.objectives)],
        project.plan,
        *(said[:2] for said, *_ in project.indicators),
    ]
    return [(project.sheet, tuple(row)) for row in rows]


def shown(project: SimpleNamespace) -> Rows:
    """What it makes of that before anything is filled in."""
    goals = ((*said[:2], goal) for said, goal, *_ in project.indicators)
    return [(project.sheet, row) for row in (("主管部门", UNIT[6:], "实施单位", UNIT[6:]), *goals)]


def answered(project: SimpleNamespace, period: str) -> Rows:
    """What was typed into the sheet of a project in June or December."""
    rows = [project.months[period].month[:2]]
    for said, _, june, december in project.indicators:
        typed = june[:2] if period == "monitoring" else december[:1]
        rows += [[*said[:2], *typed]] * (len(june) > 1)
    return [(project.sheet, tuple(row)) for row in rows]


def computed(project: SimpleNamespace, period: str) -> Rows:
    """What the sheet and the contents show once it is filled in."""
    facts, is_june = project.months[period], period == "monitoring"
    rate, plan, time, progress = facts.rates
    official, by_plan = facts.lights
    rows: list[list[Any]] = [
        ["年度资金总额", *facts.money],
        *([*said[:2], goal, *(june if is_june else december)] for said, goal, june, december in project.indicators),
        facts.month,
        ["截至日累计支付", facts.paid, "预算执行率", rate, "计划应达", plan],
        ["序时进度比", time, "计划完成率", progress, "执行预算", facts.budget],
        ["预警（官方，按序时）", official, "预警（按计划）", by_plan],
    ]
    if not is_june:
        rows += [["指标合计", 90, facts.points], ["总分", *facts.total[:1], "等级", *facts.total[1:]]]
    line = [facts.budget, facts.paid, rate, plan, progress, official, by_plan, len(project.indicators)]
    contents = (project.number, project.code, project.name, *line, *facts.counts, *facts.total)
    return [*((project.sheet, tuple(row)) for row in rows), ("目录", contents)]


def summarised(period: str) -> Iterator[tuple[str, Row]]:
    """What the summary of the returned workbooks shows."""
    for sheet, rows in _FACTS["summary"][period].items():
        yield from ((sheet, tuple(row)) for row in rows)
    for project in RETURNED:
        for said, _, june, december in project.indicators:
            told = _told_in_june(*june) if period == "monitoring" else _told_in_december(*december)
            yield "指标汇总", (UNIT, project.code, project.name, "是", *said[:3], *told, f"{project.file}.xlsx")


def _told_in_june(actual: Any, *rest: Any) -> Row:
    """完成, 状态 and 指标预警; nothing where the sheet takes for a word what the summary reads as a number."""
    return (actual, rest[-1], rest[-2]) if len(rest) == 3 else ()


def _told_in_december(actual: Any, *rest: Any) -> Row:
    """分值, 实际完成值, 状态 and 得分."""
    return (rest[0], actual, rest[-1], rest[1]) if rest else (actual,)


def missing(sheets: dict[str, list[Row]], wanted: Rows) -> Rows:
    """The rows that are wanted and on no row of their sheet; figures are rounded to six places on all sheets."""
    filled = [(title, tuple(value for value in row if value != "")) for title, row in wanted]
    return [(title, row) for title, row in filled if not any(_holds(held, row) for held in sheets.get(title, ()))]


def _holds(held: Row, wanted: Row) -> bool:
    values = iter(held)
    return all(any(_same(value, want) for value in values) for want in wanted)


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return bool(value == wanted)
    return isinstance(value, int | float) and abs(value - wanted) < 1e-6
