"""What should stand where on a sheet, looked up from its marker: one table per layout, made once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.form import EDITION, FORMS, Kind, Label, Layout, Marker, Place, Role, Slot, layout
from xlperf.model.text import squeeze

LARGEST_BAND = 2_000  # rows; a marker is foreign text and must not make us build a giant


class Spot(NamedTuple):
    """A slot of a layout: its key, the row of its band (-1 outside bands), and its place."""

    key: str
    band: str
    row: int
    place: Place
    slot: Slot


@dataclass(frozen=True)
class Expected:
    """By address: the texts of labels as printed and squeezed, and every slot."""

    layout: Layout
    marker: str
    labels: dict[str, str]
    squeezed: dict[str, str]
    months: dict[str, Decimal]
    spots: dict[str, Spot]
    inputs: frozenset[str]
    merges: frozenset[str]
    arrays: frozenset[str]


def layout_of(marker: Marker) -> Layout | None:
    """The layout this marker names, or None where it names none that we ever wrote."""
    form = FORMS.get(marker.kind)
    if form is None or marker.edition != EDITION:
        return None
    sizes = dict(marker.sizes)
    whole = sizes.keys() == form.bands.keys() and len(marker.sizes) == len(sizes)
    if not whole or any(not form.bands[key].least <= size <= LARGEST_BAND for key, size in sizes.items()):
        return None
    return layout(form, tuple(sorted(sizes.items())))


@lru_cache(maxsize=256)
def expected(place: Layout) -> Expected:
    """The tables of this layout."""
    spots = {p.cell: _spot(key, "", -1, p) for key, p in place.slots.items()}
    for band, rows in place.bands.items():
        for i, row in enumerate(rows):
            spots.update((p.cell, _spot(key, band, i, p)) for key, p in row.items())
    labels = {p.cell: p.piece.text for p in place.labels if isinstance(p.piece, Label) and p.piece.text}
    return Expected(
        layout=place,
        marker=place.slots["marker"].cell,
        labels=labels,
        squeezed={cell: squeeze(text) for cell, text in labels.items()},
        months={cell: Decimal(s.row + 1) for cell, s in spots.items() if s.slot.kind is Kind.MONTH},
        spots=spots,
        inputs=frozenset(cell for cell, s in spots.items() if s.slot.role is Role.INPUT),
        merges=frozenset(p.area for p in [*place.labels, *place.places] if p.merged),
        arrays=frozenset(place.column_area(s.key) for s in spots.values() if s.row == 0 and place.is_array(s.place)),
    )


def _spot(key: str, band: str, index: int, place: Place) -> Spot:
    assert isinstance(place.piece, Slot)
    return Spot(key, band, index, place, place.piece)
