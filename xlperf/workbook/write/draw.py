"""Draws forms with openpyxl: cells' looks, merges, validations, colours, chart, protection and print set-up.

Draws each distinct sheet once; what people write comes in later, at XML level (`fill`).
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.form import NAMES, Chart, Label, Layout, Place, Slot, lists
from xlperf.form.titles import CONTENTS
from xlperf.form.titles import LISTS as LISTS_TITLE
from xlperf.ooxml.a1 import address, column_letters
from xlperf.workbook.write.styles import Look, label_look, slot_look, tint_look

A4 = 9
PROMPT_TITLES = 32  # characters Excel allows in the title of a prompt
BLUE, ORANGE = "5B8DB8", "E08A3C"


def draw(sheets: Iterable[tuple[str, Layout]]) -> bytes:
    """An .xlsx with one drawn, unfilled sheet for each (title, layout), and the sheet of lists behind them."""
    book = Workbook()
    book.remove(book.active)
    for title, layout in sheets:
        draw_sheet(book.create_sheet(title), layout)
    hidden = book.create_sheet(LISTS_TITLE)
    for column, values in enumerate(lists().values(), start=1):
        for row, value in enumerate(values, start=1):
            hidden.cell(row, column, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def list_names() -> dict[str, str]:
    """The defined name of every list and the range it stands in."""
    return {
        name: f"'{LISTS_TITLE}'!${column_letters(i)}$1:${column_letters(i)}${len(values)}"
        for i, (name, values) in enumerate(lists().items(), start=1)
    }


def draw_sheet(sheet: Worksheet, layout: Layout) -> None:
    """Draw one form on an empty sheet."""
    form = layout.form
    for i, width in enumerate(form.widths, start=1):
        dimension = sheet.column_dimensions[column_letters(i)]
        dimension.width = width
        dimension.hidden = i > layout.visible_columns
    for row, height in layout.heights.items():
        sheet.row_dimensions[row].height = height
    for place in layout.labels:
        assert isinstance(place.piece, Label)
        _style(sheet, place, label_look(place.piece.look))
        cell = sheet.cell(place.row, place.column, place.piece.text or None)
        if place.piece.look == "link":
            cell.hyperlink = Hyperlink(ref=place.cell, location=f"'{CONTENTS}'!{address(1, 1)}")
    for place in layout.places:
        assert isinstance(place.piece, Slot)
        _style(sheet, place, slot_look(place.piece))
        if place.piece.link:
            # The title of the sheet it leads to is known when the sheet is filled.
            sheet.cell(place.row, place.column).hyperlink = Hyperlink(ref=place.cell, location=place.cell)
    _validate(sheet, layout)
    _tint(sheet, layout)
    if form.chart:
        _chart(sheet, layout, form.chart)
    _protect(sheet)
    _set_up_page(sheet, layout)


def _style(sheet: Worksheet, place: Place, look: Look) -> None:
    for row in range(place.row, place.last_row + 1):
        for column in range(place.column, place.last_column + 1):
            cell = sheet.cell(row, column)
            cell.font, cell.fill, cell.border = look.font, look.fill, look.border
            cell.alignment, cell.number_format, cell.protection = look.alignment, look.number_format, look.protection
    if place.merged:
        sheet.merge_cells(
            start_row=place.row, start_column=place.column, end_row=place.last_row, end_column=place.last_column
        )


def _columns(layout: Layout) -> Iterable[tuple[Slot, str, int]]:
    """Each distinct slot with the range it fills and its first row."""
    for place in layout.slots.values():
        assert isinstance(place.piece, Slot)
        yield place.piece, place.area, place.row
    for rows in layout.bands.values():
        for first, last in zip(rows[0].values(), rows[-1].values(), strict=True):
            assert isinstance(first.piece, Slot)
            yield first.piece, f"{first.cell}:{address(last.last_row, last.last_column)}", first.row


def _validate(sheet: Worksheet, layout: Layout) -> None:
    for slot, area, row in _columns(layout):
        if slot.bound is None:
            continue
        formula1, formula2 = layout.bound(slot.bound, NAMES, row)
        sheet.add_data_validation(
            DataValidation(
                type=slot.bound.type,
                operator=None if slot.bound.type in ("list", "custom") else "between",
                formula1=formula1,
                formula2=formula2 or None,
                allow_blank=slot.bound.type != "custom",  # see `bounds.custom`
                showErrorMessage=True,
                showInputMessage=True,
                errorStyle="warning" if slot.bound.warning else "stop",
                promptTitle=slot.label[:PROMPT_TITLES],
                prompt=slot.bound.prompt,
                errorTitle=slot.label[:PROMPT_TITLES],
                error=slot.bound.error,
                sqref=area,
            )
        )


def _tint(sheet: Worksheet, layout: Layout) -> None:
    for slot, area, row in _columns(layout):
        for tint in slot.tints:
            rule = Rule(type="expression", dxf=tint_look(tint.look, tint.mark), formula=[layout.tint(tint, NAMES, row)])
            sheet.conditional_formatting.add(area, rule)


def _chart(sheet: Worksheet, layout: Layout, spec: Chart) -> None:
    def column(key: str) -> Reference:
        places = layout.column(key)
        return Reference(
            sheet, min_col=places[0].column, min_row=places[0].row, max_col=places[0].column, max_row=places[-1].row
        )

    bars, line = BarChart(), LineChart()
    for chart, (name, key) in ((bars, spec.bars), (line, spec.line)):
        chart.append(SeriesFactory(column(key), title=name))
        chart.set_categories(column(spec.categories))
    bars.gapWidth = 60
    bars.series[0].graphicalProperties = GraphicalProperties(solidFill=BLUE)
    line.series[0].graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=ORANGE, w=28_575))
    line.series[0].marker.symbol = "circle"
    line.series[0].marker.size = 6
    line.series[0].marker.graphicalProperties = GraphicalProperties(
        solidFill=ORANGE, ln=LineProperties(solidFill=ORANGE)
    )
    line.series[0].smooth = False
    bars.title = _chart_title(spec.title)
    bars.y_axis.number_format = "0%"
    bars.y_axis.scaling.min = 0
    bars.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E7EB"))
    bars.x_axis.delete = bars.y_axis.delete = False  # openpyxl hides both otherwise
    bars.legend.position = "b"
    bars += line
    region = layout.look(spec.over)
    edge = 60_000  # EMU of air inside the frame
    bars.anchor = TwoCellAnchor(
        _from=AnchorMarker(col=region.column - 1, row=region.row - 1, colOff=edge, rowOff=edge),
        to=AnchorMarker(col=region.last_column, row=region.last_row),
    )
    sheet.add_chart(bars)


def _chart_title(text: str) -> Title:
    look = CharacterProperties(sz=1200, b=True)  # hundredths of a point
    run = RegularTextRun(rPr=look, t=text)
    return Title(tx=Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])), overlay=False)


def _protect(sheet: Worksheet) -> None:
    protection = sheet.protection
    protection.sheet = True  # without a password: it guides, the seal detects
    protection.formatRows = protection.formatColumns = False  # False = allowed: a clerk may widen what he reads
    protection.objects = protection.scenarios = False


def _set_up_page(sheet: Worksheet, layout: Layout) -> None:
    form = layout.form
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    if form.freeze_below:
        sheet.freeze_panes = address(form.freeze_below + 1, 1)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page = sheet.page_setup
    page.paperSize, page.orientation = A4, "landscape" if form.landscape else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    for row in layout.page_starts:
        sheet.row_breaks.append(Break(id=row - 1))
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.right.text = "&A"
