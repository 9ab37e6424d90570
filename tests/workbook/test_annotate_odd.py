"""Annotated copies of files with odd comments, drawings, properties and sheets of others."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from files.bombs import stored
from workbook.costly_copies import REMARK, changed, with_comment, with_drawing, with_sheet
from workbook.returning import CONTENT, FIRST, read_back
from workbook.test_annotate import HEADER, comments, strict
from zipped import packed, parts_of

from xlperf.files import unpack
from xlperf.model import Severity
from xlperf.ooxml.namespaces import RELATIONSHIPS
from xlperf.ooxml.workbook_parts import open_book
from xlperf.workbook.annotate import comment_boxes
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.annotation_marks import LIST_TITLE

ORIGIN = {"xlperf.parent", "xlperf.written"}  # which workbook a copy is of, and whether somebody saved it
NOTES = [Note(FIRST, REMARK, Severity.ERROR, "XPF401 不对")]
EXTRA = "xl/worksheets/extra.xml"
LONG = "9" * 5_000


def shape(row: object, number: object = 1) -> str:
    """A comment's box at the second column."""
    place = f"<x:Row>{row}</x:Row><x:Column>1</x:Column>"
    return f'<v:shape id="_x0000_s{number}"><x:ClientData ObjectType="Note">{place}</x:ClientData></v:shape>'


# --- numbers, drawings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        with_drawing(f'<xml><o:idmap data="{LONG},3"/></xml>'),
        with_drawing(f"<xml>{shape(LONG)}</xml>"),
        with_drawing(f"<xml>{shape(8, LONG)}</xml>"),
        changed("xl/workbook.xml", 'localSheetId="', f'localSheetId="{LONG}'),
        with_comment("<text><t>一</t></text>", author=LONG),
    ],
    ids=["block", "row", "shape", "sheet", "author"],
)
def test_numbers_beyond_all_bounds_are_none(parts: Mapping[str, bytes]) -> None:
    copy = parts_of(annotated(packed(parts), NOTES))

    assert any("XPF401 不对".encode() in part for name, part in copy.items() if "comments" in name)
    assert any(part.count(b"<x:Column>") for name, part in copy.items() if name.endswith(".vml"))


@pytest.mark.parametrize(
    ("drawing", "left"),
    [
        (shape(4) + shape(5), shape(5)),
        ("<v:shape >" + shape(4) + shape(5), "<v:shape >" + shape(5)),
        (shape(5) + "<v:shape " + shape(4), shape(5) + "<v:shape "),
        (shape(4)[:-1], shape(4)[:-1]),
        (shape(4).replace("v:shape", "shape"), ""),
        ("</v:shape>" + shape(4), "</v:shape>"),
        ('<v:shape alt="a>b"/>' + shape(4), '<v:shape alt="a>b"/>'),
    ],
)
def test_only_whole_shapes_go(drawing: str, left: str) -> None:
    assert comment_boxes.redrawn(drawing, [(5, 2)], [], iter(())) == left


def test_ids_are_taken_from_the_blocks_of_the_drawing_first() -> None:
    taken = "".join(f"_x0000_s{number}" for number in range(1025, 2047))
    drawing = f'<xml><o:idmap data="1,1"/>{taken}</xml>'
    box = comment_boxes.Box(1, 1, 1, 1, (0,) * 8)

    made = comment_boxes.redrawn(drawing, [], [box] * 3, iter([7, 8]))

    assert re.findall(r'<v:shape id="_x0000_s(\d+)"', made) == ["2047", "7169", "7170"]
    assert '<o:idmap data="1,7"/>' in made


# --- comments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "before"),
    [
        ("", ""),
        ("<text/>", ""),
        ("<commentPr/>", ""),
        ("<text><t>一</t></text>", "一\n"),
        ("<text><r><t>一</t></r><r><t>二</t></r></text><commentPr/>", "一二\n"),
    ],
)
def test_a_comment_says_what_we_found_whatever_it_held(inner: str, before: str) -> None:
    part = parts_of(annotated(packed(with_comment(inner)), NOTES))["xl/comments9.xml"].decode()

    assert re.sub("<[^>]*>", "", part).startswith(f"张三xlperf{before}{HEADER}错误 XPF401 不对")
    assert "<commentPr/><text>" not in part


# --- sheets of others -------------------------------------------------------------------------------------------------

ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 30_001))
MANY = '<row r="1">' + '<c r="A1"><v>1</v></c>' * 300_000 + "</row>"


@pytest.mark.parametrize("rows", [ROWS, MANY], ids=["large", "more than is ever read"])
@pytest.mark.parametrize("cell", ["A1", ""])
def test_a_large_sheet_of_others_is_not_looked_into(rows: str, cell: str) -> None:
    parts = with_sheet(rows)
    notes = [*NOTES, Note("数据", cell, Severity.WARNING, "XPF304 不是本工具的工作表")]

    copy = annotated(stored(dict(parts)), notes)

    after = parts_of(copy)
    assert after[EXTRA] == parts[EXTRA].replace(b'tabSelected="1"', b'tabSelected="0"')
    assert "xl/worksheets/_rels/extra.xml.rels" not in after
    listed = next(part for part in after.values() if "不是本工具的工作表".encode() in part).decode()
    assert ("location=\"'数据'!A1\"" in listed) == bool(cell)


