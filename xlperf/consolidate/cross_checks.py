"""Compares names, regions and indicators between the workbooks of one unit, as the rules do within a workbook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from xlperf.checks import finding
from xlperf.consolidate.columns import INDICATORS
from xlperf.consolidate.records import ProjectRecord
from xlperf.consolidate.spool import Spool
from xlperf.measure.codes import region
from xlperf.measure.statuses import NOT_APPLICABLE
from xlperf.model import Finding
from xlperf.model.text import code_key, squeeze

NAME, DESCRIPTION, STATE, CELL = (
    INDICATORS.index(key) for key in ("indicators.name", "indicators.description", "indicators.state", "cell")
)


class _Firsts:
    """Remembers the first project with a key, so that later projects of other files and codes can name it."""

    def __init__(self) -> None:
        self._first: dict[bytes, ProjectRecord] = {}
        self._last: dict[bytes, str] = {}  # the last file reported; the rules report repetitions within it

    def before(self, project: ProjectRecord, *key: str) -> ProjectRecord | None:
        """The first project of another workbook with this key; None from the second project of one workbook on."""
        text = "\0".join((project.unit_key, str(project.year), *key))
        hashed = blake2b(text.encode(), digest_size=12).digest()
        first = self._first.setdefault(hashed, project)
        last, self._last[hashed] = self._last.get(hashed), project.file
        is_repeated = code_key(first.code) == code_key(project.code) != ""  # XPF601 reports it
        return None if is_repeated or project.file in (first.file, last) else first


def comparisons(projects: Sequence[ProjectRecord], indicators: Spool) -> Iterator[Finding]:
    """Findings about names, regions and indicators of projects of one unit and year in different workbooks."""
    yield from _regions(projects)
    names = _Firsts()
    for project in projects:
        name = squeeze(project.name)
        if project.unit_key and name and (other := names.before(project, name)):
            yield finding("XPF138", project.locus(project.name_cell), name=project.name, other=_named(other))
    shared = _Firsts()
    for index, row in indicators.by_project():
        project, name = projects[index], str(row[NAME] or "")
        key = squeeze(name), squeeze(str(row[DESCRIPTION] or ""))
        if project.unit_key and key[0] and row[STATE] != NOT_APPLICABLE and (other := shared.before(project, *key)):
            yield finding("XPF455", project.locus(str(row[CELL])), name=name, other=_named(other))


def _regions(projects: Sequence[ProjectRecord]) -> Iterator[Finding]:
    """Findings about workbooks whose region differs from most projects of their unit and year."""
    regions = [(project, own) for project in projects if project.unit_key and (own := region(squeeze(project.code)))]
    of_unit: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    of_file: dict[str, Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str, int, str], ProjectRecord] = {}
    for project, own in regions:
        of_unit[project.unit_key, project.year][own] += 1
        of_file[project.file][own] += 1
        first.setdefault((project.unit_key, project.year, own), project)
    for project, own in regions:
        usual = of_unit[project.unit_key, project.year].most_common(1)[0][0]
        if own != usual and own == of_file[project.file].most_common(1)[0][0]:
            example = first[project.unit_key, project.year, usual]
            yield finding("XPF125", project.locus(), region=own, usual=f"{usual}（{example.file}）")


def _named(project: ProjectRecord) -> str:
    return f"{project.sheet}（{project.file}）"
