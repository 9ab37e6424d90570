"""Faults of the workbook itself: sheets, tabs, defined names, properties. One function for each kind of fault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from judges.formula import name_fault
from judges.opened import MAIN, Opened, decoded
from judges.package_faults import Found

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
LONGEST_CODE_NAME = 31
BUILT_IN = {"print_area", "print_titles", "_filterdatabase", "criteria", "extract", "consolidate_area", "database"}
PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, number in Counter(values).items() if number > 1]


def illegal_sheet_titles(book: Opened) -> Iterator[Found]:
    for entry in book.entries_of_sheets:
        title = decoded(entry.get("name", ""))
        if _FORBIDDEN.search(title):
            yield "workbook", f"sheet title {title!r} has a character that titles must not have"
        if title.lower() == "history":
            yield "workbook", "sheet title 'History' belongs to Excel"


def repeated_sheet_titles(book: Opened) -> Iterator[Found]:
    titles = _repeated(decoded(entry.get("name", "")).lower() for entry in book.entries_of_sheets)
    yield from (("workbook", f"two sheets are called {title!r}") for title in titles)


def sheets_of_one_part(book: Opened) -> Iterator[Found]:
    yield from ((part, "is two sheets") for part in _repeated(sheet.part for sheet in book.sheets))


def hidden_workbook(book: Opened) -> Iterator[Found]:
    """Some sheet must be visible, and the active one must be."""
    shown = [entry.get("state", "visible") == "visible" for entry in book.entries_of_sheets]
    if not any(shown):
        yield "workbook", "no sheet is visible"
        return
    for view in book.workbook.iter(f"{MAIN}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            tab = int(view.get(attribute, "0"))
            if tab >= len(shown):
                yield "workbook", f"{attribute} is {tab} of {len(shown)} sheets"
            elif view.get(attribute) is not None and not shown[tab]:
                yield "workbook", f"{attribute} is {tab}, a hidden sheet"


def wrong_code_names(book: Opened) -> Iterator[Found]:
    holders = [("workbook", book.workbook.find(f"{MAIN}workbookPr"))]
    holders += [(sheet.title, sheet.root.find(f"{MAIN}sheetPr")) for sheet in book.sheets]
    names = [(where, holder.get("codeName")) for where, holder in holders if holder is not None]
    given = [(where, name) for where, name in names if name is not None]
    for where, name in given:
        if len(name) > LONGEST_CODE_NAME:
            yield where, f"code name {name!r}"
    yield from (("workbook", f"code name {name!r} twice") for name in _repeated(name.lower() for _, name in given))


def illegal_names(book: Opened) -> Iterator[Found]:
    for defined in book.names:
        name = defined.get("name", "")
        if name.lower().startswith("_xlnm."):
            if name.lower().removeprefix("_xlnm.") not in BUILT_IN:
                yield "workbook", f"defined name {name!r} is none of Excel's"
        elif fault := name_fault(name):
            yield "workbook", f"defined name {name!r} {fault}"


def repeated_names(book: Opened) -> Iterator[Found]:
    """Defined names and tables share one set of names; scopes have a set each."""
    scoped = [f"{name.get('name', '').lower()} of sheet {name.get('localSheetId', '(all)')}" for name in book.names]
    tables = [f"{root.get('displayName', '').lower()} of sheet (all)" for _, _, root in book.tables]
    yield from (("workbook", f"two names {name!r}") for name in _repeated(scoped + tables))


def names_of_no_sheet(book: Opened) -> Iterator[Found]:
    for defined in book.names:
        scope = defined.get("localSheetId")
        if scope is not None and int(scope) >= len(book.entries_of_sheets):
            yield "workbook", f"defined name {defined.get('name')!r} belongs to sheet {scope}"


def wrong_custom_properties(book: Opened) -> Iterator[Found]:
    part = book.target("", "custom-properties")
    if part is None:
        return
    properties = list(book.root(part).iter(f"{PROPERTIES}property"))
    for value in _repeated(entry.get("pid", "") for entry in properties):
        yield part, f"two properties with pid {value}"
    for entry in properties:
        if entry.get("fmtid", "").upper() != PROPERTY_SET:
            yield part, f"property {entry.get('name')!r} has fmtid {entry.get('fmtid')}"


def calculation_chain_of_no_formulas(book: Opened) -> Iterator[Found]:
    part = book.target(book.workbook_part, "calcChain")
    if part is None:
        return
    cells = {
        (sheet.entry.get("sheetId"), at): cell.find(f"{MAIN}f") is not None
        for sheet in book.sheets
        for at, cell in sheet.cells.items()
    }
    sheet_id = None
    for link in book.root(part).iter(f"{MAIN}c"):
        sheet_id = link.get("i", sheet_id)  # given where it changes
        if not cells.get((sheet_id, link.get("r", ""))):
            yield part, f"calculates {link.get('r')} of sheet {sheet_id}, which has no formula"
