"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import as_json
from xlperf.cli.output import Output, code_of, exit_code
from xlperf.jobs.check import check


def run(args: Namespace, out: Output) -> int:
    """Print which copies were made, and every finding; the exit code is that of the gravest finding or problem."""
    with out.progress("reading") as progress:
        checked = check(
            args.paths,
            year=args.year,
            select=args.select,
            ignore=args.ignore,
            pack=args.pack,
            preferences=args.preferences,
            progress=progress,
        )
    for path in args.preferences.unused(checked.runs[0].paths.values()):
        out.tell("preference_unused", path=path)
    trouble = []
    for copy in checked.copies(args.annotate, out.lang, force=args.force) if args.annotate else ():
        if copy.problem is None:
            out.tell("annotated", path=copy.target, count=copy.notes)
        else:
            out.tell("not_annotated", path=copy.source, reason=copy.problem)
            trouble.append(code_of(copy.problem))
    codes = checked.codes
    if args.json:
        out.json({"findings": (as_json(finding, out.lang) for finding in checked.findings)})
    else:
        for file, findings in checked.by_file():
            out.findings_of(file, findings)
        out.counts(codes)
    return max([exit_code(codes, args.fail_on), *trouble])
