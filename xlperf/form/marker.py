"""The note every sheet carries in its hidden column: which form it is, of which form set, with which band sizes.

So a sheet is recognised wherever it was moved and whatever it was renamed to; and, on the sheet of a project, which
workbook it was made for and as the how manieth, so that copies and strangers are told from the original. A sheet that
people fill in says what it was given out with, so that one is known that nobody filled in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKER = re.compile(
    r"xlperf form=(\w+) edition=([\w.]+)(?: layout=([\w+-]+) period=([\w-]+))?"
    r"(?: book=([0-9a-f]{8}) sheet=([1-9]\d{0,3}))?(?: given=([0-9a-f]{16}))?((?: [a-z_]+=\d{1,7})*)"
)


class FormSet(NamedTuple):
    """Which forms a workbook has: version of the official form, place whose layout it follows, period it serves.

    The first markers and seals named the edition only; they mean the national forms for the whole year.
    """

    edition: str
    layout: str = "national"
    period: str = "year"

    def __str__(self) -> str:
        """The edition, with layout and period where they are not the usual ones."""
        return self.edition if self == FormSet(self.edition) else " ".join(self)


class Marker(NamedTuple):
    """What a sheet says of itself; `book` and `sheet` are "" and 0 where a workbook has only one such sheet.

    `given` is the fingerprint of its answers as it was given out, "" where it does not say.
    """

    kind: str
    form_set: FormSet
    sizes: tuple[tuple[str, int], ...]
    book: str = ""
    sheet: int = 0
    given: str = ""

    @property
    def key(self) -> str:
        """By what the seal knows the sheet."""
        return str(self.sheet or self.kind)

    @property
    def without_origin(self) -> Marker:
        """What it has in common with every sheet of its layout."""
        return self._replace(book="", sheet=0, given="")

    def __str__(self) -> str:
        origin = f" book={self.book} sheet={self.sheet}" if self.book else ""
        sizes = "".join(f" {k}={n}" for k, n in self.sizes)
        form_set = " ".join(f"{name}={word}" for name, word in self.form_set._asdict().items())
        given = f" given={self.given}" if self.given else ""
        return f"xlperf form={self.kind} {form_set}{origin}{given}{sizes}"


def book_of(seal_id: str) -> str:
    """How markers mention the workbook with this id."""
    return seal_id[:8]


def read_marker(text: object) -> Marker | None:
    """The marker this cell text is, or None."""
    match = _MARKER.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    kind, edition, place, period, book, sheet, given, rest = match.groups()
    form_set = FormSet(edition, place, period) if place else FormSet(edition)
    sizes = tuple((key, int(count)) for key, count in (pair.split("=") for pair in rest.split()))
    return Marker(kind, form_set, sizes, book or "", int(sheet or 0), given or "")
