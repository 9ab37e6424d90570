"""Reads, judges and compares many workbooks. Never writes to a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from xlperf.checks import finding
from xlperf.consolidate import department
from xlperf.consolidate.cache import conditions, known_files
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.copies import original
from xlperf.consolidate.cross_checks import comparisons
from xlperf.consolidate.department import Expected
from xlperf.consolidate.file_result import read_and_judge, refused_file
from xlperf.consolidate.new_run import NewRun
from xlperf.consolidate.records import Source
from xlperf.consolidate.source_checks import changed, with_modified
from xlperf.consolidate.sources import sources_in
from xlperf.consolidate.worker_pool import read_all
from xlperf.dataset import Dataset
from xlperf.dataset.readings import Reading
from xlperf.dataset.runs import now
from xlperf.files import Refused
from xlperf.model import Finding, Period

CHANGED = "XPF612"
NONE: Mapping[str, Refused] = {}

Progress = Callable[[int, int, str], object]
"""Called before the first file, and after each with the number of files done, their total, and its name."""


def examine(
    paths: Path | Sequence[Path],
    *,
    pack: str | None = None,
    period: Period | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Consolidation:
    """Consolidate the workbooks of a folder, or the files given, without writing a summary.

    `pack` overrides the rule pack of each workbook, to audit scores under another one; `period` and `year` as in
    `jobs.consolidate`.
    """
    return gather(Dataset(), sources_in(paths), progress=progress, pack=pack, period=period, year=year)


def gather(
    dataset: Dataset,
    sources: Sequence[Source],
    *,
    as_of: dt.date | None = None,
    expected: Sequence[Expected] = (),
    progress: Progress | None = None,
    pack: str | None = None,
    period: Period | None = None,
    year: int | None = None,
    left_out: Mapping[str, Refused] = NONE,
    verify: bool = False,
) -> Consolidation:
    """Add a run over these sources to the dataset: read in turn or in parallel what is not in it already.

    Sources in `left_out` (by name) are refused for the reason given; `verify` hashes every file instead of trusting
    its size and time; `as_of`, `pack`, `period`, `year` and `expected` as in `examine` and `jobs.consolidate`.
    """
    began, given = now(), conditions(as_of, pack)
    known_file = known_files(dataset, given, verify=verify)
    known = {source.name: file for source in sources if source.name not in left_out and (file := known_file(source))}
    run = NewRun(dataset, began, given)
    if progress:
        progress(0, len(sources), "")
    to_read = [source for source in sources if source.name not in known]
    results = read_all(to_read, partial(with_modified, partial(read_and_judge, as_of=as_of, pack=pack)))
    for count, source in enumerate(sources, start=1):
        if source.name in known:
            run.add_known(source, *known[source.name])
        else:
            result, refused = next(results), left_out.get(source.name)
            run.add(refused_file(source, refused) if refused else result)
        if progress:
            progress(count, len(sources), source.name)
    run.set_aside_others(year, period)
    run.supersede()
    paths = {source.name: source.path for source in sources}
    consolidation = Consolidation(Reading(dataset, run.number), paths, expected)
    consolidation.add_notes(_notes(consolidation))
    return consolidation


def noting_changes(consolidation: Consolidation) -> bool:
    """Add a finding for each file that changed after it was read; whether there is a new one."""
    known = {note.locus.file for note in consolidation.notes if note.code == CHANGED}
    files = [file.name for file in consolidation.files if file.name not in known and changed(file)]
    if files:
        consolidation.add_notes([finding(CHANGED, consolidation.locus_of(name)) for name in files])
    return bool(files)


def _notes(consolidation: Consolidation) -> Iterator[Finding]:
    yield from consolidation.set_aside
    yield from map(department.repetition, consolidation.repeated)
    yield from map(department.absence, consolidation.missing)
    yield from department.without_budget(consolidation.projects_without_budget)
    yield from department.doubts(consolidation.doubtful)
    yield from department.disagreements(consolidation.files)
    yield from comparisons(consolidation.reading)
    for file in consolidation.files:
        first = None if file.reason else original(file.name, consolidation.paths)
        if first:
            yield finding("XPF611", consolidation.locus_of(file.name), original=first)
        elif first is not None:  # read although its name marks it as a copy
            yield finding("XPF614", consolidation.locus_of(file.name))
