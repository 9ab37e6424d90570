"""Which rows of a list are projects, and whether those that add up others say what the others make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.document.list_words import SUM_WORDS, WHOLE, caption, note, sums
from xlperf.document.unit_texts import unit_code
from xlperf.model import Finding, Locus
from xlperf.model.text import cut, read_money, squeeze

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OF_NO_PROJECT = re.compile(r"\d{3,9}")  # codes of units and of accounts
_NUMBER_OF_COLUMN = re.compile(r"[甲乙丙丁戊]|[A-Z]|\d{1,2}(?:=[\d+\-*/]+)?|栏次|行次")


class Kind(Enum):
    """What a row is.

    A caption and an open row have an amount and no project's code: they add up others, or are a project that lacks it.
    """

    PROJECT = "project"
    OPEN = "open"
    CAPTION = "caption"
    SUM = "sum"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


class Row(NamedTuple):
    """The texts of a row: its code and name, its source of funds, what else may say what it is, and its amounts."""

    code: str
    name: str
    source: str
    others: Sequence[str]
    amounts: Sequence[str]


def kind_of(row: Row, units: Collection[str]) -> tuple[Kind, str]:
    """What a row is, and the words by which it says so. `units` are the names of budget units, squeezed."""
    if row.code and not _CHINESE.search(row.code):
        label = next((word for text in (row.name, row.source) if (word := squeeze(text)) in SUM_WORDS), "")
        if label:
            return Kind.SUM, label
        if _OF_NO_PROJECT.fullmatch(squeeze(row.code)) and any(row.amounts):
            return Kind.CAPTION, f"{row.code} {row.name}"
        return Kind.PROJECT, ""
    texts = [text for text in (row.code, row.name, *row.others, row.source) if text]
    has_amount = any(row.amounts)
    if label := next((word for text in (*texts, *row.amounts) if (word := sums(text))), ""):
        return (Kind.SUM if has_amount else Kind.NOTHING), label
    if any(caption(text) for text in texts) or any(_is_unit(text, units) for text in texts[:1]):
        return (Kind.CAPTION if has_amount else Kind.NOTHING), cut(" ".join(texts))
    if any(note(text) for text in (*texts, *row.amounts)) and not any(
        read_money(amount) is not None for amount in row.amounts
    ):
        return Kind.NOTHING, ""
    return (Kind.OPEN if has_amount else Kind.UNKNOWN), cut(" ".join(texts)) or "—"


def _is_unit(text: str, units: Collection[str]) -> bool:
    return squeeze(text) in units or unit_code(text) is not None


def numbers_columns(texts: Iterable[str]) -> bool:
    """Whether a row below headings only numbers the columns: 1 2 3, 甲 乙 1 2."""
    words = [squeeze(text) for text in texts]
    return len(words) > 2 and len(set(words)) == len(words) and all(map(_NUMBER_OF_COLUMN.fullmatch, words))


# --- rows that add up others ------------------------------------------------------------------------------------------


class Sum(NamedTuple):
    """A row that adds up others: how many rows stand above it, its words, its amount and its place."""

    above: int
    label: str
    amount: Decimal
    place: Locus


class Sums:
    """The amounts of the rows of one table, in their order, and the rows that may add them up."""

    def __init__(self, amounts: Iterable[Decimal], borders: Iterable[int]) -> None:
        """`borders` are the numbers of rows above the rows that add up others."""
        self._upto = [Decimal(0), *accumulate(amounts)]
        self._borders = sorted({0, *borders, len(self._upto) - 1})

    def below(self, above: int) -> tuple[int, Decimal]:
        """How many rows there are to the next border, and what they make."""
        at = bisect_left(self._borders, above + 1)
        end = self._borders[at] if at < len(self._borders) else len(self._upto) - 1
        return end - above, self._upto[end] - self._upto[above]

    def are_added_up(self, above: int, amount: Decimal) -> bool:
        """Whether this is what rows make that it may be meant of: all, those around it, all above or all below."""
        before, whole = self._upto[above], self._upto[-1]
        return amount in (whole, self._since(above), self.below(above)[1], before, whole - before)

    def found(self, each: Sum) -> Finding | None:
        """The finding where a sum is none."""
        if self.are_added_up(each.above, each.amount):
            return None
        made = self._upto[-1] if each.label in WHOLE else self._since(each.above) or self.below(each.above)[1]
        return finding("XPF117", each.place, label=each.label, stated=plain(each.amount), sum=plain(made))

    def _since(self, above: int) -> Decimal:
        """What the rows from the last border make."""
        last = self._borders[max(bisect_left(self._borders, above) - 1, 0)]
        return self._upto[above] - self._upto[last]


def plain(amount: Decimal) -> str:
    """The amount as a finding says it."""
    return f"{amount.normalize():f}"
