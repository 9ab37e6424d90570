"""The temporary folder is a disk that fills up too: what goes wrong there is said, and is no bug."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator

from xlperf.files.trouble import DISK_FULL
from xlperf.model import UnwritableOutput


@contextlib.contextmanager
def temporary_disk() -> Iterator[None]:
    """Everything done here to temporary files raises UnwritableOutput where the disk does not do it."""
    try:
        yield
    except OSError as error:
        key = "temporary_full" if error.errno in DISK_FULL else "temporary_unwritable"
        reason = error.strerror or type(error).__name__
        raise UnwritableOutput(key, path=tempfile.tempdir or "TMPDIR", reason=reason) from error
