"""Mutators of the structure: rows and columns put in or taken out, sheets copied or removed, elements torn out."""

from __future__ import annotations

import re

from fuzz.draft import WORKBOOK, Draft, Impossible
from fuzz.oracle import PROJECTS
from fuzz.spelling import sheet_part

from xlperf.ooxml.a1 import address, column_letters
from xlperf.ooxml.namespaces import MAIN

_REFERENCE = re.compile(r"(?<![A-Za-z_\d.!'])(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})(?![\d(A-Za-z_])")
RELATED = "xl/_rels/workbook.xml.rels"
RID = 'xmlns:q="http://schemas.openxmlformats.org/officeDocument/2006/relationships" q:id'


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _moved(draft: Draft, *, row: int = 0, column: int = 0, by: int = 1) -> None:
    """Rows (or columns) from here on moved by so many, and every reference of the sheet to itself with them."""
    sheet = draft.sheet(*PROJECTS, "overall", "settings")
    row = row and draft.dice.randrange(1, sheet.layout.last_row + 1)
    column = column and draft.dice.randrange(1, sheet.layout.columns + 1)
    seen = column <= sheet.layout.visible_columns + 1  # behind the marker no label moves; each value is told by itself

    def shifted(match: re.Match[str]) -> str:
        at_row, at_column = int(match[4]), _column(match[2])
        at_row += by * bool(row and at_row >= row)
        at_column += by * bool(column and at_column >= column)
        return f"{match[1]}{column_letters(max(1, at_column))}{match[3]}{max(1, at_row)}"

    def shifted_all(match: re.Match[str]) -> str:
        return match[1] + _REFERENCE.sub(shifted, match[2]) + match[3]

    xml = draft.parts[sheet.part].decode()
    if by < 0 and row:
        xml = re.sub(rf'<row r="{row}"[^>]*?(?:/>|>.*?</row>)', "", xml, count=1, flags=re.DOTALL)
        row += 1
    if by < 0 and column:
        letters = column_letters(column)
        xml = re.sub(rf'<c r="{letters}\d+"[^>]*?(?:/>|>.*?</c>)', "", xml, flags=re.DOTALL)
        column += 1
    xml = re.sub(r'(<c r=")([A-Z]+\d+)(")', shifted_all, xml)
    xml = re.sub(r'( (?:ref|sqref)=")([^"]*)(")', shifted_all, xml)
    xml = re.sub(r"(<(?:f|formula\d?)(?: [^>]*)?>)([^<]*)(<)", shifted_all, xml)
    if row:
        xml = re.sub(r'(<row r=")(\d+)(")', lambda m: f"{m[1]}{int(m[2]) + by * (int(m[2]) >= row)}{m[3]}", xml)
    draft.parts[sheet.part] = xml.encode()
    draft.claim.neutral = False
    if seen:
        draft.claim.moved.add(sheet.part)
    draft.claim.may_refuse |= sum(s.kind in PROJECTS for s in draft.original.sheets) == 1


def rows_inserted(draft: Draft) -> None:
    _moved(draft, row=1, by=draft.dice.choice((1, 1, 2, 5)))


def row_deleted(draft: Draft) -> None:
    _moved(draft, row=1, by=-1)


def columns_inserted(draft: Draft) -> None:
    _moved(draft, column=1, by=draft.dice.choice((1, 1, 2)))


def column_deleted(draft: Draft) -> None:
    _moved(draft, column=1, by=-1)


def cells_shifted_down(draft: Draft) -> None:
    """One column of the sheet moves down from some row on: Insert › Shift cells down."""
    draft.claim.forget()
    sheet = draft.sheet(*PROJECTS)
    column = draft.dice.randrange(1, sheet.layout.visible_columns + 1)
    start = draft.dice.randrange(4, sheet.layout.last_row)
    letters = column_letters(column)
    cells = draft.cells(sheet.part)
    elements = {}
    for row in range(start, sheet.layout.last_row + 1):
        found = cells.get(f"{letters}{row}")
        element = draft.parts[sheet.part][found[0] : found[1]].decode() if found else ""
        elements[f"{letters}{row + 1}"] = element.replace(f'"{letters}{row}"', f'"{letters}{row + 1}"', 1)
    for cell, element in reversed(elements.items()):
        draft.put(sheet.part, cell, element.replace("{", "{{").replace("{{s}}", "{s}") if "{" in element else element)
    draft.put(sheet.part, f"{letters}{start}", f'<c r="{letters}{start}"/>')
    draft.claim.neutral = False
    draft.claim.may_refuse = True  # done twice it may spoil every project sheet there is


