"""Draws a form's chart with openpyxl: columns against a line, over a region of its sheet."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, SpreadsheetDrawing, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.xml.functions import tostring

from xlperf.form import Chart, Layout
from xlperf.ooxml.a1 import quoted_title
from xlperf.ooxml.serialise import attribute, respelled

TITLE = "XLPERF"  # of the sheet that is drawn on; no person writes such a title
UNTITLED = 'name="Chart 1"'  # how openpyxl calls a drawn chart
BLUE, ORANGE = "5B8DB8", "E08A3C"


def chart_parts(layout: Layout, spec: Chart) -> tuple[str, str]:
    """The drawing and the chart of a sheet that has the title TITLE; the chart's own title is read aloud."""

    def column(key: str) -> Reference:
        return Reference(range_string=f"{quoted_title(TITLE)}!{layout.absolute(key)}")

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
    drawing = SpreadsheetDrawing()
    drawing.charts.append(bars)
    frame = respelled(tostring(drawing._write()))
    named = frame.replace(UNTITLED, f'{UNTITLED} descr="{attribute(spec.title)}"')
    return named, respelled(tostring(bars._write()))


def _chart_title(text: str) -> Title:
    look = CharacterProperties(sz=1200, b=True)  # hundredths of a point
    run = RegularTextRun(rPr=look, t=text)
    return Title(tx=Text(rich=RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])])), overlay=False)
