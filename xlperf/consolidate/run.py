"""Many workbooks into one summary: read, compare, add up, write. Sources are only ever read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from xlperf.consolidate.consolidation import Consolidation, Gathering
from xlperf.consolidate.department import Expected
from xlperf.consolidate.digest import digest, refusal
from xlperf.consolidate.lines import Source
from xlperf.consolidate.readers import DIED, read_all
from xlperf.consolidate.sources import is_summary, sources_in
from xlperf.consolidate.write import write_summary
from xlperf.files import replace_file
from xlperf.model import UnwritableOutput

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
    _check_target(target, sources, force)
    result = _gather(sources, as_of, expected, progress)
    replace_file(target, lambda out: write_summary(result, target, out), force=force)
    return result


def examine(paths: Path | Sequence[Path], *, progress: Progress | None = None) -> Consolidation:
    """The same without a summary: what was found in the workbooks of a folder, or in the files given."""
    return _gather(sources_in(paths), None, (), progress)


def _gather(
    sources: Sequence[Source], as_of: dt.date | None, expected: Sequence[Expected], progress: Progress | None
) -> Consolidation:
    gathering = Gathering()
    read = partial(digest, as_of=as_of)
    lost = partial(refusal, code="XPF201", reason=DIED)
    for done, (source, found) in enumerate(zip(sources, read_all(sources, read, lost), strict=True), start=1):
        gathering.take(found)
        if progress:
            progress(done, len(sources), source.shown)
    return gathering.finished(expected)


def _check_target(target: Path, sources: Sequence[Source], force: bool) -> None:
    """Find out before the reading what could not be written after it."""
    if target.exists() and not force:
        raise UnwritableOutput("target_exists", path=target)
    for source in sources:
        if target.exists() and source.path.exists() and source.path.samefile(target) and not is_summary(target):
            raise UnwritableOutput("target_unwritable", path=target, reason="它是要汇总的文件之一")
