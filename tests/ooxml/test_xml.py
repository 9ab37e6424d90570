"""What a small part says: elements of another namespace are not there, and of things said twice one is."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook.returning import CONTENT, read_back
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.files import unpack
from xlperf.ooxml.namespaces import MAIN, SPREADSHEET
from xlperf.ooxml.number_formats import codes_by_style
from xlperf.ooxml.workbook_parts import open_book
from xlperf.ooxml.xml import elements
from xlperf.workbook.read.attachments import _objects

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SPACES = f'xmlns:mc="{MC}" xmlns:x14="{X14}" xmlns:zz="urn:zz"'


def texts(body: str, root: str = MAIN) -> list[str]:
    """The texts of the `t` elements of a part."""
    found = elements(f'<a xmlns="{root}" {SPACES}>{body}</a>'.encode(), "part", SPREADSHEET)
    return ["".join(pieces) for name, _, pieces in found if name == "t"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<t>1</t><zz:t>2</zz:t><t xmlns=''>3</t>", ["1"]),
        ("<t>1<zz:t>2</zz:t>3</t>", ["13"]),
        ("<zz:a><t>1</t></zz:a><t>2</t>", ["2"]),
        ("<mc:AlternateContent><mc:Choice Requires='zz'><t>1</t></mc:Choice></mc:AlternateContent>", []),
        (
            "<mc:AlternateContent><mc:Choice Requires='zz'><t>1</t></mc:Choice>"
            "<mc:Choice Requires='x14'><t>2</t></mc:Choice><mc:Fallback><t>3</t></mc:Fallback></mc:AlternateContent>",
            ["2"],
        ),
        (
            "<mc:AlternateContent><mc:Choice Requires='zz x14'><t>1</t></mc:Choice>"
            "<mc:Fallback><t>2</t></mc:Fallback></mc:AlternateContent><t>3</t>",
            ["2", "3"],
        ),
    ],
)
def test_only_what_a_program_sees_is_told(body: str, told: list[str]) -> None:
    assert texts(body) == told
    assert texts(body, "http://purl.oclc.org/ooxml/spreadsheetml/main") == told


def test_number_formats_of_an_extension_are_not_those_of_cells() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}" {SPACES}><numFmts><numFmt numFmtId="164" formatCode="0%"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/><zz:xf numFmtId="14"/><xf numFmtId="0"/></cellXfs><extLst><ext><x14:dxfs><dxf>'
        '<numFmt numFmtId="164" formatCode="yyyy"/></dxf></x14:dxfs></ext></extLst></styleSheet>'
    )
    plain = styles.replace('<zz:xf numFmtId="14"/>', "").partition("<extLst>")[0] + "</styleSheet>"

    assert codes_by_style(styles.encode(), "styles") == codes_by_style(plain.encode(), "styles")
    assert len(codes_by_style(styles.encode(), "styles")) == 2


@pytest.mark.parametrize(("requires", "kind"), [("a14", "sp"), ("zz", "pic")])
def test_an_object_drawn_for_two_generations_of_excel_is_one(requires: str, kind: str) -> None:
    def anchor(what: str) -> str:
        corner = "<xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from>"
        return f"<xdr:twoCellAnchor>{corner}<xdr:{what}/></xdr:twoCellAnchor>"

    drawing = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a14="{A14}" {SPACES}><mc:AlternateContent>'
        f'<mc:Choice Requires="{requires}">{anchor("sp")}</mc:Choice><mc:Fallback>{anchor("pic")}</mc:Fallback>'
        "</mc:AlternateContent></xdr:wsDr>"
    )

    assert _objects(drawing.encode()) == ((kind, "B5"),)


FORGED = {
    "[Content_Types].xml": '<zz:Override xmlns:zz="urn:zz" PartName="/xl/workbook.xml" ContentType="text/plain"/>',
    "xl/workbook.xml": '<zz:sheet xmlns:zz="urn:zz" name="02_假" sheetId="99" r:id="rId1"/>',
    "xl/_rels/workbook.xml.rels": '<zz:Relationship xmlns:zz="urn:zz" Id="rId1" Type="x/worksheet" Target="x.xml"/>',
    "docProps/custom.xml": '<zz:property xmlns:zz="urn:zz" name="xlperf.year"><zz:i4>2031</zz:i4></zz:property>',
    "xl/styles.xml": '<zz:numFmt xmlns:zz="urn:zz" numFmtId="0" formatCode="yyyy"/>',
}


@pytest.mark.parametrize("part", FORGED)
def test_a_forged_element_changes_nothing(part: str, tmp_path: Path) -> None:
    parts = parts_of(CONTENT)
    xml = parts[part].decode()
    end = xml.rindex("</")
    parts[part] = (xml[:end] + FORGED[part] + xml[end:]).encode()

    forged, plain = read_back(packed(parts), tmp_path), read_back(CONTENT, tmp_path)

    assert (forged.department, forged.settings) == (plain.department, plain.settings)
    assert [message(found) for found in forged.findings] == []


def test_a_sheet_of_an_unknown_branch_is_none() -> None:
    parts = parts_of(CONTENT)
    xml = parts["xl/workbook.xml"].decode()
    start, end = xml.index("<sheets>"), xml.index("</sheets>")
    hidden = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="zz" xmlns:zz="urn:zz"><sheets>'
        '<sheet name="假" sheetId="99" r:id="rId1"/></sheets></mc:Choice></mc:AlternateContent>'
    )
    parts["xl/workbook.xml"] = (xml[:start] + hidden + xml[start:]).encode()

    titles = [sheet.title for sheet in open_book(unpack(packed(parts))).sheets]

    assert len(titles) == xml[start:end].count("<sheet ")
    assert "假" not in titles
