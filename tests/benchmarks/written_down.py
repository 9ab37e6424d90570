"""A department's sheets as a script would have them: every cell, its look, its bounds and colours, with addresses.

Made before any clock runs, so that no plain loop pays for how xlperf describes its forms. Computed results are left
out, since openpyxl cannot write them beside formulas; so are page set-up and properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from departments import SETTINGS

from xlperf.form import (
    EDITIONS,
    Answers,
    Chart,
    Form,
    Kind,
    Layout,
    Place,
    Role,
    Slot,
    form_set_of,
    layout,
    overall_answers,
    project_answers,
    settings_answers,
)
from xlperf.form.looks import BARE, COMPUTED, GIVEN, INK, INPUT, LABELS, NUMBER_FORMATS, TINTS
from xlperf.model import Department, Settings

FORM_SET = form_set_of(SETTINGS.period, "national")
LEFT = (Kind.TEXT, Kind.PARAGRAPH)
FILLS = {Role.INPUT: INPUT, Role.GIVEN: GIVEN, Role.COMPUTED: COMPUTED}


class Look(NamedTuple):
    """How a cell looks."""

    size: float
    bold: bool
    colour: str
    fill: str | None
    horizontal: str
    bordered: bool
    number_format: str = "General"
    locked: bool = True


class Bounded(NamedTuple):
    """An area with a data validation."""

    area: str
    type: str
    formula1: str
    formula2: str
    warning: bool
    title: str
    prompt: str
    error: str


class Tinted(NamedTuple):
    """An area with a conditional format: font colour, bold, fill."""

    area: str
    formula: str
    look: tuple[str | None, bool, str | None]


class Drawn(NamedTuple):
    """What all sheets of one layout have in common; `formulas` hold (first cell, text, its range if an array)."""

    widths: tuple[float, ...]
    heights: dict[int, float]
    looks: tuple[tuple[Place, Look], ...]
    texts: tuple[tuple[str, str], ...]
    formulas: tuple[tuple[str, str, str], ...]
    bounds: tuple[Bounded, ...]
    tints: tuple[Tinted, ...]
    chart: Chart | None
    place: Layout


class Sheet(NamedTuple):
    """One sheet: what is drawn, and the value of every cell that people or the model fill."""

    title: str
    drawn: Drawn
    values: tuple[tuple[str, Any], ...]


def sheets(department: Department, settings: Settings) -> tuple[Sheet, ...]:
    """The sheets of the department's workbook, in order."""
    forms = EDITIONS[FORM_SET]
    contents, project_form = Answers({}, {"projects": [{} for _ in department.projects]}), forms["project"]
    filled = [(project.number, project_answers(project, project_form)) for project in department.projects]
    return (
        _sheet("填表说明", forms["guide"], Answers()),
        _sheet("整体绩效目标", forms["overall"], overall_answers(department, forms["overall"])),
        _sheet("目录", forms["contents"], contents),
        _sheet("参数", forms["settings"], settings_answers(settings, forms["settings"])),
        *(_sheet(f"{number:02d}", project_form, answers) for number, answers in filled),
    )


def _sheet(title: str, form: Form, answers: Answers) -> Sheet:
    sizes = tuple(sorted((key, band.size(len(answers.bands.get(key, ())))) for key, band in form.bands.items()))
    place = layout(form, sizes)
    return Sheet(title, _drawn(place), tuple(_values(place, answers)))


def _values(place: Layout, answers: Answers) -> Iterator[tuple[str, Any]]:
    filled = [(place.slots, answers.single)]
    for key, rows in place.bands.items():
        filled += zip(rows, answers.bands.get(key, ()), strict=False)
    for slots, values in filled:
        for key, at in slots.items():
            if at.piece.formula is None and values.get(key) is not None:
                yield at.cell, values[key]


@cache
def _drawn(place: Layout) -> Drawn:
    slots = [(at, at.piece) for at in place.places]
    labels = [(at, at.piece) for at in place.labels]
    first = [(at, slot) for at, slot in slots if not at.band or at == place.column(slot.key)[0]]
    areas = [(f"{at.cell}:{place.column(slot.key)[-1].cell}" if at.band else at.area, at, slot) for at, slot in first]
    return Drawn(
        widths=tuple(place.form.widths),
        heights=place.heights,
        looks=(*((at, Look(*LABELS[label.look])) for at, label in labels), *((at, _look(slot)) for at, slot in slots)),
        texts=tuple((at.cell, label.text) for at, label in labels if label.text),
        formulas=tuple(_formulas(place, slots)),
        bounds=tuple(
            Bounded(
                area,
                slot.bound.type,
                place.render(slot.bound.formula1, at.row),
                place.render(slot.bound.formula2, at.row),
                slot.bound.warning,
                slot.label[:32],
                slot.bound.prompt,
                slot.bound.error,
            )
            for area, at, slot in areas
            if slot.bound
        ),
        tints=tuple(
            Tinted(area, place.render(tint.formula, at.row), TINTS[tint.look])
            for area, at, slot in areas
            for tint in slot.tints
        ),
        chart=place.form.chart,
        place=place,
    )


def _formulas(place: Layout, slots: list[tuple[Place, Slot]]) -> Iterator[tuple[str, str, str]]:
    for at, slot in slots:
        if slot.formula is None:
            continue
        if isinstance(slot.formula, str) and "{#" in slot.formula:
            yield at.cell, "='01'!A1", ""
        elif not place.is_array(at):
            yield at.cell, "=" + place.formula(slot.formula, at.row), ""
        elif not at.band or at == place.column(slot.key)[0]:
            yield at.cell, "=" + place.formula(slot.formula, at.row), place.column_area(slot.key)


def _look(slot: Slot) -> Look:
    bare = slot.key in BARE
    words = slot.kind in LEFT
    return Look(
        16 if slot.key == "title" else 10,
        slot.key == "title",
        INK,
        None if bare else FILLS[slot.role],
        "left" if words else "right" if slot.kind is Kind.MONEY else "center",
        not bare,
        "General" if words and slot.role is Role.COMPUTED else NUMBER_FORMATS.get(slot.kind, "General"),
        slot.role is not Role.INPUT,
    )
