"""Which copies of one project, or of the department's own sheet, say the same, and in what those differ that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from xlperf.model import Period, Project
from xlperf.model.department import Noun
from xlperf.prepare.identity import pairs
from xlperf.prepare.leaves import Path, leaves, same
from xlperf.prepare.merge import Copy, Filled, OldNoun
from xlperf.prepare.not_carried import NotCarried, Reason, field_name

LATEST_FIRST = (Period.SELF_EVALUATION, Period.MONITORING, Period.PLAN)
NAMED = 4  # fields in one sentence


class OldProject(NamedTuple):
    """One project of a workbook that came back."""

    filled: Filled
    at: int

    @property
    def project(self) -> Project:
        return self.filled.department.projects[self.at]

    @property
    def copy(self) -> Copy:
        return self.filled.copies.get(self.at, Copy())

    def noun(self) -> OldNoun:
        return OldNoun(self.project, self.filled, project=self.at)

    def row(self, i: int) -> OldNoun:
        return OldNoun(self.project.indicators[i], self.filled, project=self.at, indicator=i)


Versions = Sequence[Sequence[OldProject]]
"""For each period in which copies of a project differ, those copies."""

AnyCopy = TypeVar("AnyCopy")


def filled_in(copies: Sequence[AnyCopy], copy_of: Callable[[AnyCopy], Copy]) -> list[AnyCopy]:
    """The copies without those that nobody touched, where another was given out alike and is filled in."""
    filled = {copy_of(each).given for each in copies if not copy_of(each).is_untouched}
    return [each for each in copies if not copy_of(each).is_untouched or copy_of(each).given not in filled]


def versions(group: Sequence[OldProject]) -> tuple[list[OldProject], Versions]:
    """One copy of each period of which all say the same, latest first; and those of the periods of which not all do."""
    one: list[OldProject] = []
    several: list[Sequence[OldProject]] = []
    for period in LATEST_FIRST:
        olds = filled_in([old for old in group if old.filled.period is period], lambda old: old.copy)
        if _differences(olds):
            several.append(olds)
        else:
            one += olds[:1]
    return one, several


def in_versions(several: Versions, others: Sequence[OldProject] = (), **new: str) -> Iterator[NotCarried]:
    """The project as one line, with what its copies say differently, and where they and `others` stand; if they do."""
    if not several:
        return
    olds = [*chain(*several)]
    named = list(dict.fromkeys(chain(*map(_differences, several))))
    more = "等" if len(named) > NAMED else ""
    value = f"{len(olds)}份，{len(named)}处不同：{'、'.join(named[:NAMED])}{more}"
    places = tuple(old.filled.where(old.at, "projects", -1) for old in (*olds, *others))
    line = olds[0].noun().not_carried("projects", -1, value, Reason.SEVERAL_VERSIONS, **new)
    yield line.model_copy(update={"places": places})


def _differences(olds: Sequence[OldProject]) -> list[str]:
    """What the copies say differently from the first, each field by its name."""
    found: dict[str, None] = {}
    for other in olds[1:]:
        found.update(dict.fromkeys(_different(olds[0].project, other.project)))
    return list(found)


def _different(one: Project, other: Project) -> Iterator[str]:
    for path, row in _fields(one, other):
        yield field_name(path, row)
    places = pairs(one.indicators, other.indicators)
    for i, indicator in enumerate(other.indicators):
        if i not in places:
            yield _named(indicator.name, "indicators")
        else:
            for path, row in _fields(one.indicators[places[i]], indicator):
                yield _named(one.indicators[places[i]].name, path, row)
    for j, indicator in enumerate(one.indicators):
        if j not in places.values():
            yield _named(indicator.name, "indicators")


def _fields(one: Noun, other: Noun) -> Iterator[Path]:
    """The fields in which two nouns differ."""
    of_one, of_other = dict(leaves(one)), dict(leaves(other))
    for slot in dict.fromkeys((*of_one, *of_other)):
        if slot not in of_one or slot not in of_other or not same(of_one[slot], of_other[slot]):
            yield slot


def _named(indicator: str, path: str, row: int = -1) -> str:
    return "·".join(filter(None, (indicator, field_name(path, row))))
