"""The body of a .docx → blocks, in document order. Knows WordprocessingML and how deep tables nest; no labels.

Reads the main part only, wherever the package says it is. Merged cells keep their places: a cell over three columns
is one text and two blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from xlperf.document.blocks import Block, Paragraph, lines_of
from xlperf.document.foreign import unreadable
from xlperf.document.nesting import unfolded
from xlperf.document.word_xml import tree_of
from xlperf.files import Refused, unpack
from xlperf.files.guard import other_kind
from xlperf.model import UnreadableInput
from xlperf.ooxml.relationships import relations_of

CELLS_LIMIT = 400_000  # of all tables, with those that merged ones cover; 400 projects have half
DEPTH_LIMIT = 40  # tables in cells, content controls in content controls
_COLUMNS_LIMIT = 63  # of a Word table
_MAIN = "word/document.xml"  # its usual name; some programs call it word/document2.xml

# Word writes ≥ and ≤ from the symbol font as private-use characters.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F03D": "=", "F03E": ">", "F03C": "<", "F025": "%"}
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PROPERTIES = {"pPr", "rPr", "tcPr", "tblPr", "trPr", "sectPr"}
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "rt", *_PROPERTIES}
_OFF = {"0", "false", "off"}


def read_word(data: bytes, path: Path) -> tuple[Block, ...]:
    """The blocks of a .docx; raises UnreadableInput where it is damaged, abnormal or another kind of zip."""
    root = tree_of(_main_part(data, path), path)
    body = next((child for child in root if child.tag == "body"), None)
    if root.tag != "document" or body is None:
        raise UnreadableInput("source_binary", path=path)
    return tuple(_Walk(path).blocks(body, 0))


def _main_part(data: bytes, path: Path) -> bytes:
    try:
        package = unpack(data)
        if _MAIN not in package and (other := other_kind(package)).code != "XPF202":
            raise other
        main = package.get(relations_of(package, "").target("officeDocument") or _MAIN)
    except Refused as refused:
        raise unreadable(refused, path) from refused
    if main is None:
        raise UnreadableInput("source_binary", path=path)
    return main


class _Walk:
    """Goes through a body once, counting paragraphs and table rows as its lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = self._cells = 0

    def blocks(self, parent: ET.Element, depth: int) -> Iterator[Block]:
        if depth > DEPTH_LIMIT:
            raise UnreadableInput("source_abnormal", path=self._path)
        for child in parent:
            name = child.tag
            if name == "p":
                self._line += 1
                yield from self._content(child, depth)
            elif name == "tr":
                yield from self._row(child, depth)
            elif name not in _SKIPPED:  # tables, content controls, tracked insertions: what they hold counts
                yield from self.blocks(child, depth + 1)

    def _row(self, row: ET.Element, depth: int) -> Iterator[Block]:
        self._line += 1
        line = self._line
        cells = [[] if cell is None else self._content(cell, depth) for cell in _cells(row)]
        self._cells += len(cells)
        if self._cells > CELLS_LIMIT:
            raise UnreadableInput("source_abnormal", path=self._path)
        return unfolded(cells, line)

    def _content(self, element: ET.Element, depth: int) -> list[Block]:
        """What a cell or paragraph holds: its text, and the rows of tables in it or in its text boxes."""
        line, content = self._line, list[Block]()
        pieces: list[str] = []
        for piece in (*_pieces(element), None):
            if isinstance(piece, str):
                pieces.append(piece)
                continue
            if text := lines_of("".join(pieces)):
                content.append(Paragraph(text, line))
            pieces = []
            if piece is not None:
                content += self.blocks(piece, depth + 1)
        return content


def _cells(row: ET.Element) -> Iterator[ET.Element | None]:
    """The cells of a row by grid column, None for the columns a merged cell covers beyond its first."""
    room = _COLUMNS_LIMIT  # for what is covered; every text stays
    covered = _number(row, "trPr", "gridBefore")
    for cell in (None, *_within(row, "tc", 0)):
        if cell is not None:
            yield cell
            room -= 1
            covered = _number(cell, "tcPr", "gridSpan") - 1
        covered = max(0, min(covered, room))
        yield from [None] * covered
        room -= covered


def _within(parent: ET.Element, name: str, depth: int) -> Iterator[ET.Element]:
    """The elements of this name below, through content controls and revisions, not inside one another."""
    for child in parent if depth < DEPTH_LIMIT else ():
        if child.tag == name:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _within(child, name, depth + 1)


def _number(element: ET.Element, properties: str, name: str) -> int:
    for child in element:
        for setting in child if child.tag == properties else ():
            if setting.tag == name:
                value = setting.get("val", "")
                return min(int(value), _COLUMNS_LIMIT) if value.isascii() and value.isdigit() else 0
    return 0


def _pieces(element: ET.Element) -> Iterator[str | ET.Element]:
    """The text a reader sees, in pieces, and the tables between them.

    Without deletions, hidden text, pinyin, fields' codes, the second copy of text boxes.
    """
    stack = [iter(element)]  # not recursive: runs nest as deep as a file likes
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = child.tag
        if name == "t":
            yield child.text or ""
        elif name == "sym":
            yield _SYMBOLS.get(child.get("char", "").upper(), "")
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "tbl":
            yield child
        elif name not in _SKIPPED and not (name == "r" and _hidden(child)):
            if name == "p":
                yield "\n"
            stack.append(iter(child))


def _hidden(run: ET.Element) -> bool:
    """Whether a run is formatted as hidden text."""
    for child in run:
        for setting in child if child.tag == "rPr" else ():
            if setting.tag == "vanish":
                return setting.get("val") not in _OFF
    return False
