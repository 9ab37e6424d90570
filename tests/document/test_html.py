"""HTML pages as browsers, Word, LibreOffice and content systems write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.document.blocks import Cell, Paragraph, Row
from xlperf.document.html_page import is_page, read_page
from xlperf.document.html_tokens import tokens
from xlperf.document.opening import open_source


def blocks(page: str) -> list[object]:
    return [
        tuple(cell.text for cell in block.cells) if isinstance(block, Row) else block.text
        for block in read_page(page, Path("x.html"))
    ]


def test_paragraphs_and_rows_are_numbered_in_order():
    assert read_page("<p>甲</p><p></p><table><tr><td>一<td>二</table>乙", Path("x.html")) == (
        Paragraph("甲", 1),
        Row((Cell("一", 2), Cell("二", 2))),
        Paragraph("乙", 3),
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def test_merged_cells_are_blank_beside_and_below():
    page = """<table>
      <tr><td rowspan=3>一</td><td colspan="2">二</td><td rowspan='2'>三</td></tr>
      <tr><td>四</td><td>五</td></tr>
      <tr><td>六</td><td>七</td><td>八</td></tr>
    </table>"""

    assert blocks(page) == [("一", "二", "", "三"), ("", "四", "五", ""), ("", "六", "七", "八")]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("<td rowspan=0>一<td>二<tr><td>三<tr><td>四", [("一", "二"), ("", "三"), ("", "四")]),
        ("<td rowspan=99999>一<td>二<tr><td>三", [("一", "二"), ("", "三")]),
        ("<td rowspan=x colspan=-2>一<td colspan=0>二<tr><td>三", [("一", "二"), ("三",)]),
        ("<td rowspan=2 colspan=2>一<td>二<tr><td>三<tr><td>四", [("一", "", "二"), ("", "", "三"), ("四",)]),
        ("<td>一<td rowspan=2>二<tr><td>三", [("一", "二"), ("三", "")]),
    ],
)
def test_odd_spans(row, read):
    assert blocks(f"<table><tr>{row}</table>") == read


def test_a_span_covers_no_more_columns_than_a_word_table_has_and_loses_no_text():
    (row,) = blocks("<table><tr><td colspan=999999>一<td colspan=40>二</table>")

    assert len(row) == 65


def test_end_tags_may_be_missing_or_one_too_many():
    assert blocks("<TABLE><THEAD><TR><TH>一<TH>二<TBODY><TR><TD>三</TD></TD><TD>四</TR></TR></TABLE></TABLE>五") == [
        ("一", "二"),
        ("三", "四"),
        "五",
    ]
    assert blocks("<table><td>一<td>二</table>") == [("一", "二")]
    assert blocks("</td></tr></table><td>一") == ["一"]


def test_text_between_cells_is_shown_before_the_table():
    assert blocks("<table>题<caption>表1</caption><tr><td>一</td>注</tr></table>") == ["题", "表1", "注", ("一",)]


def test_a_form_in_a_layout_cell_comes_row_by_row():
    form = "<table><tr><td>项目编码<td>1<tr><td>项目名称<td>甲</table>"

    assert blocks(f"<table><tr><td>首页<td><p>1.甲绩效目标表</p>{form}<p>完</table>") == [
        ("首页",),
        "1.甲绩效目标表",
        ("项目编码", "1"),
        ("项目名称", "甲"),
        "完",
    ]


# --- texts -----------------------------------------------------------------------------------------------------------


def test_blanks_of_the_page_are_not_those_that_show():
    assert blocks("<p>办案\n   业务<b>经</b>费 \n abc\n  def&nbsp;&#20803;&lt;</p>") == ["办案业务经费 abc def 元<"]


def test_breaks_in_a_paragraph_are_its_lines_and_elsewhere_its_end():
    assert blocks("<p>1.某某<br>绩效目标表</p><div>一、总体绩效目标<br/>甲<br>乙</div>") == [
        "1.某某\n绩效目标表",
        "一、总体绩效目标",
        "甲",
        "乙",
    ]
    assert blocks("<table><tr><td><p>甲<br>乙</p><p>丙</p><div>丁</div></table>") == [("甲\n乙\n丙\n丁",)]


def test_indents_behind_breaks_begin_paragraphs():
    assert blocks("<p>　　一、总体绩效目标<br>　　甲<br>&nbsp;&nbsp;乙</p>") == ["一、总体绩效目标", "甲", "乙"]


def test_text_as_it_is_typed():
    assert blocks("<pre>甲\n乙 丙</pre>") == ["甲\n乙 丙"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>藏",
        "<p style='color:red; display : NONE'>藏</p>",
        "<div style=visibility:hidden>藏<div>藏</div>藏</div>",
        "<span style='mso-hide:all'>藏</span>",
        "<script>if (a < b) '<td>藏'</script>",
        "<style>td {}</style><title>藏</title>",
        "<noscript>藏</noscript><select><option>藏</select>",
        "<!-- 藏 > --><!--[if gte vml 1]><p>藏</p><![endif]-->",
        "<ruby>&nbsp;<rt>藏</rt></ruby>",
        "<table style='display:none'><tr><td>藏<table><tr><td>藏</table>藏</table>",
        "<ul><li><a href='/'>首页</a><li><a href='/b'>政务公开</a></ul>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden):
    assert blocks(f"<p>甲</p>{hidden}<p>乙</p>") == ["甲", "乙"]


def test_hidden_cells_and_rows_are_none():
    page = "<table><tr><td>一<td hidden>二<td>三<tr style='display:none'><td>四<tr><td>五<td hidden>六</table>七"

    assert blocks(page) == [("一", "三"), ("五",), "七"]
    assert blocks("<table><tr><td>一<p hidden>藏</td><td>二<tr><td>三<li hidden>藏<td>四</table>") == [
        ("一", "二"),
        ("三", "四"),
    ]


def test_headings_that_lead_back_and_contents_are_no_menu():
    page = "<h2><a href='/x'>1.甲绩效目标表</a></h2><p><a href='#t'>2.乙绩效目标表</a></p><p><a name=t>丙</a></p>"

    assert blocks(page) == ["1.甲绩效目标表", "2.乙绩效目标表", "丙"]


def test_conditions_that_word_writes_show_what_they_hold():
    assert blocks("<p><![if !supportLists]>1.<![endif]>甲<o:p></o:p></p>") == ["1.甲"]


def test_signs_that_are_no_tags():
    assert "".join(str(token) for token in tokens("≥95 < 96 & a<5 &#99999999999; &nosuch; <")) == (
        "≥95 < 96 & a<5 &#99999999999; &nosuch; <"
    )


def test_an_attribute_in_every_way_of_writing():
    (tag,) = tokens("<TD A=1 b = '2>' c=\"&lt;3\" d A=4 / e=/f>")

    assert (tag.name, tag.ends, tag.attributes) == (
        "td",
        False,
        {"a": "1", "b": "2>", "c": "<3", "d": "", "e": "/f"},
    )


# --- the file --------------------------------------------------------------------------------------------------------

PAGE = "<html><head>{}</head><body><table><tr><td>项目名称<td>办案</table></body></html>"
ROW = ("项目名称", "办案")


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "utf-8"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("<meta charset=gb2312>", "gbk"),
        ("<meta charset=gb2312>", "utf-8"),
        ("<meta charset=nobody>", "gbk"),
    ],
)
def test_encodings(tmp_path, meta, encoding):
    path = tmp_path / "网页"
    path.write_bytes(PAGE.format(meta).encode(encoding))

    assert open_source(path) == (Row((Cell("项目名称", 1), Cell("办案", 1))),)


def test_a_stated_encoding_counts_where_it_is_not_utf_8(tmp_path):
    path = tmp_path / "網頁.html"
    path.write_bytes("<meta charset=big5><table><tr><td>績效</table>".encode("big5"))

    assert open_source(path) == (Row((Cell("績效", 1),)),)


def test_a_piece_of_a_page_in_a_text_file(tmp_path):
    path = tmp_path / "文本.txt"
    path.write_text("某某法院\n<table border=1>\n<tr><td>项目名称</td>\n<td>办案</td></tr></table>", "utf-8")

    assert open_source(path) == (Paragraph("某某法院", 1), Row((Cell("项目名称", 2), Cell("办案", 2))))
    assert not is_page("<table> 甲 <tdx> | 乙 <trash>")


def test_a_web_archive(tmp_path):
    import email.mime.multipart
    import email.mime.text

    archive = email.mime.multipart.MIMEMultipart("related")
    archive.attach(email.mime.text.MIMEText(PAGE.format(""), "html", "gb2312"))
    archive.attach(email.mime.text.MIMEText("<table><tr><td>框架</table>", "html", "utf-8"))
    path = tmp_path / "网页.mht"
    path.write_bytes(b"From: <Saved by Blink>\r\n" + archive.as_bytes())

    assert open_source(path) == (Row((Cell("项目名称", 1), Cell("办案", 1))),)
