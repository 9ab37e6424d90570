"""What a rule is: a pure function with a code, whose docstring is its page and whose examples run as tests.

Registering a rule is all there is to adding one; its severity and sentence stand in the table of codes.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from xlperf.checks.case import Case, Fault, Place, ProjectCase, Row, Values
from xlperf.files import check_time
from xlperf.form import Cell

Typed = Mapping[str, Cell]
"""What is typed into a faultless form, by slot key; `#2` behind it means the second row, `2!` before it the second
project, `=` before it what a computed cell is made to say."""

Example = Typed | str
"""A case for a page: what is typed, or a story told."""

HEADINGS = ("查什么", "为什么", "怎么改")


class Page(NamedTuple):
    """What `xlperf rule` shows of a code; `summary` is the page in one English sentence."""

    summary: str
    what: str
    why: str
    how: str
    fires: Example
    passes: Example


RowCheck = Callable[[Row], Values | None]
ProjectCheck = Callable[[ProjectCase], Iterable[tuple[Place, Values]]]
DepartmentCheck = Callable[[Case], Iterable[tuple[int | None, Place, Values]]]
Check = RowCheck | ProjectCheck | DepartmentCheck
C = TypeVar("C", bound=Check)

ROW_RULES: list[tuple[str, str, RowCheck]] = []
PROJECT_RULES: list[tuple[str, ProjectCheck]] = []
DEPARTMENT_RULES: list[tuple[str, DepartmentCheck]] = []
DESCRIBED: dict[str, tuple[Check, Typed, Typed]] = {}


def row_rule(code: str, at: str, *, fires: Typed, passes: Typed) -> Callable[[RowCheck], RowCheck]:
    """A rule about one indicator: gives the values of its sentence, or None. `at` is the slot it points to."""

    def register(check: RowCheck) -> RowCheck:
        ROW_RULES.append((code, at, check))
        return _described(code, check, fires, passes)

    return register


def project_rule(code: str, *, fires: Typed, passes: Typed) -> Callable[[ProjectCheck], ProjectCheck]:
    """A rule about one project: gives places with the values of its sentence."""

    def register(check: ProjectCheck) -> ProjectCheck:
        PROJECT_RULES.append((code, check))
        return _described(code, check, fires, passes)

    return register


def department_rule(code: str, *, fires: Typed, passes: Typed) -> Callable[[DepartmentCheck], DepartmentCheck]:
    """A rule about several projects together: gives the project (None: the department), places and values."""

    def register(check: DepartmentCheck) -> DepartmentCheck:
        DEPARTMENT_RULES.append((code, check))
        return _described(code, check, fires, passes)

    return register


def _described(code: str, check: C, fires: Typed, passes: Typed) -> C:
    assert code not in DESCRIBED, code
    DESCRIBED[code] = (check, fires, passes)
    return check


def rule_page(code: str) -> Page:
    """The page of a rule, from its docstring: an English sentence, then what is behind the Chinese headings."""
    check, fires, passes = DESCRIBED[code]
    text = inspect.getdoc(check) or ""
    parts = re.split(rf"^({'|'.join(HEADINGS)})：", text, flags=re.MULTILINE)
    told = {heading: "".join(part.split()) for heading, part in zip(parts[1::2], parts[2::2], strict=True)}
    what, why, how = (told[heading] for heading in HEADINGS)
    return Page(parts[0].strip(), what, why, how, fires, passes)


def judge(case: Case) -> list[Fault]:
    """Every fault the rules find, in the order of the projects and of the rules.

    Raises Refused within an attempt that runs out of time.
    """
    faults: list[Fault] = []
    for code, of_department in DEPARTMENT_RULES:
        check_time()
        faults.extend(Fault(code, project, place, values) for project, place, values in of_department(case))
    for project in case.projects():
        check_time()
        faults.extend(
            Fault(code, project.index, place, values)
            for code, check in PROJECT_RULES
            for place, values in check(project)
        )
        for row in project.rows():
            for code, at, check in ROW_RULES:
                values = check(row)
                if values is not None:
                    faults.append(Fault(code, project.index, Place(at, row.index), values))
    return faults
