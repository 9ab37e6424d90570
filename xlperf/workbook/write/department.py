"""A department as the workbook its staff fill in: template drawn once for its shape, then filled."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from xlperf.files.save import replace_file
from xlperf.form import (
    CONTENTS,
    EDITION,
    FORMS,
    GUIDE,
    MOST_PROJECTS,
    NAMES,
    OVERALL,
    PARAMETERS,
    SEAL,
    SETTINGS,
    Answers,
    Form,
    Layout,
    Marker,
    layout,
    overall_answers,
    project_answers,
    settings_answers,
)
from xlperf.form import titles as title_of
from xlperf.form.marker import book_of
from xlperf.form.results import parameter_values, results
from xlperf.form.seal import DIGEST, digest, seal_answers
from xlperf.model import Department, Settings, UnwritableOutput
from xlperf.ooxml.a1 import address, quoted_title
from xlperf.ooxml.serialise import respelled
from xlperf.workbook.write.assemble import SHARED, Macros, Sheet, assemble
from xlperf.workbook.write.draw import draw, list_names
from xlperf.workbook.write.fill import SheetTemplate


@dataclass(frozen=True)
class _Drawn:
    """A template's shared parts and its sheets by layout."""

    shared: dict[str, bytes]
    sheets: dict[Layout, SheetTemplate]
    charts: dict[Layout, tuple[str, str]]
    lists: str


def write_department(
    department: Department,
    settings: Settings,
    target: Path,
    *,
    blank: bool = False,
    macros: Macros | None = None,
    force: bool = False,
) -> None:
    """Write the department's workbook; on a `blank` one, codes and names are inputs too; with `macros` an .xlsm.

    Raises UnwritableOutput and leaves the target as it was when it cannot be written.
    """
    content = department_bytes(department, settings, blank=blank, macros=macros)
    replace_file(target, lambda out: out.write(content), force=force)


def department_bytes(
    department: Department,
    settings: Settings,
    *,
    blank: bool = False,
    typed: Sequence[Answers] | None = None,
    macros: Macros | None = None,
) -> bytes:
    """The workbook as bytes; the same department and settings give the same bytes.

    `typed` stands in for the answers of the projects, as people may type what no model holds.
    Raises UnwritableOutput where there are more projects than a workbook is read with.
    """
    if len(department.projects) > MOST_PROJECTS:
        raise UnwritableOutput("too_many_projects", count=len(department.projects), most=MOST_PROJECTS)
    kind = "blank_project" if blank else "project"
    values = parameter_values(settings, department)
    answers = typed or [project_answers(project) for project in department.projects]
    sheets = [a.with_results(results(FORMS[kind], a, values)) for a in answers]
    layouts = [_layout_for(FORMS[kind], a) for a in answers]
    titles = title_of.project_titles((project.number, project.name) for project in department.projects)

    overall = overall_answers(department)
    parameters = settings_answers(settings)
    parameters = parameters.with_results(results(SETTINGS, parameters, values))
    contents = Answers(bands={"projects": [{"projects.number": a.single.get("number")} for a in answers]})
    contents = contents.with_results(results(CONTENTS, contents, values, sheets))
    seal = _seal(department, settings, with_macros=macros is not None)
    markers = [
        Marker(place.form.kind, EDITION, tuple(place.sizes.items()), book_of(seal["id"]), i)
        for i, place in enumerate(layouts, start=1)
    ]
    fixed = [
        (title_of.GUIDE, _layout_for(GUIDE, Answers()), Answers()),
        (title_of.OVERALL, _layout_for(OVERALL, overall), overall),
        (title_of.CONTENTS, _layout_for(CONTENTS, contents), contents),
        (title_of.SETTINGS, _layout_for(SETTINGS, parameters), parameters),
    ]
    given = [(_plain_marker(place), place, filled) for _, place, filled in fixed]
    given += zip(markers, layouts, answers, strict=True)
    seal.update((DIGEST + marker.key, said) for marker, place, filled in given if (said := digest(place, filled)))
    mirror = seal_answers(seal)
    fixed.append((title_of.SEAL, _layout_for(SEAL, mirror), mirror))
    kinds = sorted(set(layouts), key=lambda place: sorted(place.sizes.items()))
    drawn = _drawn(tuple(place for _, place, _ in fixed), tuple(kinds))

    guide, whole, table, parameter_sheet, seal_sheet = (
        _contents_sheet(drawn, place, filled, titles, layouts)
        if place.form is CONTENTS
        else _sheet(drawn, title, place, filled, hidden=place.form is SEAL)
        for title, place, filled in fixed
    )
    projects = (
        _sheet(drawn, title, place, a, marker)
        for title, place, a, marker in zip(titles, layouts, sheets, markers, strict=True)
    )
    lists = Sheet(title_of.LISTS, drawn.lists, hidden=True)
    names = {**_parameter_names({"overall": fixed[1], "settings": fixed[3]}), **list_names()}
    order = [guide, whole, table, *projects, parameter_sheet, lists, seal_sheet]
    return assemble(order, drawn.shared, names, seal, active=order.index(table), macros=macros)


