"""Carries what staff filled in into the workbook of another period, or into a changed plan; what cannot be is listed.

The plan wins for what it states; its blanks are filled from the workbooks that came back. Reports move with the period:
what was monitored becomes `interim` when it is evaluated. Every filled value ends in the new department, or equals what
stands there, or is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from xlperf.model import NO_PAYMENTS, Department, Indicator, Locus, Period, Project, ProjectReport, Report
from xlperf.model.department import Noun
from xlperf.prepare.identity import homes, pairs, project_key, with_own_ids
from xlperf.prepare.leaves import as_text, leaves, same, with_leaves
from xlperf.prepare.not_carried import NotCarried, Reason, field_name

Where = Callable[[int | None, str, int], Locus]
"""The place of a field in a workbook: the project's index (None: of the department), path in the model, row or -1."""

LATEST_FIRST = (Period.SELF_EVALUATION, Period.MONITORING, Period.PLAN)
REPORTED = frozenset((*ProjectReport.model_fields, *Report.model_fields))
EVALUATED = frozenset(("points", "deduction"))  # of an indicator, asked in one period only


class Filled(NamedTuple):
    """A workbook that came back, of whatever edition: what it says, the period it was filled in for, its places."""

    department: Department
    period: Period
    where: Where


class _Came(NamedTuple):
    """One project of a workbook that came back."""

    filled: Filled
    at: int

    @property
    def project(self) -> Project:
        return self.filled.department.projects[self.at]


class _Old(NamedTuple):
    """A noun of an old workbook: a department without its projects, a project without its indicators, or an indicator.

    `reason` says why none of it is carried.
    """

    noun: Noun
    filled: Filled
    reason: Reason | None = None
    project: int | None = None
    indicator: int = -1

    def not_carried(self, path: str, item: int, value: object, reason: Reason, **new: Any) -> NotCarried:
        band = "" if self.indicator < 0 else "indicators"
        key = ".".join(filter(None, (band, path)))
        project = None if self.project is None else self.filled.department.projects[self.project]
        return NotCarried(
            code=project.code if project else "",
            name=project.name if project else "",
            indicator=self.noun.name if isinstance(self.noun, Indicator) else "",
            field=field_name(path or band, item),
            value=as_text(value, path),
            place=self.filled.where(self.project, key, max(self.indicator, item)),
            reason=reason,
            **{"key": key, "row": item, **new},
        )


def gathered(filled: Sequence[Filled]) -> tuple[Department, tuple[NotCarried, ...]]:
    """The department that one workbook or more make together, each project of the latest period it came back for.

    One that came back in two versions is left out and listed with each of its places. The year is the latest.
    """
    year = max(each.department.year for each in filled)
    head: Department | None = None
    groups: dict[Hashable, list[_Came]] = defaultdict(list)
    for each in _latest_first(filled):
        if each.department.year == year:
            head = each.department if head is None else _filled_up(head, each.department)
            for i, project in enumerate(each.department.projects):
                groups[project_key(project)].append(_Came(each, i))
    assert head is not None
    projects: list[Project] = []
    listed: list[NotCarried] = []
    for group in groups.values():
        latest = [came for came in group if came.filled.period is group[0].filled.period]
        one, twice = _versions(latest)
        projects += [came.project for came in one]
        listed += [_whole(came) for came in twice]
    if len({project.number for project in projects}) < len(projects):
        projects = [project.model_copy(update={"number": i}) for i, project in enumerate(projects, start=1)]
    return head.model_copy(update={"projects": tuple(projects)}), tuple(listed)


