"""PDF documents: what is refused, and with which sentence."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from required import require

from xlperf.document import pdf, read_document
from xlperf.document.blocks import Cell, Row
from xlperf.document.page_breaks import without_breaks
from xlperf.model import UnreadableInput

OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
)


def blank() -> bytes:
    """A PDF of one page that shows nothing."""
    content, places = b"%PDF-1.4\n", []
    for number, held in enumerate(OBJECTS, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, held)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"xref\n0 4\n%strailer<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF" % (table, len(content))


BLANK = blank()


def key(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as refused:
        read_document(path)
    assert all(refused.value.text(lang) for lang in ("zh", "en"))
    return refused.value.key


def test_what_is_no_document(tmp_path):
    require(None if find_spec("pdfplumber") else "pdfplumber is not installed")
    assert key(tmp_path / "扫描.pdf", BLANK) == "source_scanned"
    assert key(tmp_path / "截断.pdf", BLANK[:20]) == "source_damaged"


def test_without_the_library_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "_LIBRARY", "no_such_library")

    assert key(tmp_path / "文本.pdf", BLANK) == "source_needs_pdf"


@pytest.mark.parametrize("text", ["5", "- 5 -", "第 5 页", "第5页 共12页", "5/12", "— 5 —"])
def test_page_numbers_are_left_out(text):
    assert pdf._without_number([text, "甲", ["5"], text]) == ["甲", ["5"]]


HEADS = Row(tuple(Cell(text, 1) for text in ("一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据")))


def row(*texts: str) -> Row:
    return Row(tuple(Cell(text, 1) for text in texts))


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        (("", "质量指标", "补贴", "100%", "冀民"), ("", "", "准确率", "", "71号"), ("补贴准确率", "100%")),
        (("", "质量指标", "补贴", "", ""), ("", "", "准确率", "100%", "71号"), ("补贴准确率", "100%")),
        (("", "质量指标", "人数", "≥1.2万", "文件"), ("", "", "", "人", ""), ("人数", "≥1.2万人")),
        (("", "质量指标", "补贴", "100%", "冀民"), ("", "", "", "", "71号"), ("补贴", "100%")),
        (("效益指", "社会效", "公平程", "明", ""), ("标", "益指标", "度", "显", ""), ("公平程度", "明显")),
    ],
)
@pytest.mark.parametrize("again", [[], [HEADS]])
def test_a_row_that_the_end_of_a_page_cut_is_one(upper, lower, whole, again):
    blocks = without_breaks([[HEADS, row(*upper)], [*again, row(*lower), row("", "", "第三行", "1", "")]])

    assert [tuple(cell.text for cell in each.cells[2:4]) for each in blocks] == [
        ("三级指标", "指标值"),
        whole,
        ("第三行", "1"),
    ]


@pytest.mark.parametrize(
    "lower",
    [
        ("", "", "准确率", "95%", ""),
        ("", "时效指标", "时限", "", ""),
        ("效益指标", "社会效益指标", "", "", ""),
        ("合计", "", "", "", ""),
        ("", "", "持续影响", "长期", "文件"),
        ("项目名称", "某项目", "", "", ""),
    ],
)
def test_the_next_row_on_a_new_page_is_one_of_its_own(lower):
    pages = [[HEADS, row("", "质量指标", "补贴", "100%", "冀民")], [row(*lower)]]

    assert without_breaks(pages) == (*pages[0], *pages[1])


def test_an_objective_goes_on_behind_the_end_of_a_page():
    pages = [[row("绩效目标", "1.完成工", "")], [row("", "作。", ""), HEADS]]

    assert without_breaks(pages) == (row("绩效目标", "1.完成工作。", ""), HEADS)


def test_half_a_row_that_stays_is_an_error(tmp_path):
    (tmp_path / "文本.txt").write_text(
        "项目名称 | 补贴\n一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值确定依据\n"
        "产出指标 | 质量指标 | 补贴 | 100% | 冀民\n | | 准确率 | | 71号\n",
        "utf-8",
    )

    imported = read_document(tmp_path / "文本.txt", year=2026)

    assert [each.name for each in imported.department.projects[0].indicators] == ["补贴"]
    assert [(each.code, dict(each.values)["text"]) for each in imported.findings] == [("XPF118", "准确率 | 71号")]


def test_a_table_that_goes_on_keeps_its_columns():
    assert pdf._placed(["甲", "乙"], (72, 301), (72, 150, 300)) == ["甲", "", "乙"]
    assert pdf._placed(["甲", "乙"], (72, 200), (72, 150, 300)) == ["甲", "乙"]
    assert pdf._placed(["甲", "乙"], (71, 73), (72, 150, 300)) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("first", "next_page", "goes_on", "edges"),
    [
        ((72, 150, 300), (72, 301), True, (72, 150, 300)),
        ((72, 301), (72, 150, 300), True, (72, 150, 300)),
        ((72, 150, 300), (72, 200), False, (72, 150, 300)),
        ((), (72, 200), False, ()),
    ],
)
def test_the_columns_of_a_table_are_those_of_the_page_that_has_most(first, next_page, goes_on, edges):
    grid = pdf._Grid(first)

    assert grid.goes_on(next_page) is goes_on
    assert grid.edges == edges
