"""Detects sources that change during a run, by size and time."""

from __future__ import annotations

from pathlib import Path

from xlperf.consolidate.records import FileRecord, FileResult, Source
from xlperf.consolidate.worker_pool import Read


def with_modified(read: Read, source: Source) -> FileResult:
    """The result of `read`, with the file's modification time and stamp as they were before reading."""
    modified, stamp = modified_at(source.path), stamp_of(source.path)
    result = read(source)
    if not result.file.sha256:
        return result
    return result._replace(file=result.file._replace(modified=modified, stamp=stamp))


def stamp_of(path: Path) -> str:
    """What tells a file and its state without reading it: size, times, and the number the file system gave it.

    A file that takes the place of another, or a link that leads elsewhere, has another stamp. "" where there is none.
    """
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_dev} {stat.st_ino}"


def changed(file: FileRecord) -> bool:
    """Whether size or modification time of a file differ from those at reading, or the file is gone."""
    if not file.sha256 or file.modified is None:
        return False
    try:
        now = file.path.stat()
    except OSError:
        return True
    return (now.st_size, now.st_mtime_ns) != (file.size, file.modified)


def modified_at(path: Path) -> int | None:
    try:
        modified = path.stat().st_mtime_ns
        return modified if abs(modified) < 2**63 else None  # beyond what a dataset, and any calendar, holds
    except OSError:
        return None
