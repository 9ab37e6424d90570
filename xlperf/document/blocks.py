"""What every kind of source is brought to: paragraphs and table rows in document order, each with its line.

Knows how texts of a cell or paragraph are made plain; knows nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from xlperf.model.text import clean

_BOOKMARK = re.compile(r"[\[［][^\S\n]*bookmark[^\[［\]］\n]*[\]］]", re.IGNORECASE)

_SENTENCE_ENDS = tuple("。；;！!：:")
_ITEM = re.compile(
    r"(?:\d{1,2}[.、．](?!\d)|[(（][\d一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|目标\d)"
)


class Paragraph(NamedTuple):
    """A text outside tables. `line` counts from 1: lines of a text file; paragraphs and table rows of a .docx."""

    text: str
    line: int


class Cell(NamedTuple):
    """One cell of a table; "" where it is blank, or covered by a merged neighbour."""

    text: str
    line: int


class Row(NamedTuple):
    """The cells of one table row from left to right."""

    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell.text)


Block = Paragraph | Row


def lines_of(text: str) -> str:
    """The text without bookmark marks, blank lines and blanks around lines; its line breaks stay."""
    plain = clean(_BOOKMARK.sub("", text)) if text else ""
    return "\n".join(stripped for line in plain.split("\n") if (stripped := line.strip())) if "\n" in plain else plain


def one_line(text: str) -> str:
    """The text with its line breaks closed: they are wrapping, so a blank stays only between two Latin words."""
    return "".join(_glued(lines_of(text).split("\n")))


def unwrapped(text: str) -> str:
    """The text without the line breaks of a narrow column: those behind a sentence or before an item stay."""
    items: list[list[str]] = []
    for line in lines_of(text).split("\n"):
        if not items or items[-1][-1].endswith(_SENTENCE_ENDS) or _ITEM.match(line):
            items.append([])
        items[-1].append(line)
    return "\n".join("".join(_glued(item)) for item in items)


def _glued(lines: list[str]) -> Iterator[str]:
    for before, line in pairwise(["", *lines]):
        yield f" {line}" if _are_words(before[-1:], line[:1]) else line


def _are_words(left: str, right: str) -> bool:
    """Whether a word ends and another begins between these two signs; two digits are those of one number."""
    latin = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return latin and not (left.isdigit() and right.isdigit())
