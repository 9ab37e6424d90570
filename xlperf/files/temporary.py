"""Turns errors of the temporary folder, such as a full disk, into UnwritableOutput."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator

from xlperf.files.trouble import DISK_FULL
from xlperf.model import UnwritableOutput


@contextlib.contextmanager
def temporary_disk() -> Iterator[None]:
    """Every OSError in here becomes an UnwritableOutput about the temporary folder."""
    try:
        yield
    except OSError as error:
        key = "temporary_full" if error.errno in DISK_FULL else "temporary_unwritable"
        reason = error.strerror or type(error).__name__
        raise UnwritableOutput(key, path=tempfile.tempdir or "TMPDIR", reason=reason) from error
