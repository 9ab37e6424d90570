"""Turns one returned workbook into the rows of a dataset. Computes every figure from the answers; copies none."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from hashlib import blake2b

from xlperf import measure
from xlperf.checks import finding, severity
from xlperf.consolidate.doubt import UNIT_SLIP, doubt_about
from xlperf.consolidate.records import FileRecord, FileResult, Source
from xlperf.consolidate.sources import refused_record, rejection
from xlperf.dataset import Row, row_of
from xlperf.dataset.schema import KINDS_OF_REASONS, TABLES
from xlperf.files import Refused, attempt
from xlperf.form import OVERALL, PROJECT, SETTINGS, Answers, Cell, Marker, project_answers, settings_answers
from xlperf.form.arithmetic import is_number, number, rounded
from xlperf.form.bindings import answers_of
from xlperf.form.overall import OVERALL_WITH_DEPARTMENT
from xlperf.form.record import PROJECT_RECORD
from xlperf.measure.codes import region
from xlperf.measure.statuses import NOT_APPLICABLE
from xlperf.model import Department, Finding, Locus, Project, Settings, Severity
from xlperf.model.text import code_key, cut_to_cell, squeeze
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.recognise import UNREAD
from xlperf.workbook.read.returned import Returned, SheetRead, UnreadSheet

NO_FILE = 0  # stands for the number of the file, which the worker does not know
SEVERITY, CODE = (TABLES["findings"].names.index(name) for name in ("severity", "code"))
AMOUNT, PLANNED = (TABLES["payments"].names.index(name) for name in ("amount", "planned"))
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
        return refused_result(record, returned.findings, returned.unread)
    return result_of(source, returned, as_of, pack)


def refused_result(
    record: FileRecord, findings: Sequence[Finding] = (), unread: Sequence[UnreadSheet] = ()
) -> FileResult:
    """A refused file with these findings, or with the reason alone."""
    rows = _Rows()
    rows.add_unread(unread)
    rows.add_findings(findings or [finding for finding in (record.reason,) if finding])
    return rows.packed(record)


def result_of(source: Source, returned: Returned, as_of: dt.date | None = None, pack: str | None = None) -> FileResult:
    """Judge a workbook that was read, at least in part."""
    department = returned.department
    assert department is not None
    verdict = judged(returned, as_of, pack)
    rows, findings, slips = _Rows(), list(returned.findings), _slips(verdict.findings)
    for read in returned.sheets:
        if read.refused is None and read.marker.kind == OVERALL.kind:
            rows.add_unit(read, department)
        if read.refused is None and read.marker.kind == SETTINGS.kind:
            rows.add_settings(read, returned.settings or verdict.settings)
        if read.project is None:
            continue
        project = department.projects[read.project]
        sheet = _Sheet(read, project_answers(project, PROJECT_RECORD), verdict.results[read.project])
        doubt = _doubt(sheet, slips.get(read.title, ()))
        rows.add_project(sheet, len(rows.of["projects"]), project, verdict.settings, department.year, doubt)
        if not project.code:
            findings.append(finding("XPF606", Locus(sheet=read.title, cell=sheet.cell("code")), name=project.name))
    rows.add_unread(returned.unread)
    rows.add_findings([*findings, *verdict.findings])
    return rows.packed(
        FileRecord(
            path=source.path,
            name=source.name,
            sha256=returned.sha256,
            size=returned.size,
            edition=returned.edition,
            parent=returned.parent,
            unit=department.unit.code + department.unit.name,
            unit_key=code_key(department.unit.code) or squeeze(department.unit.name),
            year=department.year,
            as_of=verdict.settings.as_of,
            period=verdict.settings.period.value,
            pack=verdict.settings.pack,
            projects=len(rows.of["projects"]),
            indicators=len(rows.of["indicators"]),
            payments=sum(row[AMOUNT] is not None or bool(row[PLANNED]) for row in rows.of["payments"]),
            cells=returned.cells,
            unread=sum(row[CODE] in LEFT_OUT for row in rows.of["findings"]),
        )
    )


@dataclass(frozen=True)
class _Sheet:
    """A project's sheet: everything the project is, and its recomputed results."""

    read: SheetRead
    answers: Answers
    results: Answers

    @property
    def of_indicators(self) -> Sequence[Mapping[str, Cell]]:
        """The results of each indicator; a plan has none."""
        return self.results.bands.get("indicators") or [{}] * len(self.answers.bands["indicators"])

    def cell(self, key: str, row: int | None = None) -> str:
        """The address of a slot; of the sheet's title where its form has no such slot or row."""
        layout = self.read.layout
        rows = [layout.slots] if row is None else layout.bands.get(key.split(".")[0], [])[row : row + 1]
        return rows[0][key].cell if rows and key in rows[0] else layout.home