def carried(plan: Department, filled: Sequence[Filled], period: Period) -> tuple[Department, tuple[NotCarried, ...]]:
    """The department of the new workbook, and what stands in the old ones but not in it.

    Of `plan` only the plan counts, adjusted budgets included; payments and reports are those of the workbooks that came
    back, the latest period first. Every indicator of the result has an id.
    """
    filled = _latest_first(filled)
    find = homes(plan.projects)
    home: dict[int, list[_Came]] = defaultdict(list)
    homeless: dict[Hashable, list[_Came]] = defaultdict(list)
    listed: list[NotCarried] = []
    for each in filled:
        for i, project in enumerate(each.department.projects):
            came, places = _Came(each, i), find(project)
            if each.department.year != plan.year:
                listed += _gone(came, Reason.OTHER_YEAR)
            elif len(places) == 1:
                home[places[0]].append(came)
            elif places:
                listed += _gone(came, Reason.AMBIGUOUS)
            else:
                homeless[project_key(project)].append(came)
    olds = [_Old(each.department, each, _of_year(each, plan.year)) for each in filled]
    department, unlike = _merged(plan, olds, period)
    projects: list[Project] = []
    for i, project in enumerate(plan.projects):
        project, lost = _project(planned(project), home[i], period)
        projects.append(project)
        unlike += lost
    for group in homeless.values():
        one, twice = _versions(group)
        for came in one:
            listed += _gone(came, Reason.PROJECT_GONE)
        for came in twice:
            listed += [_whole(came), *_gone(came, Reason.TWO_VERSIONS)]
    return department.model_copy(update={"projects": tuple(projects)}), (*unlike, *listed)


def _latest_first(filled: Iterable[Filled]) -> list[Filled]:
    return sorted(filled, key=lambda each: LATEST_FIRST.index(each.period))


def _of_year(filled: Filled, year: int) -> Reason | None:
    return None if filled.department.year == year else Reason.OTHER_YEAR


def _filled_up(department: Department, other: Department) -> Department:
    stated = dict(leaves(department))
    return with_leaves(department, {path: value for path, value in leaves(other) if path not in stated})


def _versions(group: Sequence[_Came]) -> tuple[list[_Came], list[_Came]]:
    """One of each period for which all that came back are equal, latest first; all the others."""
    one: list[_Came] = []
    twice: list[_Came] = []
    for period in LATEST_FIRST:
        came = [each for each in group if each.filled.period is period]
        contents = [each.project.model_copy(update={"number": 1}) for each in came]
        if all(content == contents[0] for content in contents):
            one += came[:1]
        else:
            twice += came
    return one, twice


def planned(project: Project) -> Project:
    """The project as the plan alone states it."""
    blank = {name: getattr(Report(), name) for name in Report.model_fields} | dict.fromkeys(EVALUATED)
    indicators = (each.model_copy(update={**blank, "interim": Report()}) for each in project.indicators)
    report = ProjectReport()
    of_project = {name: getattr(report, name) for name in ProjectReport.model_fields}
    rest = {"payments": NO_PAYMENTS, "interim": report, "indicators": tuple(indicators)}
    return project.model_copy(update={**of_project, **rest})


def _project(project: Project, group: Sequence[_Came], period: Period) -> tuple[Project, list[NotCarried]]:
    """A project of the plan with what came back of it."""
    one, twice = _versions(group)
    came_back = [(came, None) for came in one] + [(came, Reason.TWO_VERSIONS) for came in twice]
    olds = [(came, pairs(project.indicators, came.project.indicators), reason) for came, reason in came_back]
    project = with_own_ids(_with_old_ids(project, olds))
    listed = [_whole(came, new_code=project.code) for came in twice]
    of_project = [_Old(came.project, came.filled, reason, came.at) for came, _, reason in olds]
    merged, lost = _merged(project, of_project, period, new_code=project.code)
    listed += lost
    indicators: list[Indicator] = []
    for j, indicator in enumerate(project.indicators):
        of_row = [
            _Old(came.project.indicators[i], came.filled, reason, came.at, i)
            for came, places, reason in olds
            for i, there in places.items()
            if there == j
        ]
        indicator, lost = _merged(indicator, of_row, period, new_code=project.code, new_id=indicator.id, at=j)
        indicators.append(indicator)
        listed += lost
    for came, places, reason in olds:
        for i in range(len(came.project.indicators)):
            if i not in places:
                listed += _gone_indicator(came, i, reason or Reason.INDICATOR_GONE, new_code=project.code)
    return merged.model_copy(update={"indicators": tuple(indicators)}), listed


