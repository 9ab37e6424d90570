"""The command line as a clerk uses it: right files, wrong files, half-finished folders."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import re
import sys
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from zipped import packed

from xlperf.cli.main import main
from xlperf.cli.parser import build
from xlperf.hosts.excel.installed import xlwings_version
from xlperf.jobs.example import document_text
from xlperf.measure import CATALOG
from xlperf.model import Department, Settings, XlperfError
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import write_department

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _without_the_addin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed on this PC."""
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: False)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "绩效文本.txt"
    path.write_text(document_text(), encoding="utf-8")
    return path


def folder_is_empty(folder: Path) -> bool:
    return not folder.exists() or not any(folder.iterdir())


def test_generate_prints_the_path_of_one_workbook(document: Path, tmp_path: Path, capsys: Captured) -> None:
    code = main(["generate", str(document), "-o", str(tmp_path / "out")])

    written = tmp_path / "out" / "示范市清河区人民法院2026年绩效目标表.xlsx"
    assert (code, capsys.readouterr().out.splitlines()) == (0, [str(written)])
    department = read_workbook(written).department
    assert department is not None
    assert department.projects[0].code == "99030026P00041810002W"


def test_a_bug_in_one_workbook_leaves_the_others_to_be_written(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(part: Department, settings: Settings, target: Path, **options: Any) -> None:
        if part.projects[0].number == 2:
            raise IndexError("no such thing")
        write_department(part, settings, target, **options)

    monkeypatch.setattr("xlperf.jobs.generate.write_department", write)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = tmp_path / "out"

    assert main(["generate", "--blank", "3", "--year", "2026", "--split", "project", "-o", str(out)]) == 70

    said = capsys.readouterr()
    assert said.out.splitlines() == [str(out / "01_项目.xlsx"), str(out / "03_项目.xlsx")]
    assert sorted(path.name for path in out.iterdir()) == ["01_项目.xlsx", "03_项目.xlsx"]
    assert f"没有写成：{out / '02_项目.xlsx'}：程序内部错误" in said.err
    assert "IndexError: no such thing" in next(tmp_path.glob("xlperf-report-*.txt")).read_text("utf-8")


DEFAULTS = "截止日期 2026-01-01（目标表从年初算起），规则包 national-2026 全国2026（默认，可用 --pack 改）。"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", "截止日期 2026-10-31（没有指定，取预算年度内最近一个过完的月份，可用 --as-of 改）"),
        ("--as-of 2026/9/30", "截止日期 2026-09-30（按 --as-of）"),
        ("--as-of 20260930", "截止日期 2026-09-30（按 --as-of）"),
        ("--as-of 2026年9月30日", "截止日期 2026-09-30（按 --as-of）"),
        ("--period self-evaluation", "截止日期 2026-12-31（自评统计到年底）"),
        ("--layout hebei", "规则包 hebei 河北（随表式）。"),
        ("--pack hubei-2026", "规则包 hubei-2026 湖北2026（按 --pack）。"),
    ],
)
def test_the_day_and_the_pack_are_told_with_where_they_come_from(
    options: str, said: str, document: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.form.settings.last_month_end", lambda: dt.date(2026, 10, 31))

    assert main(["generate", str(document), "-o", str(tmp_path), "--period", "monitoring", *options.split()]) == 0
    assert said in capsys.readouterr().err


def test_the_day_of_workbooks_that_came_back_stays(document: Path, tmp_path: Path, capsys: Captured) -> None:
    first, second = str(tmp_path / "a"), str(tmp_path / "b")
    main(["generate", str(document), "-o", first, "--period", "monitoring", "--as-of", "2026-08-31"])
    capsys.readouterr()

    assert main(["generate", first, "-o", second, "--period", "monitoring"]) == 0
    assert "截止日期 2026-08-31（沿用收回的工作簿“参数”表，可用 --as-of 改）" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["generate", "consolidate"])
