"""`xlperf rule`: the table of codes, or the page of one code."""

from __future__ import annotations

from argparse import Namespace

from xlperf.checks import CODES
from xlperf.checks.pages import in_words, page
from xlperf.cli.finding_texts import general_sentence
from xlperf.cli.output import Output
from xlperf.model import UsageError


def run(args: Namespace, out: Output) -> int:
    """Print the page of one code, or a line for each of those that begin so, or for all."""
    wanted = (args.code or "").upper()
    codes = [code for code in CODES if code.startswith(wanted)]
    if not codes:
        raise UsageError("code_unknown", code=args.code)
    for code in codes:
        kind = CODES[code]
        out.data(f"{code} {out.severity(kind.severity)} {general_sentence(code, out.lang)}")
    if wanted in CODES:
        _page(wanted, out)
    return 0


def _page(code: str, out: Output) -> None:
    """Print what the rule checks, why, what to do, and an example of each kind."""
    of_code = page(code)
    out.data("")
    if out.lang == "en":
        out.data(of_code.summary)
        out.data("")
    for key, text in (("page_what", of_code.what), ("page_why", of_code.why), ("page_how", of_code.how)):
        out.data(f"{out.line(key)}　{text}")
    out.data(f"{out.line('page_fires')}　{in_words(of_code.fires, out.lang)}")
    out.data(f"{out.line('page_passes')}　{in_words(of_code.passes, out.lang)}")
