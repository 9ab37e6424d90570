"""Weights proposed for a table of indicators: equal inside each class, exact in sum."""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure.packs import DEFAULT_PACK, JOINT, Pack, class_name
from xlperf.measure.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Dict, List, Sequence, Tuple

_CENT = Decimal("0.01")


def split_weights(total: Decimal, n: int) -> Tuple[Decimal, ...]:
    """`total` (2 places) in `n` parts of 2 places that differ by at most 0.01, larger ones last, exact in sum."""
    if n <= 0:
        return ()
    cents, larger = divmod(int(total / _CENT), n)
    return tuple((cents + (index >= n - larger)) * _CENT for index in range(n))


def propose_weights(
    level1s: Sequence[str], not_applicable: Sequence[bool], pack: Pack = DEFAULT_PACK, level2s: Sequence[str] = ()
) -> Tuple[Decimal, ...]:
    """One weight per row: the points of its class, split equally over the applicable rows of that class.

    Where the pack gives points to second-level classes, those of a class without applicable row go to the other ones
    of its first-level class in proportion; without one of them, and for rows of no such class, the first-level class
    is split as a whole. A row that is not applicable, or whose level-1 name (with or without 指标) is no class of the
    pack, weighs 0. Where a first-level class has no applicable row, no other class gets its points unless the pack
    rescales: the sum falls short by them, and a person decides what to do.
    """
    second = [class_name(level2.strip()) for level2 in level2s] or [""] * len(level1s)
    members: Dict[str, List[int]] = {name: [] for name, _ in pack.weights}
    of_class = {part: name for name in members for part in name.split(JOINT)}
    for row, (level1, skipped) in enumerate(zip(level1s, not_applicable)):
        name = of_class.get(class_name(level1.strip()))
        if name and not skipped:
            members[name].append(row)
    totals = {name: Decimal(points) for name, points in pack.weights if members[name] or not pack.rescale}
    if pack.rescale:
        totals = _shared_out(sum((Decimal(points) for _, points in pack.weights), Decimal(0)), totals)
    proposed = [Decimal(0)] * len(level1s)
    for name, total in totals.items():
        for rows, points in _groups(members[name], total, second, pack):
            for row, weight in zip(rows, split_weights(points, len(rows))):
                proposed[row] = weight
    return tuple(proposed)


def _groups(rows: List[int], total: Decimal, second: Sequence[str], pack: Pack) -> List[Tuple[List[int], Decimal]]:
    """The rows of a first-level class by second-level class, each with its points."""
    given = {name: Decimal(points) for name, points in pack.second_weights if points}
    groups: Dict[str, List[int]] = {}
    for row in rows:
        groups.setdefault(second[row], []).append(row)
    if not set(groups) <= set(given):
        return [(rows, total)]
    shares = _shared_out(total, {name: given[name] for name in given if name in groups})
    return [(groups[name], points) for name, points in shares.items()]


def _shared_out(total: Decimal, parts: Dict[str, Decimal]) -> Dict[str, Decimal]:
    """`total` in proportion to the parts, to the cent; the last one takes what is left."""
    whole, left = sum(parts.values(), Decimal(0)), total
    shares: Dict[str, Decimal] = {}
    for number, (name, part) in enumerate(parts.items(), start=1):
        shares[name] = left if number == len(parts) else (total * part / whole).quantize(_CENT)
        left -= shares[name]
    return shares
