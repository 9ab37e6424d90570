"""`xlperf drop`: what the entries of 发送到 and 打开方式 run."""

from __future__ import annotations

import os
from argparse import Namespace

from xlperf.cli.main import main
from xlperf.cli.output import BUG, Output, code_of, exit_code
from xlperf.files import Refused
from xlperf.jobs.drop import Target, clear, following, opened, target_of
from xlperf.jobs.generate import NAMES, generate
from xlperf.jobs.made import note
from xlperf.model import UsageError


def run(args: Namespace, out: Output) -> int:
    """Say what becomes of an earlier result, do what is asked, open what was made; the exit code is the command's."""
    if args.what == "generate" and len(args.paths) > 1:
        raise UsageError("drop_one_source")
    target = target_of(args.what, args.paths)
    clear(target)
    shared = ("--force", "--lang", out.lang)
    match args.what:
        case "check":
            code = main(["check", *map(str, args.paths), "--annotate", str(target.path), *shared])
        case "consolidate":
            code = main(["consolidate", *map(str, args.paths), "-o", str(target.path), *shared])
        case _:
            code = _generate(args, target, out)
    if os.path.exists(target.path) and code in (0, 1, BUG):
        note(target.path)
        _tell(target, out)
        if not args.no_open and not opened(target.path):
            out.tell("drop_unopened", path=target.path)
    return code


def _generate(args: Namespace, target: Target, out: Output) -> int:
    """Make the workbooks of the period that follows; they are to be sent to others, so they have no macros."""
    source = args.paths[0]
    trouble = []

    def done(path: object, problem: Refused | None) -> None:
        if problem is not None:
            out.tell("not_written", path=path, reason=problem)
            trouble.append(code_of(problem))

    period, year = following(source)
    made = generate(
        source,
        target.path,
        period=period,
        year=year,
        as_of=args.preferences.as_of,
        pack=args.preferences.pack,
        macros=False,
        force=True,
        preferences=args.preferences,
        done=done,
    )
    out.findings(made.findings)
    out.tell("drop_generated", name=f"{year}年{NAMES[period]}" if year else NAMES[period])
    if made.not_carried:
        out.tell("drop_not_carried", count=len(made.not_carried))
    return max([exit_code({each.code for each in made.findings}, args.preferences.fail_on), *trouble])


def _tell(target: Target, out: Output) -> None:
    """Where the result is, and whether it is a new one, replaces one, or stands beside one that somebody changed."""
    if target.kept:
        out.tell("drop_kept", path=target.kept)
    out.tell("drop_replaced" if target.replaces else "drop_made", path=target.path)
