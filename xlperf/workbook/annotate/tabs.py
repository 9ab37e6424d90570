"""Puts the sheet with the list of notes in front of all others, or takes it out again.

Defined names know the sheet they belong to by its place, so they are renumbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, count

from xlperf.ooxml import content_types
from xlperf.ooxml.a1 import quoted_title
from xlperf.ooxml.fast_grid import sheet_grid
from xlperf.ooxml.package import Parts
from xlperf.ooxml.relationships import WORKSHEET
from xlperf.ooxml.serialise import attribute, text_xml
from xlperf.ooxml.workbook_parts import LARGE, SheetPart
from xlperf.ooxml.xml import whole_number
from xlperf.ooxml.xml_edit import Draft, Element, number
from xlperf.workbook.annotate import listing
from xlperf.workbook.annotate.listing import Entry
from xlperf.workbook.annotation_marks import LIST_MARKER, LIST_TITLE, is_list
from xlperf.workbook.read.recognise import is_foreign, signs_of_ours

# Children of a workbook, in the order of the schema.
_ORDER = """
fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames
calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects
extLst
"""
ORDER = tuple(_ORDER.split())


def tabs(parts: Parts) -> list[SheetPart]:
    """The tabs of the workbook, in their order."""
    return [tab for tab, _ in _tabs(parts, _draft(parts, ("sheet",)))]


def drop_lists(parts: Parts, strings: list[str]) -> None:
    """Take our list of notes out, and copies that people made of it."""
    signs = signs_of_ours(strings)
    for tab in reversed(tabs(parts)):
        if tab.part not in parts or parts.size(tab.part) > LARGE or is_foreign(parts, tab.part, signs):
            continue
        # After a save by another program the marker stands in the shared strings.
        suspect = LIST_MARKER.encode() in parts[tab.part] or LIST_MARKER in strings
        if suspect and is_list(sheet_grid(parts[tab.part], strings, tab.part).values.values()):
            _drop(parts, tab.part)


def _drop(parts: Parts, part: str) -> None:
    """Take a sheet out, with the names that belong to it."""
    draft = _draft(parts)
    listed = _tabs(parts, draft)
    at = next(i for i, (tab, _) in enumerate(listed) if tab.part == part)
    draft.remove(listed[at][1])
    for element in draft.all("definedName"):
        place = _place(element)
        if place == at:
            draft.remove(element)
        elif place is not None and place > at:
            draft.set(element, "localSheetId", str(place - 1))
    names = draft.child("definedNames")
    if names and not draft.children(names):
        draft.remove(names)
    parts[parts.workbook] = draft.result()
    parts.unrelate(parts.workbook, part)
    parts.remove(part)


def add_list(parts: Parts, entries: Sequence[Entry], looks: dict[str, int]) -> None:
    """Put our list of notes in front of all sheets, as the one that is open."""
    title = _free_title({tab.title.casefold() for tab in tabs(parts)})
    name = parts.free("xl/worksheets/sheet{}.xml")
    content = listing.sheet_xml(entries, looks).encode()
    _, key = parts.attach(parts.workbook, WORKSHEET, name, content, content_types.WORKSHEET)
    draft = _draft(parts)
    holder = draft.needed("sheets")
    highest = max((int(number(element.attributes.get("sheetId"), 0)) for element in draft.all("sheet")), default=0)
    attributes = f'xmlns:r="{parts.base}" name="{attribute(title)}" sheetId="{highest + 1}" r:id="{key}"'
    draft.append(holder, f"<sheet {attributes}/>", "first")
    for element in draft.all("definedName"):
        place = _place(element)
        if place is not None:
            draft.set(element, "localSheetId", str(place + 1))
    for view in draft.all("workbookView"):
        draft.set(view, "activeTab", "0")
        draft.set(view, "firstSheet", "0")
    area, head = listing.table_area(entries), f"${listing.HEAD_ROW}:${listing.HEAD_ROW}"
    names = "".join(
        f'<definedName name="_xlnm.{name}" localSheetId="0"{more}>'
        f"{text_xml(f'{quoted_title(title)}!{target}')}</definedName>"
        for name, more, target in (("_FilterDatabase", ' hidden="1"', area), ("Print_Titles", "", head))
    )
    known = draft.child("definedNames")
    if known:
        draft.append(known, names)
    else:
        draft.insert(ORDER, "definedNames", f"<definedNames>{names}</definedNames>")
    parts[parts.workbook] = draft.result()


def _draft(parts: Parts, deep: tuple[str, ...] = ("sheet", "definedName", "workbookView")) -> Draft:
    return Draft(parts[parts.workbook], parts.workbook, lambda name, depth: depth < 2 or name in deep)


def _tabs(parts: Parts, draft: Draft) -> list[tuple[SheetPart, Element]]:
    relations = parts.relations(parts.workbook)
    listed = []
    for element in draft.all("sheet"):
        line = relations.get(element.attributes.get("id", ""))
        part = line.target if line and line.kind == WORKSHEET and line.target in parts else ""
        hidden = element.attributes.get("state", "visible") != "visible"
        listed.append((SheetPart(element.attributes.get("name", ""), part, hidden), element))
    return listed


def _place(name: Element) -> int | None:
    """The place of the sheet a defined name belongs to, None for names of the workbook."""
    return whole_number(name.attributes.get("localSheetId", ""))


def _free_title(taken: set[str]) -> str:
    titles = chain([LIST_TITLE], map(f"{LIST_TITLE} ({{}})".format, count(2)))
    return next(title for title in titles if title.casefold() not in taken)
