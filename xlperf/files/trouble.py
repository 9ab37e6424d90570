"""Maps a system's errors on writing to sentences a person can act on."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterator
from pathlib import Path

from xlperf.model import UnwritableOutput

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
SENTENCES = {
    **dict.fromkeys(DISK_FULL, "disk_full"),
    errno.EROFS: "target_read_only",
    errno.EACCES: "target_denied",
    errno.EPERM: "target_denied",
    errno.EISDIR: "target_is_folder",
    errno.ENOTDIR: "folder_is_file",
    errno.EEXIST: "folder_is_file",
    errno.ENAMETOOLONG: "path_too_long",
}
TOO_LONG_ON_WINDOWS = 206  # ERROR_FILENAME_EXCED_RANGE


@contextlib.contextmanager
def explained(target: Path, *, replacing: bool = False) -> Iterator[None]:
    """Every OSError in here becomes an UnwritableOutput about the target.

    On Windows, a target that cannot be replaced though its folder is writable is open in another program.
    """
    try:
        yield
    except OSError as error:
        key = SENTENCES.get(error.errno or 0, "target_unwritable")
        if getattr(error, "winerror", None) == TOO_LONG_ON_WINDOWS:
            key = "path_too_long"
        elif replacing and key == "target_denied" and sys.platform == "win32":
            key = "target_open"
        raise UnwritableOutput(key, path=target, reason=error.strerror or type(error).__name__) from error
