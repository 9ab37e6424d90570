"""The body of a .docx as Word and WPS write it, and what is refused at the door."""

from __future__ import annotations

from pathlib import Path

import pytest
from zipped import packed

from xlperf.document import read_document, word_xml
from xlperf.document.blocks import Cell, Paragraph, Row
from xlperf.document.word import read_word
from xlperf.files.guard import LARGEST_INFLATED
from xlperf.model import UnreadableInput

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(path: Path, document: str | bytes, **others: str) -> Path:
    path.write_bytes(packed({"word/document.xml": document, **others}))
    return path


@pytest.fixture
def blocks(tmp_path: Path):
    def read(body: str) -> list[object]:
        document = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}" xmlns:wps="{WPS}"><w:body>{body}</w:body></w:document>'
        path = saved(tmp_path / "x.docx", document)
        return [
            tuple(cell.text for cell in block.cells) if isinstance(block, Row) else block.text
            for block in read_word(path.read_bytes(), path)
        ]

    return read


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_paragraphs_and_rows_are_numbered_in_order(tmp_path):
    body = p("甲") + p("") + f"<w:tbl><w:tr>{tc('一')}{tc('二')}</w:tr></w:tbl>" + p("乙")
    path = saved(tmp_path / "x.docx", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')

    assert read_word(path.read_bytes(), path) == (
        Paragraph("甲", 1),
        Row((Cell("一", 3), Cell("二", 3))),
        Paragraph("乙", 4),
    )


def test_merged_cells_keep_their_places(blocks):
    span = '<w:gridSpan w:val="3"/>'
    covered = "<w:vMerge/>"
    rows = f"<w:tr>{tc('一', span)}{tc('二')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{tc('', covered)}{tc('三')}</w:tr>"

    assert blocks(f"<w:tbl>{rows}</w:tbl>") == [("一", "", "", "二"), ("", "", "三")]


def test_a_span_that_lies_is_cut_to_what_word_allows(blocks):
    (row,) = blocks(
        f"<w:tbl><w:tr>{tc('一', '<w:gridSpan w:val=' + chr(34) + '999999999' + chr(34) + '/>')}</w:tr></w:tbl>"
    )

    assert len(row) == 63


def test_a_row_covers_no_more_columns_than_word_allows_and_loses_no_text(blocks):
    wide = tc("一", '<w:gridSpan w:val="40"/>')
    before = '<w:trPr><w:gridBefore w:val="60"/></w:trPr>'

    assert [len(row) for row in blocks(f"<w:tbl><w:tr>{wide * 3}</w:tr><w:tr>{before}{wide}</w:tr></w:tbl>")] == [
        64,
        63,
    ]
    assert blocks(f"<w:tbl><w:tr>{tc('一') * 100}</w:tr></w:tbl>") == [("一",) * 100]


def test_content_controls_and_insertions_count_and_deletions_do_not(blocks):
    inserted = "<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    control = f"<w:sdt><w:sdtContent>{p('内')}<w:tbl><w:tr>{tc('格')}</w:tr></w:tbl></w:sdtContent></w:sdt>"
    cell = f"<w:tbl><w:tr><w:sdt><w:sdtContent>{tc('控件')}</w:sdtContent></w:sdt></w:tr></w:tbl>"

    assert blocks(inserted + control + cell) == ["新", "内", ("格",), ("控件",)]


def test_breaks_hyphens_and_symbols_inside_a_text(blocks):
    symbol = '<w:sym w:font="Symbol" w:char="F0B3"/>'
    text = f"<w:p><w:r>{symbol}<w:t>95</w:t><w:br/><w:t>甲</w:t><w:noBreakHyphen/><w:tab/><w:t>乙</w:t></w:r></w:p>"

    assert blocks(text) == ["≥95\n甲- 乙"]


def test_several_paragraphs_and_tables_in_a_cell_are_its_lines(blocks):
    inner = f"<w:tbl><w:tr>{tc('丙')}</w:tr></w:tbl>"

    assert blocks(f"<w:tbl><w:tr><w:tc>{p('甲')}{p('')}{p('乙')}{inner}</w:tc></w:tr></w:tbl>") == [("甲\n乙\n丙",)]


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def holding(*content: str) -> str:
    return f"<w:tc>{''.join(content)}</w:tc>"


FORM = table(tr(tc("项目编码"), tc("1")), tr(tc("项目名称"), tc("甲")))


def test_a_form_laid_out_with_a_cell_comes_row_by_row_between_its_texts(blocks):
    layout = table(tr(holding(p("1.甲绩效目标表"), FORM, p("2.乙绩效目标表"), FORM, p("完"))))

    assert blocks(layout) == [
        "1.甲绩效目标表",
        ("项目编码", "1"),
        ("项目名称", "甲"),
        "2.乙绩效目标表",
        ("项目编码", "1"),
        ("项目名称", "甲"),
        "完",
    ]


def test_a_row_is_parted_around_the_form_in_one_of_its_cells(blocks):
    assert blocks(table(tr(tc("绩效指标"), tc(""), holding(p(""), FORM), tc("注"), tc("")))) == [
        ("绩效指标", ""),
        ("项目编码", "1"),
        ("项目名称", "甲"),
        ("注", ""),
    ]
    assert blocks(table(tr(holding(FORM), holding(FORM)))) == [("项目编码", "1"), ("项目名称", "甲")] * 2


def test_a_table_without_labels_within_a_text_is_text(blocks):
    goods = table(tr(tc("电脑"), tc("13台")), tr(tc("打印机"), tc("2台")))

    assert blocks(table(tr(tc("用途"), holding(p("购置："), goods)))) == [("用途", "购置：\n电脑 13台\n打印机 2台")]
    assert blocks(table(tr(holding(p("购置："), goods)))) == ["购置：", ("电脑", "13台"), ("打印机", "2台")]


def test_a_form_in_a_form_in_a_form(blocks):
    assert blocks(table(tr(holding(table(tr(holding(FORM))))))) == [("项目编码", "1"), ("项目名称", "甲")]


def test_a_form_in_a_text_box(blocks):
    box = f"<wps:txbx><w:txbxContent>{p('题')}{FORM}</w:txbxContent></wps:txbx>"

    assert blocks(f"<w:p><w:r><w:t>前</w:t>{box}</w:r></w:p>") == ["前\n题", ("项目编码", "1"), ("项目名称", "甲")]


def test_tables_in_tables_end_somewhere(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 200 + p("甲") + "</w:tc></w:tr></w:tbl>" * 200
    document = f'<w:document xmlns:w="{W}"><w:body>{deep}</w:body></w:document>'

    assert reason(saved(tmp_path / "x.docx", document)) == "source_abnormal"


def test_pinyin_and_hidden_text_are_not_read(blocks):
    pinyin, base = ("<w:r><w:t>chéng</w:t></w:r>", "<w:r><w:t>承</w:t></w:r>")
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{pinyin}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby>"
    hidden = "".join(
        f"<w:r><w:rPr><w:b/><w:vanish{value}/></w:rPr><w:t>{text}</w:t></w:r>"
        for value, text in (("", "甲"), (' w:val="1"', "乙"), (' w:val="0"', "丙"), (' w:val="false"', "丁"))
    )

    assert blocks(f"<w:p><w:r>{ruby}</w:r><w:r><w:t>德</w:t></w:r>{hidden}</w:p>") == ["承德丙丁"]


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument", "word/document2.xml"),
        ("http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument", "/word/Document2.xml"),
        ("http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument", "./word/document2.xml"),
    ],
)
def test_the_main_part_is_where_the_package_says(tmp_path, kind, target):
    old, new = (f'<w:document xmlns:w="{W}"><w:body>{p(text)}</w:body></w:document>' for text in ("旧", "新"))
    others = '<Relationship Id="r2" Type="x/extended-properties" Target="docProps/app.xml"/>'
    main = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    relations = f'<Relationships xmlns="{RELATIONSHIPS}">{others}{main}</Relationships>'
    path = saved(tmp_path / "x.docx", old, **{"word/document2.xml": new, "_rels/.rels": relations})

    assert read_word(path.read_bytes(), path) == (Paragraph("新", 1),)


