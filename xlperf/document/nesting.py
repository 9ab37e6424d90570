"""A table row whose cells may hold tables of their own → rows one after the other.

A form pasted into a cell, or laid out with one, is read as the rows it shows; a small table within a text is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from xlperf.document.blocks import Block, Cell, Paragraph, Row
from xlperf.document.labels import column, label

Content = Sequence[Block]
"""What one cell holds, in the order it is read: its texts as paragraphs, the rows of its tables."""

_LABELS = 2  # printed labels that make a table within a cell a form


def unfolded(cells: Sequence[Content], line: int) -> Iterator[Block]:
    """The row of these cells. Around cells that hold a form it is parted: what stands before, the form, the rest."""
    alone = len(cells) == 1
    before: list[Cell] = []
    is_parted = False
    for content in cells:
        if _is_laid_out(content, alone):
            yield from _row(before, is_parted=True)
            before, is_parted = [], True
            yield from content
        else:
            before.append(Cell(_text(content), line))
    yield from _row(before, is_parted)


def _row(cells: list[Cell], is_parted: bool) -> Iterator[Row]:
    """The cells as a row; a part of a row only where it holds something."""
    row = Row(tuple(cells))
    if not is_parted or row.filled:
        yield row


def _is_laid_out(content: Content, alone: bool) -> bool:
    """Whether a cell holds a form, or, alone in its row, any table of several columns."""
    rows = [block for block in content if isinstance(block, Row)]
    if not any(len(row.filled) > 1 for row in rows):
        return False
    labels = (cell for row in rows for cell in row.filled if label(cell.text) or column(cell.text))
    return alone or len(list(islice(labels, _LABELS))) == _LABELS


def _text(content: Content) -> str:
    lines = (
        block.text if isinstance(block, Paragraph) else " ".join(cell.text for cell in block.filled)
        for block in content
    )
    return "\n".join(line for line in lines if line)