@dataclass(frozen=True)
class _Rows:
    """The rows of one file by table, and the layouts of its sheets."""

    of: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    layouts: dict[int, Marker] = field(default_factory=dict)

    def add(self, table: str, values: Mapping[str, Cell]) -> None:
        self.of[table].append(row_of(table, {"file": NO_FILE, **values}))

    def add_unit(self, read: SheetRead, department: Department) -> None:
        answers = answers_of(OVERALL_WITH_DEPARTMENT, department)
        objective = {"overall_objective": department.overall_objective}
        self.add("units", {**_place(read, "unit.code"), **_plain(answers.single), **objective})
        self._add_texts(read, answers.bands)
        self._add_layout(read)

    def add_settings(self, read: SheetRead, settings: Settings) -> None:
        self.add("settings", {**_place(read, "as_of"), **_plain(settings_answers(settings).single)})
        self._add_layout(read)

    def add_project(
        self, sheet: _Sheet, index: int, project: Project, settings: Settings, year: int, doubt: str
    ) -> None:
        read, single = sheet.read, sheet.results.single
        states = [row.get("indicators.state") for row in sheet.of_indicators]
        months = measure.months_elapsed(settings.as_of, year)
        budget, paid, plan = single["budget.current"], single["progress.paid"], single["progress.plan"]
        planned = _part(budget, plan)
        values: dict[str, Cell] = {
            **_plain(sheet.answers.single),
            **_plain(single),
            **_place(read, "code"),
            "project": index,
            "cell": sheet.cell("code"),
            "name_cell": sheet.cell("name"),
            "origin": _origin(read.marker),
            "doubt": doubt,
            "code_key": code_key(project.code),
            "name_key": squeeze(project.name),
            "region": region(squeeze(project.code)),
            "planned": planned,
            "gap": number(paid) - planned if isinstance(planned, Decimal) else None,
            "due": _due(budget, months if isinstance(months, int) else 0),
            "indicators": len(states),
            **{name: states.count(state) for state, name in measure.COMPLIANCE_STATES.items() if "states" in single},
            **_reasons(project),
        }
        self.add("projects", values)
        self._add_layout(read)
        self._add_texts(read, {"objectives": [{"objectives.text": text} for text in project.objectives]}, index)
        for month, share in zip(measure.CHECKPOINTS, project.spend_plan.shares, strict=True):
            self.add("plan", {"project": index, "month": month, "share": share})
        self._add_indicators(sheet, index)
        self._add_payments(sheet, index)

    def _add_indicators(self, sheet: _Sheet, index: int) -> None:
        pairs = zip(sheet.answers.bands["indicators"], sheet.of_indicators, strict=True)
        for (answer, result), row in zip(pairs, sheet.read.rows, strict=True):
            cell = sheet.cell("indicators.name", row)
            values = {**_plain(answer, "indicators."), **_plain(result, "indicators.")}
            values.setdefault("earned", values.get("score"))  # the first edition asks for no deduction
            place: dict[str, Cell] = {"project": index, "row": row, "cell": cell}
            self.add("indicators", {**values, **place, "likeness": _likeness(values)})

    def _add_payments(self, sheet: _Sheet, index: int) -> None:
        """Every month, whether something was paid in it or not."""
        budget = sheet.results.single["budget.current"]
        pairs = zip(sheet.answers.bands["payments"], sheet.results.bands["payments"], strict=True)
        for row, (answer, result) in enumerate(pairs):
            values = {**_plain(answer, "payments."), **_plain(result, "payments.")}
            planned, cell = _part(budget, values["plan"]), sheet.cell("payments.amount", row)
            self.add("payments", {**values, "project": index, "planned": planned, "cell": cell})

    def _add_texts(
        self, read: SheetRead, bands: Mapping[str, Sequence[Mapping[str, Cell]]], index: int | None = None
    ) -> None:
        for band, rows in bands.items():
            at = read.text_rows.get(band, range(len(rows)))
            for row, values in zip(at, rows, strict=False):
                (text,) = values.values()
                self.add("texts", {"project": index, "field": band, "row": row, "text": text})

    def _add_layout(self, read: SheetRead) -> None:
        self.layouts[layout_number(read.marker)] = read.marker

    def add_findings(self, findings: Sequence[Finding]) -> None:
        for position, each in enumerate(findings):
            self.add("findings", {"position": position, **finding_values(each)})

    def add_unread(self, sheets: Sequence[UnreadSheet]) -> None:
        for position, (title, code, reason) in enumerate(sheets):
            self.add("unread", {"position": position, "sheet": title, "project_code": code, "reason": reason.code})

    def packed(self, record: FileRecord) -> FileResult:
        """All of it, with the findings counted."""
        grades = [row[SEVERITY] for row in self.of["findings"]]
        counts = (grades.count(Severity.ERROR), grades.count(Severity.WARNING), grades.count(Severity.INFO))
        return FileResult(record._replace(findings=counts), dict(self.of), self.layouts)


