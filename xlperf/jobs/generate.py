"""Writes the workbooks that staff fill in."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from xlperf.document.ledger import read_ledger
from xlperf.files import Refused, attempt, kept_old, reserved_folder
from xlperf.form import EDITIONS, FormSet, form_set_of
from xlperf.form import layout as placed
from xlperf.hosts.excel.install import is_installed
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.jobs.carrying import ReturnedWorkbooks, is_returned, new_period, read_returned
from xlperf.jobs.preferences import NO_PREFERENCES, Preferences
from xlperf.jobs.sources import (
    NATIONAL,
    Origins,
    blank_department,
    is_list,
    origins_of,
    read_source,
    settings_for,
    usual_pack,
)
from xlperf.measure import months_elapsed
from xlperf.model import (
    BudgetUnit,
    Department,
    Finding,
    Funds,
    Period,
    Settings,
    UnreadableInput,
    UnwritableOutput,
    UsageError,
    XlperfError,
)
from xlperf.prepare.carry import carried
from xlperf.prepare.identity import with_ids
from xlperf.prepare.not_carried import NotCarried
from xlperf.prepare.payments import Paid, with_payments
from xlperf.prepare.split import split
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import write_department

NAMES = {Period.PLAN: "绩效目标表", Period.MONITORING: "绩效运行监控表", Period.SELF_EVALUATION: "绩效自评表"}
"""What workbooks of a period are called."""

NOT_READ = "XPF118"
"""The code that money or indicators of a form were not understood."""

Done = Callable[[Path, Refused | None], object]
"""Called after each workbook: its path, and the reason where a bug of ours or lack of time prevented it."""


class Made(NamedTuple):
    """What came of generating: findings in the source, the kind of workbooks, and what was not carried over.

    The kind is plain_by_default, plain_as_asked, plain_without_xlwings, macros_by_default or macros_as_asked. `ended`
    and `added` are projects of one year only, where next year's plan was made; `paid` says where the rows of a ledger
    went. `unread` are the files and sheets that came back and were not read. `kept` is where old files were kept, or
    had been before. `origins` say where 截止日期 and 规则包 of the `settings` come from.
    """

    findings: Sequence[Finding]
    kind: str
    settings: Settings
    origins: Origins
    kept: Sequence[tuple[Path, bool]] = ()
    not_carried: Sequence[NotCarried] = ()
    unread: Sequence[str] = ()
    ended: Sequence[str] = ()
    added: Sequence[str] = ()
    paid: Paid | None = None
    year: int = 0
    year_from: str = ""


def generate(
    source: Path | int,
    folder: Path,
    *,
    period: Period | None = None,
    layout: str = "",
    plan: Path | None = None,
    payments: Path | None = None,
    year: int | None = None,
    unit: BudgetUnit | None = None,
    as_of: dt.date | None = None,
    by_project: bool = False,
    pack: str = "",
    macros: bool | None = None,
    rows: int | None = None,
    force: bool = False,
    accept_partial: bool = False,
    backup: bool = False,
    preferences: Preferences = NO_PREFERENCES,
    done: Done,
) -> Made:
    """Write one workbook for each budget unit, or for each project, into the folder.

    `source` is a document, a project list, the number of blank projects, or a workbook that came back or a folder of
    them; these need a `period`, and take the `plan` as it now stands (a document or list) where it has changed.
    A document may hold forms filled in for a period, which is then the usual one; one of which money or indicators were
    not understood is taken with `accept_partial` only. `payments` is the ledger that fills the months, `unit` stands
    instead of what the source says of its unit, `rows` is how many indicators a project has room for at least. `macros`
    None lets this PC decide. A bug of ours that meets one workbook leaves the others to be written. With `backup` a
    file that is replaced is kept beside the new one. Raises XlperfError, before the first is written where a target
    exists and `force` is off.
    """
    vba, kind = _macros(macros)
    began = _begun(source, period, plan, year, preferences, accept_partial)
    period = began.period
    layout = layout or preferences.layout or began.layout
    form_set = form_set_of(period, layout)
    came_with_layout = layout != began.layout and began.pack == usual_pack(began.layout)
    chosen = "" if came_with_layout else began.pack
    settings = settings_for(began.department.year, period, as_of, pack or chosen, layout, began.settings)
    origins = origins_of(settings, as_of, pack, chosen, began.settings)
    department, not_carried, findings = began.department, began.not_carried, list(began.findings)
    paid = None
    if payments is not None:
        ledger, found = read_ledger(payments)
        passed = months_elapsed(settings.as_of, department.year)
        assert isinstance(passed, int)
        paid = with_payments(department, ledger, _sources_shown(form_set), passed)
        department, not_carried = paid.department, (*not_carried, *paid.replaced)
        findings += found
    units = began.units
    if unit is not None:
        units = ()
        named = unit.model_copy(update={"department": unit.department or department.unit.department})
        department = department.model_copy(update={"unit": named})
    department = with_ids(department)
    if period is Period.SELF_EVALUATION:
        department = with_proposed_weights(department, settings.pack, began.settings.pack if began.settings else "")
    suffix = ".xlsm" if vba else ".xlsx"
    parts = split(department, NAMES[period], by_project=by_project, units=units)
    books = [(folder / f"{stem}{suffix}", part) for stem, part in parts]
    codes = {project.code for project in department.projects if project.code}
    with reserved_folder(folder):
        for target, _ in books:
            if not force and os.path.exists(target):
                raise UnwritableOutput("target_exists", path=target)
        kept = []
        for target, part in books:
            of_others = codes - {project.code for project in part.projects}
            write = partial(
                write_department,
                part,
                settings,
                target,
                blank=isinstance(source, int),
                force=force,
                macros=vba,
                form_set=form_set,
                rows=rows,
                left=[each for each in not_carried if (each.new_code or each.code) not in of_others],
            )
            kept += [kept_old(target)] if backup and os.path.exists(target) else []
            done(target, attempt(target, write))
    return Made(
        findings,
        kind,
        settings,
        origins,
        kept,
        not_carried,
        began.unread,
        began.ended,
        began.added,
        paid,
        department.year,
        began.year_from,
    )


def _sources_shown(form_set: FormSet) -> list[str]:
    """The sources of funds for which its projects say what was paid."""
    sheet = placed(EDITIONS[form_set]["project"])
    return [source for source in Funds.model_fields if sheet.cell_of(f"paid.{source}")]


class _Begun(NamedTuple):
    """What a source gives to begin with."""

    department: Department
    period: Period
    findings: Sequence[Finding] = ()
    not_carried: Sequence[NotCarried] = ()
    unread: Sequence[str] = ()
    settings: Settings | None = None
    pack: str = ""
    layout: str = NATIONAL
    ended: Sequence[str] = ()
    added: Sequence[str] = ()
    year_from: str = ""
    units: Sequence[BudgetUnit] = ()


def _begun(
    source: Path | int,
    period: Period | None,
    plan: Path | None,
    year: int | None,
    preferences: Preferences,
    accept_partial: bool,
) -> _Begun:
    """Read the source. Raises XlperfError where it cannot begin this period."""
    if isinstance(source, int):
        if period not in (None, Period.PLAN):
            raise UsageError("blank_is_a_plan")
        return _Begun(blank_department(source, year, preferences), Period.PLAN)
    if not is_returned(source):
        if plan is not None:
            raise UsageError("plan_beside_plan", path=source)
        read = read_source(source, year, preferences)
        if not accept_partial:
            _refuse_what_is_partly_read(source, read.findings)
        period = period or read.period
        if not read.department.projects:
            raise UnreadableInput("source_without_projects", path=source)
        if period is not Period.PLAN and not any(project.indicators for project in read.department.projects):
            raise UsageError("no_indicators", path=source)
        department, not_carried = carried(read.department, [read.filled], period)
        return _Begun(department, period, read.findings, not_carried, year_from=read.year_from, units=read.units)
    if period is None:
        raise UsageError("returned_needs_period", path=source)
    returned = read_returned(source)
    current = None if plan is None else read_source(plan, year or _year(plan, returned), preferences)
    new = new_period(returned.workbooks, period, year, current.department if current else None)
    findings = (*returned.findings, *(current.findings if current else ()))
    return _Begun(period=period, findings=findings, unread=returned.unread, **new._asdict())


def _refuse_what_is_partly_read(source: Path, findings: Sequence[Finding]) -> None:
    """Raise UnreadableInput where money or indicators of a form were not understood."""
    unread = [dict(each.values) for each in findings if each.code == NOT_READ]
    if unread:
        count = sum(int(values["count"]) for values in unread)
        raise UnreadableInput("source_partly_read", path=source, count=count, text=unread[0]["text"])


def _year(plan: Path, returned: ReturnedWorkbooks) -> int | None:
    """The year of a plan that goes with these workbooks: a list says none, its codes when each project began."""
    return returned.year if is_list(plan) else None


def _macros(asked: bool | None) -> tuple[Macros | None, str]:
    """The macros of the workbooks, and their kind as `generate` names it.

    Files with macros are blocked where they come by mail, and need xlwings: only who installed the add-in, or asks,
    gets them. Raises UsageError where they are asked for and there is no xlwings.
    """
    if asked is False:
        return None, "plain_as_asked"
    if not (asked or is_installed()):
        return None, "plain_by_default"
    try:
        macros = Macros(workbook_project, stamp())
    except XlperfError as error:
        if asked:
            raise UsageError(error.key, **error.values) from error
        return None, "plain_without_xlwings"
    return macros, "macros_as_asked" if asked else "macros_by_default"
