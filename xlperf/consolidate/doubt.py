"""Which projects have amounts too implausible for a total: one slip would be all that the department's rate shows."""

from __future__ import annotations

from xlperf.form import Cell
from xlperf.form.arithmetic import number

OVERPAID, SLIPPED = "支付", "单位"
MOST_PAID = 3  # times the budget; beyond it an amount was mistyped
UNIT_SLIP = "XPF133"  # two amounts of a project differ as 元 and 万元 do


def doubt_about(budget: Cell, paid: Cell, *, slipped: bool) -> str:
    """OVERPAID, SLIPPED where amounts are in another unit, or "" where nothing speaks against them."""
    if number(budget) > 0 and number(paid) > MOST_PAID * number(budget):
        return OVERPAID
    return SLIPPED if slipped else ""