def test_a_text_box_is_read_once(blocks):
    box = alternates(choice("wps", "框"), f"<mc:Fallback>{p('框')}</mc:Fallback>")

    assert blocks(f"<w:p><w:r>{box}</w:r></w:p>") == ["框"]


# --- namespaces ------------------------------------------------------------------------------------------------------

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
ZZ = "urn:zz:nobody"


def alternates(*branches: str) -> str:
    return f"<mc:AlternateContent>{''.join(branches)}</mc:AlternateContent>"


def choice(requires: str, text: str) -> str:
    return f'<mc:Choice Requires="{requires}" xmlns:zz="{ZZ}">{p(text)}</mc:Choice>'


@pytest.mark.parametrize(
    ("branches", "read"),
    [
        ((choice("wps", "甲"), choice("wps", "乙"), f"<mc:Fallback>{p('丙')}</mc:Fallback>"), ["甲"]),
        ((choice("zz", "甲"), choice("wps", "乙"), f"<mc:Fallback>{p('丙')}</mc:Fallback>"), ["乙"]),
        ((choice("zz", "甲"), choice("wps zz", "乙"), f"<mc:Fallback>{p('丙')}</mc:Fallback>"), ["丙"]),
        ((choice("nowhere", "甲"), choice("", "乙")), []),
        ((f"<mc:Fallback>{p('丙')}</mc:Fallback>", f"<mc:Fallback>{p('丁')}</mc:Fallback>"), ["丙"]),
        ((choice("zz", "甲"), p("乙")), []),
        ((f'<mc:Choice Requires="wps">{alternates(choice("wps", "甲"))}{p("乙")}</mc:Choice>',), ["甲", "乙"]),
    ],
)
def test_one_branch_of_alternate_content_counts(blocks, branches, read):
    assert blocks(p("前") + alternates(*branches) + p("后")) == ["前", *read, "后"]


