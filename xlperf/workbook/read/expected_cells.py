"""What should stand where on a sheet, looked up from its layout: one table for each, made once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.form import Kind, Layout, Place, Role, Slot
from xlperf.model.text import squeeze


class Spot(NamedTuple):
    """A slot of a layout: its key, the row of its band (-1 outside bands), and what the way there needs often."""

    key: str
    band: str
    row: int
    slot: Slot
    is_computed: bool
    is_date: bool


@dataclass(frozen=True)
class Expected:
    """By address: the texts of labels as printed and squeezed, and every slot; row and column of inputs.

    `anchors` are the labels, squeezed, that must be where they are for the rest to be; no other is held against them.
    `home` is the cell to go to when the sheet as a whole is meant. `formulas` are the cells that hold a formula of
    ours, `results` those below the first of an array formula, with that first one.
    """

    layout: Layout
    home: str
    marker: str
    labels: dict[str, str]
    squeezed: dict[str, str]
    anchors: dict[str, str]
    months: dict[str, Decimal]
    spots: dict[str, Spot]
    inputs: dict[str, tuple[int, int]]
    merges: frozenset[str]
    arrays: frozenset[str]
    formulas: frozenset[str]
    results: dict[str, str]


@lru_cache(maxsize=256)
def expected(place: Layout) -> Expected:
    """The tables of this layout."""
    spots = {p.cell: _spot(key, "", -1, p) for key, p in place.slots.items()}
    formulas, results = _formulas(place)
    for band, rows in place.bands.items():
        for i, row in enumerate(rows):
            spots.update((p.cell, _spot(key, band, i, p)) for key, p in row.items())
    labels = {p.cell: p.piece for p in place.labels if p.piece.text}
    squeezed = {cell: squeeze(label.text) for cell, label in labels.items()}
    without = place.form.only_explains
    return Expected(
        layout=place,
        home=place.home,
        marker=place.slots["marker"].cell,
        labels={cell: label.text for cell, label in labels.items()},
        squeezed=squeezed,
        anchors={cell: squeezed[cell] for cell, label in labels.items() if label.is_anchor and not without},
        months={cell: Decimal(s.row + 1) for cell, s in spots.items() if s.slot.kind is Kind.MONTH},
        spots=spots,
        inputs={p.cell: (p.row, p.column) for p in place.places if spots[p.cell].slot.role is Role.INPUT},
        merges=frozenset(p.area for p in place.pieces if p.merged),
        arrays=frozenset(place.column_area(key) for key in _array_columns(place)),
        formulas=formulas,
        results=results,
    )


def _spot(key: str, band: str, index: int, place: Place[Slot]) -> Spot:
    slot = place.piece
    return Spot(key, band, index, slot, slot.role is Role.COMPUTED, slot.kind is Kind.DATE)


def _array_columns(place: Layout) -> list[str]:
    """The keys of the band columns that are one array formula each."""
    return [key for rows in place.bands.values() if rows for key, p in rows[0].items() if place.is_array(p)]


def _formulas(place: Layout) -> tuple[frozenset[str], dict[str, str]]:
    arrays = {key: [p.cell for p in place.column(key)] for key in _array_columns(place)}
    results = {cell: cells[0] for cells in arrays.values() for cell in cells[1:]}
    computed = (p.cell for p in place.places if p.piece.role is Role.COMPUTED)
    return frozenset(cell for cell in computed if cell not in results), results
