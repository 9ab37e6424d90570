"""Reads many workbooks, compares them, adds them up and writes the summary. Sources are never written."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from xlperf.consolidate.consolidation import Consolidation
from xlperf.consolidate.department import Expected
from xlperf.consolidate.records import RowFault, Source
from xlperf.consolidate.run import Progress, gather, noting_changes
from xlperf.consolidate.sources import is_summary, sources_in
from xlperf.files import Refused, our_fault, reserved
from xlperf.model import UnwritableOutput

Put = Callable[[Callable[[BinaryIO], object]], None]
"""Puts a file in its place; the argument writes its content."""


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
                return _written(gather(sources, as_of, expected, progress, left_out=left_out), target, put)
            except RowFault as fault:
                path = next((s.path for s in sources if s.name == fault.file and s.name not in left_out), None)
                if path is None:
                    raise
                cause = fault.__cause__
                left_out[fault.file] = our_fault(path, f"{type(cause).__name__}: {cause}")


def _written(result: Consolidation, target: Path, put: Put) -> Consolidation:
    """Write the summary, and again if sources changed meanwhile; the result with these changes. Raises RowFault."""
    from xlperf.report.summary.write import write_summary  # loads XlsxWriter only when there is something to write

    result = noting_changes(result)
    put(lambda out: write_summary(result, target, out))
    changed = noting_changes(result)
    if changed is not result:
        put(lambda out: write_summary(changed, target, out))
    return changed


def _check_target(target: Path, sources: Sequence[Source]) -> None:
    """No source is ever replaced, unless it is a summary of an earlier time."""
    if not os.path.exists(target) or is_summary(target):
        return
    for source in sources:
        if os.path.exists(source.path) and os.path.samefile(source.path, target):
            raise UnwritableOutput("target_is_source", path=target)
