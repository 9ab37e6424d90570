"""Tables drawn with characters, their cells broken over lines."""

from __future__ import annotations

import pytest
from document import papers
from document.drawing import drawn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xlperf.document import read_document
from xlperf.document.blocks import Paragraph, Row
from xlperf.document.dump import BrokenCells, read_dump
from xlperf.jobs.example import document_text
from xlperf.model import UnreadableInput


def blocks(text: str) -> list[object]:
    return [
        tuple(cell.text for cell in block.cells) if isinstance(block, Row) else block.text for block in read_dump(text)
    ]


ANTIWORD = """\
1.村务公开绩效目标表

|306001承德县民|            |            |单位：万元|
|政局本级      |            |            |          |
|项目编码      |13082122P000|项目名称    |2022年村务|
|              |132100012   |            |公开4.5万 |
|预算规模及资金|预算数      |其中：财政  |          |
|用途          |            |  资金      |          |
|绩效目标      |1.完成全县37|            |          |
|              |8个村指导。 |            |          |
|              |2.检查。    |            |          |
"""


def test_broken_cells_are_whole_again_and_codes_have_no_blank():
    assert blocks(ANTIWORD) == [
        "1.村务公开绩效目标表",
        ("306001承德县民政局本级", "", "", "单位：万元"),
        ("项目编码", "13082122P000132100012", "项目名称", "2022年村务公开4.5万"),
        ("预算规模及资金用途", "预算数", "其中：财政资金", ""),
        ("绩效目标", "1.完成全县378个村指导。\n2.检查。", "", ""),
    ]


def test_the_line_of_a_row_is_that_of_its_first():
    assert [block.cells[0].line for block in read_dump(ANTIWORD) if isinstance(block, Row)] == [3, 5, 7, 9]


def test_boxes_with_merged_cells():
    text = """\
+----+------+----+
|一级|二级指标   |
|指标+------+----+
|    |数量  |5000|
|    |指标  |0个 |
+----+------+----+
|效益|社会效益指 |
|    |标         |
+----+-----------+
"""

    assert blocks(text) == [("一级指标", "二级指标", ""), ("", "数量指标", "50000个"), ("效益", "社会效益指标", "")]


def test_words_keep_the_blank_they_were_parted_at():
    assert blocks("|甲乙  |13082026P00|\n|      |002451     |") == [("甲乙", "13082026P00002451")]
    assert blocks("|甲乙  |Word an |\n|      |Excel   |") == [("甲乙", "Word an Excel")]


@pytest.mark.parametrize(
    "text",
    [
        "| 名称 | 数 |\n|------|----|\n| 甲乙 | 1  |\n|      | 2  |",
        "|名称|数|\n|:--|--:|\n|甲乙|1|\n||2|",
        "名称 | 数\n甲乙 | 1\n | 2",
    ],
)
def test_where_a_line_is_a_row_nothing_is_joined(text):
    assert blocks(text) == [("名称", "数"), ("甲乙", "1"), ("", "2")]


def test_a_text_that_begins_with_a_label_as_wide_as_its_column_goes_on():
    assert blocks("|预算规模|20  |\n|及资金用|    |\n|途      |    |") == [("预算规模及资金用途", "20")]
    assert blocks("|用款计划|按月用款|支付进度|\n|执行率  |情况    |要求    |") == [
        ("用款计划执行率", "按月用款情况", "支付进度要求")
    ]
    assert blocks("|项目编码|13082026|\n|项目名称|某      |") == [("项目编码", "13082026"), ("项目名称", "某")]


def test_a_row_that_fills_its_columns_by_chance_is_a_row():
    assert blocks("|数量指标|村务公开|≥95%   |\n|质量指标|合格率  |100%   |") == [
        ("数量指标", "村务公开", "≥95%"),
        ("质量指标", "合格率", "100%"),
    ]
    assert blocks("|        |村务公开|≥95%   |\n|        |合格率  |100%   |") == [
        ("", "村务公开", "≥95%"),
        ("", "合格率", "100%"),
    ]


def test_what_stands_between_two_tables_parts_them():
    assert blocks("|项目|\n| 名 |\n|乙|") == [("项目",), ("名",), ("乙",)]
    assert blocks("|甲|乙|\n- 3 -\n|丙|丁|") == [("甲", "乙"), "- 3 -", ("丙", "丁")]


BROKEN = "项目绩效目标表\n|项目编码|13082122P000|项目名称|某|\n|\t|132100012| | |".replace("\t", "")


def test_a_code_that_stays_broken_is_refused(tmp_path):
    with pytest.raises(BrokenCells) as broken:
        read_dump(BROKEN)
    path = tmp_path / "文本.txt"
    path.write_text(BROKEN, "utf-8")
    with pytest.raises(UnreadableInput) as refused:
        read_document(path)

    assert broken.value.line == 2
    assert refused.value.text().replace(str(path), "X") == (
        "X 的表格在转成文本时被拆断，第2行的项目编码不完整，没有读入。请提供转换之前的文件（.docx、.doc 或网页）。"
    )


STYLES = [
    {},
    {"padding": 1},
    {"ambiguous": 2},
    {"rule": "+-+", "padding": 1},
    {"bar": "│", "rule": "┼─├"},
    {"bar": "┃", "rule": "╋━┣", "ambiguous": 2},
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(4, 12), min_size=7, max_size=7), st.sampled_from(STYLES))
@example([4, 4, 5, 12, 4, 4, 11], {})  # only the sign of the next target parts the rows
def test_a_document_drawn_in_any_widths_is_read_as_it_was(tmp_path_factory, halves, style):
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "原文.txt").write_text(document_text(), "utf-8")
    original = read_document(folder / "原文.txt").department
    widths = [2 * half for half in halves]
    lines = [f"{original.year}年部门预算绩效文本", *papers.front_lines(original)]
    for project in original.projects:
        lines += ["", papers.heading(project), "", drawn(papers.head_rows(original, project), widths, **style)]
        lines += ["", drawn([papers.HEAD, *papers.indicator_rows(project)], widths, **style)]
    (folder / "制表.txt").write_text("\n".join(lines), "utf-8")

    assert read_document(folder / "制表.txt").department == original


def test_paragraphs_around_are_none_of_the_table():
    assert read_dump("甲\n|乙|丙|\n\n丁") == (Paragraph("甲", 1), *read_dump("\n|乙|丙|"), Paragraph("丁", 4))
