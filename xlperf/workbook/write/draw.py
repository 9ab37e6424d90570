"""Draws forms with openpyxl: their styles, and of each layout merges, validations, colours, chart and print set-up.

Each is drawn once; cells, and what people write in them, come in later, at XML level (`fill`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.form import Chart, Form, Label, Layout, Place, Slot, Tint, lists
from xlperf.form.titles import CONTENTS
from xlperf.form.titles import LISTS as LISTS_TITLE
from xlperf.ooxml.a1 import address, column_letters
from xlperf.ooxml.serialise import respelled
from xlperf.ooxml.zip_out import parts_of
from xlperf.workbook.write.assemble import SHARED
from xlperf.workbook.write.styles import Look, look_of, tint_look

TITLE, SHEET = "XLPERF", "xl/worksheets/sheet1.xml"  # of what is drawn; no person writes such a title
A4 = 9
PROMPT_TITLES = 32  # characters Excel allows in the title of a prompt
BLUE, ORANGE = "5B8DB8", "E08A3C"


class Styles:
    """The styles of some forms, the same for every layout of theirs, and the sheet of lists beside them.

    `tints` are the numbers of (look, mark) there; `shared` are the parts of such a workbook beside its sheets.
    """

    def __init__(self, forms: Iterable[Form]) -> None:
        book = Workbook()
        hidden = book.active
        hidden.title = LISTS_TITLE
        for column, values in enumerate(lists().values(), start=1):
            for row, value in enumerate(values, start=1):
                hidden.cell(row, column, value)
        sheet = book.create_sheet()
        self._forms = tuple(forms)  # kept, so that their pieces are known by identity: to look at one takes time
        self._numbers: dict[int, int] = {}
        looks: dict[Look, int] = {}
        rules: dict[tuple[str, str], Rule] = {}
        for form in self._forms:
            slots = [slot for _, slot in form.slots]
            pieces: list[Slot | Label] = [*form.labels, *slots]
            for piece in pieces:
                look = look_of(piece)
                if look not in looks:
                    cell = sheet.cell(len(looks) + 1, 1)
                    look.put_on(cell)
                    looks[look] = cell.style_id
                self._numbers[id(piece)] = looks[look]
            for tint in (tint for slot in slots for tint in slot.tints):
                if (tint.look, tint.mark) not in rules:
                    rules[tint.look, tint.mark] = Rule(type="expression", dxf=tint_look(tint))
        for rule in rules.values():
            sheet.conditional_formatting.add(address(1, 1), rule)
        parts = _saved(book)
        self.shared = {name: respelled(parts[name]).encode() for name in SHARED if name in parts}
        self.lists = respelled(parts[SHEET])
        self.tints = {tint: rule.dxfId for tint, rule in rules.items()}

    def number(self, piece: Slot | Label) -> int:
        """The number of the piece's style."""
        return self._numbers[id(piece)]


def draw(layout: Layout, tints: Mapping[tuple[str, str], int]) -> dict[str, bytes]:
    """The parts of a workbook with one sheet, TITLE: the layout without its cells, coloured by these `Styles.tints`."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE
    sheet.cell(1, 1, TITLE)
    sheet.cell(layout.last_row, layout.columns, TITLE)  # so that openpyxl knows the extent
    for place in layout.pieces:
        if place.merged:
            sheet.merged_cells.ranges.add(
                CellRange(min_col=place.column, min_row=place.row, max_col=place.last_column, max_row=place.last_row)
            )
        link = link_of(place)
        if link:
            sheet[place.cell].hyperlink = Hyperlink(ref=place.cell, location=link)
    for area, tint, formula in tints_of(layout):
        rule = Rule(type="expression", dxfId=tints[tint.look, tint.mark], formula=[formula])
        sheet.conditional_formatting.add(area, rule)
    set_up(sheet, layout)
    return _saved(book)


def _saved(book: Workbook) -> dict[str, bytes]:
    out = BytesIO()
    book.save(out)
    return parts_of(out.getvalue())


def list_names() -> dict[str, str]:
    """The defined name of every list and the range it stands in."""
    return {
        name: f"'{LISTS_TITLE}'!${column_letters(i)}$1:${column_letters(i)}${len(values)}"
        for i, (name, values) in enumerate(lists().items(), start=1)
    }


def set_up(sheet: Worksheet, layout: Layout) -> None:
    """Give a sheet all that is not in its cells: widths, validations, chart, protection and print set-up."""
    for i, width in enumerate(layout.form.widths, start=1):
        dimension = sheet.column_dimensions[column_letters(i)]
        dimension.width = width
        dimension.hidden = i > layout.visible_columns
    _validate(sheet, layout)
    if layout.form.chart:
        _chart(sheet, layout, layout.form.chart)
    _protect(sheet)
    _set_up_page(sheet, layout)


def link_of(place: Place[Slot | Label]) -> str:
    """Where a click on it leads, "" for nowhere; of a slot to itself, as the sheet is known when it is filled."""
    if isinstance(place.piece, Slot):
        return place.cell if place.piece.link else ""
    return f"'{CONTENTS}'!{address(1, 1)}" if place.piece.look == "link" else ""


def _columns(layout: Layout) -> Iterable[tuple[Slot, str, int]]:
    """Each distinct slot with the range it fills and its first row."""
    for place in layout.slots.values():
        yield place.piece, place.area, place.row
    for rows in layout.bands.values():
        for first, last in zip(rows[0].values(), rows[-1].values(), strict=True):
            yield first.piece, f"{first.cell}:{address(last.last_row, last.last_column)}", first.row


def _validate(sheet: Worksheet, layout: Layout) -> None:
    for slot, area, row in _columns(layout):
        if slot.bound is None:
            continue
        formula2 = layout.render(slot.bound.formula2, row)
        sheet.add_data_validation(
            DataValidation(
                type=slot.bound.type,
                operator=None if slot.bound.type in ("list", "custom") else "between",
                formula1=layout.render(slot.bound.formula1, row),
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


def tints_of(layout: Layout) -> Iterator[tuple[str, Tint, str]]:
    """Each tint with the range it colours and its formula there."""
    for slot, area, row in _columns(layout):
        for tint in slot.tints:
            yield area, tint, layout.render(tint.formula, row)


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
