"""The add-in on this PC: put where Excel starts it, for this user alone, and what is found there.

Excel trusts the folder it starts add-ins from, so there is no setting to change and no administrator to ask.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from xlperf.hosts.excel.addin import FILE, build_xlam
from xlperf.hosts.excel.installed import PROJECT
from xlperf.hosts.excel.restamp import macros_in
from xlperf.model import UnwritableOutput, XlperfError

Save = Callable[[Path, bytes], object]
"""Puts bytes in the place of a file, all at once."""

WINDOWS = sys.platform == "win32"
# VBA reads the settings in the PC's own code page.
_SETTINGS_CODEC = "mbcs" if WINDOWS else "utf-8"


def addin_path() -> Path:
    """Where the add-in belongs. Raises XlperfError off Windows."""
    folder = os.environ.get("APPDATA")
    if not WINDOWS or not folder:
        raise XlperfError("addin_windows_only")
    return Path(folder, "Microsoft", "Excel", "XLSTART", FILE)


def settings_path() -> Path:
    """Where the macros of workbooks and add-in look for their Python. Raises XlperfError off Windows."""
    folder = os.environ.get("USERPROFILE")
    if not WINDOWS or not folder:
        raise XlperfError("addin_windows_only")
    return Path(folder, f".{PROJECT}", f"{PROJECT}.conf")


def install(save: Save) -> list[Path]:
    """Put add-in and settings in their places, for the Python that runs this; the paths. Raises XlperfError."""
    contents = {addin_path(): build_xlam(), settings_path(): settings_text(sys.executable).encode(_SETTINGS_CODEC)}
    for path, content in contents.items():
        save(path, content)
    return list(contents)


def settings_text(python: str) -> str:
    """The settings: which Python answers; and that a workbook's folder is no place to import from."""
    return f'"INTERPRETER_WIN","{python}"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n'


def uninstall() -> list[Path]:
    """Remove what `install` put there; the paths of what was there. Raises XlperfError."""
    removed = []
    for path in (addin_path(), settings_path()):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise UnwritableOutput("target_open", path=path) from error
        except OSError as error:
            raise UnwritableOutput("target_unwritable", path=path, reason=error.strerror) from error
        removed.append(path)
    return removed


def is_installed() -> bool:
    """Whether `install` put the add-in on this PC for this user."""
    try:
        return addin_path().exists()
    except XlperfError:
        return False


def addin_version() -> str | None:
    """The version of xlwings the add-in on this PC is written for; None where there is none. Raises XlperfError.

    UnreadableInput where the add-in is damaged.
    """
    path = addin_path()
    macros = macros_in(path) if path.exists() else None
    return macros.xlwings if macros else None


def configured_python() -> str | None:
    """The Python the macros on this PC will call; None where nothing says. Raises XlperfError."""
    path = settings_path()
    if not path.exists():
        return None
    for line in path.read_text(encoding=_SETTINGS_CODEC, errors="replace").splitlines():
        key, _, value = line.partition(",")
        if key.strip('"').casefold() == "interpreter_win":
            return value.strip('"')
    return None
