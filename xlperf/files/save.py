"""Puts a file in its place all at once: the target is the old file or the new one, never anything between.

The new one is drafted beside the target under the target's lock, so that two runs never write one target at a time.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from xlperf.files.lock import DRAFT, LOCK, PREFIX, Busy, Lock, NoLock, beside, sweep, take
from xlperf.files.trouble import explained
from xlperf.model import UnwritableOutput

PATIENCE = 2.0  # seconds to wait for whoever holds the target on Windows
FOLDER = "generate"  # names the lock of a whole folder

Write = Callable[[BinaryIO], object]


def replace_file(target: Path, write: Write, *, force: bool = False) -> None:
    """Write a file beside the target and put it in its place.

    Raises UnwritableOutput, leaving what stood there, when the target exists (and `force` is off) or cannot be
    written, or another run is writing it.
    """
    with reserved(target, force=force) as put:
        put(write)


def save_bytes(target: Path, content: bytes, *, force: bool = False) -> None:
    """Put a file of this content in its place. Raises as `replace_file`."""
    replace_file(target, lambda file: file.write(content), force=force)


@contextlib.contextmanager
def reserved(target: Path, *, force: bool = False) -> Iterator[Callable[[Write], None]]:
    """Keep the target for this run while its content is made; what is given puts a file there.

    Raises as `replace_file`: at once where another run has the target, or nothing can be written beside it.
    """
    with explained(target):
        place = Path(os.path.realpath(target))  # the file a link leads to is replaced, the link stays
        if target.is_symlink() and not place.exists():
            raise UnwritableOutput("target_leads_nowhere", path=target, place=place)
        _refuse(target, place, force)
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep(place.parent)
        lock = _taken(beside(place, LOCK), target)
    try:
        with explained(target, replacing=True):
            _refuse(target, place, force)  # another run may have ended meanwhile
            if sys.platform == "win32" and place.exists():
                _patiently(lambda: open(place, "r+b").close())  # fails where Excel has it open
        ours = force  # what stands there may be replaced: by permission, or as written by this run

        def put(write: Write) -> None:
            nonlocal ours
            _put(target, place, write, replacing=ours)
            ours = True

        yield put
    finally:
        lock.release()


@contextlib.contextmanager
def reserved_folder(folder: Path) -> Iterator[None]:
    """Keep a folder for this run, which writes several files that belong together. Raises UnwritableOutput."""
    with explained(folder):
        place = Path(os.path.realpath(folder))
        place.mkdir(parents=True, exist_ok=True)
        sweep(place)
        lock = _taken(place / f"{PREFIX}{FOLDER}{LOCK}", folder)
    try:
        yield
    finally:
        lock.release()


def _taken(path: Path, target: Path) -> Lock:
    try:
        return take(path)
    except Busy as busy:
        raise UnwritableOutput("target_busy", path=target, who=busy.who) from busy
    except NoLock as found:
        raise UnwritableOutput("lock_in_the_way", path=target, lock=found.path) from found


def _refuse(target: Path, place: Path, force: bool) -> None:
    """Say what stands in the way."""
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise UnwritableOutput("target_is_folder", path=target)
    if not stat.S_ISREG(mode):  # replacing a device takes it from every program
        raise UnwritableOutput("target_is_device", path=target)
    if not force:
        raise UnwritableOutput("target_exists", path=target)
    if not mode & 0o222:
        raise UnwritableOutput("target_protected", path=target)


def _put(target: Path, place: Path, write: Write, *, replacing: bool) -> None:
    draft = beside(place, DRAFT)
    try:
        with explained(target):
            if draft.is_dir() and not draft.is_symlink():
                raise UnwritableOutput("lock_in_the_way", path=target, lock=draft)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(draft)  # of a run that was killed
            with _drafted(draft, place) as out:
                write(out)
                out.flush()
                os.fsync(out.fileno())
        with explained(target, replacing=True):
            _patiently(partial(os.replace, draft, place) if replacing else partial(_appear, target, draft, place))
        _sync(place.parent)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(draft)


def _appear(target: Path, draft: Path, place: Path) -> None:
    """Put the draft where nothing stands; what somebody put there during the run is not replaced."""
    try:
        if sys.platform == "win32":
            os.rename(draft, place)
            return
        os.link(draft, place)
    except FileExistsError as error:
        raise UnwritableOutput("target_exists", path=target) from error
    except OSError:
        if sys.platform == "win32":
            raise
        if os.path.lexists(place):  # a file system without hard links: between this and the next line is a moment
            raise UnwritableOutput("target_exists", path=target) from None
        os.replace(draft, place)
    else:
        os.unlink(draft)


def _drafted(draft: Path, place: Path) -> BinaryIO:
    """The new file, with the permissions of the old one."""
    try:
        old = place.stat()
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


def _patiently(act: Callable[[], object]) -> None:
    """Do it, with patience: Excel, virus scanners and sync clients hold files for moments on Windows."""
    deadline = time.monotonic() + PATIENCE
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
    """Have the folder's new entry on disk too; Windows has no such thing, and some file systems refuse."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
