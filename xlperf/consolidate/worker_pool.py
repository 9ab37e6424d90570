"""Reads files in worker processes, results in order. A worker that dies or hangs costs its current file, no other."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

from xlperf.consolidate.file_result import refused_file
from xlperf.consolidate.records import FileResult, Source
from xlperf.files import Refused, our_fault, too_slow
from xlperf.measure import PACKS, Pack
from xlperf.model import XlperfError

WORTH_WORKERS = 16  # files; for fewer, starting processes takes longer than reading
LOOK_AHEAD = 4  # files per worker submitted before their turn
HANGS = 150  # seconds after which a worker is killed; the time limit of a file is lower, but code must ask for it
DIED = "读取进程意外终止"

Read = Callable[[Source], FileResult]
Engine = Callable[[int], Executor]
Pending = deque[tuple[Source, "Future[FileResult] | None"]]


def read_all(
    sources: Sequence[Source], read: Read, workers: int | None = None, engine: Engine | None = None
) -> Iterator[FileResult]:
    """The results of `read` for every source, in order; a file that kills its worker or hangs is refused.

    `read` must be importable by name (or a partial of such a function), because workers are spawned. `engine` makes an
    executor of so many workers in place of our processes.
    """
    if workers is None:
        workers = min(os.cpu_count() or 1, len(sources)) if len(sources) >= WORTH_WORKERS else 1
    if workers > 1:
        yield from _with_workers(sources, read, workers, engine or _pool)
    else:
        yield from map(read, sources)


def _with_workers(sources: Sequence[Source], read: Read, workers: int, engine: Engine) -> Iterator[FileResult]:
    coming = iter(sources)
    pool = engine(workers)
    pending: Pending = deque()
    try:
        while True:
            while len(pending) < workers * LOOK_AHEAD and (source := next(coming, None)) is not None:
                pending.append((source, _submit(pool, partial(_watched, read, HANGS, os.devnull), source)))
            if not pending:
                return
            source, future = pending[0]
            try:
                result = _answer(source, future)
            except BrokenExecutor:
                # One file killed its worker, which broke the whole pool: find out which.
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one([source for source, _ in pending], read)
                pending.clear()
                pool = engine(workers)
                continue
            pending.popleft()
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(sources: Sequence[Source], read: Read) -> Iterator[FileResult]:
    """One file at a time in a worker, a new worker after each death; its last traceback goes into the report."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder, "trace.txt")
        watched = partial(_watched, read, HANGS, str(trace))
        pool = _pool(1)
        try:
            for source in sources:
                begun = monotonic()
                try:
                    result = _answer(source, pool.submit(watched, source))
                except BrokenExecutor:
                    pool.shutdown()
                    result = refused_file(source, too_slow() if monotonic() - begun > HANGS else _death(source, trace))
                    pool = _pool(1)
                yield result
        finally:
            pool.shutdown(cancel_futures=True)


def _answer(source: Source, future: Future[FileResult] | None) -> FileResult:
    """The result of the worker; a result that cannot be pickled is our bug. Raises BrokenExecutor."""
    if future is None:
        raise BrokenExecutor
    try:
        return future.result()
    except (BrokenExecutor, XlperfError):
        raise
    except Exception as error:
        return refused_file(source, our_fault(source.path, f"{type(error).__name__}: {error}"))


def _death(source: Source, trace: Path) -> Refused:
    """The refusal of a file that killed its worker."""
    return our_fault(source.path, DIED, trace.read_text("utf-8", "replace") if trace.exists() else "")


def _submit(pool: Executor, read: Read, source: Source) -> Future[FileResult] | None:
    try:
        return pool.submit(read, source)
    except BrokenExecutor:
        return None


def _pool(workers: int) -> Executor:
    # Spawn on every system, as Windows does: a forked program with threads may hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(dict(PACKS),))


def _begin(packs: Mapping[str, Pack]) -> None:
    """In a worker: know the packs of the main process, and end with it."""
    PACKS.update(packs)
    _end_with_parent()


def _end_with_parent() -> None:
    """In a worker: exit when the main process is killed, which a worker does not notice by itself."""
    parent = multiprocessing.parent_process()
    assert parent

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _watched(read: Read, seconds: float, trace: str, source: Source) -> FileResult:
    """In a worker: call `read`, and end the process if it hangs, wherever that is. `trace` gets the traceback."""
    with open(trace, "w", encoding="utf-8") as file:
        faulthandler.enable(file)
        faulthandler.dump_traceback_later(seconds, exit=True, file=file)
        try:
            return read(source)
        finally:
            faulthandler.cancel_dump_traceback_later()
            faulthandler.disable()
