"""What files and folders dropped on an entry become: where the result lies, and from which period the next follows.

A result lies beside what was dropped, never inside it. What somebody has changed is kept; the next has a number.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlperf.files.trouble import explained
from xlperf.jobs.carrying import is_returned, latest_stage, read_returned
from xlperf.jobs.made import is_unchanged
from xlperf.model import Period, UnreadableInput, UsageError

SUFFIXES = {"check": ("_检查", ""), "consolidate": ("_汇总", ".xlsx"), "generate": ("_填报表", "")}
"""What the name of a result ends with, by what is done; a folder has no suffix."""


class Target(NamedTuple):
    """Where a result goes; whether it replaces one of before; the latest that somebody has changed, which is kept."""

    path: Path
    is_folder: bool
    replaces: bool
    kept: Path | None


def target_of(action: str, paths: Sequence[Path]) -> Target:
    """Where the result of what was dropped goes.

    Raises UsageError where nothing lies beside it, UnreadableInput where it does not exist.
    """
    first = Path(os.path.abspath(paths[0]))
    for path in paths:
        if not os.path.lexists(path):
            raise UnreadableInput("source_missing", path=path)
    if not first.name:
        raise UsageError("drop_whole_disk", path=first)
    ending, suffix = SUFFIXES[action]
    stem, kept = first.name if first.is_dir() else first.stem, None
    for number in itertools.count(1):
        path = first.with_name(f"{stem}{ending}{number if number > 1 else ''}{suffix}")
        is_empty = not suffix and path.is_dir() and not any(path.iterdir())  # left by a window that was closed
        if is_empty or not os.path.lexists(path):
            return Target(path, not suffix, False, kept)
        if is_unchanged(path):
            return Target(path, not suffix, True, kept)
        kept = path
    raise AssertionError


@contextlib.contextmanager
def cleared(target: Target) -> Iterator[None]:
    """Make the folder of a result, or empty the one that is to be replaced; take it away if nothing comes of it.

    Raises UnwritableOutput, before anything is read or removed: where nothing can be written beside what was dropped,
    and where another program has a file open. The folder itself stays: while Explorer shows it, Windows lets nobody
    make it anew.
    """
    if not target.is_folder:
        yield
        return
    folder = target.path
    with explained(folder):
        folder.mkdir(exist_ok=True)
    if target.replaces:
        for file in (path for path in folder.rglob("*") if path.is_file()):
            with explained(file, replacing=True):
                file.open("r+b").close()
        with explained(folder, replacing=True):
            for path in folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
    try:
        yield
    finally:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


class Next(NamedTuple):
    """What is made of a source: the period, and the year where it is a new one."""

    period: Period
    year: int | None = None


def following(source: Path) -> Next:
    """The period after that of workbooks that came back, after the last next year's plan; the plan of anything else.

    Raises UnreadableInput.
    """
    if not is_returned(source):
        return Next(Period.PLAN)
    year, period = latest_stage(read_returned(source).workbooks)
    later = list(Period)[list(Period).index(period) + 1 :]
    return Next(later[0]) if later else Next(Period.PLAN, year + 1)


def opened(path: Path) -> bool:
    """Show a file or folder in the program the user has for it; False where there is none."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            subprocess.Popen(
                ("xdg-open", str(path)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError:
        return False
    return True
