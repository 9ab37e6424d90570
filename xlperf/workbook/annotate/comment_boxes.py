"""Draws the boxes that comments are shown in: shapes of a legacy drawing (VML), which are added and taken out.

Programs write VML that is not always well-formed, so it is handled as text, shape by shape.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from xlperf.ooxml.content_types import OFFICE
from xlperf.ooxml.xml import whole_number

KIND, NAME = "vmlDrawing", "xl/drawings/vmlDrawing{}.vml"
CONTENT_TYPE = f"{OFFICE}.vmlDrawing"
BLOCK = 1_024  # ids are given out to drawings in blocks of this many

NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_DECLARED = {prefix: f' xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items()}
_LAYOUT = '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>'
EMPTY = f"<xml{''.join(_DECLARED.values())}>{_LAYOUT}</xml>"
SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)

_SHAPE = re.compile(r"<(/?)(?:\w+:)?shape(?=[\s>])[^<>]*>?")  # where one begins, or ends
_NOTE = re.compile(r"""ObjectType\s*=\s*["']Note["']""")
_ROW, _COLUMN = (re.compile(rf"<(?:\w+:)?{name}\s*>\s*(\d+)\s*<") for name in ("Row", "Column"))
_ID = re.compile(r"_x0000_s(\d+)")
_BLOCKS = re.compile(r"""(<(?:\w+:)?idmap\b[^<>]*?\bdata\s*=\s*["'])([\d,\s]*)""")
_ROOT = re.compile(r"<xml\b[^<>]*>")
_CLOSING = re.compile(r"</xml\s*>\s*$")
_VISIBLE = re.compile(r"<(?:\w+:)?Visible\b")


class Box(NamedTuple):
    """A comment's box: its cell (row and column from 1), its size in pixels, and where on the grid it stands.

    `anchor` is what the format wants: column, pixels into it, row, pixels into it, of the upper left corner and of
    the lower right one; columns and rows from 0.
    """

    row: int
    column: int
    width: int
    height: int
    anchor: tuple[int, int, int, int, int, int, int, int]


def blocks_in(drawing: str) -> list[int]:
    """The blocks of ids that a drawing has been given."""
    numbers = (text for match in _BLOCKS.finditer(drawing) for text in re.findall(r"\d+", match[2]))
    return [block for block in dict.fromkeys(map(whole_number, numbers)) if block is not None]


def has_shapes(drawing: str) -> bool:
    """Whether anything is drawn."""
    return bool(re.search(r"<(?:\w+:)?(?:shape|group|rect|oval|line|image)(?=[\s>/])", drawing))


def redrawn(drawing: str, gone: Collection[tuple[int, int]], boxes: Sequence[Box], fresh: Iterator[int]) -> str:
    """The drawing with these boxes, and without those of the cells in `gone` (row and column from 1).

    `fresh` gives blocks of ids that no drawing of the workbook has.
    """
    cells = {*gone, *((box.row, box.column) for box in boxes)}
    pinned = set()
    out, done = [], 0
    for start, end in _shapes(drawing):
        shape = drawing[start:end]
        at = _cell(shape)
        if at in cells:
            out.append(drawing[done:start])
            done = end
            if _VISIBLE.search(shape):
                pinned.add(at)
    drawing = "".join([*out, drawing[done:]])
    if not boxes:
        return drawing
    if not _CLOSING.search(drawing):
        drawing = EMPTY
    drawing = _ROOT.sub(_with_namespaces, drawing, count=1)
    drawing, ids = _ids(drawing, len(boxes), fresh)
    shapes = "" if '"_x0000_t202"' in drawing else SHAPE_TYPE
    for number, box in zip(ids, boxes, strict=True):
        shapes += _shape_xml(number, box, pinned=(box.row, box.column) in pinned)
    return _CLOSING.sub(lambda _: f"{shapes}</xml>", drawing)


def _shapes(drawing: str) -> Iterator[tuple[int, int]]:
    """Where shapes begin and end; one that has no end is none."""
    start = None
    for tag in _SHAPE.finditer(drawing):
        if not tag[1]:
            start = tag.start()
        elif start is not None:
            yield start, tag.end()
            start = None


def _cell(shape: str) -> tuple[int, int] | None:
    """The cell whose comment the shape shows."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if not row or not column or not _NOTE.search(shape):
        return None
    at = whole_number(row[1]), whole_number(column[1])
    return None if at[0] is None or at[1] is None else (at[0] + 1, at[1] + 1)


def _with_namespaces(root: re.Match[str]) -> str:
    missing = "".join(text for prefix, text in _DECLARED.items() if f"xmlns:{prefix}=" not in root[0])
    return root[0][:-1] + missing + ">"


def _ids(drawing: str, count: int, fresh: Iterator[int]) -> tuple[str, list[int]]:
    """So many unused ids, and the drawing with the blocks they were taken from."""
    taken = set(_ID.findall(drawing))
    known = blocks_in(drawing)
    unused: list[int] = []
    added: list[int] = []
    waiting = iter(known)
    while len(unused) < count:
        block = next(waiting, None)
        if block is None:
            block = next(fresh)
            added.append(block)
        ids = range(block * BLOCK + 1, (block + 1) * BLOCK)
        unused += [number for number in ids if str(number) not in taken][: count - len(unused)]
    if added:
        listed = ",".join(map(str, [*known, *added]))
        drawing = _BLOCKS.sub(lambda match: match[1] + listed, drawing, count=1)
    return drawing, unused


def _shape_xml(number: int, box: Box, *, pinned: bool) -> str:
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;'
        f"margin-top:1.5pt;width:{box.width * 0.75:g}pt;height:{box.height * 0.75:g}pt;z-index:1;"
        f'visibility:{"visible" if pinned else "hidden"}" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{', '.join(map(str, box.anchor))}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{box.row - 1}</x:Row><x:Column>{box.column - 1}</x:Column>{'<x:Visible/>' if pinned else ''}"
        "</x:ClientData></v:shape>"
    )
