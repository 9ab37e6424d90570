"""A package under change: its parts by name, what leads to what, and what each is declared to be.

Names are looked up as `files.unpack` gives them, in lower case, and written as they were spelled.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from itertools import chain, count, islice
from typing import NamedTuple

from xlperf.files import Refused, unpack
from xlperf.files.repack import repacked
from xlperf.ooxml.serialise import DECLARATION, MAIN, RELATIONSHIPS, attribute
from xlperf.ooxml.workbook_parts import TYPES
from xlperf.ooxml.xml_edit import Draft
from xlperf.ooxml.zip_out import entry

_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_EMPTY_RELATIONSHIPS = (
    f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


BY_EXTENSION = ("rels", "vml")  # declared for all parts with this extension
STRICT = "http://purl.oclc.org/ooxml"
STRICT_SPACES = {
    MAIN: f"{STRICT}/spreadsheetml/main",
    RELATIONSHIPS: f"{STRICT}/officeDocument/relationships",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": f"{STRICT}/officeDocument/docPropsVTypes",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        f"{STRICT}/officeDocument/customProperties"
    ),
}


class Relation(NamedTuple):
    """One relationship: the last word of its type, and the part it leads to ("" for what lies outside)."""

    id: str
    kind: str
    target: str


class Parts:
    """The parts of a package by lower-case name; those nobody asks for may be anything.

    Raises Refused for what is no harmless package, asked for a part too.
    """

    def __init__(self, content: bytes) -> None:
        self._package = unpack(content)
        self._changed: dict[str, bytes] = {}
        self._related: dict[str, list[Relation]] = {}  # what each list of relationships says, as long as it is the same
        self._begun: dict[str, bytes] = {}  # of parts that change there alone
        self._names = {part: self._package.spelled(part) for part in self._package}
        if TYPES not in self._names:
            raise Refused("XPF202")
        self._declared: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        self._removed: set[str] = set()
        self.workbook = self.target("", "officeDocument")
        if not self.workbook:
            raise Refused("XPF202")
        self.is_strict = any(line.get("Type", "").startswith(STRICT) for line in self._lines(""))
        self.base = self.spelled(RELATIONSHIPS)

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def __getitem__(self, part: str) -> bytes:
        return self._changed[part] if part in self._changed else self._package[part]

    def __setitem__(self, part: str, content: bytes) -> None:
        self._changed[part] = content
        self._related.pop(part, None)

    def size(self, part: str) -> int:
        """The bytes of a part."""
        return len(self._changed[part]) if part in self._changed else self._package.size(part)

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part a piece at a time."""
        return iter((self._changed[part],)) if part in self._changed else self._package.pieces(part)

    def begin(self, part: str, change: Callable[[bytes], bytes]) -> None:
        """Change the beginning of a part, however large it is: its first piece."""
        head = next(self.pieces(part), b"")
        begun = change(head)
        if begun != head and part in self._changed:
            self._changed[part] = begun
        elif begun != head:
            self._begun[part] = begun

    def spelled(self, xml: str) -> str:
        """XML with the names of the format's spaces as this package spells them; ISO's strict edition has its own."""
        if self.is_strict:
            for usual, strict in STRICT_SPACES.items():
                xml = xml.replace(usual, strict)
        return xml

    def free(self, pattern: str) -> str:
        """The first name of this pattern, with a number in it, that no part has."""
        return next(name for name in map(pattern.format, count(1)) if name.lower() not in self._names)

    def named(self, extension: str) -> list[str]:
        """The parts whose names end so."""
        return [part for part in self._names if part.endswith(extension)]

    def add(self, name: str, content: bytes, kind: str) -> str:
        """A new part of this content type, numbered where another has its name. Returns the name it is known by."""
        if name.lower() in self._names:
            stem, ending = posixpath.splitext(name)
            name = self.free(f"{stem}{{}}{ending}")
        part = name.lower()
        self[part], self._names[part] = content, name
        extension = posixpath.splitext(part)[1].lstrip(".")
        if extension in BY_EXTENSION:
            self._defaults[extension] = kind
        else:
            self._declared[part] = kind
        return part

    def remove(self, part: str) -> None:
        """Take a part out, with its relationships and its declaration."""
        for gone in (part, _relations_of(part)):
            if gone in self._names:
                del self._names[gone]
                self._related.pop(gone, None)
                self._removed.add(gone)
                self._declared.pop(gone, None)

    # --- relationships ------------------------------------------------------------------------------------------------

    def relations(self, source: str) -> list[Relation]:
        """The relationships of a part, of the package itself for ""."""
        listed = _relations_of(source)
        if listed not in self._related:
            self._related[listed] = self._read_relations(source)
        return self._related[listed]

    def _read_relations(self, source: str) -> list[Relation]:
        folder = posixpath.dirname(source)
        found = []
        for line in self._lines(source):
            target = line.get("Target", "").replace("\\", "/").lower().partition("#")[0]
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            outside = line.get("TargetMode", "") == "External"
            kind = line.get("Type", "").rpartition("/")[2]
            found.append(Relation(line.get("Id", ""), kind, "" if outside else inside))
        return found

    def target(self, source: str, *kinds: str) -> str:
        """The part of one of these kinds that another leads to; "" where there is none."""
        targets = (line.target for line in self.relations(source) if line.kind in kinds)
        return next((target for target in targets if target in self._names), "")

    def relate(self, source: str, kind: str, target: str) -> str:
        """Lead from one part to another; the id of the relationship.

        The way is written from where the source lies, as Excel does: ExcelJS knows no comments by another.
        """
        listed = _relations_of(source)
        if listed not in self._names:
            folder, name = posixpath.split(self._names.get(source, source))
            self.add(
                posixpath.join(folder, "_rels", f"{name}.rels"), _EMPTY_RELATIONSHIPS.encode(), _RELATIONSHIPS_TYPE
            )
        taken = {line.id for line in self.relations(source)}
        number = 1
        while (key := f"rId{number}") in taken:
            number += 1
        draft = Draft(self[listed], listed, lambda _, depth: depth == 0)
        folder = posixpath.dirname(self._names.get(source, source))
        way = attribute(posixpath.relpath(f"/{self._names[target]}", f"/{folder}"))
        line = f'<Relationship Id="{key}" Type="{self.base}/{kind}" Target="{way}"/>'
        draft.append(draft.root, line)
        self[listed] = draft.result()
        return key

    def unrelate(self, source: str, target: str) -> None:
        """Forget that one part leads to another."""
        listed = _relations_of(source)
        draft = Draft(self[listed], listed, lambda _, depth: depth < 2)
        gone = {line.id for line in self.relations(source) if line.target == target}
        for element in draft.children():
            if element.attributes.get("Id") in gone:
                draft.remove(element)
        if draft.children():
            self[listed] = draft.result()
        else:
            self.remove(listed)

    def _lines(self, source: str) -> list[dict[str, str]]:
        listed = _relations_of(source)
        if listed not in self._names:
            return []
        draft = Draft(self[listed], listed, lambda _, depth: depth < 2)
        return [element.attributes for element in draft.elements if element.name == "Relationship"]

    # --- the package again --------------------------------------------------------------------------------------------

    def packed(self) -> bytes:
        """The package with all changes, the same bytes for the same changes."""
        self[TYPES] = self._content_types()
        return repacked(self._package, ((entry(name), self._content(part)) for part, name in self._names.items()))

    def _content(self, part: str) -> bytes | Iterator[bytes] | None:
        """What becomes of a part; None where nothing does."""
        if part in self._begun:
            return chain((self._begun[part],), islice(self._package.pieces(part), 1, None))
        return self._changed.get(part)

    def _content_types(self) -> bytes:
        draft = Draft(self[TYPES], TYPES, lambda _, depth: depth < 2)
        known_defaults = set()
        left_over = {e for e in BY_EXTENSION if any(part.endswith(e) for part in self._removed) and not self.named(e)}
        for element in draft.children():
            part = element.attributes.get("PartName", "").lstrip("/").lower()
            if element.name == "Default":
                extension = element.attributes.get("Extension", "").lower()
                if extension in left_over:
                    draft.remove(element)
                else:
                    known_defaults.add(extension)
            elif part in self._removed or part in self._declared:
                draft.remove(element)
        for extension, kind in self._defaults.items():
            if extension not in known_defaults:
                draft.append(draft.root, f'<Default Extension="{extension}" ContentType="{kind}"/>', "first")
        for part, kind in self._declared.items():
            name = attribute(self._names[part])
            draft.append(draft.root, f'<Override PartName="/{name}" ContentType="{kind}"/>')
        return draft.result()


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")
