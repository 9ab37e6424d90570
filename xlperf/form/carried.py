"""What a form does not show and its sheet holds all the same, in hidden columns: every other field of its noun.

So a project sheet holds its project whole, wherever it is moved, and the next period starts from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any, get_args

from xlperf.form.fields import choices_of, is_tuple, noun_in, value_types
from xlperf.form.parts import Band, Form, Gap, Kind, Row, Slot, given
from xlperf.model.department import Noun
from xlperf.model.messages import FIELDS

LEFT_OUT = ("target.", "spend_plan.")
"""What keys leave out of the paths they lead along."""
SAID = ("operator_stated",)
"""Fields that another slot tells: a sign that was not stated is blank."""
ROOM = 8  # hidden slots outside bands that one row takes
WIDTH = 6.0
KINDS = {str: Kind.TEXT, int: Kind.COUNT}


def with_carried(form: Form, later: Collection[str] = ()) -> Form:
    """The form with its marker, its helpers and every field of its noun that it does not show, in hidden columns.

    The paths in `later` lead to fields that came to the noun when the form had been given out: it holds none of them.
    """
    assert form.noun is not None
    left_out = {*later, *(slot.path or slot.key for _, slot in form.slots)}
    hidden = [*form.helpers, *(slot for slot in every_slot(form.noun) if slot.path not in left_out)]
    of_bands = {band: [slot for slot in hidden if slot.key.startswith(f"{band}.")] for band in form.bands}
    in_bands = {slot.key for slots in of_bands.values() for slot in slots}
    rows = _packed([slot for slot in hidden if slot.key not in in_bands])
    visible, columns = len(form.widths), max([ROOM, *map(len, of_bands.values())])
    body: list[Row | Band] = []
    for i, part in enumerate(form.body):
        if isinstance(part, Band):
            caption = part.caption.span if part.caption else 0
            body.append(replace(part, row=_beside(part.row, visible - caption, of_bands[part.key])))
        else:
            body.append(_beside(part, visible, next(rows, []) if i else [given("marker", Kind.TEXT)]))
    assert next(rows, None) is None, form.kind
    return replace(form, widths=(*form.widths, *[WIDTH] * columns), body=tuple(body), hidden_columns=columns)


def _beside(row: Row, visible: int, hidden: list[Slot]) -> Row:
    """The row with these slots behind the last visible column."""
    left = visible - sum(piece.span for piece in row.pieces)
    assert left >= 0, row
    return replace(row, pieces=(*row.pieces, *[Gap(left)] * (left > 0), *hidden)) if hidden else row


def _packed(slots: list[Slot]) -> Iterator[list[Slot]]:
    """The slots in rows; those of one field stay side by side."""
    row: list[Slot] = []
    for _, same in groupby(slots, key=lambda slot: slot.path or slot.key):
        field = list(same)
        if len(row) + len(field) > ROOM:
            yield row
            row = []
        row += field
    yield row


def every_slot(noun: type[Noun], path: str = "") -> Iterator[Slot]:
    """A given slot for every field, or for each part of it, in the order of the model."""
    for name, field in noun.model_fields.items():
        if name in SAID:
            continue
        key = own = path + name
        for part in LEFT_OUT:
            key = key.replace(part, "")
        inner, choices, types = noun_in(field), choices_of(field), value_types(field)
        if inner:
            yield from every_slot(inner, f"{own}.")
        elif is_tuple(field) and not choices and str not in types:
            items = range(len(get_args(field.annotation)))
            yield from (given(f"{key}.{i}", Kind.NUMBER, _label(own), path=own) for i in items)
        else:
            yield given(key, Kind.TEXT if choices or is_tuple(field) else _kind(types), _label(own), path=own)


def _label(path: str) -> str:
    """What findings call the field a path leads to: 监控时填报·实际完成值."""
    return "·".join(FIELDS[name][0] for name in path.removeprefix("indicators.").split("."))


def _kind(types: tuple[Any, ...]) -> Kind:
    return Kind.QUANTITY if len(types) > 1 else KINDS.get(types[0], Kind.NUMBER)
