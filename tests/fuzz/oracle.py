"""Judges what became of a mutant: intact, read, reported or refused; anything else is a complaint, that is, a bug.

It goes by the original, by what the mutators say they did, and by what a second reader sees in the mutant.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from fuzz.meaning import Fault, Sheet, check_overall, check_project, check_settings, shows_nothing, visible
from fuzz.originals import Original, figures_of
from fuzz.second import Cells, Seen, Tab, View, view

from xlperf.checks import CODES, finding, message
from xlperf.consolidate.records import FileResult
from xlperf.form import Kind, Layout, Role, titles
from xlperf.form.editions import usual_settings
from xlperf.form.settings import as_of_limits
from xlperf.model import Finding, Locus, Project
from xlperf.model.text import squeeze
from xlperf.ooxml.a1 import position
from xlperf.ooxml.grid import CellError
from xlperf.workbook.read.returned import Returned, SheetRead

PROJECTS = ("project", "blank_project")
LOST = {
    "XPF301", "XPF304", "XPF308", "XPF310", "XPF313", "XPF314", "XPF315", "XPF318", "XPF319", "XPF320",
    "XPF324", "XPF327", "XPF340", "XPF343",
}  # fmt: skip
ACCIDENT = re.compile(r"[A-Z]\w*(?:Error|Overflow|Exception|InvalidOperation): ")  # an exception nobody foresaw
DAY = re.compile(r"^截至([0-9]{4}-[0-9]{2}-[0-9]{2})$")  # as projects state it
GIVEN_CHANGED, UNMARKED = "XPF316", "XPF339"  # the second: a sheet without its hidden column, whatever that held


@dataclass
class Claim:
    """What the mutators of a mutant say they did."""

    neutral: bool = True  # spelled differently, meaning the same: must come back intact
    noted: set[str] = field(default_factory=set)  # findings a neutral change may leave
    may_refuse: bool = False
    moved: set[str] = field(default_factory=set)  # parts in which cells moved: refused, or as they were
    damaged: bool = False  # nobody knows what it means: the second reader's word counts
    means: dict[tuple[str, str], Sequence[object]] = field(default_factory=dict)  # (part, cell) → what may arrive there
    told: set[tuple[str, str]] = field(default_factory=set)  # (part, cell) where there must be a finding

    def forget(self, part: str = "", cell: str = "") -> None:
        """Nothing is claimed of this cell any more, or of none at all."""
        if not part:
            self.means.clear()
            self.told.clear()
        self.means.pop((part, cell), None)
        self.told.discard((part, cell))


class Verdict(NamedTuple):
    """The outcome, and everything that speaks against it."""

    outcome: str
    complaints: tuple[str, ...]
    codes: tuple[str, ...]


def judge(
    original: Original,
    content: bytes,
    returned: Returned,
    claim: Claim,
    *,
    places: bool,
    rows: tuple[Finding, ...] = (),
) -> Verdict:
    """The verdict on one mutant; `places` asks for file, sheet and cell on every finding of a readable workbook.

    `rows` are the findings the summary gets, those of the rules among them.
    """
    complaints = _check_findings(returned, returned.findings, places=places)
    codes = tuple(sorted({found.code for found in returned.findings}))
    if returned.refused is not None:
        emptied = {"XPF212", "XPF315"} <= set(codes)  # a blank form whose last answer was taken out
        if not claim.may_refuse and not emptied:
            complaints.append(f"refused: {returned.refused.code} {dict(returned.refused.values)}")
        elif any(ACCIDENT.match(value) for _, value in returned.refused.values):
            complaints.append(f"refused by accident: {dict(returned.refused.values)}")
        return Verdict("refused", tuple(complaints), codes)
    new = _new_findings(original, returned)
    same = returned.department == original.department and returned.settings == original.settings
    seen = _view(content)
    if seen is None:
        if not claim.damaged:
            complaints.append("the second reader cannot read it")
        if not same and not new:
            complaints.append("different without a finding (nothing to compare with)")
    else:
        complaints += _against_view(original, returned, seen, claim, rows or returned.findings)
        if len(seen.tabs) < len(original.view.tabs) and not new:
            complaints.append("a sheet is gone without a finding")
    complaints += _against_original(original, returned, seen, claim, new)
    if claim.neutral and (not same or {found.code for found in new} - claim.noted):
        told = [(found.code, found.locus.sheet, found.locus.cell, dict(found.values)) for found in new[:3]]
        complaints.append(f"neutral, yet {'different' if not same else ''} {told}")
    outcome = "reported" if new else "intact" if same else "read"
    return Verdict(outcome, tuple(complaints), codes)


def _view(content: bytes) -> View | None:
    try:
        return view(content)
    except Exception:
        return None


def findings_of(digest: FileResult) -> tuple[Finding, ...]:
    """The findings the summary gets of a workbook."""
    return tuple(
        finding(
            str(code),
            Locus(file=digest.file.name, sheet=sheet or "", cell=cell or ""),
            **dict(json.loads(said or "[]")),
        )
        for _, _, _, code, _, sheet, cell, said in digest.rows.get("findings", ())
    )


def check_digest(
    original: Original, digest: FileResult, rows: Iterable[Finding], returned: Returned, claim: Claim
) -> tuple[str, ...]:
    """What speaks against the rows the summary gets of a workbook: findings in words and with place, the same figures.

    Figures of a workbook that means the same are the same, be they totals, lights or grades.
    """
    complaints = _check_findings(returned, rows, places=True)
    figures = figures_of(digest)
    if claim.neutral and figures != original.figures:
        complaints.append(f"other figures: {figures - original.figures} for {original.figures - figures}")
    return tuple(complaints)


def _check_findings(returned: Returned, findings: Iterable[Finding], *, places: bool) -> list[str]:
    complaints = []
    nameless = any(("sheet", "") in found.values for found in returned.findings)
    nameless = nameless or any(not sheet.title for sheet in returned.sheets)  # a damaged tab: nowhere to send a person
    for found in findings:
        if found.code not in CODES:
            complaints.append(f"unknown code {found.code}")
        elif not all(message(found, lang) for lang in ("zh", "en")):
            complaints.append(f"{found.code} has no words")
        if returned.department is not None and places and not nameless and not (found.locus.sheet and found.locus.cell):
            complaints.append(f"{found.code} names no place: {found.locus!r}")
        if not found.locus.file:
            complaints.append(f"{found.code} names no file")
    return complaints


def _new_findings(original: Original, returned: Returned) -> list[Finding]:
    known = Counter((found.code, found.locus.cell) for found in original.findings)  # sheets may be renamed
    new = []
    for found in returned.findings:
        key = (found.code, found.locus.cell)
        if known[key]:
            known[key] -= 1
        else:
            new.append(found)
    return new


# --- against what the second reader sees -----------------------------------------------------------------------------


def _against_view(
    original: Original, returned: Returned, seen: View, claim: Claim, rows: tuple[Finding, ...]
) -> list[str]:
    complaints: list[str] = []
    department = returned.department
    assert department is not None
    untouched = {id(tab.cells) for tab in original.view.tabs}
    tabs = _tabs_of(returned, seen)
    for read, tab in zip(returned.sheets, tabs, strict=True):
        if tab is None:
            complaints.append(f"{read.title}: no such sheet in the mutant")
            continue
        if read.refused is not None:
            continue
        reported = {f.locus.cell for f in returned.findings if f.locus.sheet == read.title and f.locus.cell}
        if id(tab.cells) not in untouched or seen.date1904 != original.view.date1904:
            complaints += _against_cells(read, tab.cells, returned)
        sheet = Sheet(tab.cells, read.layout, reported, seen.date1904)
        if read.project is not None:
            check_project(sheet, department.projects[read.project])
        elif read.marker.kind == "overall":
            check_overall(sheet, department)
        elif read.marker.kind == "settings" and returned.settings is not None:
            sheet.reported |= {f.locus.cell for f in rows if f.locus.sheet == read.title}  # by the rules: unknown packs
            usual = usual_settings(read.marker.form_set, department.year)
            days = {day for each in tabs if each for cell in each.cells.values() for day in DAY.findall(cell.text)}
            first, last = as_of_limits(department.year)
            if len(days) == 1 and first <= (stated := dt.date.fromisoformat(*days)) <= last:
                usual = usual.model_copy(update={"as_of": stated})
            check_settings(sheet, returned.settings, usual)
        is_unmarked = any(found.code == UNMARKED and found.locus.sheet == read.title for found in rows)
        faults = (fault for fault in sheet.faults if not (is_unmarked and fault.field == "number"))  # of a column gone
        complaints += [_silent(read, fault) for fault in faults]
        complaints += _means(read, tab, department.projects, claim)
        named = {found.locus.cell for found in rows if found.locus.sheet == read.title}
        altered = any(f.code == "XPF316" and f.locus.sheet == read.title for f in returned.findings)
        complaints += [
            f"untold: {read.title}!{cell}: {tab.cells.get(cell)}"
            for part, cell in claim.told
            if part.lower() == tab.part and cell not in named and not claim.moved
            # What is hidden shares the parts of a digest: a range of cells is named.
            if not (altered and (position(cell) or (0, 0))[1] > read.layout.visible_columns)
        ]
    complaints += _unread(original, returned, seen, tabs)
    return complaints


def _silent(read: SheetRead, fault: Fault) -> str:
    return f"silent: {read.title}!{fault.cell} {fault.field}: shows {fault.shown!r}, arrived {fault.arrived!r}"


def _tabs_of(returned: Returned, seen: View) -> list[Tab | None]:
    """The sheet of the view for every sheet read; sheets of one title in their order."""
    waiting = list(seen.tabs)
    found: list[Tab | None] = []
    for read in returned.sheets:
        marker = read.layout.slots["marker"].cell
        fitting = [tab for tab in waiting if tab.title == read.title]
        tab = next((t for t in fitting if t.cells.get(marker, Seen("", "")).text == str(read.marker)), None)
        tab = tab or next(iter(fitting), None)
        if tab is not None:
            waiting.remove(tab)
        found.append(tab)
    return found


def _against_cells(read: SheetRead, cells: Cells, returned: Returned) -> list[str]:
    """Every cell of a sheet is in its slot, a label, or a stray with a finding."""
    complaints = []
    codes = Counter(f.code for f in returned.findings if f.locus.sheet == read.title)
    at = {(f.code, f.locus.cell) for f in returned.findings if f.locus.sheet == read.title}
    layout = read.layout
    slots: dict[str, object] = {place.cell: read.answers.single.get(key) for key, place in layout.slots.items()}
    dates = {p.cell for p in layout.places if p.piece.kind is Kind.DATE}
    for band, rows in layout.bands.items():
        for row, held in zip(rows, read.answers.bands[band], strict=True):
            slots.update((place.cell, held.get(key)) for key, place in row.items())
    for cell, raw in slots.items():
        merged = cell not in cells and codes["XPF338"]  # a class read for the rows below it
        if cell not in dates and not merged and not _is_raw(raw, cells.get(cell)):
            complaints.append(f"raw: {read.title}!{cell}: file has {cells.get(cell)!r}, read {raw!r}")
    labels = {p.cell: p.piece for p in layout.labels if p.piece.text}
    only_explains = layout.form.only_explains
    strays = 0
    for cell, seen in cells.items():
        if cell in slots or (seen.kind == "s" and shows_nothing(seen.text)):
            continue
        if cell not in labels:
            strays += 1
    for cell, label in labels.items():
        shown = cells.get(cell, Seen("s", "")).text
        is_told = codes["XPF336"] or shows_nothing(shown)
        if label.is_anchor and not only_explains:
            is_told = ("XPF302", cell) in at
        if squeeze(shown) != squeeze(label.text) and not is_told:
            complaints.append(
                f"label: {read.title}!{cell} shows {shown!r} instead of {label.text!r}, without a finding"
            )
    if only_explains:
        told_strays = not strays or codes["XPF336"]
    else:
        told_strays = codes["XPF309"] or strays <= min(codes["XPF303"], 3)
    if strays != read.tally.strays or not told_strays:
        complaints.append(f"strays: {read.title}: {strays}, counted {read.tally.strays}, found {codes['XPF303']}")
    return complaints


def _is_raw(raw: object, seen: Seen | None) -> bool:
    if seen is None or (raw is None and seen.kind == "s" and shows_nothing(seen.text)):
        return raw is None or raw == ""
    if seen.kind == "n":
        try:
            return raw == Decimal(f"{float(seen.text):.15g}") or (isinstance(raw, str) and raw == seen.text)
        except ValueError:
            return raw == seen.text
    if seen.kind == "b":
        return isinstance(raw, bool) and str(raw).upper() == seen.text
    return isinstance(raw, str) and raw == seen.text and isinstance(raw, CellError) == (seen.kind == "e")


def _means(read: SheetRead, tab: Tab, projects: tuple[Project, ...], claim: Claim) -> list[str]:
    """What a mutator says it typed must have arrived."""
    complaints = []
    for (part, cell), wanted in claim.means.items():
        if part.lower() != tab.part or claim.moved:
            continue
        held = _at(read, cell)
        if held is None:
            continue
        key, row = held
        arrived = _arrived(read, projects, key, row)
        if arrived is not NotImplemented and arrived not in wanted:
            complaints.append(f"means: {read.title}!{cell} {key}: {wanted!r} was typed, {arrived!r} arrived")
    return complaints


def _at(read: SheetRead, cell: str) -> tuple[str, int] | None:
    for key, place in read.layout.slots.items():
        if place.cell == cell:
            return key, -1
    for rows in read.layout.bands.values():
        for i, row in enumerate(rows):
            for key, place in row.items():
                if place.cell == cell:
                    return key, i
    return None


def _arrived(read: SheetRead, projects: tuple[Project, ...], key: str, row: int) -> object:
    """What arrived in the model for a slot, where that can be said simply."""
    if read.project is None:
        return NotImplemented
    project = projects[read.project]
    if key.startswith(("budget.", "paid.", "expected.", "interim.")):
        return attrgetter(key)(project)
    if key == "payments.amount":
        return project.payments[row]
    if key in ("purpose", "deviation_reason", "name", "code"):
        return getattr(project, key)
    if key.startswith("indicators.") and row in read.rows:
        indicator = project.indicators[read.rows.index(row)]
        name = key.removeprefix("indicators.")
        if name[-1].isdigit():
            return NotImplemented  # one box of several
        return attrgetter(name)(indicator.target if name in ("operator", "value", "unit", "raw") else indicator)
    return NotImplemented


def _unread(original: Original, returned: Returned, seen: View, tabs: list[Tab | None]) -> list[str]:
    """Sheets that were not read must be named."""
    named = Counter(f.locus.sheet for f in returned.findings if f.code in LOST)
    for found in returned.findings:
        named.update(str(value) for key, value in found.values if key == "sheet" and found.code in LOST)
    read = [id(tab) for tab in tabs if tab is not None]
    held = {
        title: {seen for tab in original.view.tabs if tab.title == title for seen in tab.cells.values()}
        for title in (titles.LISTS, titles.GUIDE)
    }
    complaints = []
    for tab in seen.tabs:
        cells = set(tab.cells.values())  # the lists to choose from and the guide are known by what they hold
        ours = any(len(cells & known) >= len(cells) / 2 for known in held.values())
        if id(tab) not in read and not ours and not named[tab.title]:
            complaints.append(f"unread: sheet {tab.title!r} is neither read nor named")
    complaints += [
        f"unread: sheet {sheet.title!r} was refused and is not named"
        for sheet in returned.sheets
        if sheet.refused is not None and not named[sheet.title]
    ]
    return complaints


# --- against the original --------------------------------------------------------------------------------------------


def _against_original(
    original: Original, returned: Returned, seen: View | None, claim: Claim, new: list[Finding]
) -> list[str]:
    complaints: list[str] = []
    department = returned.department
    assert department is not None
    lost = {found.code for found in new} & LOST
    before = Counter(_identity(project) for project in original.department.projects)
    after = Counter(_identity(project) for project in department.projects)
    missing, extra = before - after, after - before
    if missing and not lost and sum(missing.values()) > len([x for x in extra if x not in before]):
        complaints.append(f"lost: {list(missing)} without a finding")
    if any(key in before for key in extra) and not lost:
        complaints.append(f"twice: {[key for key in extra if key in before]} without a finding")
    if len(department.projects) != len(original.department.projects) and not lost:
        complaints.append(f"{len(department.projects)} projects instead of {len(original.department.projects)}")
    if returned.settings is None and "XPF301" not in lost and "XPF308" not in lost and "XPF313" not in lost:
        complaints.append("settings gone without a finding")
    complaints += _given(original, returned, seen)
    for part in claim.moved:
        complaints += _moved(original, returned, part)
    return complaints


def _identity(project: Project) -> tuple[str, str]:
    return project.code, project.name


def _without_fingerprint(shown: object) -> str:
    """What a cell shows without a marker's fingerprint: a wrong one only makes a sheet count as filled in."""
    return re.sub(r"given=[0-9a-f]{16}", "", str(shown))


