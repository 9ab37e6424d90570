"""Changes a package: adds, replaces and removes parts, with their relationships and content types.

Parts are known by their lower-case names, as in `files.unpack`, and written under the names they had.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from itertools import chain, count, islice

from xlperf.files import Refused, unpack
from xlperf.ooxml import content_types
from xlperf.ooxml.content_types import LISTED, default_xml, override_xml
from xlperf.ooxml.grid import limit
from xlperf.ooxml.namespaces import CUSTOM_PROPERTIES, MAIN, RELATIONSHIPS, VALUE_TYPES, strict
from xlperf.ooxml.relationships import (
    Relations,
    is_strict,
    list_of,
    read_relations,
    relationship_xml,
    relationships_xml,
)
from xlperf.ooxml.xml import LARGEST_PART
from xlperf.ooxml.xml_edit import Draft
from xlperf.ooxml.zip_out import entry, repacked

BY_EXTENSION = ("rels", "vml")  # declared for all parts with this extension
_WRITTEN = (MAIN, RELATIONSHIPS, VALUE_TYPES, CUSTOM_PROPERTIES)  # namespaces in what we put into a package


class Parts:
    """The parts of a package by lower-case name. Those nobody asks for are neither read nor judged.

    Raises Refused for what is no workbook, and for a part that is asked for and damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._package = unpack(content)
        self._changed: dict[str, bytes] = {}
        self._related: dict[str, Relations] = {}  # by list; forgotten when the list changes
        self._begun: dict[str, bytes] = {}  # first pieces of parts that change nowhere else
        self._names = {part: self._package.spelled(part) for part in self._package}
        if LISTED not in self._names:
            raise Refused("XPF202")
        self._declared: dict[str, str] = {}
        self._defaults: dict[str, str] = {}
        self._removed: set[str] = set()
        self.workbook = self.target("", "officeDocument")
        if not self.workbook:
            raise Refused("XPF202")
        self.is_strict = is_strict(self[list_of("")])
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
        """Change the first piece of a part, however large the part is."""
        head = next(self.pieces(part), b"")
        begun = change(head)
        if begun != head:
            (self._changed if part in self._changed else self._begun)[part] = begun

    def spelled(self, xml: str) -> str:
        """XML of the usual edition with the namespaces of the edition that this package is in."""
        if self.is_strict:
            for space in _WRITTEN:
                xml = xml.replace(space, strict(space))
        return xml

    def free(self, pattern: str) -> str:
        """The first name of this pattern, which has a place for a number, that no part has."""
        return next(name for name in map(pattern.format, count(1)) if name.lower() not in self._names)

    def named(self, extension: str) -> list[str]:
        """The parts whose names end so."""
        return [part for part in self._names if part.endswith(extension)]

    def add(self, name: str, content: bytes, kind: str) -> str:
        """Add a part of this content type, numbered where another has its name; the lower-case name it has."""
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
        """Take a part out, with its relationships and its content type."""
        for gone in (part, list_of(part)):
            if gone in self._names:
                del self._names[gone]
                self._related.pop(gone, None)
                self._removed.add(gone)
                self._declared.pop(gone, None)

    # --- relationships ------------------------------------------------------------------------------------------------

    def relations(self, source: str) -> Relations:
        """The relationships of a part, of the package itself for "". Raises Refused."""
        listed = list_of(source)
        if listed not in self._names:
            return Relations()
        if listed not in self._related:
            limit(self.size(listed), LARGEST_PART, f"{listed}: B")
            self._related[listed] = read_relations(self[listed], source)
        return self._related[listed]

    def target(self, source: str, *kinds: str) -> str:
        """The part of one of these kinds that another leads to; "" where there is none."""
        lines = (line for line in self.relations(source).values() if line.kind in kinds and not line.is_outside)
        return next((line.target for line in lines if line.target in self._names), "")

    def relate(self, source: str, kind: str, target: str) -> str:
        """Lead from one part to another; the id of the relationship.

        The way is written from where the source lies, as Excel does: ExcelJS knows no comments by another.
        """
        listed, spelled = list_of(source), self._names.get(source, source)
        if listed not in self._names:
            self.add(list_of(spelled), relationships_xml(()), content_types.RELATIONSHIPS)
        taken = self.relations(source)
        key = next(key for key in map("rId{}".format, count(1)) if key not in taken)
        draft = Draft(self[listed], listed, lambda _, depth: depth == 0)
        way = posixpath.relpath(f"/{self._names[target]}", f"/{posixpath.dirname(spelled)}")
        draft.append(draft.root, relationship_xml(key, kind, way, base=self.base))
        self[listed] = draft.result()
        return key

    def attach(self, source: str, kind: str, name: str, content: bytes, content_type: str) -> tuple[str, str]:
        """Add a part to which another leads: its name, and the id of the relationship."""
        part = self.add(name, content, content_type)
        return part, self.relate(source, kind, part)

    def unrelate(self, source: str, target: str) -> None:
        """Take out the relationships by which one part leads to another."""
        listed = list_of(source)
        draft = Draft(self[listed], listed, lambda _, depth: depth < 2)
        gone = {key for key, line in self.relations(source).items() if line.target == target and not line.is_outside}
        for element in draft.children():
            if element.attributes.get("Id") in gone:
                draft.remove(element)
        if draft.children():
            self[listed] = draft.result()
        else:
            self.remove(listed)

    # --- the package again --------------------------------------------------------------------------------------------

    def packed(self) -> bytes:
        """The package with all changes, the same bytes for the same changes."""
        self[LISTED] = self._content_types()
        return repacked(self._package, ((entry(name), self._content(part)) for part, name in self._names.items()))

    def _content(self, part: str) -> bytes | Iterator[bytes] | None:
        """The new content of a part; None where it stays as it is."""
        if part in self._begun:
            return chain((self._begun[part],), islice(self._package.pieces(part), 1, None))
        return self._changed.get(part)

    def _content_types(self) -> bytes:
        draft = Draft(self[LISTED], LISTED, lambda _, depth: depth < 2)
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
                draft.append(draft.root, default_xml(extension, kind), "first")
        for part, kind in self._declared.items():
            draft.append(draft.root, override_xml(self._names[part], kind))
        return draft.result()
