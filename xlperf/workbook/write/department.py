"""A department as the workbook its staff fill in: which forms it has, what they hold, what is sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from xlperf.files import save_bytes
from xlperf.form import (
    EDITIONS,
    MOST_PROJECTS,
    OVERALL,
    SETTINGS,
    Answers,
    Cell,
    Form,
    FormSet,
    form_set_of,
    overall_answers,
    project_answers,
    reckoned_by,
    settings_answers,
)
from xlperf.form import titles as title_of
from xlperf.form.marker import book_of
from xlperf.form.results import parameter_values, results
from xlperf.form.seal import DIGEST, digest, seal_answers
from xlperf.form.shapes import SHAPES
from xlperf.measure import DEFAULT_PACK, find_pack
from xlperf.model import Department, Project, Settings, UnwritableOutput
from xlperf.model.text import cut_to_cell
from xlperf.prepare.not_carried import NotCarried
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.sheets import FilledForm, write_sheets

USUAL_ROWS = 16  # of indicators where none is known: the standard has nine classes, some with more than one


def write_department(
    department: Department,
    settings: Settings,
    target: Path,
    *,
    blank: bool = False,
    macros: Macros | None = None,
    form_set: FormSet | None = None,
    left: Sequence[NotCarried] = (),
    rows: int | None = None,
    force: bool = False,
) -> None:
    """Write the department's workbook; on a `blank` one, codes and names are inputs too; with `macros` an .xlsm.

    `rows` as in `department_bytes`.

    Raises UnwritableOutput and leaves the target as it was when it cannot be written.
    """
    content = department_bytes(
        department, settings, blank=blank, macros=macros, form_set=form_set, left=left, rows=rows
    )
    save_bytes(target, content, force=force)


def department_bytes(
    department: Department,
    settings: Settings,
    *,
    blank: bool = False,
    typed: Sequence[Answers] | None = None,
    macros: Macros | None = None,
    form_set: FormSet | None = None,
    left: Sequence[NotCarried] = (),
    rows: int | None = None,
) -> bytes:
    """The workbook as bytes, with those sheets of which the form set has a form; same input, same bytes.

    `typed` stands in for the answers of the projects, as people may type what no model holds; `left` is listed as not
    carried from the workbooks this one was made of. Without a form set it is the newest of the period, in the national
    layout. Every project has room for as many indicators as `rows`; without it, one that has none yet gets USUAL_ROWS.
    Raises UnwritableOutput where there are more projects than a workbook is read with.
    """
    if len(department.projects) > MOST_PROJECTS:
        raise UnwritableOutput("too_many_projects", count=len(department.projects), most=MOST_PROJECTS)
    form_set = form_set or form_set_of(settings.period, "national")
    forms = EDITIONS[form_set]
    project_form = forms["blank_project" if blank else "project"]
    values = parameter_values(settings, department)
    reckoned = reckoned_by(form_set)
    given = [project_answers(project, reckoned) for project in department.projects]
    answers = typed or given
    projects = [one.with_results(results(project_form, one, values)) for one in answers]
    titles = title_of.project_titles((project.number, project.name) for project in department.projects)
    contents = Answers(bands={"projects": [{"projects.number": one.single.get("number")} for one in answers]})
    seal = _seal(department, settings, form_set, with_macros=macros is not None)

    def single(kind: str, title: str, answers: Answers, rows: Sequence[str] = ()) -> list[FilledForm]:
        form = forms.get(kind)
        if form is None:
            return []
        filled = answers.with_results(results(form, answers, values, projects))
        return [FilledForm(title, form, filled, form_set, rows=rows, hidden=kind == "seal")]

    sheets = [
        *single("guide", title_of.GUIDE, Answers()),
        *single("overall", title_of.OVERALL, overall_answers(department, forms.get("overall", OVERALL))),
        *single("contents", title_of.CONTENTS, contents, titles),
        *(
            FilledForm(
                title,
                project_form,
                filled,
                form_set,
                book_of(seal["id"]),
                number,
                given=as_given,
                room=_room(filled, rows),
            )
            for number, (title, filled, as_given) in enumerate(zip(titles, projects, given, strict=True), start=1)
        ),
        *single("settings", title_of.SETTINGS, _settings(settings, forms.get("settings", SETTINGS), form_set)),
    ]
    if left:
        listed = Answers(bands={"left": _left(left, department, sheets)})
        sheets += single("not_carried", title_of.NOT_CARRIED, listed)
    digests = ((sheet.marker.key, digest(sheet.layout, sheet.answers)) for sheet in sheets if sheet.marker)
    seal.update({DIGEST + key: of_sheet for key, of_sheet in digests if of_sheet})
    sheets += single("seal", title_of.SEAL, seal_answers(seal))
    title = f"{department.unit.name}{department.year}年度{settings.period}填报表"
    return write_sheets(sheets, seal, active=title_of.CONTENTS, macros=macros, title=title)


def _room(answers: Answers, rows: int | None) -> dict[str, int]:
    """How many indicators a project has room for at least."""
    usual = 0 if answers.bands.get("indicators") else USUAL_ROWS
    return {"indicators": usual if rows is None else rows}


def _left(left: Sequence[NotCarried], department: Department, sheets: Sequence[FilledForm]) -> list[dict[str, Cell]]:
    """The rows of the list of what was not carried, each with its place in this workbook."""
    by_number = {sheet.number: sheet for sheet in sheets if sheet.number}
    places = {
        project.code: (project, by_number[number])
        for number, project in enumerate(department.projects, start=1)
        if project.code
    }
    return [
        {
            "left.code": each.code,
            "left.name": each.name,
            "left.indicator": each.indicator,
            "left.field": each.field,
            "left.value": cut_to_cell(each.value),
            "left.stands": cut_to_cell(each.stands),
            "left.reason": each.reason.value,
            "left.place": each.origin,
            "left.here": _here(each, *places[each.new_code]) if each.new_code in places else "",
        }
        for each in left
    ]


def _here(left: NotCarried, project: Project, sheet: FilledForm) -> str:
    """Sheet and cell of the field in this workbook, the sheet alone where it does not show it."""
    ids = [indicator.id for indicator in project.indicators]
    row = ids.index(left.new_id) if left.new_id in ids else left.row
    cell = sheet.layout.cell_of(left.key, row)
    return f"{sheet.title} › {cell}" if cell else sheet.title


def _settings(settings: Settings, form: Form, form_set: FormSet) -> Answers:
    answers, pack = settings_answers(settings, form), find_pack(settings.pack) or DEFAULT_PACK
    shape = SHAPES.get(form_set.layout)  # a form of one's own may have none
    notes: dict[str, Cell] = {
        "layout_note": shape.note if shape else None,
        "pack_name": pack.zh,
        "pack_note": pack.note,
    }
    return Answers({**answers.single, **notes}, answers.bands)


def _seal(department: Department, settings: Settings, form_set: FormSet, *, with_macros: bool) -> dict[str, str]:
    content = department.model_dump_json() + settings.model_dump_json()
    return {
        **form_set._asdict(),
        "unit": department.unit.code,
        "year": str(department.year),
        "id": hashlib.sha256(content.encode()).hexdigest()[:32],
        "sheets": str(len(department.projects)),
        "macros": "yes" if with_macros else "no",
    }