def _slips(findings: Sequence[Finding]) -> Mapping[str, Sequence[str]]:
    """The cells with amounts in another unit, by sheet."""
    cells: dict[str, list[str]] = defaultdict(list)
    for each in findings:
        if each.code == UNIT_SLIP:
            cells[each.locus.sheet].append(each.locus.cell)
    return cells


def _doubt(sheet: _Sheet, slips: Sequence[str]) -> str:
    """Why the project's amounts are too implausible for a total; a target in another unit is in none."""
    rows = sheet.read.layout.bands["indicators"] if slips else ()
    targets = {slot.cell for row in rows for slot in row.values()}
    single = sheet.results.single
    return doubt_about(single["budget.current"], single["progress.paid"], slipped=not targets.issuperset(slips))


def _place(read: SheetRead, key: str) -> dict[str, Cell]:
    slots = read.layout.slots
    cell = slots[key].cell if key in slots else read.layout.home
    return {"sheet": read.title, "cell": cell, "layout": layout_number(read.marker)}


def layout_number(marker: Marker) -> int:
    """What tells layouts apart: of a form's kind, edition and sizes."""
    return _hashed(str(marker.without_origin))


def finding_values(finding: Finding) -> dict[str, Cell]:
    """A finding but for its file, by the columns of a table of findings."""
    locus = finding.locus
    return {
        "severity": severity(finding).value,
        "code": finding.code,
        "line": locus.line,
        "sheet": locus.sheet,
        "cell": locus.cell,
        "message_values": json.dumps(finding.values) if finding.values else None,
    }


def _likeness(indicator: Mapping[str, Cell]) -> Cell:
    """What indicators of one name and description have in common; None where they may be alike."""
    name, description = (squeeze(str(indicator[key] or "")) for key in ("name", "description"))
    return _hashed(f"{name}\0{description}") if name and indicator.get("state") != NOT_APPLICABLE else None


def _hashed(text: str) -> int:
    """A number of 63 bits."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def _plain(values: Mapping[str, Cell], band: str = "") -> dict[str, Cell]:
    """Values of slots by the names of columns."""
    return {key.removeprefix(band).replace(".", "_"): value for key, value in values.items()}


def _reasons(project: Project) -> dict[str, Cell]:
    """How many indicators name each kind of deviation, and all that is said of deviations."""
    kinds = [kind.value for indicator in project.indicators for kind in indicator.deviation_kinds]
    said = [f"{each.name}：{each.deviation_reason}" for each in project.indicators if each.deviation_reason]
    reasons = cut_to_cell("；".join(filter(None, (project.deviation_reason, *said))))
    return {**{name: kinds.count(kind) for name, kind in KINDS_OF_REASONS.items()}, "reasons": reasons}


def _origin(marker: Marker) -> str:
    """An id of the sheet as given out; "" for a blank form, which many people fill in for different projects."""
    return f"{marker.book} {marker.sheet}" if marker.book and marker.kind == PROJECT.kind else ""


def _part(amount: Cell, share: Cell) -> Cell:
    """The share of an amount in 万元, rounded to the 分; "" where either is no number."""
    return rounded(number(amount) * number(share), 6) if is_number(amount) and is_number(share) else ""


def _due(budget: Cell, months: int) -> Cell:
    """The payments due by now if spread evenly over the year."""
    return rounded(number(budget) * months / measure.MONTHS, 6) if is_number(budget) else ""
