"""From workbooks that came back to the department a new one is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import finding, severity
from xlperf.consolidate.new_run import SUPERSEDED
from xlperf.consolidate.sources import rejection, sources_in
from xlperf.form import FormSet
from xlperf.form.seal import SEAL_PREFIX
from xlperf.measure import BLANK_PACK
from xlperf.model import Department, Finding, Locus, Period, Settings, Severity, UnreadableInput, UsageError
from xlperf.ooxml.properties import properties_in
from xlperf.prepare.carry import carried, gathered
from xlperf.prepare.merge import Copy, Filled
from xlperf.prepare.next_year import next_year
from xlperf.prepare.not_carried import NotCarried
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned

WORKBOOKS = (".xlsx", ".xlsm")


class ReturnedWorkbooks(NamedTuple):
    """The workbooks that could be read, what in them could not, and why the others could not.

    `unread` are the files and sheets that were sent and not read: their projects are in no workbook of a new period.
    """

    workbooks: tuple[Returned, ...]
    findings: tuple[Finding, ...]
    unread: tuple[str, ...]

    @property
    def year(self) -> int:
        """The latest budget year among them."""
        return max(returned.department.year for returned in self.workbooks if returned.department)


class NewPeriod(NamedTuple):
    """What the workbooks of a new period hold, and what of the old ones they do not.

    `pack` is the rule pack that was chosen for the old ones, "" for none. `ended` are the names of projects that next
    year's plan leaves out, `added` those it has beside the old ones.
    """

    department: Department
    not_carried: tuple[NotCarried, ...]
    settings: Settings | None
    pack: str
    layout: str
    ended: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def is_returned(path: Path) -> bool:
    """Whether a source is a folder, or a workbook of ours."""
    if path.is_dir():
        return True
    return path.suffix.lower() in WORKBOOKS and SEAL_PREFIX.encode() in properties_in(path)


def read_returned(path: Path) -> ReturnedWorkbooks:
    """Every workbook of a folder, or the one given, but for those whose annotated copy stands for them.

    Raises UnreadableInput where not one can be read.
    """
    workbooks: dict[str, Returned] = {}
    findings: list[Finding] = []
    for source in sources_in(path):
        rejected = rejection(source)
        if rejected is not None:
            findings += [rejected.reason] if rejected.reason else []
            continue
        returned = read_workbook(source.path)
        if returned.refused or returned.department is None:
            reason = returned.refused or returned.findings[0]
            findings.append(reason.model_copy(update={"locus": Locus(file=source.name)}))
        else:
            workbooks[source.name] = returned
    unread = [each.locus.file for each in findings if severity(each) is Severity.ERROR]
    for name, copy in _superseded(workbooks).items():
        del workbooks[name]
        findings.append(finding(SUPERSEDED, Locus(file=name), copy=copy))
    if not workbooks:
        raise UnreadableInput("none_returned", path=path)
    for name, returned in workbooks.items():
        lost = (each for each in returned.findings if severity(each) is Severity.ERROR)
        findings += (each.model_copy(update={"locus": each.locus.model_copy(update={"file": name})}) for each in lost)
        unread += (f"{name} › {each.title}" for each in returned.unread)
    return ReturnedWorkbooks(tuple(workbooks.values()), tuple(findings), tuple(unread))


def _superseded(workbooks: Mapping[str, Returned]) -> dict[str, str]:
    """The workbooks whose one annotated copy is there, each with that; see `NewRun.supersede`."""
    copies: dict[str, dict[str, str]] = defaultdict(dict)  # by the parent's hash: names by their own
    for name, returned in workbooks.items():
        if returned.parent:
            copies[returned.parent].setdefault(returned.sha256, name)
    only = {parent: next(iter(names.values())) for parent, names in copies.items() if len(names) == 1}
    return {name: only[returned.sha256] for name, returned in workbooks.items() if returned.sha256 in only}


def latest_stage(workbooks: Sequence[Returned]) -> tuple[int, Period]:
    """The year and the period of the latest of these workbooks."""
    latest = max(workbooks, key=_order)
    return _order(latest)[0], _period(latest)


def new_period(workbooks: Sequence[Returned], period: Period, year: int | None, plan: Department | None) -> NewPeriod:
    """The department for a period, from workbooks and, where it has changed, the plan as it now stands.

    With a `year` after theirs it is next year's plan. Raises UsageError where that is asked for another period, and
    where the year is before theirs.
    """
    filled = [_filled(returned) for returned in workbooks]
    latest = max(workbooks, key=_order)
    together, not_gathered = gathered(filled)
    layout = _form_set(latest).layout
    if year is not None and year < together.year:
        raise UsageError("year_before_the_workbooks", year=together.year)
    if year is not None and year > together.year:
        if period is not Period.PLAN:
            raise UsageError("next_year_is_a_plan", year=together.year)
        following = next_year(together, year, plan)
        names = [tuple(f"{project.code} {project.name}".strip() for project in some) for some in following[1:]]
        return NewPeriod(following.department, not_gathered, None, "", layout, *names)
    department, not_carried = carried(plan or together, filled, period)
    return NewPeriod(department, not_carried, latest.settings, _chosen_pack(latest), layout)


def _filled(returned: Returned) -> Filled:
    assert returned.department is not None
    copies: dict[int | None, Copy] = {}
    for sheet in returned.sheets:
        if sheet.project is not None or sheet.marker.kind == "overall":
            copies[sheet.project] = Copy(sheet.marker.given, sheet.is_untouched)
    return Filled(returned.department, _period(returned), partial(_where, returned), copies)


def _period(returned: Returned) -> Period:
    settings = returned.settings or returned.stand_in
    return settings.period if settings else Period.MONITORING


def _order(returned: Returned) -> tuple[int, ...]:
    order = list(Period)
    return (returned.department.year if returned.department else 0, order.index(_period(returned)))


def _form_set(returned: Returned) -> FormSet:
    return next((sheet.marker.form_set for sheet in returned.sheets if sheet.project is not None), FormSet("2026.1"))


def _chosen_pack(returned: Returned) -> str:
    """The rule pack of its parameters; that of 2020 stood in every workbook of 2026.1, and nobody chose it."""
    pack = returned.settings.pack if returned.settings else ""
    return "" if pack == BLANK_PACK.key and _form_set(returned).period == "year" else pack


def _where(returned: Returned, project: int | None, path: str, row: int) -> Locus:
    sheets = [sheet for sheet in returned.sheets if sheet.project == project and sheet.refused is None]
    if project is None:
        sheets = [sheet for sheet in sheets if sheet.marker.kind == "overall"]
    if not sheets:
        return Locus(file=returned.path)
    sheet = sheets[0]
    at = sheet.rows[row] if path.startswith("indicators") and 0 <= row < len(sheet.rows) else row
    return Locus(file=returned.path, sheet=sheet.title, cell=sheet.layout.cell_of(path, at))
