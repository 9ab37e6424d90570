"""`xlperf demo`: the year of the example department, from the document to the summary."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from xlperf.cli.output import Output
from xlperf.jobs.demo import STEPS, demo


def run(args: Namespace, out: Output) -> int:
    """Print where each file lies as it is made. The faults of the example do not change the exit code."""
    findings = demo(
        args.folder,
        lang=out.lang,
        done=lambda step, path, count, found: out.tell(f"demo_{step}", path=path, count=count, found=found),
    )
    out.counts(Counter(each.code for each in findings))
    out.tell("demo_end", path=args.folder / STEPS[-1].summary)
    return 0
