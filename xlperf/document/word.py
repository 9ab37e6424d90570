"""The body of a .docx → blocks, in document order. Knows WordprocessingML and how deep it may nest; no labels.

Reads the main part only. Merged cells keep their places: a cell over three columns is one text and two blanks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

from xlperf.document.blocks import Block, Cell, Paragraph, Row, lines_of
from xlperf.files import Refused, unpack
from xlperf.model import UnreadableInput

# What the guarded door says of a package → what the reader of documents says.
REFUSALS = {"XPF201": "source_damaged", "XPF203": "source_encrypted", "XPF208": "source_abnormal"}
MAIN_LIMIT = 32 * 2**20  # the part that is parsed into a tree
ELEMENTS_LIMIT = 1_000_000  # a quarter of a gigabyte as a tree; a document of 100 projects has a tenth
NESTING_LIMIT = 1_000
DEPTH_LIMIT = 40  # tables in cells, content controls in content controls
_COLUMNS_LIMIT = 63  # of a Word table
_MAIN = "word/document.xml"

# Word writes ≥ and ≤ from the symbol font as private-use characters.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F03D": "=", "F03E": ">", "F03C": "<", "F025": "%"}
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tcPr", "tblPr", "trPr", "sectPr"}


def read_word(data: bytes, path: Path) -> tuple[Block, ...]:
    """The blocks of a .docx; raises UnreadableInput where it is damaged, abnormal or another kind of zip."""
    root = _parsed(_main_part(data, path), path)
    body = next((child for child in root if _name(child) == "body"), None)
    if _name(root) != "document" or body is None:
        raise UnreadableInput("source_binary", path=path)
    return tuple(_Walk(path).blocks(body, 0))


def _main_part(data: bytes, path: Path) -> bytes:
    try:
        part = unpack(data).get(_MAIN)
    except Refused as refused:
        raise UnreadableInput(REFUSALS.get(refused.code, "source_binary"), path=path) from refused
    if part is None:
        raise UnreadableInput("source_binary", path=path)
    if len(part) > MAIN_LIMIT:
        raise UnreadableInput("source_abnormal", path=path)
    return part


def _parsed(part: bytes, path: Path) -> ET.Element:
    """The part as a tree. What would make a giant of it is refused before there is one, and any document type too."""
    elements = depth = 0

    def refuse(*_: object) -> None:
        raise UnreadableInput("source_abnormal", path=path)

    def start(*_: object) -> None:
        nonlocal elements, depth
        elements += 1
        depth += 1
        if elements > ELEMENTS_LIMIT or depth > NESTING_LIMIT:
            refuse()

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    try:
        guard = expat.ParserCreate()
        guard.StartDoctypeDeclHandler = refuse
        guard.StartElementHandler, guard.EndElementHandler = start, end
        guard.Parse(part, True)
        return ET.fromstring(part)
    except (expat.ExpatError, ET.ParseError, ValueError, LookupError) as error:
        raise UnreadableInput("source_damaged", path=path) from error


class _Walk:
    """Goes through a body once, counting paragraphs and table rows as its lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = 0

    def blocks(self, parent: ET.Element, depth: int) -> Iterator[Block]:
        if depth > DEPTH_LIMIT:
            raise UnreadableInput("source_abnormal", path=self._path)
        for child in parent:
            name = _name(child)
            if name == "p":
                self._line += 1
                if text := lines_of(_text(child)):
                    yield Paragraph(text, self._line)
            elif name == "tr":
                self._line += 1
                yield Row(tuple(Cell(lines_of(text), self._line) for text in _cells(child)))
            elif name not in _SKIPPED:  # tables, content controls, tracked insertions: what they hold counts
                yield from self.blocks(child, depth + 1)


def _cells(row: ET.Element) -> Iterator[str]:
    """The texts of a row by grid column, "" for the columns a merged cell covers beyond its first."""
    yield from [""] * _number(row, "trPr", "gridBefore")
    for cell in _within(row, "tc", 0):
        yield _text(cell)
        yield from [""] * (_number(cell, "tcPr", "gridSpan") - 1)


def _within(parent: ET.Element, name: str, depth: int) -> Iterator[ET.Element]:
    """The elements of this name below, through content controls and revisions, not inside one another."""
    for child in parent if depth < DEPTH_LIMIT else ():
        if _name(child) == name:
            yield child
        elif _name(child) not in _SKIPPED:
            yield from _within(child, name, depth + 1)


def _number(element: ET.Element, properties: str, name: str) -> int:
    for child in element:
        for setting in child if _name(child) == properties else ():
            if _name(setting) == name:
                value = next((text for key, text in setting.items() if key.rpartition("}")[2] == "val"), "")
                return min(int(value), _COLUMNS_LIMIT) if value.isascii() and value.isdigit() else 0
    return 0


def _text(element: ET.Element) -> str:
    """The text a reader sees: without deletions, fields' codes and the second copy of text boxes."""
    pieces: list[str] = []
    stack = [iter(element)]  # not recursive: runs nest as deep as a file likes
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "sym":
            code = next((text for key, text in child.items() if key.rpartition("}")[2] == "char"), "")
            pieces.append(_SYMBOLS.get(code.upper(), ""))
        elif name in _MARKS:
            pieces.append(_MARKS[name])
        elif name not in _SKIPPED:
            if name == "p":
                pieces.append("\n")
            stack.append(iter(child))
    return "".join(pieces)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
