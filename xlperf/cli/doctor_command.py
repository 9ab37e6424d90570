"""`xlperf doctor`: what works on this PC, what to do about the rest, and what a spreadsheet program does otherwise."""

from __future__ import annotations

import platform
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlperf import __version__
from xlperf.cli.output import Output
from xlperf.files import replace_file
from xlperf.hosts import libreoffice
from xlperf.hosts.excel.diagnosis import FINE, NEITHER, WRONG, Line, line, of_book, of_pc
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.hosts.excel.pc import book, this_pc
from xlperf.model import XlperfError
from xlperf.workbook.program_check import is_program_check, program_check_bytes, read_program_check
from xlperf.workbook.write.assemble import Macros

WITH_MACROS = ".xlsm"


def run(args: Namespace, out: Output) -> int:
    """Print a line for everything that matters; 1 when something is to be done."""
    if args.excel_check:
        return _write_program_check(args.excel_check, out, force=args.force)
    wrong = 0
    for mark, key, values in _lines(args.files, out):
        out.data(f"{mark} {out.line(key, **values)}")
        wrong += mark == WRONG
    return int(wrong > 0)


def _lines(files: Sequence[Path], out: Output) -> Iterator[Line]:
    yield line(FINE, "python_fine", version=f"{platform.python_version()}, xlperf {__version__}")
    pc = this_pc()
    yield from of_pc(pc)
    yield from _libreoffice(out)
    for path in files:
        yield from _program_check(path) if is_program_check(path) else of_book(book(path), pc)


def _libreoffice(out: Output) -> Iterator[Line]:
    try:
        version = libreoffice.installed()
    except XlperfError as error:
        yield line(NEITHER, "as_it_is", text=error.text(out.lang))
        return
    if version is None:
        yield line(WRONG, "office_addin_absent")
    elif version != __version__:
        yield line(WRONG, "office_addin_other", found=version, version=__version__)
    else:
        yield line(FINE, "office_fine", version=version)


def _write_program_check(path: Path, out: Output, *, force: bool) -> int:
    """The workbook on which a program checks itself; an .xlsm carries the functions.

    Raises XlperfError where that needs xlwings and there is none.
    """
    macros = Macros(workbook_project, stamp()) if path.suffix.lower() == WITH_MACROS else None
    content = program_check_bytes(macros)
    replace_file(path, lambda file: file.write(content), force=force)
    out.path(path)
    out.tell("program_check_written", path=path)
    return 0


def _program_check(path: Path) -> Iterator[Line]:
    """What the program that saved such a workbook does differently. Raises UnreadableInput."""
    read = read_program_check(path)
    about: dict[str, object] = {"path": path, "program": read.program}
    if not read.current:
        yield line(WRONG, "program_check_other", **about)
        return
    if not read.outcomes:
        yield line(WRONG, "program_check_unsaved", **about)
        return
    agreeing = sum(outcome.agrees for outcome in read.outcomes)
    differing = [outcome for outcome in read.outcomes if not outcome.agrees and not outcome.other]
    if differing:
        yield line(NEITHER, "program_check_counts", **about, differing=len(differing), count=agreeing)
    else:
        yield line(FINE, "program_check_fine", **about, count=agreeing)
    for outcome in differing:
        yield line(WRONG, "program_check_differs", **outcome._asdict())
    for word in dict.fromkeys(outcome.other for outcome in read.outcomes if outcome.other):
        numbers = "、".join(str(outcome.number) for outcome in read.outcomes if outcome.other == word)
        yield line(NEITHER, "program_check_harmless", word=word, numbers=numbers)
