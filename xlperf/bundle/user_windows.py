"""What the installation does on Windows for one user: folders, search path, entries of 发送到. Needs pywin32."""

from __future__ import annotations

import ctypes
import os
import sys
import winreg
from collections.abc import Callable
from pathlib import Path

import pythoncom
import pywintypes
import win32api
import win32process
from win32com.shell import shell

from xlperf.bundle.user_folder import ENTRIES, WINDOW, with_folder, without_folder
from xlperf.model import XlperfError

assert sys.platform == "win32"

FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
ENVIRONMENT, PATH = "Environment", "Path"
QUERY = 0x0410  # PROCESS_QUERY_INFORMATION | PROCESS_VM_READ
BROADCAST, SETTING_CHANGED, IF_HUNG, MILLISECONDS = 0xFFFF, 0x001A, 0x0002, 2_000


def home() -> Path:
    """The folder of the program. Raises XlperfError where Windows names none."""
    folder = os.environ.get("LOCALAPPDATA")
    if not folder:
        raise XlperfError("install_no_folder", name="LOCALAPPDATA")
    return Path(folder, "xlperf")


def desktop() -> Path:
    """The user's desktop, wherever it was moved to."""
    return _folder("Desktop", Path(os.environ["USERPROFILE"], "Desktop"))


def in_use(folder: Path) -> list[str]:
    """Programs other than this one that run from the folder, and libraries of it that another program has loaded."""
    found = []
    for process in win32process.EnumProcesses():
        if process in (0, os.getpid()):
            continue
        try:
            handle = win32api.OpenProcess(QUERY, False, process)
            program = Path(win32process.GetModuleFileNameEx(handle, 0))
        except pywintypes.error:  # a program of the system, or one that ended meanwhile
            continue
        if folder in program.parents:
            found.append(f"{program.name} {process}")
    for library in sorted((folder / "python").glob("xlwings*.dll")):  # Excel loads it while it calls functions
        try:
            library.open("r+b").close()
        except PermissionError:
            found.append(library.name)
    return found


def add_entries(folder: Path, program: Path) -> list[Path]:
    """Write the entries of 发送到 and the folder of commands on the user's search path; return the entries."""
    paths = []
    for action, path in _entries().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link to Python itself: cmd.exe would read & and % in names of files, and takes 8,191 characters at most.
        link = pythoncom.CoCreateInstance(
            shell.CLSID_ShellLink, None, pythoncom.CLSCTX_INPROC_SERVER, shell.IID_IShellLink
        )
        link.SetPath(str(program))
        link.SetArguments(" ".join((*WINDOW, "drop", action)))
        link.SetWorkingDirectory(str(folder))
        link.SetDescription(path.stem)
        link.QueryInterface(pythoncom.IID_IPersistFile).Save(str(path), 0)
        paths.append(path)
    _change_path(with_folder, folder)
    return paths


def remove_entries(folder: Path) -> None:
    """Take away what `add_entries` made."""
    for path in _entries().values():
        path.unlink(missing_ok=True)
    _change_path(without_folder, folder)


def _entries() -> dict[str, Path]:
    folder = _folder("SendTo", Path(os.environ["APPDATA"], "Microsoft", "Windows", "SendTo"))
    return {action: folder / f"{name}.lnk" for action, name in ENTRIES.items()}


def _folder(name: str, usual: Path) -> Path:
    """A folder of the user as the registry has it."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, FOLDERS) as key:
            return Path(winreg.ExpandEnvironmentStrings(winreg.QueryValueEx(key, name)[0]))
    except OSError:
        return usual


def _change_path(change: Callable[[str, str], str], folder: Path) -> None:
    """Change the user's search path in the registry, whatever its length and variables, and tell running programs."""
    with winreg.CreateKeyEx(
        winreg.HKEY_CURRENT_USER, ENVIRONMENT, access=winreg.KEY_READ | winreg.KEY_SET_VALUE
    ) as key:
        try:
            before, kind = winreg.QueryValueEx(key, PATH)
        except FileNotFoundError:
            before, kind = "", winreg.REG_EXPAND_SZ
        after = change(before, str(folder / "bin"))
        if after == before:
            return
        if after:
            winreg.SetValueEx(key, PATH, 0, kind, after)
        else:
            winreg.DeleteValue(key, PATH)
    ctypes.windll.user32.SendMessageTimeoutW(
        BROADCAST, SETTING_CHANGED, 0, ENVIRONMENT, IF_HUNG, MILLISECONDS, ctypes.byref(ctypes.c_size_t())
    )
