"""Findings as lines of text: one by one with their place, or in groups with their count and the first places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from xlperf.checks import CODES, message
from xlperf.checks.folding import Group
from xlperf.checks.standing import Standing
from xlperf.cli.cli_texts import LINES
from xlperf.measure import quoted
from xlperf.model import Finding, Locus
from xlperf.model.filled import Filling, filled

NOTHING, FILE, SHEET = 0, 1, 2  # how much of a place a heading above has told

_CLAUSE = re.compile("[，,;]")

NAMED = 3  # codes, or what they say, that a line about many of them names


def finding_text(finding: Finding, lang: str, *, told: int = FILE) -> str:
    """The code, the place and the sentence of a finding; `told` is what of its place a heading has said."""
    place, sentence = place_text(finding.locus, lang, told=told), message(finding, lang)
    return f"{finding.code} {_line('with_place', lang, place=place, sentence=sentence) if place else sentence}"


def group_text(group: Group, lang: str, *, told: int = FILE) -> str:
    """What stands in the line of a group; `told` is what of its places a heading has said."""
    first = group.first[0]
    if group.count == 1:
        return finding_text(first, lang, told=told)
    if group.standing is Standing.INHERITED and len(group.codes) > 1:
        return _line("inherited", lang, count=group.count, codes=_codes(group, lang))
    places = _places(group, lang, told)
    if len(group.codes) > 1:
        clauses = [_CLAUSE.split(message(each, lang))[0] for each in group.of_each.values()]
        listed = _among(clauses[:NAMED], lang, cut=len(clauses) > NAMED)
        return _line("unfilled", lang, count=group.count, sentences=listed, places=places)
    key, sentence = "such_as" if group.differs else "alike", message(first, lang)
    return f"{first.code} {_line(key, lang, count=group.count, sentence=sentence, places=places)}"


def general_sentence(code: str, lang: str) -> str:
    """The sentence of a code with … for every value."""
    kind = CODES[code]
    return (kind.zh if lang == "zh" else kind.en).format_map(_Anything())


class _Anything(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return Filling("…")


def place_text(locus: Locus, lang: str, *, told: int = FILE) -> str:
    """A place, or what of it no heading has told: file, sheet and cell, or file and line; "" for none."""
    return _place(locus, _line("at_line", lang, line=locus.line) if locus.line else locus.cell, told)


def _place(locus: Locus, within: str, told: int) -> str:
    sheet = " ".join(filter(None, (locus.sheet if told < SHEET else "", within)))
    return quoted(" › ".join(filter(None, (locus.file if told < FILE else "", sheet))))


def _places(group: Group, lang: str, told: int) -> str:
    """The first places, cells of one sheet together; a file is named where it is another than before."""
    listed = []
    file = None
    for _, of_sheet in groupby(group.first, lambda each: (each.locus.file, each.locus.sheet)):
        findings = list(of_sheet)
        cells = _among(dict.fromkeys(each.locus.cell for each in findings if each.locus.cell), lang)
        lines = _among(dict.fromkeys(str(each.locus.line) for each in findings if each.locus.line), lang)
        locus = findings[0].locus
        within = _line("at_line", lang, line=lines) if lines else cells
        listed.append(_place(locus, within, max(told, FILE) if locus.file == file else told))
        file = locus.file
    places = _line("between", lang).join(filter(None, listed))
    return _line("and_more", lang, listed=places) if group.count > len(group.first) else places


def _codes(group: Group, lang: str) -> str:
    """The commonest codes of a group with their counts."""
    times = [_line("times", lang, code=code, count=count) for code, count in group.codes.most_common(NAMED)]
    return _among(times, lang, cut=len(group.codes) > NAMED)


def _among(texts: Iterable[str], lang: str, *, cut: bool = False) -> str:
    listed = _line("among", lang).join(texts)
    return _line("and_more", lang, listed=listed) if cut else listed


def _line(key: str, lang: str, **values: object) -> str:
    return filled(LINES[key][lang != "zh"], values)
