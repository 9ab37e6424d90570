"""What a user would write instead: openpyxl in a loop, one cell after the other. The yardstick of the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import python_calamine
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel
from written_down import FORM_SET, Look, Sheet

from xlperf.form import EDITIONS, Chart, Layout, Role, layout, read_marker
from xlperf.form.looks import FONT, LINE
from xlperf.ooxml.a1 import column_letters


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
    objectives: str | None


PROJECT = EDITIONS[FORM_SET]["project"]
BUDGET = ("initial", "adjusted", "fiscal_funds", "other_funds", "carryover")
COLUMNS = [f"indicators.{name}" for name in Row.model_fields]


class Styles(NamedTuple):
    """openpyxl's objects for a look, made once, as openpyxl advises."""

    font: Font
    fill: PatternFill
    border: Border
    alignment: Alignment
    protection: Protection


@cache
def styles(look: Look) -> Styles:
    """What openpyxl sets on a cell of this look."""
    side = Side(style="thin", color=LINE) if look.bordered else Side()
    return Styles(
        Font(name=FONT, size=look.size, bold=look.bold, color=look.colour),
        PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        Border(side, side, side, side),
        Alignment(horizontal=look.horizontal, vertical="center", wrap_text=True),
        Protection(locked=look.locked),
    )


def generate(sheets: Sequence[Sheet], target: Path) -> None:
    """The sheets, drawn and filled by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, drawn, values in sheets:
        sheet = book.create_sheet(title)
        for column, width in enumerate(drawn.widths, start=1):
            sheet.column_dimensions[column_letters(column)].width = width
        for row, height in drawn.heights.items():
            sheet.row_dimensions[row].height = height
        for at, look in drawn.looks:
            of_look = styles(look)
            for row in range(at.row, at.last_row + 1):
                for column in range(at.column, at.last_column + 1):
                    cell = sheet.cell(row, column)
                    cell.font, cell.fill, cell.border = of_look.font, of_look.fill, of_look.border
                    cell.alignment, cell.protection = of_look.alignment, of_look.protection
                    cell.number_format = look.number_format
            if at.merged:
                sheet.merge_cells(at.area)
        for address, text in drawn.texts:
            sheet[address] = text
        for address, formula, area in drawn.formulas:
            sheet[address] = ArrayFormula(area, formula) if area else formula
        for bound in drawn.bounds:
            sheet.add_data_validation(
                DataValidation(
                    type=bound.type,
                    operator=None if bound.type in ("list", "custom") else "between",
                    formula1=bound.formula1,
                    formula2=bound.formula2 or None,
                    errorStyle="warning" if bound.warning else "stop",
                    promptTitle=bound.title,
                    prompt=bound.prompt,
                    errorTitle=bound.title,
                    error=bound.error,
                    sqref=bound.area,
                )
            )
        for tint in drawn.tints:
            colour, bold, fill = tint.look
            dxf = DifferentialStyle(
                font=Font(color=colour, bold=bold), fill=PatternFill(bgColor=fill, fill_type="solid") if fill else None
            )
            sheet.conditional_formatting.add(tint.area, Rule(type="expression", dxf=dxf, formula=[tint.formula]))
        if drawn.chart:
            _chart(sheet, drawn.place, drawn.chart)
        sheet.protection.sheet = True
        for address, value in values:
            sheet[address] = value
            if isinstance(value, str):
                sheet[address].data_type = "s"  # whatever begins with =
    book.save(target)


def _chart(sheet: Worksheet, place: Layout, chart: Chart) -> None:
    def column(key: str) -> Reference:
        return Reference(sheet, range_string=f"'{sheet.title}'!{place.absolute(key)}")

    bars, line = BarChart(), LineChart()
    for part, (_, key) in ((bars, chart.bars), (line, chart.line)):
        part.add_data(column(key))
        part.set_categories(column(chart.categories))
    bars += line
    sheet.add_chart(bars, place.look(chart.over).cell)


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
            objectives=sheet[place.slots["objectives"].cell].value,
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


def read_by_calamine(path: Path) -> int:
    """The cells of a workbook, as calamine gives them; nothing is looked at."""
    book = python_calamine.load_workbook(path)
    return sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())


def _plain(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value
