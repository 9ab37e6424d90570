"""Hostile documents: each is turned away with its sentence, soon and in little memory, and none is half read."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from zipped import packed

from xlperf.document import read_document
from xlperf.files import office
from xlperf.files.guard import LARGEST_INFLATED
from xlperf.model import UnreadableInput

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
SECONDS = 10.0  # for one document; the slowest takes two on an idle machine
STORED = zipfile.ZIP_STORED  # no ratio gives it away
ATTRIBUTES = " ".join(f'a{i}=""' for i in range(20))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def paper(document: str | bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .docx of this main part."""
    return packed({"word/document.xml": document}, method)


def document(body: str, declaration: str = "") -> str:
    """The main part around this body."""
    return f'{declaration}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def nested(tag: str, depth: int) -> str:
    return document(f"<w:{tag}>" * depth + paragraph("甲") + f"</w:{tag}>" * depth)


def table(rows: int, cells: int) -> str:
    """Every cell over all the columns a table can have."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc>'
    return document(f"<w:tbl>{f'<w:tr>{cell * cells}</w:tr>' * rows}</w:tbl>")


def lying() -> bytes:
    """70 MB that say they are a kilobyte, in both headers."""
    body = document(paragraph("a" * 70_000_000))
    true, lie = len(body).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return paper(body).replace(true, lie)


def page(row: str, rows: int) -> bytes:
    return f"<table>{f'<tr>{row}</tr>' * rows}</table>".encode()


MIXED = 'Content-Type: multipart/mixed; boundary="{}"\n\n--{}\n'


def archive(parts: str) -> bytes:
    return f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n{parts}'.encode()


HOSTILE: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "压缩炸弹.docx": (lambda: paper(document(" " * LARGEST_INFLATED)), {"source_abnormal"}),
    "谎报大小.docx": (lying, {"source_abnormal", "source_damaged"}),
    "两万个部件.docx": (lambda: packed({f"p{i}": b"" for i in range(20_000)}), {"source_unreadable"}),
    "外部实体.docx": (lambda: paper(document(paragraph("&b;"), EXTERNAL)), {"source_abnormal"}),
    "实体膨胀.docx": (lambda: paper(document(paragraph("&b;"), LAUGHS)), {"source_abnormal"}),
    "实体膨胀UTF16.docx": (
        lambda: paper(document(paragraph("&b;"), LAUGHS).encode("utf-16")),
        {"source_abnormal"},
    ),
    "控件套控件.docx": (lambda: paper(nested("sdt", 5_000)), {"source_abnormal"}),
    "十万层.docx": (
        lambda: paper(nested("sdt", 100_000)),
        {"source_abnormal"},
    ),
    "文字套文字.docx": (lambda: paper(nested("r", 50_000)), {"source_unrelated", "source_abnormal"}),
    "一行百格.docx": (lambda: paper(table(rows=2_000, cells=100), STORED), {"source_unrelated"}),
    "一行一格.docx": (lambda: paper(table(rows=100_000, cells=1), STORED), {"source_abnormal"}),
    "属性.docx": (lambda: paper(document(f"<w:p {ATTRIBUTES}/>" * 100_000), STORED), {"source_abnormal"}),
    "截断.docx": (lambda: paper(document(paragraph("甲")))[:-30], {"source_unreadable"}),
    "没有正文.docx": (lambda: packed({"other": b"x"}), {"source_unreadable"}),
    "另一种包.docx": (lambda: packed({"xl/workbook.xml": b"<workbook/>"}), {"source_binary"}),
    "非法字符.docx": (lambda: paper(document(paragraph("甲\x0b"))), {"source_damaged"}),
    "路径穿越.docx": (lambda: packed({"../../word/document.xml": document("")}), {"source_unreadable"}),
    "加密.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), {"source_encrypted"}),
    "旧格式.doc": (lambda: OLE + "WordDocument".encode("utf-16-le"), {"source_needs_office"}),
    "不知名.doc": (lambda: OLE, {"source_old_word"}),
    "旧格式.rtf": (lambda: b"{\\rtf1" + b"{" * 1_000_000, {"source_needs_office"}),
    "空.txt": (lambda: b"", {"source_empty"}),
    "图片.txt": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", {"source_other_document"}),
    "乱码.txt": (lambda: "绩效目标".encode() * 9 + b"\xe7", {"source_undecodable"}),
    "太长.txt": (lambda: "绩效\n".encode() * 3_000_000, {"source_abnormal"}),
    "百万个制表符.txt": (lambda: b"\t" * 1_000_000, {"source_empty"}),
    "百万行空格.txt": (lambda: ("绩效" + "\n\t" * 500_000).encode(), {"source_unrelated"}),
    "格后万行.txt": (lambda: ("绩效\n\t项目\n" + "字\n" * 60_000).encode(), {"source_unrelated"}),
    "书签.txt": (lambda: ("绩效\n" + "[bookmark" * 100_000).encode(), {"source_unrelated"}),
    "书签之前.txt": (lambda: ("绩效\n" + "[" + " " * 500_000 + "[ " * 100_000).encode(), {"source_unrelated"}),
    "一行到底.txt": (lambda: ("一、（一）1." * 500_000).encode(), {"source_unrelated"}),
    "百亿行.html": (lambda: page("<td rowspan=99999 colspan=99999>" * 300, rows=5_000), {"source_abnormal"}),
    "表套表.html": (lambda: b"<table><tr><td>" * 10_000, {"source_abnormal"}),
    "层层.html": (lambda: b"<table><tr><td>" + b"<div><font><b>" * 300_000, {"source_unrelated"}),
    "层层藏.html": (lambda: b"<table hidden>" * 300_000, {"source_unrelated"}),
    "未完标签.html": (lambda: b"<table><tr><td>" + b"<a b=\"'" * 300_000, {"source_unrelated"}),
    "未完注释.html": (lambda: b"<table><tr><td>" + b"<!--<!" * 300_000, {"source_unrelated"}),
    "未完脚本.html": (lambda: b"<table><tr><td>" + b"<script>" * 300_000, {"source_unrelated"}),
    "实体.html": (lambda: b"<table><tr><td>" + b"&#" + b"9" * 1_000_000 + b"&amp;" * 100_000, {"source_unrelated"}),
    "属性.html": (lambda: b"<table><tr><td " + b"a" * 500_000 + b" a" * 500_000, {"source_unrelated"}),
    "层层.mht": (lambda: archive("".join(MIXED.format(i, i) for i in range(20_000))), {"source_abnormal"}),
    "竖线.txt": (lambda: ("|" * 1_000_000 + "绩效").encode(), {"source_unrelated"}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_turned_away(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_folders", lambda _: iter([tmp_path / "none"]))
    build, keys = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(build())

    start = time.process_time()
    with pytest.raises(UnreadableInput) as error:
        read_document(path)
    spent = time.process_time() - start

    assert error.value.key in keys
    assert all(error.value.text(lang) for lang in ("zh", "en"))
    assert spent < SECONDS
