"""What a workbook says of itself, so that it is known again when it comes back: facts, and digests of what was given.

The seal stands in the properties of the file and, for programs that drop those, on a hidden sheet. It guides and
detects; it is no secret and keeps nobody from forging it.

What is sealed of a sheet are the cells of role GIVEN as they were written: 序号, 项目编码 and 项目名称 where the
document said them, 指标值原文 of every row, the table of rule packs, the numbers of 目录. Not sealed are labels and
the numbers of months (verified against the form), the marker (verified by being found), computed cells (computed anew),
inputs, the facts themselves (they stand twice), and titles and order of sheets (people may change them): a digest is
filed under the key of the sheet's marker. A text counts without blanks around it and what nobody sees, a number by its
value, a blank cell as "".

A digest is 16 hexadecimal digits over all those cells, then 4 digits for each of up to 59 groups of them: one cell a
group where there is room, so that the changed cell can be named. Where there is not, those in hidden columns share the
last groups. It stays within the 255 characters of a property.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.form.answers import Answers, Cell
from xlperf.form.arithmetic import is_number
from xlperf.form.marker import FormSet
from xlperf.form.parts import Band, Form, Kind, Label, Role, Row, given
from xlperf.form.placement import Layout
from xlperf.model.text import clean, visible
from xlperf.ooxml.a1 import position

SEAL_PREFIX = "xlperf."
"""What the names of our properties begin with."""

FACTS = (*FormSet._fields, "unit", "year", "id", "sheets", "macros")
"""The form set, unit code, budget year, workbook id, number of project sheets, "yes" or "no" to macros."""

MAY_BE_BLANK = ("unit", "layout", "period")
"""Facts whose absence is no fault: a unit may have no code, and the first seals named no layout and period."""

DIGEST = "digest."
"""What comes before a sheet's key in the name of its digest."""

MOST_GROUPS = 59
UNSEEN_GROUPS = 10  # at least, where there are such cells
CARRIED = (
    3  # hidden columns of a form, from which on its digest tells them apart; those of the first edition have fewer
)
_WHOLE, _PART = 16, 4  # hexadecimal digits
_DIGEST = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{4})*")

SEAL = Form(
    kind="seal",
    widths=(16, 60, 12, 12),
    body=(
        Row((Label("xlperf", 2, look="title"), given("marker", Kind.TEXT))),
        # The form set takes one row, so that the others stand where they did on the first seals, with the edition only.
        Row((Label("edition"), *(given(f"seal.{fact}", Kind.TEXT) for fact in FormSet._fields))),
        *(Row((Label(fact), given(f"seal.{fact}", Kind.TEXT))) for fact in FACTS if fact not in FormSet._fields),
        Band("digests", Row((given("digests.sheet", Kind.TEXT), given("digests.digest", Kind.TEXT))), least=1),
    ),
    hidden_columns=2,
)
"""The hidden sheet that says the same as the properties."""


class GivenCell(NamedTuple):
    """A sealed slot: its key, its band and row ("" and 0 outside bands), its address and what people call it."""

    key: str
    band: str
    row: int
    cell: str
    label: str


def seal_answers(seal: dict[str, str]) -> Answers:
    """What the hidden sheet holds."""
    facts: dict[str, Cell] = {f"seal.{fact}": seal[fact] for fact in FACTS}
    digests: list[dict[str, Cell]] = [
        {"digests.sheet": name.removeprefix(DIGEST), "digests.digest": value}
        for name, value in seal.items()
        if name.startswith(DIGEST)
    ]
    return Answers(facts, {"digests": digests})


def seal_facts(answers: Answers) -> dict[str, str]:
    """The seal as the hidden sheet says it; what it leaves blank is left out."""
    facts = {fact: answers.single.get(f"seal.{fact}") for fact in FACTS}
    rows = answers.bands.get("digests", ())
    digests = {f"{DIGEST}{row.get('digests.sheet')}": row.get("digests.digest") for row in rows}
    return {name: str(value) for name, value in {**facts, **digests}.items() if value is not None}


