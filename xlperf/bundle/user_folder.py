"""What installing for one user means on every system: the entries, and a folder that is replaced as a whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from xlperf.bundle.contents import read_contents
from xlperf.files import patiently
from xlperf.files.trouble import explained
from xlperf.model import UnwritableOutput, XlperfError

ENTRIES = {"check": "xlperf 检查", "consolidate": "xlperf 汇总", "generate": "xlperf 生成填报表"}
"""Names of the entries, by what they do with the files dropped on them."""

SCANNED = 30.0  # seconds a virus scanner may take for the programs in a new folder, which cannot be moved meanwhile

WINDOW = ("-m", "xlperf.cli.window")
"""What Python runs so that the window of a command stays open."""


def put_in_place(source: Path, home: Path) -> None:
    """Copy the program to its folder, in place of the one there: it is the old one or the new one, never a mixture.

    Raises XlperfError where the folder is not ours or in use, UnwritableOutput.
    """
    if home.exists() and read_contents(home) is None and any(home.iterdir()):
        raise XlperfError("install_folder_foreign", path=home)
    clear_beside(home)
    new, old = _beside(home)
    with explained(home):
        home.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, new, symlinks=True, copy_function=shutil.copy)
    try:
        if home.exists():
            patiently(lambda: os.rename(home, old))
    except OSError as error:
        clear_beside(home)
        raise UnwritableOutput("install_in_use", path=home, who=error.strerror or error) from error
    try:
        with explained(home, replacing=True):
            patiently(lambda: os.rename(new, home), SCANNED)
    except UnwritableOutput:
        if old.exists():
            os.rename(old, home)
        raise
    finally:
        clear_beside(home)


def clear_beside(home: Path) -> None:
    """Remove what a run that was killed, or a virus scanner at work, left of an installation."""
    for left in _beside(home):
        shutil.rmtree(left, ignore_errors=True)


def _beside(home: Path) -> tuple[Path, Path]:
    """Where the new program and the old one lie while one takes the place of the other."""
    return home.with_name(f"{home.name}.new"), home.with_name(f"{home.name}.old")


def with_folder(path: str, folder: str) -> str:
    """A search path of Windows with this folder at its end, as it was otherwise."""
    if _holds(path, folder):
        return path
    before = path.rstrip(";")
    return f"{before};{folder}" if before else folder


def without_folder(path: str, folder: str) -> str:
    """A search path of Windows without this folder, as it was otherwise."""
    if not _holds(path, folder):
        return path
    return ";".join(part for part in path.split(";") if not _same(part, folder))


def _holds(path: str, folder: str) -> bool:
    return any(_same(part, folder) for part in path.split(";"))


def _same(one: str, other: str) -> bool:
    return one.strip('"').rstrip("\\").casefold() == other.rstrip("\\").casefold()
