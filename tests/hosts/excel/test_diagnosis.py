"""What the doctor says about PCs that nobody here has: each sentence, for the facts that call for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from xlperf.cli.output import Output
from xlperf.hosts.excel.diagnosis import Line, of_book, of_pc
from xlperf.hosts.excel.pc import Pc, Setting, WorkbookFacts
from xlperf.hosts.excel.restamp import Macros

VENV = r"C:\Users\张三\xlperf"
WELL = Pc(
    windows=True,
    xlwings="0.37.8",
    addin="0.37.8",
    python=rf"{VENV}\Scripts\python.exe",
    interpreter=rf"{VENV}\Scripts\python.exe",
    dlls=(rf"{VENV}\xlwings32-0.37.8.dll", rf"{VENV}\xlwings64-0.37.8.dll"),
    office_bits=64,
)
WELL_SAYS = [
    "✓ xlwings 0.37.8",
    "✓ Excel 加载项已安装（xlwings 0.37.8）",
    rf"✓ 宏需要的 DLL 在 {VENV}\xlwings64-0.37.8.dll",
    "✓ Excel 宏设置允许使用宏",
]
OURS = WorkbookFacts(Path("部门.xlsm"), Macros(ours=True, xlwings="0.37.8"), marked=False)


def sentences(lines: Iterable[Line]) -> list[str]:
    return [f"{mark} {Output('zh').line(key, **values)}" for mark, key, values in lines]


def said(**differences: Any) -> list[str]:
    """What is said of a PC that is well but for these facts, beyond what is said of one that is well."""
    return [sentence for sentence in sentences(of_pc(replace(WELL, **differences))) if sentence not in WELL_SAYS]


def test_nothing_is_to_be_done_where_all_is_well() -> None:
    assert sentences(of_pc(WELL)) == WELL_SAYS


def test_off_windows_there_is_no_excel_to_look_at() -> None:
    assert sentences(of_pc(Pc(windows=False, xlwings="0.37.8"))) == [
        "✓ xlwings 0.37.8",
        "○ Excel 加载项只用于 Windows；本机不是 Windows",
    ]
    assert sentences(of_pc(Pc(windows=False, xlwings=None))) == ["○ Excel 加载项只用于 Windows；本机不是 Windows"]


def test_where_there_is_no_excel_no_add_in_is_missing() -> None:
    assert sentences(of_pc(Pc(windows=True, xlwings="0.37.8", excel=False))) == [
        "✓ xlwings 0.37.8",
        "○ 本机没有 Excel，不需要 Excel 加载项；工作簿由公式计算",
    ]
    assert said(addin=None) == ["✗ 没有安装 Excel 加载项：运行 xlperf addin install excel"]


def test_who_installed_nothing_has_nothing_to_do() -> None:
    assert sentences(of_pc(Pc(windows=True, xlwings=None))) == [
        '○ 没有安装 xlwings：Excel 中由公式计算。需要函数时运行 pip install "xlwings<1"',
        "○ 没有安装 Excel 加载项：运行 xlperf addin install excel",
    ]


def test_xlwings_without_the_addin() -> None:
    assert said(addin=None) == ["✗ 没有安装 Excel 加载项：运行 xlperf addin install excel"]


@pytest.mark.parametrize(
    ("differences", "sentence"),
    [
        (
            {"xlwings": "1.0.0", "addin": "1.0.0", "dlls": (rf"{VENV}\xlwings64-1.0.0.dll",)},
            '✗ xlwings 1.0.0 太新，只能用 1.0 之前的：运行 pip install "xlwings<1"，再运行 xlperf addin install excel',
        ),
        (
            {"xlwings": None},
            '✗ Excel 加载项已安装，xlwings 却已不在：运行 pip install "xlwings<1"，再运行 xlperf addin install excel',
        ),
        ({"addin": "0.33.0"}, "✗ Excel 加载项是 xlwings 0.33.0 的，本机是 0.37.8：运行 xlperf addin install excel"),
        (
            {"interpreter": None},
            r"✗ 缺少用户文件夹下的 .xlperf\xlperf.conf，宏不知道该找哪个 Python：运行 xlperf addin install excel",
        ),
        (
            {"interpreter_exists": False},
            rf"✗ 宏要找的 Python 已不存在（{VENV}\Scripts\python.exe）：运行 xlperf addin install excel，改用现在这个",
        ),
        (
            {"python": r"C:\Python313\python.exe"},
            rf"○ 宏找的是另一个 Python（{VENV}\Scripts\python.exe）：用它运行 -m xlperf doctor 检查；"
            "要改用现在这个，运行 xlperf addin install excel",
        ),
        ({"pywin32": False}, "✗ 没有安装 pywin32，Excel 无法调用 Python：运行 pip install pywin32"),
        (
            {"dlls": (r"C:\Users\张三\AppData\Roaming\Python\xlwings64-0.37.8.dll",)},  # pip install --user
            r"✗ 宏找不到 DLL：它在 C:\Users\张三\AppData\Roaming\Python\xlwings64-0.37.8.dll"
            rf"（用 pip install --user 安装时会这样），宏只找 {VENV}\Scripts 和它的上一级文件夹。"
            rf"把它复制到 {VENV}\Scripts；没有权限时，用 py -m venv 建一个虚拟环境，在其中重新安装",
        ),
        (
            {"dlls": (), "python_bits": 32},
            "✗ 缺少 xlwings64-0.37.8.dll：32 位 Python 安装的 xlwings 不带它。"
            "改装 64 位 Python（与 Office 的位数无关）再重新安装",
        ),
        (
            {"dlls": (rf"{VENV}\xlwings64-0.33.0.dll",)},  # of another version
            rf"✗ {VENV}\Scripts 中没有 xlwings64-0.37.8.dll（conda 安装的 xlwings 可能缺它）："
            "运行 pip install --force-reinstall --no-deps xlwings==0.37.8",
        ),
        (
            {"from_store": True},
            "○ 本机有从 Microsoft Store 安装的 Office：第一次计算可能要等一分钟；"
            "总是显示“公式”的，请改装从官网下载的 Office",
        ),
        (
            {"vba_warnings": Setting(4)},
            "✗ Excel 不许未签名的宏运行：工作簿由公式计算，结果相同。"
            "需要函数时请在 信任中心 › 宏设置 中改为“禁用宏并发出通知”",
        ),
        (
            {"vba_warnings": Setting(3, by_policy=True)},
            "✗ 单位的策略不许未签名的宏运行：工作簿由公式计算，结果相同。需要函数时请与信息管理员商量",
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_each_fault_has_its_sentence(differences: dict[str, Any], sentence: str) -> None:
    new = [line for line in said(**differences) if not line.startswith("✓")]

    assert [line for line in new if "没有安装 xlwings" not in line] == [sentence]


@pytest.mark.parametrize("value", [1, 2])
def test_macros_that_run_or_are_asked_about_are_fine(value: int) -> None:
    assert said(vba_warnings=Setting(value)) == []


def test_the_dll_has_the_bits_of_office_not_of_python() -> None:
    assert said(office_bits=32) == [rf"✓ 宏需要的 DLL 在 {VENV}\xlwings32-0.37.8.dll"]


def test_both_are_looked_for_where_the_bits_of_office_are_unknown() -> None:
    assert said(office_bits=None, dlls=WELL.dlls[1:]) == [
        rf"✗ {VENV}\Scripts 中没有 xlwings32-0.37.8.dll（conda 安装的 xlwings 可能缺它）："
        "运行 pip install --force-reinstall --no-deps xlwings==0.37.8"
    ]


@pytest.mark.parametrize("python", [r"C:\Python313\python.exe", rf"{VENV}\scripts\PYTHON.EXE"])
def test_the_dll_lies_beside_python_or_one_folder_above(python: str) -> None:
    folder = python.rpartition("\\")[0] if "313" in python else VENV
    dll = rf"{folder}\XLWINGS64-0.37.8.dll"

    assert said(python=python, interpreter=python, dlls=(dll,)) == [f"✓ 宏需要的 DLL 在 {dll}"]


@pytest.mark.parametrize(
    ("book", "pc", "expected"),
    [
        (OURS, WELL, ["✓ 部门.xlsm：宏与本机 xlwings 0.37.8 一致"]),
        (replace(OURS, macros=None, marked=True), WELL, ["○ 部门.xlsm：不带宏；填报表由公式计算，不需要加载项"]),
        (
            replace(OURS, macros=Macros(ours=False, xlwings="0.33.0"), marked=True),
            WELL,
            ["○ 部门.xlsm：其中的宏不是 xlperf 写入的，不检查也不更换"],
        ),
        (
            replace(OURS, macros=Macros(ours=True, xlwings="0.33.0")),
            WELL,
            [
                "✗ 部门.xlsm：宏是 xlwings 0.33.0 的，本机是 0.37.8：运行 xlperf addin restamp 部门.xlsm",
            ],
        ),
        (OURS, replace(WELL, xlwings=None), ["○ 部门.xlsm：带宏，但本机没有 xlwings，由公式计算"]),
        (
            replace(OURS, marked=True),
            WELL,
            [
                "✗ 部门.xlsm：来自邮件或网络，Office 会拦下其中的宏："
                "关闭工作簿，右键点文件 › 属性 › 勾选“解除锁定”› 确定",
                "✓ 部门.xlsm：宏与本机 xlwings 0.37.8 一致",
            ],
        ),
        (
            replace(OURS, marked=True),
            replace(WELL, internet_block=Setting(0, by_policy=True)),
            ["✓ 部门.xlsm：宏与本机 xlwings 0.37.8 一致"],
        ),
    ],
)
def test_what_is_said_of_a_workbook(book: WorkbookFacts, pc: Pc, expected: list[str]) -> None:
    assert sentences(of_book(book, pc)) == expected
