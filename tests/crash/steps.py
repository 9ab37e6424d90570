"""Every step of a write under one folder, numbered as it happens, and a death before, in the middle of, or after one.

Patched in a forked child that dies anyway; the product knows nothing of it.
"""

from __future__ import annotations

import fcntl
import io
import os
import signal
from collections.abc import Callable
from typing import Any, NoReturn

from xlperf.files import save

BY_PATH = ("open", "replace", "rename", "unlink", "remove", "mkdir", "truncate", "link", "chmod")
BY_HANDLE = ("write", "fsync", "close", "fchmod", "fchown")
PIECE = 16_384  # bytes of one write: a longer one is several steps

Stop = tuple[int, str] | None
"""The number of the step to die at, from 1, and when: before, half, after."""


class Steps:
    """Counts the steps of this process under a folder and dies at one of them."""

    def __init__(self, folder: str, stop: Stop, tell: Callable[[str], object]) -> None:
        self._folder = os.path.realpath(folder)
        self._stop = stop
        self._tell = tell
        self._number = 0
        self._handles: set[int] = set()
        for name in BY_PATH:
            setattr(os, name, self._by_path(name, getattr(os, name)))
        for name in BY_HANDLE:
            setattr(os, name, self._by_handle(name, getattr(os, name)))
        fcntl.flock = self._by_handle("flock", fcntl.flock)  # type: ignore[assignment]
        save.open = self._opened  # type: ignore[attr-defined]

    def step(self, name: str, act: Callable[[], Any], half: Callable[[], object] | None = None) -> Any:
        """Do it, unless this is where to die."""
        self._number += 1
        self._tell(name)
        if self._stop == (self._number, "before"):
            die()
        if self._stop == (self._number, "half"):
            if half:
                half()
            die()
        number = self._number
        try:
            return act()
        finally:
            if self._stop == (number, "after"):
                die()

    def _by_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *more: Any, **named: Any) -> Any:
            inside = path in self._handles if isinstance(path, int) else self._under(path)
            if not inside:
                return real(path, *more, **named)
            done = self.step(name, lambda: real(path, *more, **named))
            if name == "open":
                self._handles.add(done)
            return done

        return call

    def _by_handle(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(handle: int, *more: Any) -> Any:
            if handle not in self._handles:
                return real(handle, *more)
            if name == "close":
                self._handles.discard(handle)
            return self.step(name, lambda: real(handle, *more))

        return call

    def _under(self, path: Any) -> bool:
        return os.path.realpath(os.path.dirname(os.path.abspath(os.fspath(path)))).startswith(self._folder)

    def _opened(self, path: Any, *more: Any, **named: Any) -> io.BufferedWriter:
        if "opener" not in named:
            return io.BufferedWriter(Raw(self.step("open", lambda: open(path, *more, **named)).detach(), self))
        return io.BufferedWriter(Raw(open(path, *more, **named).detach(), self))


class Raw(io.RawIOBase):
    """A file whose writes are steps, none longer than PIECE."""

    def __init__(self, raw: io.RawIOBase, steps: Steps) -> None:
        self._raw = raw
        self._steps = steps

    def write(self, content: Any) -> int:
        piece = bytes(content[:PIECE])
        done = self._steps.step(
            "write", lambda: self._raw.write(piece), lambda: self._raw.write(piece[: len(piece) // 2])
        )
        return int(done)

    @property
    def name(self) -> Any:
        """The path, by which a database is written: within one step."""
        return self._raw.name  # type: ignore[attr-defined]

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def fileno(self) -> int:
        return self._raw.fileno()

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._steps.step("close", self._raw.close)


def die() -> NoReturn:
    """As `kill -9` does it: nothing of this process runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("alive after SIGKILL")