def test_a_prefix_means_what_it_means_where_it_stands(blocks):
    hidden = f'<w:sdt xmlns:wps="{ZZ}"><w:sdtContent>{alternates(choice("wps", "甲"))}</w:sdtContent></w:sdt>'

    assert blocks(hidden + alternates(choice("wps", "乙"))) == ["乙"]


def test_a_branch_without_its_frame_is_nothing(blocks):
    assert blocks(f"{choice('wps', '甲')}<mc:Fallback>{p('乙')}</mc:Fallback>{p('丙')}") == ["丙"]


def test_elements_of_nobody_are_no_text_no_paragraph_and_no_table(blocks):
    foreign = (
        f'<zz:p xmlns:zz="{ZZ}"><w:r><w:t>甲</w:t></w:r></zz:p>'
        f'<zz:tbl xmlns:zz="{ZZ}"><w:tr>{tc("乙")}</w:tr></zz:tbl>'
        f'<w:p xmlns:zz="{ZZ}"><w:r><zz:t>丙</zz:t><t xmlns="">丁</t><w:t>戊<zz:t>己</zz:t></w:t></w:r></w:p>'
        f'<w:tbl xmlns:zz="{ZZ}"><zz:tr>{tc("庚")}</zz:tr><w:tr>{tc("辛")}<zz:tc>{p("壬")}</zz:tc></w:tr></w:tbl>'
    )

    assert blocks(foreign) == ["戊", ("辛",)]


def test_only_words_own_marks_hide_or_span(blocks):
    hidden = f'<w:r><w:rPr><zz:vanish xmlns:zz="{ZZ}"/></w:rPr><w:t>甲</w:t></w:r>'
    deleted = f'<zz:del xmlns:zz="{WPS}"><w:r><w:t>乙</w:t></w:r></zz:del>'
    span = f'<w:gridSpan zz:val="3" xmlns:zz="{ZZ}"/>'

    assert blocks(f"<w:p>{hidden}{deleted}</w:p><w:tbl><w:tr>{tc('丙', span)}{tc('丁')}</w:tr></w:tbl>") == [
        "甲乙",
        ("丙", "丁"),
    ]