def _layout_for(form: Form, answers: Answers) -> Layout:
    """The layout with room for these answers."""
    sizes = ((key, band.size(len(answers.bands.get(key, ())))) for key, band in form.bands.items())
    return layout(form, tuple(sorted(sizes)))


def _plain_marker(place: Layout) -> Marker:
    """The marker of a sheet of which a workbook has one."""
    return Marker(place.form.kind, EDITION, tuple(place.sizes.items()))


def _marked(answers: Answers, marker: Marker) -> Answers:
    return Answers({**answers.single, "marker": str(marker)}, answers.bands)


def _seal(department: Department, settings: Settings, *, with_macros: bool) -> dict[str, str]:
    said = department.model_dump_json() + settings.model_dump_json()
    return {
        "edition": EDITION,
        "unit": department.unit.code,
        "year": str(department.year),
        "id": hashlib.sha256(said.encode()).hexdigest()[:32],
        "sheets": str(len(department.projects)),
        "macros": "yes" if with_macros else "no",
    }


def _parameter_names(sheets: dict[str, tuple[str, Layout, Answers]]) -> dict[str, str]:
    names = {}
    for key, (name, kind, slot) in PARAMETERS.items():
        title, place, _ = sheets[kind]
        names[NAMES[key]] = f"{quoted_title(title)}!{place.absolute(slot)}"
        assert NAMES[key] == name
    return names


def _sheet(
    drawn: _Drawn, title: str, place: Layout, answers: Answers, marker: Marker | None = None, *, hidden: bool = False
) -> Sheet:
    xml = drawn.sheets[place].fill(_marked(answers, marker or _plain_marker(place)))
    return _finished(drawn, title, place, xml, hidden=hidden)


def _contents_sheet(
    drawn: _Drawn, place: Layout, answers: Answers, titles: Sequence[str], layouts: Sequence[Layout]
) -> Sheet:
    elsewhere, links = {}, {}
    for row, title, target in zip(place.bands["projects"], titles, layouts, strict=False):
        at = row["projects.number"].row
        elsewhere[at] = lambda key, title=title, target=target: f"{quoted_title(title)}!{target.absolute(key)}"
        links[at] = f"{quoted_title(title)}!{address(1, 1)}"
    marked = _marked(answers, _plain_marker(place))
    return _finished(drawn, title_of.CONTENTS, place, drawn.sheets[place].fill(marked, elsewhere, links))


def _finished(drawn: _Drawn, title: str, place: Layout, xml: str, *, hidden: bool = False) -> Sheet:
    drawing, chart = drawn.charts.get(place, ("", ""))
    return Sheet(
        title=title,
        xml=xml,
        drawing=drawing,
        chart=chart.replace(quoted_title(_token(place)), escape(quoted_title(title))),
        hidden=hidden,
        print_area="" if hidden else place.print_area,  # LibreOffice prints hidden sheets that have one
        print_rows=place.print_rows,
    )


def _token(place: Layout) -> str:
    """The title a sheet has while it is a template; no person writes it."""
    return f"XLPERF{id(place)}"


@lru_cache(maxsize=32)
def _drawn(fixed: tuple[Layout, ...], projects: tuple[Layout, ...]) -> _Drawn:
    places = [*fixed, *projects]
    with zipfile.ZipFile(io.BytesIO(draw((_token(place), place) for place in places))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets, charts = {}, {}
    for i, place in enumerate(places, start=1):
        sheets[place] = SheetTemplate(parts[f"xl/worksheets/sheet{i}.xml"], place)
        if place.form.chart:
            charts[place] = _chart_parts(parts, i)
    shared = {name: respelled(parts[name]).encode() for name in SHARED if name in parts}
    return _Drawn(shared, sheets, charts, respelled(parts[f"xl/worksheets/sheet{len(places) + 1}.xml"]))


def _chart_parts(parts: dict[str, bytes], sheet: int) -> tuple[str, str]:
    """The drawing and the chart of a drawn sheet, found by following its relationships."""

    def target(of: str) -> str:
        folder, name = posixpath.split(of)
        text = parts[f"{folder}/_rels/{name}.rels"].decode()
        return text.split('Target="/')[1].split('"')[0]

    drawing = target(f"xl/worksheets/sheet{sheet}.xml")
    return respelled(parts[drawing]), respelled(parts[target(drawing)])
