"""`xlperf pack`: the rule packs there are, or the parameters of one as a table."""

from __future__ import annotations

import unicodedata
from argparse import Namespace

from xlperf.cli.output import Output
from xlperf.jobs.packs import Line, lines
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
            note = pack.note if out.lang == "zh" else ""
            out.data(f"{_padded(pack.key, 20)}  {_padded(_name(pack, out), 16)}  {note}".rstrip())
    return 0


def _one(pack: Pack, out: Output, *, as_json: bool) -> None:
    table = list(lines(pack))
    if as_json:
        out.json({**_head(pack), "parameters": [line._asdict() for line in table]})
        return
    out.data(f"{pack.key}  {_name(pack, out)}")
    if out.lang == "zh":
        out.data(pack.note)
    if pack.base != pack.key:
        base = PACKS[pack.base]
        out.data(out.line("pack_changes", base=f"{base.key} {_name(base, out)}"))
    out.data("")
    rows = [_cells(line, out.lang) for line in table]
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    for line, row in zip(table, rows, strict=True):
        cells = (_padded(text, min(width, WIDEST)) for text, width in zip(row, widths, strict=True))
        shown = f"{'*' if line.changed else ' '} {'  '.join(cells)}  {line.note if out.lang == 'zh' else ''}"
        out.data(shown.rstrip())
    if out.lang == "en":
        out.data(out.line("pack_in_chinese", pack=pack.key))


def _name(pack: Pack, out: Output) -> str:
    return pack.zh if out.lang == "zh" else pack.en


def _cells(line: Line, lang: str) -> tuple[str, ...]:
    """What stands before the note; the names of parameters are Chinese, their keys English."""
    return line[:3] if lang == "zh" else (line.key, line.value)


def _head(pack: Pack) -> dict[str, object]:
    return {"key": pack.key, "name": pack.zh, "note": pack.note, "base": pack.base}


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - _columns(text))


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
