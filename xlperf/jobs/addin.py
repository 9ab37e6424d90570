"""Builds, installs and removes the add-ins for Excel and LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from xlperf.files import save_bytes
from xlperf.hosts import libreoffice
from xlperf.hosts.excel import addin, install
from xlperf.model import XlperfError

OXT, XLAM = "xlperf.oxt", "xlperf.xlam"

Outcome = tuple[str, XlperfError | None]
"""A file or a program (excel, libreoffice), and why it could not be made or served. Each is done as it is asked for."""


def build_addins(folder: Path, *, force: bool = False) -> Iterator[Outcome]:
    """Write both add-ins, to be handed round; only LibreOffice's where xlwings, the source of Excel's, is absent.

    Raises UnwritableOutput.
    """
    contents = {OXT: libreoffice.build_oxt()}
    try:
        contents[XLAM] = addin.build_xlam()
    except XlperfError as error:
        yield XLAM, error
    for name, content in contents.items():
        save_bytes(folder / name, content, force=force)
        yield name, None


def install_addins(host: str | None) -> Iterator[Outcome]:
    """Install the add-in of one program, or of every one, for this user."""
    return _in_each(host, excel=install.install, libreoffice=libreoffice.install)


def uninstall_addins(host: str | None) -> Iterator[Outcome]:
    """Remove the add-in of one program, or of every one, for this user."""
    return _in_each(host, excel=install.uninstall, libreoffice=libreoffice.uninstall)


def _in_each(host: str | None, **actions: Callable[[], object]) -> Iterator[Outcome]:
    for name, action in actions.items():
        if host in (None, name):
            try:
                action()
            except XlperfError as error:
                yield name, error
            else:
                yield name, None
