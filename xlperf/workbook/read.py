"""A returned workbook, read completely: every cell accounted for, every fault a finding, nothing ever raised.

This is the one place that catches `Exception`: whatever a foreign file breaks costs that file, not the run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xlperf.files.guard import Refused, fetch, unpack
from xlperf.form import EDITION, LISTS, Answers, Layout, Marker, address, read_marker
from xlperf.form import titles as title_of
from xlperf.model import Department, Finding, Project, Settings
from xlperf.workbook import extras, restore, sealed
from xlperf.workbook.annotate.words import is_list
from xlperf.workbook.book import Book, SheetPart, open_book
from xlperf.workbook.coerce import Entries
from xlperf.workbook.expected import expected, layout_of
from xlperf.workbook.formats import Formats
from xlperf.workbook.grid import Grid
from xlperf.workbook.integrity import sort_cells
from xlperf.workbook.quick import known_grid, shared_strings, sheet_grid
from xlperf.workbook.report import Report, cut, refusal
from xlperf.workbook.returned import Returned, SheetRead

__all__ = ["Returned", "SheetRead", "read_workbook"]

PROJECT_KINDS = ("project", "blank_project")
SINGLE_KINDS = ("overall", "settings")
NAMES = {"overall": title_of.OVERALL, "settings": title_of.SETTINGS}
MARKER_START = "xlperf form="
LONGEST_MARKER = 300
CHOICES = frozenset(word for words in LISTS.values() for word in words)
TOP = address(1, 1)
COMMON = (title_of.GUIDE, title_of.LISTS, title_of.SETTINGS)
LARGE = 2**18  # bytes; what other people add to a workbook may be larger than all of ours
MOST_BAND_ROWS = 6_000  # in all the different layouts of a workbook
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
OF_PROGRAMS = ("WpsReserved_",)  # how hidden sheets begin that a program made by itself; WPS keeps pictures so


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
    """A recognised sheet on its way to the model; its answers are usable where they stand where they belong."""

    part: str
    report: Report
    entries: Entries
    read: SheetRead

    @property
    def kind(self) -> str:
        return self.read.marker.kind

    @property
    def marker(self) -> Marker:
        return self.read.marker

    @property
    def layout(self) -> Layout:
        return self.entries.layout

    @property
    def answers(self) -> Answers:
        return self.read.answers

    @property
    def usable(self) -> bool:
        return self.read.refused is None


def _read(content: bytes, returned: Returned) -> Returned:
    book = open_book(unpack(content))
    sheets, extra = _recognise(book, returned.path)
    front = _front(sheets, extra)
    seal = sealed.read_seal(book.seal, sheets, front)
    if seal.get("edition", EDITION) != EDITION:
        raise Refused("XPF205", version=seal["edition"])
    single = {sheet.kind: sheet for sheet in sheets if sheet.kind not in PROJECT_KINDS}
    for kind in SINGLE_KINDS:
        if kind not in single:
            front.add("XPF301", sheet=NAMES[kind])
    _check_projects([sheet for sheet in sheets if sheet.kind in PROJECT_KINDS], seal, front, single.get("contents"))
    sealed.check_given(seal, sheets, front)
    _report_extras(book, sheets, seal, front)
    projects = _projects(sheets)
    found, parameters = _department(single, tuple(projects), _year(seal, single.get("settings")), seal)
    refused = None if projects else _no_project(sheets, front)
    reports = [front, *(sheet.report for sheet in sheets), *extra]
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
    signs = _signs(strings)
    forms: set[Marker] = set()
    sheets: dict[str, _Sheet] = {}
    others: list[Report] = []
    for sheet in book.sheets:
        title, part = sheet.title, sheet.part
        report = Report(file, title, TOP)
        grid = _grid(book, sheet, strings, signs) if part else Grid()
        marker = _marker(grid, report)
        if marker is None:
            if not report.findings and not _is_ours(title, grid):
                _report_extra_sheet(sheet, report)
            others.append(report)
        elif marker.kind in sheets and marker.kind not in PROJECT_KINDS:
            report.add("XPF310", sheet=title, first=sheets[marker.kind].read.title)
            others.append(report)
        else:
            forms.add(marker._replace(book="", sheet=0))
            if sum(size for form in forms for _, size in form.sizes) > MOST_BAND_ROWS:
                raise Refused("XPF208", reason=f"{title}: > {MOST_BAND_ROWS}")
            key = f"{marker.kind} {len(sheets)}" if marker.kind in PROJECT_KINDS else marker.kind
            sheets[key] = _sorted_sheet(book, part, grid, marker, report)
    if not sheets and not any(fault.code == "XPF313" for report in others for fault in report.findings):
        raise Refused("XPF204")
    return list(sheets.values()), others


def _grid(book: Book, sheet: SheetPart, strings: list[str], signs: Sequence[bytes]) -> Grid:
    """The cells of a sheet; of a large one that cannot be ours, none.

    Most workbooks of a run have some sheets in common to the byte.
    """
    size = len(book.package[sheet.part])
    if size > LARGE and not any(sign in book.package[sheet.part] for sign in signs):
        return Grid()
    xml = book.part(sheet.part)
    common = not strings and sheet.title in COMMON and size < LARGE
    return known_grid(xml, sheet.part) if common else sheet_grid(xml, strings, sheet.part, book.spend)


def _signs(strings: Sequence[str]) -> list[bytes]:
    """What the part of a sheet with a marker holds: the beginning of the marker, or its number among the strings."""
    shared = [f">{i}<" for i, text in enumerate(strings) if text.startswith(MARKER_START)]
    return [sign.encode(encoding) for sign in (MARKER_START, *shared) for encoding in ENCODINGS]


def _is_ours(title: str, grid: Grid) -> bool:
    """Whether a sheet without a marker is one of the workbook's own: the lists to choose from, the list of notes."""
    held = grid.values.values()
    listed = CHOICES.issuperset(held) if held else title == title_of.LISTS
    return listed or is_list(held)


