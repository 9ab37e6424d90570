"""What a command may be given as its source: an official document, a project list, or nothing but a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from xlperf.document import read_document
from xlperf.document.project_list import read_project_list
from xlperf.measure import find_pack
from xlperf.model import Department, Finding, Project, Settings, UsageError

LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")  # the names of lists; what they are, their content says


def is_list(source: Path) -> bool:
    """Whether a source is a list of projects, by its name."""
    return source.suffix.lower() in LISTS


def read_source(source: Path, year: int | None) -> tuple[Department, Sequence[Finding]]:
    """The department a document or a project list describes, and what was odd about it."""
    if is_list(source):
        return read_project_list(source, year=year)
    imported = read_document(source, year=year)
    return imported.department, imported.findings


def blank_department(count: int, year: int | None) -> Department:
    """A department of `count` projects of which nothing is known yet."""
    if year is None:
        raise UsageError("blank_needs_year")
    return Department(year=year, projects=tuple(Project(number=i) for i in range(1, count + 1)))


def settings_for(year: int, as_of: dt.date | None, pack: str) -> Settings:
    """The parameters a fresh workbook starts with; half-year monitoring unless a date is given."""
    found = find_pack(pack)
    if found is None:
        raise UsageError("pack_unknown", pack=pack)
    return Settings(as_of=as_of or dt.date(year, 6, 30), pack=found.key)
