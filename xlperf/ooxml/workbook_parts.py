"""Opens a workbook package: lists its sheets and their parts, its properties and its date system.

Follows relationships, never names of parts. Takes any prefix, either edition of the namespaces and any letter case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from xlperf.files import Refused, check_time
from xlperf.files.guard import Package, TooMuch, other_kind
from xlperf.ooxml.condensed import Condensed, condensed
from xlperf.ooxml.content_types import LISTED, declared
from xlperf.ooxml.grid import YES
from xlperf.ooxml.number_formats import codes_by_style
from xlperf.ooxml.properties import read_properties
from xlperf.ooxml.relationships import CUSTOM_PROPERTIES, WORKSHEET, Relations, list_xml, read_relations, relations_of
from xlperf.ooxml.xml import LARGEST_PART, bearable, begun

MAIN_TYPES = ("spreadsheetml", "ms-excel.sheet.macroenabled", "ms-excel.template.macroenabled")
BINARY = "ms-excel.sheet.binary"
MOST_SHEETS = 1_100  # of a workbook
LARGE = 2**20  # bytes of a sheet with more in it than our forms have
DEARER = 16  # one byte of a list of parts costs as much time as so many of a sheet
ROOM, ROOM_OF_SHEET = 64 * 2**20, 96 * 2**10  # bytes parsed of a workbook, and more for each of its sheets


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
        xml = bearable(self.package, name)
        self.spend(len(xml))
        return xml

    def sheet(self, name: str) -> Condensed:
        """A worksheet part, a large one without blank rows and rows far below our forms. Raises Refused as `part`."""
        if self.package.size(name) <= LARGE:
            return Condensed(self.part(name), 0, "")
        read = condensed(self.package.pieces(name), LARGEST_PART)
        if len(read.xml) > LARGEST_PART:
            raise TooMuch(f"{name}: > {LARGEST_PART // 2**20} MB")
        self.spend(len(read.xml))
        return read

    def head(self, name: str) -> bytes:
        """The first bytes of a part that may be of any size."""
        return next(self.package.pieces(name), b"")

    def spend(self, size: int) -> None:
        """Count bytes that are parsed. Raises Refused when they, or the time, are too much for so many sheets."""
        check_time()
        self.spent[0] += size
        if self.spent[0] > ROOM + ROOM_OF_SHEET * len(self.sheets):
            raise TooMuch(f"XML > {ROOM // 2**20} MB")

    def relations_of(self, part: str) -> Relations:
        """The relationships of a part. Raises Refused as `part`."""
        xml = list_xml(self.package, part)
        self.spend(DEARER * len(xml))
        return read_relations(xml, part)


def open_book(package: Package) -> Book:
    """The workbook in this package. Raises Refused where there is none."""
    top = relations_of(package, "")
    workbook = top.target("officeDocument")
    if LISTED not in package or workbook not in package:
        raise other_kind(package)
    _check_type(package, workbook)
    relations = relations_of(package, workbook)
    sheets, date1904 = [], False
    for name, attributes in begun(bearable(package, workbook), workbook, ("sheet", "workbookPr")):
        if name == "sheet":
            relation = relations.get(attributes.get("id", ""))
            part = relation.target if relation and relation.kind == WORKSHEET and relation.target in package else ""
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), part, hidden))
        elif name == "workbookPr":
            date1904 |= attributes.get("date1904", "") in YES  # an extension of the same name says nothing
    if len(sheets) > MOST_SHEETS:
        raise TooMuch(f"{workbook}: {len(sheets)} > {MOST_SHEETS}")
    parts = [sheet.part for sheet in sheets if sheet.part]
    if len(set(parts)) < len(parts):
        raise Refused("XPF208", reason=f"{workbook}: 2 × {max(parts, key=parts.count)}")
    strings, styles = relations.target("sharedStrings"), relations.target("styles")
    properties = top.target(*CUSTOM_PROPERTIES)
    return Book(
        package=package,
        sheets=tuple(sheets),
        strings=strings if strings in package else "",
        styles=styles if styles in package else "",
        date1904=date1904,
        properties=read_properties(bearable(package, properties), properties) if properties in package else {},
        relations=relations,
    )


def _check_type(package: Package, workbook: str) -> None:
    """The workbook part must be declared a spreadsheet."""
    kind = declared(package, workbook)
    if BINARY in kind:
        raise Refused("XPF214")
    if not any(main in kind for main in MAIN_TYPES) or not kind.endswith("main+xml"):
        raise other_kind(package)
