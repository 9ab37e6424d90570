"""Makes mutant number n of a seed, has it read and checked within limits of time and memory; the oracle judges that."""

from __future__ import annotations

import contextlib
import hashlib
import random
import re
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fuzz import cells, extremes, looks, neighbours, packages, spelling, structure, unseen
from fuzz.draft import Draft, Impossible
from fuzz.oracle import check_digest, findings_of, judge
from fuzz.originals import SCRATCH, Original

from xlperf.consolidate.file_result import result_of
from xlperf.consolidate.records import Source
from xlperf.workbook.read.read import read_workbook

SECONDS = 5.0  # of processor time for one file; a second would do on an idle machine
BYTES = 300 * 2**20  # that one file may add to the process at its peak
PLACES = True  # whether every finding of a readable workbook must carry sheet and cell
TRIES = 50

Mutator = Callable[[Draft], None]
LEVELS: dict[str, Sequence[Mutator]] = {
    "cell": cells.MUTATORS,
    "value": (*extremes.MUTATORS, *looks.MUTATORS, *unseen.MUTATORS),
    "structure": structure.MUTATORS,
    "book": neighbours.MUTATORS,
    "xml": spelling.MUTATORS,
    "member": packages.MEMBERS,
    "byte": packages.BYTES,
}
ALL = [mutator for mutators in LEVELS.values() for mutator in mutators]
LEVEL = {mutator: level for level, mutators in LEVELS.items() for mutator in mutators}
MOVERS = (structure.rows_inserted, structure.row_deleted, structure.columns_inserted, structure.column_deleted)
NEUTRAL = (*spelling.MUTATORS, *packages.MEMBERS[5:10], *packages.MEMBERS[10:17])
DAMAGING = (*structure.MUTATORS[13:], *packages.MEMBERS[:5], *packages.MEMBERS[17:], *packages.BYTES)
ALONE = {*MOVERS, *DAMAGING, looks.style_redefined}  # what they do can be told only while nothing else happens
FREE = [mutator for mutator in ALL if mutator not in ALONE]


class TooSlowError(BaseException):
    """It took too much processor time; not an Exception, so that no reader can swallow it."""


class Result(NamedTuple):
    """One mutant: what was done, what became of it, what it cost."""

    index: int
    original: str
    chain: tuple[str, ...]
    outcome: str
    complaints: tuple[str, ...]
    codes: tuple[str, ...]
    seconds: float
    bytes: int

    @property
    def where(self) -> str:
        """What was done to what."""
        return f"{self.original}: {' + '.join(self.chain)}"


@dataclass(frozen=True)
class Mutant:
    """A mutant ready to be read."""

    draft: Draft
    chain: tuple[str, ...]
    content: bytes


def mutant(originals: Sequence[Original], seed: int, index: int) -> Mutant:
    """Always the same mutant for the same originals, seed and index."""
    dice = random.Random(f"{seed}:{index}")
    first = ALL[index % len(ALL)]
    for _ in range(TRIES):
        draft = Draft(dice.choice(originals), dice)
        extra = dice.choices((0, 1, 2), (60, 30, 10))[0]
        pool = NEUTRAL if first in ALONE else FREE
        chain = [first, *(dice.choice(pool) for _ in range(extra))]
        order = list(LEVELS)
        chain.sort(key=lambda mutator: order.index(LEVEL[mutator]))
        try:
            for mutator in chain:
                mutator(draft)
            content = draft.content()
        except (Impossible, KeyError, IndexError, UnicodeDecodeError):
            continue
        names = [first.__name__, *(each.__name__ for each in chain if each is not first)]
        return Mutant(draft, tuple(names), content)
    raise AssertionError(f"{first.__name__} fits no original")


class Gauge:
    """The peak memory of this process between two moments, where the system tells (Linux)."""

    def __init__(self) -> None:
        self._reset = Path("/proc/self/clear_refs")
        self._status = Path("/proc/self/status")

    def start(self) -> int:
        """Forget the peak so far; the memory held now."""
        with contextlib.suppress(OSError):
            self._reset.write_text("5")
        return self._read("VmRSS")

    def peak(self) -> int:
        """The most memory held since."""
        return self._read("VmHWM")

    def _read(self, key: str) -> int:
        try:
            found = re.search(rf"{key}:\s+(\d+)", self._status.read_text())
        except OSError:
            return 0
        return int(found[1]) * 1024 if found else 0


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlowError inside when this much processor time is spent; Windows has no such clock."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Engine:
    """Runs mutants one by one, through one scratch file."""

    def __init__(self, originals: Sequence[Original], seed: int) -> None:
        self.originals, self.seed = originals, seed
        self._gauge = Gauge()
        self._folder = tempfile.TemporaryDirectory(dir=SCRATCH)
        self._path = Path(self._folder.name, "mutant.xlsx")

    def run(self, index: int) -> Result:
        """Make, read and judge one mutant; a fault of the machinery itself is a complaint too."""
        made = mutant(self.originals, self.seed, index)
        self._path.write_bytes(made.content)
        original = made.draft.original
        held, start = self._gauge.start(), time.process_time()
        try:
            with time_limit(SECONDS):
                returned = read_workbook(self._path)
                read = returned.refused is None
                digest = result_of(Source(self._path, made.chain[0]), returned) if read else None
        except TooSlowError:
            return Result(index, original.name, made.chain, "stuck", ("too slow",), (), SECONDS, 0)
        except BaseException:
            return Result(index, original.name, made.chain, "raised", (traceback.format_exc(limit=-3),), (), 0.0, 0)
        seconds, grown = time.process_time() - start, max(0, self._gauge.peak() - held)
        claim = made.draft.claim
        rows = findings_of(digest) if digest else ()
        complaints = check_digest(original, digest, rows, returned, claim) if digest else ()
        if returned.sha256 != hashlib.sha256(made.content).hexdigest():
            complaints += ("the digest is that of another file",)
        if grown > BYTES:
            complaints += (f"{grown >> 20} MB",)
        verdict = judge(original, made.content, returned, claim, places=PLACES, rows=rows)
        complaints += verdict.complaints
        return Result(index, original.name, made.chain, verdict.outcome, complaints, verdict.codes, seconds, grown)
