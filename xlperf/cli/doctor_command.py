"""`xlperf doctor`: what works on this PC, and what to do about the rest."""

from __future__ import annotations

import platform
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlperf import __version__
from xlperf.cli.output import Output
from xlperf.cli.program_check import program_check_lines, write_program_check
from xlperf.hosts import libreoffice
from xlperf.hosts.excel.diagnosis import FINE, NEITHER, WRONG, Line, line, of_book, of_pc
from xlperf.hosts.excel.pc import book, this_pc
from xlperf.model import XlperfError
from xlperf.workbook.program_check import is_program_check


def run(args: Namespace, out: Output) -> int:
    """Print a line for everything that matters; 1 when something is to be done."""
    if args.excel_check:
        return write_program_check(args.excel_check, out, force=args.force)
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
        yield from program_check_lines(path) if is_program_check(path) else of_book(book(path), pc)


def _libreoffice(out: Output) -> Iterator[Line]:
    try:
        found = libreoffice.installed()
    except XlperfError as error:
        yield line(NEITHER, "as_it_is", text=error.text(out.lang))
        return
    if found is None:
        yield line(WRONG, "office_addin_absent")
    elif found != __version__:
        yield line(WRONG, "office_addin_other", found=found, version=__version__)
    else:
        yield line(FINE, "office_fine", version=found)
