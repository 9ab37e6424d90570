"""The result of a consolidation: records in memory, rows on disk, totals, findings. `report.summary` draws it."""

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
from xlperf.consolidate.records import FileRecord, FileResult, ProjectRecord, RowFault, wall_time
from xlperf.consolidate.spool import Spool
from xlperf.consolidate.totals import Curve, Totals, totals_of
from xlperf.form import Cell
from xlperf.model import Finding, Locus, Severity
from xlperf.model.finding import by_file

SPOOLED = (PROJECTS, INDICATORS, PAYMENTS, FINDINGS)
BEYOND_ROWS, BEYOND_LINKS = "XPF609", "XPF610"


@dataclass(frozen=True)
class Consolidation:
    """Records of all files and projects, in order; `counted` says for each project whether the totals include it.

    `notes` are the findings about the department as a whole.
    """

    files: tuple[FileRecord, ...]
    projects: tuple[ProjectRecord, ...]
    counted: tuple[bool, ...]
    totals: Totals
    curve: Curve
    repeated: tuple[Repeated, ...]
    missing: tuple[Expected, ...]
    notes: tuple[Finding, ...]
    spools: dict[str, Spool]

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding, from disk: by severity, and of one severity the notes before those of files."""
        for grade in Severity:
            yield from (note for note in self.notes if severity(note) is grade)
            for _, rows in self.spools[FINDINGS.title]:
                yield from (_finding(row) for row in rows if CODES[str(row[0])].severity is grade)

    def findings_of(self, names: Iterable[str]) -> Iterator[tuple[str, list[Finding]]]:
        """The findings in each of these files, or with "" those in none; every name comes back, in the order given."""
        spool, notes = self.spools[FINDINGS.title], by_file(self.notes)
        parts = {name: i for i, name in enumerate(file.name for file in self.files if any(file.findings))}
        for name in names:
            rows = spool.part(parts[name]) if name in parts else ()
            yield name, [*notes.get(name, ()), *map(_finding, rows)]

    @property
    def codes(self) -> Counter[str]:
        """The number of findings of each code."""
        count = Counter(note.code for note in self.notes)
        for _, rows in self.spools[FINDINGS.title]:
            count.update(str(row[0]) for row in rows)
        return count

    @property
    def severities(self) -> dict[Severity, int]:
        """The number of findings of each severity."""
        count = Counter(map(severity, self.notes))
        for file in self.files:
            count.update(dict(zip(Severity, file.findings, strict=True)))
        return {grade: count[grade] for grade in Severity}

    def count(self, sheet: ListSheet) -> int:
        """The number of rows of a list."""
        if sheet is FILES:
            return len(self.files)
        return self.spools[sheet.title].row_count + (len(self.notes) if sheet is FINDINGS else 0)

    def rows(self, sheet: ListSheet) -> Iterator[Sequence[Cell]]:
        """The rows of a list in column order."""
        if sheet is FILES:
            return map(_file_row, self.files)
        if sheet is FINDINGS:
            return map(_finding_row, self.findings)
        return self._rows_of_projects(sheet)

    def with_notes(self, more: Iterable[Finding]) -> Consolidation:
        """The same with more notes. Notes are rows too, so the notes on lists beyond Excel's limits are made anew."""
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
        column = sheet.index("counted")
        for project, row in self.spools[sheet.title].by_project():
            row[column] = COUNTED if self.counted[project] else NOT_COUNTED
            yield row


class Gatherer:
    """Collects the results of one file after another."""

    def __init__(self) -> None:
        self.files: list[FileRecord] = []
        self.projects: list[ProjectRecord] = []
        self.spools = {sheet.title: Spool() for sheet in SPOOLED}

    def add(self, result: FileResult) -> None:
        """Keep the records in memory, the rows on disk."""
        for title, pickled in result.pickled.items():
            self.spools[title].add(pickled, result.row_counts[title], len(self.projects))
        self.files.append(result.file)
        self.projects.extend(result.projects)

    def finish(self, expected: Sequence[Expected]) -> Consolidation:
        """Compare the projects, add them up."""
        repeated = department.repeated(self.projects)
        missing = department.missing(expected, self.projects)
        twice = {id(project) for same in repeated for project in same.projects}
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
        for project, row in self.spools[PAYMENTS.title].by_project():
            if counted[project]:
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
        ).with_notes(notes)

    def _copies(self) -> Iterator[Finding]:
        """Findings about files that were read although their names mark them as copies."""
        names = {file.name for file in self.files}
        for file in self.files:
            first = None if file.reason else original(file.name, names)
            if first:
                yield finding("XPF611", first_locus(file, self.projects), original=first)
            elif first is not None:
                yield finding("XPF614", first_locus(file, self.projects))


def first_locus(file: FileRecord, projects: Sequence[ProjectRecord]) -> Locus:
    """The place of a finding about a whole file: its first project."""
    first = next((project for project in projects if project.file == file.name), None)
    return first.locus() if first else Locus(file=file.name)


def _finding(row: Sequence[Cell]) -> Finding:
    code, line, file, sheet, cell, *values = row
    pairs = zip(values[::2], values[1::2], strict=True)
    locus = Locus(file=str(file), line=line if isinstance(line, int) else None, sheet=str(sheet), cell=str(cell))
    return Finding(code=str(code), locus=locus, values=tuple((str(key), str(value)) for key, value in pairs))


def _finding_row(finding: Finding) -> Sequence[Cell]:
    locus = finding.locus
    try:
        values: dict[str, Cell] = {
            "severity": SEVERITIES[severity(finding)],
            "code": finding.code,
            "message": message(finding),
            "file": locus.file,
            "sheet": locus.sheet,
            "cell": locus.cell,
        }
        return FINDINGS.row(values)
    except Exception as error:
        raise RowFault(locus.file) from error


def _file_row(file: FileRecord) -> Sequence[Cell]:
    values: dict[str, Cell] = {
        **{key: value for key, value in file._asdict().items() if key not in ("path", "reason", "findings")},
        "file": file.name,
        "status": CONSOLIDATED if file.reason is None else REFUSED,
        "reason": "" if file.reason is None else message(file.reason),
        "modified": wall_time(file.modified),
        "findings": sum(file.findings),
    }
    return FILES.row(values)
