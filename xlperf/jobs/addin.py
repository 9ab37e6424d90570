"""Builds, installs and removes the add-ins for Excel and LibreOffice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from xlperf.files import save_bytes
from xlperf.hosts import libreoffice
from xlperf.hosts.excel import addin, install
from xlperf.jobs.did_you_mean import hint
from xlperf.measure import CATALOG, Function
from xlperf.model import UnwritableOutput, UsageError, XlperfError

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
    existing = [folder / name for name in contents if os.path.exists(folder / name)]
    if existing and not force:  # before the first is written
        raise UnwritableOutput("target_exists", path=existing[0])
    for name, content in contents.items():
        save_bytes(folder / name, content, force=force)
        yield name, None


def install_addins(host: str | None) -> Iterator[Outcome]:
    """Install the add-in of one program, or of every one, for this user."""
    return _in_each(host, excel=install.install, libreoffice=libreoffice.install)


def uninstall_addins(host: str | None) -> Iterator[Outcome]:
    """Remove the add-in of one program, or of every one, for this user."""
    return _in_each(host, excel=install.uninstall, libreoffice=libreoffice.uninstall)


def known_function(name: str) -> Function:
    """The function of this name, in any case and with or without XLPERF_. Raises UsageError where there is none."""
    by_name = {**CATALOG, **{function.worksheet_name: function for function in CATALOG.values()}}
    function = by_name.get(name.upper())
    if function is None:
        raise UsageError("function_unknown", name=name, hint=hint(name, list(by_name)), known=[*CATALOG])
    return function


def _in_each(host: str | None, **actions: Callable[[], object]) -> Iterator[Outcome]:
    for name, action in actions.items():
        if host in (None, name):
            try:
                action()
            except XlperfError as error:
                yield name, error
            else:
                yield name, None
