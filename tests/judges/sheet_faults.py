"""Faults of a sheet's grid: cells, values, sizes, merges, views, links. One function for each kind of fault."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from judges.areas import LAST_COLUMN, LAST_ROW, Area, area, areas, overlaps
from judges.opened import MAIN, REFERENCE, Opened, Sheet, decoded, name_of
from judges.package_faults import Found

HIGHEST_ROW = 409
LONGEST_TEXT, MOST_LINE_BREAKS = 32_767, 253
LONGEST_FOOTER = 255
MOST_LINKS = 65_530
MOST_BREAKS = 1_026

ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)


def unsorted_cells(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        last_row = 0
        for row in sheet.all("row"):
            number = int(row.get("r", last_row + 1))
            if not last_row < number <= LAST_ROW:
                yield sheet.title, f"row {number} after row {last_row}"
            last_row, last_column = number, 0
            for cell in row:
                place = area(cell.get("r"))
                if place is None or not place.single or place.top != number:
                    yield sheet.title, f"cell {cell.get('r')} in row {number}"
                elif place.left <= last_column:
                    yield sheet.title, f"cell {cell.get('r')} after column {last_column}"
                else:
                    last_column = place.left


def unreadable_values(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            if fault := _value_fault(sheet, cell):
                yield f"{sheet.title}!{at}", fault


def _value_fault(sheet: Sheet, cell: ET.Element) -> str | None:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    if kind == "inlineStr" and (value is not None or cell.find(f"{MAIN}is") is None):
        return "is an inline text without one"
    if value is None or (value == "" and kind in ("str", "n")):
        return None
    wrong = {
        "n": not _NUMBER.fullmatch(value) or not math.isfinite(float(value)),
        "e": value not in ERRORS,
        "s": not value.isdecimal() or int(value) >= len(sheet.book.strings),
    }
    return f"says {value[:40]!r} as type {kind!r}" if wrong.get(kind) else None


def overlong_texts(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            text = sheet.text(cell) or ""
            if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                yield f"{sheet.title}!{at}", f"holds {len(text)} characters"


def texts_of_too_many_lines(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            breaks = (sheet.text(cell) or "").count("\n")
            if breaks > MOST_LINE_BREAKS:
                yield f"{sheet.title}!{at}", f"holds {breaks} line breaks"


def wrong_dimensions(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for dimension in sheet.all("dimension"):
            if area(dimension.get("ref")) is None:
                yield sheet.title, f"has the dimension {dimension.get('ref')!r}"


def impossible_rows(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for row in sheet.all("row"):
            height = float(row.get("ht", "15"))
            if not 0 <= height <= HIGHEST_ROW:
                yield sheet.title, f"row {row.get('r')} is {height} points high"


def overlapping_columns(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        last = 0
        for column in sheet.all("col"):
            first, end = int(column.get("min", "0")), int(column.get("max", "0"))
            if first <= last:
                yield sheet.title, f"columns {first} to {end} after column {last}"
            last = max(last, end)


def impossible_merges(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for merge in sheet.all("mergeCell"):
            place = area(merge.get("ref"))
            if place is None or place.single:
                yield sheet.title, f"merges {merge.get('ref')!r}"


def merges_of(sheet: Sheet) -> list[tuple[str, Area]]:
    placed = ((merge.get("ref", ""), area(merge.get("ref"))) for merge in sheet.all("mergeCell"))
    return [(reference, place) for reference, place in placed if place]


def overlapping_merges(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        yield from ((sheet.title, f"merges {one} and {other}") for one, other in overlaps(merges_of(sheet)))


def arrays_in_the_way(book: Opened) -> Iterator[Found]:
    """An array formula stands in its first cell; those of several cells share none with another or with a merge."""
    for sheet in book.sheets:
        arrays = []
        for at, cell in sheet.cells.items():
            formula = cell.find(f"{MAIN}f")
            if formula is None or formula.get("t") != "array":
                continue
            place, own = area(formula.get("ref")), area(at)
            if place is None or own is None or (place.left, place.top) != (own.left, own.top):
                yield f"{sheet.title}!{at}", f"is an array formula for {formula.get('ref')!r}"
            elif not place.single:
                arrays.append((formula.get("ref", ""), place))
        for one, other in overlaps([*arrays, *((f"merge {ref}", place) for ref, place in merges_of(sheet))]):
            if not (one.startswith("merge") and other.startswith("merge")):
                yield sheet.title, f"array formula {one} meets {other}"


def impossible_views(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for pane in sheet.all("pane"):
            if area(pane.get("topLeftCell", "A1")) is None:
                yield sheet.title, f"pane begins at {pane.get('topLeftCell')!r}"
        for selection in sheet.all("selection"):
            if None in areas(selection.get("sqref", "A1")) or area(selection.get("activeCell", "A1")) is None:
                yield sheet.title, f"selects {selection.get('sqref')!r} at {selection.get('activeCell')!r}"


def impossible_pages(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for page in sheet.all("pageSetup"):
            if not 10 <= int(page.get("scale", "100")) <= 400:
                yield sheet.title, f"prints at {page.get('scale')} %"
        for holder in sheet.all("headerFooter"):
            for line in holder:
                if len(line.text or "") > LONGEST_FOOTER:
                    yield sheet.title, f"{name_of(line)} of {len(line.text or '')} characters"
        for tag, last in (("rowBreaks", LAST_ROW), ("colBreaks", LAST_COLUMN)):
            breaks = sheet.root.find(f"{MAIN}{tag}")
            if breaks is None:
                continue
            if not 0 < len(breaks) <= MOST_BREAKS:
                yield sheet.title, f"has {len(breaks)} {tag}"
            for line in breaks:
                if int(line.get("id", "0")) >= last:
                    yield sheet.title, f"breaks the page at {line.get('id')}"


def dead_links(book: Opened) -> Iterator[Found]:
    """A link stands in one place and leads to a cell of a sheet that is there, to a name, or out of the file."""
    names = {defined.get("name", "").lower() for defined in book.names}
    names |= {root.get("displayName", "").lower() for _, _, root in book.tables}
    for sheet in book.sheets:
        links = list(sheet.all("hyperlink"))
        for link in links:
            where, location = f"{sheet.title}!{link.get('ref')}", decoded(link.get("location", ""))
            outward = link.get(f"{REFERENCE}id") is not None
            if area(link.get("ref")) is None:
                yield where, "a link stands nowhere"
            if not location and not outward:
                yield where, "a link leads nowhere"
            elif location and not outward and not _leads(location, book, names):
                yield where, f"a link leads to {location!r}"
        if len(links) > MOST_LINKS:
            yield sheet.title, f"has {len(links)} links"
        placed = [(link.get("ref", ""), area(link.get("ref"))) for link in links]
        for one, other in overlaps((reference, place) for reference, place in placed if place):
            yield sheet.title, f"links at {one} and {other} overlap"


def _leads(location: str, book: Opened, names: set[str]) -> bool:
    title, bang, cell = location.removeprefix("#").rpartition("!")
    if not bang:
        return area(cell) is not None or cell.lower() in names
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    return title.lower() in book.titles and (area(cell) is not None or cell.lower() in names)
