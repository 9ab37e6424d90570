"""Runs one command; exit code 0 clean, 1 findings, 2 usage, 3 cannot go on, 70 our bug, be it in one file of many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from xlperf.cli.parser import build, language

INTERRUPTED = 130


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run the command these arguments name; returns the exit code."""
    lang = language(arguments)
    args = build(lang).parse_args(arguments)
    # Help and wrong arguments are answered by now, before anything heavy is loaded.
    from xlperf.cli.output import BUG, Output
    from xlperf.files.one_file import report, saved
    from xlperf.model import XlperfError

    out = Output(lang)
    try:
        command = import_module(f"xlperf.cli.{args.command}_command")
        code = int(command.run(args, out))
        out.finish()
        return code
    except XlperfError as error:
        out.say(error.text(lang))
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
