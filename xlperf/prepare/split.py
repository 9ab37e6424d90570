"""Which workbooks a department becomes: one for all of it, or one for each project."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.form.titles import file_name, short_name
from xlperf.model import Department


def split(department: Department, form: str, *, by_project: bool) -> Iterator[tuple[str, Department]]:
    """Each workbook: its file name without suffix, and the department with the projects that go into it.

    The file of a department is named after its `form`.
    """
    if not by_project:
        yield f"{file_name(department.unit.name or '部门')}{department.year}年{form}", department
        return
    for project in department.projects:
        parts = (f"{project.number:02d}", project.code, short_name(project.name) or "项目")
        yield file_name("_".join(filter(None, parts))), department.model_copy(update={"projects": (project,)})