def _given(original: Original, returned: Returned, seen: View | None) -> list[str]:
    """Given cells that changed must be told, once there is a code for that."""
    if GIVEN_CHANGED not in CODES or seen is None:
        return []
    complaints = []
    before = {tab.part: tab.cells for tab in original.view.tabs}
    layouts = {sheet.part.lower(): sheet.layout for sheet in original.sheets}
    told = {f.locus.sheet for f in returned.findings if f.code in (GIVEN_CHANGED, UNMARKED, *LOST)}
    whole = any(f.code in ("XPF318", "XPF319") for f in returned.findings)
    for read, tab in zip(returned.sheets, _tabs_of(returned, seen), strict=True):
        if (
            tab is None
            or read.refused is not None
            or layouts.get(tab.part) is not read.layout
            or read.title in told
            or whole
        ):
            continue
        if tab.cells is before[tab.part] or read.marker.kind in ("seal", "guide"):  # nothing of theirs is read
            continue
        marker = read.layout.slots["marker"].cell
        if before[tab.part].get(marker) != tab.cells.get(marker) and any(f.code in LOST for f in returned.findings):
            continue  # another sheet altogether, as is told
        for cell in _given_cells(read.layout):
            old, now = before[tab.part].get(cell), tab.cells.get(cell)
            month = any(f.code == "XPF302" and f.locus.cell == cell for f in returned.findings)
            if old != now and _without_fingerprint(_plainly(old)) != _without_fingerprint(_plainly(now)) and not month:
                complaints.append(f"given: {read.title}!{cell}: {old} became {now} without a finding")
    return complaints


