"""Every workbook that `.ci/user` makes, and the rows that must be seen in it. Knows no reader."""

from __future__ import annotations

from types import SimpleNamespace
from typing import NamedTuple

from installed.example import (
    PERIODS,
    PROJECTS,
    RETURNED,
    Rows,
    answered,
    carried,
    computed,
    given,
    listed,
    shown,
    summarised,
)
from installed.foreign import BY_LIBREOFFICE

DEPARTMENT = "示范市清河区人民法院2026年"
LIST = "部门2026年绩效目标表"
NAMES = dict(zip(PERIODS, ("绩效目标表", "绩效运行监控表", "绩效自评表"), strict=True))
# Where the demo puts the workbooks of a period, empty, filled in and summarised.
DEMO = {
    "plan": ("2-绩效目标表", "3-绩效目标表（已填）", ""),
    "monitoring": ("4-运行监控表", "5-运行监控表（已填）", "6-运行监控汇总表.xlsx"),
    "self-evaluation": ("7-绩效自评表", "8-绩效自评表（已填）", "9-部门汇总表.xlsx"),
}


OWN = 4  # the project of which the workbook of the demo is checked


class Book(NamedTuple):
    """Rows as saved; rows that a program must calculate first; sheets of projects whose formulas are as we wrote them.

    period: what the sheets are for. source: the file by openpyxl that this is a copy of.
    """

    saved: Rows
    calculated: Rows = ()
    forms: tuple[str, ...] = ()
    period: str = "plan"
    source: str = ""


def _typed(project: SimpleNamespace, period: str) -> Rows:
    return [*carried(project), *answered(project, period)]


def _calculated(project: SimpleNamespace, period: str) -> Rows:
    return [*shown(project), *computed(project, period)]


def _books() -> dict[str, Book]:
    plan = Book([row for project in PROJECTS for row in given(project)], forms=tuple(each.sheet for each in PROJECTS))
    projects = plan._replace(saved=[row for project in PROJECTS for row in listed(project)])
    blank = tuple(f"{number:02d}_项目" for number in (1, 2, 3))
    books = {
        f"document/{DEPARTMENT}{NAMES['plan']}.xlsx": plan,
        f"macros/{DEPARTMENT}{NAMES['plan']}.xlsm": plan,
        f"list-xlsx/{LIST}.xlsx": projects,
        f"list-csv/{LIST}.xlsx": projects,
        f"blank/{LIST}.xlsx": Book([(sheet, ("项目编码", "编码校验")) for sheet in blank], forms=blank),
        "summary/部门汇总表.xlsx": Book(list(summarised("self-evaluation"))),
    }
    books |= {f"plan/{project.file}.xlsx": Book(given(project), forms=(project.sheet,)) for project in PROJECTS}
    for period, (empty, filled, summary) in DEMO.items():
        sheets = tuple(project.sheet for project in RETURNED)
        later = Book([row for each in RETURNED for row in (*carried(each), *shown(each))], forms=sheets, period=period)
        books[f"demo/{empty}/{DEPARTMENT}{NAMES[period]}.xlsx"] = plan if period == "plan" else later
        if summary:
            books[f"demo/{summary}"] = Book(list(summarised(period)))
        for project in RETURNED:
            sheet = Book(listed(project), forms=(project.sheet,), period=period)
            if period != "plan":
                books[f"{period}/{project.file}.xlsx"] = sheet._replace(saved=[*carried(project), *shown(project)])
                sheet = sheet._replace(saved=[*_typed(project, period), *_calculated(project, period)])
            books[f"demo/{filled}/{project.file}.xlsx"] = sheet
    for project in RETURNED:
        typed, calculated = _typed(project, "self-evaluation"), _calculated(project, "self-evaluation")
        copy = f"annotated/{project.file}（检查）.xlsx"
        if project.number in BY_LIBREOFFICE:
            books[copy] = Book([*typed, *calculated])
        else:  # openpyxl saves formulas without results
            books[copy] = Book(typed, calculated, source=f"../given/self-evaluation/{project.file}.xlsx")
        if project.number == OWN:
            books[f"own/{project.file}（检查）.xlsx"] = Book(
                [*typed, *calculated], forms=(project.sheet,), period="self-evaluation"
            )
    return books


BOOKS = _books()
OTHERS = {
    "addins/xlperf.oxt",
    "addins/xlperf.xlam",
    "demo/1-绩效文本.txt",
    "demo/问题.json",
    "parse.json",
    "changes.json",
    "summary/部门汇总表.sqlite",
    *(f"{name}.txt" for name in ("parse", "rules", "rule", "help", "check", "consolidate", "doctor")),
}
