"""Cells whose cached result is not what the answers beside them compute to: typed over, or saved uncalculated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.checks import finding
from xlperf.form import Answers, Cell, Layout, Role, Slot, settings_answers
from xlperf.form.compute import is_number
from xlperf.model import Finding, Locus, Settings
from xlperf.workbook.grid import CellError
from xlperf.workbook.read import Returned, SheetRead

CLOSE = Decimal("0.000001")
DOUBLE = Decimal("1e-14")  # of a result: beyond it a cell holds no digits
PASSED_OVER = frozenset(
    (
        *("title", "unit_line", "year_line"),  # they repeat other cells and measure nothing
        *("indicators.score", "score_subtotal", "weight_total", "paid_in_year", "total_score"),  # rules say it better
    )
)


class Spot(NamedTuple):
    """A slot of a layout; `row` counts within its band, -1 outside bands."""

    cell: str
    key: str
    row: int


def stale_results(file: str, sheet: SheetRead, expected: Answers) -> Iterator[Finding]:
    """At most one finding: how many computed cells say something else than `expected`, at the first of them.

    Scores and totals have rules of their own, which name both figures.
    """
    differing = list(_differences(sheet, expected))
    if differing:
        cell, should, found = differing[0]
        place = Locus(file=file, sheet=sheet.title, cell=cell)
        yield finding("XPF305", place, count=len(differing), expected=_shown(should), found=_shown(found))


def parameters_stand(returned: Returned, settings: Settings) -> bool:
    """Whether the workbook's parameters were read as they stand: else its cells were computed with others."""
    raw = next((sheet.answers.single for sheet in returned.sheets if sheet.marker.kind == "settings"), {})
    return all(raw.get(key) == value for key, value in settings_answers(settings).single.items())


def has_errors(sheet: SheetRead) -> bool:
    """Whether there are error values among its inputs, which spread to results nobody can expect."""
    values = (_value(sheet.answers, spot) for spot in _spots(sheet.layout, Role.INPUT))
    return any(isinstance(value, (CellError, bool)) for value in values)


def _differences(sheet: SheetRead, expected: Answers) -> Iterator[tuple[str, Cell, Cell]]:
    """Computed cells with another result: address, what it should be, what it is."""
    for spot in _spots(sheet.layout, Role.COMPUTED):
        cached = _value(sheet.answers, spot)
        if cached is not None:
            should = _value(expected, spot)
            if should != cached and not _same(should, cached):
                yield spot.cell, should, cached


@lru_cache(maxsize=64)
def _spots(layout: Layout, role: Role) -> list[Spot]:
    """The slots of this role, in the order of the sheet's form."""

    def mine(piece: object) -> bool:
        return isinstance(piece, Slot) and piece.role is role

    single = [Spot(p.cell, key, -1) for key, p in layout.slots.items() if mine(p.piece) and key not in PASSED_OVER]
    return single + [
        Spot(place.cell, key, row)
        for rows in layout.bands.values()
        for row, places in enumerate(rows)
        for key, place in places.items()
        if mine(place.piece) and key not in PASSED_OVER
    ]


def _value(answers: Answers, spot: Spot) -> Cell:
    if spot.row < 0:
        return answers.single.get(spot.key)
    rows = answers.bands.get(spot.key.split(".")[0], ())
    return rows[spot.row].get(spot.key) if spot.row < len(rows) else None


def _same(should: Cell, cached: Cell) -> bool:
    if is_number(should) and is_number(cached):
        return abs(Decimal(should) - Decimal(cached)) <= max(CLOSE, abs(Decimal(should)) * DOUBLE)
    return not is_number(should) and (should or "") == cached


def _shown(value: Cell) -> str:
    return f"{Decimal(value).normalize():f}" if is_number(value) else f"“{value or ''}”"