@lru_cache(maxsize=256)
def given_cells(layout: Layout) -> tuple[GivenCell, ...]:
    """The sealed slots of a layout in the order of the sheet; none on the seal itself."""
    if layout.form.kind == SEAL.kind:
        return ()
    rows = [
        ("", 0, layout.slots),
        *((band, i, row) for band, rows in layout.bands.items() for i, row in enumerate(rows)),
    ]
    return tuple(
        GivenCell(key, band, index, place.cell, place.piece.label)
        for band, index, slots in rows
        for key, place in slots.items()
        if place.piece.role is Role.GIVEN and place.piece.kind is not Kind.MONTH and key != "marker"
    )


def digest(layout: Layout, answers: Answers) -> str:
    """The digest of a sheet that is written with these answers; "" for one on which nothing is sealed."""
    words = _words(layout, answers)
    parts = (_hash([words[i] for i in group], _PART) for group in _groups(layout))
    return _hash(words, _WHOLE) + "".join(parts) if words else ""


def changed(layout: Layout, answers: Answers, sealed: str) -> list[tuple[GivenCell, ...]]:
    """The groups of sealed slots of which one no longer holds what the digest was made of; most are of one slot."""
    words = _words(layout, answers)
    if not words or _hash(words, _WHOLE) == sealed[:_WHOLE]:
        return []
    parts = [sealed[i : i + _PART] for i in range(_WHOLE, len(sealed), _PART)]
    cells, groups = given_cells(layout), _groups(layout)
    differing = [
        tuple(cells[i] for i in group)
        for group, part in zip(groups, parts, strict=False)
        if len(parts) == len(groups) and _hash([words[i] for i in group], _PART) != part
    ]
    return differing or [cells]


def fingerprint(layout: Layout, answers: Answers) -> str:
    """Of all that a sheet holds of its noun, given or typed: the same for any two sheets that say the same."""
    single, rows = answers.single, answers.bands
    words = [_word(single.get(key)) for key in _answered(layout.form, "")]
    for band, size in layout.sizes.items():
        held = [*rows.get(band, ())][:size]
        blank: list[Mapping[str, Cell]] = [{}] * (size - len(held))
        words += [_word(row.get(key)) for row in (*held, *blank) for key in _answered(layout.form, band)]
    return _hash(words, _WHOLE)


@lru_cache(maxsize=64)
def _answered(form: Form, band: str) -> tuple[str, ...]:
    """The slots of a band, or outside bands, that are not computed; months and the marker are no answers."""
    return tuple(
        slot.key
        for at, slot in form.slots
        if at == band and slot.role is not Role.COMPUTED and slot.kind is not Kind.MONTH and slot.key != "marker"
    )


def is_digest(text: str) -> bool:
    """Whether the text is a digest of ours at all."""
    return _DIGEST.fullmatch(text) is not None


def _words(layout: Layout, answers: Answers) -> list[str]:
    single, bands = answers.single, answers.bands
    words = []
    for key, band, row, _, _ in given_cells(layout):
        rows = bands.get(band, ())
        words.append(_word((single if not band else rows[row] if row < len(rows) else {}).get(key)))
    return words


def _word(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return visible(clean(value))
    return f"{Decimal(value).normalize():f}" if is_number(value) else str(value)


@lru_cache(maxsize=256)
def _groups(layout: Layout) -> tuple[Sequence[int], ...]:
    """The places among the given cells that share a part of the digest: at most MOST_GROUPS."""
    cells = given_cells(layout)
    everything = range(len(cells))
    hidden = {i for i in everything if (position(cells[i].cell) or (0, 0))[1] > layout.visible_columns}
    if len(cells) <= MOST_GROUPS or layout.form.hidden_columns < CARRIED or not 0 < len(hidden) < len(cells):
        return _runs(everything, MOST_GROUPS)
    shown = _runs([i for i in everything if i not in hidden], MOST_GROUPS - UNSEEN_GROUPS)
    return (*shown, *_runs(sorted(hidden), MOST_GROUPS - len(shown)))


def _runs(places: Sequence[int], most: int) -> tuple[Sequence[int], ...]:
    """The places in at most so many runs of equal length."""
    size = max(1, -(-len(places) // most))
    return tuple(places[i : i + size] for i in range(0, len(places), size))


def _hash(words: Iterable[str], digits: int) -> str:
    return hashlib.blake2b("\x1f".join(words).encode("utf-8", "replace"), digest_size=digits // 2).hexdigest()
