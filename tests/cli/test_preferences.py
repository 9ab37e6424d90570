"""The command line with an xlperf.toml in the working directory and in the user's folder."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest
from departments import SETTINGS, small_department

from xlperf.cli.main import main
from xlperf.form import form_set_of
from xlperf.jobs.example import document_text
from xlperf.model import Period, Settings
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import write_department

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _without_the_addin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed on this PC."""
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: False)
    monkeypatch.setattr("xlperf.hosts.libreoffice.installed", lambda: None)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the working directory, not yet there."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder / "xlperf.toml"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the user's folder, not yet there."""
    for variable in ("APPDATA", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "user"))
    folder = tmp_path / "user" / "xlperf"
    folder.mkdir(parents=True)
    return folder / "xlperf.toml"


def returned(folder: Path) -> Path:
    """A workbook in a folder of returned ones, beside an xlperf.toml in English."""
    (folder / "甲庭").mkdir(parents=True)
    write_department(small_department(), SETTINGS, folder / "甲庭" / "甲庭.xlsx")
    (folder / "甲庭" / "xlperf.toml").write_text('language = "en"\nfail-on = "never"\n', encoding="utf-8")
    return folder


def test_blank_forms_follow_the_files_and_flags_win(here: Path, user: Path, capsys: Captured) -> None:
    here.write_text('year = 2027\npack = "hubei"\n', encoding="utf-8")
    user.write_text('pack = "jiangxi"\nas-of = 2027-08-31\nunit-name = "甲院"\n', encoding="utf-8")

    assert main(["generate", "--blank", "1", "-o", "a"]) == 0
    flags = ["--year", "2028", "--pack", "national-2020", "--as-of", "2028-09-30"]
    assert main(["generate", "--blank", "1", "-o", "a", *flags]) == 0

    first, second = (read_workbook(Path(path)) for path in capsys.readouterr().out.splitlines())
    assert [path.name for path in sorted(Path("a").iterdir())] == [
        "甲院2027年绩效目标表.xlsx",
        "甲院2028年绩效目标表.xlsx",
    ]
    assert first.settings
    assert second.settings
    assert (first.settings.pack, str(first.settings.as_of)) == ("hubei", "2027-08-31")
    assert (second.settings.pack, str(second.settings.as_of)) == ("national-2020", "2028-09-30")


