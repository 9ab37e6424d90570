"""One file boiled down to lines and rows; every figure is computed anew from the answers, none is taken from a cell."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from xlperf import measure
from xlperf.checks import finding, severity
from xlperf.consolidate.columns import FINDINGS, INDICATORS, PAYMENTS, PROJECTS, ListSheet
from xlperf.consolidate.records import STATES, Digest, FileLine, ProjectLine, Rows, Source
from xlperf.consolidate.sources import refused_line, turned_away
from xlperf.files import Refused, attempt
from xlperf.form import PROJECT, Answers, Cell, Marker
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.model import Finding, Locus, Project, Settings, Severity
from xlperf.model.text import code_key, squeeze
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.recognise import UNREAD
from xlperf.workbook.read.returned import Returned, SheetRead

MONTHS = 12
LEFT_OUT = ("XPF308", "XPF310", *UNREAD)  # each of them is one sheet left out of a file that was read


def digest(source: Source, as_of: dt.date | None, pack: str | None = None) -> Digest:
    """Read one file and judge it; `as_of` and `pack` override its own 截止日期 and 规则包.

    Whatever goes wrong on the way costs this file alone.
    """
    made = attempt(source.path, partial(_digest, source, as_of, pack))
    return made if isinstance(made, Digest) else without(source, made)


def without(source: Source, refused: Refused) -> Digest:
    """A file that is left out for this reason, with its size and hash as far as they can be had."""
    return _refusal(refused_line(source, refused.code, **refused.values))


def _digest(source: Source, as_of: dt.date | None, pack: str | None) -> Digest:
    refused = turned_away(source)
    if refused is not None:
        return _refusal(refused)
    returned = read_workbook(source.path)
    if returned.refused is not None:
        reason = returned.refused.model_copy(update={"locus": Locus(file=source.shown)})
        known = FileLine(source.path, source.shown, reason, returned.sha256, returned.size, returned.edition)
        return _refusal(known, returned.findings)
    return digest_of(source, returned, as_of, pack)


def refusal(source: Source, code: str, **values: object) -> Digest:
    """A file of which nothing could be read."""
    return _refusal(FileLine(source.path, source.shown, finding(code, Locus(file=source.shown), **values)))


def _refusal(line: FileLine, findings: Sequence[Finding] = ()) -> Digest:
    """A file that is left out, with these findings, or with the reason alone."""
    found = findings or [fault for fault in (line.reason,) if fault]
    rows = [_finding_row(fault, line.shown) for fault in found]
    return _packed(line._replace(findings=_count(found)), [], {FINDINGS: rows})


@dataclass(frozen=True)
class _Sheet:
    """A project's sheet with everything computed anew."""

    index: int
    read: SheetRead
    project: Project
    answers: Answers
    results: Answers
    common: dict[str, Cell]

    def cell(self, key: str, row: int | None = None) -> str:
        """Where a slot stands."""
        layout = self.read.layout
        return (layout.slots[key] if row is None else layout.bands[key.split(".")[0]][row][key]).cell


def digest_of(source: Source, returned: Returned, as_of: dt.date | None = None, pack: str | None = None) -> Digest:
    """Judge a workbook of which something was read."""
    department = returned.department
    assert department is not None
    told = judged(returned, as_of, pack)
    settings = told.settings
    unit = department.unit.code + department.unit.name
    unit_key = code_key(department.unit.code) or squeeze(department.unit.name)
    findings = list(returned.findings)
    lines: list[ProjectLine] = []
    rows: dict[ListSheet, Rows] = {sheet: [] for sheet in (PROJECTS, INDICATORS, PAYMENTS, FINDINGS)}
    for read in returned.sheets:
        if read.project is None:
            continue
        project = department.projects[read.project]
        answers, results = told.answers[read.project], told.results[read.project]
        common: dict[str, Cell] = {
            "unit": unit,
            "unit_key": unit_key,
            "code": project.code,
            "name": project.name,
            "file": source.shown,
            "sheet": read.title,
        }
        sheet = _Sheet(len(lines), read, project, answers, results, common)
        line = _line(sheet, settings, department.year)
        lines.append(line)
        rows[PROJECTS].append(_project_row(sheet, line))
        rows[INDICATORS].extend(_indicator_rows(sheet))
        rows[PAYMENTS].extend(_payment_rows(sheet))
        if not project.code:
            findings.append(finding("XPF606", Locus(sheet=read.title, cell=sheet.cell("code")), name=project.name))
    findings.extend(told.findings)
    rows[FINDINGS] = [_finding_row(fault, source.shown) for fault in findings]
    file = FileLine(
        path=source.path,
        shown=source.shown,
        sha256=returned.sha256,
        size=returned.size,
        edition=returned.edition,
        unit=unit,
        unit_key=unit_key,
        year=department.year,
        as_of=settings.as_of,
        period=settings.period.value,
        pack=settings.pack,
        projects=len(lines),
        indicators=len(rows[INDICATORS]),
        cells=returned.cells,
        findings=_count(findings),
        unread=sum(fault.code in LEFT_OUT for fault in findings),
    )
    return _packed(file, lines, rows)


