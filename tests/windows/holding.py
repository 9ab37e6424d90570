"""Another program's hold on a file: opened without sharing, as Excel opens a workbook."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READ_AND_WRITE, OPEN_EXISTING = 0xC0000000, 3


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Nobody else may open, replace or remove the file meanwhile."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(str(path), READ_AND_WRITE, 0, None, OPEN_EXISTING, 0, None)
    assert handle != ctypes.c_void_p(-1).value, f"cannot hold {path}"
    try:
        yield
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
