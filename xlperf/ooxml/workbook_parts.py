"""What a package says of itself: its sheets and where their parts are, its properties, its date system.

Follows relationships instead of trusting names; takes any prefix, namespace edition and letter case.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xlperf.files import Refused, check_time
from xlperf.files.guard import Package, TooMuch, other_kind
from xlperf.ooxml.condensed import Condensed, condensed
from xlperf.ooxml.grid import YES, unescape
from xlperf.ooxml.number_formats import codes_by_style
from xlperf.ooxml.xml import CONTENT_TYPES, PROPERTIES, RELATIONSHIPS, begun, elements

TYPES = "[content_types].xml"
MAIN_TYPES = ("spreadsheetml", "ms-excel.sheet.macroenabled", "ms-excel.template.macroenabled")
BINARY = "ms-excel.sheet.binary"
WORKSHEET, EXTERNAL_LINK = "worksheet", "externalLink"
PROPERTY_KINDS = ("custom-properties", "customProperties")  # the second in ISO's strict edition
MOST_SHEETS = 1_100  # of a workbook
LARGEST_PART = 24 * 2**20  # bytes of a part that is parsed; a sheet of ours has 50,000
LARGE = 2**20  # bytes of a sheet with more in it than our forms have
LARGEST_LIST, DEARER = 2**20, 16  # bytes of a list of parts; one costs as much time as so many of a sheet
ROOM, ROOM_OF_SHEET = 64 * 2**20, 96 * 2**10  # bytes parsed of a workbook, and more for each of its sheets
_RELATIONSHIP = re.compile(rb'<Relationship(?: \w+="[^"<>]*")*+ ?/>')
_HYPERLINK = b'/relationships/hyperlink"'

SMALL = 4096  # bytes of a part worth remembering: those that are alike in the workbooks of one run

Relations = dict[str, tuple[str, str]]
"""Relationship id → (last word of its type, part it leads to)."""


@dataclass(frozen=True)
class SheetPart:
    """A tab of the workbook: its title, the part that holds it ("" for anything but a worksheet), whether it shows."""

    title: str
    part: str
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook package, opened as far as its list of sheets."""

    package: Package
    sheets: tuple[SheetPart, ...]
    strings: str
    styles: str
    date1904: bool
    properties: dict[str, str]
    relations: Relations
    spent: list[int] = field(default_factory=lambda: [0])  # bytes parsed so far

    @cached_property
    def codes(self) -> list[str]:
        """The number format of each cell style."""
        return codes_by_style(self.part(self.styles), self.styles) if self.styles else []

    def part(self, name: str) -> bytes:
        """The bytes of a part that is to be parsed. Raises Refused where it, or all that is parsed, is too large."""
        xml = _bearable(self.package, name)
        self.spend(len(xml))
        return xml

    def sheet(self, name: str) -> Condensed:
        """What may matter of a worksheet part, however much there is beside it. Raises Refused as `part`."""
        if self.package.size(name) <= LARGE:
            return Condensed(self.part(name), 0, "")
        read = condensed(self.package.pieces(name), LARGEST_PART)
        if len(read.xml) > LARGEST_PART:
            raise TooMuch(f"{name}: > {LARGEST_PART // 2**20} MB")
        self.spend(len(read.xml))
        return read

    def head(self, name: str) -> bytes:
        """How a part begins, which is not parsed otherwise."""
        return next(self.package.pieces(name), b"")

    def spend(self, size: int) -> None:
        """Count bytes that are parsed. Raises Refused when they, or the time, are too much for so many sheets."""
        check_time()
        self.spent[0] += size
        if self.spent[0] > ROOM + ROOM_OF_SHEET * len(self.sheets):
            raise TooMuch(f"XML > {ROOM // 2**20} MB")

    def relations_of(self, part: str) -> Relations:
        """What a part leads to."""
        self.spend(DEARER * len(_list(self.package, _relations_part(part))))
        return _relations(self.package, part)


