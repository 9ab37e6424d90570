"""Looks at this PC: what works, what to do about the rest, and what a spreadsheet program computes otherwise."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlperf import __version__
from xlperf.bundle.contents import damage, in_one_line, read_contents, running_from
from xlperf.files import save_bytes
from xlperf.hosts import libreoffice
from xlperf.hosts.excel.diagnosis import FINE, NEITHER, WRONG, Line, line, of_book, of_pc
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.hosts.excel.pc import Pc, book, this_pc
from xlperf.jobs.preference_files import user_file
from xlperf.jobs.preferences import Preferences
from xlperf.model import UnreadableInput, XlperfError
from xlperf.workbook.program_check import is_program_check, program_check_bytes, read_program_check
from xlperf.workbook.write.assemble import Macros

WITH_MACROS = ".xlsm"


def diagnosis(files: Sequence[Path], preferences: Preferences) -> Iterator[Line]:
    """A line for everything that matters on this PC and in these workbooks. Raises UnreadableInput."""
    yield line(FINE, "python_fine", version=f"{platform.python_version()}, xlperf {__version__}")
    yield from _bundle()
    yield from _preferences(preferences)
    pc = this_pc()
    yield from of_pc(pc)
    yield _libreoffice()
    for path in files:
        yield from _of_file(path, pc)


def write_program_check(path: Path, *, force: bool = False) -> None:
    """Write the workbook on which a program checks itself; an .xlsm carries the functions.

    Raises UnwritableOutput, and XlperfError where an .xlsm needs xlwings and there is none.
    """
    macros = Macros(workbook_project, stamp()) if path.suffix.lower() == WITH_MACROS else None
    save_bytes(path, program_check_bytes(macros), force=force)


def _of_file(path: Path, pc: Pc) -> Iterator[Line]:
    """What there is to say of a workbook, or that this is none. Raises UnreadableInput where there is no such file."""
    if path.is_dir():
        yield line(WRONG, "doctor_folder", path=path)
    elif is_program_check(path):
        yield from _program_check(path)
    else:
        try:
            yield from of_book(book(path), pc)
        except UnreadableInput:
            if not path.exists():
                raise
            yield line(WRONG, "doctor_foreign", path=path)


def _bundle() -> Iterator[Line]:
    """Where the bundle lies that runs this, if one does, and what of it is damaged."""
    folder = running_from()
    contents = read_contents(folder) if folder else None
    if folder is None or contents is None:
        return
    about: dict[str, object] = {"path": folder, "version": contents["version"]}
    gone, changed = damage(folder, contents)
    if gone or changed:
        names = in_one_line([*gone, *changed])
        yield line(WRONG, "bundle_harmed", **about, gone=len(gone), changed=len(changed), names=names)
    else:
        yield line(FINE, "bundle_fine", **about, count=len(contents["files"]))


def _preferences(preferences: Preferences) -> Iterator[Line]:
    """Which file says what, and what does not count because another file says it too."""
    if not preferences.said:
        yield line(NEITHER, "preferences_absent", path=user_file())
    for path, key, value, winner in preferences.said:
        said = f"[{key}]" if isinstance(value, dict) else f"{key} = {value}"
        if winner:
            yield line(NEITHER, "preference_overridden", path=path, said=said, winner=winner)
        else:
            yield line(FINE, "preference_fine", path=path, said=said)


def _libreoffice() -> Line:
    try:
        version = libreoffice.installed()
    except XlperfError as error:
        return line(NEITHER, "as_it_is", text=error)
    if version is None:
        return line(WRONG, "office_addin_absent")
    if version != __version__:
        return line(WRONG, "office_addin_other", found=version, version=__version__)
    return line(FINE, "office_fine", version=version)


def _program_check(path: Path) -> Iterator[Line]:
    """What the program that saved such a workbook does differently. Raises UnreadableInput."""
    check = read_program_check(path)
    about: dict[str, object] = {"path": path, "program": check.program}
    if not check.current:
        yield line(WRONG, "program_check_other", **about)
        return
    if not check.outcomes:
        yield line(WRONG, "program_check_unsaved", **about)
        return
    agreeing = sum(outcome.agrees for outcome in check.outcomes)
    differing = [outcome for outcome in check.outcomes if not outcome.agrees and not outcome.other]
    if differing:
        yield line(NEITHER, "program_check_counts", **about, differing=len(differing), count=agreeing)
    else:
        yield line(FINE, "program_check_fine", **about, count=agreeing)
    for outcome in differing:
        yield line(WRONG, "program_check_differs", **outcome._asdict())
    for word in dict.fromkeys(outcome.other for outcome in check.outcomes if outcome.other):
        numbers = "、".join(str(outcome.number) for outcome in check.outcomes if outcome.other == word)
        yield line(NEITHER, "program_check_harmless", word=word, numbers=numbers)
