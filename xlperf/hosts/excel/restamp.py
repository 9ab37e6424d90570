"""A workbook's macros brought to the xlwings that is installed: its VBA names a DLL of one exact version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xlperf.checks import finding, message
from xlperf.files import Refused, fetch, save_bytes, unpack
from xlperf.files.guard import Package
from xlperf.hosts.excel.installed import MODULE, version_in, xlwings_code, xlwings_version
from xlperf.hosts.excel.macros import STAMP
from xlperf.hosts.excel.reading import Project, Unreadable, read_project
from xlperf.hosts.excel.vba_project import standard_module
from xlperf.model import UnreadableInput
from xlperf.ooxml import properties
from xlperf.ooxml.zip_out import entry, repacked

PROJECT, PROPERTIES = "xl/vbaproject.bin", properties.PART.lower()  # parts are known by their lower-case names
_STAMP = re.compile(rf'(?<=name="xlperf\.{STAMP}")([^>]*>\s*<vt:lpwstr>)[^<]*'.encode())


@dataclass(frozen=True)
class Restamped:
    """What happened to a workbook: the versions of xlwings its VBA was written for, and is now."""

    before: str
    after: str


def restamp(path: Path) -> Restamped:
    """Replace the xlwings VBA in a workbook by that of the installed version; every other part keeps its bytes.

    Nothing is saved where the versions agree. Raises UnreadableInput for a file without our stamp, which may hold
    somebody else's xlwings, and XlperfError.
    """
    package = _package(path)
    parts = _parts(path, package)
    project = _project(parts)
    if project is None or not _stamped(parts):
        raise UnreadableInput("macros_missing", path=path)
    before, after = version_in(project.source(MODULE)) or "?", xlwings_version()
    if before != after:
        renewed = {
            PROJECT: project.with_source(MODULE, standard_module(MODULE, xlwings_code()).source),
            PROPERTIES: _STAMP.sub(rb"\g<1>" + after.encode(), parts[PROPERTIES]),
        }
        save_bytes(path, _packed(path, package, renewed), force=True)
    return Restamped(before, after)


@dataclass(frozen=True)
class Macros:
    """The macros in a file: whether the stamp says they are ours, and the version of xlwings its VBA is written for."""

    ours: bool
    xlwings: str | None


def macros_in(path: Path) -> Macros | None:
    """What macros a workbook or add-in holds; None where it holds none. Raises UnreadableInput, as for no workbook."""
    package = _package(path)
    if not any(name.startswith("xl/") for name in package):
        with _reading(path):
            raise Refused("XPF202")
    parts = _parts(path, package)
    if PROJECT not in parts:
        return None
    project = _project(parts)
    if project is None:
        return Macros(ours=False, xlwings=None)
    return Macros(_stamped(parts), version_in(project.source(MODULE)))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turns what the file is refused for into UnreadableInput."""
    try:
        yield
    except Refused as refused:
        reason = message(finding(refused.code, **refused.values))
        raise UnreadableInput("source_unreadable", path=path, reason=reason) from refused


def _package(path: Path) -> Package:
    if not path.exists():
        raise UnreadableInput("source_missing", path=path)
    with _reading(path):
        return unpack(fetch(path))


def _parts(path: Path, package: Package) -> Mapping[str, bytes]:
    """The parts that are looked at. Raises UnreadableInput where one is damaged."""
    with _reading(path):
        return {name: package[name] for name in (PROJECT, PROPERTIES) if name in package}


def _project(parts: Mapping[str, bytes]) -> Project | None:
    """The project with a readable module of xlwings, if there is one."""
    try:
        project = read_project(parts[PROJECT])
        project.source(MODULE)
    except (KeyError, Unreadable):
        return None
    return project


def _stamped(parts: Mapping[str, bytes]) -> bool:
    return _STAMP.search(parts.get(PROPERTIES, b"")) is not None


def _packed(path: Path, package: Package, renewed: Mapping[str, bytes]) -> bytes:
    """The package with these parts renewed, in the order and with the dates it had. Raises UnreadableInput."""
    with _reading(path):
        dated = {name: entry(package.spelled(name), package.packed(name)[0].date_time) for name in package}
        return repacked(package, ((to, renewed.get(name)) for name, to in dated.items()))
