"""What the rules compare within a workbook, compared between the workbooks of one unit: names, regions, indicators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from xlperf.checks import finding
from xlperf.consolidate.columns import INDICATORS
from xlperf.consolidate.records import ProjectLine
from xlperf.consolidate.spool import Spool
from xlperf.measure.codes import region
from xlperf.measure.statuses import NOT_APPLICABLE
from xlperf.model import Finding, Locus
from xlperf.model.text import code_key, squeeze

NAME, DESCRIPTION, STATE, CELL = (
    INDICATORS.place(key) for key in ("indicators.name", "indicators.description", "indicators.state", "cell")
)


class _Firsts:
    """Which project had something first, where a project of another file and another code has it too."""

    def __init__(self) -> None:
        self._first: dict[bytes, ProjectLine] = {}
        self._last: dict[bytes, str] = {}  # the file that was told last; what else it repeats its own rules say

    def before(self, project: ProjectLine, *key: str) -> ProjectLine | None:
        """The project of another workbook that had this, the first time it is asked for in this one."""
        digest = blake2b("\0".join((project.unit_key, str(project.year), *key)).encode(), digest_size=12).digest()
        first = self._first.setdefault(digest, project)
        told, self._last[digest] = self._last.get(digest), project.file
        came_twice = code_key(first.code) == code_key(project.code) != ""  # which is told as such
        return None if came_twice or project.file in (first.file, told) else first


def comparisons(projects: Sequence[ProjectLine], indicators: Spool) -> Iterator[Finding]:
    """The findings about what projects of one unit and year share though they came in different workbooks."""
    yield from _regions(projects)
    names = _Firsts()
    for project in projects:
        name = squeeze(project.name)
        if project.unit_key and name and (other := names.before(project, name)):
            place = Locus(file=project.file, sheet=project.sheet, cell=project.name_cell)
            yield finding("XPF138", place, name=project.name, other=_shown(other))
    shared = _Firsts()
    for base, rows in indicators:
        for index, *row in rows:
            assert isinstance(index, int)
            project, name = projects[base + index], str(row[NAME] or "")
            key = squeeze(name), squeeze(str(row[DESCRIPTION] or ""))
            if project.unit_key and key[0] and row[STATE] != NOT_APPLICABLE and (other := shared.before(project, *key)):
                place = Locus(file=project.file, sheet=project.sheet, cell=str(row[CELL]))
                yield finding("XPF455", place, name=name, other=_shown(other))


def _regions(projects: Sequence[ProjectLine]) -> Iterator[Finding]:
    """Projects of another region than most of their unit and year; what differs within a workbook its rules say."""
    known = [(project, own) for project in projects if project.unit_key and (own := region(squeeze(project.code)))]
    of_unit: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    of_file: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, int, str], ProjectLine] = {}
    for project, own in known:
        of_unit[project.unit_key, project.year][own] += 1
        of_file[project.file][own] += 1
        first.setdefault((project.unit_key, project.year, own), project)
    for project, own in known:
        usual = of_unit[project.unit_key, project.year].most_common(1)[0][0]
        if own != usual and own == of_file[project.file].most_common(1)[0][0]:
            place = Locus(file=project.file, sheet=project.sheet, cell=project.cell)
            example = first[project.unit_key, project.year, usual]
            yield finding("XPF125", place, region=own, usual=f"{usual}（{example.file}）")


def _shown(project: ProjectLine) -> str:
    return f"{project.sheet}（{project.file}）"
