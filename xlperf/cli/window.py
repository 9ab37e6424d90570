"""Runs a command in a window that is there for it alone, and keeps it open until somebody has read the result.

Says which files of a bundle are gone or changed where that may have kept the command from its work: it loads nothing
but the standard library and texts before it does.
"""

from __future__ import annotations

import contextlib
import sys

from xlperf.bundle.contents import damage, in_one_line, read_contents, running_from
from xlperf.cli.cli_texts import LINES
from xlperf.jobs.preference_files import language_at_a_glance, preference_files

CANNOT, BUG = 3, 70  # exit codes, as `main` has them


def run() -> int:
    """The exit code of the command."""
    try:
        from xlperf.cli.main import main

        code = main(sys.argv[1:])
    except SystemExit as ended:  # help, or wrong arguments
        code = ended.code if isinstance(ended.code, int) else 1
    except ImportError as error:
        print(error, file=sys.stderr)
        code = BUG
    if code == BUG and (harmed := _harmed()):
        print(harmed, file=sys.stderr)
        code = CANNOT
    if sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            input(_line("window_end"))
    return code


def _harmed() -> str:
    """What of the bundle that runs is not as it was packed, and what to do about it."""
    folder = running_from()
    contents = read_contents(folder) if folder else None
    gone, changed = damage(folder, contents) if folder and contents else ([], [])
    if not (gone or changed):
        return ""
    assert contents
    names = in_one_line([*gone, *changed])
    about = {"version": contents["version"], "path": folder, "gone": len(gone), "changed": len(changed)}
    return _line("bundle_harmed").format(**about, names=names)


def _line(key: str) -> str:
    return LINES[key][language_at_a_glance(preference_files()) != "zh"]


if __name__ == "__main__":
    sys.exit(run())
