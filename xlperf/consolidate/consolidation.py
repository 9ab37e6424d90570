"""The result of a consolidation: one run of a dataset as it is read, with totals. `report.summary` draws it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.checks import CODES, finding, message
from xlperf.checks.standing import Standing, standing
from xlperf.consolidate import columns
from xlperf.consolidate.cache import code_digest
from xlperf.consolidate.columns import (
    CHANGES,
    COUNTED,
    DOUBTFUL,
    FILES,
    FINDINGS,
    INDICATORS,
    LISTS,
    NOT_COUNTED,
    PAYMENTS,
    PROJECTS,
    SEVERITIES,
    ListSheet,
)
from xlperf.consolidate.department import Expected, Repeated, repeated
from xlperf.consolidate.department_tables import DEPARTMENT_TABLES
from xlperf.consolidate.file_result import finding_values
from xlperf.consolidate.new_run import OTHER_PERIOD
from xlperf.consolidate.records import FileRecord, ProjectRecord, RowFault, wall_time
from xlperf.consolidate.totals import COUNTED_WORDS, Curve, Totals, totals_of, totals_of_columns
from xlperf.consolidate.unread import Unread, missing_of, status_of, unread_of
from xlperf.dataset import Row, readings, row_of
from xlperf.dataset.changes import Change, ChangeKind, changes
from xlperf.dataset.readings import Reading
from xlperf.dataset.runs import ended_at
from xlperf.dataset.values import Restore
from xlperf.form import Cell
from xlperf.measure import COMPLIANCE_STATES
from xlperf.model import BudgetUnit, Finding, Locus, Period, Severity, XlperfError
from xlperf.model.text import code_key

BEYOND_ROWS, BEYOND_LINKS = "XPF609", "XPF610"
STATES = tuple(f"p.{name}" for name in COMPLIANCE_STATES.values())
WORDS = tuple(f"p.{key.replace('.', '_')}" for key in COUNTED_WORDS)
AMOUNTS = (
    *("p.budget_current", "p.progress_paid", "p.planned", "p.due"),
    *("p.budget_fiscal_funds", "p.budget_other_funds", "p.budget_carryover"),
)
IN_ORDER = "ORDER BY c.ordinal"

RECORD_OF_FILE = (
    *("l.name", "l.reason", "l.reason_values", "f.sha256", "f.size", "f.edition", "f.parent", "f.unit", "f.unit_key"),
    *("f.year", "f.as_of", "f.period", "f.pack", "f.projects", "f.indicators", "f.payments", "f.cells", "f.errors"),
    *("f.warnings", "f.infos", "f.unread", "l.modified", "l.stamp"),
)
RECORD_OF_PROJECT = (
    *("c.ordinal", "c.counted", "c.doubtful", "p.doubt", "p.deviation_reason"),
    *("l.name", "p.sheet", "p.cell", "p.name_cell", "f.unit", "f.unit_key", "p.code"),
    *("p.name", "f.year", "f.as_of", "p.budget_current", "p.progress_paid", "p.planned", "p.due", "p.gap"),
    *("p.progress_rate", "p.progress_plan", "p.progress_plan_progress", "p.progress_time", "p.progress_light"),
    *("p.progress_official_light", "f.period", "p.indicators"),
    *("p.total_score", "p.grade", *STATES),
)
RECORD_OF_FINDING = ("l.name", "d.code", "d.line", "d.sheet", "d.cell", "d.message_values")
RECORD_OF_NOTE = tuple(field.replace("l.", "n.").replace("d.", "n.") for field in RECORD_OF_FINDING)


class Listed(NamedTuple):
    """Where the rows of a list come from: table, those joined to it, its letter, what keys begin with, which, order."""

    table: str
    tables: str
    letter: str
    band: str
    which: str
    order: str


LISTED = {
    **{
        table.title: Listed("projects", readings.PROJECTS, "p", "", "WHERE c.counted", IN_ORDER)
        for table in DEPARTMENT_TABLES.values()
    },
    PROJECTS.title: Listed("projects", readings.PROJECTS, "p", "", "", IN_ORDER),
    INDICATORS.title: Listed("indicators", readings.INDICATORS, "i", "indicators.", "", f"{IN_ORDER}, i.row"),
    PAYMENTS.title: Listed(
        "payments",
        readings.PAYMENTS,
        "y",
        "payments.",
        "WHERE y.amount IS NOT NULL OR y.planned <> 0",
        f"{IN_ORDER}, y.month",
    ),
}
COMMON = {
    "unit": "f.unit",
    "code": "p.code",
    "name": "p.name",
    "counted": f"iif(c.counted, '{COUNTED}', iif(c.doubtful, '{DOUBTFUL}', '{NOT_COUNTED}'))",
    "as_of": "f.as_of",
    "file": "l.name",
    "sheet": "p.sheet",
    **{state: f"p.{name}" for state, name in COMPLIANCE_STATES.items()},
}


class Consolidation:
    """All files and projects of one run, in order.

    `paths` are those of the files by name, `expected` the projects that should be there. `baseline` is the run to
    compare with; `notices` are problems of the dataset that changed nothing.
    """

    def __init__(self, reading: Reading, paths: dict[str, Path], expected: Sequence[Expected] = ()) -> None:
        self.reading, self.paths, self._expected = reading, paths, expected
        self.baseline: int | None = None
        self.notices: list[XlperfError] = []

    def state(self, target: Path) -> str:
        """A digest of all that a summary at `target` depends on."""
        given = (code_digest(), version("XlsxWriter"), self.baseline, self._expected, target.absolute())
        digest = hashlib.sha256(repr(given).encode())
        fields = ("l.name", "f.sha256", "f.size", "l.reason", "l.reason_values", "l.modified", "f.key")
        for name, *rest in self.reading.rows(fields, f"{readings.FILES} ORDER BY l.position"):
            digest.update(repr((name, rest, wall_time(rest[-2]), self.paths[name].absolute())).encode())
        for note in self.notes:
            digest.update(repr(note).encode())
        return digest.hexdigest()

    @property
    def files(self) -> Iterator[FileRecord]:
        """Every file."""
        for name, code, values, *fields, errors, warnings, infos, unread, modified, stamp in self.reading.rows(
            RECORD_OF_FILE, f"{readings.FILES} ORDER BY l.position"
        ):
            reason = _finding(name, code, None, "", "", values) if code else None
            counts = (errors, warnings, infos)
            yield FileRecord._make((self.paths[name], name, reason, *fields, counts, unread, modified, stamp))

    @property
    def file_count(self) -> int:
        """How many files there are."""
        return self.count(FILES)

    @property
    def refused_count(self) -> int:
        """How many of them were refused."""
        return int(self.reading.value(f"count(*) FROM {readings.FILES} WHERE l.reason IS NOT NULL"))

    @property
    def set_aside(self) -> Iterator[Finding]:
        """Why each file counts nowhere that is of another year or period, or whose annotated copy stands for it."""
        fields = ("l.name", "l.reason", "l.reason_values")
        rows = self.reading.rows(fields, "listed l WHERE l.aside ORDER BY l.position")
        return (_finding(name, code, None, "", "", values) for name, code, values in rows)

    @property
    def objectives(self) -> list[list[str]]:
        """What the units set out to reach in the year, each with its unit."""
        tables = "listed l JOIN files f USING (file) JOIN units u USING (file)"
        which = "WHERE l.reason IS NULL AND u.overall_objective IS NOT NULL"
        rest = f"{tables} {which} GROUP BY f.unit, u.overall_objective ORDER BY min(l.position)"
        return list(self.reading.rows(("f.unit", "u.overall_objective"), rest))

    @property
    def unit(self) -> BudgetUnit:
        """The unit that all files are of; a blank one where they are of several."""
        tables = "listed l JOIN units u USING (file) WHERE l.reason IS NULL GROUP BY u.unit_code, u.unit_name"
        units = list(self.reading.rows(("u.unit_code", "u.unit_name"), tables))
        return BudgetUnit(code=units[0][0], name=units[0][1]) if len(units) == 1 else BudgetUnit()

    @cached_property
    def year(self) -> int | None:
        """The budget year; None where no file says one."""
        return self.reading.value("year FROM runs WHERE run = ?", self.reading.run)  # type: ignore[no-any-return]

    @cached_property
    def period(self) -> Period | None:
        """What its workbooks were filled in for."""
        word = self.reading.value("period FROM runs WHERE run = ?", self.reading.run)
        return word and Period(word)

    @property
    def projects(self) -> Iterator[ProjectRecord]:
        """Every project."""
        return self._projects(IN_ORDER)

    @property
    def projects_without_budget(self) -> Iterator[ProjectRecord]:
        """Every counted project that has payments, or words for them, but no number as budget, or 0."""
        no_budget = "(p.budget_current IS NULL OR p.budget_current = 0 OR typeof(p.budget_current) = 'text')"
        return self._projects(f"WHERE c.counted AND p.progress_paid IS NOT NULL AND {no_budget} {IN_ORDER}")

    @cached_property
    def totals(self) -> Totals:
        """The sums over the counted projects."""
        return self._totals("c.counted", "WHERE NOT c.doubtful")

    @cached_property
    def doubtful_totals(self) -> Totals:
        """The sums over the projects whose amounts are implausible; they are in no other total."""
        return self._totals("c.doubtful", "WHERE c.doubtful")

    @property
    def doubtful(self) -> Iterator[ProjectRecord]:
        """The projects whose amounts are implausible."""
        return self._projects(f"WHERE c.doubtful {IN_ORDER}")

    @cached_property
    def table_totals(self) -> dict[str, Cell]:
        """The totals of the columns of the department's form."""
        table = self.department_table
        if table is None:
            return {}
        restore, rows = self.rows(table)
        values = ([back(stored) for back, stored in zip(restore, row, strict=True)] for row in rows)
        return totals_of_columns(table.columns, values)

    @cached_property
    def curve(self) -> Curve:
        """The months of the department."""
        curve = Curve()
        for row in self.reading.rows(("y.month", "y.amount", "y.planned"), f"{readings.PAYMENTS} WHERE c.counted"):
            curve.add(*row)
        return curve

    @cached_property
    def repeated(self) -> tuple[Repeated, ...]:
        """The projects that were returned more than once."""
        return tuple(
            repeated(list(self._projects(f"WHERE c.identity = ? {IN_ORDER}", key))) for key in self.reading.repeated()
        )

    @cached_property
    def missing(self) -> tuple[Expected, ...]:
        """The expected projects that nobody sent."""
        keys = map(code_key, dict(self._expected))
        return missing_of(self._expected, filter(self.reading.has_code, keys), self.unread)

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """What was sent and not read: files, sheets of projects in others, expected projects of a wrong year."""
        sheets: dict[str, list[tuple[str, str, Finding]]] = defaultdict(list)
        fields = ("l.name", "r.sheet", "r.project_code", "d.line", "d.cell", "d.code", "d.message_values")
        of_sheet = "d.file = r.file AND d.sheet = r.sheet AND d.code = r.reason"
        rows = f"{readings.UNREAD} JOIN findings d ON {of_sheet} ORDER BY l.position, r.position"
        for file, sheet, code, line, cell, reason, values in self.reading.rows(fields, rows):
            sheets[file].append((sheet, code, _finding(file, reason, line, sheet, cell, values)))
        return (*unread_of(self.files, sheets, self._expected), *self._of_wrong_years())

    def _of_wrong_years(self) -> Iterator[Unread]:
        """The expected projects that came back in workbooks of another year alone: codes differ from year to year."""
        fields = ("l.name", "p.sheet", "p.code", "p.name", "l.reason", "l.reason_values")
        tables = "listed l JOIN files f USING (file) JOIN projects p USING (file)"
        rest = f"{tables} WHERE l.reason = ? AND f.year IS NOT ? ORDER BY l.position, p.project"
        expected = {code_key(code) for code, _ in self._expected}
        for file, sheet, code, name, reason, values in self.reading.rows(fields, rest, OTHER_PERIOD, self.year):
            if code_key(code) in expected and not self.reading.has_code(code_key(code)):
                yield Unread(file, sheet, code, name, _finding(file, reason, None, "", "", values))

    def locus_of(self, file: str) -> Locus:
        """The place of a finding about a whole file: its first project."""
        first = next(self._projects(f"WHERE l.name = ? {IN_ORDER} LIMIT 1", file), None)
        return first.locus() if first else Locus(file=file)

    @property
    def notes(self) -> Iterator[Finding]:
        """The findings about the department as a whole."""
        return self._notes("ORDER BY n.position")

    @property
    def findings(self) -> Iterator[Finding]:
        """Every finding: by severity, then by standing, and of those alike in both the notes before those of files."""
        return (each for grade in Severity for kind in Standing for each in self._of(grade, kind))

    def _of(self, grade: Severity, kind: Standing) -> Iterator[Finding]:
        codes = [code for code in CODES if CODES[code].severity is grade and standing(code) is kind]
        among = f"IN ({', '.join('?' * len(codes))})"
        yield from self._notes(f"AND n.code {among} ORDER BY n.position", *codes)
        rest = f"{readings.FINDINGS} WHERE d.severity = ? AND d.code {among} ORDER BY l.position, d.position"
        for row in self.reading.rows(RECORD_OF_FINDING, rest, grade.value, *codes):
            yield _finding(*row)

    def findings_of(self, names: Iterable[str], without: Collection[str] = ()) -> Iterator[tuple[str, list[Finding]]]:
        """The findings in each of these files, or with "" those in none, but for those of the codes `without`.

        Every name comes back, in the order given.
        """
        codes = f"code NOT IN ({', '.join('?' * len(without))})"
        rest = f"{readings.FINDINGS} WHERE l.name = ? AND d.{codes} ORDER BY d.position"
        for name in names:
            in_file = (_finding(*row) for row in self.reading.rows(RECORD_OF_FINDING, rest, name, *without))
            notes = self._notes(f"AND n.name IS ? AND n.{codes} ORDER BY n.position", name, *without)
            yield name, [*notes, *in_file]

    @property
    def codes(self) -> Counter[str]:
        """The number of findings of each code."""
        both = f"SELECT d.code FROM {readings.FINDINGS} UNION ALL SELECT code FROM notes WHERE run = ?"
        counts = self.reading.rows(("d.code", "count(*)"), f"({both}) d GROUP BY d.code", self.reading.run)
        return Counter(dict(counts))

    @property
    def severities(self) -> dict[Severity, int]:
        """The number of findings of each severity."""
        sums = ", ".join(f"ifnull(sum({grade.value}s), 0)" for grade in Severity)
        of_files = self.reading.dataset.run(f"SELECT {sums} FROM {readings.FILES} WHERE NOT l.aside").fetchone()
        of_notes = Counter(CODES[note.code].severity for note in self.notes)
        return {grade: count + of_notes[grade] for grade, count in zip(Severity, of_files, strict=True)}

    @property
    def lists(self) -> tuple[ListSheet, ...]:
        """The lists that a summary has."""
        table = (self.department_table,) if self.department_table else ()
        return (*table, *LISTS, *((CHANGES,) if self.baseline else ()))

    @property
    def department_table(self) -> ListSheet | None:
        """The department's form of the period."""
        return DEPARTMENT_TABLES.get(self.period) if self.period else None

    @property
    def compared_with(self) -> dt.datetime | None:
        """When the contents it is compared with were first there."""
        return ended_at(self.reading.dataset, self.baseline) if self.baseline else None

    @property
    def changes(self) -> Iterator[Change]:
        """What changed since the run it is compared with."""
        return changes(self.reading.dataset, self.baseline, self.reading.run) if self.baseline else iter(())

    @cached_property
    def change_counts(self) -> Counter[ChangeKind]:
        """The number of changes of each kind."""
        return Counter(change.kind for change in self.changes)

    def count(self, sheet: ListSheet) -> int:
        """The number of rows of a list."""
        if sheet is FINDINGS:
            return sum(self.severities.values())
        if sheet is CHANGES:
            return self.change_counts.total()
        if sheet is self.department_table:
            return self.totals.projects
        if sheet is FILES:
            return int(self.reading.value(f"count(*) FROM {readings.FILES}"))
        rows = f"ifnull(sum(f.{LISTED[sheet.title].table}), 0)"
        return int(self.reading.value(f"{rows} FROM {readings.FILES} WHERE NOT l.aside"))

    def rows(self, sheet: ListSheet) -> tuple[Sequence[Restore], Iterator[Sequence[Any]]]:
        """What restores the values of each column of a list, and its rows in column order, as they are stored."""
        if sheet.title in LISTED:
            return self._stored_rows(sheet, LISTED[sheet.title])
        rows: Iterator[Sequence[Cell]]
        if sheet is FILES:
            rows = map(_file_row, self.files)
        elif sheet is FINDINGS:
            rows = map(_finding_row, self.findings)
        else:
            rows = (sheet.row(change._asdict()) for change in self.changes)
        return [_as_it_is] * len(sheet.columns), rows

    def add_notes(self, more: Iterable[Finding]) -> None:
        """Put in more notes. Notes are rows too, so the notes on lists beyond Excel's limits are made anew."""
        self._put_notes(more)
        self.reading.dataset.run(
            "DELETE FROM notes WHERE run = ? AND code IN (?, ?)", self.reading.run, BEYOND_ROWS, BEYOND_LINKS
        )
        for sheet in sorted(self.lists, key=FINDINGS.__eq__):  # its own rows last
            rows = self.count(sheet)
            without_file = self._notes_without_file() if sheet is FINDINGS else 0
            if rows - without_file > columns.MOST_LINKS:
                self._put_notes([finding(BEYOND_LINKS, sheet=sheet.title, shown=columns.MOST_LINKS)])
                rows += sheet is FINDINGS
            if rows > columns.MOST_ROWS:
                rows += sheet is FINDINGS
                self._put_notes([finding(BEYOND_ROWS, sheet=sheet.title, shown=columns.MOST_ROWS, count=rows)])

    def _put_notes(self, notes: Iterable[Finding]) -> None:
        run = self.reading.run
        first = self.reading.value("ifnull(max(position) + 1, 0) FROM notes WHERE run = ?", run)
        self.reading.dataset.put(
            "notes",
            (
                row_of("notes", {"run": run, "position": position, "name": note.locus.file, **finding_values(note)})
                for position, note in enumerate(notes, start=first)
            ),
        )

    def _notes_without_file(self) -> int:
        return int(self.reading.value("count(*) FROM notes WHERE run = ? AND name IS NULL", self.reading.run))

    def _notes(self, rest: str, *values: str) -> Iterator[Finding]:
        rows = self.reading.rows(RECORD_OF_NOTE, f"notes n WHERE n.run = ? {rest}", self.reading.run, *values)
        return (_finding(*row) for row in rows)

    def _totals(self, counts: str, which: str) -> Totals:
        fields = (counts, *WORDS, *AMOUNTS, "p.indicators", *STATES)
        return totals_of(self.reading.rows(fields, f"{readings.PROJECTS} {which}"))

    def _projects(self, rest: str, *values: str) -> Iterator[ProjectRecord]:
        for row in self.reading.rows(RECORD_OF_PROJECT, f"{readings.PROJECTS} {rest}", *values):
            first = len(row) - len(STATES)
            yield ProjectRecord._make((*row[:first], tuple(row[first:])))

    def _stored_rows(self, sheet: ListSheet, listed: Listed) -> tuple[Sequence[Restore], Iterator[Row]]:
        fields = [
            COMMON.get(column.key) or f"{listed.letter}.{column.key.removeprefix(listed.band).replace('.', '_')}"
            for column in sheet.columns
        ]
        return self.reading.stored_rows(fields, f"{listed.tables} {listed.which} {listed.order}")


def _as_it_is(value: Cell) -> Cell:
    return value


def _finding(file: str, code: str, line: int | None, sheet: str, cell: str, values: str) -> Finding:
    pairs = tuple((str(key), str(value)) for key, value in json.loads(values or "[]"))
    return Finding(code=code, locus=Locus(file=file, line=line, sheet=sheet, cell=cell), values=pairs)


def _finding_row(finding: Finding) -> Sequence[Cell]:
    locus = finding.locus
    try:
        values: dict[str, Cell] = {
            "severity": SEVERITIES[CODES[finding.code].severity],
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
        "status": status_of(file),
        "reason": "" if file.reason is None else message(file.reason),
        "modified": wall_time(file.modified),
        "findings": sum(file.findings),
    }
    return FILES.row(values)
