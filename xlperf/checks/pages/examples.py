"""Puts a typed example into words: the labels of the slots and the values typed into them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import NamedTuple

from xlperf.checks.rule import Example, Typed
from xlperf.form import EDITIONS, Cell, Kind, Layout, Place, Slot, layout

SHEETS = ("project", "overall", "settings")
TABLES = {"indicators": "绩效指标表", "payments": "各月支付表", "objectives": "绩效目标"}
MONTHLY = "payments"
LONGEST = 40  # characters of a value quoted in full
HIGHEST_SHARE = 2  # a larger number in a slot for shares was typed without its percent sign
PAUSES = re.compile(r"[，；。、,;=\s]")
NAMES = {"form": "表", "paid_in_year": "各月支付的合计", "weight_total": "分值合计", "score_subtotal": "得分合计"}
"""Names for slots whose label is unclear outside its table."""

_KEY = re.compile(r"(?P<stated>=)?(?:(?P<project>\d)!)?(?P<key>[\w.*]+)(?:#(?P<row>\d+))?")


class Filled(NamedTuple):
    """A slot, or the same slot in several rows, and its value; `stated`: the value overwrites a computed cell.

    No rows: the slot is outside bands, or the example is about the first row only.
    """

    stated: bool
    project: int
    key: str
    rows: tuple[int, ...]
    value: Cell


class Words(NamedTuple):
    """The templates one language makes an example from."""

    holds: str
    blank: str
    blank_table: str
    stated: str
    of_project: str
    of_row: str
    of_months: str
    month: str
    through: str
    comma: str
    pause: str
    quoted: str
    cut: str


WORDS = {
    "zh": Words(
        "{place}＝{value}",
        "{place}留空",
        "{place}整张留空",
        "{place}的计算结果被改成{value}",
        "第{project}个项目的{place}",
        "{place}（第{row}行）",
        "{place}（{months}）",
        "{month}月",
        "至",
        "，",
        "、",
        "“{text}”",
        "“{text}…”（共{length}个字）",
    ),
    "en": Words(
        "{place} = {value}",
        "{place} left blank",
        "the whole of {place} left blank",
        "the result in {place} changed to {value}",
        "{place} of project {project}",
        "{place} (row {row})",
        "{place} ({months})",
        "month {month}",
        " to ",
        "; ",
        ", ",
        "“{text}”",
        "“{text}…” ({length} characters)",
    ),
}


def in_words(example: Example, lang: str = "zh") -> str:
    """The example in words; a story, which is written in Chinese, unchanged."""
    if isinstance(example, str):
        return example
    words = WORDS[lang]
    clauses = []
    slots = list(_filled(example))
    for blank, group in groupby(slots, key=lambda slot: slot.value is None and not slot.key.endswith("*")):
        if blank:
            clauses.append(words.blank.format(place=words.pause.join(_name(slot, words) for slot in group)))
        else:
            clauses.extend(_clause(slot, words) for slot in group)
    return words.comma.join(clauses)


def _filled(example: Typed) -> Iterator[Filled]:
    """The slots in their order; neighbouring rows with one value become one entry."""
    slots = []
    for name, value in example.items():
        match = _KEY.fullmatch(name)
        assert match, name
        row = (int(match["row"] or 1),)
        slots.append(Filled(match["stated"] is not None, int(match["project"] or 1), match["key"], row, value))
    many = any(slot.rows != (1,) for slot in slots)
    for _, group in groupby(slots, key=lambda slot: slot._replace(rows=())):
        same = list(group)
        rows = tuple(sorted(row for slot in same for row in slot.rows))
        yield same[0]._replace(rows=rows if many or _band(same[0].key) == MONTHLY else ())


def _clause(slot: Filled, words: Words) -> str:
    if slot.key.endswith("*"):
        return words.blank_table.format(place=_name(slot, words))
    sentence = words.stated if slot.stated else words.holds
    return sentence.format(place=_name(slot, words), value=_value(slot, words))


def _name(slot: Filled, words: Words) -> str:
    band = _band(slot.key)
    if slot.key.endswith("*"):
        name = TABLES[band]
    else:
        name = NAMES.get(slot.key) or _slots()[slot.key][0]
        if band == MONTHLY:
            name = words.of_months.format(place=name, months=_months(slot.rows, words))
        elif slot.rows and slot.key in _in_bands():
            name = words.of_row.format(place=name, row=words.pause.join(map(str, slot.rows)))
    return name if slot.project == 1 else words.of_project.format(place=name, project=slot.project)


def _months(rows: Sequence[int], words: Words) -> str:
    named = [words.month.format(month=month) for month in rows]
    whole = len(rows) > 2 and rows[-1] - rows[0] == len(rows) - 1
    return words.through.join((named[0], named[-1])) if whole else words.pause.join(named)


def _value(slot: Filled, words: Words) -> str:
    value = slot.value
    if isinstance(value, str):
        if len(value) > LONGEST:
            return words.cut.format(text=value[: LONGEST // 2], length=len(value))
        return words.quoted.format(text=value) if PAUSES.search(value) else value
    if isinstance(value, (Decimal, int)):
        number = Decimal(value)
        percent = _slots()[slot.key][1] is Kind.SHARE and abs(number) < HIGHEST_SHARE
        return f"{(number * 100).normalize():f}%" if percent else f"{number.normalize():f}"
    return str(value)


def _band(key: str) -> str:
    return key.split(".")[0]


@cache
def _in_bands() -> frozenset[str]:
    """The keys of slots inside bands."""
    return frozenset(key for form in _layouts() for rows in form.bands.values() for key in rows[0])


def _layouts() -> Iterator[Layout]:
    """The sheets of every edition that people fill in, the wide form's first."""
    forms = dict.fromkeys(forms[kind] for kind in SHEETS for forms in EDITIONS.values())
    return map(layout, forms)


@cache
def _slots() -> dict[str, tuple[str, Kind]]:
    """Name and kind of each slot, by its key: those of a sheet that shows it, where one does."""
    shown: dict[str, tuple[str, Kind]] = {}
    hidden: dict[str, tuple[str, Kind]] = {}
    for form in _layouts():
        rows = [form.slots, *(rows[0] for rows in form.bands.values())]
        for key, at in ((key, at) for row in rows for key, at in row.items()):
            named = shown if at.column <= form.visible_columns else hidden
            named.setdefault(key, (at.piece.label or _label(at, form), at.piece.kind))
    return hidden | shown


def _label(at: Place[Slot], form: Layout) -> str:
    """The label beside a slot, else the one above it."""
    labels = [(p, p.piece.text) for p in form.labels if p.piece.text]
    beside = [(p.column, text) for p, text in labels if p.row <= at.row <= p.last_row and p.last_column < at.column]
    above = [(p.row, text) for p, text in labels if p.column <= at.column <= p.last_column and p.last_row < at.row]
    return max(above if at.band and above else beside or above or [(0, "")])[1]
