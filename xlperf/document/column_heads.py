"""Heads of columns in the head of a form: which they are, and the head over a value in the rows below them."""

from __future__ import annotations

from typing import NamedTuple

from xlperf.document.blocks import Cell, Row
from xlperf.document.head_items import Item
from xlperf.document.labels import LONG_TEXTS, Label

_OVER_COLUMNS = ("caption", "money", "detail", "objectives", "attained")
"""Labels that may stand before a row of heads and over the labels of the rows below it."""


def are_heads(items: tuple[Item, ...], among_amounts: bool) -> bool:
    """Whether nothing but labels stands here, so that the values stand below: several, or one behind a caption."""
    labels = [item.label for item in items if item.label]
    if len(labels) < len(items) or not any(found.field in ("amount", *LONG_TEXTS) for found in labels[1:]):
        return False
    first = labels[0].field
    return first in _OVER_COLUMNS or (first in ("amount", *LONG_TEXTS) and not among_amounts)


class ColumnHeads(NamedTuple):
    """The heads from left to right, the width of their row, and the place where the rows below have their labels."""

    heads: tuple[Item, ...]
    width: int
    stub: int

    @property
    def goals(self) -> tuple[str, ...]:
        """The periods of the objectives, in their order, where there are several."""
        periods = tuple(head.label.period for head in self.heads if head.label and head.label.field == "objectives")
        return periods if len(periods) > 1 else ()

    def over(self, place: int) -> Item | None:
        """The head over a place: the last that does not begin behind it."""
        return next((head for head in reversed(self.heads) if head.place <= place), None)

    def beside(self, at: int, place: int, width: int) -> Item | None:
        """The head over a value at a place, in a row of this width whose label stands at `at`.

        Where the label stands further to the left than those of a whole row, blank cells before it were lost.
        """
        first = self.heads[0].place
        closed_up = at < self.stub or 0 < self.width - width == first - at - 1
        return self.over(place + (first - at - 1 if closed_up else 0))

    def below(self, row: Row) -> list[tuple[Item, Cell]] | None:
        """The values of a row without a label, each with its head; None where there is no telling.

        Blank cells lost, they stand in the order of the heads if there are as many; so do texts that begin before them.
        """
        values = [(place, cell) for place, cell in enumerate(row.cells) if cell.text]
        is_whole = len(row.cells) == self.width
        found = [head for place, _ in values if (head := self.over(place))] if is_whole else []
        are_amounts = any(head.label and head.label.field == "amount" for head in self.heads)
        if len(found) < len(values) and not (is_whole and are_amounts):
            found = list(self.heads)
        if len(found) != len(values):
            return None
        return [(head, cell) for head, (_, cell) in zip(found, values, strict=True)]


def heads_of(items: tuple[Item, ...], width: int) -> ColumnHeads:
    """The heads in a row that `are_heads`, without the captions before them."""
    heads = list(items)
    first = heads[0].label
    if first and first.field != "amount" and len(heads) > 1 and not _are_goal_and_result(heads):
        heads = heads[1:]
    while heads[0].label and heads[0].label.field == "caption":
        heads = heads[1:]
    stages = [head.label.stage for head in heads if head.label and head.label.period != "other"]
    if stages[:1] == ["initial"] and "initial" in stages[1:] and heads[0].label and heads[0].label.period != "other":
        heads = heads[1:]  # 年度预算数 over the labels of the rows, before 年初预算
    stub = max((item.place for item in items if item.place < heads[0].place), default=0)
    return ColumnHeads(tuple(heads), width, stub)


def crossed(beside: Label, above: Label) -> Label:
    """What the label beside an amount and the head above it say together."""
    stage = beside.stage if beside.stage not in ("", "initial") else above.stage or beside.stage
    period = "other" if "other" in (beside.period, above.period) else "year"
    return Label("amount", beside.source or above.source, stage, period, beside.unit or above.unit)


def _are_goal_and_result(heads: list[Item]) -> bool:
    """Whether objective and attainment stand side by side without a caption before them."""
    fields = [head.label.field for head in heads if head.label]
    return fields[0] == "objectives" and "objectives" not in fields[1:] and "attained" in fields[1:]
