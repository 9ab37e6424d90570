"""Cells that a person merged over inputs: what the merge hides, and what became of it.

What stands under a merge is read where it stands, though nobody sees it. Knows the cells of one sheet and where its
slots are; the merges of the form itself are none of its business.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlperf.form import Cell
from xlperf.form.indicator_table import CLASSES
from xlperf.measure import shown
from xlperf.model.text import clean, cut
from xlperf.ooxml.a1 import address, area_of
from xlperf.ooxml.grid import Grid, limit
from xlperf.workbook.read.expected_cells import Expected
from xlperf.workbook.read.sheet_findings import SheetFindings, first_of

MOST_MERGED = 200_000  # cells of a form under merges, each counted as often as it is merged, which Excel lets be once

Bands = Mapping[str, list[dict[str, Cell]]]


def settle_merges(grid: Grid, expected: Expected, bands: Bands, report: SheetFindings) -> None:
    """Tell every merge over inputs once, at its first cell.

    A class of indicators merged downwards, as official tables have it, is put into each row of `bands` it stands for,
    also where classes are given.
    """
    looked_at = 0
    for area in grid.merges:
        if area in expected.merges:
            continue
        first, *others = _cells(area, expected) or [""]
        looked_at += len(others)
        limit(looked_at, MOST_MERGED, "合并单元格")
        is_class = others and _is_class(first, others[-1], expected)
        hidden = [cell for cell in others if cell in (expected.spots if is_class else expected.inputs)]
        held = [cell for cell in hidden if shown(str(grid.values.get(cell, "")))]
        missed = [cell for cell in hidden if first in grid.values and _is_missed(cell, expected, bands)]
        if held:
            text = cut(clean(str(grid.values[held[0]])))
            report.add("XPF312", first, area=area, count=len(held), at=held[0], text=text)
        elif missed and is_class:
            for cell in missed:
                spot = expected.spots[cell]
                bands[spot.band][spot.row][spot.key] = grid.values[first]
            report.add("XPF338", first, area=area, count=len(missed) + 1, text=cut(clean(str(grid.values[first]))))
        elif missed:
            fields = [*dict.fromkeys(expected.spots[cell].slot.label for cell in missed)]
            report.add("XPF337", first, area=area, fields=fields, count=len(missed), cells=first_of(missed))


def _cells(area: str, expected: Expected) -> list[str]:
    """The cells of a range that lie on the form, row by row."""
    if (corners := area_of(area)) is None:
        return []
    top, left, bottom, right = corners
    rows = range(top, min(bottom, expected.layout.last_row) + 1)
    columns = range(left, min(right, expected.layout.columns) + 1)
    return [address(row, column) for row in rows for column in columns]


def _is_missed(cell: str, expected: Expected, bands: Bands) -> bool:
    """Whether a blank input would be asked for: those in rows that hold nothing else are not."""
    spot = expected.spots[cell]
    if not spot.band:
        return True
    slots = expected.layout.bands[spot.band][spot.row]
    held = bands[spot.band][spot.row]
    return any(held.get(key) is not None and not expected.spots[at.cell].is_computed for key, at in slots.items())


def _is_class(first: str, last: str, expected: Expected) -> bool:
    """Whether a merge runs down one column of the classes of indicators."""
    spots = expected.spots
    return first in spots and last in spots and spots[first].key == spots[last].key and spots[first].key in CLASSES