def test_text_in_shapes_and_formulas_counts(blocks):
    vml = "urn:schemas-microsoft-com:vml"
    box = f"<v:textbox><w:txbxContent>{p('框')}</w:txbxContent></v:textbox>"
    shape = f'<w:pict><v:shape xmlns:v="{vml}">{box}</v:shape></w:pict>'
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><w:rPr/><m:t>≥95</m:t></m:r></m:oMath>'

    assert blocks(f"<w:p><w:r>{shape}</w:r></w:p><w:p>{formula}</w:p>") == ["框", "≥95"]


def test_the_strict_edition_is_read(tmp_path):
    row = f"<w:tbl><w:tr>{tc('甲', '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}{tc('乙')}</w:tr></w:tbl>"
    document = f'<w:document xmlns:w="{STRICT}"><w:body>{p("前")}{row}</w:body></w:document>'
    path = saved(tmp_path / "x.docx", document)

    assert read_word(path.read_bytes(), path) == (Paragraph("前", 1), Row((Cell("甲", 2), Cell("", 2), Cell("乙", 2))))


def test_a_document_of_nobody_is_none(tmp_path):
    document = f'<w:document xmlns:w="{ZZ}"><w:body>{p("甲")}</w:body></w:document>'

    assert reason(saved(tmp_path / "x.docx", document)) == "source_binary"


# --- at the door -----------------------------------------------------------------------------------------------------


def reason(path: Path) -> str:
    with pytest.raises(UnreadableInput) as error:
        read_document(path)
    return error.value.key


def test_a_document_type_declaration_is_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    document = f'{bomb}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'

    assert reason(saved(tmp_path / "x.docx", document)) == "source_abnormal"
    assert reason(saved(tmp_path / "y.docx", document.encode("utf-16"))) == "source_abnormal"


def test_a_zip_bomb_is_refused(tmp_path):
    assert reason(saved(tmp_path / "x.docx", " " * (LARGEST_INFLATED + 1))) == "source_abnormal"


def test_a_size_that_lies_is_measured(tmp_path):
    path = saved(tmp_path / "x.docx", "<x>" + "a" * 70_000_000 + "</x>")
    content = path.read_bytes()
    true, lie = (70_000_007).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    path.write_bytes(content.replace(true, lie))

    assert reason(path) in ("source_abnormal", "source_damaged")


def test_deep_nesting_is_refused(tmp_path):
    deep = "<w:sdt>" * 5000 + p("甲") + "</w:sdt>" * 5000
    document = f'<w:document xmlns:w="{W}"><w:body>{deep}</w:body></w:document>'

    assert reason(saved(tmp_path / "x.docx", document)) == "source_abnormal"


def test_runs_may_nest_deeper_than_anything_else(blocks):
    assert blocks("<w:p>" + "<w:r>" * 900 + "<w:t>甲</w:t>" + "</w:r>" * 900 + "</w:p>") == ["甲"]


def test_what_would_make_a_giant_tree_is_refused_before_it_does(tmp_path, monkeypatch):
    def document(body: str) -> str:
        return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'

    deep = document("<w:r>" * 3000 + "</w:r>" * 3000)
    wide = document("<w:p/>" * 60)
    attributes = document('<w:p a="" b="" c="" d="" e="" f=""/>' * 9)
    monkeypatch.setattr(word_xml, "ELEMENTS_LIMIT", 50)

    assert reason(saved(tmp_path / "attributes.docx", attributes)) == "source_abnormal"
    assert reason(saved(tmp_path / "deep.docx", deep)) == "source_abnormal"
    assert reason(saved(tmp_path / "wide.docx", wide)) == "source_abnormal"


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("word/document.xml", "", "source_damaged"),
        ("word/document.xml", "<unclosed>", "source_damaged"),
        ("word/document.xml", "<html/>", "source_binary"),
        ("xl/workbook.xml", "<workbook/>", "source_binary"),
    ],
)
def test_other_packages(tmp_path, name, content, key):
    path = tmp_path / "x.docx"
    path.write_bytes(packed({name: content}))

    assert reason(path) == key


def test_a_package_cut_short(tmp_path):
    path = saved(tmp_path / "x.docx", "<x/>")
    path.write_bytes(path.read_bytes()[:40])

    assert reason(path) == "source_unreadable"
