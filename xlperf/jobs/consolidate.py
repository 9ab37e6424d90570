"""Reads many workbooks, compares them, adds them up and writes the summary. Sources are never written."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from xlperf.checks import severity
from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.department import Expected
from xlperf.consolidate.records import RowFault, Source
from xlperf.consolidate.run import Progress, gather, noting_changes
from xlperf.consolidate.sources import is_summary, sources_in
from xlperf.dataset import Dataset
from xlperf.dataset.keep import SUFFIX, begun, save
from xlperf.dataset.runs import baseline_of, contents_of, finish, last_state
from xlperf.files import Refused, kept_old, our_fault, replace_file, reserved
from xlperf.jobs.sources import check_as_of, known_pack
from xlperf.model import Period, Severity, UnreadableInput, UnwritableOutput, UsageError, XlperfError

Put = Callable[[Callable[[BinaryIO], object]], None]
"""Puts a file in its place; the argument writes its content."""


def consolidate(
    paths: Path | Sequence[Path],
    target: Path,
    *,
    as_of: dt.date | None = None,
    pack: str = "",
    expected: Sequence[Expected] = (),
    progress: Progress | None = None,
    period: Period | None = None,
    year: int | None = None,
    force: bool = False,
    backup: Callable[[Path, bool], object] | None = None,
    history: bool = True,
    verify: bool = False,
    since: dt.date | None = None,
) -> Consolidation:
    """Put the workbooks of a folder, or the files given, into the summary `target` and the dataset beside it.

    `as_of` overrides each workbook's 截止日期, `pack` its rule pack; `expected` are the (code, name) of projects that
    should be among them.
    One year and one period are put together: these, or the latest that came back; workbooks of others are listed.
    The summary says what changed since the last run of that period with other contents, or since the state of the day
    `since`.
    Without `history` there is no dataset; with `verify` every file is hashed, whatever its size and time. What is wrong
    with the dataset stops nothing and is among the result's `notices`.
    `backup` has a summary that is replaced kept beside the new one; it is told where, and whether that was now.
    Raises UsageError for an unknown pack and for an `as_of` far from the year, UnreadableInput where a path does not
    exist, or no workbook was handed in and none is `expected`, UnwritableOutput where the summary cannot be written.
    """
    overriding = known_pack(pack).key if pack else None
    sources = sources_in(paths)
    with reserved(target, force=force) as put:  # before the reading, not after it
        _check_target(target, sources)
        dataset, kept, notices = _begun(target.with_suffix(SUFFIX)) if history else (Dataset(), None, [])
        left_out: dict[str, Refused] = {}
        while True:
            try:
                consolidation = gather(
                    dataset,
                    sources,
                    as_of=as_of,
                    pack=overriding,
                    expected=expected,
                    period=period,
                    year=year,
                    progress=progress,
                    left_out=left_out,
                    verify=verify,
                )
                nothing = consolidation.refused_count == consolidation.file_count
                if (period or year) and nothing and any(True for _ in consolidation.set_aside):
                    raise UsageError("nothing_of_period", path=[*_given(paths)])
                if nothing and not expected and not _is_any_refused(consolidation):
                    raise UnreadableInput("none_returned", path=[*_given(paths)])
                if as_of and consolidation.year:
                    check_as_of(as_of, consolidation.year)
                keeping = _keeping(target, put, backup) if backup and os.path.exists(target) else put
                consolidation.notices = notices + _write(consolidation, target, keeping, kept, since)
                return consolidation
            except RowFault as fault:
                path = next((s.path for s in sources if s.name == fault.file and s.name not in left_out), None)
                if path is None:
                    raise
                cause = fault.__cause__
                left_out[fault.file] = our_fault(path, f"{type(cause).__name__}: {cause}")


def _keeping(target: Path, put: Put, backup: Callable[[Path, bool], object]) -> Put:
    """What keeps the file that is there before it puts the first in its place."""
    is_first = True

    def keeping(write: Callable[[BinaryIO], object]) -> None:
        nonlocal is_first
        if is_first:
            backup(*kept_old(target))
        is_first = False
        put(write)

    return keeping


def _is_any_refused(consolidation: Consolidation) -> bool:
    """Whether a workbook that was handed in could not be read; a file of another kind is none."""
    return any(file.reason and severity(file.reason) is Severity.ERROR for file in consolidation.files)


def _given(paths: Path | Sequence[Path]) -> Sequence[Path]:
    return [paths] if isinstance(paths, Path) else paths


def _begun(path: Path) -> tuple[Dataset, Path | None, list[XlperfError]]:
    """The dataset of an earlier run, or a new one; where to save it, nowhere if that is taken; what there is to say."""
    try:
        dataset, set_aside = begun(path)
    except (OSError, UnwritableOutput) as error:
        return Dataset(), None, [_unused(path, error)]
    return dataset, path, [XlperfError("dataset_set_aside", path=path, place=set_aside)] if set_aside else []


def _unused(path: Path, error: OSError | UnwritableOutput) -> XlperfError:
    reason = error if isinstance(error, XlperfError) else error.strerror or str(error)
    return XlperfError("dataset_unused", path=path, reason=reason)


def _write(
    consolidation: Consolidation, target: Path, put: Put, kept: Path | None, since: dt.date | None
) -> list[XlperfError]:
    """Write the summary and save the dataset, unless both are as they would be. Raises RowFault.

    The summary is written again if sources changed meanwhile. What prevents the dataset from being saved is returned.
    """
    reading, contents = consolidation.reading, ""
    if kept:
        contents = contents_of(reading.dataset, reading.run)
        consolidation.baseline = baseline_of(reading.dataset, reading.run, contents, since)
        consolidation.add_notes(())  # the changes are a list too
    noting_changes(consolidation)
    state = consolidation.state(target)
    if kept and (state, _sha256(target)) == last_state(reading.dataset):
        return []
    put(lambda out: _write_summary(consolidation, target, out))
    if noting_changes(consolidation):
        state = consolidation.state(target)
        put(lambda out: _write_summary(consolidation, target, out))
    if not kept:
        return []
    finish(reading, contents, consolidation.baseline, state, _sha256(target))
    try:
        replace_file(kept, lambda out: save(reading.dataset, out), force=True)
    except UnwritableOutput as error:
        return [_unused(kept, error)]
    return []


def _write_summary(consolidation: Consolidation, target: Path, out: BinaryIO) -> None:
    from xlperf.report.summary.write import write_summary  # loads XlsxWriter only when there is something to write

    write_summary(consolidation, target, out)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""


def _check_target(target: Path, sources: Sequence[Source]) -> None:
    """No source is ever replaced, unless it is a summary of an earlier time."""
    if not os.path.exists(target) or is_summary(target):
        return
    for source in sources:
        if os.path.exists(source.path) and os.path.samefile(source.path, target):
            raise UnwritableOutput("target_is_source", path=target)
