"""A drawn sheet taken apart at its slots, so that filling one in is joining strings.

openpyxl cannot write a formula together with its cached result, and is slow; it draws, this fills.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from xlperf.form import NAMES, Answers, Cell, Kind, Label, Layout, Place, Role, Slot
from xlperf.form.placement import Elsewhere
from xlperf.ooxml.a1 import address
from xlperf.ooxml.dates import serial
from xlperf.ooxml.namespaces import MAIN
from xlperf.ooxml.serialise import DECLARATION, attribute, escape, inline_text, serialise, text_xml

LINE_HEIGHT = 13.5  # points of one line at 10 pt
LARGEST_HEIGHT = 409.0  # Excel's limit for a row
WORDY = (Kind.TEXT, Kind.PARAGRAPH, Kind.QUANTITY)  # what may need several lines
_SEAM = re.compile("<\\?slot ([^?]+?) ?\\?>|\ue000(height|link) (\\d+)\ue001")


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a cell this wide; a CJK character is two narrow ones wide."""
    room = max(width - 1.5, 1)
    return sum(max(1, math.ceil(len(line.encode("gb18030")) * 1.05 / room)) for line in text.split("\n"))


@dataclass(frozen=True)
class _Cell:
    """The fixed parts of a slot's cell: its opening, its formula if it computes, where its value comes from."""

    opening: str
    formula: str
    template: str  # a formula that mentions another sheet, rendered for each filling
    band: str
    index: int
    key: str
    row: int
    computed: bool  # below the first cell of an array column: a result without a formula of its own


class SheetTemplate:
    """One drawn sheet: text between the slots, and what every slot needs to be filled in."""

    def __init__(self, xml: bytes, layout: Layout) -> None:
        self.layout = layout
        places = {place.cell: place for place in layout.places}
        root = ET.fromstring(xml)
        data = root.find(f"{{{MAIN}}}sheetData")
        assert data is not None
        styles: dict[str, str] = {}
        for row in data:
            row.set("ht", f"\ue000height {row.get('r')}\ue001")
            for i, cell in enumerate(row):
                at = cell.get("r", "")
                if at in places:
                    styles[at] = cell.get("s", "0")
                    row.remove(cell)
                    row.insert(i, ET.ProcessingInstruction("slot", at))
        for link in root.iter(f"{{{MAIN}}}hyperlink"):
            if link.get("ref", "") in places:
                link.set("location", f"\ue000link {places[link.get('ref', '')].row}\ue001")
        pieces = _SEAM.split(serialise(root))
        self._texts = pieces[0::4]
        self._seams = list(zip(pieces[1::4], pieces[2::4], pieces[3::4], strict=True))
        self._cells = dict(_cells(layout, styles))
        self._growing = _growing_slots(layout)
        self._label_heights = _label_heights(layout)

    def fill(
        self,
        answers: Answers,
        elsewhere: Mapping[int, Elsewhere] | None = None,
        links: Mapping[int, str] | None = None,
    ) -> str:
        """The sheet's XML with these answers; rows that stand for another sheet get its references and link."""
        heights = self._heights(answers)
        out = [self._texts[0]]
        for (at, what, row), text in zip(self._seams, self._texts[1:], strict=True):
            if at:
                out.append(self._cell(self._cells[at], answers, elsewhere))
            elif what == "height":
                out.append(f"{heights.get(int(row), 15):g}")
            else:
                # A link has to lead somewhere: in a row without a sheet, to itself.
                out.append(attribute((links or {}).get(int(row)) or address(int(row), 1)))
            out.append(text)
        return DECLARATION + "".join(out)

    def _cell(self, cell: _Cell, answers: Answers, elsewhere: Mapping[int, Elsewhere] | None) -> str:
        if cell.band:
            rows = answers.bands.get(cell.band, ())
            value = rows[cell.index].get(cell.key) if cell.index < len(rows) else None
        else:
            value = answers.single.get(cell.key)
        formula = cell.formula
        if cell.template:
            other = (elsewhere or {}).get(cell.row)
            if other:
                formula = f"<f>{escape(self.layout.render(cell.template, NAMES, cell.row, other))}</f>"
        return _cell_xml(cell.opening, formula, value, cell.computed)

    def _heights(self, answers: Answers) -> dict[int, float]:
        heights = dict(self._label_heights)
        for row, band, index, key, width in self._growing:
            if band:
                rows = answers.bands.get(band, ())
                value = rows[index].get(key) if index < len(rows) else None
            else:
                value = answers.single.get(key)
            if isinstance(value, str):
                needed = lines(value, width) * LINE_HEIGHT + 6
                if needed > heights[row]:
                    heights[row] = min(needed, LARGEST_HEIGHT)
        return heights


def _cell_xml(opening: str, formula: str, value: Cell, computed: bool) -> str:
    match value:
        case None if not computed:
            return f"{opening}/>"
        case None:
            return f'{opening} t="str">{formula}<v></v></c>'
        case str() if computed:
            return f'{opening} t="str">{formula}<v>{text_xml(value)}</v></c>'
        case str():
            return f'{opening} t="inlineStr">{inline_text(value)}</c>'
        case dt.date():
            return f"{opening}>{formula}<v>{serial(value)}</v></c>"
        case Decimal():
            return f"{opening}>{formula}<v>{value:f}</v></c>"
        case _:
            return f"{opening}>{formula}<v>{value}</v></c>"


def _cells(layout: Layout, styles: Mapping[str, str]) -> list[tuple[str, _Cell]]:
    cells = []
    for place in layout.slots.values():
        cells.append((place.cell, _fixed(layout, place, styles[place.cell], 0)))
    for rows in layout.bands.values():
        for index, row in enumerate(rows):
            cells.extend((place.cell, _fixed(layout, place, styles[place.cell], index)) for place in row.values())
    return cells


def _fixed(layout: Layout, place: Place, style: str, index: int) -> _Cell:
    slot = place.piece
    assert isinstance(slot, Slot)
    formula = template = ""
    if slot.formula is not None:
        if isinstance(slot.formula, str) and "{#" in slot.formula:
            template = slot.formula
        elif not layout.is_array(place):
            formula = f"<f>{escape(layout.formula(slot.formula, NAMES, place.row))}</f>"
        elif index == 0:
            area = layout.column_area(slot.key)
            formula = f'<f t="array" ref="{area}">{escape(layout.formula(slot.formula, NAMES, place.row))}</f>'
    opening = f'<c r="{place.cell}" s="{style}"'
    return _Cell(opening, formula, template, place.band, index, slot.key, place.row, slot.role is Role.COMPUTED)


def _growing_slots(layout: Layout) -> list[tuple[int, str, int, str, float]]:
    """Where text may need more height than the row has: (row, band, index, key, width of the cell)."""
    growing = []
    for band, rows in [("", [layout.slots]), *layout.bands.items()]:
        for index, row in enumerate(rows):
            for key, place in row.items():
                assert isinstance(place.piece, Slot)
                if place.piece.kind in WORDY and place.column <= layout.visible_columns:
                    width = sum(layout.form.widths[place.column - 1 : place.last_column])
                    growing.append((place.row, band, index, key, width))
    return growing


def _label_heights(layout: Layout) -> dict[int, float]:
    heights = dict(layout.heights)
    for place in layout.labels:
        assert isinstance(place.piece, Label)
        if place.row == place.last_row and place.piece.text:
            width = sum(layout.form.widths[place.column - 1 : place.last_column])
            heights[place.row] = max(heights[place.row], lines(place.piece.text, width) * LINE_HEIGHT + 6)
    return heights
