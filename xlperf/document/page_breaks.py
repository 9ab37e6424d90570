"""Rows that the end of a page cut in two → one row. Knows labels to see what half a row lacks."""

from __future__ import annotations

from collections.abc import Sequence

from xlperf.document.blocks import Block, Cell, Paragraph, Row, unwrapped
from xlperf.document.indicator_columns import CARRIED, is_head
from xlperf.document.indicator_rows import is_foot, without_captions
from xlperf.document.labels import column, is_level1, is_level2, label
from xlperf.document.target import read_target
from xlperf.model import Operator

_TEXTS = ("objectives", "purpose", "funds", "attained", "measures", "conclusion", "problems", "aside", "remark")
"""Labels of the head whose text may be long enough to go on behind the end of a page."""


def without_breaks(pages: Sequence[Sequence[Block]]) -> tuple[Block, ...]:
    """The blocks of all pages; the first row of a page is joined to the last one before where it is its other half.

    The heads of columns that are printed again on a page are left out where they part two halves.
    """
    blocks: list[Block] = []
    heads: Row | None = None  # of the table of indicators being read
    for page in pages:
        rest = list(page)
        first = next((at for at, block in enumerate(rest) if not (isinstance(block, Row) and is_head(block))), 0)
        upper, lower = next(reversed(blocks), None), rest[first] if first < len(rest) else None
        if isinstance(upper, Row) and isinstance(lower, Row) and _is_one(upper, lower, heads):
            blocks[-1] = _joined(upper, lower)
            rest = rest[first + 1 :]
        for block in rest:
            if isinstance(block, Row) and is_head(block):
                heads = block
            elif isinstance(block, Paragraph) or not _may_be_below(block):
                heads = None
        blocks += rest
    return tuple(blocks)


def _may_be_below(row: Row) -> bool:
    """Whether a row may stand in a table of indicators: it begins a table where it names a project."""
    return not any((found := label(cell.text)) and found.field in ("code", "name") for cell in row.filled[:1])


def _is_one(upper: Row, lower: Row, heads: Row | None) -> bool:
    """Whether two rows are the halves of one: below the heads of indicators one lacks what the other has."""
    if len(upper.cells) != len(lower.cells) or not lower.filled or not upper.filled:
        return False
    if heads is None or is_head(upper):
        return heads is None and _goes_on(upper, lower)
    classes = {at for at, cell in enumerate(heads.cells) if (head := column(cell.text)) and head.field in CARRIED}
    if any(_is_class_cut(upper.cells[at].text, lower.cells[at].text) for at in classes if at < len(lower.cells)):
        return True
    words = without_captions(lower)
    if not words or is_foot(lower) or is_foot(upper) or label(words[0].text):
        return False
    if any(is_level1(cell.text) or is_level2(cell.text) for cell in words[:2]):
        return False
    place = next(
        (at for at, cell in enumerate(heads.cells) if (head := column(cell.text)) and head.field == "target"), None
    )
    if place is None or place >= len(lower.cells):
        return False
    above, below = upper.cells[place].text, lower.cells[place].text
    if not above or not below:
        return True
    return _worded(below) and not _worded(above + below) and _shown(lower) < _shown(upper) - classes


def _is_class_cut(upper: str, lower: str) -> bool:
    """Whether the name of a class begins above and ends below: 社会效, 益指标."""
    if not upper or not lower or is_level2(lower) or is_level1(lower):
        return False
    return is_level1(upper + lower) or is_level2(upper + lower)


def _goes_on(upper: Row, lower: Row) -> bool:
    """Whether a text of the head goes on: the only one of its row, below one that a label names."""
    named = label(upper.filled[0].text)
    places = _shown(lower)
    return (
        named is not None
        and named.field in _TEXTS
        and len(places) == 1
        and places <= _shown(upper)
        and not lower.cells[0].text
        and label(lower.filled[0].text) is None
    )


def _shown(row: Row) -> set[int]:
    return {at for at, cell in enumerate(row.cells) if cell.text}


def _worded(text: str) -> bool:
    return read_target(text).target.operator is Operator.QUALITATIVE


def _joined(upper: Row, lower: Row) -> Row:
    """The texts of both, cell by cell."""
    pairs = zip(upper.cells, lower.cells, strict=True)
    return Row(tuple(Cell(unwrapped(f"{above.text}\n{below.text}"), above.line) for above, below in pairs))
