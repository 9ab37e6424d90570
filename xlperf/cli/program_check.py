"""What `xlperf doctor` says about the workbook on which a spreadsheet program checks itself, and writing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlperf.cli.output import Output
from xlperf.files import replace_file
from xlperf.hosts.excel.diagnosis import FINE, NEITHER, WRONG, Line, line
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.workbook import Macros
from xlperf.workbook.program_check import program_check_bytes, read_program_check

WITH_MACROS = ".xlsm"


def write_program_check(path: Path, out: Output, *, force: bool) -> int:
    """Write it; an .xlsm carries the functions. Raises XlperfError where that needs xlwings and there is none."""
    macros = Macros(workbook_project, stamp()) if path.suffix.lower() == WITH_MACROS else None
    content = program_check_bytes(macros)
    replace_file(path, lambda file: file.write(content), force=force)
    out.path(path)
    out.tell("program_check_written", path=path)
    return 0


def program_check_lines(path: Path) -> Iterator[Line]:
    """A mark, the key of a sentence and its values for every difference, and for the whole. Raises UnreadableInput."""
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
