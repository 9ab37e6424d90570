"""Which workbooks a department becomes: one for each of its budget units, or one for each project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlperf.form.titles import file_name, short_name
from xlperf.model import BudgetUnit, Department, Project


def split(
    department: Department, form: str, *, by_project: bool, units: Sequence[BudgetUnit] = ()
) -> Iterator[tuple[str, Department]]:
    """Each workbook: its file name without suffix, and the department with the projects that go into it.

    The file of a department is named after its `form`. `units` are the budget units of its projects, parallel to them,
    where there are several: each gets a workbook, named with its code too.
    """
    for own in _of_units(department, units):
        if not by_project:
            code = own.unit.code if units else ""
            yield file_name(f"{code}{own.unit.name or '部门'}{own.year}年{form}"), own
            continue
        for project in own.projects:
            parts = (f"{project.number:02d}", project.code, short_name(project.name) or "项目")
            yield file_name("_".join(filter(None, parts))), own.model_copy(update={"projects": (project,)})


def _of_units(department: Department, units: Sequence[BudgetUnit]) -> Iterator[Department]:
    """The department once for each unit of its projects, with these; as it is where there are no units."""
    if not units:
        yield department
        return
    own: dict[BudgetUnit, list[Project]] = {}
    for project, unit in zip(department.projects, units, strict=True):
        own.setdefault(unit, []).append(project)
    for unit, projects in own.items():
        yield department.model_copy(update={"unit": unit, "projects": tuple(projects)})
