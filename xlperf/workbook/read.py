"""A returned workbook, read completely: every cell accounted for, every fault a finding, nothing ever raised.

This is the one place that catches `Exception`: whatever a foreign file breaks costs that file, not the run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.files.guard import Refused, fetch, unpack
from xlperf.form import EDITION, Answers, Layout, Marker, read_marker
from xlperf.form import titles as title_of
from xlperf.model import Department, Finding, Project, Settings
from xlperf.workbook import restore
from xlperf.workbook.book import Book, open_book
from xlperf.workbook.coerce import Entries
from xlperf.workbook.expected import expected, layout_of
from xlperf.workbook.formats import Formats
from xlperf.workbook.grid import Grid
from xlperf.workbook.integrity import Tally, sort_cells
from xlperf.workbook.quick import shared_strings, sheet_grid
from xlperf.workbook.report import Report, cut, refusal

PROJECT_KINDS = ("project", "blank_project")
SINGLE_KINDS = ("overall", "settings")
NAMES = {"overall": title_of.OVERALL, "settings": title_of.SETTINGS}
MARKER_START = "xlperf form="
LONGEST_MARKER = 300
SEAL_KEYS = "seal."


@dataclass(frozen=True)
class SheetRead:
    """One recognised sheet: the raw values of its slots, computed ones as the file has them cached.

    `project` is its place in `department.projects`; `rows` and `objective_rows` are the band rows (counted from 0) in
    which that project's indicators and objectives stand, one for each; `refused` says why its answers were not used.
    """

    title: str
    marker: Marker
    answers: Answers
    tally: Tally
    project: int | None = None
    rows: tuple[int, ...] = ()
    objective_rows: tuple[int, ...] = ()
    refused: Finding | None = None

    @property
    def layout(self) -> Layout:
        """Where its slots stand."""
        found = layout_of(self.marker)
        assert found is not None
        return found


@dataclass(frozen=True)
class Returned:
    """One file as it came back; `refused` is the reason when none of it was read."""

    path: str
    sha256: str = ""
    size: int = 0
    edition: str = ""
    department: Department | None = None
    settings: Settings | None = None
    sheets: tuple[SheetRead, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: Finding | None = None

    @property
    def cells(self) -> int:
        """How many answers (typed or given, not blank) were read from sheets that were not refused."""
        return sum(sheet.tally.answers for sheet in self.sheets if sheet.refused is None)


def read_workbook(path: Path) -> Returned:
    """Read one file. Never raises: what cannot be read comes back refused, with the reason."""
    returned = Returned(path=str(path))
    try:
        content = fetch(path)
        returned = replace(returned, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        return _read(content, returned)
    except Refused as refused:
        reason = refusal(refused, str(path))
    except Exception as error:
        broken = Refused("XPF201", reason=cut(f"{type(error).__name__}: {error}", 200))
        reason = refusal(broken, str(path))
    return replace(returned, findings=(reason,), refused=reason)


@dataclass
class _Sheet:
    """A recognised sheet on its way to the model."""

    kind: str
    report: Report
    entries: Entries
    read: SheetRead


def _read(content: bytes, returned: Returned) -> Returned:
    book = open_book(unpack(content))
    whole = Report(returned.path, "")
    if book.linked:
        whole.add("XPF213")
    sheets, extra = _recognise(book, returned.path)
    seal = {**_seal_sheet(sheets), **book.seal}
    if seal.get("edition", EDITION) != EDITION:
        raise Refused("XPF205", version=seal["edition"])
    single = {sheet.kind: sheet for sheet in sheets if sheet.kind not in PROJECT_KINDS}
    for kind in SINGLE_KINDS:
        if kind not in single:
            whole.add("XPF301", sheet=NAMES[kind])
    projects = _projects(sheets, seal, whole)
    found, parameters = _department(single, tuple(projects), _year(seal, single.get("settings")), seal)
    refused = None if projects else _no_project(sheets, whole)
    reports = [whole, *(sheet.report for sheet in sheets), *extra]
    return replace(
        returned,
        edition=EDITION,
        department=found,
        settings=parameters,
        sheets=tuple(sheet.read for sheet in sheets),
        findings=tuple(fault for report in reports for fault in report.findings),
        refused=refused,
    )


def _recognise(book: Book, file: str) -> tuple[list[_Sheet], list[Report]]:
    """The sheets that carry a marker, with their cells sorted, and reports about the others."""
    strings = shared_strings(book.part(book.strings), book.strings) if book.strings else []
    sheets: dict[str, _Sheet] = {}
    others: list[Report] = []
    for title, part in ((sheet.title, sheet.part) for sheet in book.sheets):
        if title == title_of.LISTS:
            continue
        report = Report(file, title)
        grid = sheet_grid(book.part(part), strings, part) if part else Grid()
        marker = _marker(grid, report)
        if marker is None:
            if not report.findings:
                report.add("XPF304", sheet=title)
            others.append(report)
        elif marker.kind in sheets and marker.kind not in PROJECT_KINDS:
            report.add("XPF310", sheet=title, first=sheets[marker.kind].read.title)
            others.append(report)
        else:
            key = f"{marker.kind} {len(sheets)}" if marker.kind in PROJECT_KINDS else marker.kind
            sheets[key] = _sorted_sheet(book, grid, marker, report)
    if not sheets and not any(fault.code == "XPF313" for report in others for fault in report.findings):
        raise Refused("XPF204")
    return list(sheets.values()), others


def _marker(grid: Grid, report: Report) -> Marker | None:
    """What the sheet says it is; None, with a finding where it once said so, for a sheet that is none of ours."""
    text = next((v for v in grid.values.values() if isinstance(v, str) and v.startswith(MARKER_START)), None)
    if text is None:
        return None
    marker = read_marker(text) if len(text) < LONGEST_MARKER else None
    if marker and marker.edition != EDITION:
        raise Refused("XPF205", version=marker.edition)
    if marker and layout_of(marker):
        return marker
    report.add("XPF313", text=cut(text, 80))
    return None


def _sorted_sheet(book: Book, grid: Grid, marker: Marker, report: Report) -> _Sheet:
    layout = layout_of(marker)
    assert layout is not None
    done = sort_cells(grid, expected(layout), report, book.date1904)
    entries = Entries(done.answers, layout, report, Formats(grid.styles, lambda: book.looks, book.date1904))
    read = SheetRead(report.sheet, marker, done.answers, done.tally, refused=done.refused)
    return _Sheet(marker.kind, report, entries, read)


def _seal_sheet(sheets: list[_Sheet]) -> dict[str, str]:
    """What the hidden seal sheet says, for programs that drop the properties of the file."""
    for sheet in sheets:
        if sheet.kind == "seal":
            facts = ((key, sheet.entries.raw(key)) for key in sheet.entries.layout.slots if key.startswith(SEAL_KEYS))
            return {key.removeprefix(SEAL_KEYS): str(value) for key, value in facts if value is not None}
    return {}


def _projects(sheets: list[_Sheet], seal: dict[str, str], whole: Report) -> list[Project]:
    """The projects in the order of their sheets; sheets learn their place among them."""
    projects: list[Project] = []
    found = 0
    for sheet in sheets:
        if sheet.kind in PROJECT_KINDS:
            found += 1
            if sheet.read.refused is not None:
                continue
            if sheet.kind == "blank_project" and restore.is_untouched(sheet.entries):
                sheet.report.add("XPF315")
                continue
            restored = restore.project(sheet.entries, found)
            projects.append(restored.project)
            sheet.read = replace(
                sheet.read,
                project=len(projects) - 1,
                rows=restored.indicator_rows,
                objective_rows=restored.objective_rows,
            )
    if seal.get("sheets", str(found)) != str(found):
        whole.add("XPF314", expected=seal["sheets"], found=found)
    return projects


def _department(
    single: dict[str, _Sheet], projects: tuple[Project, ...], year: int | None, seal: dict[str, str]
) -> tuple[Department, Settings | None]:
    """The department and its parameters from whichever of their sheets can be used."""
    usable = {kind: sheet.entries for kind, sheet in single.items() if sheet.read.refused is None}
    if "overall" in usable:
        found = restore.department(usable["overall"], projects, year)
    else:
        found = restore.bare_department(seal.get("unit", ""), projects, year)
    if found is None:
        raise Refused("XPF215")
    return found, restore.settings(usable["settings"], found.year) if "settings" in usable else None


def _year(seal: dict[str, str], parameters: _Sheet | None) -> int | None:
    """The budget year by the seal, else that of the as-of date."""
    sealed = seal.get("year", "")
    if sealed.isdecimal() and restore.YEARS[0] <= int(sealed[:5]) <= restore.YEARS[1]:
        return int(sealed)
    as_of = parameters.entries.raw("as_of") if parameters else None
    return as_of.year if isinstance(as_of, dt.date) else None


def _no_project(sheets: list[_Sheet], whole: Report) -> Finding:
    """Why the file counts as refused when no project could be read from it."""
    refused = (sheet.read.refused for sheet in sheets if sheet.kind in PROJECT_KINDS)
    return next((reason for reason in refused if reason), None) or whole.add("XPF212")
