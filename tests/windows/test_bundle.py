"""The package for PCs without internet: unpacked, installed, its entries used, updated, and removed without a trace.

XLPERF_BUNDLE is the package, as Windows names its path.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from windows.holding import held

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="Windows only: .ci/windows runs it")

if sys.platform == "win32":
    import winreg

    import pythoncom
    from python_calamine import CalamineWorkbook
    from win32com.shell import shell

ENVIRONMENT, EXCEL = "Environment", r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
PATH_BEFORE = r"%USERPROFILE%\bin;" + ";".join(rf"C:\some folder\{number:04d}" for number in range(120))
ENTRIES = ("xlperf 检查", "xlperf 汇总", "xlperf 生成填报表")


def home() -> Path:
    return Path(os.environ["LOCALAPPDATA"], "xlperf")


def desktop() -> Path:
    return Path(os.environ["USERPROFILE"], "Desktop", "绩效填报")


def send_to() -> Path:
    return Path(os.environ["USERPROFILE"], "AppData", "Roaming", "Microsoft", "Windows", "SendTo")


def addin() -> Path:
    return Path(os.environ["APPDATA"], "Microsoft", "Excel", "XLSTART", "xlperf.xlam")


def ended(command: str | list[str]) -> tuple[int, str]:
    """Exit code and everything said; printed, so that a test that fails shows it."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = done.stdout.decode("cp936", "replace")
    print(command, done.returncode, said, sep="\n")
    return done.returncode, said


def double_clicked(path: Path) -> tuple[int, str]:
    return ended(f'cmd /s /c ""{path}""')


def dropped(entry: str, *paths: Path) -> tuple[int, str]:
    """What Explorer runs: the target and the arguments of the link, then what was dropped."""
    link = pythoncom.CoCreateInstance(shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink)
    link.QueryInterface(pythoncom.IID_IPersistFile).Load(str(send_to() / f"{entry}.lnk"))
    return ended([link.GetPath(0)[0], *link.GetArguments().split(), *map(str, paths), "--no-open"])


