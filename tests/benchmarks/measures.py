"""What is measured: each measure is a function that gives the rows it comes to."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import corpus
import functions as functions_in_cells
import plain
import plain_xlsxwriter
from clock import OURS, Seconds, Side, in_turns, least, peak_memory, run, timed
from corpus import EQUAL, SETTINGS, SMALL, VARIED, Shape, Skipped, department
from office.calc import missing_reason
from rows import Aim, Row, times_faster, times_the_cost
from written_down import sheets

from xlperf.consolidate.file_result import read_and_judge
from xlperf.consolidate.records import Source
from xlperf.workbook.write.department import write_department

OPENPYXL, XLSXWRITER, DEFLATE = "openpyxl, a plain loop", "XlsxWriter, a plain loop", "deflating the same XML alone"
VALUES, FORMULAS, CALAMINE = "openpyxl, values only", "openpyxl, values and formulas", "calamine, values only"
INFLATE = "inflating and one regular expression"
FIRST = "the first run"
CELL = re.compile(rb"<c [^>]*>.*?</c>", re.DOTALL)
SIX_PROJECTS = VARIED._replace(projects=(6, 6))
WORKERS = "import os, sys; os.cpu_count = lambda: {}; from xlperf.cli.main import main; sys.exit(main(sys.argv[1:]))"


class Bench(NamedTuple):
    """How much is measured, and where."""

    folder: Path
    workbooks: int  # for each comparison of writing and reading
    rounds: int
    consolidated: int
    small: tuple[int, int]  # workbooks whose consolidation is held against each other's memory

    def batches(self, first: int = 0) -> list[range]:
        """The seeds of each round; none comes twice, so that nothing kept from one workbook serves another."""
        size = max(1, self.workbooks // self.rounds)
        return [range(first + i * size, first + (i + 1) * size) for i in range(self.rounds)]


def generate(bench: Bench) -> Iterator[Row]:
    """Writing workbooks in a process that has written others."""
    aims = {OPENPYXL: Aim(40)}
    for shape, shapes in ((EQUAL, "equal shapes"), (VARIED, "varied shapes")):
        for seed in range(10**6, 10**6 + bench.workbooks):
            write(shape, bench.folder, seed)
        sides = in_turns(
            bench.batches(),
            {
                OURS: partial(write, shape, bench.folder),
                OPENPYXL: partial(write_plainly, plain.generate, shape, bench.folder),
                XLSXWRITER: partial(write_plainly, plain_xlsxwriter.generate, shape, bench.folder),
                DEFLATE: partial(deflate, bench.folder),
            },
        )
        count = sum(map(len, bench.batches()))
        yield from times_faster(f"generate {count} workbooks, {shapes}", sides, count, aims)


def first_workbook(bench: Bench) -> Iterator[Row]:
    """The first workbook of a process, of six projects, after all imports."""
    sides = in_turns(
        [[seed] for seed in range(bench.rounds)],
        {
            OURS: partial(in_new_process, write, SIX_PROJECTS, bench.folder),
            OPENPYXL: partial(in_new_process, write_plainly, plain.generate, SIX_PROJECTS, bench.folder),
            XLSXWRITER: partial(in_new_process, write_plainly, plain_xlsxwriter.generate, SIX_PROJECTS, bench.folder),
        },
    )
    yield from times_faster("generate, first workbook of a process", sides, bench.rounds, {OPENPYXL: Aim(3)})


def write(shape: Shape, folder: Path, seed: int) -> Seconds:
    """Ours."""
    content, target = department(seed, shape), folder / "ours.xlsx"
    return timed(lambda: write_department(content, SETTINGS, target, force=True))


def write_plainly(loop: Callable[..., None], shape: Shape, folder: Path, seed: int) -> Seconds:
    """A plain loop over cells that are written down already."""
    content = sheets(department(seed, shape), SETTINGS)
    return timed(lambda: loop(content, folder / "plain.xlsx"))


def deflate(folder: Path, seed: int) -> Seconds:
    """Compressing what ours has just written, as zip files are by default."""
    parts = _parts(folder / "ours.xlsx")
    return timed(lambda: [zlib.compress(part, 6) for part in parts])


def in_new_process(work: Callable[..., Seconds], *arguments: object) -> Seconds:
    """What the work says it took, as the first thing a process does."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def read(bench: Bench) -> Iterator[Row]:
    """Reading and checking; each file is read once, by a process that has read others."""
    warming = bench.batches(2 * 10**6)[0]
    ours = [corpus.write(bench.folder / "read", batch) for batch in (warming, *bench.batches())]
    yield from _read("our own files", ours)
    flat = [path for batch in ours for path in batch]
    saved = iter(corpus.saved_by_libreoffice(flat, bench.folder / "saved"))
    yield from _read("saved by LibreOffice", [[next(saved) for _ in batch] for batch in ours])


