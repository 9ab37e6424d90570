"""Many workbooks into one summary: read, compare, add up, write. Sources are only ever read."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from xlperf.checks import finding
from xlperf.consolidate.consolidation import Consolidation, Gathering, first_place
from xlperf.consolidate.department import Expected
from xlperf.consolidate.digest import digest, without
from xlperf.consolidate.lines import RowFault, Source
from xlperf.consolidate.proof import Seen, changed, dated
from xlperf.consolidate.readers import read_all
from xlperf.consolidate.sources import is_summary, sources_in
from xlperf.consolidate.write import write_summary
from xlperf.files import Refused, our_fault, reserved
from xlperf.model import UnwritableOutput

CHANGED = "XPF612"
NONE: Mapping[str, Refused] = {}

Put = Callable[[Callable[[BinaryIO], object]], None]
"""Puts a file where it belongs, written by what is given."""

Progress = Callable[[int, int, str], object]
"""Called after each file: files done, files in all, the file."""


def consolidate(
    paths: Path | Sequence[Path],
    target: Path,
    *,
    as_of: dt.date | None = None,
    expected: Sequence[Expected] = (),
    progress: Progress | None = None,
    force: bool = False,
) -> Consolidation:
    """Put the workbooks of a folder, or the files given, into the summary `target`.

    `as_of` overrides each workbook's 截止日期; `expected` are the (code, name) of projects that should be among them.
    Raises UnreadableInput where a path does not exist, UnwritableOutput where the summary cannot be written.
    """
    sources = sources_in(paths)
    with reserved(target, force=force) as put:  # before the reading, not after it
        _check_target(target, sources)
        left_out: dict[str, Refused] = {}
        while True:
            try:
                return _written(_gather(sources, as_of, expected, progress, left_out=left_out), target, put)
            except RowFault as fault:
                path = next((s.path for s in sources if s.shown == fault.file and s.shown not in left_out), None)
                if path is None:
                    raise
                cause = fault.__cause__
                left_out[fault.file] = our_fault(path, f"{type(cause).__name__}: {cause}")


def _written(result: Consolidation, target: Path, put: Put) -> Consolidation:
    """The same, in the summary; with what was found to have changed until it was there. Raises RowFault."""
    result = _noting_changes(result)
    put(lambda out: write_summary(result, target, out))
    told = _noting_changes(result)
    if told is not result:
        put(lambda out: write_summary(told, target, out))
    return told


def examine(
    paths: Path | Sequence[Path], *, pack: str | None = None, progress: Progress | None = None
) -> Consolidation:
    """The same without a summary: what was found in the workbooks of a folder, or in the files given.

    `pack` overrides the rule pack of each workbook, as an audit of its scores may want.
    """
    return _gather(sources_in(paths), None, (), progress, pack)


def _gather(
    sources: Sequence[Source],
    as_of: dt.date | None,
    expected: Sequence[Expected],
    progress: Progress | None,
    pack: str | None = None,
    left_out: Mapping[str, Refused] = NONE,
) -> Consolidation:
    gathering, seen = Gathering(), Seen()
    read = partial(dated, partial(digest, as_of=as_of, pack=pack))
    for done, (source, found) in enumerate(zip(sources, read_all(sources, read), strict=True), start=1):
        refused = left_out.get(source.shown)
        gathering.take(without(source, refused) if refused else seen.once(found))
        if progress:
            progress(done, len(sources), source.shown)
    return gathering.finished(expected)


def _noting_changes(result: Consolidation) -> Consolidation:
    """The same with a finding for each file that has changed since it was read, if it has none yet."""
    known = {note.locus.file for note in result.notes if note.code == CHANGED}
    found = [
        finding(CHANGED, first_place(file, result.projects))
        for file in result.files
        if file.shown not in known and changed(file)
    ]
    return result.noted(found) if found else result


def _check_target(target: Path, sources: Sequence[Source]) -> None:
    """No source is ever replaced, unless it is a summary of an earlier time."""
    if not os.path.exists(target) or is_summary(target):
        return
    for source in sources:
        if os.path.exists(source.path) and os.path.samefile(source.path, target):
            raise UnwritableOutput("target_is_source", path=target)
