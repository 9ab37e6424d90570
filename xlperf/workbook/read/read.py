"""A returned workbook, read completely: every cell accounted for, every fault a finding, nothing ever raised."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from xlperf.files import Refused, attempt, fetch, unpack
from xlperf.form import (
    EDITIONS,
    FIRST_EDITION,
    SETTINGS,
    FormSet,
    layout,
    newest,
    settings_answers,
    usual_settings,
)
from xlperf.form import titles as title_of
from xlperf.form.editions import PERIOD_OF, PERIODS
from xlperf.form.settings import as_of_limits
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import BudgetUnit, Department, Finding, Project, Settings
from xlperf.model.text import code_key, cut, squeeze
from xlperf.ooxml.workbook_parts import Book, open_book
from xlperf.workbook.annotation_marks import PARENT
from xlperf.workbook.read import attachments, seal_check, to_model
from xlperf.workbook.read.recognise import BESIDE, DISPLACED, PROJECT_KINDS, UNREAD, ReadSheet, recognised
from xlperf.workbook.read.returned import Returned, SheetRead, UnreadSheet
from xlperf.workbook.read.sheet_findings import SheetFindings, first_of, refusal
from xlperf.workbook.read.stated import Stated, stated

__all__ = ["Returned", "SheetRead", "read_workbook"]

SINGLE_KINDS = ("overall", "settings")
NAMES = {"overall": title_of.OVERALL, "settings": title_of.SETTINGS}


def read_workbook(path: Path) -> Returned:
    """Read one file. Never raises: what cannot be read comes back refused, with the reason."""
    returned = Returned(path=str(path))
    content = attempt(path, partial(fetch, path))
    if isinstance(content, Refused):
        refused = content
    else:
        returned = replace(returned, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
        read = attempt(path, partial(_read, content, returned))
        if isinstance(read, Returned):
            return read
        refused = read
    reason = refusal(refused, str(path))
    return replace(returned, findings=(reason,), refused=reason)


def _read(content: bytes, returned: Returned) -> Returned:
    book = open_book(unpack(content))
    sheets, extra, unmarked = recognised(book, returned.path)
    front = _front(sheets, extra)
    seal = seal_check.read_seal(book.properties, sheets, front)
    form_set = seal_check.sealed_form_set(seal, sheets[0].marker.form_set if sheets else FIRST_EDITION)
    if form_set not in EDITIONS:
        raise Refused("XPF205", version=str(form_set))
    _report_older({form_set, *(sheet.marker.form_set for sheet in sheets)}, front)
    single = {sheet.kind: sheet for sheet in sheets if sheet.kind not in PROJECT_KINDS}
    for kind in SINGLE_KINDS:
        if kind not in single:
            front.add("XPF301", sheet=NAMES[kind])
    own = [sheet for sheet in sheets if sheet.kind in PROJECT_KINDS]
    _leave_out_copies(own)
    _leave_out_other_periods(own, form_set)
    _check_projects([sheet for sheet in own if sheet.usable or sheet.marker.book], seal, front, single.get("contents"))
    seal_check.check_given(
        seal, [sheet for sheet in sheets if sheet.marker.book or sheet.kind not in PROJECT_KINDS], front
    )
    _report_gone({*single, *unmarked}, front)
    _report_extras(book, sheets, seal, front)
    projects = _projects(sheets)
    told = stated([sheet.answers for sheet in own if sheet.read.project is not None])
    found, parameters = _department(single, tuple(projects), seal, told, front)
    usual = None
    if found and parameters is None:
        usual = _stand_in(form_set, found.year, told)
        _report_defaults(single["settings"].report if "settings" in single else front, usual, form_set)
    refused = None
    if not projects:
        refused = _no_project(sheets, extra, front)
    elif not found:
        refused = _no_year(told, front)
    reports = [front, *(sheet.report for sheet in sheets), *extra]
    return replace(
        returned,
        edition=str(form_set),
        parent=seal.get(PARENT, ""),
        department=found,
        settings=parameters,
        stand_in=usual,
        sheets=tuple(sheet.read for sheet in sheets),
        unread=_unread(own, extra),
        findings=tuple(fault for report in reports for fault in report.findings),
        refused=refused,
    )


def _front(sheets: list[ReadSheet], extra: list[SheetFindings]) -> SheetFindings:
    """Where findings about the workbook as a whole lead: the title of 目录, else of the first sheet there is."""
    ranked = sorted(sheets, key=lambda sheet: (sheet.kind != "contents", sheet.kind == "seal"))
    front = ranked[0].report if ranked else extra[0]
    return SheetFindings(front.file, front.sheet, front.home)


def _report_older(used: set[FormSet], front: SheetFindings) -> None:
    """Name the editions of which there is a newer one."""
    older = sorted(form_set for form_set in used if newest(form_set) != form_set)
    if older:
        current = {str(newest(form_set)): None for form_set in older}
        front.add("XPF240", version=[*map(str, older)], current=[*current])


def _report_gone(kinds: set[str], front: SheetFindings) -> None:
    """The sheets nothing is read from that are gone; of an incomplete seal it was said already."""
    told = any(fault.code == "XPF318" for fault in front.findings)
    gone = [title for kind, title in BESIDE.items() if kind not in kinds and not (told and kind == "seal")]
    if gone:
        front.add("XPF328", sheets=gone)


def _report_extras(book: Book, sheets: list[ReadSheet], seal: dict[str, str], front: SheetFindings) -> None:
    """What the workbook holds besides cells."""
    for sheet in sheets:
        attachments.report_sheet(book, sheet.part, sheet.layout.form, sheet.report)
    attachments.report_package(book, seal.get("macros") == "yes", [sheet.report for sheet in sheets], front)
    files = attachments.linked_files(book)
    if files:
        linked = ((sheet.report, attachments.linked_cell(book, sheet.part)) for sheet in sheets)
        report, cell = next((found for found in linked if found[1]), (front, ""))
        report.add("XPF213", cell, what=first_of(cut(each) for each in files))


def _leave_out_copies(projects: list[ReadSheet]) -> None:
    """A sheet without its marker is no project of its own where another sheet has the project's code."""
    codes = [code_key(str(sheet.answers.single.get("code") or "")) for sheet in projects]
    first = {code: sheet.read.title for code, sheet in zip(codes, projects, strict=True) if sheet.marker.book}
    for code, sheet in zip(codes, projects, strict=True):
        if code and not sheet.marker.book and code in first:
            refused = sheet.report.add("XPF310", sheet=sheet.read.title, first=first[code])
            sheet.read = replace(sheet.read, refused=refused)


