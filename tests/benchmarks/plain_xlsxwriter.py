"""The same sheets by a loop with XlsxWriter, the quickest way to write formatted workbooks in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from written_down import Bounded, Drawn, Look, Sheet
from xlsxwriter.worksheet import Worksheet

from xlperf.form.looks import FONT, LINE

TYPES = {"textLength": "length", "whole": "integer"}


def generate(sheets: Sequence[Sheet], target: Path) -> None:
    """The sheets, drawn and filled by XlsxWriter."""
    book = xlsxwriter.Workbook(target)
    formats = {look: book.add_format(_format(look)) for sheet in sheets for _, look in sheet.drawn.looks}
    tints = {tint.look: book.add_format(_tint(*tint.look)) for sheet in sheets for tint in sheet.drawn.tints}
    for title, drawn, values in sheets:
        sheet = book.add_worksheet(title)
        for column, width in enumerate(drawn.widths):
            sheet.set_column(column, column, width)
        for row, height in drawn.heights.items():
            sheet.set_row(row - 1, height)
        looks: dict[str, Any] = {}
        for at, look in drawn.looks:
            looks[at.cell] = formats[look]
            if at.merged:
                sheet.merge_range(at.row - 1, at.column - 1, at.last_row - 1, at.last_column - 1, "", formats[look])
            else:
                sheet.write_blank(at.row - 1, at.column - 1, None, formats[look])
        for address, text in drawn.texts:
            sheet.write_string(address, text, looks[address])
        for address, formula, area in drawn.formulas:
            if area:
                sheet.write_array_formula(area, formula, looks[address])
            else:
                sheet.write_formula(address, formula, looks[address])
        for bound in drawn.bounds:
            sheet.data_validation(bound.area, _validation(bound))
        for tint in drawn.tints:
            rule = {"type": "formula", "criteria": "=" + tint.formula, "format": tints[tint.look]}
            sheet.conditional_format(tint.area, rule)
        _chart(book, sheet, title, drawn)
        sheet.protect()
        for address, value in values:
            if isinstance(value, str):
                sheet.write_string(address, value, looks[address])
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(address, value, looks[address])
            else:
                sheet.write_datetime(address, value, looks[address])
    book.close()


def _format(look: Look) -> dict[str, Any]:
    return {
        "font_name": FONT,
        "font_size": look.size,
        "bold": look.bold,
        "font_color": f"#{look.colour}",
        "align": look.horizontal,
        "valign": "vcenter",
        "text_wrap": True,
        "num_format": look.number_format,
        "locked": look.locked,
        **({"bg_color": f"#{look.fill}"} if look.fill else {}),
        **({"border": 1, "border_color": f"#{LINE}"} if look.bordered else {}),
    }


def _tint(colour: str | None, bold: bool, fill: str | None) -> dict[str, Any]:
    colours = {"font_color": colour, "bg_color": fill}
    return {"bold": bold, **{name: f"#{value}" for name, value in colours.items() if value}}


def _validation(bound: Bounded) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "validate": TYPES.get(bound.type, bound.type),
        "input_title": bound.title,
        "input_message": bound.prompt,
        "error_title": bound.title,
        "error_message": bound.error,
        "error_type": "warning" if bound.warning else "stop",
    }
    if bound.type == "list":
        literal = bound.formula1.startswith('"')
        rule["source"] = bound.formula1.strip('"').split(",") if literal else "=" + bound.formula1
    elif bound.type == "custom":
        rule["value"] = "=" + bound.formula1
    else:
        rule |= {"criteria": "between", "minimum": "=" + bound.formula1, "maximum": "=" + bound.formula2}
    return rule


def _chart(book: xlsxwriter.Workbook, sheet: Worksheet, title: str, drawn: Drawn) -> None:
    if drawn.chart is None:
        return

    def area(key: str) -> str:
        return f"='{title}'!{drawn.place.absolute(key)}"

    categories = area(drawn.chart.categories)
    parts = []
    for kind, (name, key) in (("column", drawn.chart.bars), ("line", drawn.chart.line)):
        parts.append(book.add_chart({"type": kind}))
        parts[-1].add_series({"name": name, "categories": categories, "values": area(key)})
    parts[0].combine(parts[1])
    sheet.insert_chart(drawn.place.look(drawn.chart.over).cell, parts[0])
