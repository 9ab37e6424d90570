"""The pieces a form is made of: labels, slots, rows and bands. Values only; where they come to stand is `placement`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from xlperf.form.answers import Value
from xlperf.form.arithmetic import total
from xlperf.model.department import Noun

REFERENCE = re.compile(r"\{([@#]?)([\w.]+)(\*|\^\^?|\$|)\}")
"""What formulas mention, in three groups.

{key} this row · {key*} the whole column · {key^} the row above · {key^^} the first row · {key$} the last row,
{@name} a parameter's defined name, {#key} the slot on the project sheet that this row of another sheet stands for.
"""


class Role(StrEnum):
    """Who fills a slot: the clerk (unlocked), the generator (locked), or a formula (locked)."""

    INPUT = "input"
    GIVEN = "given"
    COMPUTED = "computed"


class Kind(StrEnum):
    """What a slot holds, hence how it is shown and read back."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    WORD = "word"
    NUMBER = "number"
    QUANTITY = "quantity"
    POINTS = "points"
    MONEY = "money"
    SHARE = "share"
    DATE = "date"
    MONTH = "month"
    TICK = "tick"
    COUNT = "count"


TICK = "√"
"""What a slot of kind TICK holds, if anything."""

NUMERIC = (Kind.NUMBER, Kind.POINTS, Kind.MONEY, Kind.SHARE, Kind.DATE, Kind.COUNT)
"""Kinds whose inputs hold numbers and nothing else."""


@dataclass(frozen=True)
class Bound:
    """What may be typed into an input: the rule of a data validation, with its Chinese prompt and error.

    `type` is list, decimal, custom, textLength, date or whole; formulas may mention slots as `{key}`.
    A `warning` lets the clerk insist.
    """

    type: str
    formula1: str
    prompt: str
    error: str
    formula2: str = ""
    warning: bool = False


@dataclass(frozen=True)
class Call:
    """A catalog function over slots: the cell holds IFERROR(XLPERF_name(…), plain formula).

    Each argument is a reference template (`{key}`, `{key*}`, `{@parameter}`) or None for the default.
    """

    name: str
    arguments: tuple[str | None, ...]


@dataclass(frozen=True)
class Tint:
    """A colour for a word: the slot turns `look` while its conditional formula holds; `mark` is put before the word."""

    formula: str
    look: str
    mark: str = ""


@dataclass(frozen=True)
class Slot:
    """One cell that holds a value; `key` is its name in the form.

    `span` columns merge: for text only, never for numbers or choices. An `array` formula is entered as one.
    `path` leads to its field in the form's noun where the key does not; see `bindings`.
    `value` is what the formula comes to; a call of the catalog and a mere reference need none.
    """

    key: str
    role: Role
    kind: Kind
    span: int = 1
    bound: Bound | None = None
    formula: str | Call | None = None
    tints: tuple[Tint, ...] = ()
    centered: bool = False
    label: str = ""
    link: bool = False
    array: bool = False
    path: str = ""
    value: Value | None = None


EXPLAINING = ("hint", "body", "sign")
"""The looks of labels that tell of no cell what it holds: they may be reworded, or signed, and nothing changes."""


@dataclass(frozen=True)
class Label:
    """Fixed text of the form; `rows` and `span` merge."""

    text: str
    span: int = 1
    rows: int = 1
    look: str = "head"

    @property
    def is_anchor(self) -> bool:
        """Whether it tells what the cells beside or below it hold, and so where they are."""
        return self.text != "" and self.look not in EXPLAINING


@dataclass(frozen=True)
class Gap:
    """Columns of a row left to something else (a label merged from above, a chart)."""

    span: int = 1


Piece = Label | Slot | Gap


@dataclass(frozen=True)
class Row:
    """Pieces from the first column on; `height` in points is the least the row gets.

    A row may begin a new page in print.
    """

    pieces: tuple[Piece, ...]
    height: float = 20.0
    new_page: bool = False

    @property
    def slots(self) -> list[Slot]:
        """Its slots, left to right."""
        return [piece for piece in self.pieces if isinstance(piece, Slot)]


