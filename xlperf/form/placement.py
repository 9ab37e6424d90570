"""Where every piece of a form stands for given band sizes, and how a reference to it is written.

The only place that knows cell addresses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from xlperf.form.choices import NAMES
from xlperf.form.parts import REFERENCE, Band, Call, Form, Gap, Label, Row, Slot
from xlperf.measure import cell_formula
from xlperf.ooxml.a1 import address, column_letters

Elsewhere = Callable[[str], str]
"""From the key of a project sheet's slot to a reference to it from another sheet."""

P = TypeVar("P", bound=Slot | Label, covariant=True)


@dataclass(frozen=True)
class Place(Generic[P]):
    """A piece on the sheet; rows and columns are 1-based, `last_*` included."""

    piece: P
    row: int
    column: int
    last_row: int
    last_column: int
    band: str = ""

    @cached_property
    def cell(self) -> str:
        """A1 address of the first (top left) cell."""
        return address(self.row, self.column)

    @property
    def area(self) -> str:
        """A1 range of all its cells."""
        return self.cell if not self.merged else f"{self.cell}:{address(self.last_row, self.last_column)}"

    @property
    def merged(self) -> bool:
        """Whether it covers more than one cell."""
        return (self.row, self.column) != (self.last_row, self.last_column)


class Layout:
    """A form with its band sizes fixed: places of labels and slots, row heights, rendered formulas."""

    def __init__(self, form: Form, sizes: tuple[tuple[str, int], ...]) -> None:
        self.form = form
        self.sizes: Mapping[str, int] = dict(sizes)
        self.labels: list[Place[Label]] = []
        self.slots: dict[str, Place[Slot]] = {}
        self.bands: dict[str, list[dict[str, Place[Slot]]]] = {}
        self.heights: dict[int, float] = {}
        self.page_starts: list[int] = []
        row = 1
        for part in form.body:
            if isinstance(part, Row):
                self._place_row(part, row, self.slots, "")
                if part.new_page:
                    self.page_starts.append(row)
                row += 1
            else:
                row = self._place_band(part, row)
        self.last_row = row - 1
        self.columns = len(form.widths)
        self.visible_columns = self.columns - form.hidden_columns

    def _place_band(self, band: Band, row: int) -> int:
        count = self.sizes.get(band.key, band.least)
        rows = self.bands[band.key] = []
        offset = 0
        if band.caption:
            offset = band.caption.span
            self.labels.append(Place(band.caption, row, 1, row + count - 1, offset))
        for i in range(count):
            places: dict[str, Place[Slot]] = {}
            self._place_row(band.row, row + i, places, band.key, first=not i, column=1 + offset)
            rows.append(places)
        return row + count

    def _place_row(
        self, part: Row, row: int, slots: dict[str, Place[Slot]], band: str, first: bool = True, column: int = 1
    ) -> None:
        self.heights[row] = part.height
        for piece in part.pieces:
            if isinstance(piece, Gap):
                column += piece.span
                continue
            last_column = column + piece.span - 1
            if isinstance(piece, Slot):
                slots[piece.key] = Place(piece, row, column, row, last_column, band)
            elif first:  # a label inside a band stands once, down all its rows
                rows = self.sizes.get(band, self.form.bands[band].least) if band else piece.rows
                self.labels.append(Place(piece, row, column, row + rows - 1, last_column, band))
            column = last_column + 1

    @cached_property
    def places(self) -> list[Place[Slot]]:
        """Every slot, singles first, then bands row by row."""
        return [
            *self.slots.values(),
            *(place for rows in self.bands.values() for row in rows for place in row.values()),
        ]

    @property
    def pieces(self) -> list[Place[Slot | Label]]:
        """Every label, then every slot."""
        return [*self.labels, *self.places]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all slots."""
        return frozenset(self.slots).union(*(rows[0] for rows in self.bands.values() if rows))

    def cell_of(self, path: str, row: int = -1) -> str:
        """The visible cell that holds this field of the noun; "" where none does.

        `row` is the row of a band; a field that fills a band by itself begins at its first. Of a field that has several
        single slots, as the planned shares have, it says which of them; none says the first.
        """
        band = path.partition(".")[0]
        if band in self.bands:
            at = max(row, 0) if path == band else row
            places = _holding(path, self.bands[band][at]) if 0 <= at < len(self.bands[band]) else []
        else:
            places = _holding(path, self.slots)
            places = places[row : row + 1] if 0 <= row < len(places) else places
        return places[0].cell if places and places[0].column <= self.visible_columns else ""

    def column(self, key: str) -> list[Place[Slot]]:
        """The places of a band column, top to bottom."""
        return [row[key] for row in self.bands[key.split(".")[0]]]

    def column_area(self, key: str) -> str:
        """A1 range of a band column, relative; of a single slot its cell."""
        if key in self.slots:
            return self.slots[key].cell
        places = self.column(key)
        return f"{places[0].cell}:{places[-1].cell}"

    @cached_property
    def home(self) -> str:
        """The cell of the title, which stands for the sheet as a whole."""
        return min(self.pieces, key=lambda place: (place.row, place.column)).cell

    @property
    def print_area(self) -> str:
        """A1 range of everything that is printed, absolute."""
        return f"$A$1:${column_letters(self.visible_columns - self.form.aside_columns)}${self.last_row}"

    @property
    def print_rows(self) -> str:
        """The rows that begin every page, "" for none."""
        return f"$1:${self.form.repeat_rows}" if self.form.repeat_rows else ""

    def look(self, look: str) -> Place[Label]:
        """The place of the first label of this look."""
        return next(place for place in self.labels if place.piece.look == look)

    # --- references ---------------------------------------------------------------------------------------------------

    def absolute(self, key: str) -> str:
        """`$D$4` of a single slot, or `$D$4:$D$20` of a band column."""
        if key in self.slots:
            place = self.slots[key]
            return f"${column_letters(place.column)}${place.row}"
        places = self.column(key)
        letters = column_letters(places[0].column)
        return f"${letters}${places[0].row}:${letters}${places[-1].row}"

    def render(self, template: str, row: int = 0, other: Elsewhere | None = None) -> str:
        """The template with every `{reference}` (see `REFERENCE`) in A1 text; `row` is the row it is written in."""

        def reference(match: re.Match[str]) -> str:
            sigil, key, where = match.groups()
            if sigil == "@":
                return NAMES[key]
            if sigil == "#":
                assert other is not None, template
                return other(key)
            if where == "*" or key in self.slots:
                return self.absolute(key)
            rows = self.bands[key.split(".")[0]]
            column = f"${column_letters(rows[0][key].column)}"
            fixed = {"^^": rows[0], "$": rows[-1]}.get(where)
            return f"{column}${fixed[key].row}" if fixed else f"{column}{row - (where == '^')}"

        return REFERENCE.sub(reference, template)

    def formula(self, formula: str | Call, row: int = 0, other: Elsewhere | None = None) -> str:
        """The formula text of a computed slot, without the leading equals sign."""
        if isinstance(formula, str):
            return self.render(formula, row, other)
        # No formula is copied from cell to cell: without dollar signs it is a seventh shorter.
        references = [
            None if arg is None else self.render(arg, row, other).replace("$", "") for arg in formula.arguments
        ]
        return cell_formula(formula.name, *references)

    def is_array(self, place: Place[Slot]) -> bool:
        """Whether the cell, or its whole band column, is one array formula.

        Every catalog call is, except in merged cells, where Excel has none: parts of the plain formulas work on arrays.
        """
        return (place.piece.array or isinstance(place.piece.formula, Call)) and not place.merged


def _holding(path: str, slots: Mapping[str, Place[Slot]]) -> list[Place[Slot]]:
    """The places of the slots that hold this field; a target stands where its value does."""
    places = [place for place in slots.values() if place.piece.path == path]
    keys = (path, path.replace("indicators.target", "indicators.value"))
    return places or [slots[key] for key in keys if key in slots]


@lru_cache(maxsize=256)
def layout(form: Form, sizes: tuple[tuple[str, int], ...] = ()) -> Layout:
    """The layout of a form for these band sizes (sorted pairs), built once."""
    return Layout(form, sizes)
