"""Writes the workbooks that staff fill in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from xlperf.files import Refused, attempt, reserved_folder
from xlperf.hosts.excel.install import is_installed
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.jobs.sources import blank_department, read_source, settings_for
from xlperf.model import Finding, UnwritableOutput, UsageError, XlperfError
from xlperf.prepare.split import split
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import write_department

Done = Callable[[Path, Refused | None], object]
"""Called after each workbook: its path, and the reason where a bug of ours or lack of time prevented it."""


def generate(
    source: Path | int,
    folder: Path,
    *,
    year: int | None = None,
    as_of: dt.date | None = None,
    by_project: bool = False,
    pack: str = "",
    macros: bool | None = None,
    force: bool = False,
    preferences: Preferences = NO_PREFERENCES,
    done: Done,
) -> tuple[Sequence[Finding], str]:
    """Write one workbook, or one for each project, into the folder.

    `source` is a document, a project list, or the number of blank projects; `macros` None lets this PC decide. The
    findings in the source, and the kind of workbook with the reason: plain_by_default, plain_as_asked,
    plain_without_xlwings, macros_by_default or macros_as_asked. A bug of ours that meets one workbook leaves the others
    to be written. Raises XlperfError, before the first is written where a target exists and `force` is off.
    """
    vba, kind = _macros(macros)
    findings: Sequence[Finding] = ()
    if isinstance(source, int):
        department = blank_department(source, year, preferences)
    else:
        department, findings = read_source(source, year, preferences)
    settings = settings_for(department.year, as_of, pack)
    department = with_proposed_weights(department, settings.pack)
    suffix = ".xlsm" if vba else ".xlsx"
    books = [(folder / f"{stem}{suffix}", part) for stem, part in split(department, by_project=by_project)]
    with reserved_folder(folder):
        for target, _ in books:
            if not force and os.path.exists(target):
                raise UnwritableOutput("target_exists", path=target)
        blank = isinstance(source, int)
        for target, part in books:
            write = partial(write_department, part, settings, target, blank=blank, force=force, macros=vba)
            done(target, attempt(target, write))
    return findings, kind


def _macros(asked: bool | None) -> tuple[Macros | None, str]:
    """The macros of the workbooks, and their kind as `generate` names it.

    Files with macros are blocked where they come by mail, and need xlwings: only who installed the add-in, or asks,
    gets them. Raises UsageError where they are asked for and there is no xlwings.
    """
    if asked is False:
        return None, "plain_as_asked"
    if not (asked or is_installed()):
        return None, "plain_by_default"
    try:
        macros = Macros(workbook_project, stamp())
    except XlperfError as error:
        if asked:
            raise UsageError(error.key, **error.values) from error
        return None, "plain_without_xlwings"
    return macros, "macros_as_asked" if asked else "macros_by_default"
