"""Speed and memory as ratios within one run: `PYTHONPATH=tests python tests/benchmarks/run.py [--quick] [--only NAME]`.

Writes `results.md` beside this file, or `large.md` with --large N. Asserts nothing, since machines are noisy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from clock import Noise
from corpus import Skipped
from large import HEADS as LARGE_HEADS
from large import end_to_end
from measures import MEASURES, Bench
from rows import HEADS, Row, table

from xlperf import __version__

LIBRARIES = ("openpyxl", "XlsxWriter", "python-calamine", "pydantic")
READING = """\
Each side does the same work in turn. *ratio*: how many times our processor time the other side took; where the aim is
a most (≤), how many times the other's ours took. Where wall time or memory is named, of that. *rounds*: the least and
the greatest ratio of a single round. *wall*: the ratio of wall times. The plain loops get every cell, look and address
written down beforehand and compute no results; the plain readers are told where answers stand.
"""


def main() -> None:
    """Measure what is asked for and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it runs")
    parser.add_argument("--only", choices=MEASURES, action="append", help="this measure; printed, not written")
    parser.add_argument("--workbooks", type=int, default=50, help="for each comparison of writing and reading")
    parser.add_argument("--consolidated", type=int, default=2000, help="varied workbooks that are consolidated")
    parser.add_argument("--small", type=int, default=1000, help="small workbooks whose memory is held against 100's")
    parser.add_argument("--large", type=int, metavar="N", help="instead: N small workbooks from end to end")
    args = parser.parse_args()
    noise = Noise()
    noise.sample()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if args.large:
            text = table(LARGE_HEADS, end_to_end(folder, args.large))
        else:
            full = Bench(folder, args.workbooks, 5, args.consolidated, (100, args.small))
            bench = Bench(folder, 4, 2, 20, (20, 40)) if args.quick else full
            rows = [row for measure in args.only or MEASURES for row in measured(measure, bench, noise)]
            text = f"{READING}\n{table(HEADS, (row.cells() for row in rows))}"
    noise.sample()
    text = f"# Benchmarks\n\n{circumstances(noise)}\n\n{text}\n"
    print(text)
    if not (args.quick or args.only):
        Path(__file__).with_name("large.md" if args.large else "results.md").write_text(text, encoding="utf-8")


def measured(name: str, bench: Bench, noise: Noise) -> list[Row]:
    """The rows of one measure, as far as what they need is here."""
    begun, rows = time.perf_counter(), []
    try:
        for row in MEASURES[name](bench):
            rows.append(row)
            noise.sample()
    except Skipped as reason:
        print(f"{name}: the rest is skipped, {reason}")
    print(f"{name}: {time.perf_counter() - begun:.0f} s")
    return rows


def circumstances(noise: Noise) -> str:
    """When and on what this was measured; neither the name of the machine nor a path."""
    libraries = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{dt.date.today()} · xlperf {__version__} · Python {platform.python_version()} · {libraries} · "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores · the same fixed work took {noise} "
        f"(least / median / most of {len(noise.seconds)} times)"
    )


if __name__ == "__main__":
    main()