def test_a_day_far_from_the_budget_year_is_refused(
    command: str, document: Path, tmp_path: Path, capsys: Captured
) -> None:
    main(["generate", str(document), "-o", str(tmp_path / "a"), "--period", "monitoring"])
    capsys.readouterr()
    source, target = {
        "generate": (document, tmp_path / "b"),
        "consolidate": (tmp_path / "a", tmp_path / "汇总.xlsx"),
    }[command]

    assert main([command, str(source), "-o", str(target), "--as-of", "2025-09-30"]) == 2
    assert capsys.readouterr().err == (
        "截止日期 2025-09-30 离预算年度2026太远，应在2025-10-01到2027-03-31之间。"
        "请核对 --as-of（或 xlperf.toml 里的 as-of）。\n"
    )
    assert not target.is_file()
    assert not target.is_dir()


def test_force_keeps_the_first_file_that_was_there(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "部门2026年绩效目标表.xlsx"
    target.write_bytes("填了一上午".encode())
    arguments = ["generate", "--blank", "1", "--year", "2026", "-o", str(tmp_path)]

    assert main(arguments) == 3
    assert capsys.readouterr().err == f"目标已存在，未覆盖：{target}。如需覆盖请加 --force。\n"
    assert main([*arguments, "--force"]) == 0
    assert f"原有文件已保留为：{target}.bak\n" in capsys.readouterr().err
    assert main([*arguments, "--force"]) == 0
    assert f"已覆盖原有文件；{target}.bak 是更早保留的，没有改动。\n" in capsys.readouterr().err
    assert Path(f"{target}.bak").read_bytes() == "填了一上午".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == [target.name, f"{target.name}.bak"]


def test_several_files_that_are_kept_are_told_in_one_line(tmp_path: Path, capsys: Captured) -> None:
    arguments = ["generate", "--blank", "2", "--year", "2026", "--split", "project", "--force", "-o", str(tmp_path)]
    main(arguments)
    first = Path(capsys.readouterr().out.splitlines()[0])

    assert main(arguments) == 0
    assert f"原有的2个文件已保留，名称后加 .bak，如：{first}.bak\n" in capsys.readouterr().err
    assert main(arguments) == 0
    assert f"已覆盖原有的2个文件；它们的 .bak 是更早保留的，没有改动，如：{first}.bak\n" in capsys.readouterr().err


def test_a_summary_that_is_replaced_is_kept(document: Path, tmp_path: Path, capsys: Captured) -> None:
    main(["generate", str(document), "-o", str(tmp_path / "a"), "--period", "monitoring"])
    target = tmp_path / "汇总.xlsx"
    target.write_bytes("处长批过的".encode())
    capsys.readouterr()

    assert main(["consolidate", str(tmp_path / "a"), "-o", str(target), "--force"]) == 0
    assert f"原有文件已保留为：{target}.bak\n" in capsys.readouterr().err
    assert Path(f"{target}.bak").read_bytes() == "处长批过的".encode()
    assert main(["consolidate", str(tmp_path / "a"), "-o", str(target), "--force"]) == 0
    assert "bak" not in capsys.readouterr().err  # nothing changed, nothing was replaced


def without_xlwings() -> None:
    raise XlperfError("xlwings_missing")


@pytest.mark.parametrize(
    ("options", "addin", "suffix", "sentence"),
    [
        (
            "",
            False,
            ".xlsx",
            "已生成 .xlsx（默认，不带宏），由公式计算。要在装有加载项的 Excel 中用函数，加 --macros 生成 .xlsm。",
        ),
        (
            "",
            True,
            ".xlsm",
            "已生成带宏的 .xlsm，因为本机装有 Excel 加载项。"
            "邮件发送的 .xlsm 会被拦下宏：要发给别人填报，加 --no-macros 生成 .xlsx。",
        ),
        (
            "--macros",
            False,
            ".xlsm",
            "已按 --macros 生成带宏的 .xlsm。"
            "邮件发送的 .xlsm 会被拦下宏：要发给别人填报，改用 --no-macros 生成 .xlsx。",
        ),
        ("--no-macros", True, ".xlsx", "已按 --no-macros 生成 .xlsx，由公式计算。要带宏的 .xlsm，改用 --macros。"),
        (
            "--no-macros --macros",
            True,
            ".xlsx",
            "已按 --no-macros 生成 .xlsx，由公式计算。要带宏的 .xlsm，改用 --macros。",
        ),
    ],
)
def test_which_kind_is_made_and_why_is_said(
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    options: str,
    addin: bool,
    suffix: str,
    sentence: str,
) -> None:
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: addin)

    assert main(["generate", "--blank", "1", "--year", "2026", "-o", str(tmp_path), *options.split()]) == 0
    assert [path.suffix for path in tmp_path.iterdir()] == [suffix]
    assert capsys.readouterr().err == f"{sentence}\n{DEFAULTS}\n"