def _with_old_ids(project: Project, olds: Sequence[tuple[_Came, dict[int, int], Reason | None]]) -> Project:
    """The project whose indicators without an id have that of the row that came back."""
    known: dict[int, str] = {}
    for came, places, _ in olds:
        for i, j in places.items():
            known[j] = known.get(j) or came.project.indicators[i].id
    indicators = (
        each if each.id else each.model_copy(update={"id": known.get(j, "")})
        for j, each in enumerate(project.indicators)
    )
    return project.model_copy(update={"indicators": tuple(indicators)})


AnyNoun = TypeVar("AnyNoun", bound=Noun)


def _merged(
    noun: AnyNoun, olds: Iterable[_Old], period: Period, *, at: int = -1, **new: str
) -> tuple[AnyNoun, list[NotCarried]]:
    """The noun with its blanks filled from the old ones, the first before the others; what found no place."""
    values = dict(leaves(noun))
    stated, filled = frozenset(values), {}
    listed: list[NotCarried] = []
    for old in olds:
        for (path, row), value in leaves(old.noun):
            to = _moved(path, old.filled.period, period)
            slot = (to, row)
            stands = values.get(slot)
            if stands is not None and same(stands, value):
                continue
            if to and stands is None and not old.reason:
                values[slot] = filled[slot] = value
                continue
            reason = Reason.PLAN_DIFFERS if slot in stated else Reason.FILLED_LATER if to else Reason.OTHER_PERIOD
            there = {"key": f"indicators.{to}", "row": at} if to and at >= 0 else {"key": to} if to else {}
            text = "" if stands is None else as_text(stands, to)
            listed.append(old.not_carried(path, row, value, old.reason or reason, stands=text, **there, **new))
    return with_leaves(noun, filled), listed


def _moved(path: str, was: Period, now: Period) -> str:
    """Where in the new period a field of the old one stands; "" where that period does not ask it."""
    head, _, rest = path.partition(".")
    if was is now:
        return path
    if head == "interim":
        return {Period.SELF_EVALUATION: path, Period.MONITORING: rest}.get(now, "")
    if head in REPORTED:
        return f"interim.{path}" if (was, now) == (Period.MONITORING, Period.SELF_EVALUATION) else ""
    return "" if head in EVALUATED else path


def _whole(came: _Came, **new: str) -> NotCarried:
    """A project that came back in two versions, as one line."""
    old = _Old(came.project, came.filled, None, came.at)
    return old.not_carried("projects", -1, came.project.name, Reason.TWO_VERSIONS, **new)


def _gone(came: _Came, reason: Reason) -> Iterator[NotCarried]:
    """All that stands in a project."""
    old = _Old(came.project, came.filled, None, came.at)
    for (path, row), value in leaves(came.project):
        yield old.not_carried(path, row, value, reason)
    for i in range(len(came.project.indicators)):
        yield from _gone_indicator(came, i, reason)


def _gone_indicator(came: _Came, i: int, reason: Reason, **new: str) -> Iterator[NotCarried]:
    """All that stands in a row: its plan as one line, each answer as another."""
    indicator = came.project.indicators[i]
    old = _Old(indicator, came.filled, None, came.at, i)
    planned = {path: value for (path, _), value in leaves(indicator) if not _is_answer(path)}
    if planned:
        wording = " | ".join(as_text(value, path) for path, value in planned.items())
        yield old.not_carried("", -1, wording, reason, **new)
    for (path, _), value in leaves(indicator):
        if path not in planned:
            yield old.not_carried(path, -1, value, reason, **new)


def _is_answer(path: str) -> bool:
    head = path.partition(".")[0]
    return head == "interim" or head in REPORTED or head in EVALUATED