def open_book(package: Package) -> Book:
    """The workbook in this package. Raises Refused where there is none."""
    top = _relations(package, "")
    workbook = _target(top, "officeDocument")
    if TYPES not in package or workbook not in package:
        raise other_kind(package)
    _check_type(package, workbook)
    relations = _relations(package, workbook)
    sheets, date1904 = [], False
    for name, attributes in begun(_bearable(package, workbook), workbook, ("sheet", "workbookPr")):
        if name == "sheet":
            kind, part = relations.get(attributes.get("id", ""), ("", ""))
            whole = kind == WORKSHEET and part in package
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), part if whole else "", hidden))
        elif name == "workbookPr":
            date1904 |= attributes.get("date1904", "") in YES  # an extension of the same name says nothing
    if len(sheets) > MOST_SHEETS:
        raise TooMuch(f"{workbook}: {len(sheets)} > {MOST_SHEETS}")
    held = [sheet.part for sheet in sheets if sheet.part]
    if len(set(held)) < len(held):
        raise Refused("XPF208", reason=f"{workbook}: 2 × {max(held, key=held.count)}")
    return Book(
        package=package,
        sheets=tuple(sheets),
        strings=_present(package, _target(relations, "sharedStrings")),
        styles=_present(package, _target(relations, "styles")),
        date1904=date1904,
        properties=_properties(package, _target(top, *PROPERTY_KINDS)),
        relations=relations,
    )


def _bearable(package: Package, part: str, most: int = LARGEST_PART) -> bytes:
    """The bytes of a part, unless there are too many."""
    if package.size(part) > most:
        raise TooMuch(f"{part}: > {most // 2**10} KB")
    return package[part]


def _check_type(package: Package, workbook: str) -> None:
    """The workbook part must be declared a spreadsheet."""
    xml = _bearable(package, TYPES, LARGEST_LIST)
    kinds = (_known_types if len(xml) < SMALL else _types)(xml)
    kind = kinds.get(workbook) or kinds.get(posixpath.splitext(workbook)[1], "")
    if BINARY in kind:
        raise Refused("XPF214")
    if not any(main in kind for main in MAIN_TYPES) or not kind.endswith("main+xml"):
        raise other_kind(package)


def _types(xml: bytes) -> dict[str, str]:
    """Content types by part, or by extension with its dot."""
    kinds: dict[str, str] = {}
    for name, attributes in begun(xml, TYPES, ("Override", "Default"), CONTENT_TYPES):
        kind = attributes.get("ContentType", "").lower()
        if name == "Override":
            kinds[attributes.get("PartName", "").lstrip("/").lower()] = kind
        elif name == "Default":
            kinds["." + attributes.get("Extension", "").lower()] = kind
    return kinds


_known_types = lru_cache(maxsize=64)(_types)


def _relations_part(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(package: Package, source: str) -> Relations:
    xml, folder = _list(package, _relations_part(source)), posixpath.dirname(source)
    if not xml:
        return {}
    return (_known_relations if len(xml) < SMALL else _read_relations)(xml, folder)


def _list(package: Package, part: str) -> bytes:
    """A list of relationships, "" where there is none; a long one without hyperlinks, which lead to no part."""
    if part not in package:
        return b""
    xml = _bearable(package, part)
    if len(xml) > SMALL:
        xml = _RELATIONSHIP.sub(lambda found: b"" if _HYPERLINK in found[0] else found[0], xml)
    if len(xml) > LARGEST_LIST:
        raise TooMuch(f"{part}: > {LARGEST_LIST // 2**10} KB")
    return xml


def _read_relations(xml: bytes, folder: str) -> Relations:
    relations: Relations = {}
    for _, attributes in begun(xml, f"{folder}/_rels", ("Relationship",), RELATIONSHIPS):
        target = attributes.get("Target", "").replace("\\", "/").lower()
        if attributes.get("TargetMode", "") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        relations[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)
    return relations


_known_relations = lru_cache(maxsize=512)(_read_relations)


def _target(relations: Relations, *kinds: str) -> str:
    return next((part for found, part in relations.values() if found in kinds), "")


def _present(package: Package, part: str) -> str:
    return part if part in package else ""


def _properties(package: Package, part: str) -> dict[str, str]:
    """The custom properties of the file."""
    properties: dict[str, str] = {}
    if part in package:
        name = ""
        for element, attributes, texts in elements(_bearable(package, part), part, PROPERTIES):
            if element == "property":
                name = attributes.get("name", "")
            elif name:
                properties[name] = unescape("".join(texts)).strip()
    return properties
