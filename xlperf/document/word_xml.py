"""Parses a part of a .docx into the tree of what Word would show, names without namespaces, within limits of size.

Leaves out elements of unknown namespaces with all they hold. Those of drawings, shapes and formulas are named "": only
what they hold counts.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

from xlperf.model import UnreadableInput
from xlperf.ooxml.alternatives import Alternatives
from xlperf.ooxml.namespaces import DRAWINGML, MICROSOFT, USUAL, both

PART_LIMIT = 32 * 2**20  # bytes that are parsed into a tree
ELEMENTS_LIMIT = 1_000_000  # with their attributes; a quarter of a gigabyte as a tree, and 400 projects
NESTING_LIMIT = 1_000

_MICROSOFT = f"{MICROSOFT}/word"
_WORD = both(f"{USUAL}/wordprocessingml/2006/main")
_TEXTS = both(f"{USUAL}/officeDocument/2006/math", f"{DRAWINGML}/main")  # of formulas and drawings
_ON_THE_WAY = (
    *both(*(f"{DRAWINGML}/{name}" for name in ("wordprocessingDrawing", "picture", "lockedCanvas"))),
    *(f"{_MICROSOFT}/2010/wordprocessing{name}" for name in ("Shape", "Group", "Canvas", "Drawing")),
    f"{_MICROSOFT}/2010/wordml",
    f"{_MICROSOFT}/2012/wordml",
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:word",
)
_KNOWN = frozenset((*_WORD, *_TEXTS, *_ON_THE_WAY))
_SEPARATOR = " "
_ATTRIBUTES = {f"{space}{_SEPARATOR}{name}": name for space in _WORD for name in ("val", "char")}


def tree_of(part: bytes, path: Path) -> ET.Element:
    """The part of the document at `path` as a tree. Raises UnreadableInput, for any document type declaration too."""
    if len(part) > PART_LIMIT:
        raise UnreadableInput("source_abnormal", path=path)
    try:
        return _Builder(path).built(part)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableInput("source_damaged", path=path) from error


class _Builder:
    """What expat calls while a part goes by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tree = ET.TreeBuilder()
        self._elements = self._depth = 0
        self._parser = parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._alternatives = Alternatives(parser, _KNOWN, _SEPARATOR)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._tree.data

    def built(self, part: bytes) -> ET.Element:
        self._tree.start("", {})  # there need be no other that counts
        self._parser.Parse(part, True)
        self._tree.end("")
        whole = self._tree.close()
        return whole[0] if len(whole) else whole

    def _refuse(self, *_: object) -> None:
        raise UnreadableInput("source_abnormal", path=self._path)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1 + len(attributes)
        self._depth += 1
        if self._elements > ELEMENTS_LIMIT or self._depth > NESTING_LIMIT:
            self._refuse()
        role = _role(name)
        known = role is not None
        if (known and self._alternatives.idle) or self._alternatives.opens(name, attributes, known):
            kept = {_ATTRIBUTES[key]: attributes[key] for key in attributes if key in _ATTRIBUTES} if attributes else {}
            self._tree.start(role or "", kept)
        else:
            self._parser.CharacterDataHandler = None

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._alternatives.idle or self._alternatives.closes():
            self._tree.end(name)  # whatever it is called in the tree
        elif not self._alternatives.beyond:
            self._parser.CharacterDataHandler = self._tree.data


@lru_cache(maxsize=1_024)
def _role(name: str) -> str | None:
    """What an element is called in the tree; None where nobody knows its namespace."""
    space, _, local = name.rpartition(_SEPARATOR)
    if space in _WORD or (local == "t" and space in _TEXTS):
        return local
    return "" if space in _KNOWN else None
