"""`xlperf check`: the findings of workbooks and documents, and copies of the workbooks with the findings in them."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator

from xlperf.checks import CODES, as_json, severity
from xlperf.checks.folding import folded
from xlperf.checks.standing import rank
from xlperf.cli.finding_texts import FILE, NOTHING, SHEET, general_sentence
from xlperf.cli.output import Output, code_of, exit_code
from xlperf.jobs.check import Checked, check
from xlperf.model import Finding, Severity


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
    out.unused(args.preferences.unused(checked.runs[0].paths.values()))
    trouble = []
    for copy in checked.copies(args.annotate, out.lang, force=args.force) if args.annotate else ():
        if copy.problem is None:
            out.tell("annotated_beside" if copy.is_beside else "annotated", path=copy.target, count=copy.notes)
        else:
            out.tell("not_annotated", path=copy.source, reason=copy.problem)
            trouble.append(code_of(copy.problem))
    codes = checked.codes
    if args.json and args.statistics:
        out.json({"statistics": [{"code": code, "count": codes[code]} for code in sorted(codes)]})
    elif args.json:
        out.json({"findings": (as_json(finding, out.lang) for finding in _listed(checked.findings, args))})
    else:
        _print(checked, codes, args, out)
    return max([exit_code(codes, args.fail_on), *trouble])


def _listed(findings: Iterable[Finding], args: Namespace) -> Iterator[Finding]:
    return (each for each in findings if not args.errors or severity(each) is Severity.ERROR)


def _print(checked: Checked, codes: Counter[str], args: Namespace, out: Output) -> None:
    """The findings in the groups asked for, or how many there are of each code; then their number."""
    shared = False
    if args.statistics:
        for code, count in sorted(codes.items(), key=lambda item: (rank(item[0]), -item[1], item[0])):
            grade = CODES[code].severity
            if grade is Severity.ERROR or not args.errors:
                out.data(f"{count:>6} {out.severity(grade)} {code} {general_sentence(code, out.lang)}")
    elif args.group == "rule":
        groups = folded(_listed(checked.findings, args), singly=args.all, by_rule=True)
        shared = out.groups(groups, told=NOTHING)
    else:
        by_project = args.group == "project"
        for title, findings in checked.by_project() if by_project else checked.by_file():
            listed = list(_listed(findings, args))
            shared = out.findings_of(title, listed, singly=args.all, told=SHEET if by_project else FILE) or shared
    out.counts(codes)
    if shared:
        out.tell("shared_lines")
