"""Annotated copies: the notes are where they belong, everything else as it was, and they go again without a trace."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path

import openpyxl
import pytest
from departments import SETTINGS, small_department
from hypothesis import given, settings
from hypothesis import strategies as st
from office.calc import Calc
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from workbook.returning import CONTENT, FIRST, PROJECT_PART, cell_of, read_back
from workbook.written_by_others import by_openpyxl, by_xlsxwriter
from zipped import packed, parts_of

from xlperf.checks.standing import Standing
from xlperf.files import Refused
from xlperf.form import titles as title_of
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.model import Severity
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.annotation_marks import LIST_TITLE, people_words
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
ACTUAL, ATTAINED = cell_of("indicators.actual", 0), cell_of("attained")
NOTES = (
    Note(FIRST, ATTAINED, INFO, "XPF402 目标完成情况按原文读取"),
    Note(FIRST, ACTUAL, WARNING, "XPF412 实际完成值小数位过多"),
    Note(FIRST, ACTUAL, ERROR, "XPF401 实际完成值应为数字，现为“约三百”，未读入"),
    Note(title_of.CONTENTS, "", WARNING, "XPF305 本表有2个计算结果与重算不符"),
    Note("没有的表", "B2", ERROR, "XPF301 表结构被改动：缺少工作表“没有的表”"),
)
HEADER, FOOTER = "—— xlperf 检查 ——\n", "\n————————"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def comments(content: bytes, title: str = FIRST) -> dict[str, str]:
    """What stands in the comments of a sheet, by cell."""
    cells = (cell for row in opened(content)[title].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# --- where the notes are ----------------------------------------------------------------------------------------------


def test_a_cell_says_what_is_wrong_with_it_the_gravest_first() -> None:
    said = comments(annotated(CONTENT, NOTES))

    assert said == {
        ATTAINED: f"{HEADER}提示 XPF402 目标完成情况按原文读取{FOOTER}",
        ACTUAL: f"{HEADER}错误 XPF401 实际完成值应为数字，现为“约三百”，未读入\n"
        f"提醒 XPF412 实际完成值小数位过多{FOOTER}",
    }
    assert opened(annotated(CONTENT, NOTES))[FIRST][ACTUAL].comment.author == "xlperf"


def test_a_note_about_a_sheet_stands_at_its_title() -> None:
    assert list(comments(annotated(CONTENT, NOTES), title_of.CONTENTS)) == ["A1"]


def test_what_lies_under_a_merge_is_told_where_the_merge_begins() -> None:
    copy = annotated(CONTENT, [Note(FIRST, "C1", ERROR, "XPF312 单元格被合并")])

    assert list(comments(copy)) == ["A1"]
    assert highlights(copy) == {("A1:J1", "FFFBC9C9")}


def highlights(content: bytes, title: str = FIRST) -> set[tuple[str, str]]:
    """The areas that we painted, each with its colour."""
    formats = opened(content)[title].conditional_formatting
    return {
        (str(area.sqref), rule.dxf.fill.bgColor.rgb)
        for area in formats
        for rule in area.rules
        if "xlperf" in rule.formula[0]
    }


def test_cells_are_painted_by_the_gravest_of_their_notes_and_before_all_other_rules() -> None:
    copy = annotated(CONTENT, NOTES)

    assert {area.split(":")[0]: colour for area, colour in highlights(copy)} == {
        ACTUAL: "FFFBC9C9",
        ATTAINED: "FFC4E0FA",
    }
    rules = [rule for area in opened(copy)[FIRST].conditional_formatting for rule in area.rules]
    ours = [rule.priority for rule in rules if "xlperf" in rule.formula[0]]
    assert max(ours) < min(rule.priority for rule in rules if "xlperf" not in rule.formula[0])


def test_many_cells_are_painted_in_blocks_that_excel_can_hold() -> None:
    many = [Note(FIRST, f"{column}{row}", ERROR, "XPF303") for column in "TUV" for row in range(1, 401)]
    rules = [
        (area.sqref, rule)
        for area in opened(annotated(CONTENT, many))[FIRST].conditional_formatting
        for rule in area.rules
    ]

    ours = [(len(areas.ranges), rule.priority) for areas, rule in rules if "xlperf" in rule.formula[0]]
    assert ours == [(500, 1), (500, 2), (200, 3)]
    assert min(rule.priority for _, rule in rules if "xlperf" not in rule.formula[0]) == 4


def test_what_the_approved_text_brought_along_is_listed_behind_what_is_to_be_done() -> None:
    notes = [
        Note(FIRST, "C3", WARNING, "XPF134 名称中的括号混用", Standing.INHERITED),
        Note(FIRST, ATTAINED, WARNING, "XPF130 没有填写资金用途", Standing.UNFILLED),
        Note(FIRST, ACTUAL, WARNING, "XPF412 实际完成值小数位过多"),
    ]
    sheet = opened(annotated(CONTENT, notes)).worksheets[0]

    assert [row[1].value for row in sheet.iter_rows(min_row=5)] == ["XPF412", "XPF130", "XPF134"]


def test_the_list_comes_first_and_leads_to_the_cells() -> None:
    book = opened(annotated(CONTENT, NOTES))
    sheet = book.worksheets[0]

    assert (sheet.title, book.active.title) == ("检查结果", "检查结果")
    assert [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=4)] == [
        ["程度", "代码", "问题", "工作表", "单元格"],
        ["■ 错误", "XPF401", "实际完成值应为数字，现为“约三百”，未读入", FIRST, ACTUAL],
        ["■ 错误", "XPF301", "表结构被改动：缺少工作表“没有的表”", "没有的表", "B2"],
        ["▲ 提醒", "XPF305", "本表有2个计算结果与重算不符", "目录", "A1"],
        ["▲ 提醒", "XPF412", "实际完成值小数位过多", FIRST, ACTUAL],
        ["● 提示", "XPF402", "目标完成情况按原文读取", FIRST, ATTAINED],
    ]
    assert sheet["A2"].value == "■ 错误 2 处　▲ 提醒 2 处　● 提示 1 处"
    links = [row[4].hyperlink and row[4].hyperlink.location for row in sheet.iter_rows(min_row=5)]
    assert links == [f"'{FIRST}'!{ACTUAL}", None, "'目录'!A1", f"'{FIRST}'!{ACTUAL}", f"'{FIRST}'!{ATTAINED}"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:E9")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_names_of_sheets_move_with_them() -> None:
    before, after = opened(CONTENT), opened(annotated(CONTENT, NOTES))

    for sheet in before.worksheets:
        assert after[sheet.title].print_area == sheet.print_area
        assert after[sheet.title].print_title_rows == sheet.print_title_rows
    assert after.worksheets[0].print_title_rows == "$4:$4"


def test_only_the_list_is_selected() -> None:
    book = opened(CONTENT)
    book[FIRST].sheet_view.tabSelected = True
    after = opened(annotated(saved(book), NOTES))

    assert [sheet.title for sheet in after.worksheets if sheet.sheet_view.tabSelected] == [LIST_TITLE]


def test_boxes_are_hidden_until_the_mouse_comes_and_large_enough() -> None:
    long = Note(FIRST, ACTUAL, ERROR, "XPF401 " + "字" * 400)
    drawing = parts_of(annotated(CONTENT, [NOTES[0], long]))["xl/drawings/vmlDrawing1.vml"].decode()

    heights = [float(height) for height in re.findall(r"height:([\d.]+)pt", drawing)]
    assert drawing.count("visibility:hidden") == 2
    assert min(heights) >= 30
    assert max(heights) >= 19 * 12  # 400 characters, some 21 a line


# --- what stays -------------------------------------------------------------------------------------------------------


def test_a_copy_is_read_like_the_original(tmp_path: Path) -> None:
    original = read_back(CONTENT, tmp_path)

    copy = read_back(annotated(CONTENT, NOTES), tmp_path)

    assert (copy.department, copy.settings, copy.findings) == (
        original.department,
        original.settings,
        original.findings,
    )


def test_cells_and_whatever_else_is_in_the_package_stay_as_they_were() -> None:
    before, after = parts_of(CONTENT), parts_of(annotated(CONTENT, NOTES))

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml",
        "docProps/custom.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        PROJECT_PART,
        "xl/worksheets/_rels/sheet4.xml.rels",
        "xl/worksheets/sheet3.xml",
    }
    assert cells_of(after[PROJECT_PART]) == cells_of(before[PROJECT_PART])
    assert b"<sheetProtection" in after[PROJECT_PART]


def cells_of(sheet: bytes) -> bytes:
    return sheet[sheet.index(b"<sheetData") : sheet.index(b"</sheetData>")]


def test_macros_stay() -> None:
    xlsm = department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp()))
    before, after = parts_of(xlsm), parts_of(annotated(xlsm, NOTES))

    assert after["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]
    assert b"sheet.macroEnabled.main+xml" in after["[Content_Types].xml"]
    assert b'codeName="Sheet4"' in after[PROJECT_PART]


def test_a_ribbon_stays() -> None:
    parts = parts_of(CONTENT)
    kind = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
    line = f'<Relationship Id="ui" Type="{kind}" Target="customUI/customUI14.xml"/></Relationships>'
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"</Relationships>", line.encode())
    parts["customUI/customUI14.xml"] = b"<customUI/>"

    after = parts_of(annotated(packed(parts), NOTES))

    assert (after["_rels/.rels"], after["customUI/customUI14.xml"]) == (parts["_rels/.rels"], b"<customUI/>")


def test_same_notes_same_bytes() -> None:
    assert annotated(CONTENT, NOTES) == annotated(CONTENT, NOTES)


def test_no_notes_are_told_too(tmp_path: Path) -> None:
    copy = annotated(CONTENT, [])

    assert opened(copy)[LIST_TITLE]["C5"].value == "没有发现问题。"
    assert read_back(copy, tmp_path).department == small_department()


# --- and go again -----------------------------------------------------------------------------------------------------

places = st.sampled_from([FIRST, title_of.OVERALL, title_of.CONTENTS, title_of.SETTINGS, title_of.SEAL, "没有的表"])
addresses = st.sampled_from(["", ACTUAL, ATTAINED, "A1", "C1", "XFD1048576", "$B$7", "不是单元格"])
notes = st.lists(st.builds(Note, places, addresses, st.sampled_from(Severity), st.text(max_size=20)), max_size=8)


@settings(max_examples=15, deadline=None)
@given(notes, notes)
def test_annotating_a_copy_is_annotating_the_original(first: list[Note], second: list[Note]) -> None:
    assert parts_of(annotated(annotated(CONTENT, first), second)) == parts_of(annotated(CONTENT, second))


def test_colleagues_comments_stay_and_ours_stand_below(tmp_path: Path) -> None:
    original = by_openpyxl({ACTUAL: "请核对\n第二行"})
    copy = annotated(original, NOTES)

    assert comments(copy)[ACTUAL].startswith(f"请核对\n第二行\n{HEADER}错误 XPF401")
    assert opened(copy)[FIRST][ACTUAL].comment.author == "张三"
    assert comments(annotated(copy, [])) == {ACTUAL: "请核对\n第二行"}
    assert people_words(comments(copy)[ACTUAL]) == "请核对\n第二行"
    assert said_by_people(copy, tmp_path) == said_by_people(original, tmp_path)


def said_by_people(content: bytes, tmp_path: Path) -> list[str]:
    return [dict(found.values)["text"] for found in read_back(content, tmp_path).findings if found.code == "XPF317"]


def test_a_reply_in_our_comment_is_a_comment() -> None:
    book = opened(annotated(CONTENT, NOTES))
    comment = book[FIRST][ACTUAL].comment
    book[FIRST][ACTUAL].comment = Comment(comment.text + "已改正", comment.author)

    again = annotated(saved(book), [])

    assert comments(again) == {ACTUAL: "已改正"}
    assert comments(annotated(again, NOTES))[ACTUAL].startswith(f"已改正\n{HEADER}错误")


def test_old_rules_of_others_stay_where_a_program_put_ours_beside_them() -> None:
    copy = annotated(CONTENT, NOTES)
    book = opened(copy)
    ours = next(r for a in book[FIRST].conditional_formatting for r in a.rules if "xlperf" in r.formula[0])
    book[FIRST].conditional_formatting.add("A9", FormulaRule(["TRUE"], fill=PatternFill("solid", bgColor="00FF00")))
    book[FIRST].conditional_formatting.add("A9", ours)

    rules = [r.formula for a in opened(annotated(saved(book), []))[FIRST].conditional_formatting for r in a.rules]

    assert ["TRUE"] in rules
    assert not any("xlperf" in formula[0] for formula in rules)


def test_a_list_renamed_or_moved_is_still_ours(tmp_path: Path) -> None:
    book = opened(annotated(CONTENT, NOTES))
    book[LIST_TITLE].title = "改名了"
    book.move_sheet("改名了", 3)
    renamed = saved(book)

    assert opened(annotated(renamed, NOTES)).sheetnames == ["检查结果", *opened(CONTENT).sheetnames]
    assert "XPF304" not in [found.code for found in read_back(renamed, tmp_path).findings]


def test_a_sheet_of_the_same_name_by_somebody_else_stays() -> None:
    book = opened(CONTENT)
    book.create_sheet(LIST_TITLE)["A1"] = "我的"

    copy = opened(annotated(saved(book), NOTES))

    assert copy.sheetnames == ["检查结果 (2)", *opened(CONTENT).sheetnames, "检查结果"]
    assert copy["检查结果"]["A1"].value == "我的"


# --- texts ------------------------------------------------------------------------------------------------------------


def test_texts_are_text() -> None:
    hostile = "=cmd|' /C calc'!A0 <b>&amp;]]></b> \x00\x0b _x000D_ \ufffe \u202e 甲\r\n乙 😀"
    copy = annotated(CONTENT, [Note(FIRST, ACTUAL, ERROR, hostile)])

    shown = "=cmd|' /C calc'!A0 <b>&amp;]]></b>  _x000D_  \u202e 甲 乙 😀"
    # openpyxl leaves escapes as they are
    assert opened(copy)[LIST_TITLE]["C5"].value.replace("_x005F_", "_") == shown
    assert opened(copy)[LIST_TITLE]["C5"].data_type == "s"
    assert comments(copy)[ACTUAL].replace("_x005F_", "_") == f"{HEADER}错误 {shown}{FOOTER}"


@pytest.mark.parametrize("letter", ["字", "😀", "_x0041_"])
def test_texts_are_cut_to_what_a_comment_and_a_cell_hold(letter: str) -> None:
    many = [Note(FIRST, ACTUAL, WARNING, f"XPF4{i:02d} {letter * 9_000}") for i in range(9)]
    copy = annotated(by_openpyxl({ACTUAL: "人" * 20_000}), many)

    text = comments(copy)[ACTUAL]
    assert text.startswith("人" * 20_000)
    assert 32_000 < len(text.encode("utf-16-le")) // 2 <= 32_767
    assert people_words(text) == "人" * 20_000
    full = annotated(by_openpyxl({ACTUAL: "人" * 32_760}), many)
    assert comments(full) == {ACTUAL: "人" * 32_760}


def test_links_reach_sheets_of_any_title() -> None:
    book = opened(CONTENT)
    book[FIRST].title = 'it\'s <R&D> "甲"'
    copy = annotated(saved(book), [Note('it\'s <R&D> "甲"', ACTUAL, ERROR, "XPF401")])

    assert opened(copy)[LIST_TITLE]["E5"].hyperlink.location == f"'it''s <R&D> \"甲\"'!{ACTUAL}"
    assert list(comments(copy, 'it\'s <R&D> "甲"')) == [ACTUAL]


# --- files of other programs ------------------------------------------------------------------------------------------


def prefixed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts as the Open XML SDK writes them: every element of the main namespace with a prefix."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

    def spelled(xml: bytes) -> bytes:
        if main not in xml:
            return xml
        return re.sub(rb"<(/?)(?=\w+[\s/>])", rb"<\1x:", xml.replace(main, main.replace(b"xmlns", b"xmlns:x")))

    return {name: spelled(xml) for name, xml in parts.items()}


def in_utf16(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The worksheets in UTF-16."""

    def spelled(name: str, xml: bytes) -> bytes:
        return xml.decode().replace("UTF-8", "UTF-16").encode("utf-16") if "worksheets/sheet" in name else xml

    return {name: spelled(name, xml) for name, xml in parts.items()}