@lru_cache(maxsize=64)
def _given_cells(layout: Layout) -> tuple[str, ...]:
    return tuple(p.cell for p in layout.places if p.piece.role is Role.GIVEN)


def _plainly(seen: Seen | None) -> str:
    if seen is None:
        return ""
    if seen.kind == "n":
        try:
            return f"{float(seen.text):.15g}"
        except ValueError:
            return seen.text
    return visible(seen.text)


def _moved(original: Original, returned: Returned, part: str) -> list[str]:
    """A sheet whose cells moved is not read, or says what it said before."""
    department = returned.department
    assert department is not None
    sheet = next(sheet for sheet in original.sheets if sheet.part == part)
    read = next((each for each in returned.sheets if each.title == sheet.title), None)
    if read is None or read.refused is not None:
        return []
    if sheet.project is not None and read.project is not None:
        was, now = original.department.projects[sheet.project], department.projects[read.project]
        if any(f.code == UNMARKED and f.locus.sheet == read.title for f in returned.findings):
            was, now = (each.model_copy(update={"number": 0}) for each in (was, now))  # it stood in the hidden column
        return [] if was == now else [f"shifted: {sheet.title}: {_differences(was.model_dump(), now.model_dump())}"]
    if sheet.kind == "settings" and returned.settings != original.settings:
        return [f"shifted: {sheet.title}: {returned.settings}"]
    if sheet.kind == "overall":
        bare = {"projects": (), "safeguards": ()}
        was, now = (each.model_copy(update=bare) for each in (original.department, department))
        # Its last band has nothing below it: rows of it that were taken out are gone, rows pushed out are strays.
        kept = iter(original.department.safeguards)
        in_order = all(text in kept for text in department.safeguards)
        return [] if was == now and in_order else [f"shifted: {sheet.title}"]
    return []


def _differences(was: Mapping[str, object], now: Mapping[str, object]) -> dict[str, tuple[object, object]]:
    return {key: (was[key], now[key]) for key in was if was[key] != now[key]}