def _read(files: str, batches: Sequence[Sequence[Path]]) -> Iterator[Row]:
    sides: dict[str, Callable[[Path], Seconds]] = {
        OURS: lambda path: timed(lambda: read_and_judge(Source(path, path.name), None)),
        VALUES: lambda path: timed(lambda: plain.read(path)),
        FORMULAS: lambda path: timed(lambda: plain.read_with_formulas(path)),
        CALAMINE: lambda path: timed(lambda: plain.read_by_calamine(path)),
        INFLATE: lambda path: timed(lambda: [CELL.findall(part) for part in _parts(path)]),
    }
    warming, *measured = batches
    in_turns([warming], sides)
    aims = {VALUES: Aim(25), FORMULAS: Aim(50)}
    count = sum(map(len, measured))
    yield from times_faster(f"read and check {count} workbooks, {files}", in_turns(measured, sides), count, aims)


def _parts(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]


YESTERDAY = time.time() - 86_400


def consolidate(bench: Bench) -> Iterator[Row]:
    """The command, with its start: first, again, with a twentieth changed, and with one worker instead of two."""
    folder, count = bench.folder / "returned", bench.consolidated
    what = f"consolidate {count:,} workbooks"
    paths = corpus.write(folder, range(count))
    for path in paths:
        os.utime(path, (YESTERDAY, YESTERDAY))  # what was just written is hashed, whatever its stamp
    firsts, agains, changed = [], [], []
    for number in range(1, 3):
        summary = _new_summary(bench)
        firsts.append(_consolidate(folder, summary))
        agains.append(_consolidate(folder, summary))
        for path in paths[::20]:
            changed_one = department(int(path.stem) + number * 10**6)
            write_department(changed_one, SETTINGS, path, force=True)
        changed.append(_consolidate(folder, summary))
    for name, later, aim in (("again, nothing changed", agains, 50), ("again, 5 % changed", changed, 12)):
        ratios = tuple(before.cpu / after.cpu for before, after in zip(firsts, later, strict=True))
        sides = {OURS: Side(least(later), ()), FIRST: Side(least(firsts), ratios)}
        yield from times_faster(f"{what}, {name}", sides, count, {FIRST: Aim(aim)})
    yield _two_workers(bench, what)


def _two_workers(bench: Bench, what: str) -> Row:
    folder = bench.folder / "returned"
    walls = [[_consolidate(folder, _new_summary(bench), workers).wall for workers in (1, 2)] for _ in range(2)]
    one, two = (min(each) for each in zip(*walls, strict=True))
    ratios = tuple(alone / together for alone, together in walls)
    ours, against = f"{two:.1f} s of wall time", f"one worker: {one:.1f} s"
    return Row(f"{what}, two workers", ours, against, one / two, ratios, one / two, Aim(1.7))


def _consolidate(folder: Path, summary: Path, workers: int | None = None) -> Seconds:
    command = consolidating(folder, summary)
    return run(*command) if workers is None else run("-c", WORKERS.format(workers), *command[2:])


def consolidating(folder: Path, summary: Path) -> tuple[str, ...]:
    """The arguments of Python that put a folder into a summary."""
    return ("-m", "xlperf", "consolidate", str(folder), "-o", str(summary), "--force", "--fail-on", "never")


def _new_summary(bench: Bench) -> Path:
    """The path of a summary beside which nothing stands from earlier."""
    folder = bench.folder / "made"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder / "汇总.xlsx"


def memory(bench: Bench) -> Iterator[Row]:
    """The most that consolidating small workbooks holds in memory, with all its processes."""
    if not Path("/proc").is_dir():
        raise Skipped("no /proc on this system")
    peaks = []
    for count in bench.small:
        folder = bench.folder / f"small{count}"
        corpus.write(folder, range(count), SMALL)
        peaks.append(peak_memory(partial(_consolidate, folder, _new_summary(bench)))[1])
    (few, many), (less, more) = bench.small, peaks
    what = f"memory of consolidating {many:,} small workbooks"
    yield Row(what, f"{more:.0f} MB", f"{few:,} workbooks: {less:.0f} MB", more / less, aim=Aim(1.2, at_most=True))


def start(bench: Bench) -> Iterator[Row]:
    """Help, as the installed program starts, against a Python that does nothing."""
    help_, nothing = ("-c", "from xlperf.cli.main import run; run()", "--help"), ("-c", "pass")
    sides = {OURS: lambda _: run(*help_), "python -c pass": lambda _: run(*nothing)}
    in_turns([[0]], sides)  # which writes the bytecode
    yield from times_the_cost("xlperf --help", in_turns([[0]] * 20, sides), 2.5)


def functions(bench: Bench) -> Iterator[Row]:
    """Functions in cells, against doing without."""
    yield from functions_in_cells.starting()
    yield from functions_in_cells.one_table()
    if reason := missing_reason():
        raise Skipped(reason)
    yield functions_in_cells.recalculation(bench.folder)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "generate": generate,
    "first_workbook": first_workbook,
    "read": read,
    "consolidate": consolidate,
    "memory": memory,
    "start": start,
    "functions": functions,
}
