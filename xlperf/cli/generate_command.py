"""`xlperf generate`: the workbooks staff fill in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xlperf.cli.output import Output, code_of, exit_code
from xlperf.files import Refused
from xlperf.jobs.generate import generate
from xlperf.jobs.sources import is_list
from xlperf.model import UsageError


def run(args: Namespace, out: Output) -> int:
    """Print the path of every workbook as it is written, why it has macros or none, and what the source is lacking."""
    if (args.source is None) == (args.blank is None):
        raise UsageError("source_or_blank")
    trouble = []

    def done(target: Path, problem: Refused | None) -> None:
        if problem is None:
            out.path(target)
        else:
            out.tell("not_written", path=target, reason=problem)
            trouble.append(code_of(problem))

    findings, kind = generate(
        args.blank if args.source is None else args.source,
        args.out,
        year=args.year,
        as_of=args.as_of,
        by_project=args.split == "project",
        pack=args.pack,
        macros=False if args.no_macros else args.macros or None,
        force=args.force,
        preferences=args.preferences,
        done=done,
    )
    out.tell(kind)
    if args.source is not None and is_list(args.source):
        out.findings(findings)  # `check` reads documents and workbooks, no lists
    elif findings:
        out.tell("document_findings", count=len(findings), path=args.source)
    return max([exit_code({each.code for each in findings}, args.fail_on), *trouble])
