"""The sources of forms: a performance document, a project list, or nothing but a number of projects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlperf.consolidate.department import Expected
from xlperf.document import read_document
from xlperf.document.forms_in_sheets import holds_forms
from xlperf.document.project_list import Contact, NoListError, ProjectList, read_project_list
from xlperf.document.sheets import WORKBOOKS
from xlperf.form.settings import as_of_limits, usual_as_of
from xlperf.jobs.did_you_mean import hint
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.measure import DEFAULT_PACK, PACKS, Pack, find_pack
from xlperf.model import BudgetUnit, Department, Finding, Locus, Period, Project, Settings, UsageError
from xlperf.prepare.merge import Filled, Where

NATIONAL = "national"  # the usual layout
LISTS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")  # known by suffix; what such a file is, its content says


def is_list(source: Path) -> bool:
    """Whether a source is a list of projects, by its name."""
    return source.suffix.lower() in LISTS


class Source(NamedTuple):
    """What a source says: the department, the findings of reading it, contacts by project code.

    `year_from` is where it says its year, `period` what its forms are filled in for, `units` the budget unit of each
    project where there are several; `where` leads from a project (None: the department), a slot and a row to its place.
    """

    department: Department
    findings: Sequence[Finding]
    contacts: Mapping[str, Contact] = MappingProxyType({})
    year_from: str = ""
    period: Period = Period.PLAN
    units: Sequence[BudgetUnit] = ()
    where: Where = lambda *_: Locus()

    @property
    def filled(self) -> Filled:
        """The source as what staff filled in."""
        return Filled(self.department, self.period, self.where)


def read_source(source: Path, year: int | None, preferences: Preferences = NO_PREFERENCES) -> Source:
    """The department that a document, a project list or a workbook of official forms describes.

    What it says of its unit and its year is not overridden by the preferences, as it is by `year`.
    """
    listed = list_in(source, year, preferences.year)
    if listed is not None:
        return Source(_with_unit(listed.department, preferences), *listed[1:-1], units=_several(listed.units))
    imported = read_document(source, year=year, default_year=preferences.year)
    return Source(
        _with_unit(imported.department, preferences),
        imported.findings,
        year_from=imported.year_from,
        period=imported.period,
        units=_several(imported.units),
        where=lambda project, key, row: imported.place(imported.line_of(project, key, row)),
    )


def list_in(source: Path, year: int | None, default_year: int | None) -> ProjectList | None:
    """The list of projects in a source; None where it is a document, be it a workbook of official forms.

    Raises as `read_project_list`.
    """
    if not is_list(source):
        return None
    try:
        return read_project_list(source, year=year, default_year=default_year)
    except NoListError:
        if source.suffix.lower() not in WORKBOOKS or not holds_forms(source):
            raise
        return None


def _several(units: Sequence[BudgetUnit]) -> Sequence[BudgetUnit]:
    """These units, none where they are one."""
    return units if len(set(units)) > 1 else ()


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

    The pack is the one given, else that of the place. 截止日期 is the day given, else that of the workbook it was
    carried from if that was of this period, else the usual one. Raises UsageError for a day far from the year.
    """
    rules = known_pack(pack or usual_pack(layout))
    if as_of:
        check_as_of(as_of, year)
    kept = carried.model_dump(include=set(KEPT)) if carried else {}
    own = carried.as_of if carried and carried.period is period else None
    return Settings(as_of=as_of or own or usual_as_of(period, year), period=period, pack=rules.key, **kept)


def check_as_of(as_of: dt.date, year: int) -> None:
    """Raises UsageError for a day that lies neither in the budget year nor within three months of it."""
    first, last = as_of_limits(year)
    if not first <= as_of <= last:
        raise UsageError("as_of_far_from_the_year", date=as_of, year=year, first=first, last=last)


class Origins(NamedTuple):
    """Where 截止日期 and 规则包 come from: "given", "carried" over from a workbook, of the "place", or "usual"."""

    as_of: str
    pack: str


def origins_of(
    settings: Settings, as_of: dt.date | None, pack: str, carried_pack: str, carried: Settings | None
) -> Origins:
    """Where what `settings_for` made of these comes from."""
    date = "given" if as_of else "carried" if carried and carried.period is settings.period else "usual"
    place = "usual" if settings.pack == DEFAULT_PACK.key else "place"
    return Origins(date, "given" if pack else "carried" if carried_pack else place)


def usual_pack(layout: str) -> str:
    """The rule pack of a layout that nobody chose another for: that of the same name, else the default."""
    return layout if find_pack(layout) else DEFAULT_PACK.key


KEPT = ("plan_method", "yellow", "green", "over_monitoring", "over_self_evaluation")
"""Parameters that the next period begins with."""


def known_pack(name: str) -> Pack:
    """The rule pack of this name; no name is that of the default. Raises UsageError where there is none."""
    pack = find_pack(name)
    if pack is None:
        known = [key for key, each in PACKS.items() for key in (key, each.zh)]
        raise UsageError("pack_unknown", pack=name, hint=hint(name, known), known=[*PACKS])
    return pack
