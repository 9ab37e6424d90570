"""Faults of drawings and charts. One function for each kind of fault."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from judges.areas import LAST_COLUMN, LAST_ROW
from judges.opened import Opened
from judges.package_faults import Found

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AXES = ("catAx", "valAx", "dateAx", "serAx")


def drawings(book: Opened) -> Iterator[tuple[str, str, ET.Element]]:
    """Every drawing: title of its sheet, part, XML."""
    for sheet in book.sheets:
        yield from ((sheet.title, part, root) for part, root in sheet.related("drawing"))


def charts(book: Opened) -> Iterator[tuple[str, str, ET.Element]]:
    """Every chart: title of the sheet it stands on, part, XML."""
    for title, drawing, _ in drawings(book):
        for line in book.relationships(drawing):
            if line.kind == "chart" and line.target in book.parts:
                yield title, line.target, book.root(line.target)


def impossible_anchors(book: Opened) -> Iterator[Found]:
    """A drawn thing begins and ends on the sheet, and ends after it begins."""
    for title, part, root in drawings(book):
        for anchor in root.iter(f"{DRAWING}twoCellAnchor"):
            first, last = _corner(anchor.find(f"{DRAWING}from")), _corner(anchor.find(f"{DRAWING}to"))
            inside = 0 <= first[0] <= last[0] <= LAST_COLUMN and 0 <= first[1] <= last[1] <= LAST_ROW
            if not inside or first == last:
                yield f"{title}, {part}", f"stands from {first} to {last}"


def shared_drawings(book: Opened) -> Iterator[Found]:
    """Two sheets never share a drawing, two drawings never a chart."""
    for listed in (drawings(book), charts(book)):
        times = Counter(part for _, part, _ in listed)
        yield from ((part, f"belongs to {number}") for part, number in times.items() if number > 1)


def loose_axes(book: Opened) -> Iterator[Found]:
    """Every plot has axes that are there, and every axis crosses one that is."""
    for title, part, root in charts(book):
        axes = [axis for tag in AXES for axis in root.iter(CHART + tag)]
        known = Counter(_value(axis, "axId") for axis in axes)
        for axis in axes:
            if _value(axis, "crossAx") not in known:
                yield f"{title}, {part}", f"axis {_value(axis, 'axId')} crosses {_value(axis, 'crossAx')}"
        for plot in root.iterfind(f".//{CHART}plotArea/*"):
            for used in plot.findall(f"{CHART}axId"):
                if plot.tag.removeprefix(CHART) not in AXES and used.get("val") not in known:
                    yield f"{title}, {part}", f"plots on axis {used.get('val')}, which is not there"
        yield from ((f"{title}, {part}", f"{number} axes {key}") for key, number in known.items() if number > 1)


def repeated_series(book: Opened) -> Iterator[Found]:
    for title, part, root in charts(book):
        for tag in ("idx", "order"):
            times = Counter(_value(series, tag) for series in root.iter(f"{CHART}ser"))
            for key, number in times.items():
                if number > 1:
                    yield f"{title}, {part}", f"{number} series with {tag} {key}"


def _corner(marker: ET.Element | None) -> tuple[int, int]:
    if marker is None:
        return -1, -1
    return int(marker.findtext(f"{DRAWING}col") or -1), int(marker.findtext(f"{DRAWING}row") or -1)


def _value(element: ET.Element, tag: str) -> str:
    child = element.find(CHART + tag)
    return "" if child is None else child.get("val", "")
