"""What every kind of source is brought to: paragraphs and table rows in document order, each with its line.

Knows how texts of a cell or paragraph are made plain; knows nothing of what they mean.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from xlperf.model.text import clean

_BOOKMARK = re.compile(r"[\[［][^\S\n]*bookmark[^\[［\]］\n]*[\]］]", re.IGNORECASE)


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
    lines = (line.strip() for line in clean(_BOOKMARK.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """The text with its line breaks closed: they are wrapping, so a blank stays only between two Latin words."""
    joined = ""
    for line in lines_of(text).split("\n"):
        latin = joined[-1:].isascii() and joined[-1:].isalnum() and line[:1].isascii() and line[:1].isalnum()
        joined += f" {line}" if latin else line
    return joined
