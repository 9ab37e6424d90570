"""Runs one command; exit code 0 clean, 1 findings, 2 usage, 3 cannot go on, 70 our bug, be it in one file of many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from xlperf.cli.parser import build, language
from xlperf.jobs.preference_files import language_at_a_glance, preference_files

INTERRUPTED = 130
DEFAULTED = ("as_of", "fail_on", "pack")  # arguments whose default is the preference of the same name

TYPE_CHECKING = False  # as in `parser`
if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from xlperf.jobs.preferences import Preferences


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run the command these arguments name; returns the exit code."""
    asked, files = language(arguments), preference_files()
    lang = asked or language_at_a_glance(files)
    args = build(lang).parse_args(arguments)
    # Help and wrong arguments are answered by now, before anything heavy is loaded.
    from xlperf.cli.output import BUG, Output
    from xlperf.files.one_file import report, saved
    from xlperf.jobs.preferences import read_preferences
    from xlperf.measure.parameters import also_known
    from xlperf.model import XlperfError

    out = Output(lang)
    try:
        preferences = read_preferences(files, _returned(args))
        out.lang = asked or preferences.language
        complete(args, preferences)
        with also_known(preferences.packs):
            command = import_module(f"xlperf.cli.{args.command}_command")
            code = int(command.run(args, out))
            out.finish()
        return code
    except XlperfError as error:
        out.say(out.problem(error))
        return error.exit_code
    except KeyboardInterrupt:
        out.tell("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away; nothing is wrong
        return 0
    except Exception:
        bug_report = report(f"arguments: {list(arguments)}")
        try:
            out.tell("bug", path=saved(bug_report))
        except OSError:  # the disk is full too
            out.tell("bug_unsaved")
            out.say(bug_report)
        return BUG


def complete(args: Namespace, preferences: Preferences) -> None:
    """Give a command the preferences, and those of its arguments that nobody gave from them."""
    args.preferences = preferences
    args.preferred = [name for name in DEFAULTED if getattr(args, name, "") is None and getattr(preferences, name)]
    for name in DEFAULTED:
        if getattr(args, name, "") is None:
            setattr(args, name, getattr(preferences, name))


def _returned(args: Namespace) -> Sequence[Path]:
    """What others sent: an `xlperf.toml` in there is theirs."""
    match args.command:
        case "check" | "export" | "drop":
            return list(args.paths)
        case "consolidate":
            return list(args.folder)
        case "generate" if args.source:  # within a document lies none
            return [args.source]
    return ()
