"""Faults of tables. One function for each kind of fault."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from judges.areas import area, overlaps
from judges.formula import name_fault
from judges.opened import MAIN, REFERENCE, Opened, Sheet, decoded
from judges.package_faults import Found
from judges.sheet_faults import merges_of


def repeated_table_ids(book: Opened) -> Iterator[Found]:
    times = Counter(root.get("id", "") for _, _, root in book.tables)
    yield from (("tables", f"{number} tables have the id {key}") for key, number in times.items() if number > 1)


def illegal_table_names(book: Opened) -> Iterator[Found]:
    for sheet, part, root in book.tables:
        name = root.get("displayName", "")
        if fault := name_fault(name):
            yield f"{sheet.title}, {part}", f"table name {name!r} {fault}"


def impossible_table_areas(book: Opened) -> Iterator[Found]:
    """A table has a row of data, as many columns as it names, and its filter inside."""
    for sheet, part, root in book.tables:
        where, place = f"{sheet.title}, {part}", area(root.get("ref"))
        if place is None:
            yield where, f"table at {root.get('ref')!r}"
            continue
        if place.bottom - place.top < _headers(root) + int(root.get("totalsRowCount", "0")):
            yield where, f"table at {root.get('ref')} without a row of data"
        columns = len(_columns(root))
        if place.right - place.left + 1 != columns:
            yield where, f"table at {root.get('ref')} with {columns} columns"
        for sieve in root.findall(f"{MAIN}autoFilter"):
            inside = area(sieve.get("ref"))
            if inside is None or not place.holds(inside):
                yield where, f"filter at {sieve.get('ref')!r} of a table at {root.get('ref')}"


def repeated_table_columns(book: Opened) -> Iterator[Found]:
    for sheet, part, root in book.tables:
        for attribute in ("id", "name"):
            times = Counter(column.get(attribute, "").lower() for column in _columns(root))
            for value, number in times.items():
                if number > 1 or not value:
                    yield f"{sheet.title}, {part}", f"{number} columns with {attribute} {value!r}"


def wrong_table_headers(book: Opened) -> Iterator[Found]:
    """The cells above a table hold its column names, as text."""
    for sheet, part, root in book.tables:
        place = area(root.get("ref"))
        if place is None or not _headers(root):
            continue
        headers = _row_texts(sheet, place.top)
        for i, column in enumerate(_columns(root)):
            name = decoded(column.get("name", "")).replace("\r\n", "\n")
            if headers.get(place.left + i) != name:
                yield (
                    f"{sheet.title}, {part}",
                    f"column {name!r} under a cell that says {headers.get(place.left + i)!r}",
                )


def tables_in_the_way(book: Opened) -> Iterator[Found]:
    """A table shares no cell with another table, a merge or the sheet's own filter."""
    for sheet in book.sheets:
        tables = [(f"table {root.get('displayName')}", area(root.get("ref"))) for _, root in sheet.related("table")]
        others = [(f"merge {reference}", place) for reference, place in merges_of(sheet)]
        own_filters = sheet.root.findall(f"{MAIN}autoFilter")
        filters = [(f"filter {own.get('ref')}", area(own.get("ref"))) for own in own_filters]
        placed = [(name, place) for name, place in [*tables, *others, *filters] if place]
        for one, other in overlaps(placed):
            if one.startswith("table") or other.startswith("table"):
                yield sheet.title, f"{one} meets {other}"


def unlisted_tables(book: Opened) -> Iterator[Found]:
    """Every table of a sheet is named in its tableParts, and the other way round."""
    for sheet in book.sheets:
        listed = {line.get(f"{REFERENCE}id") for line in sheet.all("tablePart")}
        there = {line.id for line in book.relationships(sheet.part) if line.kind == "table"}
        if listed != there:
            yield sheet.title, f"lists the tables {listed} and has {there}"


def _columns(root: ET.Element) -> list[ET.Element]:
    return list(root.iter(f"{MAIN}tableColumn"))


def _headers(root: ET.Element) -> int:
    return int(root.get("headerRowCount", "1"))


def _row_texts(sheet: Sheet, row: int) -> dict[int, str | None]:
    texts = {}
    for element in sheet.all("row"):
        if element.get("r") == str(row):
            for cell in element:
                place = area(cell.get("r"))
                if place:
                    texts[place.left] = sheet.text(cell)
            break
    return texts
