"""Files read by worker processes, answered in order; a worker that dies costs the file it was reading, no other."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from xlperf.consolidate.lines import Digest, Source

WORTH_WORKERS = 16  # files; below, starting processes takes longer than reading
LOOK_AHEAD = 4  # files per worker that may be done before their turn
DIED = "读取进程意外终止"

Read = Callable[[Source], Digest]
Pending = deque[tuple[Source, "Future[Digest] | None"]]


def read_all(sources: Sequence[Source], read: Read, lost: Read, workers: int | None = None) -> Iterator[Digest]:
    """`read` of every source, in order; `lost` stands in for what died with its process.

    `read` must be importable by name (or a partial of such a function): workers are spawned.
    """
    if workers is None:
        workers = min(os.cpu_count() or 1, len(sources)) if len(sources) >= WORTH_WORKERS else 1
    if workers > 1:
        yield from _with_workers(sources, read, lost, workers)
    else:
        yield from map(read, sources)


def _with_workers(sources: Sequence[Source], read: Read, lost: Read, workers: int) -> Iterator[Digest]:
    coming = iter(sources)
    pool = _pool(workers)
    pending: Pending = deque()
    try:
        while True:
            while len(pending) < workers * LOOK_AHEAD and (source := next(coming, None)) is not None:
                pending.append((source, _submit(pool, read, source)))
            if not pending:
                return
            source, future = pending[0]
            try:
                if future is None:
                    raise BrokenProcessPool
                result = future.result()
            except BrokenProcessPool:
                # One of those in flight killed its worker, and took all of them along: find out which.
                pool.shutdown(cancel_futures=True)
                yield from _one_by_one([source for source, _ in pending], read, lost)
                pending.clear()
                pool = _pool(workers)
                continue
            pending.popleft()
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(sources: Sequence[Source], read: Read, lost: Read) -> Iterator[Digest]:
    """Each alone in a process, a fresh one after each death."""
    pool = _pool(1)
    try:
        for source in sources:
            try:
                yield pool.submit(read, source).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                yield lost(source)
    finally:
        pool.shutdown(cancel_futures=True)


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
