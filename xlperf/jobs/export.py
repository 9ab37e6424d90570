"""Makes the workbooks from which clerks paste what came back into the budget system, one for each unit."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from xlperf.consolidate import Consolidation, FileRecord
from xlperf.consolidate.new_run import OTHER_PERIOD
from xlperf.consolidate.run import Progress, gather
from xlperf.consolidate.sources import sources_in
from xlperf.dataset import Dataset
from xlperf.files import Refused, attempt, reserved_folder, save_bytes
from xlperf.form.titles import file_name
from xlperf.jobs.sources import known_pack
from xlperf.model import Finding, Period, UnwritableOutput, UsageError
from xlperf.report.paste.projects import PasteProject, paste_projects

NAMES = {Period.MONITORING: "监控粘贴表", Period.SELF_EVALUATION: "自评粘贴表"}
"""What the workbooks of a period are called. A plan is not pasted."""

Done = Callable[[Path, Refused | None], object]
"""Called after each workbook: its path, and the reason where a bug of ours or lack of time prevented it."""


class Pasted(NamedTuple):
    """What came of it: the year and period of the workbooks, their projects, and the files that are not in them.

    `refused` are the reasons of those that could not be read; `others` are of another year or period.
    """

    year: int
    period: Period
    projects: Sequence[PasteProject]
    refused: Sequence[Finding]
    others: Sequence[FileRecord]
    paths: Sequence[Path]


def export_paste(
    paths: Sequence[Path],
    folder: Path,
    *,
    pack: str = "",
    period: Period | None = None,
    year: int | None = None,
    force: bool = False,
    progress: Progress | None = None,
    done: Done,
) -> Pasted:
    """Write a workbook for each unit of which a project passed the checks, from workbooks that came back.

    Only those of one year and period count, these or the latest; `pack` overrides the rule pack of each. Raises
    UsageError for an unknown pack and where there are none of monitoring or self-evaluation, and XlperfError, before
    the first is written, where a target exists and `force` is off.
    """
    latest = _of_one_period(paths, known_pack(pack).key if pack else None, year, period, progress)
    year, period = latest.year, latest.period
    assert year is not None
    assert period is not None
    projects = list(paste_projects(latest, period))
    with reserved_folder(folder):
        books = {folder / f"{stem}.xlsx": of_unit for stem, of_unit in _by_unit(projects, year, period)}
        for target in books:
            if not force and os.path.exists(target):
                raise UnwritableOutput("target_exists", path=target)
        for target, of_unit in books.items():
            done(target, attempt(target, partial(_write, target, of_unit, period, force)))
    others = [file for file in latest.files if file.reason and file.reason.code == OTHER_PERIOD]
    refused = [file.reason for file in latest.files if file.reason and file.reason.code != OTHER_PERIOD]
    return Pasted(year, period, projects, refused, others, [*latest.paths.values()])


def _of_one_period(
    paths: Sequence[Path], pack: str | None, year: int | None, period: Period | None, progress: Progress | None
) -> Consolidation:
    """The run over the workbooks of this year and period, or the latest, of those that are pasted."""
    dataset, sources = Dataset(), sources_in(paths)
    run = gather(dataset, sources, pack=pack, progress=progress)
    order = list(Period).index
    read = (file for file in run.files if file.reason is None or file.reason.code == OTHER_PERIOD)
    stages = [(file.year or 0, order(Period(file.period))) for file in read if Period(file.period) in NAMES]
    fitting = [(at, n) for at, n in stages if year in (None, at) and period in (None, list(Period)[n])]
    if not fitting:
        raise UsageError("nothing_of_period" if stages else "nothing_to_paste", path=[*paths])
    year, period = max(fitting)[0], list(Period)[max(fitting)[1]]
    is_it = (run.year, run.period) == (year, period)
    return run if is_it else gather(dataset, sources, pack=pack, period=period, year=year)


def _by_unit(projects: Sequence[PasteProject], year: int, period: Period) -> list[tuple[str, list[PasteProject]]]:
    """The projects of each unit of which one can be pasted, with the name of its workbook."""
    units: dict[str, list[PasteProject]] = {}
    for project in projects:
        units.setdefault(project.unit_key, []).append(project)
    named: dict[str, list[PasteProject]] = {}
    for of_unit in units.values():
        if any(not project.errors for project in of_unit):
            first = f"{file_name(of_unit[0].unit or '部门')}{year}年{NAMES[period]}"
            more = (f"{first}_{i}" for i in count(2))
            named[next(stem for stem in chain([first], more) if stem not in named)] = of_unit
    return list(named.items())


def _write(target: Path, projects: Sequence[PasteProject], period: Period, force: bool) -> None:
    from xlperf.report.paste.write import paste_workbook  # loads XlsxWriter only when there is something to write

    save_bytes(target, paste_workbook(projects, period), force=force)
