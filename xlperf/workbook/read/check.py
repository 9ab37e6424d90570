"""The rules held against a workbook that came back: every fault with the sheet and the cell it is in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from xlperf.checks import finding
from xlperf.checks.rules import judge
from xlperf.checks.submission import Fault, SlotRef, Submission
from xlperf.files import check_time
from xlperf.form import EDITIONS, Answers, Form, Role, project_answers, reckoned_by
from xlperf.form.results import parameter_values, results
from xlperf.model import Finding, Locus, Settings
from xlperf.ooxml.a1 import position
from xlperf.workbook.read.read import Returned, SheetRead
from xlperf.workbook.read.rule_packs import pack_finding, packs_of
from xlperf.workbook.read.stale_results import (
    as_formulas_see,
    how_many,
    is_beyond_computing,
    parameters_stand,
    stale_results,
)

SLIP = "XPF133"  # an amount in another unit spoils every total, though it was given with the form


@dataclass(frozen=True)
class Judged:
    """What a workbook comes to: the results of its projects under these settings, and what was found about them."""

    settings: Settings
    answers: tuple[Answers, ...]
    results: tuple[Answers, ...]
    findings: tuple[Finding, ...]


def judged(returned: Returned, as_of: dt.date | None = None, pack: str | None = None) -> Judged:
    """A workbook of which something was read, computed anew and held against the rules.

    `as_of` and `pack` replace its own, as for a summary of another date or an audit under another rule pack.
    Raises Refused within an attempt that runs out of time.
    """
    department = returned.department
    assert department is not None
    sheets = {sheet.project: sheet for sheet in returned.sheets}
    own = returned.settings or returned.stand_in
    assert own is not None
    stating = next((sheet for sheet in returned.sheets if sheet.marker.kind == "settings" and returned.settings), None)
    packs = packs_of(own, stating.answers if stating else None, pack)
    used = own.model_copy(update={"as_of": as_of or own.as_of, "pack": packs.used.key})
    parameters = parameter_values(own, department, packs.stated.rules)
    used_parameters = parameter_values(used, department, packs.used.rules)
    audited = {**parameters, **packs.used.parameters}
    compared_parameters = packs.compared and {**used_parameters, **packs.compared.parameters}
    compared: list[Answers] = []
    comparable = parameters_stand(returned, own)
    found: list[Finding] = []
    stated: list[Answers] = []
    expected: list[Answers] = []
    given: list[Answers] = []
    computed: list[Answers] = []
    forms: list[Form] = []
    for i, project in enumerate(department.projects):
        check_time()
        sheet = sheets[i]
        form = reckoned_by(sheet.marker.form_set)
        answers = project_answers(project, form)
        now = same = None
        if comparable and not is_beyond_computing(sheet):
            now = results(sheet.layout.form, sheet.answers, parameters)
            stale = list(stale_results(returned.path, sheet, now))
            if stale:  # perhaps only by the core, which ignores more of what nobody sees than plain formulas do
                by_formulas = results(sheet.layout.form, as_formulas_see(sheet), parameters)
                other = list(stale_results(returned.path, sheet, by_formulas))
                now, stale = min((now, stale), (by_formulas, other), key=lambda pair: how_many(pair[1]))
            found.extend(stale)
            if used_parameters == parameters and _says(sheet, answers):
                same = _in_order(sheet, now)
            elif packs.used != packs.stated:
                now = results(sheet.layout.form, sheet.answers, audited)
        stated.append(_in_order(sheet, sheet.answers))
        expected.append(_in_order(sheet, now) if now else Answers())
        given.append(answers)
        computed.append(same or results(form, answers, used_parameters))
        forms.append(form)
        if compared_parameters:
            compared.append(results(form, answers, compared_parameters))
    judgement = judge(Submission(department, used, stated, expected, computed, forms, packs.used.rules))
    if not any(sheet.marker.kind == "overall" and sheet.refused is None for sheet in returned.sheets):  # it is gone
        judgement = [fault for fault in judgement if fault.project is not None or _sheet_of(fault) != "overall"]
    faults = [
        fault
        for fault in judgement
        if fault.code == SLIP or _is_asked(fault.slot.key, _sheet_for(fault, returned, sheets))
    ]
    found.extend(finding(fault.code, _locus(fault, returned, sheets), **fault.values) for fault in faults)
    if stating:
        place = Locus(file=returned.path, sheet=stating.title, cell=_cell(SlotRef("pack"), stating))
        names = (project.name for project in department.projects)
        about_pack = pack_finding(packs, list(zip(names, computed, compared or computed, strict=True)), place)
        found.extend([about_pack] if about_pack else [])
    order = {sheet.title: i for i, sheet in enumerate(returned.sheets)}
    found.sort(key=lambda fault: (order[fault.locus.sheet], position(fault.locus.cell) or ()))
    return Judged(used, tuple(given), tuple(computed), tuple(found))


def _says(sheet: SheetRead, answers: Answers) -> bool:
    """Whether the sheet holds these answers just so: nothing was read as something else than it is."""
    raw = _in_order(sheet, sheet.answers)
    rows = (zip(raw.bands[key], answers.bands[key], strict=True) for key in ("indicators", "payments"))
    pairs = [(raw.single, answers.single), *(pair for band in rows for pair in band)]
    return all(said.get(key) == value for said, answer in pairs for key, value in answer.items())


def _in_order(sheet: SheetRead, answers: Answers) -> Answers:
    """A sheet's answers or results, indicators in the order of the project's."""
    if "indicators" not in answers.bands:  # a plan computes nothing of them
        return answers
    rows = answers.bands["indicators"]
    ordered = [rows[row] if row < len(rows) else {} for row in sheet.rows]
    return Answers(answers.single, {**answers.bands, "indicators": ordered})


def _is_asked(key: str, sheet: SheetRead) -> bool:
    """Whether the sheet asks for what a fault is about; a fault about what no sheet asks for always counts.

    What is given belongs to an earlier period, but for code and name.
    """
    if key not in _asked(sheet.marker.kind):
        return True
    layout = sheet.layout
    rows = [layout.slots, *(band[0] for band in layout.bands.values() if band)]
    place = next((slots[key] for slots in rows if key in slots), None)
    if place is None or place.column > layout.visible_columns:
        return False
    return place.piece.role is not Role.GIVEN or key in ("code", "name")


@cache
def _asked(kind: str) -> frozenset[str]:
    """The slots that sheets of this kind have in some edition."""
    forms = (forms[kind] for forms in EDITIONS.values() if kind in forms)
    return frozenset(slot.key for form in forms for _, slot in form.slots)


def _locus(fault: Fault, returned: Returned, sheets: dict[int | None, SheetRead]) -> Locus:
    sheet = _sheet_for(fault, returned, sheets)
    return Locus(file=returned.path, sheet=sheet.title, cell=_cell(fault.slot, sheet))


def _sheet_for(fault: Fault, returned: Returned, sheets: dict[int | None, SheetRead]) -> SheetRead:
    """The sheet of a fault; those of the department stand on the sheet of its objectives or of the parameters."""
    own = (read for read in returned.sheets if read.marker.kind == _sheet_of(fault))
    return sheets[fault.project] if fault.project is not None else next(own, sheets[0])


def _sheet_of(fault: Fault) -> str:
    """The kind of the sheet on which a fault of no project stands."""
    return "settings" if fault.slot.key in Settings.model_fields else "overall"


def _cell(slot: SlotRef, sheet: SheetRead) -> str:
    key, index = slot
    at, name = sheet.layout, key.split(".")[0]
    band = at.bands.get(name)
    if band is None or index < 0:
        return at.slots[key].cell if key in at.slots else at.home
    rows = sheet.rows if name == "indicators" else sheet.text_rows.get(name, range(len(band)))
    return band[rows[index] if index < len(rows) else 0][key].cell
