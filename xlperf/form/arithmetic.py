"""Arithmetic as worksheets do it, over what cells hold."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

from xlperf.form.answers import Cell
from xlperf.measure.normal import EXACT_DIGITS, LAST_PLACE


def is_number(value: Cell) -> TypeGuard[Decimal | int]:
    """ISNUMBER() of the sheet."""
    return isinstance(value, (Decimal, int)) and not isinstance(value, bool)


def number(value: Cell) -> Decimal:
    """N() of the sheet: the number, or 0 for anything else."""
    return Decimal(value) if is_number(value) else Decimal(0)


def rounded(value: Decimal, places: int) -> Decimal:
    """ROUND() of the sheet: halves away from zero. A number with more digits than a cell keeps stays as it is."""
    return value if value.adjusted() >= EXACT_DIGITS else value.quantize(LAST_PLACE[places], ROUND_HALF_UP)


def total(values: Iterable[Cell], places: int) -> Cell:
    """The rounded sum of the numbers, "" when there is none."""
    numbers = [Decimal(value) for value in values if is_number(value)]
    return rounded(sum(numbers, Decimal(0)), places) if numbers else ""


def share_of(part: Cell, whole: Cell) -> Cell:
    """part ÷ whole at 6 places; "" where either is no number or the whole is 0."""
    if not is_number(part) or not number(whole):
        return ""
    return rounded(number(part) / number(whole), 6)
