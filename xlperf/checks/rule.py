"""A rule is a pure function with a code; its docstring is its page, and its examples run as tests.

To add a rule, register the function; its severity and sentence stand in the table of codes.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from xlperf.checks.submission import (
    DepartmentFaults,
    Fault,
    IndicatorCase,
    ProjectCase,
    ProjectFaults,
    SlotRef,
    Submission,
    Values,
)
from xlperf.files import check_time
from xlperf.form import Cell
from xlperf.model import Period

Typed = Mapping[str, Cell]
"""Values typed into a faultless form, by slot key. Suffix `#2`: the second row; prefix `2!`: the second project;
prefix `=`: a computed cell overwritten with the value. `form` names the period of the form, the wide one if absent."""

MONITORING: Typed = {"form": Period.MONITORING.value}
EVALUATION: Typed = {"form": Period.SELF_EVALUATION.value}

Example = Typed | str
"""An example of a page: typed values, or a story in words."""

HEADINGS = ("查什么", "为什么", "怎么改")


class Page(NamedTuple):
    """What `xlperf rule` prints about a code; `summary` is the page in one English sentence."""

    summary: str
    what: str
    why: str
    how: str
    fires: Example
    passes: Example


IndicatorCheck = Callable[[IndicatorCase], Values | None]
ProjectCheck = Callable[[ProjectCase], ProjectFaults]
DepartmentCheck = Callable[[Submission], DepartmentFaults]
Check = IndicatorCheck | ProjectCheck | DepartmentCheck
C = TypeVar("C", bound=Check)

INDICATOR_RULES: list[tuple[str, str, IndicatorCheck]] = []
PROJECT_RULES: list[tuple[str, ProjectCheck]] = []
DEPARTMENT_RULES: list[tuple[str, DepartmentCheck]] = []
DESCRIBED: dict[str, tuple[Check, Typed, Typed]] = {}


def indicator_rule(code: str, at: str, *, fires: Typed, passes: Typed) -> Callable[[IndicatorCheck], IndicatorCheck]:
    """Register a rule about one indicator: it returns the values of its sentence or None. `at` is the slot at fault."""

    def register(check: IndicatorCheck) -> IndicatorCheck:
        INDICATOR_RULES.append((code, at, check))
        return _described(code, check, fires, passes)

    return register


def project_rule(code: str, *, fires: Typed, passes: Typed) -> Callable[[ProjectCheck], ProjectCheck]:
    """Register a rule about one project: it yields slots with the values of its sentence."""

    def register(check: ProjectCheck) -> ProjectCheck:
        PROJECT_RULES.append((code, check))
        return _described(code, check, fires, passes)

    return register


def department_rule(code: str, *, fires: Typed, passes: Typed) -> Callable[[DepartmentCheck], DepartmentCheck]:
    """Register a rule about several projects: it yields the project's index (None: the department), slot and values."""

    def register(check: DepartmentCheck) -> DepartmentCheck:
        DEPARTMENT_RULES.append((code, check))
        return _described(code, check, fires, passes)

    return register


def _described(code: str, check: C, fires: Typed, passes: Typed) -> C:
    assert code not in DESCRIBED, code
    DESCRIBED[code] = (check, fires, passes)
    return check


def rule_page(code: str) -> Page:
    """The page of a rule, from its docstring: an English sentence, then a text after each of HEADINGS."""
    check, fires, passes = DESCRIBED[code]
    text = inspect.getdoc(check) or ""
    parts = re.split(rf"^({'|'.join(HEADINGS)})：", text, flags=re.MULTILINE)
    sections = {heading: "".join(part.split()) for heading, part in zip(parts[1::2], parts[2::2], strict=True)}
    what, why, how = (sections[heading] for heading in HEADINGS)
    return Page(parts[0].strip(), what, why, how, fires, passes)


def judge(submission: Submission) -> list[Fault]:
    """Every fault the rules find, in the order of the projects and of the rules.

    Raises Refused when the attempt it runs in is out of time.
    """
    faults: list[Fault] = []
    for code, of_department in DEPARTMENT_RULES:
        check_time()
        faults.extend(Fault(code, project, slot, values) for project, slot, values in of_department(submission))
    for project_case in submission.project_cases():
        check_time()
        faults.extend(
            Fault(code, project_case.index, slot, values)
            for code, check in PROJECT_RULES
            for slot, values in check(project_case)
        )
        for case in project_case.indicator_cases:
            for code, key, check in INDICATOR_RULES:
                values = check(case)
                if values is not None:
                    faults.append(Fault(code, project_case.index, SlotRef(key, case.index), values))
    return faults
