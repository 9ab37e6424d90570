"""The sources of forms: a performance document, a project list, or nothing but a number of projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from xlperf.consolidate.department import Expected
from xlperf.document import read_document
from xlperf.document.project_list import read_project_list
from xlperf.measure import Pack, find_pack
from xlperf.model import Department, Finding, Project, Settings, UsageError

LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")  # known by suffix; what such a file is, its content says


def is_list(source: Path) -> bool:
    """Whether a source is a list of projects, by its name."""
    return source.suffix.lower() in LISTS


def read_source(source: Path, year: int | None) -> tuple[Department, Sequence[Finding]]:
    """The department that a document or a project list describes, and the findings of reading it."""
    if is_list(source):
        return read_project_list(source, year=year)
    imported = read_document(source, year=year)
    return imported.department, imported.findings


def expected_projects(department: Department) -> list[Expected]:
    """Code and name of every project, for `consolidate` to name those that did not come back."""
    return [(project.code, project.name) for project in department.projects]


def blank_department(count: int, year: int | None) -> Department:
    """A department of `count` projects without code or name. Raises UsageError where no year is given."""
    if year is None:
        raise UsageError("blank_needs_year")
    return Department(year=year, projects=tuple(Project(number=i) for i in range(1, count + 1)))


def settings_for(year: int, as_of: dt.date | None, pack: str) -> Settings:
    """The parameters of a fresh workbook; its 截止日期 is 30 June (half-year monitoring) unless a date is given."""
    return Settings(as_of=as_of or dt.date(year, 6, 30), pack=known_pack(pack).key)


def known_pack(name: str) -> Pack:
    """The rule pack of this name; no name is that of the default. Raises UsageError where there is none."""
    pack = find_pack(name)
    if pack is None:
        raise UsageError("pack_unknown", pack=name)
    return pack
