"""`xlperf generate`: the workbooks staff fill in."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from xlperf.cli.output import Output, code_of, exit_code
from xlperf.cli.sources import blank_department, is_list, read_source, settings_for
from xlperf.files import attempt, reserved_folder
from xlperf.form.titles import file_name, short_name
from xlperf.hosts.excel.install import is_installed
from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.model import Department, Finding, UnwritableOutput, UsageError, XlperfError
from xlperf.prepare.weights import with_proposed_weights
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import write_department

NOTHING_FOUND: Sequence[Finding] = ()


def run(args: Namespace, out: Output) -> int:
    """Write one workbook, or one for each project, and print where they lie.

    A bug of ours that meets one of them leaves the others to be written; the exit code tells of it.
    """
    if (args.source is None) == (args.blank is None):
        raise UsageError("source_or_blank")
    macros, made = _macros(args)
    if args.blank is not None:
        department, findings = blank_department(args.blank, args.year), NOTHING_FOUND
    else:
        department, findings = read_source(args.source, args.year)
    settings = settings_for(department.year, args.as_of, args.pack)
    department = with_proposed_weights(department, settings.pack)
    suffix = ".xlsm" if macros else ".xlsx"
    books = list(workbooks(department, args.out, by_project=args.split == "project", suffix=suffix))
    with reserved_folder(args.out):
        if not args.force:
            for target, _ in books:  # all or none: look before the first is written
                if os.path.exists(target):
                    raise UnwritableOutput("target_exists", path=target)
        trouble = []
        for target, part in books:
            blank = args.blank is not None
            write = partial(write_department, part, settings, target, blank=blank, force=args.force, macros=macros)
            refused = attempt(target, write)
            if refused is None:
                out.path(target)
            else:
                out.tell("not_written", path=target, reason=out.reason(refused))
                trouble.append(code_of(refused))
    out.tell(made)
    if args.source is not None and is_list(args.source):
        out.findings(findings)  # `check` reads documents and workbooks, no lists
    elif findings:
        out.tell("document_findings", count=len(findings), path=args.source)
    return max([exit_code(findings, args.fail_on), *trouble])


def _macros(args: Namespace) -> tuple[Macros | None, str]:
    """The macros of the workbooks, and the key of the sentence that says which kind is made and why.

    Files with macros are blocked where they come by mail, and need xlwings: only who installed the add-in, or asks,
    gets them. Raises UsageError where they are asked for and there is no xlwings.
    """
    if args.no_macros:
        return None, "plain_as_asked"
    if not (args.macros or is_installed()):
        return None, "plain_by_default"
    try:
        macros = Macros(workbook_project, stamp())
    except XlperfError as error:
        if args.macros:
            raise UsageError(error.key, **error.values) from error
        return None, "plain_without_xlwings"
    return macros, "macros_as_asked" if args.macros else "macros_by_default"


def workbooks(
    department: Department, folder: Path, *, by_project: bool, suffix: str = ".xlsx"
) -> Iterator[tuple[Path, Department]]:
    """Each workbook to write: its path and what goes into it."""
    if not by_project:
        yield folder / f"{file_name(department.unit.name or '部门')}{department.year}年绩效填报表{suffix}", department
        return
    for project in department.projects:
        stem = "_".join(
            part for part in (f"{project.number:02d}", project.code, short_name(project.name) or "项目") if part
        )
        part = department.model_copy(update={"projects": (project,)})
        yield folder / f"{file_name(stem)}{suffix}", part
