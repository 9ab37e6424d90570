"""Very many small workbooks from end to end, with time, memory and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import corpus
from clock import Seconds, peak_memory, run, timed
from measures import consolidating

HEADS = ("step", "processor", "wall", "each", "memory", "files made")


def end_to_end(folder: Path, count: int) -> Iterator[tuple[str, ...]]:
    """A line for each step: writing, consolidating, and consolidating again."""
    returned, made = folder / "returned", folder / "made"
    made.mkdir()
    spent = timed(lambda: corpus.write(returned, range(count), corpus.SMALL))
    yield _line(f"generate {count:,} workbooks", spent, count, "", f"{_size(returned.iterdir()):.1f} MB")
    command = consolidating(returned, made / "汇总.xlsx")
    for step in ("consolidate", "consolidate again, nothing changed"):
        spent, peak = peak_memory(lambda: run(*command))
        sizes = (f"{path.suffix} {_size([path]):.1f} MB" for path in sorted(made.iterdir()))
        yield _line(step, spent, count, f"{peak:.0f} MB", ", ".join(sizes))


def _line(step: str, spent: Seconds, count: int, *rest: str) -> tuple[str, ...]:
    return step, f"{spent.cpu:.1f} s", f"{spent.wall:.1f} s", f"{spent.cpu / count * 1000:.1f} ms", *rest


def _size(paths: Iterable[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / 1e6
