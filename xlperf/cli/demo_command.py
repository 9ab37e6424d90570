"""`xlperf demo`: the whole job on the example department, from the document to the summary."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from xlperf.cli.output import Output
from xlperf.jobs.demo import demo


def run(args: Namespace, out: Output) -> int:
    """Print where each file lies as it is made. The faults of the example do not change the exit code."""
    findings = demo(
        args.folder,
        lang=out.lang,
        done=lambda step, path, count: out.tell(f"demo_{step}", path=path, count=count),
    )
    out.counts(Counter(each.code for each in findings))
    return 0