# --- merges ----------------------------------------------------------------------------------------------------------


def merge_added(draft: Draft) -> None:
    sheet = draft.sheet(*PROJECTS, "overall", "settings")
    row, column = draft.dice.randrange(1, sheet.layout.last_row), draft.dice.randrange(1, sheet.layout.columns)
    area = f"{address(row, column)}:{address(row + draft.dice.randrange(3), column + draft.dice.randrange(1, 3))}"
    draft.edit(sheet.part, "</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>')
    draft.claim.noted |= {"XPF312", "XPF337", "XPF338"}


def merges_removed(draft: Draft) -> None:
    draft.edit(sheet_part(draft), "<mergeCells.*?</mergeCells>", "")


# --- sheets ----------------------------------------------------------------------------------------------------------


def tabs_of(draft: Draft) -> list[str]:
    xml = draft.parts.get(WORKBOOK, b"").decode()
    found = re.findall(r"<sheet [^>]*/>", xml)
    if not found or "".join(found) not in re.sub(r"\s+(?=<sheet )", "", xml):
        raise Impossible
    return found


def put_tabs(draft: Draft, tabs: list[str]) -> None:
    draft.edit(WORKBOOK, r"<sheets>.*</sheets>", lambda _: f"<sheets>{''.join(tabs)}</sheets>")


def sheets_reordered(draft: Draft) -> None:
    """Neutral for all but the order of the projects."""
    tabs = tabs_of(draft)
    draft.dice.shuffle(tabs)
    put_tabs(draft, tabs)
    draft.claim.neutral &= len(draft.original.department.projects) == 1


def sheet_removed(draft: Draft) -> None:
    tabs = tabs_of(draft)
    tabs.remove(draft.dice.choice(tabs))
    put_tabs(draft, tabs)
    draft.claim.neutral, draft.claim.may_refuse = False, True


def tab_added(draft: Draft, xml: bytes, kind: str, title: str) -> None:
    number = draft.dice.randrange(1_000, 10**6)
    part = f"xl/worksheets/sheet{number}.xml"
    draft.parts[part] = xml
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    related = f'<Relationship Id="rId{number}" Type="{kind}" Target="/{part}"/></Relationships>'
    draft.edit(RELATED, "</Relationships>", related)
    tab = f'<sheet name="{title}{number}" sheetId="{number}" {RID}="rId{number}"/></sheets>'
    draft.edit(WORKBOOK, "</sheets>", tab)


def sheet_duplicated(draft: Draft) -> None:
    """Move or Copy › Create a copy: another tab over a part of its own."""
    tab_added(draft, draft.parts[draft.sheet().part], "worksheet", "副本 (2)")
    draft.claim.neutral = False


def same_part_twice(draft: Draft) -> None:
    """Two tabs lead to one part, and another part to none."""
    tabs = tabs_of(draft)
    one, other = draft.dice.sample(range(len(tabs)), 2)
    target = re.search(r'r:id="[^"]*"', tabs[one])
    if target is None:
        raise Impossible
    tabs[other] = re.sub(r'r:id="[^"]*"', target[0], tabs[other])
    put_tabs(draft, tabs)
    draft.claim.neutral, draft.claim.may_refuse = False, True


def titles_swapped(draft: Draft) -> None:
    """Two tabs change names: nothing moves, since no sheet is known by its name."""
    tabs = tabs_of(draft)
    one, other = draft.dice.sample(range(len(tabs)), 2)
    names = [re.search(r'name="[^"]*"', tabs[i]) for i in (one, other)]
    if names[0] is None or names[1] is None:
        raise Impossible
    tabs[one], tabs[other] = tabs[one].replace(names[0][0], names[1][0]), tabs[other].replace(names[1][0], names[0][0])
    put_tabs(draft, tabs)
    draft.claim.noted |= {"XPF304", "XPF327"}
    draft.claim.neutral, draft.claim.may_refuse = False, True


def extra_sheet(draft: Draft) -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'.encode()
    )
    tab_added(draft, xml, draft.dice.choice(("worksheet", "chartsheet")), "草稿")
    draft.claim.noted |= {"XPF304"}


# --- elements and attributes torn about ------------------------------------------------------------------------------

_ELEMENT = re.compile(
    r"<(c|row|mergeCell|v|f|is|t|si|sheet|Relationship|xf|numFmt|property|Override)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL
)


