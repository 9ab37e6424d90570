"""Reads the figures in the head of a table, amounts and planned shares. What is no figure becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from xlperf.document.blocks import Cell
from xlperf.document.faults import Faults
from xlperf.document.target import BLANK, within
from xlperf.measure import CHECKPOINTS
from xlperf.model import Funds, SpendPlan
from xlperf.model.text import fold, read_money, read_number, read_share, squeeze

_NAMES = {
    "total": "预算数",
    "fiscal_funds": "财政资金",
    "fund_budget": "政府性基金",
    "upper_grants": "上级补助",
    "local_funds": "本级资金",
    "carryover": "上年结转资金",
    "special_account": "财政专户管理资金",
    "own_funds": "单位资金",
    "other_funds": "其他资金",
}
"""What a finding calls an amount, by its source."""

_LEVEL = re.compile(r"(?:其中:?)?[中省市县区]")
"""How the label of what one level of government gives begins; 上级补助 may be the sum of several."""
_APART = ("carryover", "special_account", "own_funds", "other_funds")
NO_AMOUNT = BLANK | {"无"}
"""What people write where there is no amount."""


def read_amount(cell: Cell, field: str, unit: str, faults: Faults) -> Decimal | None:
    """The amount in 万元; `unit` is that of the table. None where nothing, or nothing readable, is written."""
    if squeeze(cell.text) in NO_AMOUNT:
        return None
    amount = read_money(cell.text, unit)
    if amount is None:
        faults.add("XPF102", cell.line, field=field, text=cell.text)
        return None
    return _within(amount, field, cell, faults)


class Amounts:
    """The amounts of one project by stage (initial, adjusted, paid, expected) and source, in 万元."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._read: dict[tuple[str, str], Decimal | None] = {}
        self._texts: dict[tuple[str, str], dict[str, str]] = {}  # by the label each stands beside
        self.lines: dict[str, int] = {}
        """The line of each, by the name of its slot on a form."""

    @property
    def any(self) -> bool:
        """Whether a label of an amount was met."""
        return bool(self._read)

    def take(self, stage: str, source: str, cell: Cell, unit: str, label: str = "") -> bool:
        """Keep an amount, read in `unit`; whether there was room for it (or it repeats what is there).

        What levels of government give, each beside a `label` of its own, is added up: 中央补助, 省级资金.
        """
        texts = self._texts.setdefault((stage, source), {})
        if texts and (label in texts or not all(map(_LEVEL.match, (*texts, label)))):
            return squeeze(cell.text) in texts.values()
        texts[label] = squeeze(cell.text)
        self.lines.setdefault(_slot(stage, source), cell.line)
        amount, before = read_amount(cell, _NAMES[source], unit, self._faults), self.of(stage, source)
        self._read[stage, source] = amount if before is None else before + (amount or 0)
        return True

    def of(self, stage: str, source: str) -> Decimal | None:
        """One amount, None where there is none."""
        return self._read.get((stage, source))

    def funds(self, stage: str) -> dict[str, Decimal | None]:
        """The amounts of a stage by the sources of the model.

        Grants from above, what the place itself gives and its funds' budget are fiscal where nothing else is; the last
        is so too where only that makes up the total, or there is none.
        """
        funds = {source: self.of(stage, source) for source in Funds.model_fields}
        fund_budget = self.of(stage, "fund_budget")
        parts = (funds["upper_grants"], self.of(stage, "local_funds"), fund_budget)
        if funds["fiscal_funds"] is None and any(part is not None for part in parts):
            funds["fiscal_funds"] = sum((part for part in parts if part is not None), Decimal(0))
        elif fund_budget and funds["fiscal_funds"] is not None:
            together = funds["fiscal_funds"] + fund_budget
            whole = self.of(stage, "total")
            if whole in (None, together + sum((funds[source] or 0 for source in _APART), Decimal(0))):
                funds["fiscal_funds"] = together
        return funds


def _slot(stage: str, source: str) -> str:
    if source == "total":
        return f"budget.{stage}"
    prefix = {"initial": "budget", "adjusted": "budget.adjusted_funds"}.get(stage, stage)
    return f"{prefix}.{source}"


def read_plan(cells: Mapping[int, Cell], faults: Faults) -> SpendPlan:
    """The plan from {month: cell}. Figures without a percent sign are taken as one kind for the whole row.

    As fractions if none of them exceeds 1, else as percent: one finding (the heading says %, 0.2 means 20 %).
    """
    bare = {month: read_number(cell.text) for month, cell in cells.items()}
    scale = 1 if all(number <= 1 for number in bare.values() if number is not None) else 100
    shares: list[Decimal | None] = []
    unmarked: list[tuple[Cell, Decimal]] = []
    for month in CHECKPOINTS:
        cell = cells.get(month)
        if cell is None or squeeze(cell.text) in NO_AMOUNT:
            shares.append(None)
            continue
        field = f"{month}月底支出计划"
        share, number = read_share(cell.text), bare[month]
        if share is None and number is not None:
            share = number / scale
            unmarked.append((cell, share))
        if share is None:
            faults.add("XPF102", cell.line, field=field, text=cell.text)
        shares.append(None if share is None else _within(share, field, cell, faults))
    if unmarked:
        read_as = [f"{(share * 100).normalize():f}%" for _, share in unmarked]
        texts = [cell.text for cell, _ in unmarked]
        faults.add("XPF106", unmarked[0][0].line, text=texts, share=read_as)
    first, second, third, fourth = shares
    return SpendPlan(shares=(first, second, third, fourth))


def _within(number: Decimal, field: str, cell: Cell, faults: Faults) -> Decimal | None:
    held = within(number)
    if held is None:
        faults.add("XPF112", cell.line, field=field, text=fold(cell.text))
    return held
