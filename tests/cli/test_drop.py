"""What becomes of files and folders dropped on an entry: the result lies beside them and says what it replaces."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.checks import CODES
from xlperf.cli import window
from xlperf.cli.cli_texts import LINES
from xlperf.cli.drop_texts import INSTEAD
from xlperf.cli.main import main
from xlperf.jobs.example import document_text
from xlperf.jobs.made import is_unchanged, note, record_file
from xlperf.model.messages import ERRORS
from xlperf.workbook.write.department import write_department

Captured = pytest.CaptureFixture[str]

# What somebody without a command line cannot do: type an option or a command, choose another target.
NOT_FOR_CLERKS = re.compile(
    r"--[a-z]|xlperf (?:addin|changes|check|consolidate|demo|doctor|export|generate|pack|parse|rule)|pip install|py -m"
    r"|TMPDIR|另给|换一个位置|命令行"
)
# Of other commands, or said where no result of a dropped action is concerned.
OF_OTHERS = {
    "generate": "blank_needs_year blank_is_a_plan returned_needs_period plan_beside_plan no_indicators source_or_blank"
    " year_before_the_workbooks next_year_is_a_plan document_findings as_of_carried as_of_usual_monitoring pack_usual"
    " plain_by_default plain_as_asked plain_without_xlwings macros_by_default macros_as_asked",
    "given on the command line": "as_of_given pack_given",
    "add-ins": "xlwings_missing xlwings_unknown addin_build addin_install",
    "building packages": "bundle_needs bundle_xlwings_other bundle_python_not_linux",
    "export, rule, pack": "nothing_to_paste code_unknown page_in_chinese pack_in_chinese",
    "doctor": "doctor_folder doctor_foreign xlwings_absent excel_addin_absent excel_addin_other xlwings_too_new"
    " addin_without_xlwings settings_absent interpreter_gone interpreter_other pywin32_absent dll_elsewhere dll_absent"
    " office_addin_absent office_addin_other stamp_other program_check_written program_check_other",
}


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
    assert f"{copies} 有人改动过（或正打开着），保留不动，这次的另起名称。" in said
    assert f"做好了：{copies}2\n" in said
    assert names(copies) == ["又一个.txt", "法院（检查）.xlsx"]
    assert names(returned.with_name("交回 的_检查2")) == ["法院（检查）.xlsx"]


def test_an_empty_folder_is_nobodys(returned: Path, capsys: Captured) -> None:
    returned.with_name("交回 的_检查").mkdir()

    assert drop("check", returned) == 1

    assert names(returned.parent) == ["交回 的", "交回 的_检查"]
    assert "保留不动" not in capsys.readouterr().err


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


@pytest.mark.parametrize("what", ["check", "consolidate", "generate"])
def test_where_nothing_can_be_written_it_is_told_once(
    returned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As on a stick that is marked read-only: before anything is read."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("xlperf.files.save.take", "pathlib.Path.mkdir"):
        monkeypatch.setattr(name, refuse)
    assert drop(what, returned) == 3

    said = capsys.readouterr()
    assert (said.out, said.err.count("请把原文件复制到桌面")) == ("", 1)


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


def test_a_window_names_what_of_its_package_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Not only where that keeps the command from starting: a bug of a damaged package is no bug."""
    about = {"version": "0.1", "files": {"python/gone.py": "0", "python/changed.py": "0"}}
    (tmp_path / "contents.json").write_text(json.dumps(about), encoding="utf-8")
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "changed.py").write_bytes(b"")
    monkeypatch.setattr(sys, "argv", ["xlperf", "drop", "check", str(tmp_path)])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)

    def stopped(*_: object) -> int:
        raise ImportError("No module named 'gone'")

    monkeypatch.setattr("xlperf.cli.main.main", stopped)
    assert window.run() == 70
    assert capsys.readouterr().err == "No module named 'gone'\n"
    monkeypatch.setattr("xlperf.cli.window.running_from", lambda: tmp_path)
    assert window.run() == 3
    said = capsys.readouterr().err
    assert f"安装包 0.1（{tmp_path}）有损坏：缺少1个文件，改动过1个：python/gone.py、python/changed.py。" in said
    monkeypatch.setattr("xlperf.cli.main.main", lambda _: 70)
    assert window.run() == 3
    monkeypatch.setattr("xlperf.cli.main.main", lambda _: 1)
    assert window.run() == 1


