"""A target belongs to one running process at a time: the lock on a hidden file beside it vanishes with its holder.

It also tells what a killed run left behind: a draft whose lock can be taken belongs to nobody.
Where a file system knows no locks, a lease names host and process instead.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PREFIX = ".xlperf-"
DRAFT, LOCK, LEASE = ".tmp", ".lock", ".lease"
LONGEST_NAME = 200  # bytes; file systems take 255 with prefix and suffix

MOST_TURNS = 50
PATIENCE = 0.3  # seconds: whoever sweeps holds a lock for a moment
HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF)
OTHER_HOST = 3600  # seconds after which a lease of another host is given up
UNSIGNED = 60  # seconds after which a lease that names nobody is given up
LOCK_BYTE = 2**30  # on Windows a locked byte cannot be read; this one holds nothing

_ours: set[Path] = set()  # NFS lets a process lock twice, and drops both at the first close


class Busy(Exception):
    """Another process holds the lock; says who."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who


class NoLock(Exception):
    """Where a lock belongs lies something that is none: a link to another file, a folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Lock(NamedTuple):
    """A lock held by this process; `handle` is None for a lease."""

    path: Path
    handle: int | None

    def release(self) -> None:
        """Give it up; the file goes while it is still locked, so that nobody locks a file that is no longer there."""
        _ours.discard(self.path)
        if self.handle is None:
            _remove(self.path)
        elif sys.platform == "win32":  # where an open file cannot be removed, neither by us nor under another's lock
            os.close(self.handle)
            _remove(self.path)
        else:
            _remove(self.path)
            os.close(self.handle)


def beside(target: Path, suffix: str) -> Path:
    """The hidden file of this kind that goes with a target."""
    name = target.name
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return target.with_name(f"{PREFIX}{name}{suffix}")


def take(path: Path) -> Lock:
    """Lock this file. Raises Busy, almost at once, NoLock and OSError."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            lock = _taken(path)
            _ours.add(lock.path)
            return lock
        except (Busy, PermissionError) as error:
            # Windows lets nobody open a file that its holder is just removing: as good as held.
            waits = isinstance(error, Busy) or sys.platform == "win32"
            if not waits or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def sweep(folder: Path) -> None:
    """Remove what killed runs left in this folder; what belongs to a running one stays."""
    with contextlib.suppress(OSError):
        for stem in set(_left_behind(folder)):
            with contextlib.suppress(Busy, NoLock, OSError):
                lock = _taken(folder / f"{stem}{LOCK}")
                _remove(folder / f"{stem}{DRAFT}")
                lock.release()


def _left_behind(folder: Path) -> Iterator[str]:
    for name in os.listdir(folder):
        for suffix in (DRAFT, LOCK, LEASE):
            if name.startswith(PREFIX) and name.endswith(suffix):
                yield name.removesuffix(suffix)


def _taken(path: Path) -> Lock:
    if not _ours.isdisjoint((path, path.with_suffix(LEASE))):
        raise Busy(_shown(_signature().splitlines()))
    for _ in range(MOST_TURNS):
        handle = _opened(path)
        try:
            _lock(handle)
        except OSError as error:
            who = _said(path)
            os.close(handle)
            if error.errno in HELD:
                raise Busy(_shown(who)) from error
            if error.errno not in NO_LOCKS:
                raise
            _remove(path)
            return _leased(path)
        if _still(path, handle):
            with contextlib.suppress(OSError):  # who holds it is a courtesy
                if os.fstat(handle).st_size:  # ext4 hurries to disk what was truncated, even if it was empty
                    os.truncate(handle, 0)
                os.write(handle, _signature().encode(errors="replace"))
            return Lock(path, handle)
        os.close(handle)  # its last holder removed it between opening and locking
    return _leased(path)  # a file system that cannot tell whether two files are one


def _opened(path: Path) -> int:
    """The lock file, open. Raises NoLock for what would be written to in its place, under another name too."""
    try:
        handle = _open(path)
    except OSError:
        if path.is_symlink() or path.is_dir():
            raise NoLock(path) from None
        raise
    status = os.fstat(handle)
    if path.is_symlink() or status.st_nlink > 1 or not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise NoLock(path)
    return handle


def _open(path: Path) -> int:
    safe = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for a writer
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | safe, 0o666)
    except PermissionError:  # of another person; to lock it, reading is enough
        try:
            return os.open(path, os.O_RDONLY | safe)
        except OSError:
            pass
        raise


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _still(path: Path, handle: int) -> bool:
    """Whether the open file is the one that lies there."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _leased(lock: Path) -> Lock:
    """A lease in place of a lock: whoever creates the file has it. Raises Busy, NoLock, OSError."""
    path = lock.with_suffix(LEASE)
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise NoLock(path) from None
            said = _said(path)
            if not _given_up(path, said):
                raise Busy(_shown(said)) from None
            # Without locks a moment remains in which two may remove it; the target is replaced whole even then.
            if _said(path) == said:
                _remove(path)
        else:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(_signature())
            return Lock(path, None)


def _given_up(path: Path, said: list[str]) -> bool:
    """Whether nobody stands behind this lease: its process is gone, or it is too old to be believed."""
    try:
        age = time.time() - os.stat(path).st_mtime
    except FileNotFoundError:
        return True
    if not said:
        return age > UNSIGNED
    host, process, _ = said
    if host == host_name() and sys.platform != "win32":  # where asking for a process may end it
        return not _alive(int(process))
    return age > OTHER_HOST


def host_name() -> str:
    """The name of this PC; `platform.node` would ask Windows' WMI, which takes seconds and may hang."""
    return os.environ.get("COMPUTERNAME", "?") if sys.platform == "win32" else os.uname().nodename


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _signature() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "?"
    return f"{host_name()}\n{os.getpid()}\n{user}\n"


def _said(path: Path) -> list[str]:
    """Host, process and user as the file has them; nothing where it does not say."""
    try:
        with open(path, "rb") as file:
            lines = file.read(400).decode(errors="replace").splitlines()
    except OSError:
        return []
    good = len(lines) == 3 and lines[1].isdecimal() and len(lines[1]) < 10 and all(map(str.isprintable, lines))
    return lines if good else []


def _shown(said: list[str]) -> str:
    return "{2}@{0}, PID {1}".format(*said) if said else "?"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
