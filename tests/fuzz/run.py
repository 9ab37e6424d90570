"""The long run: `python tests/fuzz/run.py --mutants 200000 --processes 2 --seed 1 --record tests/fuzz/recorded.md`.

`--only N` runs mutant N of the seed alone, says everything about it and, with `--keep FILE`, writes it down.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.engine import BYTES, LEVELS, SECONDS, Engine, Result, mutant
from fuzz.originals import Original, originals
from office.calc import Calc, missing_reason

import xlperf

OUTCOMES = ("intact", "read", "reported", "refused", "stuck", "raised")
BATCH = 500
ADDRESS_SPACE = 4 * 2**30  # of a worker: beyond it allocation fails

_engine: Engine | None = None


def _start(material: Sequence[Original], seed: int) -> None:
    global _engine
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    _engine = Engine(material, seed)


def _batch(numbers: range) -> list[Result]:
    assert _engine is not None
    return [_engine.run(number) for number in numbers]


def results(material: Sequence[Original], seed: int, numbers: range, processes: int) -> Iterator[Result]:
    """The results of these mutants; a worker that dies breaks the run, as it should."""
    batches = [numbers[i : i + BATCH] for i in range(0, len(numbers), BATCH)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, _start, (material, seed)) as pool:
        for batch in pool.map(_batch, batches):
            yield from batch


class Tally:
    """Outcomes by mutator, complaints, and the dearest files."""

    def __init__(self) -> None:
        self.table: Counter[tuple[str, str]] = Counter()
        self.codes: Counter[str] = Counter()
        self.complaints: list[Result] = []
        self.slowest = self.largest = Result(0, "", (), "", (), (), 0.0, 0)

    def add(self, result: Result) -> None:
        """Count one mutant, under the first of its mutators."""
        self.table[result.chain[0], result.outcome] += 1
        self.codes.update(result.codes)
        if result.complaints:
            self.complaints.append(result)
        self.slowest = max(self.slowest, result, key=lambda each: each.seconds)
        self.largest = max(self.largest, result, key=lambda each: each.bytes)

    def lines(self) -> Iterator[str]:
        """The table in Markdown."""
        total = Counter[str]()
        yield "| level | mutator | " + " | ".join(OUTCOMES) + " |"
        yield "|---|---" + "|--:" * len(OUTCOMES) + "|"
        for level, mutators in LEVELS.items():
            for mutator in mutators:
                counts = [self.table[mutator.__name__, outcome] for outcome in OUTCOMES]
                total.update(dict(zip(OUTCOMES, counts, strict=True)))
                yield f"| {level} | {mutator.__name__} | " + " | ".join(map(str, counts)) + " |"
        yield "| | **all** | " + " | ".join(str(total[outcome]) for outcome in OUTCOMES) + " |"


def record(tally: Tally, args: argparse.Namespace, material: Iterable[Original], seconds: float) -> str:
    """The page about one run."""
    count = sum(tally.table.values())
    names = "、".join(original.name for original in material)
    return "\n".join(
        (
            "# A run of the mutation fuzzer",
            "",
            f"{time.strftime('%Y-%m-%d')} · xlperf {xlperf.__version__} · Python {platform.python_version()} · "
            f"`python tests/fuzz/run.py --mutants {args.mutants} --processes {args.processes} --seed {args.seed}` · "
            f"{count:,} mutants in {seconds / 60:.0f} minutes",
            "",
            f"Complaints of the oracle (silent differences, uncaught exceptions, bounds): **{len(tally.complaints)}**.",
            f"Bounds per file: {SECONDS:g} s of processor time, {BYTES >> 20} MB. "
            f"Slowest {tally.slowest.seconds:.2f} s ({tally.slowest.where}); "
            f"most memory {tally.largest.bytes / 2**20:.1f} MB ({tally.largest.where}).",
            "",
            f"Originals: {names}.",
            "",
            "A mutant is counted under the first of its one to three mutators. *intact*: nothing changed and nothing "
            "was found; *read*: what was changed in a cell arrived in its field and nowhere else; *reported*: with "
            "findings; *refused*: the file as a whole, with a code.",
            "",
            *tally.lines(),
            "",
            "Findings by code (files that have any): "
            + ", ".join(f"{code} {n}" for code, n in sorted(tally.codes.items())),
            "",
        )
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--no-office", action="store_true")
    return parser.parse_args()


def _material(*, office: bool) -> list[Original]:
    """The originals, with LibreOffice's where it is installed."""
    reason = missing_reason() if office else "not asked for"
    if reason:
        print(f"no originals by LibreOffice: {reason}", file=sys.stderr)
        return originals()
    with tempfile.TemporaryDirectory() as profile:
        calc = Calc(Path(profile, "profile"))
        try:
            return originals(calc)
        finally:
            calc.close()


def main() -> int:
    """Run, print, and say by the exit code whether there was any complaint."""
    args = _arguments()
    material = _material(office=not args.no_office)
    if args.only is not None:
        made = mutant(material, args.seed, args.only)
        if args.keep:
            args.keep.write_bytes(made.content)
        result = Engine(material, args.seed).run(args.only)
        print(result.where, result.outcome, *result.codes)
        print(made.draft.claim, *result.complaints, sep="\n  ")
        return bool(result.complaints)
    tally, start = Tally(), time.monotonic()
    numbers = range(args.first, args.first + args.mutants)
    for done, result in enumerate(results(material, args.seed, numbers, args.processes), start=1):
        tally.add(result)
        for complaint in result.complaints[:2]:
            print(f"#{result.index} {result.where} [{result.outcome}] {complaint[:400]}", flush=True)
        if done % 20_000 == 0:
            print(f"{done:,} in {time.monotonic() - start:.0f} s, {len(tally.complaints)} complaints", file=sys.stderr)
    page = record(tally, args, material, time.monotonic() - start)
    print(page)
    if args.record:
        args.record.write_text(page, encoding="utf-8")
    return bool(tally.complaints)


if __name__ == "__main__":
    sys.exit(main())
