"""Which project and which indicator of one department is which of another.

A wrong pair would put an answer under another target without a word, an unpaired one is only listed: in doubt, no pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Sequence
from hashlib import sha256
from typing import Any

from xlperf.model import Department, Indicator, Project, Target
from xlperf.model.text import code_key, squeeze
from xlperf.prepare.leaves import meaning

ALIKE = 0.5  # of the longer wording must stand in the shorter
NUMBER = "number"  # leads the key of a project that is known by nothing else
_ID_LENGTH = 8


def project_key(project: Project) -> tuple[str, str]:
    """What makes a project the same: its code; without one its name; without both its number."""
    code, name = code_key(project.code), squeeze(project.name)
    return ("code", code) if code else ("name", name) if name else (NUMBER, str(project.number))


def homes(projects: Sequence[Project]) -> Callable[[Project], Sequence[int]]:
    """Finds where among these projects another one stands: by its key, else by name where a code is missing."""
    by_key, by_name = _places(projects, project_key), _places(projects, lambda project: squeeze(project.name))

    def found(project: Project) -> Sequence[int]:
        name, code = squeeze(project.name), code_key(project.code)
        named = by_name.get(name, ()) if name else ()
        return by_key.get(project_key(project)) or [i for i in named if not (code and code_key(projects[i].code))]

    return found


def with_ids(department: Department) -> Department:
    """The department with an id for every indicator, its own within the project; ids that are there stay."""
    projects = tuple(with_own_ids(project) for project in department.projects)
    return department.model_copy(update={"projects": projects})


def with_own_ids(project: Project) -> Project:
    """The project with an id for every indicator; of two alike the first keeps it."""
    taken = {indicator.id for indicator in project.indicators}
    kept: set[str] = set()
    indicators: list[Indicator] = []
    for indicator in project.indicators:
        if not indicator.id or indicator.id in kept:
            indicator = indicator.model_copy(update={"id": _new_id(indicator, taken)})
        taken.add(indicator.id)
        kept.add(indicator.id)
        indicators.append(indicator)
    return project.model_copy(update={"indicators": tuple(indicators)})


def _new_id(indicator: Indicator, taken: Container[str]) -> str:
    """The beginning of the digest of its wording; of the wording and a count where that is taken."""
    wording, count = "\n".join(_wording(indicator)), 1
    while (new := sha256(f"{wording}\n{count}".encode()).hexdigest()[:_ID_LENGTH]) in taken:
        count += 1
    return new


def pairs(new: Sequence[Indicator], old: Sequence[Indicator]) -> dict[int, int]:
    """Old place → new place of the indicators that are the same.

    By id, else wording, else classes and name, else name alone: each only where both sides have one such row (equal
    wordings also where they have equally many). Last, rows in one place of their class with equal targets where one
    wording only adds to the other: 民事案件结案率 and 刑事案件结案率 are alike, and yet two.
    """
    found: dict[int, int] = {}

    def pair(key: Callable[[Indicator], Hashable], *, in_order: bool = False) -> None:
        of_new, of_old = _places(new, key), _places(old, key)
        taken = set(found.values())
        for value, places in of_old.items():
            there = of_new.get(value, [])
            if in_order:
                places, there = [i for i in places if i not in found], [i for i in there if i not in taken]
            if not value or len(places) != len(there) or (len(places) > 1 and not in_order):
                continue
            found.update((i, j) for i, j in zip(places, there, strict=True) if i not in found and j not in taken)

    pair(lambda indicator: indicator.id)
    pair(_wording, in_order=True)
    pair(lambda indicator: _named(indicator) and (*_class(indicator), _named(indicator)))
    pair(_named)
    for i, j in _same_places(new, old):
        if i not in found and j not in found.values() and _alike(old[i], new[j]):
            found[i] = j
    return found


def _same_places(new: Sequence[Indicator], old: Sequence[Indicator]) -> list[tuple[int, int]]:
    of_new = _places(new, _class)
    return [
        pair for key, places in _places(old, _class).items() for pair in zip(places, of_new.get(key, ()), strict=False)
    ]


def _alike(one: Indicator, other: Indicator) -> bool:
    if one.target == Target() or meaning(one.target) != meaning(other.target):
        return False
    short, long = sorted((squeeze(each.name + each.description) for each in (one, other)), key=len)
    letters = iter(long)
    return ALIKE * len(long) <= len(short) < len(long) and all(letter in letters for letter in short)


def _class(indicator: Indicator) -> tuple[str, str]:
    return squeeze(indicator.level1), squeeze(indicator.level2)


def _named(indicator: Indicator) -> str:
    return squeeze(indicator.name)


def _wording(indicator: Indicator) -> tuple[str, ...]:
    target = indicator.target
    texts = (indicator.description, target.raw, target.operator, str(target.value), target.unit)
    return (*_class(indicator), _named(indicator), *map(squeeze, texts))


def _places(items: Sequence[Any], key: Callable[[Any], Hashable]) -> dict[Hashable, list[int]]:
    places: dict[Hashable, list[int]] = defaultdict(list)
    for i, item in enumerate(items):
        places[key(item)].append(i)
    return places