def _report_extra_sheet(sheet: SheetPart, report: Report) -> None:
    unseen = sheet.hidden and not sheet.title.startswith(OF_PROGRAMS)
    report.add("XPF327" if unseen else "XPF304", sheet=sheet.title)


def _marker(grid: Grid, report: Report) -> Marker | None:
    """What the sheet says it is; None, with a finding where it once said so, for a sheet that is none of ours."""
    texts = [(at, held) for at, held in grid.values.items() if type(held) is str and held.startswith(MARKER_START)]
    if not texts:
        return None
    # Of equals the first; a person may write such a text too.
    cell, text = texts[0] if len(texts) == 1 else max(texts, key=_credible)
    marker = _read_marker(text)
    if marker and marker.edition != EDITION:
        raise Refused("XPF205", version=marker.edition)
    if marker and layout_of(marker):
        return marker
    report.add("XPF313", cell, text=cut(text, 80))
    return None


def _read_marker(text: str) -> Marker | None:
    return read_marker(text) if len(text) < LONGEST_MARKER else None


def _credible(found: tuple[str, str]) -> int:
    """How much speaks for a text being the sheet's marker: it names a form of ours, and stands where that has it."""
    cell, text = found
    marker = _read_marker(text)
    layout = layout_of(marker) if marker else None
    return 0 if marker is None else 1 if layout is None else 2 + (layout.slots["marker"].cell == cell)


def _sorted_sheet(book: Book, part: str, grid: Grid, marker: Marker, report: Report) -> _Sheet:
    layout = layout_of(marker)
    assert layout is not None
    places = expected(layout)
    report.home = places.home
    done = sort_cells(grid, places, report, book.date1904)
    entries = Entries(done.answers, layout, report, Formats(grid.styles, lambda: book.looks, book.date1904))
    read = SheetRead(report.sheet, marker, done.answers, done.tally, typed_over=done.typed_over, refused=done.refused)
    return _Sheet(part, report, entries, read)


def _front(sheets: list[_Sheet], extra: list[Report]) -> Report:
    """Where findings about the workbook as a whole lead: the title of 目录, else of the first sheet there is."""
    ranked = sorted(sheets, key=lambda sheet: (sheet.kind != "contents", sheet.kind == "seal"))
    front = ranked[0].report if ranked else extra[0]
    return Report(front.file, front.sheet, front.home)


def _report_extras(book: Book, sheets: list[_Sheet], seal: dict[str, str], front: Report) -> None:
    """What the workbook holds besides cells."""
    for sheet in sheets:
        extras.report_sheet(book, sheet.part, sheet.layout.form, sheet.report)
    extras.report_package(book, seal.get("macros") == "yes", [sheet.report for sheet in sheets], front)
    if extras.is_linked(book):
        linked = ((sheet.report, extras.linked_cell(book, sheet.part)) for sheet in sheets)
        report, cell = next((found for found in linked if found[1]), (front, ""))
        report.add("XPF213", cell)


def _check_projects(projects: list[_Sheet], seal: dict[str, str], front: Report, contents: _Sheet | None) -> None:
    """Report project sheets that are gone, doubled, or from elsewhere."""
    said = seal.get("sheets", "")
    count = int(said) if said.isdecimal() and len(said) < 5 else 0
    origins = sealed.check_origins(seal, projects, count)
    if count and origins.found != count:
        rows = contents.layout.bands["projects"] if contents else []
        row = origins.missing[0] - 1 if origins.missing else len(rows)
        cell = rows[row]["projects.number"].cell if row < len(rows) else ""
        front.add("XPF314", cell, expected=count, found=origins.found)


def _projects(sheets: list[_Sheet]) -> list[Project]:
    """The projects in the order of their sheets; sheets learn their place among them."""
    projects: list[Project] = []
    found = 0
    for sheet in sheets:
        if sheet.kind in PROJECT_KINDS:
            found += 1
            if not sheet.usable:
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
    return projects


def _department(
    single: dict[str, _Sheet], projects: tuple[Project, ...], year: int | None, seal: dict[str, str]
) -> tuple[Department, Settings | None]:
    """The department and its parameters from whichever of their sheets can be used."""
    usable = {kind: sheet.entries for kind, sheet in single.items() if sheet.usable}
    if "overall" in usable:
        found = restore.department(usable["overall"], projects, year)
    else:
        found = restore.bare_department(seal.get("unit", ""), projects, year)
    if found is None:
        raise Refused("XPF215")
    return found, restore.settings(usable["settings"], found.year) if "settings" in usable else None


def _year(seal: dict[str, str], parameters: _Sheet | None) -> int | None:
    """The budget year by the seal, else that of the as-of date."""
    sealed_year = seal.get("year", "")
    if sealed_year.isdecimal() and restore.YEARS[0] <= int(sealed_year[:5]) <= restore.YEARS[1]:
        return int(sealed_year)
    as_of = parameters.entries.raw("as_of") if parameters else None
    return as_of.year if isinstance(as_of, dt.date) else None


def _no_project(sheets: list[_Sheet], front: Report) -> Finding:
    """Why the file counts as refused when no project could be read from it."""
    refused = (sheet.read.refused for sheet in sheets if sheet.kind in PROJECT_KINDS)
    return next((reason for reason in refused if reason), None) or front.add("XPF212")
