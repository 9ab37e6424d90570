"""Files read by worker processes, answered in order; a worker that dies or hangs costs the file at hand, no other."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from time import monotonic

from xlperf.consolidate.file_result import without
from xlperf.consolidate.records import Digest, Source
from xlperf.files import Refused, our_fault, too_slow
from xlperf.model import XlperfError

WORTH_WORKERS = 16  # files; below, starting processes takes longer than reading
LOOK_AHEAD = 4  # files per worker that may be done before their turn
HANGS = 150  # seconds after which a worker is ended; a file has less, but only whoever asks for the time learns of it
DIED = "读取进程意外终止"

Read = Callable[[Source], Digest]
Pending = deque[tuple[Source, "Future[Digest] | None"]]


def read_all(sources: Sequence[Source], read: Read, workers: int | None = None) -> Iterator[Digest]:
    """`read` of every source, in order; what died with its process, or hung, is refused.

    `read` must be importable by name (or a partial of such a function): workers are spawned.
    """
    if workers is None:
        workers = min(os.cpu_count() or 1, len(sources)) if len(sources) >= WORTH_WORKERS else 1
    if workers > 1:
        yield from _with_workers(sources, read, workers)
    else:
        yield from map(read, sources)


def _with_workers(sources: Sequence[Source], read: Read, workers: int) -> Iterator[Digest]:
    coming = iter(sources)
    pool = _pool(workers)
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
            except BrokenProcessPool:
                # One of those in flight killed its worker, and took all of them along: find out which.
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one([source for source, _ in pending], read)
                pending.clear()
                pool = _pool(workers)
                continue
            pending.popleft()
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(sources: Sequence[Source], read: Read) -> Iterator[Digest]:
    """Each alone in a process, a fresh one after each death; what it did last is kept for the report."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder, "trace.txt")
        watched = partial(_watched, read, HANGS, str(trace))
        pool = _pool(1)
        try:
            for source in sources:
                begun = monotonic()
                try:
                    result = _answer(source, pool.submit(watched, source))
                except BrokenProcessPool:
                    pool.shutdown()
                    result = without(source, too_slow() if monotonic() - begun > HANGS else _death(source, trace))
                    pool = _pool(1)
                yield result
        finally:
            pool.shutdown(cancel_futures=True)


def _answer(source: Source, future: Future[Digest] | None) -> Digest:
    """What came back; an answer that could not be sent is a bug of ours. Raises BrokenProcessPool."""
    if future is None:
        raise BrokenProcessPool
    try:
        return future.result()
    except (BrokenProcessPool, XlperfError):
        raise
    except Exception as error:
        return without(source, our_fault(source.path, f"{type(error).__name__}: {error}"))


def _death(source: Source, trace: Path) -> Refused:
    """Why a file is refused that took its process along."""
    return our_fault(source.path, DIED, trace.read_text("utf-8", "replace") if trace.exists() else "")


def _submit(pool: ProcessPoolExecutor, read: Read, source: Source) -> Future[Digest] | None:
    try:
        return pool.submit(read, source)
    except BrokenProcessPool:
        return None


def _pool(workers: int) -> ProcessPoolExecutor:
    # Spawned, as on Windows: a forked copy of a program with threads may hang.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """In a worker: it ends when the main process is killed, which by itself it would never notice."""
    parent = multiprocessing.parent_process()
    assert parent

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _watched(read: Read, seconds: float, trace: str, source: Source) -> Digest:
    """In a worker: `read`. The process ends where that hangs, whatever it hangs in; `trace` tells how it ended."""
    with open(trace, "w", encoding="utf-8") as file:
        faulthandler.enable(file)
        faulthandler.dump_traceback_later(seconds, exit=True, file=file)
        try:
            return read(source)
        finally:
            faulthandler.cancel_dump_traceback_later()
            faulthandler.disable()
