"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import as_json
from xlperf.cli.output import Output, code_of, exit_code
from xlperf.jobs.check import check


def run(args: Namespace, out: Output) -> int:
    """Print which copies were made, and every finding; the exit code is that of the gravest finding or problem."""
    with out.progress("reading") as progress:
        findings, copies = check(
            args.paths,
            year=args.year,
            select=args.select,
            ignore=args.ignore,
            pack=args.pack,
            annotate=args.annotate,
            lang=out.lang,
            force=args.force,
            progress=progress,
        )
    trouble = []
    for copy in copies:
        if copy.problem is None:
            out.tell("annotated", path=copy.target, count=copy.notes)
        else:
            out.tell("not_annotated", path=copy.source, reason=copy.problem)
            trouble.append(code_of(copy.problem))
    if args.json:
        out.json({"findings": [as_json(finding, out.lang) for finding in findings]})
    else:
        out.findings(findings)
        out.counts(findings)
    return max([exit_code(findings, args.fail_on), *trouble])
