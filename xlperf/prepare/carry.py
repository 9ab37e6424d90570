"""Carries what staff filled in into the workbook of another period, or into a changed plan; what cannot be is listed.

The plan wins for what it states; its blanks are filled from the workbooks that came back, and where it states no
indicator of a project, they are as they were. Reports move with the period:
what was monitored becomes `interim` when it is evaluated. Every filled value ends in the new department, or equals what
stands there, or is listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

from xlperf.model import NO_PAYMENTS, Department, Indicator, Period, Project, ProjectReport, Report
from xlperf.prepare.identity import NUMBER, homes, pairs, project_key, with_own_ids
from xlperf.prepare.leaves import leaves, with_leaves
from xlperf.prepare.merge import EVALUATED, Copy, Filled, OldNoun, all_of, merged
from xlperf.prepare.not_carried import NotCarried, Reason
from xlperf.prepare.versions import LATEST_FIRST, OldProject, filled_in, in_versions, versions


def gathered(filled: Sequence[Filled]) -> tuple[Department, tuple[NotCarried, ...]]:
    """The department that one workbook or more make together, each project of the latest period it came back for.

    One that came back in several versions is left out and listed with its places. The year is the latest; all that
    stands in workbooks of another is listed.
    """
    year = max(each.department.year for each in filled)
    head = Department(year=year)
    groups: dict[Hashable, list[OldProject]] = defaultdict(list)
    of_other_years = [each for each in _latest_first(filled) if each.department.year != year]
    of_the_year = [each for each in _latest_first(filled) if each.department.year == year]
    for each in _heads(of_the_year):
        head = with_leaves(head, {**dict(leaves(each.department)), **dict(leaves(head))})
    for each in of_the_year:
        for i, project in enumerate(each.department.projects):
            groups[project_key(project)].append(OldProject(each, i))
    projects: list[Project] = []
    heads = [OldNoun(each.department, each, Reason.OTHER_YEAR) for each in of_other_years]
    _, listed = merged(head, heads, Period.PLAN)
    for each in of_other_years:
        for i in range(len(each.department.projects)):
            listed += _whole(OldProject(each, i), Reason.OTHER_YEAR)
    for group in groups.values():
        one, several = versions([old for old in group if old.filled.period is group[0].filled.period])
        projects += [old.project for old in one]
        listed += in_versions(several)
    return head.model_copy(update={"projects": _numbered(projects)}), tuple(listed)


def _numbered(projects: Iterable[Project]) -> tuple[Project, ...]:
    """The projects by their numbers; anew where two have the same, but for those known by nothing else."""
    ordered = sorted(projects, key=lambda project: project.number)
    if len({project.number for project in ordered}) < len(ordered):
        kept = {project.number for project in ordered if project_key(project)[0] == NUMBER}
        free = (number for number in count(1) if number not in kept)
        ordered = [p if project_key(p)[0] == NUMBER else p.model_copy(update={"number": next(free)}) for p in ordered]
        ordered.sort(key=lambda project: project.number)
    return tuple(ordered)


def carried(plan: Department, filled: Sequence[Filled], period: Period) -> tuple[Department, tuple[NotCarried, ...]]:
    """The department of the new workbook, and what stands in the old ones but not in it.

    Of `plan` only the plan counts, adjusted budgets included; payments and reports are those of the workbooks that came
    back, the latest period first. Every indicator of the result has an id.
    """
    find = homes(plan.projects)
    home: dict[int, list[OldProject]] = defaultdict(list)
    homeless: dict[Hashable, list[OldProject]] = defaultdict(list)
    left_over: list[NotCarried] = []
    for each in _latest_first(filled):
        other = None if each.department.year == plan.year else Reason.OTHER_YEAR
        for i, project in enumerate(each.department.projects):
            old = OldProject(each, i)
            places = [i] if each.department is plan else find(project)  # a plan is at home with itself
            if other:
                left_over += _whole(old, other)
            elif len(places) == 1:
                home[places[0]].append(old)
            elif places:
                left_over += _whole(old, Reason.AMBIGUOUS)
            else:
                homeless[project_key(project)].append(old)
    heads = (
        OldNoun(each.department, each, None if each.department.year == plan.year else Reason.OTHER_YEAR)
        for each in _heads(_latest_first(filled))
    )
    department, listed = merged(plan, heads, period)
    projects: list[Project] = []
    for i, project in enumerate(plan.projects):
        project, lost = _project(planned(project), home[i], period)
        projects.append(project)
        listed += lost
    for group in homeless.values():
        one, several = versions(group)
        differing = {id(old) for old in chain(*several)}
        listed += in_versions(several, [old for old in group if id(old) not in differing])
        for old in () if several else one:
            listed += _whole(old, Reason.PROJECT_GONE)
    return department.model_copy(update={"projects": tuple(projects)}), (*listed, *left_over)


def planned(project: Project) -> Project:
    """The project as the plan alone states it."""
    blank = {**dict(Report()), **dict.fromkeys(EVALUATED), "interim": Report()}
    indicators = tuple(indicator.model_copy(update=blank) for indicator in project.indicators)
    report = ProjectReport()
    return project.model_copy(
        update={**dict(report), "interim": report, "payments": NO_PAYMENTS, "indicators": indicators}
    )


def _latest_first(filled: Iterable[Filled]) -> list[Filled]:
    return sorted(filled, key=lambda each: LATEST_FIRST.index(each.period))


def _heads(filled: Sequence[Filled]) -> list[Filled]:
    """The workbooks of which the sheet of the department counts."""
    return filled_in(filled, lambda each: each.copies.get(None, Copy()))


def _project(project: Project, group: Sequence[OldProject], period: Period) -> tuple[Project, list[NotCarried]]:
    """A project of the plan with what came back of it."""
    one, several = versions(group)
    if one and not project.indicators:  # as a list of projects, the plan says nothing of them
        project = project.model_copy(update={"indicators": planned(one[0].project).indicators})
    together = [(old, pairs(project.indicators, old.project.indicators)) for old in (*one, *chain(*several))]
    project = with_own_ids(_with_old_ids(project, [(old.project, places) for old, places in together]))
    filled, lost = merged(project, [old.noun() for old in one], period, new_code=project.code)
    listed = [*in_versions(several, new_code=project.code), *lost]
    rows: dict[int, list[OldNoun]] = defaultdict(list)
    gone: list[NotCarried] = []
    for old, places in together[: len(one)]:
        for i in range(len(old.project.indicators)):
            if i in places:
                rows[places[i]].append(old.row(i))
            else:
                gone += all_of(old.row(i), Reason.INDICATOR_GONE, new_code=project.code)
    indicators: list[Indicator] = []
    for j, indicator in enumerate(project.indicators):
        indicator, lost = merged(indicator, rows[j], period, at=j, new_code=project.code, new_id=indicator.id)
        indicators.append(indicator)
        listed += lost
    return filled.model_copy(update={"indicators": tuple(indicators)}), [*listed, *gone]


def _with_old_ids(project: Project, olds: Iterable[tuple[Project, Mapping[int, int]]]) -> Project:
    """The project whose indicators without an id have that of the row that came back."""
    known: dict[int, str] = {}
    for old, places in olds:
        for i, j in places.items():
            known[j] = known.get(j) or old.indicators[i].id
    indicators = (
        each.model_copy(update={"id": each.id or known.get(j, "")}) for j, each in enumerate(project.indicators)
    )
    return project.model_copy(update={"indicators": tuple(indicators)})


def _whole(old: OldProject, reason: Reason) -> Iterator[NotCarried]:
    """All that stands in a project."""
    yield from all_of(old.noun(), reason)
    for i in range(len(old.project.indicators)):
        yield from all_of(old.row(i), reason)