def test_a_document_keeps_its_unit_and_year(here: Path, capsys: Captured) -> None:
    here.write_text('year = 2030\nunit-code = "1"\nunit-name = "别的单位"\n', encoding="utf-8")
    document = here.with_name("绩效文本.txt")
    document.write_text(document_text(), encoding="utf-8")

    assert main(["generate", str(document), "-o", "out"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(Path("out", "示范市清河区人民法院2026年绩效目标表.xlsx"))]


def plans_of(folder: Path, *years: int, period: Period = Period.PLAN) -> Path:
    """A workbook of each year."""
    folder.mkdir()
    for year in years:
        department = small_department().model_copy(update={"year": year})
        settings = Settings(as_of=dt.date(year, 6, 30), period=period)
        write_department(department, settings, folder / f"{year}.xlsx", form_set=form_set_of(period, "national"))
    return folder


@pytest.mark.parametrize(
    ("text", "flags", "counted"),
    [("", [], "2027.xlsx"), ("year = 2026", [], "2026.xlsx"), ("year = 2026", ["--year", "2027"], "2027.xlsx")],
)
def test_the_year_of_the_file_is_put_together_and_flags_win(
    here: Path, capsys: Captured, text: str, flags: list[str], counted: str
) -> None:
    plans_of(here.with_name("交回"), 2026, 2027)
    here.write_text(text, encoding="utf-8")

    main(["consolidate", "交回", "-o", "汇总.xlsx", "--json", *flags])

    files = json.loads(capsys.readouterr().out)["files"]
    assert [each["path"] for each in files if not each["reason"]] == [counted]
    assert len(files) == 2


@pytest.mark.parametrize(
    ("text", "flags", "made"),
    [
        ("", [], "2027年运行监控粘贴表"),
        ("year = 2026", [], "2026年运行监控粘贴表"),
        ("year = 2026", ["--year", "2027"], "2027年运行监控粘贴表"),
        ("year = 2028", [], ""),
        ("", ["--period", "self-evaluation"], ""),
    ],
)
def test_the_year_of_the_file_is_exported_and_flags_win(
    here: Path, capsys: Captured, text: str, flags: list[str], made: str
) -> None:
    plans_of(here.with_name("交回"), 2026, 2027, period=Period.MONITORING)
    here.write_text(text, encoding="utf-8")

    code = main(["export", "paste", "交回", "-o", "粘贴", "--fail-on", "never", *flags])

    said = capsys.readouterr()
    assert (code, "里没有这一年度、这一阶段的工作簿" in said.err) == ((0, False) if made else (2, True))
    assert f"{made or '粘贴表'}：列入" in said.err or not made


def test_the_exit_code_follows_fail_on(here: Path) -> None:
    document = here.with_name("绩效文本.txt")
    document.write_text(document_text(), encoding="utf-8")
    assert main(["parse", str(document)]) == 0
    here.write_text('fail-on = "info"', encoding="utf-8")

    assert main(["parse", str(document)]) == 1
    assert main(["parse", str(document), "--fail-on", "error"]) == 0


@pytest.mark.parametrize(
    ("text", "flags", "beginning"),
    [
        ("", [], "用法："),
        ('language = "en"', [], "usage: "),
        ('language = "en"', ["--lang", "zh"], "用法："),
        ('language = "en"\nyaer = [', [], "usage: "),
    ],
)
def test_help_speaks_the_language_of_the_file(
    here: Path, capsys: Captured, text: str, flags: list[str], beginning: str
) -> None:
    here.write_text(text, encoding="utf-8")

    with pytest.raises(SystemExit) as stop:
        main([*flags, "--help"])

    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith(beginning)


def test_errors_speak_the_language_of_the_file(here: Path, capsys: Captured) -> None:
    here.write_text('language = "en"', encoding="utf-8")

    assert main(["parse", "none.txt"]) == 3
    assert main(["parse", "none.txt", "--lang", "zh"]) == 3
    assert capsys.readouterr().err.splitlines() == [
        "File not found: none.txt. Check the path.",
        "找不到文件：none.txt。请核对路径。",
    ]


@pytest.mark.parametrize(
    "command", [["doctor"], ["rule"], ["parse", "none.txt"], ["generate", "--blank", "1", "-o", "x"]]
)
def test_a_wrong_file_is_usage(command: list[str], here: Path, capsys: Captured) -> None:
    here.write_text("yaer = 2026", encoding="utf-8")

    assert main(command) == 2
    assert capsys.readouterr() == ("", f"设置文件 {here} 中没有 yaer 这一项，是否应为 year？\n")


def test_the_doctor_says_which_file_says_what(here: Path, user: Path, capsys: Captured) -> None:
    main(["doctor"])
    here.write_text('year = 2027\nlanguage = "zh"\n', encoding="utf-8")
    user.write_text('year = 2026\nlayout = "20+80"\n[pack.ours]\nbased-on = "hubei"\n', encoding="utf-8")
    main(["doctor"])

    assert [line for line in capsys.readouterr().out.splitlines() if "xlperf.toml" in line] == [
        f"○ 没有设置文件 xlperf.toml（可放在当前文件夹，或存为 {user}）",
        f"✓ {here}：year = 2027",
        f"✓ {here}：language = zh",
        f"○ {user}：year = 2026 不起作用，以 {here} 为准",
        f"✓ {user}：layout = 20+80",
        f"✓ {user}：[pack.ours]",
    ]


@pytest.mark.parametrize("command", [["check"], ["consolidate", "-o", "汇总.xlsx"]])
def test_a_file_among_those_returned_is_named_and_not_used(
    command: list[str], here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = returned(here.with_name("交回"))
    theirs = folder / "甲庭" / "xlperf.toml"
    sentence = "{} 在交回的文件中间，不作为设置使用。"

    assert main([*command, str(folder)]) == 1
    said = capsys.readouterr()
    assert sentence.format(theirs) in said.err.splitlines()
    assert "XPF210" in said.out

    monkeypatch.chdir(theirs.parent)  # and from within: it is the file of the working directory now
    assert main([*command, ".."]) == 1
    assert sentence.format(Path("..", "甲庭", "xlperf.toml")) in capsys.readouterr().err.splitlines()


def test_forms_made_from_a_folder_of_returned_ones_do_not_follow_a_file_in_it(
    here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = returned(here.with_name("交回"))
    theirs = folder / "甲庭" / "xlperf.toml"
    theirs.write_text('pack = "hubei"', encoding="utf-8")
    monkeypatch.chdir(theirs.parent)

    assert main(["generate", "..", "-o", str(here.parent / "out"), "--period", "monitoring"]) == 0

    assert f"{theirs} 在交回的文件中间，不作为设置使用。" in capsys.readouterr().err.splitlines()
    settings = read_workbook(next((here.parent / "out").iterdir())).settings
    assert settings is not None
    assert settings.pack == "national-2026"


def test_a_damaged_file_among_those_returned_stops_nothing(
    here: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = returned(here.with_name("交回"))
    (folder / "xlperf.toml").write_text("damaged", encoding="utf-8")
    monkeypatch.chdir(folder)

    assert main(["check", "."]) == 1
    assert capsys.readouterr().err.count("不作为设置使用") == 2


def test_help_in_the_language_of_a_file_loads_no_more_than_without(here: Path) -> None:
    probe = """
import atexit, sys
before = set(sys.modules)
from xlperf.cli.main import main
slow = {"pathlib", "pydantic", "tomllib", "typing"}
atexit.register(lambda: print(sorted(slow & sys.modules.keys() - before)))
main(["--help"])
"""
    here.write_text('language = "en"', encoding="utf-8")

    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert answer.stdout.startswith("usage: ")
    assert answer.stdout.splitlines()[-1] == "[]"
