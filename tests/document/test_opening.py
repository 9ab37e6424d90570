"""Every way a source can fail to be a document has a sentence that says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xlperf.document import read_document
from xlperf.model import UnreadableInput

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sentence(path: Path) -> str:
    with pytest.raises(UnreadableInput) as error:
        read_document(path)
    return error.value.text("zh").replace(str(path), "X")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "文件是空的：X。请重新取得原文件。"),
        (b" \n\t\n", "文件是空的：X。请重新取得原文件。"),
        (b"abc\x00def", "无法识别的文件：X。请提供 .docx 或文本格式的部门预算绩效文本。"),
        (b"\xff\xff\xff\xff", "无法识别 X 的文字编码。请另存为 UTF-8 文本或 .docx 后重试。"),
        ("绩效目标".encode() * 9 + b"\xe7", "无法识别 X 的文字编码。请另存为 UTF-8 文本或 .docx 后重试。"),
        (b"\xff\xfea", "无法识别 X 的文字编码。请另存为 UTF-8 文本或 .docx 后重试。"),
        ("会议通知\n请各科室参加".encode(), "X 中没有找到任何项目绩效目标表。请确认这是部门预算绩效文本。"),
        ("甲 | 乙\n丙 | 丁".encode(), "X 中没有找到任何项目绩效目标表。请确认这是部门预算绩效文本。"),
        ("1.某某绩效目标表".encode(), "X 中没有找到任何项目绩效目标表。请确认这是部门预算绩效文本。"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有密码或已加密：X。请去掉密码后重试。"),
        (OLE + b"WordDocument", "旧的 .doc 格式：X。请在 Word 或 WPS 中另存为 .docx。"),
    ],
)
def test_what_is_no_document(tmp_path, content, expected):
    path = tmp_path / "文本.txt"
    path.write_bytes(content)

    assert sentence(path) == expected


def test_no_file_at_all(tmp_path):
    assert sentence(tmp_path / "无") == "找不到文件：X。请核对路径。"
    assert sentence(tmp_path) == "这是文件夹，不是文件：X。"
    assert sentence(tmp_path / "a\x00b").startswith("找不到文件")
    assert sentence(tmp_path / ("长" * 400)).startswith(("无法读取", "找不到文件"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX: named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    assert sentence(tmp_path / "pipe").startswith("无法读取 X：文件无法打开：不是普通文件")


def test_the_lock_file_of_an_open_document_is_called_so(tmp_path):
    (tmp_path / "~$文本.docx").write_bytes(b"\x03clerk" + bytes(50))

    told = "无法读取 X：Excel 的临时锁定文件，未读取：请先关闭“文本.docx”。"
    assert sentence(tmp_path / "~$文本.docx") == told


def test_a_file_beyond_the_limit_is_not_opened(tmp_path):
    path = tmp_path / "文本.txt"
    with path.open("wb") as file:
        file.truncate(50 * 2**20 + 1)

    assert sentence(path).startswith("文件过大")
