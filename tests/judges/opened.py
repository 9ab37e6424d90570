"""A workbook file taken apart: parts, relationships, content types, sheets and cells, as they stand in the file.

Nothing is corrected or filled in on the way, and nothing is judged here.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"
CONTENT_TYPES = "[Content_Types].xml"

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def name_of(element: ET.Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def decoded(text: str) -> str:
    """Text with the characters that the format writes as _xHHHH_."""
    return _CODED.sub(lambda match: chr(int(match[1], 16)), text)


def count(element: ET.Element | None) -> int:
    return 0 if element is None else len(element)


@dataclass(frozen=True)
class Relationship:
    """One line of a part's relationships; `target` is the full name of the part unless it lies outside."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, as in `worksheet`."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True)
class Sheet:
    """A worksheet with its title, its part and the part's XML."""

    book: Opened
    title: str
    part: str
    entry: ET.Element
    root: ET.Element

    def all(self, tag: str) -> Iterator[ET.Element]:
        return self.root.iter(MAIN + tag)

    @cached_property
    def cells(self) -> dict[str, ET.Element]:
        return {cell.get("r", ""): cell for cell in self.all("c")}

    def text(self, cell: ET.Element) -> str | None:
        """What the cell shows, if that is text."""
        value = cell.findtext(MAIN + "v")
        match cell.get("t"):
            case "s":
                strings = self.book.strings
                return strings[int(value)] if value and value.isdecimal() and int(value) < len(strings) else None
            case "inlineStr":
                return "".join(piece.text or "" for piece in cell.iter(MAIN + "t"))
            case "str":
                return value
        return None

    def related(self, kind: str) -> Iterator[tuple[str, ET.Element]]:
        """The parts of a kind that this sheet has: part and XML."""
        for relationship in self.book.relationships(self.part):
            if relationship.kind == kind and relationship.target in self.book.parts:
                yield relationship.target, self.book.root(relationship.target)


class Opened:
    """The file. Parts that are no XML stay bytes; XML is parsed on demand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as package:
            self.entries = package.namelist()
            self.parts = {name: package.read(name) for name in self.entries}
        self._roots: dict[str, ET.Element] = {}

    def root(self, part: str) -> ET.Element:
        """The XML of a part; raises ParseError where it is none."""
        if part not in self._roots:
            self._roots[part] = ET.fromstring(self.parts[part])
        return self._roots[part]

    # --- what leads where ---------------------------------------------------------------------------------------------

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part; of the package itself for ""."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.parts:
            return []
        return [
            Relationship(
                id=line.get("Id", ""),
                type=line.get("Type", ""),
                target=_resolved(folder, line.get("Target", ""), external := line.get("TargetMode") == "External"),
                external=external,
            )
            for line in self.root(listed)
        ]

    @cached_property
    def sources(self) -> list[str]:
        """Everything that may have relationships: the package as "", and its parts."""
        return ["", *(name for name in self.parts if not name.endswith(".rels") and name != CONTENT_TYPES)]

    def all_relationships(self, kind: str) -> list[Relationship]:
        return [line for source in self.sources for line in self.relationships(source) if line.kind == kind]

    @cached_property
    def defaults(self) -> dict[str, str]:
        return self._types("Default", "Extension")

    @cached_property
    def overrides(self) -> dict[str, str]:
        return {name.removeprefix("/"): kind for name, kind in self._types("Override", "PartName").items()}

    def _types(self, tag: str, key: str) -> dict[str, str]:
        lines = self.root(CONTENT_TYPES).iter(f"{_PACKAGE}content-types}}{tag}")
        return {line.get(key, ""): line.get("ContentType", "") for line in lines}

    def content_type(self, part: str) -> str | None:
        extensions = {name.lower(): kind for name, kind in self.defaults.items()}
        return self.overrides.get(part) or extensions.get(part.rpartition(".")[2].lower())

    # --- the workbook -------------------------------------------------------------------------------------------------

    def target(self, of: str, kind: str) -> str | None:
        """The one part of this kind that `of` leads to."""
        targets = (line.target for line in self.relationships(of) if line.kind == kind and line.target in self.parts)
        return next(targets, None)

    @cached_property
    def workbook_part(self) -> str:
        return self.target("", "officeDocument") or ""

    @cached_property
    def workbook(self) -> ET.Element:
        return self.root(self.workbook_part)

    @cached_property
    def styles(self) -> ET.Element:
        part = self.target(self.workbook_part, "styles")
        return self.root(part) if part else ET.Element(f"{MAIN}styleSheet")

    @cached_property
    def strings(self) -> list[str]:
        part = self.target(self.workbook_part, "sharedStrings")
        items = self.root(part).iter(f"{MAIN}si") if part else ()
        return ["".join(piece.text or "" for piece in item.iter(f"{MAIN}t")) for item in items]

    @cached_property
    def entries_of_sheets(self) -> list[ET.Element]:
        return list(self.workbook.iterfind(f"{MAIN}sheets/{MAIN}sheet"))

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The worksheets whose part is there."""
        parts = {line.id: line.target for line in self.relationships(self.workbook_part)}
        sheets = []
        for entry in self.entries_of_sheets:
            part = parts.get(entry.get(f"{REFERENCE}id", ""), "")
            if part in self.parts:
                sheets.append(Sheet(self, decoded(entry.get("name", "")), part, entry, self.root(part)))
        return sheets

    @cached_property
    def titles(self) -> set[str]:
        """Titles of all sheets as formulas find them: case does not matter."""
        return {decoded(entry.get("name", "")).lower() for entry in self.entries_of_sheets}

    @cached_property
    def names(self) -> list[ET.Element]:
        return list(self.workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"))

    @cached_property
    def tables(self) -> list[tuple[Sheet, str, ET.Element]]:
        return [(sheet, part, root) for sheet in self.sheets for part, root in sheet.related("table")]


def _resolved(folder: str, target: str, external: bool) -> str:
    if external:
        return target
    path = target.split("#")[0]
    return path[1:] if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
