"""Which files there are, and which of them are turned away before anybody tries to read them.

Nothing is passed over in silence but hidden files and folders, whose names begin with a dot.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Sequence
from pathlib import Path, PurePosixPath

from xlperf.checks import finding
from xlperf.consolidate.copies import original
from xlperf.consolidate.records import FileLine, Source
from xlperf.files.guard import LARGEST_FILE, LOCK_FILES, NO_FILE
from xlperf.model import Locus, UnreadableInput
from xlperf.model.text import spelt
from xlperf.ooxml.properties import properties_in

# What nobody hands in as a filled form; anything else is opened and judged by its content.
# fmt: off
NO_WORKBOOKS = frozenset((
    ".doc", ".docx", ".wps", ".pdf", ".ppt", ".pptx", ".txt", ".md", ".log", ".ini", ".lnk", ".url", ".db",
    ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tmp", ".bak",
))
# fmt: on

# Copies that sync clients leave when two people saved at once: Syncthing, Dropbox, OneDrive, Nextcloud, Jianguoyun.
# A project may be about 冲突, so that word alone says nothing.
CONFLICT = re.compile(
    r"sync-?conflict|conflicted copy|\(conflict\w*[ _)-]|-(?:ns)?conflict(?:[-_ .\d]|$)"
    r"|冲突副本|冲突文件|的冲突|[-－(（]冲突(?:[-_ .)）\d]|$)",
    re.IGNORECASE,
)

KIND, SUMMARY = "xlperf.kind", "summary"  # the custom property of what we write, and its value


def sources_in(paths: Path | Sequence[Path]) -> list[Source]:
    """Every file of these files and folders, folders with all their subfolders, in the order of their names.

    What is a copy by its name follows the file it is a copy of.
    Files are shown relative to the folder they share, each under a name of its own.
    Raises UnreadableInput where a path does not exist or there is no file at all.
    """
    given = [paths] if isinstance(paths, Path) else list(paths)
    found: dict[str, Path] = {}
    for path in given:
        if not os.path.lexists(path):
            raise UnreadableInput("source_missing", path=path)
        for file in _walk(path) if os.path.isdir(path) else (path,):
            found.setdefault(os.path.abspath(file), file)
    if not found:
        raise UnreadableInput("folder_empty", path="、".join(map(str, given)))
    base = _base(given)
    names: dict[str, Path] = {}
    for full in sorted(found):
        names[_free(_shown(Path(full), base), names)] = found[full]
    sources = [Source(path, shown) for shown, path in names.items()]

    def order(source: Source) -> tuple[str, bool, str]:
        first = original(source.shown, names)
        return first or source.shown, bool(first), source.shown

    return sorted(sources, key=order)


def _walk(folder: Path) -> list[Path]:
    """The files below, and what cannot be entered: links to folders, folders that may not be read."""
    found: list[Path] = []
    unreadable: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if os.path.islink(os.path.join(at, name))]
        visible = (name for name in files if not name.startswith(".") or name.startswith(LOCK_FILES))
        found.extend(Path(at, name) for name in (*visible, *links))
    return found + [Path(str(error.filename)) for error in unreadable]


def _base(given: Sequence[Path]) -> Path | None:
    """The folder all of them are in; None where there is none, as on two drives."""
    try:
        return Path(os.path.commonpath([os.path.abspath(p if os.path.isdir(p) else p.parent) for p in given]))
    except ValueError:
        return None


def _shown(full: Path, base: Path | None) -> str:
    return spelt((full.relative_to(base) if base else full).as_posix())


def _free(shown: str, taken: Container[str]) -> str:
    """The name, with a number where another file is shown by it: names may differ in a blank that looks alike."""
    path, number, free = PurePosixPath(shown), 1, shown
    while free in taken:
        number += 1
        free = str(path.with_name(f"{path.stem}〔{number}〕{path.suffix}"))
    return free


def turned_away(source: Source) -> FileLine | None:
    """The file as refused for what its name or kind says, or None where it is worth opening."""
    path = source.path
    if path.name.startswith(LOCK_FILES):
        return None  # the reader knows them
    if trouble := _trouble(path):
        return refused_line(source, "XPF211", reason=trouble)
    if CONFLICT.search(path.name):
        return refused_line(source, "XPF607")
    if path.suffix.lower() in NO_WORKBOOKS:
        return refused_line(source, "XPF210")
    if is_summary(path):  # no source: it may be the very one to be replaced, so nothing is recorded of it
        return FileLine(path, source.shown, finding("XPF608", Locus(file=source.shown)))
    return None


def _trouble(path: Path) -> str:
    """Why this is no file that can be opened; "" where it may be one."""
    try:
        return "" if stat.S_ISREG(path.stat().st_mode) else NO_FILE
    except FileNotFoundError:
        return "找不到"
    except OSError as error:
        return error.strerror or type(error).__name__


def refused_line(source: Source, code: str, **values: object) -> FileLine:
    """A file that is not read for this reason, with its size and hash as far as they can be had."""
    line = FileLine(source.path, source.shown, finding(code, Locus(file=source.shown), **values))
    try:
        size = source.path.stat().st_size
        if not source.path.is_file() or size > LARGEST_FILE:
            return line._replace(size=size)
        with source.path.open("rb") as file:
            return line._replace(size=size, sha256=hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return line


def is_summary(path: Path) -> bool:
    """Whether the file is a summary of ours, by its properties; its sheets may be huge and stay packed."""
    xml = properties_in(path)
    return KIND.encode() in xml and f">{SUMMARY}<".encode() in xml
