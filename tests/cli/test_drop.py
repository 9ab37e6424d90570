"""What becomes of files and folders dropped on an entry: the result lies beside them and says what it replaces."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.cli import window
from xlperf.cli.main import main
from xlperf.jobs.example import document_text
from xlperf.jobs.made import is_unchanged, note, record_file
from xlperf.workbook.write.department import write_department

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _own_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is opened on the desktop of who runs the tests."""
    for variable in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "user"))


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A folder with a workbook in which little is filled in."""
    folder = tmp_path / "交回 的"
    folder.mkdir()
    write_department(small_department(), SETTINGS, folder / "法院.xlsx")
    return folder


def drop(what: str, *paths: Path) -> int:
    return main(["drop", what, *map(str, paths), "--no-open"])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "user")


def test_a_summary_beside_the_folder(returned: Path, capsys: Captured) -> None:
    assert drop("consolidate", returned) in (0, 1)

    assert names(returned) == ["法院.xlsx"]
    assert names(returned.parent) == ["交回 的", "交回 的_汇总.sqlite", "交回 的_汇总.xlsx"]
    assert f"做好了：{returned.parent / '交回 的_汇总.xlsx'}\n" in capsys.readouterr().err


def test_copies_beside_the_folder_and_a_second_time(returned: Path, capsys: Captured) -> None:
    copies = returned.with_name("交回 的_检查")
    assert drop("check", returned) == 1
    assert names(copies) == ["法院（检查）.xlsx"]

    capsys.readouterr()
    assert drop("check", returned) == 1
    assert f"做好了：{copies}（上次的没有人改动过，已换成这次的）" in capsys.readouterr().err

    (copies / "又一个.txt").write_text("something of mine", encoding="utf-8")
    assert drop("check", returned) == 1
    said = capsys.readouterr().err
    assert f"{copies} 有人改动过，保留不动，这次的另起名称。" in said
    assert f"做好了：{copies}2\n" in said
    assert names(copies) == ["又一个.txt", "法院（检查）.xlsx"]
    assert names(returned.with_name("交回 的_检查2")) == ["法院（检查）.xlsx"]


def test_of_one_file_dropped(returned: Path) -> None:
    assert drop("check", returned / "法院.xlsx") == 1

    assert names(returned) == ["法院.xlsx", "法院_检查"]


def test_several_files_are_consolidated(returned: Path) -> None:
    shutil.copyfile(returned / "法院.xlsx", returned / "检察院.xlsx")

    assert drop("consolidate", returned / "法院.xlsx", returned / "检察院.xlsx") == 1

    assert names(returned) == ["检察院.xlsx", "法院.xlsx", "法院_汇总.sqlite", "法院_汇总.xlsx"]


def test_forms_of_a_document_then_of_the_next_period(tmp_path: Path, capsys: Captured) -> None:
    document = tmp_path / "绩效文本.txt"
    document.write_text(document_text(), encoding="utf-8")
    drop("generate", document)
    assert "绩效目标表：请把文件夹里的工作簿发给填报人。" in capsys.readouterr().err
    assert names(tmp_path / "绩效文本_填报表") == ["示范市清河区人民法院2026年绩效目标表.xlsx"]

    drop("generate", tmp_path / "绩效文本_填报表")
    assert "绩效运行监控表：请把" in capsys.readouterr().err
    drop("generate", tmp_path / "绩效文本_填报表_填报表")
    assert "绩效自评表：请把" in capsys.readouterr().err
    drop("generate", tmp_path / "绩效文本_填报表_填报表_填报表")
    assert "2027年绩效目标表：请把" in capsys.readouterr().err


def test_what_cannot_be(returned: Path, capsys: Captured) -> None:
    assert drop("check", returned / "没有") == 3
    assert drop("generate", returned, returned) == 2
    assert drop("check", Path(returned.anchor)) == 2
    said = capsys.readouterr().err.splitlines()
    assert ["找不到" in said[0], "一次只能用一个文件" in said[1], "是整个磁盘" in said[2]] == [True] * 3
    assert names(returned.parent) == ["交回 的"]


def test_what_is_made_is_opened(returned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("xlperf.cli.drop_command.opened", lambda path: not opened.append(path))
    main(["drop", "consolidate", str(returned)])
    assert opened == [returned.with_name("交回 的_汇总.xlsx")]

    monkeypatch.setattr("xlperf.cli.drop_command.opened", lambda path: False)
    main(["drop", "consolidate", str(returned)])
    assert "请自己打开" in capsys.readouterr().err


def test_somebody_elses_settings_are_not_used(
    returned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (returned / "xlperf.toml").write_text('pack = "hubei"', encoding="utf-8")
    monkeypatch.chdir(returned)

    drop("check", returned)

    assert "不作为设置使用" in capsys.readouterr().err


def test_a_damaged_record_means_that_everything_is_somebodys_own(tmp_path: Path) -> None:
    made = tmp_path / "做好的.xlsx"
    made.write_bytes(b"made")
    assert not is_unchanged(made)
    note(made)
    assert is_unchanged(made)
    made.write_bytes(b"changed")
    assert not is_unchanged(made)
    note(made)

    record_file().write_bytes(b"{")

    assert not is_unchanged(made)
    made.unlink()
    assert not is_unchanged(made)


def test_the_window_stays_open_until_somebody_has_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", asked.append)
    for terminal, times in ((False, 0), (True, 2)):
        for arguments, code in ((["drop", "check", "没有这个文件"], 3), (["drop"], 2)):
            monkeypatch.setattr(sys, "argv", ["xlperf", *arguments])
            monkeypatch.setattr(sys.stdin, "isatty", lambda terminal=terminal: terminal)
            assert window.run() == code
        assert asked == ["按回车键关闭窗口。"] * times


def test_sources_stay_as_they_are(returned: Path) -> None:
    source = returned / "法院.xlsx"
    before = (hashlib.sha256(source.read_bytes()).hexdigest(), os.stat(source).st_mtime_ns)

    for what in ("check", "consolidate", "generate"):
        drop(what, returned)

    assert (hashlib.sha256(source.read_bytes()).hexdigest(), os.stat(source).st_mtime_ns) == before
