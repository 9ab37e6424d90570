"""Nothing is dropped: what is put in comes out in the department or in a finding; and no bytes break the reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from document import papers
from document.test_reading import SMALL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zipped import packed, parts_of

from xlperf.document import Imported, read_document
from xlperf.model import XlperfError

MAIN = "word/document.xml"
MARK = "多余内容"  # what is put in, unlike anything of the form
STRAYS = (MARK, f"\t{MARK}", f"\n{MARK}\n", f"\n\t{MARK}\n", f"\t5\n\t{MARK}", f"{MARK}\t9")
SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf")

fast = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def told(imported: Imported) -> str:
    """All texts of the department and of the findings."""
    found = " ".join(text for each in imported.findings for _, text in each.values)
    return imported.department.model_dump_json() + found


@fast
@given(st.data())
def test_a_stray_line_of_a_tabbed_dump(tmp_path, data):
    lines = papers.tabbed(SMALL).split("\n")
    place = data.draw(st.integers(0, len(lines)))
    stray = data.draw(st.sampled_from(STRAYS))
    path = tmp_path / "文本.txt"
    path.write_text("\n".join([*lines[:place], stray, *lines[place:]]), "utf-8")

    assert MARK in told(read_document(path, year=2023))


@fast
@given(st.data())
def test_a_stray_cell_or_line_of_the_sister_form(tmp_path, data):
    lines = papers.piped(SMALL).split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[place].split(" | ")
    at = data.draw(st.integers(0, len(cells)))
    line = data.draw(st.sampled_from([" | ".join([*cells[:at], MARK, *cells[at:]]), f"{lines[place]}\n{MARK}"]))
    path = tmp_path / "文本.txt"
    path.write_text("\n".join([*lines[:place], line, *lines[place + 1 :]]), "utf-8")

    assert MARK in told(read_document(path, year=2023))


@fast
@given(st.data())
def test_a_stray_text_in_a_word_document(tmp_path, word_parts, data):
    body = word_parts[MAIN].decode()
    borders = [i for i in range(len(body)) if body.startswith(("<w:p>", "<w:tc>", "<w:tr>"), i)]
    place = data.draw(st.sampled_from(borders))
    run = f"<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>"
    stray = {"<w:p>": run, "<w:tc>": f"<w:tc>{run}</w:tc>", "<w:tr>": f"<w:tr><w:tc>{run}</w:tc></w:tr>"}
    piece = next(text for tag, text in stray.items() if body.startswith(tag, place))
    path = saved(tmp_path / "文本.docx", {**word_parts, MAIN: (body[:place] + piece + body[place:]).encode()})

    assert MARK in told(read_document(path, year=2023))


def saved(path: Path, parts: dict[str, bytes]) -> Path:
    path.write_bytes(packed(parts))
    return path


@pytest.fixture(scope="module")
def word_parts(tmp_path_factory):
    return parts_of(papers.word(SMALL, tmp_path_factory.mktemp("word") / "文本.docx").read_bytes())


# --- any bytes -------------------------------------------------------------------------------------------------------


def outcome(path: Path, content: bytes) -> Imported | XlperfError:
    path.write_bytes(content)
    try:
        return read_document(path, year=2023)
    except XlperfError as error:
        return error if error.text("zh") and error.text("en") else pytest.fail("an error without a sentence")


@fast
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path, content):
    assert outcome(tmp_path / "x", content)


@fast
@given(st.binary(max_size=60), st.sampled_from(SIGNATURES))
def test_any_bytes_behind_a_signature(tmp_path, content, signature):
    assert outcome(tmp_path / "x", signature + content)


@fast
@given(st.data())
def test_a_dump_with_damaged_bytes(tmp_path, data):
    content = bytearray(papers.tabbed(SMALL).encode(data.draw(st.sampled_from(["utf-8", "gb18030", "utf-16"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert outcome(tmp_path / "x", bytes(content[: data.draw(st.integers(0, len(content)))]))


@fast
@given(st.data())
def test_a_word_document_with_damaged_bytes(tmp_path, word_parts, data):
    content = bytearray(packed(word_parts, zipfile.ZIP_STORED))  # so that damage reaches the parts
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert outcome(tmp_path / "x", bytes(content))


@fast
@given(st.data())
def test_a_word_document_with_pieces_moved_about(tmp_path, word_parts, data):
    body = word_parts[MAIN].decode()
    pieces = body.split("<w:tc>")
    order = data.draw(st.permutations(range(1, min(len(pieces), 12))))
    moved = "<w:tc>".join([pieces[0], *(pieces[i] for i in order), *pieces[12:]])
    path = saved(tmp_path / "x", {**word_parts, MAIN: moved.encode()})

    assert outcome(path, path.read_bytes())


@fast
@given(st.lists(st.sampled_from(papers.tabbed(SMALL).split("\n")), max_size=60))
def test_lines_of_a_dump_in_any_order(tmp_path, lines):
    assert outcome(tmp_path / "x", "\n".join(lines).encode())


@fast
@given(st.text(alphabet=st.sampled_from("\t\n |1一.、%≥绩效目标表单位：元项目编码"), max_size=120))
def test_texts_made_of_the_signs_that_matter(tmp_path, text):
    assert outcome(tmp_path / "x", text.encode())


OTHER_TABLE = (
    "事项 | 乙 | \n分类 | 内容项 | 水平\n数量指标 | 场次 | ≥3场\n质量指标 | 合格率 | ≥95%\n"
    "类别 | 名称 | \n货物 | 电脑 | 3台\n"
)


@pytest.mark.parametrize("line", ["第三部分 其他", "四、政府采购情况"])
def test_a_table_of_another_part_is_no_part_of_the_form_before_it(tmp_path, line):
    head = "项目名称 | 甲 | | \n预算数 | 3 | | \n一级指标 | 二级指标 | 三级指标 | 指标值\n"
    form = f"{head}产出指标 | 数量指标 | 台数 | ≥1台\n"
    (tmp_path / "a.txt").write_text(f"2026年部门预算\n{form}\n{line}\n\n{OTHER_TABLE}", "utf-8")

    imported = read_document(tmp_path / "a.txt")
    assert [each.name for each in imported.department.projects[0].indicators] == ["台数"]
    assert [each.code for each in imported.findings if each.code != "XPF101"] == ["XPF118"]


def test_the_first_row_of_a_head_may_be_wider_than_its_second(tmp_path):
    heads = "一级指标 | 二级指标 | 三级指标 | 指标值\n一级指标 | 二级指标 | 三级指标\n"
    rows = "产出指标 | 数量指标 | 台数 | ≥1台\n质量指标 | 合格率 | ≥95%\n"
    (tmp_path / "a.txt").write_text(f"2026年部门预算\n项目名称 | 甲\n预算数 | 3\n{heads}{rows}", "utf-8")

    indicators = read_document(tmp_path / "a.txt").department.projects[0].indicators
    assert [(each.name, each.target.raw) for each in indicators] == [("台数", "≥1台"), ("合格率", "≥95%")]
