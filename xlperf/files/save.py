"""Puts a file in its place all at once: the target is the old file or the new one, never anything between."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from xlperf.model import UnwritableOutput

PREFIX = ".xlperf-"
PATIENCE = 2.0  # seconds to wait for whoever holds the target on Windows


def replace_file(target: Path, write: Callable[[BinaryIO], object], *, force: bool = False) -> None:
    """Write a file beside the target and put it in its place.

    Raises UnwritableOutput, leaving what stood there, when the target exists (and `force` is off), its folder cannot
    be written, or another program holds it.
    """
    if target.is_dir():
        raise UnwritableOutput("target_unwritable", path=target, reason="这是一个文件夹")
    if target.exists() and not force:
        raise UnwritableOutput("target_exists", path=target)
    draft = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=".tmp", dir=target.parent)
        draft = Path(name)
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        draft.chmod(0o666 & ~_umask())
        _put(draft, target)
    except PermissionError as error:
        key = "target_open" if draft else "target_unwritable"
        raise UnwritableOutput(key, path=target, reason=_reason(error)) from error
    except OSError as error:
        raise UnwritableOutput("target_unwritable", path=target, reason=_reason(error)) from error
    finally:
        if draft:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)


def _put(draft: Path, target: Path) -> None:
    """Replace, with patience: Excel, virus scanners and sync clients hold files for moments on Windows."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            os.replace(draft, target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
