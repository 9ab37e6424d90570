"""What installing for one user means on every system: the entries, and a folder that is replaced as a whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from xlperf.bundle.contents import read_contents
from xlperf.files.trouble import explained
from xlperf.model import UnwritableOutput, XlperfError

ENTRIES = {"check": "xlperf 检查", "consolidate": "xlperf 汇总", "generate": "xlperf 生成填报表"}
"""Names of the entries, by what they do with the files dropped on them."""

WINDOW = ("-m", "xlperf.cli.window")
"""What Python runs so that the window of a command stays open."""


def put_in_place(source: Path, home: Path) -> None:
    """Copy the program to its folder, in place of the one there: it is the old one or the new one, never a mixture.

    Raises XlperfError where the folder is not ours or in use, UnwritableOutput.
    """
    if home.exists() and read_contents(home) is None and any(home.iterdir()):
        raise XlperfError("install_folder_foreign", path=home)
    new, old = home.with_name(f"{home.name}.new"), home.with_name(f"{home.name}.old")
    for left in (new, old):  # by a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with explained(home):
        home.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, new, symlinks=True, copy_function=shutil.copy)
    try:
        if home.exists():
            os.rename(home, old)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise UnwritableOutput("install_in_use", path=home, who=error.strerror or error) from error
    os.rename(new, home)
    shutil.rmtree(old, ignore_errors=True)


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
