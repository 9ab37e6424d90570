"""Takes times and memory, of several sides in turn, so that a busy machine slows all alike; knows nothing of xlperf."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

Unit = TypeVar("Unit", bound=Hashable)
Result = TypeVar("Result")
SAMPLED_EVERY = 0.02  # seconds
OURS = "xlperf"
BLOCK = bytes(range(256)) * 8000


class Seconds(NamedTuple):
    """Processor time and wall time."""

    cpu: float
    wall: float


class Side(NamedTuple):
    """What all units cost one side, and how many times what it cost ours: in each round, of processor time."""

    spent: Seconds
    ratios: tuple[float, ...]


def timed(work: Callable[[], object]) -> Seconds:
    """What this takes, in this process; it does not have to clear away what others left."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Seconds(time.process_time() - cpu, time.perf_counter() - wall)


def least(times: Iterable[Seconds]) -> Seconds:
    """The least by each clock."""
    return Seconds(*map(min, zip(*times, strict=True)))


def in_turns(rounds: Sequence[Sequence[Unit]], sides: Mapping[str, Callable[[Unit], Seconds]]) -> dict[str, Side]:
    """All sides on every unit, one after the other; of a unit that comes in several rounds the least time counts."""
    times: dict[str, dict[Unit, list[Seconds]]] = {name: defaultdict(list) for name in sides}
    ratios = []
    for units in rounds:
        spent = dict.fromkeys(sides, 0.0)
        for unit in units:
            for name, work in sides.items():
                seconds = work(unit)
                times[name][unit].append(seconds)
                spent[name] += seconds.cpu
        ratios.append({name: spent[name] / spent[OURS] for name in sides})
    totals = {name: Seconds(*map(sum, zip(*map(least, of.values()), strict=True))) for name, of in times.items()}
    return {name: Side(totals[name], tuple(of_round[name] for of_round in ratios)) for name in sides}


def run(*arguments: str) -> Seconds:
    """What Python takes with these arguments, its children included; bytecode is kept, as for an installed program."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, wall = _cpu_of_children(), time.perf_counter()
    ended = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True)
    spent = Seconds(_cpu_of_children() - before, time.perf_counter() - wall)
    if ended.returncode:
        raise RuntimeError(ended.stderr.decode(errors="replace"))
    return spent


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_memory(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and the most MB that the processes it started held together at one time (Linux)."""
    peak, ended = 0, threading.Event()

    def sample() -> None:
        nonlocal peak
        while not ended.wait(SAMPLED_EVERY):
            peak = max(peak, sum(map(_resident, _children(os.getpid()))))

    watch = threading.Thread(target=sample)
    watch.start()
    try:
        result = work()
    finally:
        ended.set()
        watch.join()
    return result, peak / 1e6


def _resident(pid: int) -> int:
    """Bytes in memory of a process and of those it started; 0 once it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_resident, _children(pid)))
    except OSError:
        return 0


def _children(pid: int) -> list[int]:
    of_threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in of_threads for child in file.read_text().split()]


class Noise:
    """The same fixed work again and again: how much the speed of this machine varied meanwhile."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def sample(self) -> None:
        """Do the work a few times."""
        self.seconds += [timed(lambda: zlib.compress(BLOCK)).cpu for _ in range(5)]

    def __str__(self) -> str:
        least, middle, most = (of(self.seconds) * 1000 for of in (min, statistics.median, max))
        return f"{least:.1f} / {middle:.1f} / {most:.1f} ms"