def _torn(draft: Draft) -> str:
    names = [s.part for s in draft.original.sheets if s.part in draft.parts] * 2
    names += [
        n
        for n in draft.parts
        if n.endswith(
            (
                "workbook.xml",
                "workbook.xml.rels",
                "sharedStrings.xml",
                "styles.xml",
                "custom.xml",
                "_rels/.rels",
                "[Content_Types].xml",
            )
        )
    ]
    if not names:
        raise Impossible
    draft.claim.neutral, draft.claim.damaged, draft.claim.may_refuse = False, True, True
    draft.claim.forget()
    return draft.dice.choice(names)


def _element(draft: Draft, xml: str) -> re.Match[str]:
    found = _ELEMENT.search(xml, draft.dice.randrange(len(xml) or 1)) or _ELEMENT.search(xml)
    if found is None:
        raise Impossible
    return found


def element_dropped(draft: Draft) -> None:
    name = _torn(draft)
    xml = draft.parts[name].decode(errors="surrogateescape")
    found = _element(draft, xml)
    draft.parts[name] = (xml[: found.start()] + xml[found.end() :]).encode(errors="surrogateescape")


def element_doubled(draft: Draft) -> None:
    name = _torn(draft)
    xml = draft.parts[name].decode(errors="surrogateescape")
    found = _element(draft, xml)
    draft.parts[name] = (xml[: found.end()] + found[0] + xml[found.end() :]).encode(errors="surrogateescape")


def element_moved(draft: Draft) -> None:
    name = _torn(draft)
    xml = draft.parts[name].decode(errors="surrogateescape")
    one = _element(draft, xml)
    rest = xml[: one.start()] + xml[one.end() :]
    other = _element(draft, rest)
    draft.parts[name] = (rest[: other.start()] + one[0] + rest[other.start() :]).encode(errors="surrogateescape")


def element_emptied(draft: Draft) -> None:
    name = _torn(draft)
    xml = draft.parts[name].decode(errors="surrogateescape")
    found = _element(draft, xml)
    empty = re.sub(r"(?<=>).*(?=</)", "", found[0], count=1, flags=re.DOTALL)
    draft.parts[name] = (xml[: found.start()] + empty + xml[found.end() :]).encode(errors="surrogateescape")


def _attribute(draft: Draft, name: str, values: tuple[str, ...], part: str | None = None) -> None:
    chosen = _torn(draft)
    part = part or chosen
    xml = draft.parts[part].decode(errors="surrogateescape")
    places = list(re.finditer(rf' {name}="([^"]*)"', xml))
    if not places:
        raise Impossible
    place = draft.dice.choice(places)
    value = draft.dice.choice((*values, "", None, draft.dice.choice(places)[1]))
    new = "" if value is None else f' {name}="{value}"'
    draft.parts[part] = (xml[: place.start()] + new + xml[place.end() :]).encode(errors="surrogateescape")


def address_changed(draft: Draft) -> None:
    _attribute(
        draft, "r", ("A1", "A0", "1", "ZZZZ1", "a1", "$A$1", "A1:B2", "R1C1", "-1", "5", "XFE1"), sheet_part(draft)
    )


def type_changed(draft: Draft) -> None:
    _attribute(draft, "t", ("n", "s", "str", "inlineStr", "b", "e", "d", "x", "N"), sheet_part(draft))


def style_changed(draft: Draft) -> None:
    _attribute(draft, "s", ("0", "1", "99999", "-1", "x", "1.5"), sheet_part(draft))


def area_changed(draft: Draft) -> None:
    _attribute(draft, "ref", ("A1", "A1:XFD1048576", "B2:A1", "x", "A1:A1048576", "A:A", "1:1", "A1:B2 C3:D4"))


def identifier_changed(draft: Draft) -> None:
    part = draft.dice.choice([n for n in (WORKBOOK, RELATED) if n in draft.parts] or [sheet_part(draft)])
    _attribute(
        draft,
        draft.dice.choice(("r:id", "Id", "name", "sheetId", "Target", "Type", "TargetMode", "date1904")),
        ("rId1", "rId4", "x"),
        part,
    )


MUTATORS = (
    rows_inserted, row_deleted, columns_inserted, column_deleted, cells_shifted_down, merge_added,
    merges_removed, sheets_reordered, sheet_removed, sheet_duplicated, same_part_twice, titles_swapped,
    extra_sheet, element_dropped, element_doubled, element_moved, element_emptied, address_changed,
    type_changed, style_changed, area_changed, identifier_changed,
)  # fmt: skip
