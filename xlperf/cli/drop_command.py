"""`xlperf drop`: what the entries of 发送到 and 打开方式 run."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable

from xlperf.cli import check_command, consolidate_command
from xlperf.cli.drop_texts import INSTEAD
from xlperf.cli.generate_command import tell_unread
from xlperf.cli.main import complete
from xlperf.cli.output import Output, Writing, exit_code
from xlperf.cli.parser import build
from xlperf.jobs.drop import Target, cleared, following, opened, target_of
from xlperf.jobs.generate import NAMES, generate
from xlperf.jobs.made import note
from xlperf.model import UsageError, XlperfError


def run(args: Namespace, out: Output) -> int:
    """Say what becomes of an earlier result, do what is asked, open what was made; the exit code is the command's."""
    out.instead = INSTEAD
    if args.what == "generate" and len(args.paths) > 1:
        raise UsageError("drop_one_source")
    target = target_of(args.what, args.paths)
    try:
        with cleared(target):
            code = ACTIONS[args.what](args, target, out)
    finally:
        is_made = os.path.exists(target.path)
        if is_made:
            _remember(target, out)
    if is_made:
        _tell(target, out)
        if not args.no_open and not opened(target.path):
            out.tell("drop_unopened", path=target.path)
    return code


def _check(args: Namespace, target: Target, out: Output) -> int:
    return check_command.run(_asked("check", args, "--annotate", str(target.path)), out)


def _consolidate(args: Namespace, target: Target, out: Output) -> int:
    """Nobody has changed a summary that is replaced: it need not be kept."""
    force = ("--force",) if target.replaces else ()
    return consolidate_command.run(_asked("consolidate", args, "-o", str(target.path), *force), out, keep_old=False)


def _asked(command: str, args: Namespace, *options: str) -> Namespace:
    """The arguments of another command for what was dropped."""
    asked = build("zh").parse_args([command, *options, "--", *map(str, args.paths)])
    complete(asked, args.preferences)
    return asked


def _generate(args: Namespace, target: Target, out: Output) -> int:
    """Make the workbooks of the period that follows; they are to be sent to others, so they have no macros."""
    source, writing = args.paths[0], Writing(out)
    period, year = following(source)
    made = generate(
        source,
        target.path,
        period=period,
        year=year,
        as_of=args.preferences.as_of,
        pack=args.preferences.pack,
        macros=False,
        preferences=args.preferences,
        done=writing,
    )
    out.findings(made.findings)
    out.tell("drop_generated", name=f"{year}年{NAMES[period]}" if year else NAMES[period])
    if made.not_carried:
        out.tell("drop_not_carried", count=len(made.not_carried))
    tell_unread(made, out)
    return max([exit_code({each.code for each in made.findings}, args.preferences.fail_on), *writing.trouble])


def _remember(target: Target, out: Output) -> None:
    """Remember the result, of which a run that failed may have made a part, to replace it the next time."""
    try:
        note(target.path)
    except XlperfError as error:
        out.tell("drop_not_remembered", reason=error)


def _tell(target: Target, out: Output) -> None:
    """Where the result is, and whether it is a new one, replaces one, or stands beside one that somebody changed."""
    if target.kept:
        out.tell("drop_kept", path=target.kept)
    out.tell("drop_replaced" if target.replaces else "drop_made", path=target.path)


ACTIONS: dict[str, Callable[[Namespace, Target, Output], int]] = {
    "check": _check,
    "consolidate": _consolidate,
    "generate": _generate,
}