def test_the_addin_without_xlwings_makes_an_xlsx(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.jobs.generate.is_installed", lambda: True)
    monkeypatch.setattr("xlperf.jobs.generate.stamp", without_xlwings)

    assert main(["generate", "--blank", "1", "--year", "2026", "-o", str(tmp_path)]) == 0
    assert [path.suffix for path in tmp_path.iterdir()] == [".xlsx"]
    assert capsys.readouterr().err == (
        "本机装有 Excel 加载项，但这个 Python 没有 xlwings，已生成 .xlsx，由公式计算。"
        '要 .xlsm，先运行 pip install "xlwings<1"。\n'
        f"{DEFAULTS}\n"
    )


def test_macros_asked_for_without_xlwings_are_usage(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.jobs.generate.stamp", without_xlwings)

    assert main(["generate", "--blank", "1", "--year", "2026", "-o", str(tmp_path), "--macros"]) == 2
    assert folder_is_empty(tmp_path)
    assert capsys.readouterr().err == (
        '没有安装 xlwings，无法生成带宏的工作簿或 Excel 加载项。请运行 pip install "xlwings<1"；'
        "不带宏的 .xlsx 不需要它，由公式计算。\n"
    )


def test_addins_are_built_and_not_overwritten(tmp_path: Path, capsys: Captured) -> None:
    assert main(["addin", "build", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "xlperf.oxt"), str(tmp_path / "xlperf.xlam")]

    (tmp_path / "xlperf.oxt").unlink()
    assert main(["addin", "build", "-o", str(tmp_path)]) == 3
    told = capsys.readouterr()
    assert (told.out, "未覆盖" in told.err) == ("", True)
    assert [path.name for path in tmp_path.iterdir()] == ["xlperf.xlam"]


def test_without_xlwings_the_addin_for_libreoffice_is_built(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlwings", None)  # as if it were not installed

    assert main(["addin", "build", "-o", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert [path.name for path in tmp_path.iterdir()] == ["xlperf.oxt"]
    assert said.out.splitlines() == [str(tmp_path / "xlperf.oxt")]
    assert said.err.count("\n") == 1
    assert said.err.startswith("没有生成 xlperf.xlam：没有安装 xlwings")
    assert "pip install" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: Windows has the Excel add-in")
def test_an_addin_that_cannot_be_installed_says_why(capsys: Captured) -> None:
    assert main(["addin", "install", "excel"]) == 3
    assert "Windows" in capsys.readouterr().err


def test_the_manual_names_every_function(capsys: Captured) -> None:
    assert main(["addin", "functions"]) == 0
    page = capsys.readouterr().out

    assert [name for name in CATALOG if f"XLPERF_{name}(" not in page] == []
    assert main(["addin", "functions", "--lang", "en"]) == 0
    assert "plain formula" in capsys.readouterr().out


def test_restamping_changes_neither_current_workbooks_nor_those_of_others(
    document: Path, tmp_path: Path, capsys: Captured
) -> None:
    for kind in ("--macros", "--no-macros"):
        main(["generate", str(document), "-o", str(tmp_path / kind), kind])
    plain, ours = next((tmp_path / "--no-macros").iterdir()), next((tmp_path / "--macros").iterdir())
    before = plain.read_bytes(), ours.read_bytes()
    capsys.readouterr()

    assert main(["addin", "restamp", str(plain), str(ours)]) == 3
    assert (plain.read_bytes(), ours.read_bytes()) == before
    assert capsys.readouterr().err.splitlines() == [
        f"{plain} 中没有 xlperf 的宏，未改动。",
        f"{ours}：宏已是 xlwings {xlwings_version()}，无需更换。",
    ]
    assert main(["addin", "restamp", str(ours)]) == 0


def test_the_doctor_looks_at_every_line_and_at_workbooks(
    document: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["generate", str(document), "-o", str(tmp_path / "out"), "--macros"])
    book = next((tmp_path / "out").iterdir())
    monkeypatch.setattr("xlperf.hosts.libreoffice.installed", lambda: None)
    capsys.readouterr()

    assert main(["doctor", str(book)]) == 1  # the LibreOffice add-in is to be installed

    said = capsys.readouterr().out
    assert "✗ LibreOffice 没有安装加载项：运行 xlperf addin install libreoffice" in said
    assert f"✓ {book}：宏与本机 xlwings" in said


def test_the_unit_given_goes_before_that_of_a_list_and_the_year_is_told(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("单位名称,项目编码,项目名称,预算数\n甲院,99030026P00041810002W,办案,1\n", encoding="utf-8")

    assert main(["generate", str(path), "--unit", "335001", "某区法院", "-o", str(tmp_path / "out")]) == 0
    assert [book.name for book in (tmp_path / "out").iterdir()] == ["某区法院2026年绩效目标表.xlsx"]
    assert "预算年度2026：取自项目编码第7、8位。" in capsys.readouterr().err.splitlines()
    assert main(["generate", str(path), "--year", "2026", "-o", str(tmp_path / "other")]) == 0
    assert [book.name for book in (tmp_path / "other").iterdir()] == ["甲院2026年绩效目标表.xlsx"]
    assert "预算年度" not in capsys.readouterr().err


def test_a_list_whose_codes_have_lost_digits_makes_no_workbook(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "清单.csv"
    path.write_text("项目编码,项目名称,预算数\n9.90300E+20,办案,1\n", encoding="utf-8")

    assert main(["generate", str(path), "-o", str(tmp_path / "out")]) == 3
    assert not (tmp_path / "out").exists()
    assert "末尾几位已丢失" in capsys.readouterr().err


def test_generate_splits_by_project(document: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["generate", str(document), "-o", str(tmp_path / "out"), "--split", "project"]) == 0

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 7
    assert names[0] == "01_99030026P00041810002W_办案业务经费.xlsx"


def test_weights_are_proposed_and_sum_to_ninety(document: Path, tmp_path: Path) -> None:
    main(["generate", str(document), "--period", "self-evaluation", "-o", str(tmp_path / "out")])

    department = read_workbook(next((tmp_path / "out").iterdir())).department
    assert department is not None
    assert [sum(i.weight or 0 for i in project.indicators) for project in department.projects] == [90] * 7


def test_blank_forms_take_code_and_name(tmp_path: Path) -> None:
    assert main(["generate", "--blank", "2", "--year", "2026", "-o", str(tmp_path)]) == 0

    book = openpyxl.load_workbook(tmp_path / "部门2026年绩效目标表.xlsx")
    assert book.sheetnames[3:5] == ["01_项目", "02_项目"]
    assert not book["01_项目"]["C3"].protection.locked


@pytest.mark.parametrize(
    ("name", "content", "code", "sentence"),
    [
        ("没有.txt", None, 3, "找不到文件"),
        ("空.txt", b"", 3, "文件是空的"),
        ("图片.png", b"\x89PNG\r\n\x1a\n" + bytes(200), 3, "这是 PNG 文件"),
        ("购物单.txt", "牛奶\n鸡蛋\n".encode(), 3, "没有找到任何项目绩效目标表"),
        ("清单.csv", "甲,乙\n1,2\n".encode(), 3, "没有找到项目清单"),
        ("清单.xlsx", b"not a zip", 3, "无法读取"),
        ("导出.xls", b"<html><table><tr><td>1</td></tr></table></html>", 3, "这是 HTML 表格"),
    ],
)
def test_a_source_that_is_none_gives_one_sentence_and_nothing_else(
    tmp_path: Path, capsys: Captured, name: str, content: bytes | None, code: int, sentence: str
) -> None:
    source = tmp_path / name
    if content is not None:
        source.write_bytes(content)

    got = main(["generate", str(source), "-o", str(tmp_path / "out")])

    said = capsys.readouterr()
    assert got == code
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert folder_is_empty(tmp_path / "out")


def test_a_folder_needs_a_period_and_workbooks(tmp_path: Path, capsys: Captured) -> None:
    assert main(["generate", str(tmp_path), "-o", str(tmp_path / "out")]) == 2
    assert "请指明要生成哪一期的表" in capsys.readouterr().err
    assert main(["generate", str(tmp_path), "--period", "plan", "-o", str(tmp_path / "out")]) == 3
    assert "文件夹里没有文件" in capsys.readouterr().err


def test_an_output_folder_that_is_a_file_is_refused(document: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "out").write_text("in the way")

    assert main(["generate", str(document), "-o", str(tmp_path / "out")]) == 3
    assert "无法写入" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "in the way"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="POSIX: /proc refuses new files even to root")
def test_an_unwritable_folder_is_refused(document: Path, capsys: Captured) -> None:
    assert main(["generate", str(document), "-o", "/proc/xlperf"]) == 3
    assert "无法写入" in capsys.readouterr().err


def test_existing_targets_stop_all_before_the_first_is_written(
    document: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    main(["generate", str(document), "-o", str(out), "--split", "project"])
    last = sorted(out.iterdir())[-1]
    for path in sorted(out.iterdir())[:-1]:
        path.unlink()

    assert main(["generate", str(document), "-o", str(out), "--split", "project"]) == 3
    assert "未覆盖" in capsys.readouterr().err
    assert list(out.iterdir()) == [last]
    assert main(["generate", str(document), "-o", str(out), "--split", "project", "--force"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["generate", "-o", "x"],
        ["generate", "a.txt", "--blank", "2", "--year", "2026", "-o", "x"],
        ["generate", "--blank", "2", "-o", "x"],
        ["rule", "XPF999"],
    ],
)
def test_a_command_that_does_not_say_what_to_do_is_usage(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "fly",
            "命令 不能是 fly，可以是 "
            "parse, generate, check, consolidate, changes, export, demo, addin, doctor, drop, bundle, pack, rule",
        ),
        (
            "chek x",
            "命令 不能是 chek，可以是 "
            "parse, generate, check, consolidate, changes, export, demo, addin, doctor, drop, bundle, pack, rule。"
            "是否指 check？",
        ),
        ("check x --anotate 检查", "不认识的参数 --anotate 检查。是否指 --annotate？"),
        (
            "generate x -o y --layout hebai",
            "--layout 不能是 hebai，可以是 national, hebei, transfer, 20+80, sichuan。是否指 hebei？",
        ),
        ("rule 425 426", "不认识的参数 426"),
        ("pack --jsn=1", "不认识的参数 --jsn=1。是否指 --json？"),
        ("changes x --errors", "不认识的参数 --errors。可用的选项：--help、--lang、--since、--json"),
        ("generate", "缺少参数 -o/--out"),
        ("generate x -o y --year 26", "--year 应为2000至2099之间的年份，现为 26"),
        ("generate x -o y --as-of 2026-13-01", "--as-of 应为2026-10-31这样的日期，现为 2026-13-01"),
        ("generate --blank 0 -o y", "--blank 应为1至500之间的整数，现为 0"),
        ("check x --fail-on bad", "--fail-on 不能是 bad，可以是 error, warning, info, never"),
        ("demo --bogus 1", "不认识的参数 --bogus。可用的选项：--help、--lang"),
        ("consolidate x -o", "-o/--out 后面缺少内容"),
        ("consolidate x -o 汇总.pdf", "-o/--out 应为以.xlsx结尾的文件名，现为 汇总.pdf。请写成 汇总.xlsx"),
        (
            "consolidate x -o 6.汇总.xls",
            "-o/--out 应为以.xlsx结尾的文件名，现为 6.汇总.xls。请写成 6.汇总.xlsx",
        ),
        ("check x --json=1", "--json 后面不跟内容，现有 1"),
    ],
)
def test_wrong_arguments_are_usage_in_chinese(arguments: str, said: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments.split())

    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith(f"命令写法有误：{said}\n用法见：xlperf")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("chek x", "COMMAND cannot be chek; it can be parse, "),
        (
            "check x --anotate y",
            "unknown arguments: --anotate y. Did you mean --annotate?\nSee: xlperf check --help --lang en\n",
        ),
        ("generate x", "-o/--out is missing\nSee: xlperf generate --help --lang en\n"),
        ("consolidate x -o a.xls", "-o/--out should be a file name that ends in .xlsx, is a.xls. Write a.xlsx\n"),
    ],
)
def test_wrong_arguments_are_usage_in_english(arguments: str, said: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([*arguments.split(), "--lang", "en"])

    assert capsys.readouterr().err.startswith(f"Wrong arguments: {said}")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["pack", "hebai"], "没有名为“hebai”的规则包。是否指 hebei？现有：national-2026、national-2026-cost、hebei、"),
        (["pack", "某省"], "没有名为“某省”的规则包。现有：national-2026、"),
        (["check", "x", "--pack", "全国2027"], "没有名为“全国2027”的规则包。是否指 全国2026？现有："),
        (["rule", "4279"], "没有代码 4279。是否指 XPF429？代码从 XPF101 到 XPF707，运行 xlperf rule 查看全部。"),
        (["rule", "XPF999"], "没有代码 XPF999。代码从 XPF101 到 XPF707，运行 xlperf rule 查看全部。"),
        (["addin", "functions", "SCOR"], "没有函数 SCOR。是否指 SCORE？现有：MONTHS、REACHED、"),
    ],
)
def test_what_is_probably_meant_and_what_there_is(arguments: list[str], said: str, capsys: Captured) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(said)


def test_a_code_goes_without_its_letters(capsys: Captured) -> None:
    assert main(["rule", "425"]) == 0
    digits = capsys.readouterr().out
    assert main(["rule", "XPF425"]) == 0
    assert capsys.readouterr().out == digits


def test_the_page_of_a_rule_in_english_is_english(capsys: Captured) -> None:
    assert main(["rule", "204", "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "XPF204 error Not a workbook made by xlperf\n\nA workbook is one that xlperf made.\n\n"
        "\nWhy it matters and what to do is told in Chinese: xlperf rule XPF204 --lang zh\n"
    )


def test_one_function_with_its_example(capsys: Captured) -> None:
    assert main(["addin", "functions", "xlperf_grade"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("XLPERF_GRADE(")
    assert "示例: =XLPERF_GRADE(" in page
    assert "等价公式" not in page


def test_the_doctor_says_what_it_looks_at(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "交回 的"
    folder.mkdir()
    (folder / "问题.json").write_text("{}")
    (folder / "文本.docx").write_bytes(packed({"word/document.xml": b"<x/>"}))

    assert main(["doctor", str(folder), str(folder / "问题.json"), str(folder / "文本.docx")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-3:-1] == [
        f"✗ {folder} 是文件夹，没有看：doctor 看单个工作簿，请写到文件名；要检查整个文件夹的填报内容，"
        f'用 xlperf check "{folder}"',
        f"✗ {folder / '问题.json'} 不是能打开的 Excel 工作簿，没有看：doctor 只看 .xlsx、.xlsm 里的宏和自检结果；"
        f'要知道文件哪里不对，用 xlperf check "{folder / "问题.json"}"',
    ]
    assert lines[-1].startswith(f"✗ {folder / '文本.docx'} 不是能打开的 Excel 工作簿，没有看")


@pytest.mark.parametrize("columns", ["", "0", "40", "200", "wide"])
def test_help_is_as_wide_as_argparse_would_have_it(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    parser = build("zh")
    ours = parser.format_help()
    parser.formatter_class = argparse.HelpFormatter

    assert ours == parser.format_help()


@pytest.mark.parametrize("command", ["check", "consolidate", "generate"])
def test_chinese_help_stands_in_columns_of_a_terminal(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])

    options = re.findall(r"^(  -\S.*?  +)[^ -]", capsys.readouterr().out, re.MULTILINE)
    columns = {sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in left) for left in options}
    assert len(options) > 5
    assert columns == {24}


def test_english_is_available(tmp_path: Path, capsys: Captured) -> None:
    assert main(["parse", str(tmp_path / "none.txt"), "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith("File not found")


def test_a_bug_ends_with_70_and_a_report(document: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.cli.parse_command.read_document", lambda *_, **__: 1 / 0)

    assert main(["parse", str(document)]) == 70
    report = Path(capsys.readouterr().err.split("：")[-1].strip())
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    report.unlink()


def test_a_bug_on_a_full_disk_is_reported_on_the_screen(
    document: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xlperf.cli.parse_command.read_document", lambda *_, **__: 1 / 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))

    assert main(["parse", str(document)]) == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_parse_json_holds_what_the_design_says(document: Path, capsys: Captured) -> None:
    assert main(["parse", str(document), "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert list(said) == [
        "unit",
        "year",
        "overall_objective",
        "sub_objectives",
        "safeguards",
        "projects",
        "findings",
        "period",
    ]
    assert len(said["projects"]) == 7


def test_findings_as_grave_as_asked_change_the_exit_code(document: Path) -> None:
    assert main(["parse", str(document), "--fail-on", "info"]) == 1
    assert main(["parse", str(document), "--fail-on", "error"]) == 0
    assert main(["parse", str(document), "--fail-on", "never"]) == 0


def test_a_list_of_projects_is_a_source(tmp_path: Path, capsys: Captured) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["2026年项目清单"],
        ["项目编码", "项目名称", "预算数（万元）", "用途"],
        ["99030026P00041810002W", "办案业务经费", 285, "办案"],
        ["99030026P00041910002J", "公务运转经费", "86.5", ""],
        ["合计", None, 371.5],
    ):
        sheet.append(row)
    source = tmp_path / "清单.xlsx"
    book.save(source)

    assert main(["generate", str(source), "-o", str(tmp_path / "out")]) == 0

    department = read_workbook(next((tmp_path / "out").iterdir())).department
    assert department is not None
    assert [(p.code, p.name, str(p.budget.initial)) for p in department.projects] == [
        ("99030026P00041810002W", "办案业务经费", "285"),
        ("99030026P00041910002J", "公务运转经费", "86.5"),
    ]
    assert department.year == 2026


def test_a_list_in_the_encoding_of_chinese_windows_is_a_source(tmp_path: Path, capsys: Captured) -> None:
    source = tmp_path / "清单.csv"
    source.write_bytes("项目编码,项目名称,预算数\r\n99030026P00041810002W,办案业务经费,待定\r\n".encode("gb18030"))

    assert main(["generate", str(source), "-o", str(tmp_path / "out")]) == 1  # the budget is a finding, not 0

    assert capsys.readouterr().out.splitlines()[1:] == [
        "清单.csv　共1处",
        "  错误 XPF401 第2行：预算数应为数字，现为“待定”，未读入",
    ]
    department = read_workbook(next((tmp_path / "out").iterdir())).department
    assert department is not None
    assert department.projects[0].budget.initial is None


def test_every_workbook_is_a_sound_package(document: Path, tmp_path: Path) -> None:
    main(["generate", str(document), "-o", str(tmp_path / "out")])

    with zipfile.ZipFile(io.BytesIO(next((tmp_path / "out").iterdir()).read_bytes())) as package:
        assert package.testzip() is None
        assert {info.date_time for info in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}