@dataclass(frozen=True)
class Band:
    """A row repeated: `least` rows at least, and `spare` beyond what is filled. `rounded_to` keeps shapes few.

    `caption` is a label merged down the whole band in its first columns.
    """

    key: str
    row: Row
    least: int = 1
    spare: int = 0
    rounded_to: int = 1
    caption: Label | None = None

    def size(self, filled: int, room: int = 0) -> int:
        """How many rows the band gets for this many filled ones, and as many as there is to be `room` for."""
        wanted = max(self.least, filled + self.spare)
        return max(-(-wanted // self.rounded_to) * self.rounded_to, room)


@dataclass(frozen=True)
class Chart:
    """Columns (`bars`) against a line (`line`) over the categories, in the label of look `over`."""

    title: str
    categories: str
    bars: tuple[str, str]
    line: tuple[str, str]
    over: str = "chart"


@dataclass(frozen=True, eq=False)
class Form:
    """One sheet as data; compared by identity, so that a layout is looked up at once.

    `noun` is what its slots are fields of, None where nothing of it is read. The last columns are hidden, those before
    them stand aside: seen, but not printed. `helpers` are computed slots of which others make use; they go where nobody
    sees them (`carried.with_carried`).
    """

    kind: str
    widths: tuple[float, ...]
    body: tuple[Row | Band, ...]
    noun: type[Noun] | None = None
    landscape: bool = True
    hidden_columns: int = 0
    aside_columns: int = 0
    chart: Chart | None = None
    repeat_rows: int = 0
    freeze_below: int = 0
    helpers: tuple[Slot, ...] = ()

    @cached_property
    def bands(self) -> dict[str, Band]:
        """Its bands by key."""
        return {part.key: part for part in self.body if isinstance(part, Band)}

    @property
    def slots(self) -> list[tuple[str, Slot]]:
        """Every slot after its band ("" outside bands), in the order of the sheet."""
        rows = [("", part) if isinstance(part, Row) else (part.key, part.row) for part in self.body]
        return [(band, slot) for band, row in rows for slot in row.slots]

    @property
    def labels(self) -> list[Label]:
        """Every label, those inside and beside bands too."""
        rows = [part.pieces if isinstance(part, Row) else (part.caption, *part.row.pieces) for part in self.body]
        return [piece for pieces in rows for piece in pieces if isinstance(piece, Label)]

    @property
    def only_explains(self) -> bool:
        """Whether nothing but the marker stands on it that could be read."""
        return all(slot.key == "marker" for _, slot in self.slots)


@lru_cache(maxsize=64)
def keys_of(form: Form, role: Role) -> dict[str, tuple[str, ...]]:
    """The keys of the slots of this role by band, "" outside bands, in the order of the sheet."""
    slots = [(band, slot.key) for band, slot in form.slots if slot.role is role]
    return {band: tuple(key for at, key in slots if at == band) for band in ("", *dict.fromkeys(at for at, _ in slots))}


def entry(
    key: str,
    kind: Kind,
    label: str,
    bound: Bound,
    span: int = 1,
    tints: tuple[Tint, ...] = (),
    centered: bool = False,
    path: str = "",
) -> Slot:
    """A slot the clerk fills; `label` is what findings call it. Words where a number belongs stand out."""
    if kind in NUMERIC:
        tints = (Tint(f"ISTEXT({{{key}}})", "bad"), *tints)
    return Slot(key, Role.INPUT, kind, span, bound=bound, tints=tints, centered=centered, label=label, path=path)


def given(
    key: str,
    kind: Kind,
    label: str = "",
    span: int = 1,
    centered: bool = False,
    path: str = "",
    tints: tuple[Tint, ...] = (),
) -> Slot:
    """A slot the generator fills."""
    return Slot(key, Role.GIVEN, kind, span, label=label, centered=centered, path=path, tints=tints)


def sum_of(key: str, kind: Kind, column: str, places: int) -> Slot:
    """A slot with the rounded sum of a band column, blank while that is."""
    formula = f'IF(COUNT({{{column}*}})=0,"",ROUND(SUM({{{column}*}}),{places}))'
    return computed(key, kind, formula, value=lambda values: total(values[column], places))


def computed(
    key: str,
    kind: Kind,
    formula: str | Call,
    span: int = 1,
    tints: tuple[Tint, ...] = (),
    centered: bool = False,
    label: str = "",
    value: Value | None = None,
) -> Slot:
    """A slot a formula fills."""
    return Slot(
        key, Role.COMPUTED, kind, span, formula=formula, tints=tints, centered=centered, label=label, value=value
    )