def user_path() -> str | None:
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ENVIRONMENT) as key:
        try:
            value, kind = winreg.QueryValueEx(key, "Path")
        except FileNotFoundError:
            return None
    assert kind == winreg.REG_EXPAND_SZ
    return str(value)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The package unpacked where paths are awkward, on a PC with Excel (as the registry has it) and a long Path."""
    folder = tmp_path_factory.mktemp("下载") / "解压 & 100 (1)"
    with zipfile.ZipFile(os.environ["XLPERF_BUNDLE"]) as content:
        content.extractall(folder)
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, EXCEL) as key:
        winreg.SetValueEx(key, "", 0, winreg.REG_SZ, r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE")
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ENVIRONMENT, access=winreg.KEY_SET_VALUE) as key:
        winreg.SetValueEx(key, "Path", 0, winreg.REG_EXPAND_SZ, PATH_BEFORE)
    yield folder
    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, EXCEL)
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, ENVIRONMENT, access=winreg.KEY_SET_VALUE) as key:
        winreg.DeleteValue(key, "Path")


@pytest.fixture(scope="module")
def installed(package: Path) -> Path:
    code, said = double_clicked(package / "安装.cmd")
    assert code == 0, said
    assert "安装完成" in said
    return package


@contextmanager
def gone(file: Path) -> Iterator[None]:
    """As if an antivirus program had taken the file away."""
    aside = file.with_name("aside")
    file.rename(aside)
    yield
    aside.rename(file)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("xlwings64*.dll", "不完整：python/xlwings64"),
        ("python.exe", "解压出来的文件不完整"),
        ("python3*.zip", "解压出来的文件不完整"),
        (
            r"Lib\site-packages\pydantic\__init__.py",
            "：python/Lib/site-packages/pydantic/__init__.py。被杀毒软件删除的",
        ),
    ],
)
def test_a_package_that_is_not_complete_installs_nothing(package: Path, file: str, sentence: str) -> None:
    with gone(next((package / "program" / "python").glob(file))):
        code, said = double_clicked(package / "安装.cmd")

    assert (code, sentence in said) == (3, True), said
    assert not home().exists()


def test_nothing_is_installed_from_within_the_zip(package: Path, tmp_path: Path) -> None:
    packed = tmp_path / "安装.cmd"  # as Explorer runs it from within the zip
    shutil.copyfile(package / "安装.cmd", packed)
    code, said = double_clicked(packed)
    assert (code, "请先把压缩包全部解压" in said) == (3, True), said


def test_what_is_installed(installed: Path) -> None:
    assert digests(home()) == digests(installed / "program")
    assert user_path() == rf"{PATH_BEFORE};{home()}\bin"
    assert sorted(path.stem for path in send_to().glob("xlperf*")) == sorted(ENTRIES)
    assert addin().read_bytes()[:2] == b"PK"
    assert (desktop() / "使用说明.txt").read_bytes().startswith("\ufeffxlperf".encode())
    assert len(list((desktop() / "示例" / "8-绩效自评表（已填）").iterdir())) >= 5

    code, said = double_clicked(home() / "bin" / "xlperf.cmd")
    assert (code, "用法" in said) == (2, True), said
    code, said = ended([str(home() / "python" / "python.exe"), "-m", "xlperf", "doctor"])
    assert f"装在 {home()}" in said
    assert "个文件完好" in said
    assert "pip" not in said


def test_the_entries(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "交回 & 100% 来"
    shutil.copytree(desktop() / "示例" / "8-绩效自评表（已填）", folder, copy_function=shutil.copyfile)
    before = digests(folder)

    code, said = dropped("xlperf 汇总", folder)
    assert (code, "做好了" in said) == (1, True), said
    summary = CalamineWorkbook.from_path(str(tmp_path / "交回 & 100% 来_汇总.xlsx"))
    assert summary.sheet_names[0] == "总览"
    listed = summary.get_sheet_by_name("来源").to_python()
    assert {Path(str(cell)).name for row in listed for cell in row} >= set(before)

    code, said = dropped("xlperf 检查", folder)
    assert (code, "做好了" in said) == (1, True), said
    copies = sorted((tmp_path / "交回 & 100% 来_检查").iterdir())
    assert {path.name.replace("（检查）", "") for path in copies} <= set(before)
    assert all(CalamineWorkbook.from_path(str(path)).sheet_names for path in copies)

    code, said = dropped("xlperf 生成填报表", folder)
    assert (code, "2027年绩效目标表：请把文件夹里的工作簿发给填报人" in said) == (0, True), said
    (plan,) = (tmp_path / "交回 & 100% 来_填报表").iterdir()
    assert "目录" in CalamineWorkbook.from_path(str(plan)).sheet_names

    assert "没有人改动过" in dropped("xlperf 检查", folder)[1]
    copies[0].write_bytes(copies[1].read_bytes())
    assert "保留不动" in dropped("xlperf 检查", folder)[1]
    assert (tmp_path / "交回 & 100% 来_检查2").is_dir()
    code, said = dropped("xlperf 检查", tmp_path / "没有")
    assert (code, "找不到" in said) == (3, True), said

    assert digests(folder) == before


def test_updated_unless_in_use(installed: Path) -> None:
    running = subprocess.Popen([str(home() / "python" / "python.exe"), "-c", "input()"], stdin=subprocess.PIPE)
    try:
        code, said = double_clicked(installed / "安装.cmd")
    finally:
        running.communicate()
    assert (code, f"正在使用中（python.exe {running.pid}）" in said) == (3, True), said

    book = next((desktop() / "示例" / "8-绩效自评表（已填）").iterdir())
    (home() / "docs" / "README.md").write_text("harmed", encoding="utf-8")
    with held(book):
        code, said = double_clicked(installed / "安装.cmd")
    assert (code, "示例有人改动过，保留不动" in said) == (0, True), said
    assert digests(home()) == digests(installed / "program")
    assert sorted(path.name for path in home().parent.glob("xlperf*")) == ["xlperf"]


def test_removed(installed: Path) -> None:
    with held(addin()):
        code, said = double_clicked(installed / "卸载.cmd")
    assert (code, "正被其他程序" in said) == (3, True), said

    code, said = double_clicked(installed / "卸载.cmd")

    assert (code, "已卸载" in said) == (0, True), said
    assert not home().exists()
    assert not list(send_to().glob("xlperf*"))
    assert not addin().exists()
    assert not desktop().exists()
    assert not Path(os.environ["APPDATA"], "xlperf").exists()
    assert not Path(os.environ["USERPROFILE"], ".xlperf").exists()
    assert user_path() == PATH_BEFORE
    code, said = double_clicked(installed / "卸载.cmd")
    assert (code, "没有安装" in said) == (0, True), said


def test_removed_by_itself(package: Path) -> None:
    """By the file that lies in the folder it removes, in a window of its own; no copy of it is left either."""
    python = home() / "python"
    nothing_to_take_away = python / "Lib" / "site-packages" / "xlperf" / "__main__.py"
    nothing_to_take_away.parent.mkdir(parents=True)
    nothing_to_take_away.touch()
    for file in (package / "program" / "python").iterdir():
        if file.is_file():
            shutil.copyfile(file, python / file.name)
    shutil.copyfile(package / "program" / "uninstall.cmd", home() / "uninstall.cmd")
    with gone(python / "python.exe"):
        code, said = double_clicked(package / "卸载.cmd")
    assert (code, "先运行安装包里的“安装”" in said) == (3, True), said
    assert home().exists()

    double_clicked(home() / "uninstall.cmd")

    patience = time.monotonic() + 60
    copy = Path(os.environ["TEMP"], "xlperf-uninstall.cmd")
    while (home().exists() or copy.exists()) and time.monotonic() < patience:
        time.sleep(0.5)
    assert not home().exists()
    assert not copy.exists()
