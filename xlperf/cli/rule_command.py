"""`xlperf rule`: the table of codes, or the page of one code."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import CODES
from xlperf.checks.pages import in_words, page
from xlperf.cli.finding_texts import general_sentence
from xlperf.cli.output import Output
from xlperf.jobs.rules import codes_like


def run(args: Namespace, out: Output) -> int:
    """Print the page of one code, or a line for each of those that begin so, or for all."""
    codes = codes_like(args.code) if args.code else list(CODES)
    for code in codes:
        kind = CODES[code]
        out.data(f"{code} {out.severity(kind.severity)} {general_sentence(code, out.lang)}")
    if args.code and len(codes) == 1:
        _page(codes[0], out)
    return 0


def _page(code: str, out: Output) -> None:
    """Print what the rule checks, why, what to do, and an example of each kind.

    English has what it checks in a sentence, and the examples that are values on a form; the rest is Chinese only.
    """
    of_code = page(code)
    out.data("")
    out.data(out.line("page", **of_code._asdict()))
    for key, example in (("page_fires", of_code.fires), ("page_passes", of_code.passes)):
        if out.lang == "zh" or not isinstance(example, str):
            out.data(out.line(key, example=in_words(example, out.lang)))
    if out.lang == "en":
        out.data(out.line("page_in_chinese", code=code))
