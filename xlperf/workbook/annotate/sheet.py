"""Annotates one worksheet: highlights cells by conditional formats, and knows where cells lie on the screen.

A highlight is a rule of its own before all others, so that no cell style changes and taking it out is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from xlperf.model import Severity
from xlperf.ooxml.a1 import Area, address, area_of, position
from xlperf.ooxml.grid import LAST_COLUMN, LAST_ROW, YES
from xlperf.ooxml.xml_edit import Draft, Element, number
from xlperf.workbook.annotate.comment_boxes import Box
from xlperf.workbook.annotation_marks import HIGHLIGHT
from xlperf.workbook.write.fill import lines

# Children of a worksheet, in the order of the schema.
_ORDER = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems
tableParts extLst
"""
ORDER = tuple(_ORDER.split())
FORMULA = f'LEN("{HIGHLIGHT}")={len(HIGHLIGHT)}'  # always true, and known again after a save by any program
MOST_AREAS = 500  # of one block; Excel keeps lists of areas within some 8,000 characters
_DEEP = frozenset(("col", "row", "mergeCell", "cfRule"))

BOX_WIDTH, LINE_PIXELS, BOX_LETTERS = 300, 16, 44
LOWEST, HIGHEST = 40, 640
USUAL_WIDTH, USUAL_HEIGHT = 9.14, 15.0
FARTHEST = 4_000  # rows or columns a box reaches over, the hidden ones counted
_GAP, _DROP = 12, 4  # pixels the box stands off to the right and down

_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")
_SELECTED = re.compile(rb"""(<(?:\w+:)?sheetView\b[^<>]*?\stabSelected)\s*=\s*(?:"[^"]*"|'[^']*')""")


