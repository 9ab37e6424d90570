"""Next year's plan from this year's: what lasts is kept, what belongs to the old year is not.

Kept are wording, targets, weights, objectives, purpose and planned shares; amounts, payments and reports are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from xlperf.measure.codes import LENGTH, YEAR
from xlperf.model import Budget, Department, Project
from xlperf.model.text import code_key, squeeze
from xlperf.prepare.carry import planned
from xlperf.prepare.leaves import leaves, with_leaves


class NextYear(NamedTuple):
    """The plan of the new year, the projects of the old that are not in it, and those of it that are new."""

    department: Department
    ended: tuple[Project, ...]
    added: tuple[Project, ...]


def next_year(department: Department, year: int, listed: Department | None = None) -> NextYear:
    """The department's plan of this year, with the projects of a list where there is one.

    A project of the list is the old one with the same code but for its year, else the one with its name, each where
    there is one only on both sides; what the list states wins. Without a list no project ends, and its new code is left
    to be filled in.
    """
    old = department.projects
    if listed is None:
        projects = tuple(_lasting(project).model_copy(update={"code": ""}) for project in old)
        return NextYear(department.model_copy(update={"year": year, "projects": projects}), (), ())
    before = _before(listed.projects, old)
    projects = tuple(_continued(old[before[i]], new) if i in before else new for i, new in enumerate(listed.projects))
    head = with_leaves(department, dict(leaves(listed))).model_copy(update={"year": year, "projects": projects})
    ended = (project for i, project in enumerate(old) if i not in before.values())
    return NextYear(head, tuple(ended), tuple(new for i, new in enumerate(listed.projects) if i not in before))


def lasting_code(code: str) -> str:
    """The parts of a code that do not change with the year, without its check character; "" for any other text."""
    code = code_key(code)
    return code[: YEAR.start] + code[YEAR.stop : -1] if len(code) == LENGTH else ""


def _before(new: Sequence[Project], old: Sequence[Project]) -> dict[int, int]:
    """New place → old place."""
    found: dict[int, int] = {}
    keys: tuple[Callable[[Project], str], ...] = (
        lambda project: lasting_code(project.code),
        lambda project: squeeze(project.name),
    )
    for key in keys:
        of_new, of_old = (Counter(map(key, projects)) for projects in (new, old))
        places = {key(project): at for at, project in enumerate(old)}
        for i, project in enumerate(new):
            value = key(project)
            if value and i not in found and of_new[value] == of_old[value] == 1 and places[value] not in found.values():
                found[i] = places[value]
    return found


def _continued(old: Project, new: Project) -> Project:
    """The new project, its blanks filled from the old one."""
    stated = {"number": new.number, "indicators": new.indicators or planned(old).indicators}
    return with_leaves(_lasting(old), dict(leaves(new))).model_copy(update=stated)


def _lasting(project: Project) -> Project:
    return planned(project).model_copy(update={"budget": Budget()})
