"""Reads the figures in the head of a table, amounts and planned shares. What is no figure becomes a finding."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xlperf.document.blocks import Cell
from xlperf.document.faults import Faults
from xlperf.document.target import BLANK, within
from xlperf.measure import CHECKPOINTS
from xlperf.model import SpendPlan
from xlperf.model.text import fold, read_money, read_number, read_share, squeeze

_NOTHING = BLANK | {"无"}


def read_amount(cell: Cell, field: str, unit: str, faults: Faults) -> Decimal | None:
    """The amount in 万元; `unit` is that of the table. None where nothing, or nothing readable, is written."""
    if squeeze(cell.text) in _NOTHING:
        return None
    amount = read_money(cell.text, unit)
    if amount is None:
        faults.add("XPF102", cell.line, field=field, text=cell.text)
        return None
    return _within(amount, field, cell, faults)


def read_plan(cells: Mapping[int, Cell], faults: Faults) -> SpendPlan:
    """The plan from {month: cell}. Figures without a percent sign are taken as one kind for the whole row.

    As fractions if none of them exceeds 1, else as percent; each is a finding (the heading says %, 0.2 means 20 %).
    """
    bare = {month: read_number(cell.text) for month, cell in cells.items()}
    scale = 1 if all(number <= 1 for number in bare.values() if number is not None) else 100
    shares: list[Decimal | None] = []
    for month in CHECKPOINTS:
        cell = cells.get(month)
        if cell is None or squeeze(cell.text) in _NOTHING:
            shares.append(None)
            continue
        field = f"{month}月底支出计划"
        share, number = read_share(cell.text), bare[month]
        if share is None and number is not None:
            share = number / scale
            faults.add("XPF106", cell.line, text=cell.text, share=f"{(share * 100).normalize():f}%")
        if share is None:
            faults.add("XPF102", cell.line, field=field, text=cell.text)
        shares.append(None if share is None else _within(share, field, cell, faults))
    first, second, third, fourth = shares
    return SpendPlan(shares=(first, second, third, fourth))


def _within(number: Decimal, field: str, cell: Cell, faults: Faults) -> Decimal | None:
    held = within(number)
    if held is None:
        faults.add("XPF112", cell.line, field=field, text=fold(cell.text))
    return held
