"""Detects sources that change during a run and sources with the same bytes. Compares size, time and SHA-256."""

from __future__ import annotations

from pathlib import Path

from xlperf.checks import finding
from xlperf.consolidate.file_result import refused_result
from xlperf.consolidate.records import FileRecord, FileResult, Source
from xlperf.consolidate.worker_pool import Read
from xlperf.model import Locus


def with_modified(read: Read, source: Source) -> FileResult:
    """The result of `read`, with the file's modification time as it was before reading."""
    modified = _modification(source.path)
    result = read(source)
    return result._replace(file=result.file._replace(modified=modified)) if result.file.sha256 else result


def changed(file: FileRecord) -> bool:
    """Whether size or modification time of a file differ from those at reading, or the file is gone."""
    if not file.sha256 or file.modified is None:
        return False
    try:
        now = file.path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (file.size, file.modified)


class Duplicates:
    """Remembers the first file with each SHA-256."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def checked(self, result: FileResult) -> FileResult:
        """The same result, or a refusal where a file with the same bytes was consolidated before."""
        file = result.file
        first = file.name if file.reason else self._first.setdefault(file.sha256, file.name)
        if first == file.name:
            return result
        reason = finding("XPF613", Locus(file=file.name), first=first)
        again = FileRecord(file.path, file.name, reason, file.sha256, file.size, file.edition, modified=file.modified)
        return refused_result(again)


def _modification(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
