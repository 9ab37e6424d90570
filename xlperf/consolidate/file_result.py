"""Turns one returned workbook into records and rows. Computes every figure from the answers; copies none."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from xlperf import measure
from xlperf.checks import finding, severity
from xlperf.consolidate.columns import FINDINGS, INDICATORS, PAYMENTS, PROJECTS, ListSheet
from xlperf.consolidate.records import FileRecord, FileResult, ProjectRecord, Rows, Source
from xlperf.consolidate.sources import refused_record, rejection
from xlperf.files import Refused, attempt
from xlperf.form import PROJECT, Answers, Cell, Marker
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.model import Finding, Locus, Project, Settings, Severity
from xlperf.model.text import code_key, squeeze
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.recognise import UNREAD
from xlperf.workbook.read.returned import Returned, SheetRead

LEFT_OUT = ("XPF308", "XPF310", *UNREAD)  # each finding is one sheet left out of a file that was read


def read_and_judge(source: Source, as_of: dt.date | None, pack: str | None = None) -> FileResult:
    """Read one file and judge it; `as_of` and `pack` override its own 截止日期 and 规则包.

    Whatever goes wrong, the file is refused and no error leaves, except XlperfError.
    """
    result = attempt(source.path, partial(_read_and_judge, source, as_of, pack))
    return result if isinstance(result, FileResult) else refused_file(source, result)


def refused_file(source: Source, refused: Refused) -> FileResult:
    """A file refused for this reason, with size and hash where they can be had."""
    return refused_result(refused_record(source, refused.code, **refused.values))


def _read_and_judge(source: Source, as_of: dt.date | None, pack: str | None) -> FileResult:
    rejected = rejection(source)
    if rejected is not None:
        return refused_result(rejected)
    returned = read_workbook(source.path)
    if returned.refused is not None:
        reason = returned.refused.model_copy(update={"locus": Locus(file=source.name)})
        record = FileRecord(source.path, source.name, reason, returned.sha256, returned.size, returned.edition)
        return refused_result(record, returned.findings)
    return result_of(source, returned, as_of, pack)


def refused_result(record: FileRecord, findings: Sequence[Finding] = ()) -> FileResult:
    """A refused file with these findings, or with the reason alone."""
    listed = findings or [finding for finding in (record.reason,) if finding]
    rows = [_finding_row(finding, record.name) for finding in listed]
    return _packed(record._replace(findings=_count(listed)), [], {FINDINGS: rows})


@dataclass(frozen=True)
class _Sheet:
    """A project's sheet with its recomputed results."""

    index: int
    read: SheetRead
    project: Project
    answers: Answers
    results: Answers
    common: dict[str, Cell]

    def cell(self, key: str, row: int | None = None) -> str:
        """The address of a slot; of the sheet's title where its form has no such slot."""
        layout = self.read.layout
        slots = layout.slots if row is None else layout.bands[key.split(".")[0]][row]
        return slots[key].cell if key in slots else layout.home


def result_of(source: Source, returned: Returned, as_of: dt.date | None = None, pack: str | None = None) -> FileResult:
    """Judge a workbook that was read, at least in part."""
    department = returned.department
    assert department is not None
    verdict = judged(returned, as_of, pack)
    settings = verdict.settings
    unit = department.unit.code + department.unit.name
    unit_key = code_key(department.unit.code) or squeeze(department.unit.name)
    findings = list(returned.findings)
    records: list[ProjectRecord] = []
    rows: dict[ListSheet, Rows] = {sheet: [] for sheet in (PROJECTS, INDICATORS, PAYMENTS, FINDINGS)}
    for read in returned.sheets:
        if read.project is None:
            continue
        project = department.projects[read.project]
        answers, results = verdict.answers[read.project], verdict.results[read.project]
        common: dict[str, Cell] = {
            "unit": unit,
            "unit_key": unit_key,
            "code": project.code,
            "name": project.name,
            "file": source.name,
            "sheet": read.title,
        }
        sheet = _Sheet(len(records), read, project, answers, results, common)
        record = _record(sheet, settings, department.year)
        records.append(record)
        rows[PROJECTS].append(_project_row(sheet, record))
        rows[INDICATORS].extend(_indicator_rows(sheet))
        rows[PAYMENTS].extend(_payment_rows(sheet))
        if not project.code:
            findings.append(finding("XPF606", Locus(sheet=read.title, cell=sheet.cell("code")), name=project.name))
    findings.extend(verdict.findings)
    rows[FINDINGS] = [_finding_row(each, source.name) for each in findings]
    file = FileRecord(
        path=source.path,
        name=source.name,
        sha256=returned.sha256,
        size=returned.size,
        edition=returned.edition,
        unit=unit,
        unit_key=unit_key,
        year=department.year,
        as_of=settings.as_of,
        period=settings.period.value,
        pack=settings.pack,
        projects=len(records),
        indicators=len(rows[INDICATORS]),
        cells=returned.cells,
        findings=_count(findings),
        unread=sum(each.code in LEFT_OUT for each in findings),
    )
    return _packed(file, records, rows)


