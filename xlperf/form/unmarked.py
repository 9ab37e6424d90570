"""Recognises the form of a sheet that has lost its marker, by its labels and merges alone.

Every anchor must stand where it belongs; any other sheet is at most said to resemble ours. No place is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from xlperf.form.editions import EDITIONS, LARGEST_BAND, layout_of
from xlperf.form.marker import Marker
from xlperf.form.parts import Band, Form, Label, Row
from xlperf.form.placement import Layout, Place, layout
from xlperf.model.text import squeeze
from xlperf.ooxml.a1 import address

UNMARKED = ("blank_project", "overall", "settings", "contents")
"""The kinds told so; the sheet of a project may have been either of two, which read alike."""

ANSWERED = (*UNMARKED[:3], "project")
ALIKE = 10  # one label in so many may be missing where a sheet resembles ours

Cells = Mapping[str, object]
"""Values by address; blank cells are not in it."""


def marker_by_labels(cells: Cells, merges: Collection[str]) -> Marker | None:
    """The marker this sheet must have had, but for its origin; None where it is none of ours, or cells moved on it.

    A sheet that is the same in several editions counts as one of the newest.
    """
    # Of the later editions the hidden columns hold what the sheet is worth nothing without.
    whole = {form_set: forms for form_set, forms in EDITIONS.items() if form_set.period == "year"}
    known = ((form_set, forms[kind]) for form_set, forms in whole.items() for kind in UNMARKED if kind in forms)
    for form_set, form in known:
        if not all(_stands(place, cells) for place in _head(form)):
            continue
        sizes = _sizes(form, cells, frozenset(merges))
        marker = Marker(form.kind, form_set, sizes) if sizes is not None else None
        place = layout_of(marker) if marker else None
        if place and all(_stands(anchor, cells) for anchor in _anchors(place)) and not _holds_hidden(place, cells):
            return marker
    return None


def resembles_ours(texts: Collection[object]) -> bool:
    """Whether these are the texts of a sheet of ours, wherever they stand on it."""
    held = set(texts)
    answered = (forms[kind] for forms in EDITIONS.values() for kind in ANSWERED if kind in forms)
    return any(len(labels - held) * ALIKE <= len(labels) for labels in map(_labels, answered))


def _anchors(place: Layout) -> list[Place[Label]]:
    return [at for at in place.labels if at.piece.is_anchor]


@cache
def _head(form: Form) -> list[Place[Label]]:
    """The anchors above the first band, which stand there whatever the sizes of bands."""
    place = layout(form)
    first = min((at.row for rows in place.bands.values() for at in rows[0].values()), default=place.last_row + 1)
    return [at for at in _anchors(place) if at.row < first]


@cache
def _labels(form: Form) -> frozenset[object]:
    return frozenset(at.piece.text for at in _anchors(layout(form)))


def _stands(anchor: Place[Label], cells: Cells) -> bool:
    return squeeze(str(cells.get(anchor.cell, ""))) == squeeze(anchor.piece.text)


def _holds_hidden(place: Layout, cells: Cells) -> bool:
    """Whether anything stands where the hidden columns were: it may be what somebody wrote beside the form."""
    columns = range(place.visible_columns + 1, place.columns + 1)
    return any(address(row, column) in cells for row in range(1, place.last_row + 1) for column in columns)


def _sizes(form: Form, cells: Cells, merges: frozenset[str]) -> tuple[tuple[str, int], ...] | None:
    """How many rows each band has by what stands below it, or by the merge of its caption."""
    sizes = []
    row = 1
    for part, below in zip(form.body, (*form.body[1:], None), strict=True):
        if isinstance(part, Row):
            row += 1
            continue
        possible = range(part.least, LARGEST_BAND + 1)
        size = next((size for size in possible if _ends(part, row, size, below, cells, merges)), None)
        if size is None:
            return None
        sizes.append((part.key, size))
        row += size
    return tuple(sorted(sizes))


def _ends(band: Band, row: int, size: int, below: Row | Band | None, cells: Cells, merges: frozenset[str]) -> bool:
    """Whether a band that begins in this row may have this size."""
    if band.caption:
        return f"{address(row, 1)}:{address(row + size - 1, band.caption.span)}" in merges
    next_cell = cells.get(address(row + size, 1), "")
    label = below.pieces[0] if isinstance(below, Row) else None
    return squeeze(str(next_cell)) == (squeeze(label.text) if isinstance(label, Label) else "")
