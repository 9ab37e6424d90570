"""Walks the example department through its year: plan, monitoring, self-evaluation, each made from the one before."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import as_json
from xlperf.consolidate.department import Expected
from xlperf.consolidate.run import gather
from xlperf.consolidate.sources import sources_in
from xlperf.dataset import Dataset
from xlperf.document import read_document
from xlperf.files import reserved_folder, save_bytes
from xlperf.form import EDITIONS, form_set_of
from xlperf.form.editions import PERIODS
from xlperf.jobs.check import check
from xlperf.jobs.consolidate import consolidate
from xlperf.jobs.example import document_text, filled, typed_answers
from xlperf.jobs.generate import NAMES, generate
from xlperf.jobs.sources import NATIONAL, expected_projects
from xlperf.model import Department, Finding, Period, Settings
from xlperf.prepare.split import split
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes


class _Step(NamedTuple):
    """A period: where its workbooks go, empty and filled in, and their summary; the day until which it counts.

    `returned` is when the workbooks came back: the same by every clock, so that the summary is the same everywhere.
    """

    period: Period
    blank: str
    filled: str
    summary: str
    as_of: dt.date
    returned: dt.datetime


DOCUMENT, FOUND = "1-绩效文本.txt", "问题.json"
STEPS = (
    _Step(
        Period.PLAN,
        "2-绩效目标表",
        "3-绩效目标表（已填）",
        "",
        dt.date(2026, 1, 1),
        dt.datetime(2026, 1, 20, 17),
    ),
    _Step(
        Period.MONITORING,
        "4-运行监控表",
        "5-运行监控表（已填）",
        "6-运行监控汇总表.xlsx",
        dt.date(2026, 6, 30),
        dt.datetime(2026, 7, 8, 17),
    ),
    _Step(
        Period.SELF_EVALUATION,
        "7-绩效自评表",
        "8-绩效自评表（已填）",
        "9-部门汇总表.xlsx",
        dt.date(2026, 12, 31),
        dt.datetime(2027, 1, 15, 17),
    ),
)

Done = Callable[[str, Path, int, int], object]
"""Called with document, blank, filled, summary or findings: what was made, how many files it is, how much was found."""


def demo(folder: Path, *, lang: str = "zh", done: Done) -> list[Finding]:
    """Write the document, of each period the workbook to fill in, those that came back and their summary; the findings.

    The example has faults on purpose. Raises UnwritableOutput.
    """
    with reserved_folder(folder):
        source = folder / DOCUMENT
        save_bytes(source, document_text().encode(), force=True)
        found = {"document": list(check([source]).findings)}
        done("document", source, 1, len(found["document"]))
        expected = expected_projects(read_document(source).department)
        for step in STEPS:
            blank = _generate(source, folder / step.blank, step)
            done("blank", blank, 1, 0)
            source = folder / step.filled
            count = _fill(blank, source, step)
            found[PERIODS[step.period]] = findings = _judge(source, folder, step, expected)
            done("filled", source, count, len(findings))
            if step.summary:
                done("summary", folder / step.summary, 1, 0)
        listed = {name: [as_json(finding, lang) for finding in findings] for name, findings in found.items()}
        save_bytes(folder / FOUND, json.dumps(listed, ensure_ascii=False, indent=1).encode(), force=True)
        done("findings", folder / FOUND, 1, sum(map(len, listed.values())))
    return [finding for findings in found.values() for finding in findings]


def _generate(source: Path, folder: Path, step: _Step) -> Path:
    """The workbook to fill in, as `xlperf generate` makes it."""
    made: list[Path] = []
    generate(
        source,
        folder,
        period=step.period,
        as_of=step.as_of,
        macros=False,
        force=True,
        done=lambda path, _: made.append(path),
    )
    return made[0]


def _fill(blank: Path, folder: Path, step: _Step) -> int:
    """Write the workbooks of the projects that came back, each with what was typed into its sheet; how many."""
    given, typed, count = read_workbook(blank), typed_answers(), 0
    assert given.department is not None
    assert given.settings is not None
    for stem, part in split(given.department, NAMES[step.period], by_project=True):
        if part.projects[0].code in typed:
            target = folder / f"{stem}.xlsx"
            save_bytes(target, filled_workbook(part, given.settings), force=True)
            os.utime(target, (step.returned.timestamp(), step.returned.timestamp()))
            count += 1
    return count


def filled_workbook(department: Department, settings: Settings) -> bytes:
    """The workbook of these projects with what was typed into it in the period of the settings."""
    form_set, typed = form_set_of(settings.period, NATIONAL), typed_answers()
    form, name = EDITIONS[form_set]["project"], PERIODS[settings.period]
    sheets = [filled(project, typed.get(project.code, {}).get(name, {}), form) for project in department.projects]
    return department_bytes(department, settings, typed=sheets, form_set=form_set)


def _judge(returned: Path, folder: Path, step: _Step, expected: Sequence[Expected]) -> list[Finding]:
    """The findings in the workbooks that came back, put into their summary where the step has one."""
    if not step.summary:
        return list(gather(Dataset(), sources_in(returned), expected=expected).findings)
    summary = folder / step.summary
    return list(consolidate(returned, summary, expected=expected, force=True, history=False).findings)
