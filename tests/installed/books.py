"""Every workbook that `.ci/user` makes, and the rows that must be seen in it. Knows no reader."""

from __future__ import annotations

from typing import NamedTuple

from installed.example import PROJECTS, RETURNED, Rows, answered, computed, given, listed, planned, summarised
from installed.foreign import BY_LIBREOFFICE

DEPARTMENT = "示范市清河区人民法院2026年绩效填报表"
LIST = "部门2026年绩效填报表"


class Book(NamedTuple):
    """Rows as saved; rows that a program must calculate first; sheets of projects whose formulas are as we wrote them.

    source: the file by openpyxl that this is a copy of.
    """

    saved: Rows
    calculated: Rows = ()
    forms: tuple[str, ...] = ()
    source: str = ""


def _books() -> dict[str, Book]:
    sheets = tuple(project.sheet for project in PROJECTS)
    department = Book([row for project in PROJECTS for row in (*given(project), *planned(project))], forms=sheets)
    summary = Book(list(summarised()))
    projects = Book([row for project in PROJECTS for row in listed(project)], forms=sheets)
    blank = tuple(f"{number:02d}_项目" for number in (1, 2, 3))
    books = {
        "demo/2-空白填报表.xlsx": department,
        "demo/4-部门汇总表.xlsx": summary,
        f"document/{DEPARTMENT}.xlsx": department,
        f"macros/{DEPARTMENT}.xlsm": department,
        f"list-xlsx/{LIST}.xlsx": projects,
        f"list-csv/{LIST}.xlsx": projects,
        f"blank/{LIST}.xlsx": Book([(sheet, ("项目编码", "编码校验", "项目名称")) for sheet in blank], forms=blank),
        "summary/部门汇总表.xlsx": summary,
    }
    for project in PROJECTS:
        books[f"split/{project.file}.xlsx"] = Book([*given(project), *planned(project)], forms=(project.sheet,))
    for project in RETURNED:
        typed = [*given(project), *answered(project)]
        full = Book([*typed, *computed(project)], forms=(project.sheet,))
        books[f"demo/3-已填报/{project.file}.xlsx"] = full
        copy = f"annotated/{project.file}（检查）.xlsx"
        if project.number in BY_LIBREOFFICE:
            books[copy] = full._replace(forms=())
        else:  # openpyxl saves formulas without results
            books[copy] = Book(typed, computed(project), source=f"../given/filled/{project.file}.xlsx")
        if project.number == 1:
            books[f"own/{project.file}（检查）.xlsx"] = full
    return books


BOOKS = _books()
OTHERS = {
    "addins/xlperf.oxt",
    "addins/xlperf.xlam",
    "demo/1-绩效文本.txt",
    "demo/5-问题.json",
    "parse.json",
    "changes.json",
    "summary/部门汇总表.sqlite",
    *(f"{name}.txt" for name in ("parse", "rules", "rule", "help", "check", "consolidate", "doctor")),
}
