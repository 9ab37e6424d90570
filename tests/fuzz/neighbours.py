"""Mutators of what surrounds our cells: sheets, parts and elements of others, and workbooks of which only a part came.

Whatever Excel opens without a word may lie beside ours, and ours are read as ever.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fuzz.draft import WORKBOOK, Draft, Impossible
from fuzz.oracle import PROJECTS
from fuzz.spelling import SPREADSHEET, a_part, sheet_part
from fuzz.structure import put_tabs, tab_added, tabs_of

from xlperf.ooxml.a1 import address

LEDGER_ROWS = 26_000
_FORMATS = "http://schemas.openxmlformats.org"
DRAWING = f"{_FORMATS}/drawingml/2006/spreadsheetDrawing"
RELATIONSHIPS, OFFICE = f"{_FORMATS}/package/2006/relationships", f"{_FORMATS}/officeDocument/2006/relationships"
FOREIGN = 'xmlns:zz="urn:foreign"'
# What other programs put into parts of their own accord, each whole.
ELEMENTS = (
    f"<zz:note {FOREIGN}>附注</zz:note>",
    f'<zz:c {FOREIGN} r="B2"><zz:v>2</zz:v></zz:c>',
    f'<zz:sheetData {FOREIGN}><zz:row r="1"><zz:c r="A1"><zz:v>9</zz:v></zz:c></zz:row></zz:sheetData>',
    f'<zz:sheets {FOREIGN}><zz:sheet name="x" sheetId="1"/></zz:sheets>',
    f"<zz:si {FOREIGN}><zz:t>x</zz:t></zz:si>",
    f'<zz:Relationship {FOREIGN} Id="rId1" Type="x" Target="y"/>',
    f"<zz:cellXfs {FOREIGN}><zz:xf numFmtId='9'/></zz:cellXfs>",
)
CLOSING = re.compile(rb"</[\w:]+>\s*$")


# --- sheets of others ------------------------------------------------------------------------------------------------


@lru_cache
def _ledger(kind: str) -> bytes:
    """A pasted sheet as others keep it: long, of numbers, of merged cells, or formatted to its last row."""
    if kind == "long":  # its numbers are those of every shared string there may be
        rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i - 1}</v></c></row>' for i in range(1, LEDGER_ROWS + 1))
        more = ""
    elif kind == "merged":
        rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 20))
        areas = "".join(f'<mergeCell ref="A{i}:C{i}"/>' for i in range(30, 6_030))
        more = f'<mergeCells count="6000">{areas}</mergeCells>'
    else:
        rows = "".join(f'<row r="{i}" s="1" customFormat="1"><c r="A{i}" s="1"/></row>' for i in range(1, 3_000))
        rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        more = ""
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData>{more}</worksheet>'.encode()


def ledger_beside(draft: Draft) -> None:
    tab_added(draft, _ledger(draft.dice.choice(("long", "merged", "formatted"))), "worksheet", "台账")
    draft.claim.noted.add("XPF304")


def formatted_to_the_end(draft: Draft) -> None:
    """Rows to the last and columns to XFD that are formatted or hidden, and hold nothing."""
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in (9_000, 70_000, 1_048_576))
    sheet = draft.sheet()
    draft.edit(sheet.part, "</sheetData>", f"{rows}</sheetData>")
    far = f'<col min="{sheet.layout.columns + 20}" max="16384" width="9" hidden="1" customWidth="1"/></cols>'
    draft.edit(sheet.part, "</cols>", far)


def many_styles(draft: Draft) -> None:
    name = next((name for name in draft.parts if name.lower().endswith("styles.xml")), None)
    if name is None:
        raise Impossible
    count = draft.dice.choice((2_000, 2_000, 8_000, 64_000))
    draft.edit(name, "</cellXfs>", '<xf numFmtId="0"/>' * count + "</cellXfs>")


def many_names(draft: Draft) -> None:
    names = "".join(f'<definedName name="n{i}">参数!$A$1</definedName>' for i in range(draft.dice.choice((500, 5_000))))
    draft.edit(WORKBOOK, "</definedNames>", names + "</definedNames>")


def many_parts(draft: Draft) -> None:
    draft.parts |= {f"xl/media/image{i}.png": b"\x89PNG" for i in range(1_200)}


def picture_that_shrinks(draft: Draft) -> None:
    """A blank picture: of any compression ratio, and never asked for."""
    draft.parts["xl/media/blank.bmp"] = bytes(2**21)
    draft.deflated = True


def things_drawn(draft: Draft) -> None:
    """A stamp, or the shapes by the thousand that pasting from web pages leaves; named, and nothing else."""
    sheet = draft.sheet("overall", "settings", "guide", "contents")
    folder, _, name = sheet.part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations in draft.parts:
        raise Impossible
    corner = "<xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    thing = draft.dice.choice(("pic", "sp"))
    anchor = f"<xdr:oneCellAnchor>{corner}</xdr:from><xdr:{thing}/><xdr:clientData/></xdr:oneCellAnchor>"
    anchors = anchor * draft.dice.choice((1, 1, 1_500))
    draft.parts["xl/drawings/drawing977.xml"] = f'<xdr:wsDr xmlns:xdr="{DRAWING}">{anchors}</xdr:wsDr>'.encode()
    draft.parts[relations] = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{OFFICE}/drawing" '
        'Target="../drawings/drawing977.xml"/></Relationships>'
    ).encode()
    draft.edit(sheet.part, "</worksheet>", f'<drawing xmlns:q="{OFFICE}" q:id="rId1"/></worksheet>')
    draft.claim.noted.add("XPF321")
    draft.claim.told.add((sheet.part, "B2"))


# --- elements of others ----------------------------------------------------------------------------------------------


def foreign_element(draft: Draft) -> None:
    """At the end of any part we look into."""
    name = a_part(draft)
    element = draft.dice.choice(ELEMENTS).encode()
    xml, done = re.subn(CLOSING, lambda match: element + match[0], draft.parts[name])
    if not done:
        raise Impossible
    draft.parts[name] = xml
    draft.claim.noted.add("XPF330")  # said where it looks like cells


def foreign_cells(draft: Draft) -> None:
    """Cells of a foreign namespace among ours: nobody's, whatever they say."""
    sheet = draft.sheet(*PROJECTS)
    spot = address(draft.dice.randrange(1, sheet.layout.last_row), draft.dice.randrange(1, sheet.layout.columns))
    row = re.sub("[A-Z]", "", spot)
    cell = f'<zz:c {FOREIGN} r="{spot}"><zz:v>2</zz:v></zz:c>'
    draft.edit(sheet.part, rf'<row r="{row}"(?:[^>]*[^/])?>', lambda match: match[0] + cell)
    draft.claim.noted.add("XPF330")


