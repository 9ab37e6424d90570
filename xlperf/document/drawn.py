"""Tables drawn with characters, `|` or box lines around columns of one width → rows of whole cells.

Programs that write such text (antiword, w3m, pandoc) break the texts of cells over lines. Lines between two ruled
lines are one row; where nothing is ruled, a line continues the row above if its texts go on where those were full.
Knows labels only to see which broken ones belong together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from xlperf.document.blocks import Cell, Row, lines_of
from xlperf.document.labels import MONTHS, is_level2, label
from xlperf.document.labels import column as column_head
from xlperf.model.text import fold

_MOST_BORDERS = 100  # of a drawn line
_LONGEST = 2_000  # characters of one
_BARS = frozenset("|｜│┃┆┇┊┋║")
_PLAIN_BARS = str.maketrans(dict.fromkeys(_BARS, "|"))
_LINES = "-=─━═┄┅┈┉╌╍"
_CROSSINGS = frozenset("+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┠┯┨┷┝┿┥┰┸╂")
_RULED = re.compile(f"[{_LINES}]{{2}}")
_RULED_PART = re.compile(rf"\s*[{_LINES}]+\s*")
_MARKDOWN = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")  # below the head of a table of whole rows
_ITEM = re.compile(r"\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）]")
_SENTENCE_ENDS = "。；;！!"
_SIGNS = "≥≤<>=≧≦＜＞＝﹦"
_HANGING = frozenset("，。、；：！？）》〉】〕』」”’％,.;:!?)%")  # never first in a line
_LATIN = re.compile(r"[!-~]+")
_FIGURE = frozenset("0123456789=<>")


class Line(NamedTuple):
    """A line of a text and its number."""

    text: str
    number: int


def barred(text: str) -> str:
    """The text with every sign that parts columns made a plain bar."""
    return text.translate(_PLAIN_BARS)


def is_ruled(text: str) -> bool:
    """Whether a line is a ruled one of a table: lines with bars or crossings, and no text."""
    signs = set(text) - set(_LINES) - {" "}
    return bool(signs) and _RULED.search(text) is not None and signs <= _CROSSINGS | _BARS


def drawn_rows(lines: Sequence[Line]) -> list[Row] | None:
    """The rows of a table of these neighbouring lines; None where its columns have no common borders."""
    if any(len(line.text) > _LONGEST or _MARKDOWN.fullmatch(barred(line.text).strip()) for line in lines):
        return None
    for ambiguous in (1, 2):  # columns that signs such as ≥ and ─ take
        parted = [_parted(line, ambiguous) for line in lines]
        if frame := _frame(parted):
            return list(_Table(frame, ambiguous).rows(parted))
    return None


class _Parted(NamedTuple):
    """A line, the places of its borders in columns of the screen, and what stands between them."""

    number: int
    borders: tuple[int, ...]
    parts: tuple[str, ...]
    is_closed: bool

    @property
    def has_rule(self) -> bool:
        return any(_RULED_PART.fullmatch(part) for part in self.parts)


def _parted(line: Line, ambiguous: int) -> _Parted:
    """A line cut at its bars, where it is partly ruled at its crossings too."""
    signs = _BARS | _CROSSINGS if _RULED.search(line.text) else _BARS
    at, borders, parts = 0, list[int](), [""]
    for char in line.text:
        if char in signs:
            borders.append(at)
            parts.append("")
        else:
            parts[-1] += char
        at += _width(char, ambiguous)
    is_closed = not (parts[0] + parts[-1]).strip()
    return _Parted(line.number, tuple(borders), tuple(parts[1:-1]), is_closed)


def _frame(lines: Sequence[_Parted]) -> tuple[int, ...]:
    """The borders of all columns; () where lines do not begin and end alike, or a border is that of one line only."""
    if len(lines) < 2 or not all(line.is_closed and 2 < len(line.borders) < _MOST_BORDERS for line in lines):
        return ()
    if len({(line.borders[0], line.borders[-1]) for line in lines}) > 1:
        return ()
    seen = Counter(place for line in lines for place in line.borders)
    return tuple(sorted(seen)) if min(seen.values()) > 1 else ()


@lru_cache(maxsize=4_096)
def _width(char: str, ambiguous: int) -> int:
    kind = east_asian_width(char)
    return 2 if kind in "WF" else ambiguous if kind == "A" else 1


class _Piece(NamedTuple):
    """What one line holds of a cell, its padding too, and the room it has."""

    text: str
    room: int

    @property
    def shown(self) -> str:
        return self.text.strip()


_Pieces = dict[int, _Piece]  # by column, where something is shown


class _OpenRow(NamedTuple):
    """A row being put together: the number of its first line, and the pieces of its cells by column."""

    number: int
    cells: dict[int, list[_Piece]]


class _Table:
    """Reads the lines of one table by the borders of its columns."""

    def __init__(self, frame: tuple[int, ...], ambiguous: int) -> None:
        self._ambiguous = ambiguous
        self._columns = {place: column for column, place in enumerate(frame)}
        self._rows: list[_OpenRow] = []
        self._padding = 0

    def rows(self, lines: Sequence[_Parted]) -> Iterator[Row]:
        """The rows of the table in order."""
        is_ruled_between = sum(1 for line in lines if line.has_rule) > 3  # more than its frame and below its head
        shown = [self._pieces(line) for line in lines]
        self._padding = int(all(piece.text.startswith(" ") for pieces, _ in shown for piece in pieces.values()))
        above: dict[int, _OpenRow] = {}  # column → the row to which its cell belongs; a ruled line ends it
        before: _Pieces | None = None  # what the line above shows, None behind a ruled line
        for line, (pieces, ruled) in zip(lines, shown, strict=True):
            if not ruled and (before is None or not (is_ruled_between or self._goes_on(before, pieces))):
                self._rows.append(_OpenRow(line.number, {}))
                above = above if before is None else {}
            for column, piece in pieces.items():
                row = above.setdefault(column, self._rows[-1] if self._rows else _OpenRow(line.number, {}))
                row.cells.setdefault(column, []).append(piece)
            for column in ruled:
                above.pop(column, None)
            before = None if ruled else pieces
        yield from map(self._whole, self._rows)

    def _pieces(self, line: _Parted) -> tuple[_Pieces, set[int]]:
        """What a line shows in each column, and the columns it rules; a cell over several stands in its first."""
        pieces: _Pieces = {}
        ruled: set[int] = set()
        for (start, end), part in zip(pairwise(line.borders), line.parts, strict=True):
            column = self._columns[start]
            if _RULED_PART.fullmatch(part):
                ruled.update(range(column, self._columns[end]))
            elif lines_of(part):
                pieces[column] = _Piece(part, _across(part, self._ambiguous))
        return pieces, ruled

    # --- where nothing is ruled ------------------------------------------------------------------------------------

    def _goes_on(self, before: _Pieces, pieces: _Pieces) -> bool:
        """Whether a line continues the row of the line above: nothing begins in it, and texts go on that were full."""
        if not pieces or not pieces.keys() <= before.keys():
            return False
        if any(piece.shown[0] in _SIGNS for piece in pieces.values()):
            return False  # another target
        for place, piece in pieces.items():
            above = "".join(part.shown for part in self._rows[-1].cells[place])
            if _is_label(above + piece.shown):
                return True
            if _is_whole(above):
                return False
        full = [place for place, piece in pieces.items() if self._was_full(before[place], piece)]
        cut = [place for place in pieces if place not in full and not self._is_new_line(before[place], pieces[place])]
        return len(full) > len(cut) if full else not cut

    def _was_full(self, piece: _Piece, more: _Piece) -> bool:
        """Whether the next line's first word had no room left behind this; figures are parted anywhere."""
        shown, following = piece.shown, more.shown
        first = following[0]
        if latin := _LATIN.match(following):
            is_parted = first in _FIGURE and shown[-1].isascii()
            first = first if is_parted else latin[0]
        for sign in following[len(first) : len(first) + 3]:
            if sign not in _HANGING:
                break
            first += sign
        return _across(shown + first, self._ambiguous) > piece.room - 2 * self._padding

    def _is_new_line(self, piece: _Piece, more: _Piece) -> bool:
        """Whether the person who wrote the cell began a line here, or blanks in a text were parted."""
        indented = more.text[self._padding :].startswith((" ", "\u3000"))
        return indented or _begins_line(piece.shown, more.shown)

    def _ends_early(self, piece: _Piece) -> bool:
        return _across(piece.shown, self._ambiguous) < piece.room - 2 * self._padding

    # --- joining ---------------------------------------------------------------------------------------------------

    def _whole(self, row: _OpenRow) -> Row:
        texts = {place: self._joined(pieces) for place, pieces in row.cells.items()}
        return Row(tuple(Cell(texts.get(place, ""), row.number) for place in range(len(self._columns) - 1)))

    def _joined(self, pieces: Sequence[_Piece]) -> str:
        """One text: a word broken at the border is closed, a blank stays between two that were not."""
        text = pieces[0].shown
        for piece, more in pairwise(pieces):
            if _begins_line(piece.shown, more.shown):
                text += "\n"
            elif _are_words(piece.shown, more.shown) and self._ends_early(piece):
                text += " "
            text += more.shown
        return lines_of(text)


def _across(text: str, ambiguous: int) -> int:
    return sum(_width(char, ambiguous) for char in text)


def _begins_line(above: str, below: str) -> bool:
    """Whether a numbered item begins below, behind the end of a sentence."""
    return above[-1] in _SENTENCE_ENDS and _ITEM.match(below) is not None


def _are_words(left: str, right: str) -> bool:
    return left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalnum()


def _is_whole(text: str) -> bool:
    """Whether this is a label that no longer text begins with: 预算规模, 用款计划 and 2026年预算 may go on."""
    found = label(text)
    fields = ("code", "name", "unit", "department", "implementer", "amount", *MONTHS)
    return (
        column_head(text) is not None
        or is_level2(fold(text))
        or (found is not None and found.field in fields and not found.period)
    )


def _is_label(text: str) -> bool:
    return label(text) is not None or column_head(text) is not None or is_level2(fold(text))