def test_a_small_sheet_of_others_gets_its_comment() -> None:
    notes = [Note("数据", "A1", Severity.WARNING, "XPF304 不是本工具的工作表")]

    assert list(comments(annotated(packed(with_sheet("")), notes), "数据")) == ["A1"]


def test_a_long_list_is_known_again(tmp_path: Path) -> None:
    many = [Note(FIRST, REMARK, Severity.INFO, f"XPF402 {'字' * 100}{i}") for i in range(800)]
    copy = annotated(CONTENT, many)

    assert max(len(part) for name, part in parts_of(copy).items() if "worksheets" in name) > 2**18
    assert "XPF304" not in [found.code for found in read_back(copy, tmp_path).findings]
    assert parts_of(annotated(copy, NOTES)) == parts_of(annotated(CONTENT, NOTES))
    book = openpyxl.load_workbook(io.BytesIO(copy))
    book.save(tmp_path / "b.xlsx")
    again = annotated((tmp_path / "b.xlsx").read_bytes(), NOTES)
    assert openpyxl.load_workbook(io.BytesIO(again)).sheetnames.count(LIST_TITLE) == 1


# --- properties -------------------------------------------------------------------------------------------------------

PROPERTIES, TOP = "docProps/custom.xml", "_rels/.rels"


def kinds_of_properties(parts: Mapping[str, bytes]) -> list[str]:
    return re.findall(r'Type="([^"]*/custom-?[Pp]roperties)"', parts[TOP].decode())


def test_the_properties_of_the_strict_edition_are_kept() -> None:
    original = packed(strict(parts_of(CONTENT)))
    copy = annotated(original, NOTES)

    seal = open_book(unpack(original)).properties
    assert seal == open_book(unpack(CONTENT)).properties != {}
    kept = open_book(unpack(copy)).properties
    assert {name: text for name, text in kept.items() if name not in ORIGIN} == {**seal, "xlperf.kind": "annotated"}
    assert kinds_of_properties(parts_of(copy)) == [
        "http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties"
    ]


@pytest.mark.parametrize(("edition", "word"), [(dict, "custom-properties"), (strict, "customProperties")])
def test_a_part_that_is_there_is_not_written_over(edition: type, word: str) -> None:
    parts = edition(parts_of(CONTENT))
    parts[TOP] = re.sub(rb'<Relationship [^>]*/custom-?[Pp]roperties"[^>]*/>', b"", parts[TOP])

    copy = parts_of(annotated(packed(parts), NOTES))

    assert copy[PROPERTIES] == parts[PROPERTIES]
    written = open_book(unpack(packed(copy))).properties
    assert {name: text for name, text in written.items() if name not in ORIGIN} == {"xlperf.kind": "annotated"}
    assert [kind.rpartition("/")[2] for kind in kinds_of_properties(copy)] == [word]
    assert (b"purl.oclc.org" in copy["docProps/custom1.xml"]) == (edition is strict)
    assert (b"schemas.openxmlformats.org" in copy["docProps/custom1.xml"]) == (edition is dict)


# --- relationships ----------------------------------------------------------------------------------------------------

LISTED = "xl/worksheets/_rels/sheet4.xml.rels"


def with_line(line: str, part: str = LISTED) -> bytes:
    """The small workbook with one more relationship of the first project's sheet, or of another part."""
    parts = parts_of(CONTENT)
    parts[part] = parts[part].replace(b"</Relationships>", f"{line}</Relationships>".encode())
    return packed(parts)


def test_a_relationship_without_an_id_leads_to_no_boxes_of_comments() -> None:
    original = with_line(f'<Relationship Type="{RELATIONSHIPS}/drawing" Target="../drawings/drawing4.xml"/>')
    parts = parts_of(original)

    assert parts_of(annotated(original, NOTES))["xl/drawings/drawing4.xml"] == parts["xl/drawings/drawing4.xml"]


def test_an_address_outside_is_no_part() -> None:
    line = f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/comments" Target="xl/styles.xml" TargetMode="External"/>'

    copy = parts_of(annotated(with_line(line), NOTES))

    assert any(b"XPF401" in content for name, content in copy.items() if name.startswith("xl/comments"))


def test_the_name_of_the_strict_edition_in_an_address_makes_no_workbook_strict() -> None:
    line = '<Relationship Id="rId9" Type="x/y" Target="http://purl.oclc.org/ooxml" TargetMode="External"/>'

    copy = parts_of(annotated(with_line(line, TOP), NOTES))

    assert not any(b"purl.oclc.org" in content for name, content in copy.items() if name != TOP)
