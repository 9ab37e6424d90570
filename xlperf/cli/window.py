"""Runs a command in a window that is there for it alone, and keeps it open until somebody has read the result."""

from __future__ import annotations

import contextlib
import sys

from xlperf.cli.cli_texts import LINES
from xlperf.cli.main import main
from xlperf.jobs.preference_files import language_at_a_glance, preference_files


def run() -> int:
    """The exit code of the command."""
    try:
        code = main(sys.argv[1:])
    except SystemExit as ended:  # help, or wrong arguments
        code = ended.code if isinstance(ended.code, int) else 1
    if sys.stdin is not None and sys.stdin.isatty():
        lang = language_at_a_glance(preference_files())
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            input(LINES["window_end"][lang != "zh"])
    return code


if __name__ == "__main__":
    sys.exit(run())
