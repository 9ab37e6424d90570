"""The sources of forms: a performance document, a project list, or nothing but a number of projects."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlperf.consolidate.department import Expected
from xlperf.document import read_document
from xlperf.document.forms_in_sheets import holds_forms
from xlperf.document.project_list import Contact, NoListError, read_project_list
from xlperf.document.sheets import WORKBOOKS
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.measure import DEFAULT_PACK, Pack, find_pack
from xlperf.model import BudgetUnit, Department, Finding, Locus, Period, Project, Settings, UsageError
from xlperf.prepare.merge import Filled, Where

NATIONAL = "national"  # the usual layout
LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")  # known by suffix; what such a file is, its content says


def is_list(source: Path) -> bool:
    """Whether a source is a list of projects, by its name."""
    return source.suffix.lower() in LISTS


class Source(NamedTuple):
    """What a source says: the department, the findings of reading it, contacts by project code.

    `year_from` is where it says its year, `period` what its forms are filled in for; `where` leads from a project
    (None: the department), a slot and a row to its place.
    """

    department: Department
    findings: Sequence[Finding]
    contacts: Mapping[str, Contact] = MappingProxyType({})
    year_from: str = ""
    period: Period = Period.PLAN
    where: Where = lambda *_: Locus()

    @property
    def filled(self) -> Filled:
        """The source as what staff filled in."""
        return Filled(self.department, self.period, self.where)


def read_source(source: Path, year: int | None, preferences: Preferences = NO_PREFERENCES) -> Source:
    """The department that a document, a project list or a workbook of official forms describes.

    What it says of its unit and its year is not overridden by the preferences, as it is by `year`.
    """
    if is_list(source):
        try:
            listed = read_project_list(source, year=year, default_year=preferences.year)
            return Source(_with_unit(listed.department, preferences), *listed[1:])
        except NoListError:
            if source.suffix.lower() not in WORKBOOKS or not holds_forms(source):
                raise
    imported = read_document(source, year=year, default_year=preferences.year)
    return Source(
        _with_unit(imported.department, preferences),
        imported.findings,
        year_from=imported.year_from,
        period=imported.period,
        where=lambda project, key, row: imported.place(imported.line_of(project, key, row)),
    )


def _with_unit(department: Department, preferences: Preferences) -> Department:
    """The department with what it does not say of its unit, unless it is of another unit."""
    unit, ours = department.unit, BudgetUnit(code=preferences.unit_code, name=preferences.unit_name)
    if (unit.code and ours.code not in ("", unit.code)) or (unit.name and ours.name not in ("", unit.name)):
        return department
    filled = BudgetUnit(code=unit.code or ours.code, name=unit.name or ours.name)
    return department.model_copy(update={"unit": filled})


def expected_projects(department: Department) -> list[Expected]:
    """Code and name of every project, for `consolidate` to name those that did not come back."""
    return [(project.code, project.name) for project in department.projects]


def blank_department(count: int, year: int | None, preferences: Preferences = NO_PREFERENCES) -> Department:
    """A department of `count` projects without code or name. Raises UsageError where no year is given."""
    year = year or preferences.year
    if year is None:
        raise UsageError("blank_needs_year")
    projects = tuple(Project(number=i) for i in range(1, count + 1))
    return _with_unit(Department(year=year, projects=projects), preferences)


def settings_for(
    year: int,
    period: Period,
    as_of: dt.date | None,
    pack: str,
    layout: str = NATIONAL,
    carried: Settings | None = None,
) -> Settings:
    """The parameters of a fresh workbook, with the lines set in one it was `carried` from.

    The pack is the one given, else that of the place. 截止日期 is the day given, else that of the workbook carried from
    where it is of the same period, else the end of the month in which the pack wants monitoring, or the end of the
    year; a plan is counted from the year's first day.
    """
    rules = known_pack(pack or usual_pack(layout))
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    monitored = dt.date(year, rules.month, monthrange(year, rules.month)[1])
    usual = {Period.PLAN: first, Period.MONITORING: monitored, Period.SELF_EVALUATION: last}[period]
    if carried and carried.period is period:
        usual = carried.as_of
    kept = carried.model_dump(include=set(KEPT)) if carried else {}
    return Settings(as_of=as_of or usual, period=period, pack=rules.key, **kept)


def usual_pack(layout: str) -> str:
    """The rule pack of a layout that nobody chose another for: that of the same name, else the default."""
    return layout if find_pack(layout) else DEFAULT_PACK.key


KEPT = ("plan_method", "yellow", "green", "over_monitoring", "over_self_evaluation")
"""Parameters that the next period begins with."""


def known_pack(name: str) -> Pack:
    """The rule pack of this name; no name is that of the default. Raises UsageError where there is none."""
    pack = find_pack(name)
    if pack is None:
        raise UsageError("pack_unknown", pack=name)
    return pack