def _line(sheet: _Sheet, settings: Settings, year: int) -> ProjectLine:
    single = sheet.results.single
    budget, plan = single["budget.current"], single["progress.plan"]
    months = measure.months_elapsed(settings.as_of, year)
    states = [row["indicators.state"] for row in sheet.results.bands["indicators"]]
    return ProjectLine(
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
        states=tuple(states.count(state) for state in STATES),
        score=single["total_score"],
        grade=str(single["grade"]),
    )


def _origin(marker: Marker) -> str:
    """The sheet as it was given out; blank forms go to many, each for projects of its own."""
    return f"{marker.book} {marker.sheet}" if marker.book and marker.kind == PROJECT.kind else ""


def _part(amount: Cell, share: Cell) -> Cell:
    """The share of an amount, down to the 分; "" where either is no number."""
    return rounded(number(amount) * number(share), 6) if is_number(amount) and is_number(share) else ""


def _due(budget: Cell, months: int) -> Cell:
    """What an even spread over the year would have paid by now."""
    return rounded(number(budget) * months / MONTHS, 6) if is_number(budget) else ""


def _project_row(sheet: _Sheet, line: ProjectLine) -> tuple[Cell, ...]:
    values: dict[str, Cell] = {
        **sheet.answers.single,
        **sheet.results.single,
        **sheet.common,
        **dict(zip(STATES, line.states, strict=True)),
        "planned": line.planned,
        "gap": line.gap,
        "due": line.due,
        "indicators": sum(line.states),
        "as_of": line.as_of,
        "cell": line.cell,
    }
    return (sheet.index, *PROJECTS.row(values))


def _indicator_rows(sheet: _Sheet) -> Iterator[tuple[Cell, ...]]:
    pairs = zip(sheet.answers.bands["indicators"], sheet.results.bands["indicators"], strict=True)
    for (answer, result), row in zip(pairs, sheet.read.rows, strict=True):
        cell = sheet.cell("indicators.name", row)
        yield (sheet.index, *INDICATORS.row({**answer, **result, **sheet.common, "cell": cell}))


def _payment_rows(sheet: _Sheet) -> Iterator[tuple[Cell, ...]]:
    """The months in which anything was paid or should have been."""
    amounts = sheet.answers.bands["payments"]
    budget = sheet.results.single["budget.current"]
    for row, (answer, result) in enumerate(zip(amounts, sheet.results.bands["payments"], strict=True)):
        planned = _part(budget, result["payments.plan"])
        if is_number(answer["payments.amount"]) or number(planned):
            cell = sheet.cell("payments.amount", row)
            values = {**answer, **result, **sheet.common, "planned": planned, "cell": cell}
            yield (sheet.index, *PAYMENTS.row(values))


def _finding_row(fault: Finding, file: str) -> tuple[Cell, ...]:
    """A finding as plain values: code, line, file, sheet, cell, then the values of its sentence in pairs."""
    place = fault.locus
    return (fault.code, place.line, file, place.sheet, place.cell, *(part for pair in fault.values for part in pair))


def _count(findings: Sequence[Finding]) -> tuple[int, int, int]:
    grades = [severity(fault) for fault in findings]
    return grades.count(Severity.ERROR), grades.count(Severity.WARNING), grades.count(Severity.INFO)


def _packed(line: FileLine, lines: Sequence[ProjectLine], rows: dict[ListSheet, Rows]) -> Digest:
    chunks = {sheet.title: pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for sheet, part in rows.items() if part}
    return Digest(line, tuple(lines), chunks, {sheet.title: len(part) for sheet, part in rows.items()})
