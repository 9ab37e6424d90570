"""The rows that workbooks of the example department must show, made of the literal figures of `example.toml`.

A row is given by its values from left to right; between them the sheet may hold more.
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
_FACTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PROJECTS = [SimpleNamespace(**facts) for facts in _FACTS["project"]]
for _project in PROJECTS:
    _project.sheet = f"{_project.number:02d}_{_project.short}"
    _project.file = f"{_project.number:02d}_{_project.code}_{_project.short}"
    _project.returned = SimpleNamespace(**{"total": [], **_project.returned}) if hasattr(_project, "returned") else None
RETURNED = [project for project in PROJECTS if project.returned]


def listed(project: SimpleNamespace) -> Rows:
    """What a list of projects says of one."""
    return [
        (project.sheet, ("项目编码", project.code, "项目名称", project.name)),
        (project.sheet, ("预算数", project.budget)),
        ("目录", (project.number, project.code, project.name, project.budget)),
    ]


def given(project: SimpleNamespace) -> Rows:
    """What the document says of a project."""
    rows: list[list[Any]] = [
        ["项目编码", project.code, "项目名称", project.name],
        ["预算数", project.budget, "其中：财政资金", *project.funds],
        [project.purpose],
        project.plan,
        *([objective] for objective in project.objectives),
        *(indicator[0] for indicator in project.indicators),
    ]
    return [(project.sheet, tuple(row)) for row in rows]


def planned(project: SimpleNamespace) -> Rows:
    """What the contents say of a project of which nothing has been filled in."""
    applying = sum("不涉及" not in indicator[0] for indicator in project.indicators)
    return [("目录", (project.number, project.code, project.name, project.budget, len(project.indicators), applying))]


def answered(project: SimpleNamespace) -> Rows:
    """What was typed into the sheet of a project."""
    return [
        (project.sheet, tuple(project.returned.month[:2])),
        *((project.sheet, (*said[:2], answers[0][0])) for said, *answers in project.indicators if len(answers[0]) > 1),
    ]


def computed(project: SimpleNamespace) -> Rows:
    """What the sheet and the contents show once it is filled in."""
    returned = project.returned
    execution, plan, against_plan, against_time = returned.rates
    rows: list[list[Any]] = [
        ["执行预算", returned.budget],
        *([*said, *answers[0]] for said, *answers in project.indicators),
        ["指标合计", 90, returned.scores[0], "预算执行率得分", returned.scores[1]],
        returned.month,
        ["截至日累计支付", returned.paid, "预算执行率", execution, "计划应达", plan, "预警", returned.light],
        [
            "计划完成率",
            against_plan,
            "序时进度比",
            against_time,
            "总分",
            *returned.total[:1],
            "等级",
            *returned.total[1:],
        ],
    ]
    line = [returned.budget, returned.paid, *returned.rates[:3], returned.light, len(project.indicators)]
    contents = (project.number, project.code, project.name, *line, *returned.counts, *returned.total)
    return [*((project.sheet, tuple(row)) for row in rows), ("目录", contents)]


def summarised() -> Iterator[tuple[str, Row]]:
    """What the summary of the returned workbooks shows."""
    for sheet, rows in _FACTS["summary"].items():
        yield from ((sheet, tuple(row)) for row in rows)
    for project in RETURNED:
        for said, *answers in project.indicators:
            yield "指标汇总", (UNIT, project.code, project.name, "是", *said, *answers[-1], f"{project.file}.xlsx")


def missing(sheets: dict[str, list[Row]], wanted: Rows) -> Rows:
    """The rows that are wanted and on no row of their sheet; figures are rounded to six places on all sheets."""
    return [(title, row) for title, row in wanted if not any(_holds(held, row) for held in sheets.get(title, ()))]


def _holds(held: Row, wanted: Row) -> bool:
    values = iter(held)
    return all(any(_same(value, want) for value in values) for want in wanted)


def _same(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, str):
        return bool(value == wanted)
    return isinstance(value, int | float) and abs(value - wanted) < 1e-6
