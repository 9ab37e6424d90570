"""Gathers the facts that cells calling Python depend on: Python, xlwings, Excel and its macro settings.

Judges nothing: `diagnosis` does, so that its tests need no such PC.
"""

from __future__ import annotations

import os
import re
import site
import struct
import sys
from dataclasses import dataclass
from importlib import util
from pathlib import Path, PureWindowsPath
from typing import Any

from xlperf.hosts.excel import install
from xlperf.hosts.excel.installed import xlwings_version
from xlperf.hosts.excel.restamp import Macros, macros_in
from xlperf.model import UnreadableInput, XlperfError

_STORE = ("Packages", "Microsoft.Office.Desktop_8wekyb3d8bbwe")  # under LOCALAPPDATA: Office from Microsoft's store
_EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_ZONE = re.compile(r"^\s*ZoneId\s*=\s*(\d+)", re.M)
_FOREIGN_ZONES = ("3", "4")  # internet, restricted


@dataclass(frozen=True)
class Setting:
    """A macro setting of Excel; users cannot change one set by policy."""

    value: int
    by_policy: bool = False


@dataclass(frozen=True)
class Pc:
    """Facts about this PC and the running Python. Off Windows only `windows` and `xlwings` are set."""

    windows: bool
    xlwings: str | None  # version
    excel: bool = True  # is installed
    addin: str | None = None  # xlwings version of the add-in; "?" where it cannot be read
    python: str = ""  # path of the Python that runs this
    python_bits: int = 64
    pywin32: bool = True
    interpreter: str | None = None  # path of the Python the macros call
    interpreter_exists: bool = True
    dlls: tuple[str, ...] = ()  # paths of the DLLs of xlwings, wherever pip may have put them
    office_bits: int | None = None
    from_store: bool = False
    vba_warnings: Setting | None = None  # 1 all macros, 2 ask, 3 signed ones, 4 none; absent: 2
    internet_block: Setting | None = None  # 1 block macros of files with the mark of the web, 0 do not; absent: 1


@dataclass(frozen=True)
class WorkbookFacts:
    """Facts about a workbook."""

    path: Path
    macros: Macros | None
    marked: bool  # has the mark of the web: Windows says it came from the internet or by mail


def this_pc() -> Pc:
    """The facts about this PC."""
    try:
        version: str | None = xlwings_version()
    except XlperfError:
        version = None
    if not install.WINDOWS:
        return Pc(windows=False, xlwings=version)
    interpreter = install.configured_python()
    return Pc(
        windows=True,
        xlwings=version,
        excel=has_excel(),
        addin=_addin_version(),
        python=sys.executable,
        python_bits=8 * struct.calcsize("P"),
        pywin32=util.find_spec("pythoncom") is not None,
        interpreter=interpreter,
        interpreter_exists=interpreter is not None and Path(interpreter).exists(),
        dlls=_dlls(interpreter or sys.executable),
        office_bits=_office_bits(),
        from_store=_from_store(),
        vba_warnings=_setting("VBAWarnings"),
        internet_block=_setting("blockcontentexecutionfrominternet"),
    )


def has_excel() -> bool:
    """Whether Excel is installed on this PC."""
    roots = ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER")
    return _from_store() or any(_registry(root, _EXCEL, "") is not None for root in roots)


def book(path: Path) -> WorkbookFacts:
    """The facts about a workbook. Raises UnreadableInput."""
    return WorkbookFacts(path, macros_in(path), _marked(path))


def dll_folders(interpreter: str) -> tuple[PureWindowsPath, PureWindowsPath]:
    """Where the VBA of xlwings loads its DLL from: the folder of the interpreter, then the one above it."""
    folder = PureWindowsPath(interpreter).parent
    return folder, folder.parent


def _from_store() -> bool:
    return Path(os.environ.get("LOCALAPPDATA", ""), *_STORE).is_dir()


def _addin_version() -> str | None:
    try:
        return install.addin_version()
    except UnreadableInput:
        return "?"


def _dlls(interpreter: str) -> tuple[str, ...]:
    """The paths of the DLLs; pip puts them into the folder of the installation, or with --user into the user's."""
    folders = [*map(Path, dll_folders(interpreter)), Path(sys.prefix), Path(site.getuserbase())]
    return tuple(dict.fromkeys(str(path) for folder in folders for path in sorted(folder.glob("xlwings*.dll"))))


def _marked(path: Path) -> bool:
    """Whether the file has the mark of the web, which Windows keeps in a second stream of the file."""
    try:
        zone = _ZONE.search(Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return False
    return zone is not None and zone[1] in _FOREIGN_ZONES


def _setting(name: str) -> Setting | None:
    for root, by_policy in (("Software\\Policies\\Microsoft\\Office", True), ("Software\\Microsoft\\Office", False)):
        value = _registry("HKEY_CURRENT_USER", f"{root}\\16.0\\Excel\\Security", name)
        if isinstance(value, int):
            return Setting(value, by_policy)
    return None


def _office_bits() -> int | None:
    office = "SOFTWARE\\Microsoft\\Office"
    for key, name in ((f"{office}\\ClickToRun\\Configuration", "Platform"), (f"{office}\\16.0\\Outlook", "Bitness")):
        value = _registry("HKEY_LOCAL_MACHINE", key, name)
        if value in ("x86", "x64"):
            return 32 if value == "x86" else 64
    return None


def _registry(root: str, key: str, name: str) -> Any:
    """A value of the registry in the view of 64-bit programs, else of 32-bit ones; None where there is none."""
    if sys.platform == "win32":
        import winreg

        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            try:
                with winreg.OpenKey(getattr(winreg, root), key, access=winreg.KEY_READ | view) as opened:
                    return winreg.QueryValueEx(opened, name)[0]
            except OSError:
                continue
    return None
