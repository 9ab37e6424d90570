"""What comes along besides cells: reported where it stands, never lost, never read into the answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from office.calc import Calc
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from workbook.foreign import copied_by_xlsxwriter, rewritten, saved
from workbook.returning import CONTENT, FIRST, LAYOUT, OVERALL, PROJECT_PART, cell_of, codes, filled, read_back

from xlperf.checks import message
from xlperf.form import Role
from xlperf.form import titles as title_of
from xlperf.form.arithmetic import is_number
from xlperf.ooxml.namespaces import MAIN
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

RELATIONS = "xl/worksheets/_rels/sheet4.xml.rels"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def placed(returned: Returned) -> list[tuple[str, str, str]]:
    return [(found.code, found.locus.sheet, found.locus.cell) for found in returned.findings]


def messages(returned: Returned) -> list[str]:
    return [message(found) for found in returned.findings]


def related(parts: dict[str, bytes], of: str, kind: str, target: str) -> None:
    """Let one part lead to another."""
    new = parts[of].count(b"<Relationship ")
    more = f'<Relationship Id="more{new}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'
    parts[of] = parts[of].decode().replace("</Relationships>", more).encode()


# --- comments --------------------------------------------------------------------------------------------------------


def commented(book: Workbook) -> None:
    book[FIRST][cell_of("budget.initial")].comment = Comment("含上年结转\n请核对", "王")
    book[OVERALL]["A1"].comment = Comment("=1+1", "李")


def test_comments_are_reported_at_their_cells(tmp_path: Path) -> None:
    returned = read_back(saved(CONTENT, commented), tmp_path)

    assert placed(returned) == [("XPF317", OVERALL, "A1"), ("XPF317", FIRST, cell_of("budget.initial"))]
    assert messages(returned) == ["批注：=1+1", "批注：含上年结转 请核对"]
    assert returned.department == small_department()


@pytest.mark.office
def test_comments_saved_by_libreoffice_are_reported_the_same(calc: Calc, tmp_path: Path) -> None:
    original, after = tmp_path / "o.xlsx", tmp_path / "s.xlsx"
    original.write_bytes(saved(CONTENT, commented))
    calc.save_as(original, after)

    returned = read_back(after.read_bytes(), tmp_path)

    assert placed(returned) == [("XPF317", OVERALL, "A1"), ("XPF317", FIRST, cell_of("budget.initial"))]


def test_a_conversation_is_reported_instead_of_its_stand_in(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/comments9.xml"] = (
            f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
            '<comment ref="C4" authorId="0"><text><t>[Threaded comment] …</t></text></comment>'
            '<comment ref="B9" authorId="0"><text><r><t>经典</t></r><r><t>批注</t></r></text></comment>'
            "</commentList></comments>"
        ).encode()
        parts["xl/threadedComments/threadedComment1.xml"] = (
            '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
            '<threadedComment ref="C4" id="{1}"><text>数字对吗？</text></threadedComment>'
            '<threadedComment ref="C4" id="{2}" parentId="{1}"><text>对的</text></threadedComment></ThreadedComments>'
        ).encode()
        related(parts, RELATIONS, "comments", "../comments9.xml")
        related(parts, RELATIONS, "threadedComment", "../threadedComments/threadedComment1.xml")

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF317", FIRST, "C4")] * 2 + [("XPF317", FIRST, "B9")]
    assert messages(returned) == ["批注：数字对吗？", "批注：对的", "批注：经典批注"]


def test_many_comments_are_counted_not_listed(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in range(1, 31):
            book[FIRST].cell(row, 18).comment = Comment(f"第{row}条", "王")

    returned = read_back(saved(CONTENT, change), tmp_path)

    assert [code for code, _ in codes(returned)] == ["XPF317"] * 20 + ["XPF325"]
    assert codes(returned)[-1] == ("XPF325", "R21")
    assert messages(returned)[-1] == "本表另有10条批注"


# --- objects, hidden answers -----------------------------------------------------------------------------------------


def test_an_added_chart_is_reported_and_ours_is_not(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for title in (OVERALL, FIRST):
            chart = BarChart()
            chart.add_data(Reference(book[title], min_col=1, min_row=1, max_row=3))
            book[title].add_chart(chart, "C9")

    returned = read_back(saved(CONTENT, change), tmp_path)

    assert [(code, sheet) for code, sheet, _ in placed(returned)] == [("XPF321", OVERALL), ("XPF321", FIRST)]
    assert messages(returned) == ["表上另加了图表 1 个，内容未读取"] * 2
    assert codes(returned)[0] == ("XPF321", "C9")


def test_pictures_and_shapes_beside_our_chart_are_reported_where_they_stand(tmp_path: Path) -> None:
    def anchor(column: int, row: int, what: str) -> str:
        corner = f"<xdr:from><xdr:col>{column}</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
        return f"<xdr:oneCellAnchor>{corner}<xdr:{what}/></xdr:oneCellAnchor>"

    def change(parts: dict[str, bytes]) -> None:
        xml = parts["xl/drawings/drawing4.xml"].decode()
        root = re.search(r"<([\w:]*wsDr)[^>]*>", xml)
        assert root
        named = re.sub(r"xdr:", root[1].removesuffix("wsDr"), anchor(1, 6, "pic") + anchor(2, 2, "sp"))
        parts["xl/drawings/drawing4.xml"] = (xml[: root.end()] + named + xml[root.end() :]).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF321", FIRST, "B7")]
    assert messages(returned) == ["表上另加了图片 1 个、形状或文本框 1 个，内容未读取"]


def test_a_hidden_row_with_answers_is_named(tmp_path: Path) -> None:
    row = LAYOUT.bands["indicators"][0]["indicators.name"].row

    def change(book: Workbook) -> None:
        book[FIRST].row_dimensions[row].hidden = True
        book[FIRST].row_dimensions[LAYOUT.last_row].hidden = True  # nothing to fill in there

    returned = read_back(saved(CONTENT, change), tmp_path)

    assert codes(returned) == [("XPF322", cell_of("indicators.actual", 0))]
    assert messages(returned) == [f"被隐藏的行或列（{row}）里有2处填报内容，已照常读取"]
    assert returned.department == small_department()


def test_a_hidden_column_with_answers_is_named(tmp_path: Path) -> None:
    cell = cell_of("indicators.weight", 0)
    letter = re.sub(r"\d", "", cell)

    returned = read_back(
        saved(CONTENT, lambda book: setattr(book[FIRST].column_dimensions[letter], "hidden", True)), tmp_path
    )

    assert [code for code, _ in codes(returned)] == ["XPF322"]
    assert f"（{letter}）" in messages(returned)[0]
    assert returned.department == small_department()


# --- formulas typed over ---------------------------------------------------------------------------------------------


def test_a_formula_typed_over_is_named(tmp_path: Path) -> None:
    total, rate = cell_of("total_score"), cell_of("progress.rate")

    returned = filled(tmp_path, {rate: 0.9, total: 100})

    assert codes(returned) == [("XPF323", total)]
    assert messages(returned) == ["公式被改成了固定值，本表共2处，首处现为“100”；汇总采用重算结果"]
    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)
    assert sheet.typed_over == (total, rate)


def test_an_emptied_computed_cell_is_named(tmp_path: Path) -> None:
    rate, light = cell_of("progress.rate"), cell_of("progress.light")

    returned = filled(tmp_path, {rate: None, light: None})

    assert [code for code, _ in codes(returned)] == ["XPF331"]
    assert messages(returned) == ["计算格被清空，公式不在了，本表共2处；汇总采用重算结果"]


def test_a_computed_cell_that_shows_nothing_was_emptied(tmp_path: Path) -> None:
    rate = cell_of("progress.rate")

    assert ("XPF331", rate) in codes(filled(tmp_path, {rate: "\u200b\u3000"}))


def test_emptied_computed_cells_are_named_where_all_of_them_are(tmp_path: Path) -> None:
    rows = [LAYOUT.slots, *(row for band in LAYOUT.bands.values() for row in band)]
    places = [place for row in rows for place in row.values()]
    computed = [place.cell for place in places if place.piece.role is Role.COMPUTED]

    returned = filled(tmp_path, dict.fromkeys(computed))

    assert [code for code, _ in codes(returned)] == ["XPF331"]


def test_a_result_typed_into_an_array_formula_takes_the_column_with_it(tmp_path: Path) -> None:
    first = cell_of("indicators.state", 0)
    whole = rf'(<c r="{first}"[^>]*>)<f[^>]*>[^<]*</f>'

    def change(parts: dict[str, bytes]) -> None:
        parts[PROJECT_PART] = re.sub(whole, r"\1", parts[PROJECT_PART].decode()).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)
    assert codes(returned) == [("XPF323", first)]
    assert sheet.typed_over == (first, cell_of("indicators.state", 1))


def test_a_copy_without_any_formula_says_so_once_a_sheet(tmp_path: Path) -> None:
    returned = read_back(copied_by_xlsxwriter(CONTENT), tmp_path)

    assert [code for code, _ in codes(returned)] == ["XPF326"] * 5
    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)
    assert cell_of("progress.rate") in sheet.typed_over
    assert is_number(sheet.answers.single["progress.rate"])


# --- macros, links, embedded files, sheets ---------------------------------------------------------------------------


def with_macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    more = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = f'<Relationship Id="vba" Type="{more}" Target="vbaProject.bin"/></Relationships>'
    parts[BOOK_RELATIONS] = parts[BOOK_RELATIONS].decode().replace("</Relationships>", relation).encode()


def test_macros_nobody_expects_are_reported(tmp_path: Path) -> None:
    returned = read_back(rewritten(CONTENT, with_macros), tmp_path, "a.xlsm")

    assert placed(returned) == [("XPF216", title_of.CONTENTS, "A1")]
    assert returned.department == small_department()


def test_macros_are_named_also_where_the_seal_says_they_are_ours(tmp_path: Path) -> None:
    ours = department_bytes(small_department(), SETTINGS, macros=Macros(lambda names: b"ours", {}))
    rewritten_by_excel = rewritten(ours, lambda parts: parts.update({"xl/vbaProject.bin": b"other"}))

    assert codes(read_back(ours, tmp_path, "a.xlsm")) == [("XPF228", "A1")]
    assert codes(read_back(rewritten_by_excel, tmp_path, "a.xlsm")) == [("XPF228", "A1")]


def test_a_workbook_that_says_it_has_macros_of_ours_is_not_believed(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        with_macros(parts)
        said = parts["docProps/custom.xml"].decode()
        parts["docProps/custom.xml"] = re.sub('(name="xlperf.macros"[^>]*><vt:lpwstr>)no', r"\1yes", said).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path, "a.xlsm")

    assert ("XPF228", "A1") in codes(returned)
    assert any("宏" in text for text in messages(returned))


def extra_tab(parts: dict[str, bytes], title: str, kind: str, target: str, state: str = "visible") -> None:
    new = parts[BOOK_RELATIONS].count(b"<Relationship ")
    related(parts, BOOK_RELATIONS, kind, target)
    tab = f'<sheet name="{title}" sheetId="99" state="{state}" r:id="more{new}"/></sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].decode().replace("</sheets>", tab).encode()


def test_an_excel_4_macro_sheet_is_reported(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        extra_tab(parts, "宏1", "xlMacrosheet", "macrosheets/sheet1.xml", "veryHidden")
        parts["xl/macrosheets/sheet1.xml"] = b"<macrosheet/>"

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert sorted(placed(returned)) == [("XPF217", title_of.CONTENTS, "A1"), ("XPF327", "宏1", "A1")]


@pytest.mark.parametrize(
    ("title", "state", "code"),
    [("图", "visible", "XPF304"), ("藏", "hidden", "XPF327"), ("深藏", "veryHidden", "XPF327")],
)
def test_added_sheets_of_any_sort_are_reported(title: str, state: str, code: str, tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        extra_tab(parts, title, "chartsheet", "chartsheets/sheet1.xml", state)
        parts["xl/chartsheets/sheet1.xml"] = b"<chartsheet/>"

    assert placed(read_back(rewritten(CONTENT, change), tmp_path)) == [(code, title, "A1")]


def test_the_sheet_in_which_wps_keeps_pictures_is_an_extra_sheet_like_any_other(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        extra_tab(parts, "WpsReserved_CellImgList", "worksheet", "worksheets/sheet99.xml", "veryHidden")
        parts["xl/worksheets/sheet99.xml"] = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
        )

    assert [code for code, _ in codes(read_back(rewritten(CONTENT, change), tmp_path))] == ["XPF304"]


@pytest.mark.parametrize(
    ("kind", "target", "what"),
    [
        ("oleObject", "../embeddings/oleObject1.bin", "OLE 对象"),
        ("package", "../embeddings/文件.docx", "嵌入的文件"),
        ("control", "../activeX/activeX1.xml", "ActiveX 控件"),
    ],
)
def test_embedded_files_and_controls_are_reported_at_their_sheet(
    kind: str, target: str, what: str, tmp_path: Path
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl" + target.removeprefix("..")] = b"<x/>"
        related(parts, RELATIONS, kind, target)

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF218", FIRST, "A1")]
    assert messages(returned) == [f"文件里嵌有控件或其他文件（{what}），未打开、未读取"]


def test_an_embedded_file_no_sheet_tells_of_is_reported(tmp_path: Path) -> None:
    returned = read_back(rewritten(CONTENT, lambda p: p.update({"xl/embeddings/a.bin": b"x"})), tmp_path)

    assert placed(returned) == [("XPF218", title_of.CONTENTS, "A1")]


def linked(parts: dict[str, bytes], link: str) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = link.encode()
    related(parts, BOOK_RELATIONS, "externalLink", "externalLinks/externalLink1.xml")


def test_a_link_is_reported_at_the_first_formula_that_follows_it(tmp_path: Path) -> None:
    cell = cell_of("paid.carryover")

    def change(parts: dict[str, bytes]) -> None:
        linked(parts, "<externalLink><externalBook/></externalLink>")
        formula = f'<c r="{cell}"><f>[1]Sheet1!$A$1</f><v>5</v></c>'
        parts[PROJECT_PART] = re.sub(rf'<c r="{cell}"[^>]*/>', formula, parts[PROJECT_PART].decode()).encode()

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert sorted(placed(returned)) == [("XPF213", FIRST, cell), ("XPF307", FIRST, cell)]


def test_a_link_on_a_sheet_with_too_many_cells_to_look_for_it_is_told_of_the_workbook(tmp_path: Path) -> None:
    blanks = "".join(f'<row r="{row}">{"<c/>" * 16_384}</row>' for row in range(1_000, 1_013))

    def change(parts: dict[str, bytes]) -> None:
        linked(parts, "<externalLink><externalBook/></externalLink>")
        linking = f'{blanks}<row r="2000"><c r="A2000"><f>[1]a!A1</f><v>1</v></c></row></sheetData>'
        parts[PROJECT_PART] = parts[PROJECT_PART].replace(b"</sheetData>", linking.encode())

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF213", title_of.CONTENTS, "A1"), ("XPF303", FIRST, "A2000")]
    assert returned.department == small_department()


def test_the_files_a_workbook_draws_on_are_named(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        linked(parts, "<externalLink/>")
        relation = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" '
            'Target="file:///S:/共享/账.xlsx" TargetMode="External"/></Relationships>'
        )
        parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = relation.encode()
        picture = f'<Relationship Id="p" Type="{OFFICE}/image" Target="https://a.example/x.png" TargetMode="External"/>'
        parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", f"{picture}</Relationships>".encode())

    assert messages(read_back(rewritten(CONTENT, change), tmp_path)) == [
        "文件含有外部链接（file:///s:/共享/账.xlsx、https://a.example/x.png），链接内容未读取"
    ]


def test_a_link_no_formula_follows_is_reported_on_the_contents(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        linked(parts, f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>')

    returned = read_back(rewritten(CONTENT, change), tmp_path)

    assert placed(returned) == [("XPF219", title_of.CONTENTS, "A1"), ("XPF213", title_of.CONTENTS, "A1")]
    assert messages(returned)[0] == "文件会向其他程序取数（cmd|/c calc），未执行、未读取"
