"""What a user would write instead: openpyxl in a loop, one cell after the other. The yardstick of the benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel

from xlperf.form import (
    CONTENTS,
    GUIDE,
    NAMES,
    OVERALL,
    PROJECT,
    SETTINGS,
    Answers,
    Label,
    Layout,
    Role,
    Slot,
    layout,
    overall_answers,
    project_answers,
    read_marker,
    settings_answers,
)
from xlperf.model import Department, Settings
from xlperf.workbook.write.draw import link_of, set_up, tints_of
from xlperf.workbook.write.styles import look_of, tint_look


class Row(BaseModel):
    """An indicator, validated as most people would."""

    level1: str | None
    level2: str | None
    name: str | None
    description: str | None
    operator: str | None
    value: Decimal | str | None
    unit: str | None
    basis: str | None
    weight: Decimal | None
    actual: Decimal | str | None
    points: Decimal | None
    deviation_reason: str | None
    likelihood: str | None


class Head(BaseModel):
    """What a project's sheet says above its indicators."""

    code: str
    name: str
    budget: dict[str, Decimal | None]
    shares: list[Decimal | None]
    purpose: str | None
    objectives: list[str | None]


BUDGET = ("initial", "adjusted", "fiscal_funds", "other_funds", "carryover")
COLUMNS = [f"indicators.{name}" for name in Row.model_fields]


def generate(department: Department, settings: Settings, target: Path) -> None:
    """The same sheets, drawn and filled by openpyxl each time (without cached results, which it cannot write)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = [
        ("填表说明", GUIDE, Answers()),
        ("整体绩效目标", OVERALL, overall_answers(department)),
        ("目录", CONTENTS, Answers({}, {"projects": [{} for _ in department.projects]})),
        ("参数", SETTINGS, settings_answers(settings)),
        *((f"{project.number:02d}", PROJECT, project_answers(project)) for project in department.projects),
    ]
    for title, form, answers in sheets:
        sizes = tuple(sorted((key, band.size(len(answers.bands.get(key, ())))) for key, band in form.bands.items()))
        place = layout(form, sizes)
        sheet = book.create_sheet(title)
        _draw(sheet, place)
        for cell, value in _cells(place, answers):
            sheet[cell] = value
    book.save(target)


def _draw(sheet: Worksheet, layout: Layout) -> None:
    set_up(sheet, layout)
    for row, height in layout.heights.items():
        sheet.row_dimensions[row].height = height
    for at in (*layout.labels, *layout.places):
        look = look_of(at.piece)
        for row in sheet.iter_rows(at.row, at.last_row, at.column, at.last_column):
            for cell in row:
                look.put_on(cell)
        if at.merged:
            sheet.merge_cells(at.area)
        if isinstance(at.piece, Label):
            sheet[at.cell] = at.piece.text or None
        if link_of(at):
            sheet[at.cell].hyperlink = Hyperlink(ref=at.cell, location=link_of(at))
    for area, tint, formula in tints_of(layout):
        sheet.conditional_formatting.add(area, Rule(type="expression", dxf=tint_look(tint), formula=[formula]))


def _cells(place: Layout, answers: Answers) -> Iterator[tuple[str, Any]]:
    rows = [("", 0, place.slots), *((key, i, row) for key, band in place.bands.items() for i, row in enumerate(band))]
    for band, i, slots in rows:
        filled = answers.bands.get(band, ())
        values = answers.single if not band else filled[i] if i < len(filled) else {}
        for key, at in slots.items():
            slot = at.piece
            assert isinstance(slot, Slot)
            if slot.formula is None:
                yield at.cell, values.get(key)
            elif isinstance(slot.formula, str) and "{#" in slot.formula:
                yield at.cell, "='01'!A1"
            elif not place.is_array(at):
                yield at.cell, "=" + place.formula(slot.formula, NAMES, at.row)
            elif i == 0:
                area = place.column_area(key)
                yield at.cell, ArrayFormula(area, "=" + place.formula(slot.formula, NAMES, at.row))


def read(path: Path) -> tuple[Decimal, list[Row]]:
    """Payments and validated indicator rows of a workbook, with their addresses known in advance.

    As xlperf does, it also validates what else stands on a project's sheet, and looks whether every label is the one
    the form has; unlike xlperf, it does not look at formulas, comments, merges, strays, other sheets, or the seal.
    """
    book = openpyxl.load_workbook(path, data_only=True)
    paid, rows = Decimal(0), []
    for sheet in book.worksheets:
        marker = next(filter(None, (read_marker(cell.value) for cell in sheet[1])), None)
        if marker is None or marker.kind != "project":
            continue
        place = layout(PROJECT, marker.sizes)
        heads = (getattr(at.piece, "text", "") for at in place.labels)
        if any(head and sheet[at.cell].value != head for head, at in zip(heads, place.labels, strict=True)):
            raise ValueError(f"{path}: {sheet.title}")
        Head(
            code=sheet[place.slots["code"].cell].value,
            name=sheet[place.slots["name"].cell].value,
            budget={key: _plain(sheet[place.slots[f"budget.{key}"].cell].value) for key in BUDGET},
            shares=[_plain(sheet[place.slots[f"shares.{i}"].cell].value) for i in range(4)],
            purpose=sheet[place.slots["purpose"].cell].value,
            objectives=[sheet[row["objectives.text"].cell].value for row in place.bands["objectives"]],
        )
        for row in place.bands["payments"]:
            amount = sheet[row["payments.amount"].cell].value
            paid += Decimal(str(amount)) if isinstance(amount, (int, float)) else 0
        for row in place.bands["indicators"]:
            said = [sheet[row[key].cell].value for key in COLUMNS]
            if said[0]:
                rows.append(Row(**dict(zip(Row.model_fields, map(_plain, said), strict=True))))
    return paid, rows


def read_with_formulas(path: Path) -> tuple[Decimal, list[Row], list[str]]:
    """As `read`, and the places where a formula was typed for an answer, as xlperf reports them.

    openpyxl gives either results or formulas: to see both, the workbook is loaded twice.
    """
    paid, rows = read(path)
    typed = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        marker = next(filter(None, (read_marker(cell.value) for cell in sheet[1])), None)
        if marker is None or marker.kind != "project":
            continue
        place = layout(PROJECT, marker.sizes)
        slots = [place.slots, *(row for rows in place.bands.values() for row in rows)]
        inputs = (at.cell for row in slots for at in row.values() if getattr(at.piece, "role", None) is Role.INPUT)
        typed += [f"{sheet.title}!{cell}" for cell in inputs if sheet[cell].data_type == "f"]
    return paid, rows, typed


def _plain(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value