def _leave_out_other_periods(projects: list[ReadSheet], form_set: FormSet) -> None:
    """What was filled in for one period is not reckoned as of another; the form of 2026.1 is of all."""
    of = PERIOD_OF.get(form_set.period)
    for sheet in projects:
        own = PERIOD_OF.get(sheet.marker.form_set.period)
        if sheet.usable and own and of and own is not of:
            refused = sheet.report.add("XPF343", own=(own.value, PERIODS[own]), of=(of.value, PERIODS[of]))
            sheet.report.project_code = squeeze(str(sheet.answers.single.get("code") or ""))
            sheet.read = replace(sheet.read, refused=refused)


def _check_projects(
    projects: list[ReadSheet], seal: dict[str, str], front: SheetFindings, contents: ReadSheet | None
) -> None:
    """Report project sheets that are gone, doubled, or from elsewhere."""
    said = seal.get("sheets", "")
    count = int(said) if said.isdecimal() and len(said) < 5 else 0
    origins = seal_check.check_origins(seal, projects, count)
    if count and origins.found != count:
        rows = contents.layout.bands["projects"] if contents else []
        row = origins.missing[0] - 1 if origins.missing else len(rows)
        cell = rows[row]["projects.number"].cell if row < len(rows) else ""
        front.add("XPF314", cell, expected=count, found=origins.found)


def _projects(sheets: list[ReadSheet]) -> list[Project]:
    """The projects in the order of their sheets; sheets learn their place among them."""
    projects: list[Project] = []
    found = 0
    for sheet in sheets:
        if sheet.kind in PROJECT_KINDS:
            found += 1
            if not sheet.usable:
                continue
            if sheet.kind == "blank_project" and to_model.is_untouched(sheet.entries):
                sheet.report.add("XPF315")
                continue
            project, rows = to_model.project(sheet.entries, found, is_unmarked=not sheet.marker.book)
            projects.append(project)
            sheet.read = replace(
                sheet.read,
                project=len(projects) - 1,
                rows=rows.get("indicators", ()),
                text_rows={band: at for band, at in rows.items() if band == "objectives"},
            )
    return projects


