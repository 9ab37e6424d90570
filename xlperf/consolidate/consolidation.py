"""What a consolidation comes to: lines in memory, rows on disk, totals, findings. How it is shown is `write`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from xlperf.checks import CODES, finding, message, severity
from xlperf.consolidate import columns, department
from xlperf.consolidate.columns import (
    CONSOLIDATED,
    COUNTED,
    FILES,
    FINDINGS,
    INDICATORS,
    LISTS,
    NOT_COUNTED,
    PAYMENTS,
    PROJECTS,
    REFUSED,
    SEVERITIES,
    ListSheet,
)
from xlperf.consolidate.copies import original
from xlperf.consolidate.cross_checks import comparisons
from xlperf.consolidate.department import Expected, Repeated
from xlperf.consolidate.records import Digest, FileLine, ProjectLine, RowFault, wall_time
from xlperf.consolidate.spool import Spool
from xlperf.consolidate.totals import Curve, Totals, totals_of
from xlperf.form import Cell
from xlperf.model import Finding, Locus, Severity

SPOOLED = (PROJECTS, INDICATORS, PAYMENTS, FINDINGS)
BEYOND_ROWS, BEYOND_LINKS = "XPF609", "XPF610"


@dataclass(frozen=True)
class Consolidation:
    """Every file and project by a line, in order; `counted` says which projects are part of the totals.

    `notes` are the findings about the department as a whole.
    """

    files: tuple[FileLine, ...]
    projects: tuple[ProjectLine, ...]
    counted: tuple[bool, ...]
    totals: Totals
    curve: Curve
    repeated: tuple[Repeated, ...]
    missing: tuple[Expected, ...]
    notes: tuple[Finding, ...]
    spools: dict[str, Spool]

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, from disk, the gravest first; of equal ones, those about the whole before those of files."""
        for grade in Severity:
            yield from (note for note in self.notes if severity(note) is grade)
            for _, rows in self.spools[FINDINGS.title]:
                yield from (_finding(row) for row in rows if CODES[str(row[0])].severity is grade)

    @property
    def severities(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        count = Counter(map(severity, self.notes))
        for file in self.files:
            count.update(dict(zip(Severity, file.findings, strict=True)))
        return {grade: count[grade] for grade in Severity}

    def count(self, sheet: ListSheet) -> int:
        """How many rows a list has."""
        if sheet is FILES:
            return len(self.files)
        return self.spools[sheet.title].rows + (len(self.notes) if sheet is FINDINGS else 0)

    def rows(self, sheet: ListSheet) -> Iterator[Sequence[Cell]]:
        """The rows of a list in column order."""
        if sheet is FILES:
            return map(_file_row, self.files)
        if sheet is FINDINGS:
            return map(_row_of_finding, self.findings)
        return self._rows_of_projects(sheet)

    def noted(self, more: Iterable[Finding]) -> Consolidation:
        """The same with more notes; what Excel will not hold of the lists is noted anew, for notes are rows too."""
        notes = [note for note in self.notes if note.code not in (BEYOND_ROWS, BEYOND_LINKS)]
        notes.extend(more)
        for sheet in sorted(LISTS, key=FINDINGS.__eq__):  # its own rows last
            rows = replace(self, notes=tuple(notes)).count(sheet)
            without_file = sum(not note.locus.file for note in notes) if sheet is FINDINGS else 0
            if rows - without_file > columns.MOST_LINKS:
                notes.append(finding(BEYOND_LINKS, sheet=sheet.title, shown=columns.MOST_LINKS))
                rows += sheet is FINDINGS
            if rows > columns.MOST_ROWS:
                rows += sheet is FINDINGS
                notes.append(finding(BEYOND_ROWS, sheet=sheet.title, shown=columns.MOST_ROWS, count=rows))
        return replace(self, notes=tuple(notes))

    def _rows_of_projects(self, sheet: ListSheet) -> Iterator[Sequence[Cell]]:
        place = sheet.place("counted")
        for base, rows in self.spools[sheet.title]:
            for index, *row in rows:
                assert isinstance(index, int)
                row[place] = COUNTED if self.counted[base + index] else NOT_COUNTED
                yield row


class Gathering:
    """Takes up one digest after another."""

    def __init__(self) -> None:
        self.files: list[FileLine] = []
        self.projects: list[ProjectLine] = []
        self.spools = {sheet.title: Spool() for sheet in SPOOLED}

    def take(self, digest: Digest) -> None:
        """Keep the lines, store the rows."""
        for title, chunk in digest.chunks.items():
            self.spools[title].add(chunk, digest.counts[title], len(self.projects))
        self.files.append(digest.file)
        self.projects.extend(digest.projects)

    def finished(self, expected: Sequence[Expected]) -> Consolidation:
        """Everything compared and added up."""
        repeated = department.repeated(self.projects)
        missing = department.missing(expected, self.projects)
        twice = {id(project) for found in repeated for project in found.projects}
        counted = tuple(id(project) not in twice for project in self.projects)
        notes = [
            *map(department.repetition, repeated),
            *map(department.absence, missing),
            *department.without_budget(p for p, counts in zip(self.projects, counted, strict=True) if counts),
            *department.disagreements(self.files),
            *comparisons(self.projects, self.spools[INDICATORS.title]),
            *self._copies(),
        ]
        curve = Curve()
        for base, rows in self.spools[PAYMENTS.title]:
            for index, *row in rows:
                assert isinstance(index, int)
                if counted[base + index]:
                    curve.add(row)
        return Consolidation(
            files=tuple(self.files),
            projects=tuple(self.projects),
            counted=counted,
            totals=totals_of(self.projects, counted),
            curve=curve,
            repeated=tuple(repeated),
            missing=tuple(missing),
            notes=(),
            spools=self.spools,
        ).noted(notes)

    def _copies(self) -> Iterator[Finding]:
        """Files that were read though their names say they are copies."""
        names = {file.shown for file in self.files}
        for file in self.files:
            first = None if file.reason else original(file.shown, names)
            if first:
                yield finding("XPF611", first_place(file, self.projects), original=first)
            elif first is not None:
                yield finding("XPF614", first_place(file, self.projects))


def first_place(file: FileLine, projects: Sequence[ProjectLine]) -> Locus:
    """Where a finding about a whole file leads: to its first project."""
    first = next((project for project in projects if project.file == file.shown), None)
    return Locus(file=file.shown, sheet=first.sheet, cell=first.cell) if first else Locus(file=file.shown)


def _finding(row: Sequence[Cell]) -> Finding:
    code, line, file, sheet, cell, *values = row
    pairs = zip(values[::2], values[1::2], strict=True)
    place = Locus(file=str(file), line=line if isinstance(line, int) else None, sheet=str(sheet), cell=str(cell))
    return Finding(code=str(code), locus=place, values=tuple((str(key), str(value)) for key, value in pairs))


def _finding_row(found: Finding) -> Sequence[Cell]:
    place = found.locus
    values: dict[str, Cell] = {
        "severity": SEVERITIES[severity(found)],
        "code": found.code,
        "message": message(found),
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
    }
    return FINDINGS.row(values)


def _row_of_finding(found: Finding) -> Sequence[Cell]:
    try:
        return _finding_row(found)
    except Exception as error:
        raise RowFault(found.locus.file) from error


def _file_row(file: FileLine) -> Sequence[Cell]:
    values: dict[str, Cell] = {
        **{key: value for key, value in file._asdict().items() if key not in ("path", "reason", "findings")},
        "file": file.shown,
        "status": CONSOLIDATED if file.reason is None else REFUSED,
        "reason": "" if file.reason is None else message(file.reason),
        "modified": wall_time(file.modified),
        "findings": sum(file.findings),
    }
    return FILES.row(values)
