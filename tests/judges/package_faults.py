"""Faults of the package: names of parts, what leads to them, macros. One function for each kind of fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

from judges.opened import Opened

Found = tuple[str, str]
"""Where in the file, and what is wrong there."""

_TYPES = "application/vnd.openxmlformats-officedocument"
_SHEET_MAIN = f"{_TYPES}.spreadsheetml.sheet.main+xml"
_MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_MAIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_VBA = "application/vnd.ms-office.vbaProject"

# What a file is called → content type of its workbook. Excel does not open a file called otherwise.
MAIN_TYPE = {".xlsx": _SHEET_MAIN, ".xlsm": _MACRO_MAIN, ".xlam": _ADDIN_MAIN}

_MICROSOFT = "http://schemas.microsoft.com/office"
VBA_RELATIONSHIP = f"{_MICROSOFT}/2006/relationships/vbaProject"
# By one of these Excel finds the ribbon of a package.
RIBBONS = {
    f"{_MICROSOFT}/2006/relationships/ui/extensibility",
    f"{_MICROSOFT}/2007/relationships/ui/extensibility",
}

_ENTRY_NAME = re.compile(r"(?:[^/\\]*[^/\\.]/)*[^/\\]*[^/\\.]")


def illegal_entry_names(book: Opened) -> Iterator[Found]:
    yield from ((entry, "is no name of a part") for entry in book.entries if not _ENTRY_NAME.fullmatch(entry))


def unreachable_parts(book: Opened) -> Iterator[Found]:
    reached, ahead = set[str](), [""]
    while ahead:
        source = ahead.pop()
        targets = {line.target for line in book.relationships(source) if not line.external}
        ahead += targets - reached
        reached |= targets
    yield from ((part, "no relationship leads to it") for part in book.sources if part and part not in reached)


def content_types_of_missing_parts(book: Opened) -> Iterator[Found]:
    yield from ((part, "has a content type but is missing") for part in book.overrides if part not in book.parts)


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


def unloadable_macros(book: Opened) -> Iterator[Found]:
    """Excel finds a macro project by one relationship, and it is a compound file."""
    for line in book.all_relationships("vbaProject"):
        if line.type != VBA_RELATIONSHIP:
            yield line.target, f"is led to by {line.type}"
        if not book.parts[line.target].startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            yield line.target, "is no compound file"


def unfound_ribbons(book: Opened) -> Iterator[Found]:
    for line in book.all_relationships("extensibility"):
        if line.type not in RIBBONS:
            yield line.target, f"is led to by {line.type}"
