"""`xlperf consolidate`: filled workbooks → department summary, every file accounted for."""

from __future__ import annotations

from argparse import Namespace
from decimal import Decimal

from xlperf.checks import CODES
from xlperf.checks.rule import DESCRIBED
from xlperf.cli.output import Output, exit_code
from xlperf.consolidate import Consolidation, as_json
from xlperf.form.editions import PERIOD_OF
from xlperf.jobs.consolidate import consolidate
from xlperf.jobs.remind import remind
from xlperf.jobs.sources import expected_projects, read_source
from xlperf.model import Period, Severity

MOST_LISTED = 20  # lines of a list; the summary has them all


def run(args: Namespace, out: Output, *, keep_old: bool = True) -> int:
    """Write the summary and say what went into it and what did not; one that is replaced is kept beside it."""
    listed = read_source(args.expected, args.year, args.preferences) if args.expected else None
    with out.progress("reading") as progress:
        result = consolidate(
            args.folder,
            args.out,
            as_of=args.as_of,
            pack=args.pack,
            expected=expected_projects(listed.department) if listed else (),
            period=PERIOD_OF.get(args.period),
            year=args.year or args.preferences.year,
            progress=progress,
            force=args.force,
            backup=out.kept if args.force and keep_old else None,
            history=not args.no_history,
            verify=args.verify,
            since=args.since,
        )
    out.unused(args.preferences.unused(result.paths.values()))
    codes = result.codes
    if args.json:
        out.json(as_json(result, out.lang))
    else:
        # Errors, and what concerns the files themselves; the summary lists the rest.
        rest = {code for code in codes if CODES[code].severity is not Severity.ERROR and code in DESCRIBED}
        names = ["", *sorted(result.paths)]
        for file, findings in result.findings_of(names, without=rest):
            out.findings_of(file, findings)
        out.counts(codes)
        if rest:
            out.tell("rest_in_summary", count=sum(codes[code] for code in rest))
        _account(result, out)
        _list_unsent(result, out)
        _tell_settings(result, args, out)
        out.tell("summary_written", path=args.out)
    if args.remind or args.by:
        reminder, path = remind(result, args.out, args.by, listed.contacts if listed else {}, force=args.force)
        if path is None:
            out.tell("nobody_to_remind")
        else:
            (out.say if args.json else out.data)(reminder)
            out.tell("reminder_written", path=path)
    for notice in result.notices:
        out.say(out.problem(notice))
    return exit_code(codes, args.fail_on)


def _tell_settings(result: Consolidation, args: Namespace, out: Output) -> None:
    """Say to which day and by which rule pack was counted, and where both come from."""
    read = [file for file in result.files if file.reason is None]
    if not read:
        return
    told = {"as_of": {str(file.as_of) for file in read}, "pack": {file.pack for file in read}}
    words: dict[str, str] = {}
    for name, values in told.items():
        words[name] = out.line("among").join(sorted(values))
        flag = "preferred" if name in args.preferred else "given"
        words[f"{name}_origin"] = out.line(f"{name}_{flag}" if getattr(args, name) else "as_workbooks_say")
    out.tell("settings_line", **words)


def _list_unsent(result: Consolidation, out: Output) -> None:
    """What nobody sent, and what was sent and could not be read."""
    missing = [f"{name}（{code}）" if name else code for code, name in result.missing]
    unread = [f"{each.place}　{each.project}" if each.project else each.place for each in result.unread]
    for key, listed in (("missing_line", missing), ("unread_line", unread)):
        if listed:
            out.tell(key, count=len(listed))
            for each in listed[:MOST_LISTED]:
                out.say(f"  {each}")
            if len(listed) > MOST_LISTED:
                out.tell("more_in_summary", count=len(listed) - MOST_LISTED)


def _account(result: Consolidation, out: Output) -> None:
    """What went into the summary, in two lines, and the projects that are not among its totals."""
    files, refused = result.file_count, result.refused_count
    out.tell("files_line", files=files, consolidated=files - refused, refused=refused)
    totals = result.totals
    rate = totals.execution_rate
    out.tell(
        "plan_totals_line" if result.period is Period.PLAN else "totals_line",
        projects=totals.projects,
        indicators=totals.indicators,
        budget=f"{totals.budget:,.2f}",
        paid=f"{totals.paid:,.2f}",
        rate=f"{rate:.1%}" if isinstance(rate, Decimal) else "—",
    )
    aside = result.doubtful_totals
    if aside.projects:
        out.tell("set_aside_line", count=aside.projects, budget=f"{aside.budget:,.2f}", paid=f"{aside.paid:,.2f}")
    if result.repeated:
        out.tell("repeated_line", count=len(result.repeated))
