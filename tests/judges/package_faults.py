"""Faults of the package: parts, relationships, content types, macros. One function for each kind of fault."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from judges.opened import CONTENT_TYPES, REFERENCE, Opened

Found = tuple[str, str]
"""Where in the file, and what is wrong there."""

_TYPES = "application/vnd.openxmlformats-officedocument"
_SHEET_MAIN = f"{_TYPES}.spreadsheetml.sheet.main+xml"
_MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_MAIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_VBA = "application/vnd.ms-office.vbaProject"

# Last word of a relationship's type → content types of the part it leads to.
TYPE_OF = {
    "officeDocument": {_SHEET_MAIN, _MACRO_MAIN, _ADDIN_MAIN},
    "worksheet": {f"{_TYPES}.spreadsheetml.worksheet+xml"},
    "styles": {f"{_TYPES}.spreadsheetml.styles+xml"},
    "sharedStrings": {f"{_TYPES}.spreadsheetml.sharedStrings+xml"},
    "calcChain": {f"{_TYPES}.spreadsheetml.calcChain+xml"},
    "table": {f"{_TYPES}.spreadsheetml.table+xml"},
    "theme": {f"{_TYPES}.theme+xml"},
    "drawing": {f"{_TYPES}.drawing+xml"},
    "chart": {f"{_TYPES}.drawingml.chart+xml"},
    "comments": {f"{_TYPES}.spreadsheetml.comments+xml"},
    "vmlDrawing": {f"{_TYPES}.vmlDrawing"},
    "extended-properties": {f"{_TYPES}.extended-properties+xml"},
    "custom-properties": {f"{_TYPES}.custom-properties+xml"},
    "core-properties": {"application/vnd.openxmlformats-package.core-properties+xml"},
    "vbaProject": {_VBA},
}

# What a file is called → content type of its workbook. Excel does not open a file called otherwise.
MAIN_TYPE = {".xlsx": _SHEET_MAIN, ".xlsm": _MACRO_MAIN, ".xlam": _ADDIN_MAIN}

_MICROSOFT = "http://schemas.microsoft.com/office"
VBA_RELATIONSHIP = f"{_MICROSOFT}/2006/relationships/vbaProject"
# Namespace of a ribbon → relationship by which Excel finds it, from the package and not from the workbook.
RIBBONS = {
    f"{_MICROSOFT}/2006/01/customui": f"{_MICROSOFT}/2006/relationships/ui/extensibility",
    f"{_MICROSOFT}/2009/07/customui": f"{_MICROSOFT}/2007/relationships/ui/extensibility",
}

_ENTRY_NAME = re.compile(r"(?:[^/\\]*[^/\\.]/)*[^/\\]*[^/\\.]")


def repeated_entries(book: Opened) -> Iterator[Found]:
    times = Counter(entry.lower() for entry in book.entries)
    yield from ((entry, f"stands {number} times in the package") for entry, number in times.items() if number > 1)


def illegal_entry_names(book: Opened) -> Iterator[Found]:
    yield from ((entry, "is no name of a part") for entry in book.entries if not _ENTRY_NAME.fullmatch(entry))


def malformed_xml(book: Opened) -> Iterator[Found]:
    for part in book.xml_parts:
        try:
            book.root(part)
        except ET.ParseError as error:
            yield part, f"is not well-formed: {error}"
        if b"<!DOCTYPE" in book.parts[part]:
            yield part, "has a document type definition"


def missing_parts(book: Opened) -> Iterator[Found]:
    if CONTENT_TYPES not in book.parts:
        yield CONTENT_TYPES, "is missing"
    for source in book.sources:
        for line in book.relationships(source):
            if not line.external and line.target not in book.parts:
                yield source or "package", f"leads to {line.target!r}, which is missing"
    if "officeDocument" not in {line.kind for line in book.relationships("")}:
        yield "package", "leads to no workbook"


def repeated_relationship_ids(book: Opened) -> Iterator[Found]:
    for source in book.sources:
        times = Counter(line.id for line in book.relationships(source))
        for key, number in times.items():
            if number > 1:
                yield source or "package", f"has {number} relationships {key!r}"


def dangling_relationship_ids(book: Opened) -> Iterator[Found]:
    for part in book.xml_parts:
        if part == CONTENT_TYPES or part.endswith(".rels"):
            continue
        known = {line.id for line in book.relationships(part)}
        for element in book.root(part).iter():
            for attribute, value in element.items():
                if attribute.startswith(REFERENCE) and value not in known:
                    yield part, f"asks for relationship {value!r}, which it has not"


def unreachable_parts(book: Opened) -> Iterator[Found]:
    reached, ahead = set[str](), [""]
    while ahead:
        source = ahead.pop()
        found = {line.target for line in book.relationships(source) if not line.external}
        ahead += found - reached
        reached |= found
    yield from ((part, "no relationship leads to it") for part in book.sources if part and part not in reached)


def wrong_content_types(book: Opened) -> Iterator[Found]:
    for part in book.parts:
        if part != CONTENT_TYPES and book.content_type(part) is None:
            yield part, "has no content type"
    for part in book.overrides:
        if part not in book.parts:
            yield part, "has a content type but is missing"
    for source in book.sources:
        for line in book.relationships(source):
            allowed = TYPE_OF.get(line.kind)
            if allowed and not line.external and book.content_type(line.target) not in allowed:
                yield line.target, f"is a {line.kind} and has the content type {book.content_type(line.target)}"


def wrong_workbook_type(book: Opened) -> Iterator[Found]:
    """The extension, the content type of the workbook and the presence of macros must agree."""
    part, suffix = book.workbook_part, book.path.suffix.lower()
    kind = book.content_type(part)
    if kind != MAIN_TYPE.get(suffix):
        yield part, f"has the content type {kind} in a file called {suffix}"
    macros = [name for name in book.parts if book.content_type(name) == _VBA or name.endswith("vbaProject.bin")]
    if macros and suffix == ".xlsx":
        yield macros[0], "a file called .xlsx holds macros"
    if not macros and suffix in (".xlsm", ".xlam"):
        yield part, f"a file called {suffix} holds no macros"


def misplaced_macros(book: Opened) -> Iterator[Found]:
    """One macro project at most, and the workbook is what leads to it."""
    led = [line for source in book.sources for line in book.relationships(source) if line.kind == "vbaProject"]
    for line in led:
        if line.type != VBA_RELATIONSHIP:
            yield line.target, f"is led to by {line.type}"
        if line not in book.relationships(book.workbook_part):
            yield line.target, "is not led to by the workbook"
        if not book.parts[line.target].startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            yield line.target, "is no compound file"
    if len(led) > 1:
        yield book.workbook_part, f"has {len(led)} macro projects"


def misplaced_ribbons(book: Opened) -> Iterator[Found]:
    """A ribbon is led to by the package, by the relationship of its namespace, which its root element is in."""
    for source in book.sources:
        for line in book.relationships(source):
            if line.kind != "extensibility":
                continue
            namespace, _, tag = book.root(line.target).tag.removeprefix("{").rpartition("}")
            if source:
                yield line.target, f"is led to by {source}, not by the package"
            if tag != "customUI" or RIBBONS.get(namespace) != line.type:
                yield line.target, f"is {{{namespace}}}{tag} and led to by {line.type}"
    for part in book.xml_parts:
        if part.lower().startswith("customui/") and not part.endswith(".rels"):
            led = {line.target for line in book.relationships("") if line.kind == "extensibility"}
            if part not in led:
                yield part, "no relationship of the package leads to this ribbon"
