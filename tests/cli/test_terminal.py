"""What files, names and arguments hold never moves a terminal, forges a line or leaves JSON unescaped."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from workbook.returning import FIRST, PROJECT_PART
from zipped import packed, parts_of

from xlperf.cli.main import main
from xlperf.workbook.write.department import department_bytes

HOSTILE = "甲\x1b[2J\x9b31m\u202e\u2066乙\r\n  错误 XPF999 都好\x07"
SAFE = "甲⟨U+001B⟩[2J⟨U+009B⟩31m⟨U+202E⟩⟨U+2066⟩乙   错误 XPF999 都好⟨U+0007⟩"
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: Windows has no such file names")
@pytest.mark.parametrize("command", [["check"], ["consolidate", "-o", "汇总.xlsx"], ["parse"], ["doctor"]])
def test_paths(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"{HOSTILE}.xlsx").write_bytes(b"PK no workbook")

    main([command[0], f"{HOSTILE}.xlsx", *command[1:]])
    main([command[0], f"{HOSTILE} gone.xlsx", *command[1:]])

    text = said(capsys)
    assert OBEYED.findall(text) == []
    assert not any(line.startswith("  错误 XPF999") for line in text.splitlines())


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="POSIX: elsewhere no such file names")
def test_a_name_that_no_file_can_carry_is_spelt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in (b"\xff.xlsx", b"\xfe.xlsx", b"\x1b[31m.xlsx"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"PK no workbook")

    main(["consolidate", str(tmp_path), "-o", str(tmp_path / "汇总.xlsx"), "--json"])

    paths = [file["path"] for file in json.loads(capsys.readouterr().out)["files"]]
    assert paths == ["⟨U+001B⟩[31m.xlsx", "⟨U+DCFE⟩.xlsx", "⟨U+DCFF⟩.xlsx"]


def test_the_sentence_of_a_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", f"{HOSTILE}.txt"]) == 3
    assert said(capsys) == f"找不到文件：{SAFE}.txt。请核对路径。\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.xlsx", f"--{HOSTILE.replace(' ', '')}"],
        ["rule", HOSTILE],
        [HOSTILE],
        ["check", f"--fail-on={HOSTILE}"],
    ],
)
def test_arguments(arguments: list[str], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.suppress(SystemExit):
        main([*arguments, "--lang", lang])

    text = said(capsys)
    assert "XPF999" in text
    assert OBEYED.findall(text) == []
    assert not any(line.startswith("  错误 XPF999") for line in text.splitlines())


def hostile_workbook(tmp_path: Path) -> Path:
    parts = parts_of(department_bytes(small_department(), SETTINGS))
    sheet = parts[PROJECT_PART].decode().replace("办案业务经费", "办\u202e案\u009b业\u2028务经费\u2066").encode()
    book = parts["xl/workbook.xml"].decode().replace(FIRST, "\u202e一\u200f\u0085")
    path = tmp_path / "甲.xlsx"
    path.write_bytes(packed({**parts, PROJECT_PART: sheet, "xl/workbook.xml": book.encode()}))
    return path


def test_titles_and_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(hostile_workbook(tmp_path))])

    text = said(capsys)
    assert OBEYED.findall(text) == []
    assert "⟨U+202E⟩一⟨U+200F⟩" in text


def test_json_keeps_them_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", str(hostile_workbook(tmp_path))])

    text = capsys.readouterr().out
    assert OBEYED.findall(text) == []
    assert "\\u202e一\\u200f" in text
    assert {found["sheet"] for found in json.loads(text)["findings"]} > {"\u202e一\u200f\u0085"}
