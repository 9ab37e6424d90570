"""Workbooks made to eat time or memory when a copy of them is annotated: each by name, as bytes.

`python tests/workbook/costly_copies.py NAME` annotates one; it prints the seconds, the bytes of memory it took at most
beyond annotating a good one, and the code it was refused for ("" where a copy was made).
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from files.bombs import pace_here, stored
from workbook.returning import CONTENT, FIRST, PROJECT_PART, cell_of
from zipped import parts_of

from xlperf.files import Refused
from xlperf.model import Severity
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.annotation_marks import HEADER, HIGHLIGHT

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_RELATIONS, BOOK, BOOK_RELATIONS = (
    "xl/worksheets/_rels/sheet4.xml.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
)
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
REMARK = cell_of("remark")
NOTES = [Note(FIRST, REMARK, Severity.ERROR, "XPF401"), Note("数据", "A1", Severity.WARNING, "XPF304")]
Parts = Mapping[str, bytes]


def related(parts: Parts, listed: str, kind: str, target: str) -> dict[str, bytes]:
    """The parts with one more relationship, whose id is its kind."""
    line = f'<Relationship Id="{kind}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/></Relationships>'
    return {**parts, listed: parts[listed].replace(b"</Relationships>", line.encode())}


def with_drawing(drawing: str) -> dict[str, bytes]:
    """The first project with this legacy drawing."""
    parts = related(parts_of(CONTENT), SHEET_RELATIONS, "vmlDrawing", "../drawings/vmlDrawing9.vml")
    leads = f'<legacyDrawing xmlns:r="{RELATIONSHIPS}" r:id="vmlDrawing"/>'
    sheet = re.sub(r"<drawing [^>]*/>", lambda found: found[0] + leads, parts[PROJECT_PART].decode())
    types = parts["[Content_Types].xml"].replace(
        b"<Override", f'<Default Extension="vml" ContentType="{VML}"/><Override'.encode(), 1
    )
    drawn = {"xl/drawings/vmlDrawing9.vml": drawing.encode(), PROJECT_PART: sheet.encode()}
    return {**parts, **drawn, "[Content_Types].xml": types}


def with_comments(inner: str) -> dict[str, bytes]:
    """The first project with a comments part of this content."""
    parts = related(parts_of(CONTENT), SHEET_RELATIONS, "comments", "/xl/comments9.xml")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    said = f'<Override PartName="/xl/comments9.xml" ContentType="{kind}"/></Types>'
    types = parts["[Content_Types].xml"].replace(b"</Types>", said.encode())
    comments = f'<comments xmlns="{MAIN}">{inner}</comments>'
    return {**parts, "xl/comments9.xml": comments.encode(), "[Content_Types].xml": types}


def with_comment(inner: str, cell: str = REMARK, author: str = "0") -> dict[str, bytes]:
    """The first project with a comment by 张三."""
    comment = f'<comment ref="{cell}" authorId="{author}">{inner}</comment>'
    return with_comments(f"<authors><author>张三</author></authors><commentList>{comment}</commentList>")


def with_sheet(rows: str) -> dict[str, bytes]:
    """A sheet 数据 of somebody else, selected together with another."""
    parts = related(parts_of(CONTENT), BOOK_RELATIONS, "worksheet", "worksheets/extra.xml")
    tab = '<sheet name="数据" sheetId="77" r:id="worksheet"/></sheets>'
    views = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    xml = f'<worksheet xmlns="{MAIN}">{views}<sheetData>{rows}</sheetData></worksheet>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    said = f'<Override PartName="/xl/worksheets/extra.xml" ContentType="{kind}"/></Types>'
    return {
        **parts,
        BOOK: parts[BOOK].replace(b"</sheets>", tab.encode()),
        "xl/worksheets/extra.xml": xml.encode(),
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", said.encode()),
    }


def changed(part: str, old: str, new: str) -> dict[str, bytes]:
    parts = parts_of(CONTENT)
    assert old.encode() in parts[part]
    return {**parts, part: parts[part].replace(old.encode(), new.encode(), 1)}


OURS = f'<conditionalFormatting sqref="A1"><cfRule><formula>{HIGHLIGHT}</formula></cfRule></conditionalFormatting>'
STRETCHED = 'defaultColWidth="0" defaultRowHeight="0" x="'

COSTLY: dict[str, Callable[[], Parts]] = {
    "unclosed shapes": lambda: with_drawing(f"<xml>{'<v:shape >' * 200_000}</xml>"),
    "unfinished lists of ids": lambda: with_drawing(f"<xml>{'<o:idmap ' * 200_000}</xml>"),
    "long number": lambda: with_drawing(f'<xml><o:idmap data="{"9" * 5_000_000}"/></xml>'),
    "rows of others": lambda: with_sheet('<row r="1"/>' * 500_000),
    "cells of others": lambda: with_sheet('<row r="1">' + '<c r="A1"><v>1</v></c>' * 300_000 + "</row>"),
    "rows": lambda: changed(PROJECT_PART, "</sheetData>", '<row r="999"/>' * 500_000 + "</sheetData>"),
    "highlights": lambda: changed(PROJECT_PART, "</sheetData>", f"</sheetData>{OURS * 30_000}"),
    "sizes of nothing": lambda: changed(PROJECT_PART, 'defaultRowHeight="', STRETCHED),
    "columns": lambda: changed(PROJECT_PART, "<cols>", "<cols>" + '<col min="0" max="0"/>' * 100_000),
    "styles": lambda: changed("xl/styles.xml", "</styleSheet>", "<a/>" * 150_000 + "</styleSheet>"),
    "depth": lambda: changed("xl/styles.xml", "</styleSheet>", "<a>" * 500_000 + "</styleSheet>"),
    "annotated many times": lambda: with_comment(f"<text><t>{(HEADER + '好') * 20_000}</t></text>"),
    "long author": lambda: with_comments(f"<authors><author>{'长' * 7_000_000}</author></authors><commentList/>"),
}


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def copied(content: bytes) -> dict[str, object]:
    """What annotating a copy of this takes."""
    annotated(CONTENT, NOTES)
    pace = pace_here()
    before, start, code = _peak(), time.process_time(), ""
    try:
        annotated(content, NOTES)
    except Refused as refused:
        code = refused.code
    seconds = time.process_time() - start
    return {"seconds": seconds, "pace": max(pace, pace_here()), "bytes": _peak() - before, "code": code}


if __name__ == "__main__":
    print(json.dumps(copied(stored(dict(COSTLY[sys.argv[1]]())))))