def test_sources_stay_as_they_are(returned: Path) -> None:
    source = returned / "法院.xlsx"
    before = (hashlib.sha256(source.read_bytes()).hexdigest(), os.stat(source).st_mtime_ns)

    for what in ("check", "consolidate", "generate"):
        drop(what, returned)

    assert (hashlib.sha256(source.read_bytes()).hexdigest(), os.stat(source).st_mtime_ns) == before


def test_nothing_a_dropped_action_says_needs_a_command_line() -> None:
    """A sentence that names an option has another in INSTEAD, or is of another command."""
    assert not set(ERRORS) & set(LINES)
    said = {**ERRORS, **LINES, **INSTEAD, **{code: (each.zh, each.en) for code, each in CODES.items()}}
    naming = {key for key, (zh, en) in said.items() if NOT_FOR_CLERKS.search(zh) or NOT_FOR_CLERKS.search(en)}

    of_others = {key for keys in OF_OTHERS.values() for key in keys.split()}
    assert naming - of_others == set()
    assert set(INSTEAD) <= set(ERRORS) | set(LINES)
    assert not set(INSTEAD) & of_others


def test_a_text_that_is_partly_read_names_no_option(tmp_path: Path, capsys: Captured) -> None:
    document = tmp_path / "绩效文本.txt"
    document.write_text(document_text().replace("预算数", "金额若干", 1), encoding="utf-8")

    drop("generate", document)

    said = capsys.readouterr().err
    assert "请先对它做“xlperf 检查”" in said
    assert "--accept-partial" not in said


def test_a_summary_replaced_leaves_no_file_behind(returned: Path, capsys: Captured) -> None:
    drop("consolidate", returned)
    shutil.copyfile(returned / "法院.xlsx", returned / "检察院.xlsx")

    drop("consolidate", returned)

    assert "已换成这次的" in capsys.readouterr().err
    assert names(returned.parent) == ["交回 的", "交回 的_汇总.sqlite", "交回 的_汇总.xlsx"]


def test_a_result_that_a_failed_run_made_in_part_is_replaced(
    returned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = returned.with_name("交回 的_检查")

    def stopped(*_: object) -> int:
        (folder / "法院（检查）.xlsx").write_bytes(b"part")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("xlperf.cli.check_command.run", stopped)
        assert drop("check", returned) == 130
    assert "做好了" not in capsys.readouterr().err

    drop("check", returned)

    assert "已换成这次的" in capsys.readouterr().err
    assert names(returned.parent) == ["交回 的", "交回 的_检查"]


def test_nothing_is_removed_while_a_part_of_it_is_open(
    returned: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows refuses to write a file that Excel has open."""
    settings = SETTINGS.model_copy(update={"as_of": dt.date(2026, 12, 31)})
    write_department(small_department(), settings, returned / "甲.xlsx")
    drop("check", returned)
    copies = returned.with_name("交回 的_检查")
    before = names(copies)
    assert len(before) == 2
    opens = Path.open

    def refusing(path: Path, mode: str = "r", *rest: object) -> object:
        if path.name == "甲（检查）.xlsx" and mode == "r+b":
            raise PermissionError(13, "in use")
        return opens(path, mode, *rest)  # type: ignore[call-overload]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refusing)
        assert drop("check", returned) == 3

    assert "甲（检查）.xlsx" in capsys.readouterr().err
    assert names(copies) == before
    assert drop("check", returned) == 1