def _record(sheet: _Sheet, settings: Settings, year: int) -> ProjectRecord:
    single = sheet.results.single
    budget, plan = single["budget.current"], single["progress.plan"]
    months = measure.months_elapsed(settings.as_of, year)
    states = [row["indicators.state"] for row in sheet.results.bands["indicators"]]
    return ProjectRecord(
        file=str(sheet.common["file"]),
        sheet=sheet.read.title,
        cell=sheet.cell("code"),
        name_cell=sheet.cell("name"),
        unit=str(sheet.common["unit"]),
        unit_key=str(sheet.common["unit_key"]),
        origin=_origin(sheet.read.marker),
        code=sheet.project.code,
        name=sheet.project.name,
        year=year,
        as_of=settings.as_of,
        budget=budget,
        paid=single["progress.paid"],
        planned=_part(budget, plan),
        due=_due(budget, months if isinstance(months, int) else 0),
        rate=single["progress.rate"],
        plan=plan,
        plan_progress=single["progress.plan_progress"],
        time_progress=single["progress.time"],
        light=str(single["progress.light"]),
        states=tuple(states.count(state) for state in measure.COMPLIANCE_STATES),
        score=single["total_score"],
        grade=str(single["grade"]),
    )


def _origin(marker: Marker) -> str:
    """An id of the sheet as given out; "" for a blank form, which many people fill in for different projects."""
    return f"{marker.book} {marker.sheet}" if marker.book and marker.kind == PROJECT.kind else ""


def _part(amount: Cell, share: Cell) -> Cell:
    """The share of an amount in 万元, rounded to the 分; "" where either is no number."""
    return rounded(number(amount) * number(share), 6) if is_number(amount) and is_number(share) else ""


def _due(budget: Cell, months: int) -> Cell:
    """The payments due by now if spread evenly over the year."""
    return rounded(number(budget) * months / measure.MONTHS, 6) if is_number(budget) else ""


def _project_row(sheet: _Sheet, record: ProjectRecord) -> tuple[Cell, ...]:
    values: dict[str, Cell] = {
        **sheet.answers.single,
        **sheet.results.single,
        **sheet.common,
        **dict(zip(measure.COMPLIANCE_STATES, record.states, strict=True)),
        "planned": record.planned,
        "gap": record.gap,
        "due": record.due,
        "indicators": sum(record.states),
        "as_of": record.as_of,
        "cell": record.cell,
    }
    return (sheet.index, *PROJECTS.row(values))


def _indicator_rows(sheet: _Sheet) -> Iterator[tuple[Cell, ...]]:
    pairs = zip(sheet.answers.bands["indicators"], sheet.results.bands["indicators"], strict=True)
    for (answer, result), row in zip(pairs, sheet.read.rows, strict=True):
        cell = sheet.cell("indicators.name", row)
        yield (sheet.index, *INDICATORS.row({**answer, **result, **sheet.common, "cell": cell}))


def _payment_rows(sheet: _Sheet) -> Iterator[tuple[Cell, ...]]:
    """The months with a payment or a planned one."""
    amounts = sheet.answers.bands["payments"]
    budget = sheet.results.single["budget.current"]
    for row, (answer, result) in enumerate(zip(amounts, sheet.results.bands["payments"], strict=True)):
        planned = _part(budget, result["payments.plan"])
        if is_number(answer["payments.amount"]) or number(planned):
            cell = sheet.cell("payments.amount", row)
            values = {**answer, **result, **sheet.common, "planned": planned, "cell": cell}
            yield (sheet.index, *PAYMENTS.row(values))


def _finding_row(finding: Finding, file: str) -> tuple[Cell, ...]:
    """A finding as plain values: code, line, file, sheet, cell, then names and values of its sentence in turn."""
    locus = finding.locus
    return (
        finding.code,
        locus.line,
        file,
        locus.sheet,
        locus.cell,
        *(part for pair in finding.values for part in pair),
    )


def _count(findings: Sequence[Finding]) -> tuple[int, int, int]:
    severities = [severity(finding) for finding in findings]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING), severities.count(Severity.INFO)


def _packed(file: FileRecord, projects: Sequence[ProjectRecord], rows: dict[ListSheet, Rows]) -> FileResult:
    pickled = {sheet.title: pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for sheet, part in rows.items() if part}
    return FileResult(file, tuple(projects), pickled, {sheet.title: len(part) for sheet, part in rows.items()})
