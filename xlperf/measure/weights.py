"""Weights proposed for a table of indicators: equal inside each first-level class, exact in sum."""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.packs import DEFAULT_PACK, Pack, class_name
from xlperf.measure.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Dict, List, Sequence, Tuple

_CENT = Decimal("0.01")


def split_weights(total: Decimal, n: int) -> Tuple[Decimal, ...]:
    """`total` (2 places) in `n` parts of 2 places that differ by at most 0.01, larger ones first, exact in sum."""
    if n <= 0:
        return ()
    cents, larger = divmod(int(total / _CENT), n)
    return tuple((cents + (index < larger)) * _CENT for index in range(n))


def propose_weights(
    level1s: Sequence[str], not_applicable: Sequence[bool], pack: Pack = DEFAULT_PACK
) -> Tuple[Decimal, ...]:
    """One weight per row: the points of its class, split equally over the applicable rows of that class.

    A row that is not applicable, or whose level-1 name (with or without 指标) is no class of the pack, weighs 0.
    Where a class has no applicable row, no other class gets its points: the sum falls short by them, and a person
    decides what to do.
    """
    proposed = [Decimal(0)] * len(level1s)
    members: Dict[str, List[int]] = {name: [] for name, _ in pack.weights}
    for row, (level1, skipped) in enumerate(zip(level1s, not_applicable)):
        name = class_name(level1.strip())
        if name in members and not skipped:
            members[name].append(row)
    for name, total in pack.weights:
        for row, weight in zip(members[name], split_weights(Decimal(total), len(members[name]))):
            proposed[row] = weight
    return tuple(proposed)
