"""A row of the head of a form as labels and values, be they in cells of their own or several in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xlperf.document.blocks import Cell, Row
from xlperf.document.labels import Label, label
from xlperf.model.text import fold, read_money

_BETWEEN_AMOUNTS = re.compile(r"[;；。，\n]|,(?!\d{3})|(?<=[\d元])\s+(?=[\u4e00-\u9fff])")
_LABEL_AND_AMOUNT = re.compile(r"(?:其中:?)?([^\d:]{2,20})(?::\s*)?((?:[\d.,]+|[-—/]+)\s*(?:[万亿百千]*元)?)")

_LONGEST = 200  # characters of a cell that may hold several amounts


class Item(NamedTuple):
    """A cell of the head, its place in the row, and the label it is."""

    place: int
    cell: Cell
    label: Label | None


def items_of(row: Row, money: bool) -> Iterator[Item]:
    """The cells that hold something, with their labels; a label and its value in one cell are two.

    `money`: the row stands among the amounts of the form, or is so from its first label on.
    """
    for place, cell in enumerate(row.cells):
        if not cell.text:
            continue
        found = label(cell.text, money)
        money = money or (found is not None and found.field in ("money", "detail"))
        if found is not None:
            yield Item(place, cell, found)
            continue
        for text, value in _apart(cell.text, money):
            if text:
                yield Item(place, Cell(text, cell.line), label(text, True))
            if value:
                yield Item(place, Cell(value, cell.line), None)


def states_amounts(text: str) -> bool:
    """Whether a text that was not taken apart has an amount with its label in it."""
    pieces = _BETWEEN_AMOUNTS.split(fold(text)) if len(text) <= _LONGEST else ()
    return any((pair := _LABEL_AND_AMOUNT.search(piece)) and _is_amount(pair[1]) for piece in pieces)


def _is_amount(text: str) -> bool:
    found = label(text, True)
    return found is not None and found.field == "amount"


def _apart(text: str, money: bool) -> Iterator[tuple[str, str]]:
    """A cell as labels and values: (年度资金总额, 16), perhaps several; ("", the text) where it is a value."""
    if len(text) <= _LONGEST:
        pieces = [piece.strip() for piece in _BETWEEN_AMOUNTS.split(text) if piece.strip()]
        pairs = [_LABEL_AND_AMOUNT.fullmatch(fold(piece)) for piece in pieces]
        labelled = [pair is not None and _is_amount(pair[1]) for pair in pairs]
        leading = bool(pieces) and read_money(pieces[0]) is not None
        if labelled and (all(labelled) or (leading and len(labelled) > 1 and all(labelled[1:]))):
            for piece, pair in zip(pieces, pairs, strict=True):
                yield (pair[1], pair[2]) if pair else ("", piece)
            return
    before, colon, behind = fold(text).partition(":")
    found = label(before, money) if colon and behind.strip() else None
    if found is not None:
        value = text[len(before) + 1 :].strip()
        if found.field != "money" or len(value) > _LONGEST:
            yield text[: len(before)], value
            return
        yield text[: len(before)], ""  # a caption over amounts that have labels of their own
        yield from _apart(value, True)
        return
    yield "", text
