"""Installs and removes the add-in for this user, and reads what is installed.

The add-in goes into the folder Excel starts add-ins from. Excel trusts it, so no setting or administrator is needed.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from xlperf.files import save_bytes
from xlperf.hosts.excel.addin import FILE, build_xlam
from xlperf.hosts.excel.installed import PROJECT
from xlperf.hosts.excel.restamp import macros_in
from xlperf.model import UnwritableOutput, XlperfError

WINDOWS = sys.platform == "win32"
# VBA reads the settings in the PC's own code page.
_SETTINGS_CODEC = "mbcs" if WINDOWS else "utf-8"


def addin_path() -> Path:
    """The path of the add-in. Raises XlperfError off Windows."""
    folder = os.environ.get("APPDATA")
    if not WINDOWS or not folder:
        raise XlperfError("addin_windows_only")
    return Path(folder, "Microsoft", "Excel", "XLSTART", FILE)


def settings_path() -> Path:
    """The path of the settings in which macros look for their Python. Raises XlperfError off Windows."""
    folder = os.environ.get("USERPROFILE")
    if not WINDOWS or not folder:
        raise XlperfError("addin_windows_only")
    return Path(folder, f".{PROJECT}", f"{PROJECT}.conf")


def install() -> list[Path]:
    """Write add-in and settings for the Python that runs this; return the paths. Raises XlperfError."""
    try:
        settings = settings_text(sys.executable).encode(_SETTINGS_CODEC)
    except UnicodeEncodeError as error:
        raise XlperfError("addin_python_unspellable", path=sys.executable) from error
    contents = {addin_path(): build_xlam(), settings_path(): settings}
    for path, content in contents.items():
        save_bytes(path, content, force=True)
    return list(contents)


def settings_text(python: str) -> str:
    """The settings: the Python to call, and no imports from a workbook's folder."""
    return f'"INTERPRETER_WIN","{python}"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n'


def uninstall() -> list[Path]:
    """Remove what `install` wrote and its folder; return the paths removed. Raises XlperfError."""
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
    with contextlib.suppress(OSError):  # other settings of xlwings lie there
        settings_path().parent.rmdir()
    return removed


def is_installed() -> bool:
    """Whether `install` put the add-in on this PC for this user."""
    try:
        return addin_path().exists()
    except XlperfError:
        return False


def addin_version() -> str | None:
    """The xlwings version of the add-in on this PC; None where there is none.

    Raises XlperfError off Windows, UnreadableInput for a damaged add-in.
    """
    path = addin_path()
    macros = macros_in(path) if path.exists() else None
    return macros.xlwings if macros else None


def configured_python() -> str | None:
    """The Python that macros on this PC call; None without settings. Raises XlperfError."""
    path = settings_path()
    if not path.exists():
        return None
    for line in path.read_text(encoding=_SETTINGS_CODEC, errors="replace").splitlines():
        key, _, value = line.partition(",")
        if key.strip('"').casefold() == "interpreter_win":
            return value.strip('"')
    return None
