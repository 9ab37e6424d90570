"""Replaces files atomically: the target is always the old file or the new one, never a part of it.

The new file is drafted beside the target under the target's lock, so that two runs never write one target together.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from xlperf.files.lock import DRAFT, LOCK, PREFIX, Busy, Lock, NoLock, beside, held, sweep, take
from xlperf.files.trouble import explained
from xlperf.model import UnwritableOutput

PATIENCE = 2.0  # seconds to wait on Windows for a program that holds the target
FOLDER = f"{PREFIX}generate{LOCK}"  # the lock of a whole folder

BACKUP = ".bak"

Write = Callable[[BinaryIO], object]


def replace_file(target: Path, write: Write, *, force: bool = False) -> None:
    """Write a file beside the target and move it there.

    Raises UnwritableOutput and keeps the old file when the target exists (and `force` is off), cannot be written, or is
    being written by another run.
    """
    with reserved(target, force=force) as put:
        put(write)


def save_bytes(target: Path, content: bytes, *, force: bool = False) -> None:
    """Put a file of this content in its place. Raises as `replace_file`."""
    replace_file(target, lambda file: file.write(content), force=force)


@contextlib.contextmanager
def reserved(target: Path, *, force: bool = False) -> Iterator[Callable[[Write], None]]:
    """Reserve the target while its content is prepared; the function yielded writes it, as often as called.

    Raises as `replace_file`: at once where another run has the target, or nothing can be written beside it.
    """
    with explained(target):
        resolved = Path(os.path.realpath(target))  # replace the file a link leads to, not the link
        if target.is_symlink() and not resolved.exists():
            raise UnwritableOutput("target_leads_nowhere", path=target, place=resolved)
        _refuse(target, resolved, force)
        resolved.parent.mkdir(parents=True, exist_ok=True)
        if not held(resolved.parent / FOLDER):  # a reserved folder is swept once, not for each of its files
            sweep(resolved.parent)
        lock = _taken(beside(resolved, LOCK), target)
    try:
        with explained(target, replacing=True):
            _refuse(target, resolved, force)  # another run may have ended meanwhile
            if sys.platform == "win32" and resolved.exists():
                patiently(lambda: open(resolved, "r+b").close())  # fails where Excel has it open
        may_replace = force  # or once this run has written the file

        def put(write: Write) -> None:
            nonlocal may_replace
            _put(target, resolved, write, replacing=may_replace)
            may_replace = True

        yield put
    finally:
        lock.release()


def kept_old(path: Path) -> tuple[Path, bool]:
    """Keep a file that is about to be replaced, under its name with .bak behind it; what has that name already stays.

    Returns that path, and whether the file was kept now. Raises UnwritableOutput.
    """
    kept = path.with_name(path.name + BACKUP)
    if os.path.lexists(kept):
        return kept, False
    with explained(path, replacing=True), Path(os.path.realpath(path)).open("rb") as old:
        replace_file(kept, partial(shutil.copyfileobj, old))
    return kept, True


def moved_aside(path: Path) -> Path:
    """Give the file a free name beside its own and return it. Raises UnwritableOutput."""
    with explained(path, replacing=True):
        for number in itertools.count(1):
            other = path.with_name(f"{path.stem}（搁置{number}）{path.suffix}")
            if not os.path.lexists(other):
                _appear(other, path, other)
                return other
    raise AssertionError


@contextlib.contextmanager
def reserved_folder(folder: Path) -> Iterator[None]:
    """Reserve a folder for a run that writes several files. Raises UnwritableOutput."""
    with explained(folder):
        resolved = Path(os.path.realpath(folder))
        resolved.mkdir(parents=True, exist_ok=True)
        sweep(resolved)
        lock = _taken(resolved / FOLDER, folder)
    try:
        yield
    finally:
        lock.release()


def _taken(path: Path, target: Path) -> Lock:
    try:
        return take(path)
    except Busy as busy:
        raise UnwritableOutput("target_busy", path=target, who=busy.who) from busy
    except NoLock as error:
        raise UnwritableOutput("lock_in_the_way", path=target, lock=error.path) from error


def _refuse(target: Path, resolved: Path, force: bool) -> None:
    """Raises UnwritableOutput for a file that must not be replaced."""
    try:
        mode = resolved.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise UnwritableOutput("target_is_folder", path=target)
    if not stat.S_ISREG(mode):  # replacing a device removes it for every program
        raise UnwritableOutput("target_is_device", path=target)
    if not force:
        raise UnwritableOutput("target_exists", path=target)
    if not mode & 0o222:
        raise UnwritableOutput("target_protected", path=target)


def _put(target: Path, resolved: Path, write: Write, *, replacing: bool) -> None:
    draft = beside(resolved, DRAFT)
    try:
        with explained(target):
            if draft.is_dir() and not draft.is_symlink():
                raise UnwritableOutput("lock_in_the_way", path=target, lock=draft)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)  # left by a killed run
            with _drafted(draft, resolved) as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
        with explained(target, replacing=True):
            patiently(partial(os.replace, draft, resolved) if replacing else partial(_appear, target, draft, resolved))
        _sync(resolved.parent)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(draft)


def _appear(target: Path, draft: Path, resolved: Path) -> None:
    """Move the draft to a free path; a file that appeared there meanwhile is not replaced."""
    try:
        if sys.platform == "win32":
            os.rename(draft, resolved)
            return
        os.link(draft, resolved)
    except FileExistsError as error:
        raise UnwritableOutput("target_exists", path=target) from error
    except OSError:
        if sys.platform == "win32":
            raise
        if os.path.lexists(resolved):  # no hard links here: a file may still appear before the next line
            raise UnwritableOutput("target_exists", path=target) from None
        os.replace(draft, resolved)
    else:
        os.unlink(draft)


def _drafted(draft: Path, resolved: Path) -> BinaryIO:
    """Open the draft, with owner and permissions of the old file."""
    try:
        old = resolved.stat()
    except FileNotFoundError:
        return open(draft, "xb")
    mode = stat.S_IMODE(old.st_mode)
    out = open(draft, "xb", opener=partial(os.open, mode=mode))  # noqa: SIM115 - the caller closes it
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.fchown(out.fileno(), old.st_uid, old.st_gid)
        with contextlib.suppress(OSError):
            os.fchmod(out.fileno(), mode)
    return out


def patiently(act: Callable[[], object], patience: float | None = None) -> None:
    """Retry for so many seconds, or PATIENCE: on Windows, Excel, virus scanners and sync clients hold files briefly."""
    deadline = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        try:
            act()
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _sync(folder: Path) -> None:
    """Flush the folder's new entry to disk. Windows has no such call, and some file systems refuse it."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
