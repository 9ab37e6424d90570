"""The add-in on a PC: one user's folders, nothing that needs an administrator."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xlperf.hosts.excel import install as installing
from xlperf.hosts.excel.addin import build_xlam
from xlperf.hosts.excel.install import (
    addin_path,
    addin_version,
    configured_python,
    install,
    is_installed,
    settings_text,
    uninstall,
)
from xlperf.hosts.excel.installed import xlwings_version
from xlperf.model import XlperfError


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user's folder, as if on Windows."""
    monkeypatch.setattr(installing, "WINDOWS", True)
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData" / "Roaming"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setattr("sys.executable", r"C:\Users\张三\xlperf\Scripts\python.exe")
    return tmp_path


def test_excel_starts_it_and_finds_this_python(windows: Path) -> None:
    addin, settings = install()

    assert addin == windows / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xlperf.xlam"
    assert addin.read_bytes() == build_xlam()
    assert settings == windows / ".xlperf" / "xlperf.conf"
    assert settings.read_bytes().decode() == (
        '"INTERPRETER_WIN","C:\\Users\\张三\\xlperf\\Scripts\\python.exe"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n'
    )
    assert is_installed()
    assert addin_version() == xlwings_version()
    assert configured_python() == r"C:\Users\张三\xlperf\Scripts\python.exe"


def test_a_folder_that_macros_cannot_spell_is_told_and_nothing_written(
    windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that the code page of a Chinese Windows has no character for."""
    monkeypatch.setattr(installing, "_SETTINGS_CODEC", "gbk")
    monkeypatch.setattr("sys.executable", "C:\\Users\\王䶮\\xlperf\\python.exe")

    with pytest.raises(XlperfError, match="生僻字"):
        install()

    assert not addin_path().exists()


def test_installing_again_changes_nothing(windows: Path) -> None:
    first = [path.read_bytes() for path in install()]

    assert [path.read_bytes() for path in install()] == first


def test_uninstall_removes_what_install_put_there(windows: Path) -> None:
    written = install()

    assert uninstall() == written
    assert not any(path.exists() for path in written)
    assert uninstall() == []
    assert (is_installed(), addin_version(), configured_python()) == (False, None, None)


def test_the_folder_of_a_workbook_is_no_place_to_import_from() -> None:
    from xlwings.utils import prepare_sys_path

    lines = dict(line.replace('"', "").split(",") for line in settings_text("python.exe").splitlines())
    before = list(sys.path)
    prepare_sys_path(f"{lines['ADD_WORKBOOK_TO_PYTHONPATH']};/somewhere/a.xlsm;/somewhere/a.xlsm;;;;")

    assert [path for path in sys.path if path and path not in before] == []


@pytest.mark.skipif(installing.WINDOWS, reason="here it can be installed")
@pytest.mark.parametrize("action", [addin_path, addin_version, configured_python, uninstall, install])
def test_off_windows_there_is_nothing_to_install(action: object) -> None:
    with pytest.raises(XlperfError, match="只能装在 Windows"):
        action()  # type: ignore[operator]


@pytest.mark.skipif(installing.WINDOWS, reason="here it can be installed")
def test_off_windows_it_is_not_installed() -> None:
    assert not is_installed()
