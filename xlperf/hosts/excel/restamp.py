"""A workbook's macros brought to the xlwings that is installed: its VBA names a DLL of one exact version."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xlperf.hosts.excel.installed import MODULE, version_in, xlwings_code, xlwings_version
from xlperf.hosts.excel.macros import STAMP
from xlperf.hosts.excel.project import standard_module
from xlperf.hosts.excel.reading import Project, Unreadable, read_project
from xlperf.model import UnreadableInput

Save = Callable[[Path, bytes], object]
"""Puts bytes in the place of a file, all at once."""

PROJECT, PROPERTIES = "xl/vbaProject.bin", "docProps/custom.xml"
LARGEST = 256 * 2**20  # bytes of all parts together
_STAMP = re.compile(rf'(?<=name="xlperf\.{STAMP}")([^>]*>\s*<vt:lpwstr>)[^<]*'.encode())


@dataclass(frozen=True)
class Restamped:
    """What happened to a workbook: the versions of xlwings its VBA was written for, and is now."""

    before: str
    after: str


def restamp(path: Path, save: Save) -> Restamped:
    """Replace the xlwings VBA in a workbook by that of the installed version; every other part keeps its bytes.

    Nothing is saved where the versions agree. Raises UnreadableInput for a file without our stamp, which may hold
    somebody else's xlwings, and XlperfError.
    """
    entries = _entries(path)
    project = _project(entries)
    if project is None or not _stamped(entries):
        raise UnreadableInput("macros_missing", path=path)
    before, after = version_in(project.source(MODULE)) or "?", xlwings_version()
    if before != after:
        entries[PROJECT] = project.with_source(MODULE, standard_module(MODULE, xlwings_code()).source)
        entries[PROPERTIES] = _STAMP.sub(rb"\g<1>" + after.encode(), entries[PROPERTIES])
        save(path, _packed(path, entries))
    return Restamped(before, after)


@dataclass(frozen=True)
class Macros:
    """The macros in a file: whether the stamp says they are ours, and the version of xlwings its VBA is written for."""

    ours: bool
    xlwings: str | None


def macros_in(path: Path) -> Macros | None:
    """What macros a workbook or add-in holds; None where it holds none. Raises UnreadableInput."""
    entries = _entries(path)
    if PROJECT not in entries:
        return None
    project = _project(entries)
    if project is None:
        return Macros(ours=False, xlwings=None)
    return Macros(_stamped(entries), version_in(project.source(MODULE)))


def _entries(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as package:
            if sum(entry.file_size for entry in package.infolist()) > LARGEST:
                raise UnreadableInput("source_unreadable", path=path, reason=f"> {LARGEST // 2**20} MB")
            return {entry.filename: package.read(entry) for entry in package.infolist()}
    except FileNotFoundError as error:
        raise UnreadableInput("source_missing", path=path) from error
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadableInput("source_unreadable", path=path, reason=str(error)) from error


def _project(entries: dict[str, bytes]) -> Project | None:
    """The project with a readable module of xlwings, if there is one."""
    try:
        project = read_project(entries[PROJECT])
        project.source(MODULE)
    except (KeyError, Unreadable):
        return None
    return project


def _stamped(entries: dict[str, bytes]) -> bool:
    return _STAMP.search(entries.get(PROPERTIES, b"")) is not None


def _packed(path: Path, entries: dict[str, bytes]) -> bytes:
    """The package with these contents, in the order and with the dates it had."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for entry in old.infolist():
            dated = zipfile.ZipInfo(entry.filename, entry.date_time)
            new.writestr(dated, entries[entry.filename], zipfile.ZIP_DEFLATED)
    return out.getvalue()
