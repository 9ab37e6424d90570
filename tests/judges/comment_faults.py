"""Faults of comments and of the boxes they are shown in. One function for each kind of fault."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from judges.areas import LAST_COLUMN, LAST_ROW, area
from judges.opened import MAIN, REFERENCE, Opened, Sheet
from judges.package_faults import Found

VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
LONGEST_TEXT = 32_767

_NUMBERED = re.compile(r"_x0000_s\d+")


def repeated_comments(book: Opened) -> Iterator[Found]:
    """A cell has one comment at most, and it is a cell."""
    for sheet in book.sheets:
        times = Counter(comment.get("ref", "") for comment in comments(sheet))
        for cell, number in times.items():
            place = area(cell)
            if place is None or not place.single:
                yield sheet.title, f"a comment at {cell!r}"
            if number > 1:
                yield f"{sheet.title}!{cell}", f"{number} comments"


def comments_by_nobody(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for part, root in sheet.related("comments"):
            authors = len(list(root.iter(f"{MAIN}author")))
            for comment in root.iter(f"{MAIN}comment"):
                if int(comment.get("authorId", "-1")) not in range(authors):
                    yield (
                        part,
                        f"the comment at {comment.get('ref')} is by author {comment.get('authorId')} of {authors}",
                    )


def overlong_comments(book: Opened) -> Iterator[Found]:
    for sheet in book.sheets:
        for comment in comments(sheet):
            text = "".join(piece.text or "" for piece in comment.iter(f"{MAIN}t"))
            if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
                yield f"{sheet.title}!{comment.get('ref')}", f"a comment of {len(text)} characters"


def comments_without_boxes(book: Opened) -> Iterator[Found]:
    """Every comment has a box in the sheet's legacy drawing, and every box of a comment has one."""
    for sheet in book.sheets:
        shown = Counter(f"R{box.findtext(f'{EXCEL}Row')}C{box.findtext(f'{EXCEL}Column')}" for box in boxes(sheet))
        commented = Counter()
        for comment in comments(sheet):
            place = area(comment.get("ref"))
            if place:
                commented[f"R{place.top - 1}C{place.left - 1}"] += 1
        if shown != commented:
            yield (
                sheet.title,
                f"comments {sorted(commented - shown)} without box, boxes {sorted(shown - commented)} without comment",
            )


def impossible_boxes(book: Opened) -> Iterator[Found]:
    """A box begins and ends on the sheet, and ends after it begins."""
    for sheet in book.sheets:
        for box in boxes(sheet):
            numbers = [int(number) for number in (box.findtext(f"{EXCEL}Anchor") or "").split(",")]
            left, _, top, _, right, _, bottom, _ = numbers
            if not (0 <= left <= right < LAST_COLUMN and 0 <= top <= bottom < LAST_ROW) or min(numbers) < 0:
                yield sheet.title, f"a box from column {left}, row {top} to column {right}, row {bottom}"


def repeated_box_ids(book: Opened) -> Iterator[Found]:
    """Numbered shapes have a number each, and no two drawings of a workbook share a block of numbers.

    LibreOffice calls every shape of a drawing `shape_0`, and Excel takes no offence.
    """
    owners: Counter[str] = Counter()
    for sheet in book.sheets:
        for part, root in legacy_drawings(sheet):
            owners.update({n for entry in root.iter(f"{OFFICE}idmap") for n in (entry.get("data") or "").split(",")})
            times = Counter(shape.get("id", "") for shape in root.iter(f"{VML}shape"))
            for key, number in times.items():
                if number > 1 and _NUMBERED.fullmatch(key):
                    yield part, f"{number} shapes {key!r}"
    yield from (("workbook", f"{number} drawings have block {key!r}") for key, number in owners.items() if number > 1)


def comments(sheet: Sheet) -> Iterator[ET.Element]:
    for _, root in sheet.related("comments"):
        yield from root.iter(f"{MAIN}comment")


def boxes(sheet: Sheet) -> Iterator[ET.Element]:
    """What the boxes of comments say of themselves."""
    for _, root in legacy_drawings(sheet):
        yield from (data for data in root.iter(f"{EXCEL}ClientData") if data.get("ObjectType") == "Note")


def legacy_drawings(sheet: Sheet) -> Iterator[tuple[str, ET.Element]]:
    """The drawing that the sheet names as its legacy one; there may be others, for headers."""
    for element in sheet.all("legacyDrawing"):
        for line in sheet.book.relationships(sheet.part):
            if line.id == element.get(f"{REFERENCE}id") and line.target in sheet.book.parts:
                yield line.target, sheet.book.root(line.target)
