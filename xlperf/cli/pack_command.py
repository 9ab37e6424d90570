"""`xlperf pack`: the rule packs there are, or the parameters of one as a table."""

from __future__ import annotations

import unicodedata
from argparse import Namespace

from xlperf.cli.output import Output
from xlperf.jobs.packs import lines
from xlperf.jobs.sources import known_pack
from xlperf.measure import PACKS, Pack

WIDEST = 28  # columns that a value takes in the table; a longer one shifts its note


def run(args: Namespace, out: Output) -> int:
    """Print every parameter of the pack with this key or name, or a line for each pack."""
    if args.name is not None:
        _one(known_pack(args.name), out, as_json=args.json)
    elif args.json:
        out.json({"packs": [_head(pack) for pack in PACKS.values()]})
    else:
        for pack in PACKS.values():
            out.data(f"{_padded(pack.key, 20)}  {_padded(pack.zh, 16)}  {pack.note}")
    return 0


def _one(pack: Pack, out: Output, *, as_json: bool) -> None:
    table = list(lines(pack))
    if as_json:
        out.json({**_head(pack), "parameters": [line._asdict() for line in table]})
        return
    out.data(f"{pack.key}  {pack.zh}")
    out.data(pack.note)
    if pack.base != pack.key:
        base = PACKS[pack.base]
        out.data(out.line("pack_changes", base=f"{base.key} {base.zh}"))
    out.data("")
    widths = [max(_columns(text) for text in column) for column in zip(*(line[:3] for line in table), strict=True)]
    for line in table:
        cells = (_padded(text, min(width, WIDEST)) for text, width in zip(line[:3], widths, strict=True))
        out.data(f"{'*' if line.changed else ' '} {'  '.join(cells)}  {line.note}")


def _head(pack: Pack) -> dict[str, object]:
    return {"key": pack.key, "name": pack.zh, "note": pack.note, "base": pack.base}


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - _columns(text))


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
