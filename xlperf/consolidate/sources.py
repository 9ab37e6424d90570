"""Lists the files to consolidate and rejects those that are no filled workbooks by name or kind, without reading them.

Skips only hidden files and folders (names that begin with a dot) and our own datasets without a record.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Sequence
from pathlib import Path, PurePosixPath

from xlperf.checks import finding
from xlperf.consolidate.copies import SUFFIXES, original
from xlperf.consolidate.records import FileRecord, Source
from xlperf.dataset.keep import SUFFIX, is_dataset
from xlperf.files.guard import LARGEST_FILE, LOCK_FILES, NO_FILE
from xlperf.files.save import BACKUP
from xlperf.model import Locus, UnreadableInput
from xlperf.model.text import spelt
from xlperf.ooxml.properties import properties_in

# Files that are never filled forms; all others are opened and judged by their content.
# fmt: off
NO_WORKBOOKS = frozenset((
    ".doc", ".docx", ".wps", ".pdf", ".ppt", ".pptx", ".txt", ".md", ".log", ".ini", ".lnk", ".url", ".db",
    ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tmp", ".bak", ".sqlite", ".toml",
))
# fmt: on

# Conflict copies of Syncthing, Dropbox, OneDrive, Nextcloud and Jianguoyun. The word 冲突 alone is no mark: a project
# may be about it.
CONFLICT = re.compile(
    r"sync-?conflict|conflicted copy|\(conflict\w*[ _)-]|-(?:ns)?conflict(?:[-_ .\d]|$)"
    r"|冲突副本|冲突文件|的冲突|[-－(（]冲突(?:[-_ .)）\d]|$)",
    re.IGNORECASE,
)

# The custom property that marks workbooks we make of what came back, and its values.
KIND, SUMMARY, PASTE = "xlperf.kind", "summary", "paste"


def sources_in(paths: Path | Sequence[Path]) -> list[Source]:
    """Every file of these files and folders, with all subfolders, in the order of their names.

    A copy (by its name) follows its original. Names are unique and relative to the folder the files share.
    Raises UnreadableInput where a path does not exist or there is no file at all.
    """
    given = [paths] if isinstance(paths, Path) else list(paths)
    by_full: dict[str, Path] = {}
    for path in given:
        if not os.path.lexists(path):
            raise UnreadableInput("source_missing", path=path)
        for file in _walk(path) if os.path.isdir(path) else (path,):
            by_full.setdefault(os.path.abspath(file), file)
    if not by_full:
        raise UnreadableInput("folder_empty", path=[*given])
    base = _base(given)
    names: dict[str, Path] = {}
    for full in sorted(by_full):
        names[_free(_name(Path(full), base), names)] = by_full[full]
    sources = [Source(path, name) for name, path in names.items()]

    def order(source: Source) -> tuple[str, bool, str]:
        first = original(source.name, names)
        return first or source.name, bool(first), source.name

    return sorted(sources, key=order)


def _walk(folder: Path) -> list[Path]:
    """The files below a folder, links to folders, and folders that may not be read."""
    paths: list[Path] = []
    unreadable: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(at, name))]
        visible = (name for name in files if not name.startswith(".") or name.startswith(LOCK_FILES))
        paths.extend(path for name in (*visible, *links) if not _is_dataset(path := Path(at, name)))
    return paths + [Path(str(error.filename)) for error in unreadable]


def _is_dataset(path: Path) -> bool:
    try:
        return path.suffix.lower() == SUFFIX and is_dataset(path)
    except OSError:
        return False


def _base(given: Sequence[Path]) -> Path | None:
    """The folder that contains all of them; None where there is none, as on two drives."""
    try:
        return Path(os.path.commonpath([os.path.abspath(p if os.path.isdir(p) else p.parent) for p in given]))
    except ValueError:
        return None


def _name(full: Path, base: Path | None) -> str:
    return spelt((full.relative_to(base) if base else full).as_posix())


def _free(name: str, taken: Container[str]) -> str:
    """The name, numbered where it is taken: `spelt` makes names alike that differ in a kind of blank."""
    path, number, free = PurePosixPath(name), 1, name
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem}〔{number}〕{path.suffix}"))
    return free


def rejection(source: Source) -> FileRecord | None:
    """The record of a file refused for its name or kind; None where it is worth opening."""
    path = source.path
    if path.name.startswith(LOCK_FILES):
        return None  # the reader refuses them
    if trouble := _trouble(path):
        return refused_record(source, "XPF211", reason=trouble)
    if CONFLICT.search(path.name):
        return refused_record(source, "XPF607")
    if path.suffix == BACKUP and path.stem.endswith(SUFFIXES):
        return refused_record(source, "XPF241")
    if path.suffix.lower() in NO_WORKBOOKS:
        return refused_record(source, "XPF210")
    if is_summary(path):  # without size and hash: this run may be about to replace it
        return FileRecord(path, source.name, finding("XPF608", Locus(file=source.name)))
    if _is(PASTE, path):
        return refused_record(source, "XPF707")
    return None


def _trouble(path: Path) -> str:
    """Why the file cannot be opened; "" where it probably can."""
    try:
        return "" if stat.S_ISREG(path.stat().st_mode) else NO_FILE
    except FileNotFoundError:
        return "找不到"
    except OSError as error:
        return error.strerror or type(error).__name__


def refused_record(source: Source, code: str, **values: object) -> FileRecord:
    """The record of a file refused for this reason, with size and hash where they can be had."""
    record = FileRecord(source.path, source.name, finding(code, Locus(file=source.name), **values))
    try:
        size = source.path.stat().st_size
        if not source.path.is_file() or size > LARGEST_FILE:
            return record._replace(size=size)
        with source.path.open("rb") as file:
            return record._replace(size=size, sha256=hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return record


def is_summary(path: Path) -> bool:
    """Whether the file is a summary of ours, by its properties; its sheets, which may be huge, stay packed."""
    return _is(SUMMARY, path)


def _is(kind: str, path: Path) -> bool:
    properties = properties_in(path)
    return KIND.encode() in properties and f">{kind}<".encode() in properties
