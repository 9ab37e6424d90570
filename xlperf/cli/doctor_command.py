"""`xlperf doctor`: what works on this PC, what to do about the rest, and what a spreadsheet program does otherwise."""

from __future__ import annotations

from argparse import Namespace

from xlperf.cli.output import Output
from xlperf.hosts.excel.diagnosis import WRONG
from xlperf.jobs.doctor import diagnosis, write_program_check


def run(args: Namespace, out: Output) -> int:
    """Print a line for everything that matters; 1 when something is to be done."""
    if args.excel_check:
        write_program_check(args.excel_check, force=args.force)
        out.path(args.excel_check)
        out.tell("program_check_written", path=args.excel_check)
        return 0
    wrong = 0
    for mark, key, values in diagnosis(args.files, args.preferences):
        out.data(f"{mark} {out.line(key, **values)}")
        wrong += mark == WRONG
    return int(wrong > 0)
