"""Reads, judges and compares many workbooks. Never writes to a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from xlperf.checks import finding
from xlperf.consolidate.consolidation import Consolidation, Gatherer, first_locus
from xlperf.consolidate.department import Expected
from xlperf.consolidate.file_result import read_and_judge, refused_file
from xlperf.consolidate.records import Source
from xlperf.consolidate.source_checks import Duplicates, changed, with_modified
from xlperf.consolidate.sources import sources_in
from xlperf.consolidate.worker_pool import read_all
from xlperf.files import Refused

CHANGED = "XPF612"
NONE: Mapping[str, Refused] = {}

Progress = Callable[[int, int, str], object]
"""Called after each file with the number of files done, their total, and the name of the file."""


def examine(
    paths: Path | Sequence[Path], *, pack: str | None = None, progress: Progress | None = None
) -> Consolidation:
    """Consolidate the workbooks of a folder, or the files given, without writing a summary.

    `pack` overrides the rule pack of each workbook, to audit scores under another one.
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
    """Read these sources, in turn or in parallel; those in `left_out` (by name) are refused for the reason given.

    `as_of`, `pack` and `expected` as in `examine` and `jobs.consolidate`.
    """
    gatherer, duplicates = Gatherer(), Duplicates()
    read = partial(with_modified, partial(read_and_judge, as_of=as_of, pack=pack))
    for count, (source, result) in enumerate(zip(sources, read_all(sources, read), strict=True), start=1):
        refused = left_out.get(source.name)
        gatherer.add(refused_file(source, refused) if refused else duplicates.checked(result))
        if progress:
            progress(count, len(sources), source.name)
    return gatherer.finish(expected)


def noting_changes(consolidation: Consolidation) -> Consolidation:
    """The same with a finding for each file that changed after it was read; itself where there is no new one."""
    known = {note.locus.file for note in consolidation.notes if note.code == CHANGED}
    files = [file for file in consolidation.files if file.name not in known and changed(file)]
    notes = [finding(CHANGED, first_locus(file, consolidation.projects)) for file in files]
    return consolidation.with_notes(notes) if notes else consolidation
