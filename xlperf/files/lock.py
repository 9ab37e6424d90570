"""Reserves a target for one process: a lock on a hidden file beside it, which ends with the process.

A draft whose lock can be taken was left by a killed run. Where a file system has no locks, a lease file names host and
process instead.
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
LONGEST_NAME = 200  # bytes; with prefix and suffix file systems allow 255

MOST_TURNS = 50
PATIENCE = 0.3  # seconds: a run that sweeps holds each lock briefly
LOCKED_ERRORS = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
UNSUPPORTED_ERRORS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF)
OTHER_HOST = 3600  # seconds after which a lease of another host expires
UNSIGNED = 60  # seconds after which a lease without a name expires
LOCK_BYTE = 2**30  # beyond the content, because on Windows a locked byte cannot be read

_ours: set[Path] = set()  # NFS lets a process lock a file twice, and drops both locks at the first close


class Busy(Exception):
    """Another process holds the lock; `who` names it."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who


class NoLock(Exception):
    """Something else has the name of the lock file: a link, a folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Lock(NamedTuple):
    """A lock held by this process; `handle` is None for a lease."""

    path: Path
    handle: int | None

    def release(self) -> None:
        """Release the lock. The file is removed while still locked, so that nobody locks a removed file."""
        _ours.discard(self.path)
        if self.handle is None:
            _remove(self.path)
        elif sys.platform == "win32":  # nobody can remove an open file there
            os.close(self.handle)
            _remove(self.path)
        else:
            _remove(self.path)
            os.close(self.handle)


def beside(target: Path, suffix: str) -> Path:
    """The hidden file beside a target with this suffix."""
    name = target.name
    if len(os.fsencode(name)) > LONGEST_NAME:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return target.with_name(f"{PREFIX}{name}{suffix}")


def take(path: Path) -> Lock:
    """Lock this file. Raises Busy (after PATIENCE), NoLock and OSError."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            lock = _taken(path)
            _ours.add(lock.path)
            return lock
        except (Busy, PermissionError) as error:
            # Windows refuses to open a file that its holder is removing: treat it as locked.
            may_wait = isinstance(error, Busy) or sys.platform == "win32"
            if not may_wait or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def held(path: Path) -> bool:
    """Whether this process holds the lock."""
    return not _ours.isdisjoint((path, path.with_suffix(LEASE)))


def sweep(folder: Path) -> None:
    """Remove files that killed runs left in this folder; those of running ones stay."""
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
    if held(path):
        raise Busy(_described(_signature().splitlines()))
    for _ in range(MOST_TURNS):
        handle = _opened(path)
        try:
            _lock(handle)
        except OSError as error:
            holder = _holder(path)
            os.close(handle)
            if error.errno in LOCKED_ERRORS:
                raise Busy(_described(holder)) from error
            if error.errno not in UNSUPPORTED_ERRORS:
                raise
            _remove(path)
            return _leased(path)
        if _is_at(path, handle):
            with contextlib.suppress(OSError):  # the holder's name is only for messages
                if os.fstat(handle).st_size:  # ext4 flushes truncated files to disk, even those that were empty
                    os.truncate(handle, 0)
                os.write(handle, _signature().encode(errors="replace"))
            return Lock(path, handle)
        os.close(handle)  # the last holder removed the file between opening and locking
    return _leased(path)  # the file system cannot tell whether two files are the same


def _opened(path: Path) -> int:
    """Open the lock file. Raises NoLock for a link, folder or device, and for a file with a second name."""
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
    except PermissionError:  # another user's file; reading suffices to lock it
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


def _is_at(path: Path, handle: int) -> bool:
    """Whether the open file is the one at this path."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _leased(lock: Path) -> Lock:
    """A lease in place of a lock; the process that creates the file holds it. Raises Busy, NoLock, OSError."""
    path = lock.with_suffix(LEASE)
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:
            if not stat.S_ISREG(os.lstat(path).st_mode):
                raise NoLock(path) from None
            holder = _holder(path)
            if not _is_expired(path, holder):
                raise Busy(_described(holder)) from None
            # Without locks two processes may both remove it here; even then the target is replaced atomically.
            if _holder(path) == holder:
                _remove(path)
        else:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(_signature())
            return Lock(path, None)


def _is_expired(path: Path, holder: list[str]) -> bool:
    """Whether a lease no longer counts: its process is gone, or it is too old."""
    try:
        age = time.time() - os.stat(path).st_mtime
    except FileNotFoundError:
        return True
    if not holder:
        return age > UNSIGNED
    host, process, _ = holder
    if host == host_name() and sys.platform != "win32":  # on Windows os.kill ends the process
        return not _alive(int(process))
    return age > OTHER_HOST


def host_name() -> str:
    """The name of this PC. `platform.node` would ask Windows' WMI, which takes seconds and may hang."""
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


def _holder(path: Path) -> list[str]:
    """Host, process and user as the file states them; empty where it does not."""
    try:
        with open(path, "rb") as file:
            lines = file.read(400).decode(errors="replace").splitlines()
    except OSError:
        return []
    is_signature = len(lines) == 3 and lines[1].isdecimal() and len(lines[1]) < 10 and all(map(str.isprintable, lines))
    return lines if is_signature else []


def _described(holder: list[str]) -> str:
    return "{2}@{0}, PID {1}".format(*holder) if holder else "?"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