class AnnotatedSheet:
    """A worksheet part; without our highlights from the start."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.draft = draft = Draft(xml, part, lambda name, depth: depth < 2 or name in _DEEP)
        self._rules = draft.all("cfRule")
        self._foreign = [rule for rule in self._rules if not self._is_ours(rule)]
        self._take_out_ours()
        references = (element.attributes.get("ref", "") for element in draft.all("mergeCell"))
        self._merges = [area for area in map(area_of, references) if area]
        self._columns = _columns(element.attributes for element in draft.all("col"))
        self._rows = {element.attributes.get("r", ""): element.attributes for element in draft.all("row")}
        self._format = next((element.attributes for element in draft.all("sheetFormatPr")), {})

    @property
    def legacy(self) -> str:
        """The id of the relationship to the drawing of comment boxes and old controls; "" where there is none."""
        element = self.draft.child("legacyDrawing")
        return element.attributes.get("id", "") if element else ""

    def lead_to_legacy(self, key: str, namespace: str) -> None:
        """Use the drawing of the relationship with this id, and no other."""
        self.drop_legacy()
        self.draft.insert(ORDER, "legacyDrawing", f'<legacyDrawing xmlns:r="{namespace}" r:id="{key}"/>')

    def drop_legacy(self) -> None:
        """Use no such drawing any more."""
        for element in self.draft.all("legacyDrawing"):
            self.draft.remove(element)

    # --- highlights ---------------------------------------------------------------------------------------------------

    def highlight(self, cells: Mapping[Severity, Iterable[str]], styles: Mapping[Severity, int]) -> None:
        """Paint these cells, merged ones whole, in the differential styles of their severities."""
        blocks: list[str] = []
        for severity in Severity:
            areas = list(dict.fromkeys(_reference(self.whole(cell)) for cell in cells.get(severity, ())))
            for at in range(0, len(areas), MOST_AREAS):
                attributes = f'type="expression" dxfId="{styles[severity]}" priority="{len(blocks) + 1}"'
                rule = f"<cfRule {attributes}><formula>{FORMULA}</formula></cfRule>"
                painted = " ".join(areas[at : at + MOST_AREAS])
                blocks.append(f'<conditionalFormatting sqref="{painted}">{rule}</conditionalFormatting>')
        if blocks:
            self.draft.insert(ORDER, "conditionalFormatting", "".join(blocks))
            self._renumber(len(blocks) + 1)

    def _renumber(self, first: int) -> None:
        """Let the rules of others begin with this priority."""
        rules = [rule for rule in self._foreign if "priority" in rule.attributes]
        numbers = [int(number(rule.attributes["priority"], first)) for rule in rules]
        lowest = min(numbers, default=first)
        for rule, priority in zip(rules, numbers, strict=True):
            self.draft.set(rule, "priority", str(priority - lowest + first))

    def _take_out_ours(self) -> None:
        """Remove our rules, also from a block that they share with rules of others after a save by another program."""
        for block in self.draft.all("conditionalFormatting"):
            inner = [rule for rule in self.draft.children(block) if rule.name == "cfRule"]
            ours = [rule for rule in inner if self._is_ours(rule)]
            for gone in [block] if ours and len(ours) == len(inner) else ours:
                self.draft.remove(gone)
        if len(self._foreign) < len(self._rules):
            self._renumber(1)

    def _is_ours(self, rule: Element) -> bool:
        return HIGHLIGHT.encode() in self.draft.source(rule)

    # --- where things lie ---------------------------------------------------------------------------------------------

    def whole(self, cell: str) -> Area:
        """The merged area the cell is in, or the cell."""
        row, column = position(cell) or (1, 1)
        for area in self._merges:
            if area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                return area
        return row, column, row, column

    def shown_at(self, cell: str) -> str:
        """The cell at which a comment about this one can be seen: under a merge none is."""
        row, column, _, _ = self.whole(cell)
        return address(row, column)

    def title_cell(self, cells: Iterable[str]) -> str:
        """The first of these cells that can be seen, in the order of reading."""
        places = sorted(place for place in map(position, cells) if place)
        seen = (place for place in places if self._height(place[0]) and self._width(place[1]))
        return address(*next(seen, (1, 1)))

    def box(self, cell: str, text: str) -> Box:
        """Where the comment of a cell is shown: beside it or below, and as large as its text."""
        row, first, last_row, last = self.whole(cell)
        height = min(max(lines(text, BOX_LETTERS) * LINE_PIXELS + 10, LOWEST), HIGHEST)
        if sum(self._width(column) for column in range(first, last + 1)) <= BOX_WIDTH:
            left, top = last, max(row - 2, 0)
        else:  # beside a wide merged area nobody sees it
            left, top = first - 1, last_row
        left, into = _walk(self._widths(left + 1), left, _GAP)
        right, over = _walk(self._widths(left + 1), left, into + BOX_WIDTH)
        bottom, below = _walk(self._heights(top + 1), top, _DROP + height)
        return Box(row, first, BOX_WIDTH, height, (left, into, top, _DROP, right, over, bottom, below))

    def _widths(self, column: int) -> Iterator[int]:
        while column <= LAST_COLUMN:
            yield self._width(column)
            column += 1

    def _heights(self, row: int) -> Iterator[int]:
        while row <= LAST_ROW:
            yield self._height(row)
            row += 1

    def _width(self, column: int) -> int:
        """Pixels of a column; 0 when hidden."""
        known = self._columns.get(column)
        return _pixels(number(self._format.get("defaultColWidth"), USUAL_WIDTH)) if known is None else known

    def _height(self, row: int) -> int:
        """Pixels of a row; 0 when hidden."""
        known = self._rows.get(str(row), {})
        if known.get("hidden") in YES:
            return 0
        usual = number(self._format.get("defaultRowHeight"), USUAL_HEIGHT)
        return round(number(known.get("ht"), usual) * 4 / 3)


def deselected(xml: bytes) -> bytes:
    """A worksheet part that is not open; sheets selected together would be typed into together.

    Looks only at what stands before the data: sheets of others may be large.
    """
    data = _DATA.search(xml)
    head = xml[: data.start()] if data else xml
    return _SELECTED.sub(rb'\1="0"', head) + xml[len(head) :]


def _pixels(width: float) -> int:
    """A column width, in characters of the usual font, on the screen."""
    return int(width * 7 + 0.5)


def _columns(runs: Iterable[Mapping[str, str]]) -> dict[int, int]:
    """The pixels of each column in these `col` elements, 0 when hidden; of two for one column the first counts."""
    widths: dict[int, int] = {}
    done = 0
    for run in runs:
        width = 0 if run.get("hidden") in YES else _pixels(number(run.get("width"), USUAL_WIDTH))
        first, last = (int(number(run.get(name), 0)) for name in ("min", "max"))
        last = min(last, LAST_COLUMN)
        widths |= dict.fromkeys(range(max(first, done + 1), last + 1), width)
        done = max(done, last)
    return widths


def _walk(sizes: Iterable[int], index: int, pixels: int) -> tuple[int, int]:
    """The row or column so many pixels on, and how many pixels into it that is."""
    at = index
    for at, size in enumerate(islice(sizes, FARTHEST), start=index):
        if pixels < size:
            return at, pixels
        pixels -= size
    return at, 0


def _reference(area: Area) -> str:
    first, last = address(*area[:2]), address(*area[2:])
    return first if first == last else f"{first}:{last}"
