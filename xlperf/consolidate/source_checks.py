"""That sources were only read, and each only once: what a file was when it was opened, and whether it still is."""

from __future__ import annotations

from pathlib import Path

from xlperf.consolidate.file_result import refusal
from xlperf.consolidate.records import Digest, FileLine, Source
from xlperf.consolidate.worker_pool import Read


def dated(read: Read, source: Source) -> Digest:
    """What `read` makes of the file, with the time it was last modified, as it was before reading."""
    modified = _modification(source.path)
    found = read(source)
    return found._replace(file=found.file._replace(modified=modified)) if found.file.sha256 else found


def changed(file: FileLine) -> bool:
    """Whether a file that was read is no longer what it was then, by its size and the time it was modified."""
    if not file.sha256 or file.modified is None:
        return False
    try:
        now = file.path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (file.size, file.modified)


class Seen:
    """Which bytes were read, and of which file first."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def once(self, found: Digest) -> Digest:
        """The same; or, where these very bytes were consolidated before, the file as refused."""
        file = found.file
        if file.reason is not None:
            return found
        first = self._first.setdefault(file.sha256, file.shown)
        if first == file.shown:
            return found
        again = refusal(Source(file.path, file.shown), "XPF613", first=first)
        line = again.file._replace(sha256=file.sha256, size=file.size, edition=file.edition, modified=file.modified)
        return again._replace(file=line)


def _modification(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
