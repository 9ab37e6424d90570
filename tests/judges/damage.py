"""Means to spoil a workbook on purpose. The parts named are those of the small department's form and of its summary."""

from __future__ import annotations

import re
from collections.abc import Callable

from xlperf.ooxml.namespaces import MAIN, RELATIONSHIPS

WORKBOOK, TYPES, STYLES = "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"
FORM, CONTENTS, CHART, DRAWING = (
    "xl/worksheets/sheet4.xml",
    "xl/worksheets/sheet3.xml",
    "xl/charts/chart4.xml",
    "xl/drawings/drawing4.xml",
)
# Of the annotated copy: the comments of the contents and of the first project, and the boxes of the latter.
COMMENTS, BOXES, OTHER_BOXES = "xl/comments2.xml", "xl/drawings/vmlDrawing2.vml", "xl/drawings/vmlDrawing1.vml"
LIST, TABLE = "xl/worksheets/sheet3.xml", "xl/tables/table1.xml"
RELATED = "xl/_rels/workbook.xml.rels"
MICROSOFT = "http://schemas.microsoft.com/office"
VBA_RELATIONSHIP = f"{MICROSOFT}/2006/relationships/vbaProject"
VBA = "application/vnd.ms-office.vbaProject"
MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # no more of a macro project than its first bytes
RIBBON = f'<customUI xmlns="{MICROSOFT}/2009/07/customui"/>'.encode()

Spoil = Callable[["Parts"], None]


def relationship(kind: str, target: str) -> str:
    return f'<Relationship Id="added" Type="{kind}" Target="{target}"/>'


class Parts(dict[str, bytes]):
    """The parts of a workbook, to be spoilt in place."""

    def add(self, part: str, inside: str, xml: str) -> None:
        """Put something last into the part's first element of this name."""
        self.change(part, f"</{inside}>", f"{xml}</{inside}>")

    def change(self, part: str, pattern: str, replacement: str) -> None:
        """Replace what the pattern finds first; finding nothing is a fault of the test."""
        text, times = re.subn(pattern, replacement, self[part].decode(), count=1, flags=re.DOTALL)
        assert times == 1, f"{part} has no {pattern}"
        self[part] = text.encode()


def change(part: str, pattern: str, replacement: str) -> Spoil:
    return lambda parts: parts.change(part, pattern, replacement)


def add(part: str, inside: str, xml: str) -> Spoil:
    return lambda parts: parts.add(part, inside, xml)


def drop(part: str) -> Spoil:
    def spoil(parts: Parts) -> None:
        del parts[part]

    return spoil


# --- damages that one replacement cannot do ---------------------------------------------------------------------------


def same_part_twice_but_for_case(parts: Parts) -> None:
    parts["XL/Styles.xml"] = parts[STYLES]


def entry_with_a_backslash(parts: Parts) -> None:
    parts["xl\\theme.xml"] = parts["xl/theme/theme1.xml"]


def part_without_a_type(parts: Parts) -> None:
    parts.change(TYPES, r'<Default Extension="xml"[^>]*>', "")
    parts.change(TYPES, r'<Override PartName="/docProps/app.xml"[^>]*>', "")


def rows_in_reverse(parts: Parts) -> None:
    rows = re.findall(r"<row .*?</row>", parts[FORM].decode(), re.DOTALL)
    text = parts[FORM].decode().replace(rows[4] + rows[5], rows[5] + rows[4])
    parts[FORM] = text.encode()


def merge_over_an_array(parts: Parts) -> None:
    array = re.search(r'<f t="array" ref="(\w+:\w+)"', parts[FORM].decode())
    assert array
    parts.add(FORM, "mergeCells", f'<mergeCell ref="{array[1]}"/>')


def table_name_twice(parts: Parts) -> None:
    taken = re.search('displayName="[^"]*"', parts[TABLE].decode())
    assert taken
    parts.change("xl/tables/table2.xml", 'displayName="[^"]*"', taken[0])


def macro_project(kind: str = VBA_RELATIONSHIP, content: bytes = COMPOUND_FILE) -> Spoil:
    """Macros that the workbook leads to by a relationship of this kind."""

    def spoil(parts: Parts) -> None:
        parts["xl/vbaProject.bin"] = content
        parts.add(TYPES, "Types", f'<Default Extension="bin" ContentType="{VBA}"/>')
        parts.add(RELATED, "Relationships", relationship(kind, "vbaProject.bin"))

    return spoil


def macros_on_the_package(parts: Parts) -> None:
    macro_project()(parts)
    parts.change(RELATED, relationship(VBA_RELATIONSHIP, "vbaProject.bin"), "")
    parts.add("_rels/.rels", "Relationships", relationship(VBA_RELATIONSHIP, "xl/vbaProject.bin"))


def ribbon(kind: str, listed: str = "_rels/.rels", folder: str = "") -> Spoil:
    """A ribbon of 2009, led to by a relationship of this kind in this list."""

    def spoil(parts: Parts) -> None:
        parts["customUI/customUI14.xml"] = RIBBON
        parts.add(listed, "Relationships", relationship(f"{MICROSOFT}/{kind}", f"{folder}customUI/customUI14.xml"))

    return spoil


def code_name_twice(parts: Parts) -> None:
    for part in (FORM, CONTENTS):
        parts.change(part, "<sheetPr", '<sheetPr codeName="Sheet1"')


def one_drawing_on_two_sheets(parts: Parts) -> None:
    parts.change("xl/worksheets/_rels/sheet5.xml.rels", "drawing5.xml", "drawing4.xml")
    for name in ("xl/drawings/drawing5.xml", "xl/drawings/_rels/drawing5.xml.rels", "xl/charts/chart5.xml"):
        del parts[name]
        if not name.endswith(".rels"):
            parts.change(TYPES, f'<Override PartName="/{name}"[^>]*>', "")


def left_over_part(parts: Parts) -> None:
    parts["xl/worksheets/sheet99.xml"] = parts[FORM]


def chain_of_no_formula(parts: Parts) -> None:
    parts["xl/calcChain.xml"] = f'<calcChain xmlns="{MAIN}"><c r="A3" i="4"/></calcChain>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    parts.add(TYPES, "Types", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/>')
    parts.add(RELATED, "Relationships", relationship(f"{RELATIONSHIPS}/calcChain", "calcChain.xml"))


def hidden_sheets_only(parts: Parts) -> None:
    text = parts[WORKBOOK].decode().replace(' state="hidden"', "")
    parts[WORKBOOK] = text.replace(' r:id="rId', ' state="hidden" r:id="rId').encode()


def cell(rest: str) -> Spoil:
    """Put a cell last into the first row of the form, with this between `<c r="ZZ1"` and `</c>`."""
    return change(FORM, "</row>", f'<c r="ZZ1"{rest}</c></row>')


def formula(text: str) -> Spoil:
    return cell(f"><f>{text}</f><v>1</v>")


def validation(attributes: str, formulas: str) -> Spoil:
    """One more validation, on Q3."""
    return change(
        FORM, "</dataValidations>", f"<dataValidation {attributes}>{formulas}</dataValidation></dataValidations>"
    )


def name(attributes: str, text: str) -> Spoil:
    return add(WORKBOOK, "definedNames", f"<definedName {attributes}>{text}</definedName>")


def tinted(text: str) -> Spoil:
    return change(FORM, r"(<cfRule[^>]*><formula>)[^<]*", f"\\g<1>{text}")