def strict(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts in the namespaces of ISO's strict edition."""
    usual = b"http://schemas.openxmlformats.org/"
    iso = b"http://purl.oclc.org/ooxml/"
    spelled = {
        usual + b"spreadsheetml/2006/main": iso + b"spreadsheetml/main",
        usual + b"officeDocument/2006/relationships": iso + b"officeDocument/relationships",
        usual + b"officeDocument/2006/docPropsVTypes": iso + b"officeDocument/docPropsVTypes",
        usual + b"officeDocument/2006/custom-properties": iso + b"officeDocument/customProperties",
        b"/custom-properties": b"/customProperties",
    }
    return {
        name: reduce(lambda text, old: text.replace(old, spelled[old]), spelled, xml) for name, xml in parts.items()
    }


def other_case(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """A package whose names differ in case from what leads to them."""
    return {name.replace("xl/worksheets/sheet4", "xl/Worksheets/Sheet4"): xml for name, xml in parts.items()}


@pytest.mark.parametrize("spelled", [prefixed, in_utf16, strict, other_case])
def test_any_spelling_is_annotated(tmp_path: Path, spelled: Callable[[Mapping[str, bytes]], dict[str, bytes]]) -> None:
    content = packed(spelled(parts_of(CONTENT)))
    original = read_back(content, tmp_path)

    copy = annotated(content, NOTES)

    assert read_back(copy, tmp_path).department == original.department == small_department()
    assert read_back(copy, tmp_path).findings == original.findings
    boxes = parts_of(copy)["xl/drawings/vmlDrawing2.vml"]
    assert boxes.count(b'ObjectType="Note"') == 2
    assert b"XPF401" in parts_of(copy)["xl/comments2.xml"]
    assert annotated(copy, NOTES) == copy
    if spelled is not strict and spelled is not other_case:  # which openpyxl cannot read
        assert set(comments(copy)) == {ACTUAL, ATTAINED}


def test_files_of_xlsxwriter_with_comments_and_buttons_are_annotated(tmp_path: Path) -> None:
    content = by_xlsxwriter({ATTAINED: "先前的批注", "B9": "别处的批注"})
    copy = annotated(content, NOTES)

    assert comments(copy) == {
        "B9": "别处的批注",
        ATTAINED: f"先前的批注\n{HEADER}提示 XPF402 目标完成情况按原文读取{FOOTER}",
        ACTUAL: comments(annotated(CONTENT, NOTES))[ACTUAL],
    }
    name = next(name for name, part in parts_of(content).items() if b"ObjectType" in part)
    drawing = parts_of(copy)[name].decode()
    assert drawing.count('ObjectType="Note"') == 3
    assert drawing.count('ObjectType="Button"') == 1
    assert drawing.count("<x:Visible") == 2
    ids = re.findall(r"_x0000_s(\d+)", drawing)
    assert len(ids) == len(set(ids)) == 4
    assert comments(annotated(copy, [])) == {"B9": "别处的批注", ATTAINED: "先前的批注"}
    assert read_back(copy, tmp_path).department == read_back(content, tmp_path).department


def test_a_conversation_is_left_alone() -> None:
    parts = parts_of(by_openpyxl({ACTUAL: "[线程批注]"}))
    name = next(name for name in parts if "comment" in name and name.endswith(".xml"))
    parts[name] = parts[name].replace("张三".encode(), b"tc={3BDBF6FD-1E33-4D2C-9C2B-0D6F9E1F5B11}")

    copy = annotated(packed(parts), NOTES)

    assert comments(copy)[ACTUAL] == "[线程批注]"
    assert ACTUAL in {area for area, _ in highlights(copy)}


def test_what_is_no_workbook_is_refused() -> None:
    parts = parts_of(CONTENT)
    dtd = {**parts, PROJECT_PART: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'}
    for content in (b"", b"PK\x03\x04", CONTENT[:5000], packed({"a.txt": b"a"}), packed(dtd)):
        with pytest.raises(Refused):
            annotated(content, NOTES)


def test_a_drawing_that_is_not_there_gives_way() -> None:
    parts = parts_of(annotated(CONTENT, NOTES))
    relations = "xl/worksheets/_rels/sheet4.xml.rels"
    parts[relations] = re.sub(rb'<Relationship [^>]*vmlDrawing"[^>]*/>', b"", parts[relations])
    del parts["xl/drawings/vmlDrawing2.vml"]

    after = parts_of(annotated(packed(parts), NOTES))

    assert after[PROJECT_PART].count(b"<legacyDrawing ") == 1
    assert after["xl/drawings/vmlDrawing2.vml"].count(b'ObjectType="Note"') == 2


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        ("xl/comments2.xml", lambda xml: xml.replace(b"commentList", b"other")),
        ("xl/workbook.xml", lambda xml: re.sub(rb"<sheets>.*</sheets>", b"", xml)),
        (PROJECT_PART, lambda xml: xml.replace(b"UTF-8", b"XYZ-8")),
        ("docProps/custom.xml", lambda xml: xml[:-9]),
    ],
)
def test_what_contradicts_itself_is_refused(part: str, damage: Callable[[bytes], bytes]) -> None:
    parts = parts_of(annotated(CONTENT, NOTES))

    with pytest.raises(Refused, match="XPF201"):
        annotated(packed({**parts, part: damage(parts[part])}), NOTES)


def test_two_hundred_notes_take_a_moment() -> None:
    first = small_department().projects[0]
    projects = tuple(first.model_copy(update={"number": i, "name": f"项目{i}"}) for i in range(1, 7))
    content = department_bytes(small_department().model_copy(update={"projects": projects}), SETTINGS)
    titles = [f"{i:02d}_项目{i}" for i in range(1, 7)]
    many = [
        Note(title, f"{c}{row}", ERROR, f"XPF401 {c}{row}") for title in titles for c in "BCDE" for row in range(12, 21)
    ]

    taken = min(timed(lambda: annotated(content, many)) for _ in range(3))

    assert len(many) == 216
    assert taken < 1.0  # some 0.1 s on an idle machine


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


# --- LibreOffice ------------------------------------------------------------------------------------------------------


@pytest.fixture
def copies(tmp_path: Path, calc: Calc) -> tuple[bytes, bytes]:
    """A copy of what LibreOffice saved, and what LibreOffice saved of a copy."""
    by_us, by_calc = tmp_path / "us.xlsx", tmp_path / "calc.xlsx"
    by_us.write_bytes(CONTENT)
    calc.save_as(by_us, by_calc)
    copy = annotated(by_calc.read_bytes(), NOTES)
    by_us.write_bytes(annotated(CONTENT, NOTES))
    calc.save_as(by_us, by_calc)
    return copy, by_calc.read_bytes()


@pytest.mark.office
def test_libreoffice_keeps_the_notes_and_they_go_again(tmp_path: Path, copies: tuple[bytes, bytes]) -> None:
    expected = comments(annotated(CONTENT, NOTES))
    for copy in copies:
        assert comments(copy) == expected
        assert set(comments(copy, title_of.CONTENTS)) == {"A1"}
        assert {area.split(":")[0] for area, _ in highlights(copy)} == {ACTUAL, ATTAINED}
        assert opened(copy).sheetnames == ["检查结果", *opened(CONTENT).sheetnames]
        back = read_back(copy, tmp_path)
        assert back.department == small_department()
        assert {"XPF304", "XPF317"}.isdisjoint(found.code for found in back.findings)
        again = annotated(copy, [])
        assert comments(again) == {}
        assert highlights(again) == set()
        assert opened(again).sheetnames == ["检查结果", *opened(CONTENT).sheetnames]
        assert read_back(again, tmp_path).department == small_department()