def alternate_content(draft: Draft) -> None:
    """What newer programs write for themselves, with what older ones are to take instead."""
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = '<mc:Choice xmlns:zz="urn:later" Requires="zz"><zz:controls/></mc:Choice><mc:Fallback/>'
    content = f'<mc:AlternateContent xmlns:mc="{markup}">{choice}</mc:AlternateContent>'
    draft.edit(sheet_part(draft), "</worksheet>", f"{content}</worksheet>")


# --- part of a workbook ----------------------------------------------------------------------------------------------


def own_sheet_alone(draft: Draft) -> None:
    """Move or copy › new book: one project's sheet, perhaps without the properties of the book it came from."""
    tabs = tabs_of(draft)
    own = [s.part for s in draft.original.sheets if s.kind in PROJECTS]
    part = draft.dice.choice(own)
    relation = re.search(rf'Id="([^"]+)"[^>]*Target="[^"]*{part.rpartition("/")[2]}"', _relations(draft))
    relation = relation or re.search(rf'Target="[^"]*{part.rpartition("/")[2]}"[^>]*Id="([^"]+)"', _relations(draft))
    kept = [tab for tab in tabs if relation and f'"{relation[1]}"' in tab]
    if len(kept) != 1:
        raise Impossible
    put_tabs(draft, kept)
    if draft.dice.random() < 0.5:
        draft.parts.pop("docProps/custom.xml", None)
    draft.claim.neutral = False
    draft.claim.may_refuse |= any(s.kind == "blank_project" for s in draft.original.sheets)


def _relations(draft: Draft) -> str:
    return draft.parts["xl/_rels/workbook.xml.rels"].decode()


def some_sheets_left(draft: Draft) -> None:
    tabs = tabs_of(draft)
    if len(tabs) < 2:
        raise Impossible
    put_tabs(draft, draft.dice.sample(tabs, draft.dice.randrange(1, len(tabs))))
    draft.claim.neutral, draft.claim.may_refuse = False, True


def hidden_column_deleted(draft: Draft) -> None:
    """The last column, which nobody sees and which says what the sheet is."""
    sheet = draft.sheet(*PROJECTS, "overall", "settings", "contents")
    letters = re.sub(r"\d", "", sheet.layout.slots["marker"].cell)
    draft.edit(sheet.part, rf'<c r="{letters}\d+"[^>]*?(?:/>|>.*?</c>)', "", 0)
    draft.claim.forget()
    draft.claim.neutral, draft.claim.may_refuse = False, True


MUTATORS = (
    ledger_beside, formatted_to_the_end, many_styles, many_names, many_parts, picture_that_shrinks, things_drawn,
    foreign_element, foreign_cells, alternate_content, own_sheet_alone, some_sheets_left, hidden_column_deleted,
)  # fmt: skip