def _department(
    single: dict[str, ReadSheet],
    projects: tuple[Project, ...],
    seal: dict[str, str],
    told: Stated,
    front: SheetFindings,
) -> tuple[Department | None, Settings | None]:
    """The department and its parameters from whichever of their sheets can be used; None where none says the year."""
    usable = {kind: sheet.entries for kind, sheet in single.items() if sheet.usable}
    year = _sealed_year(seal) or told.year
    if year is None and not told.years:
        year = _year_of_date(single.get("settings"))
    found = None
    if "overall" in usable:
        restored = to_model.department(usable["overall"], projects, year)
        if restored:
            found, text_rows = restored
            single["overall"].read = replace(single["overall"].read, text_rows=text_rows)
    elif year:
        unit = BudgetUnit(code=seal["unit"]) if seal.get("unit") else told.unit
        found = Department(unit=unit, year=year, projects=projects)
        if projects and not _sealed_year(seal):
            _report_stated(told, year, front)
    if found is None or "settings" not in usable:
        return found, None
    usual = _stand_in(single["settings"].marker.form_set, found.year, told)
    return found, to_model.settings(usable["settings"], usual)


def _report_stated(told: Stated, year: int, front: SheetFindings) -> None:
    """Say what stands in for the sheet of the department and the seal."""
    names = [unit.code + unit.name for unit in told.units]
    if len(names) > 1:
        front.add("XPF342", units=first_of(names))
    front.add("XPF341", unit=names[0] if len(names) == 1 else "—", year=year)


def _stand_in(form_set: FormSet, year: int, told: Stated) -> Settings:
    """What stands in for parameters that cannot be read: the usual ones, as of the day that the projects state."""
    usual, (first, last) = usual_settings(form_set, year), as_of_limits(year)
    is_fit = told.as_of is not None and first <= told.as_of <= last
    return usual.model_copy(update={"as_of": told.as_of}) if is_fit else usual


def _report_defaults(report: SheetFindings, usual: Settings, form_set: FormSet) -> None:
    """Say what stands in for the parameters where their sheet is gone or cannot be used."""
    place = layout(EDITIONS[form_set].get("settings", SETTINGS))  # a form of one's own may have none
    used = settings_answers(usual, place.form).single
    shown = {key: f"{value:.0%}" if isinstance(value, Decimal) else value for key, value in used.items()}
    named = [
        f"{at.piece.label} {shown[key]}"
        for key, at in place.slots.items()
        if key in shown and at.column <= place.visible_columns
    ]
    report.add("XPF406", field=(f"“{title_of.SETTINGS}”表", f"Sheet “{title_of.SETTINGS}”"), value=named)


def _sealed_year(seal: dict[str, str]) -> int | None:
    said = seal.get("year", "")
    return int(said) if said.isdecimal() and len(said) == 4 and FIRST_YEAR <= int(said) <= LAST_YEAR else None


def _year_of_date(parameters: ReadSheet | None) -> int | None:
    as_of = parameters.entries.raw("as_of") if parameters else None
    return as_of.year if isinstance(as_of, dt.date) else None


def _unread(own: list[ReadSheet], extra: list[SheetFindings]) -> tuple[UnreadSheet, ...]:
    """The projects' sheets that could not be read; a copy of one that was read is none."""
    reports = [sheet.report for sheet in own] + extra
    return tuple(
        UnreadSheet(report.sheet, report.project_code, fault)
        for report in reports
        for fault in report.findings
        if fault.code in (DISPLACED, *UNREAD)
    )


def _no_project(sheets: list[ReadSheet], extra: list[SheetFindings], front: SheetFindings) -> Finding:
    """Why the file counts as refused when no project could be read from it."""
    refused = [sheet.read.refused for sheet in sheets if sheet.kind in PROJECT_KINDS]
    unread = [fault for report in extra for fault in report.findings if fault.code in UNREAD]
    return next((reason for reason in (*refused, *unread) if reason), None) or front.add("XPF212")


def _no_year(told: Stated, front: SheetFindings) -> Finding:
    """Why the file counts as refused when nothing in it says one budget year."""
    if told.years:
        return front.add("XPF239", years=[*told.years])
    return front.add("XPF215")
