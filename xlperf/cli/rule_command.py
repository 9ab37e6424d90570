"""`xlperf rule`: what a finding's code means."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import CODES
from xlperf.cli.output import Output
from xlperf.model import UsageError


def run(args: Namespace, out: Output) -> int:
    """Print one code with its sentence, or all of them."""
    if args.code and args.code.upper() not in CODES:
        raise UsageError("code_unknown", code=args.code)
    for code in [args.code.upper()] if args.code else CODES:
        kind = CODES[code]
        out.data(f"{code} {out.severity(kind.severity)} {kind.zh if out.lang == 'zh' else kind.en}")
    return 0
