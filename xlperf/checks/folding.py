"""Puts findings that say the same into one group, so that errors are not lost among what everybody knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from xlperf.checks.standing import Standing, rank, standing
from xlperf.checks.table import CODES
from xlperf.model import Finding, Severity

FIRST = 3  # findings a group remembers; errors that are no more than these are told one by one


class Group:
    """Findings that are told in one line: how many there are of each code, and the first of them.

    `of_each` is the first of each code. `differs` is whether the sentences of one code do.
    """

    def __init__(self, first: Finding) -> None:
        self.codes: Counter[str] = Counter()
        self.first: list[Finding] = []
        self.of_each: dict[str, Finding] = {}
        self.differs = False
        self.add(first)

    def add(self, finding: Finding) -> None:
        """Count one more."""
        self.codes[finding.code] += 1
        self.of_each.setdefault(finding.code, finding)
        if len(self.first) < FIRST:
            self.first.append(finding)
        self.differs = self.differs or finding.values != self.of_each[finding.code].values

    @property
    def count(self) -> int:
        """How many findings there are."""
        return self.codes.total()

    @property
    def severity(self) -> Severity:
        """The gravest severity among them."""
        return CODES[min(self.codes, key=rank)].severity

    @property
    def standing(self) -> Standing:
        """What they ask of the person."""
        return standing(self.first[0].code)


def folded(findings: Iterable[Finding], *, singly: bool = False, by_rule: bool = False) -> list[Group]:
    """The findings in groups, graver first, then by standing, then as they come; with `singly` each is a group.

    A group is a rule; but, unless `by_rule`, what is not filled in yet is one for each sheet, and what the approved
    text brought along one in all. What has no place is told one by one: its sentence is all there is to find it by.
    """
    groups: dict[Hashable, Group] = {}
    for number, each in enumerate(findings):
        alone = ("alone", number)
        key = alone if singly else _key(each, by_rule) or alone
        if key in groups:
            groups[key].add(each)
        else:
            groups[key] = Group(each)
    unfolded = (single for group in groups.values() for single in _parts(group))
    return sorted(unfolded, key=lambda group: rank(min(group.codes, key=rank)))


def _key(finding: Finding, by_rule: bool) -> Hashable:
    """What findings of one group share; None for one that is told by itself."""
    code, locus = finding.code, finding.locus
    if by_rule:
        return code if locus.file else None
    if standing(code) is Standing.INHERITED:
        return Standing.INHERITED
    if standing(code) is Standing.UNFILLED and locus.sheet:
        return CODES[code].severity, locus.file, locus.sheet
    return code if locus.sheet or locus.line else None


def _parts(group: Group) -> list[Group]:
    """The group; its findings one by one where they are a few errors of one rule."""
    is_few = group.count <= FIRST and group.severity is Severity.ERROR and group.standing is Standing.ACT
    return [Group(each) for each in group.first] if is_few else [group]
