"""A sheet taken apart at its slots, so that filling one in is joining strings.

Written as text: openpyxl cannot write a formula together with its cached result, and is slow.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.form import Answers, Cell, Kind, Label, Layout, Place, Role, Slot
from xlperf.form.placement import Elsewhere
from xlperf.model.text import fitted_to_cell
from xlperf.ooxml.a1 import address
from xlperf.ooxml.dates import serial
from xlperf.ooxml.serialise import attribute, escape, inline_text, text_xml
from xlperf.workbook.write.frame import Tints, before_rows, behind_rows, link_name

LINE_HEIGHT = 13.5  # points of one line at 10 pt
LARGEST_HEIGHT = 409.0  # Excel's limit for a row
WORDY = (Kind.TEXT, Kind.PARAGRAPH, Kind.QUANTITY)  # what may need several lines
Style = Callable[[Slot | Label], int]
"""The number of a piece's style in the workbook."""


@lru_cache(maxsize=4096)  # choices, units and names recur
def lines(text: str, width: float) -> int:
    """How many lines the text takes in a cell this wide; a CJK character is two narrow ones wide."""
    room = max(width - 1.5, 1)
    return sum(max(1, math.ceil(len(line.encode("gb18030")) * 1.05 / room)) for line in text.split("\n"))


class _Cell(NamedTuple):
    """The fixed parts of a slot's cell: its opening, and its formula if it computes."""

    address: str
    row: int
    opening: str
    formula: str
    template: str  # a formula that mentions another sheet, rendered for each filling
    computed: bool  # below the first cell of an array column: a result without a formula of its own
    width: float  # of the text with which the row grows, 0 where it does not


class SheetTemplate:
    """A sheet as named pieces of text; those that change (cells of slots, heights, links) stand as on a blank form."""

    def __init__(self, layout: Layout, style: Style, tints: Tints) -> None:
        self.layout = layout
        self._heights = _label_heights(layout)
        self._slots = {key: _fixed(layout, place, style) for key, place in layout.slots.items()}
        self._bands = {
            band: [
                {key: _fixed(layout, place, style, not i) for key, place in row.items()} for i, row in enumerate(rows)
            ]
            for band, rows in layout.bands.items()
        }
        self._pieces: dict[str, str] = {}
        fixed = ""
        for name, text in self._blank(style, tints):
            if name:
                self._pieces[name], fixed = text, f"after {name}"
            else:
                self._pieces[fixed] = self._pieces.get(fixed, "") + text

    def fill(self, answers: Answers, elsewhere: Mapping[int, Elsewhere], links: Mapping[int, str]) -> str:
        """The sheet's XML with these answers; rows that stand for another sheet get its references and link."""
        pieces, heights = self._pieces.copy(), dict[int, float]()
        rows = [(self._slots, answers.single)]
        for band, cells in self._bands.items():
            rows += zip(cells, answers.bands.get(band, ()), strict=False)
        for slots, values in rows:
            for key, value in values.items():
                cell = slots.get(key)
                if cell is None or (value is None and not cell.template):
                    continue
                formula, other = cell.formula, elsewhere.get(cell.row)
                if cell.template and other:
                    formula = f"<f>{escape(self.layout.render(cell.template, cell.row, other))}</f>"
                pieces[cell.address] = _cell_xml(cell.opening, formula, value, cell.computed)
                if cell.width and isinstance(value, str):
                    needed = lines(value, cell.width) * LINE_HEIGHT + 6
                    if needed > heights.get(cell.row, self._heights[cell.row]):
                        heights[cell.row] = needed
        pieces.update((_height(row), f"{min(height, LARGEST_HEIGHT):g}") for row, height in heights.items())
        pieces.update((link_name(row), attribute(target)) for row, target in links.items())
        return "".join(pieces.values())

    def _blank(self, style: Style, tints: Tints) -> Iterator[tuple[str, str]]:
        """The pieces of the sheet while nothing is filled in; fixed ones have no name."""
        layout = self.layout
        rows = [self._slots, *(cells for band in self._bands.values() for cells in band)]
        slots = {cell.address: cell for cells in rows for cell in cells.values()}
        places = {
            (row, column): place
            for place in layout.pieces
            for row in range(place.row, place.last_row + 1)
            for column in range(place.column, place.last_column + 1)
        }
        yield "", before_rows(layout)
        for row, height in self._heights.items():
            yield "", f'<row r="{row}" ht="'
            yield _height(row), f"{height:g}"
            yield "", '" customHeight="1">'
            for column in range(1, layout.columns + 1):
                at, place = address(row, column), places.get((row, column))
                if at in slots:
                    yield at, _cell_xml(slots[at].opening, slots[at].formula, None, slots[at].computed)
                elif place:
                    text = place.piece.text if isinstance(place.piece, Label) and at == place.cell else ""
                    yield "", _cell_xml(_opening(at, place, style), "", text or None, False)
            yield "", "</row>"
        yield from behind_rows(layout, tints)


def _cell_xml(opening: str, formula: str, value: Cell, computed: bool) -> str:
    match value:
        case None if not computed:
            return f"{opening}/>"
        case None:
            return f'{opening} t="str">{formula}<v></v></c>'
        case str() if computed:
            return f'{opening} t="str">{formula}<v>{text_xml(fitted_to_cell(value))}</v></c>'
        case str():
            return f'{opening} t="inlineStr">{inline_text(value)}</c>'
        case dt.date():
            return f"{opening}>{formula}<v>{serial(value)}</v></c>"
        case Decimal():
            return f"{opening}>{formula}<v>{value:f}</v></c>"
        case _:
            return f"{opening}>{formula}<v>{value}</v></c>"


def _fixed(layout: Layout, place: Place[Slot], style: Style, is_first: bool = True) -> _Cell:
    """The fixed parts of a slot's cell; `is_first` of its column."""
    slot = place.piece
    formula = template = ""
    if slot.formula is not None:
        if isinstance(slot.formula, str) and "{#" in slot.formula:
            template = slot.formula
        elif not layout.is_array(place):
            formula = f"<f>{escape(layout.formula(slot.formula, place.row))}</f>"
        elif is_first:
            area = layout.column_area(slot.key)
            formula = f'<f t="array" ref="{area}">{escape(layout.formula(slot.formula, place.row))}</f>'
    grows = slot.kind in WORDY and place.column <= layout.visible_columns
    return _Cell(
        address=place.cell,
        row=place.row,
        opening=_opening(place.cell, place, style),
        formula=formula,
        template=template,
        computed=slot.role is Role.COMPUTED,
        width=_width(layout, place) if grows else 0,
    )


def _opening(cell: str, place: Place[Slot | Label], style: Style) -> str:
    return f'<c r="{cell}" s="{style(place.piece)}"'


def _width(layout: Layout, place: Place[Slot | Label]) -> float:
    return sum(layout.form.widths[place.column - 1 : place.last_column])


def _label_heights(layout: Layout) -> dict[int, float]:
    heights = dict(layout.heights)
    for place in layout.labels:
        if place.row == place.last_row and place.piece.text:
            needed = lines(place.piece.text, _width(layout, place)) * LINE_HEIGHT + 6
            heights[place.row] = max(heights[place.row], needed)
    return heights


def _height(row: int) -> str:
    return f"height {row}"
