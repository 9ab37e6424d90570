"""Many workbooks read, judged and compared. Sources are only ever read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from xlperf.checks import finding
from xlperf.consolidate.consolidation import Consolidation, Gathering, first_place
from xlperf.consolidate.department import Expected
from xlperf.consolidate.file_result import digest, without
from xlperf.consolidate.records import Source
from xlperf.consolidate.source_checks import Seen, changed, dated
from xlperf.consolidate.sources import sources_in
from xlperf.consolidate.worker_pool import read_all
from xlperf.files import Refused

CHANGED = "XPF612"
NONE: Mapping[str, Refused] = {}

Progress = Callable[[int, int, str], object]
"""Called after each file: files done, files in all, the file."""


def examine(
    paths: Path | Sequence[Path], *, pack: str | None = None, progress: Progress | None = None
) -> Consolidation:
    """What is found in the workbooks of a folder, or in the files given.

    `pack` overrides the rule pack of each workbook, as an audit of its scores may want.
    """
    return gather(sources_in(paths), None, (), progress, pack)


def gather(
    sources: Sequence[Source],
    as_of: dt.date | None,
    expected: Sequence[Expected],
    progress: Progress | None,
    pack: str | None = None,
    left_out: Mapping[str, Refused] = NONE,
) -> Consolidation:
    """Read these sources, in turn or side by side; `left_out` are refused unread, each for the reason given.

    `as_of`, `pack` and `expected` as in `examine` and `jobs.consolidate`.
    """
    gathering, seen = Gathering(), Seen()
    read = partial(dated, partial(digest, as_of=as_of, pack=pack))
    for done, (source, found) in enumerate(zip(sources, read_all(sources, read), strict=True), start=1):
        refused = left_out.get(source.shown)
        gathering.take(without(source, refused) if refused else seen.once(found))
        if progress:
            progress(done, len(sources), source.shown)
    return gathering.finished(expected)


def noting_changes(result: Consolidation) -> Consolidation:
    """The same with a finding for each file that has changed since it was read, if it has none yet."""
    known = {note.locus.file for note in result.notes if note.code == CHANGED}
    found = [
        finding(CHANGED, first_place(file, result.projects))
        for file in result.files
        if file.shown not in known and changed(file)
    ]
    return result.noted(found) if found else result
