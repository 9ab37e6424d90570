"""Draws tables with characters as antiword, pandoc and w3m do, cells broken at the width of their columns.

Independent of the reader: it knows nothing of `xlperf.document`.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

Rows = Sequence[Sequence[str]]


def across(text: str, ambiguous: int = 1) -> int:
    kinds = map(east_asian_width, text)
    return sum(2 if kind in "WF" else ambiguous if kind == "A" else 1 for kind in kinds)


def wrapped(text: str, width: int, ambiguous: int) -> list[str]:
    """The lines of a cell: cut where the next character has no room, and where the text has a line break."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for char in part:
            if across(line + char, ambiguous) > width:
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def drawn(
    rows: Rows, widths: Sequence[int], *, bar: str = "|", rule: str = "", padding: int = 0, ambiguous: int = 1
) -> str:
    """The table. `rule`: three characters, crossing, line, and that of the edges, drawn around every row."""
    ruled = ""
    if rule:
        cross, line, edge = rule
        ruled = edge + cross.join(line * ((width + 2 * padding) // across(line, ambiguous)) for width in widths) + edge
    lines = [ruled]
    for row in rows:
        cells = [wrapped(cell, width, ambiguous) for cell, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            texts = [cell[at] if at < len(cell) else "" for cell in cells]
            filled = (text + " " * (width - across(text, ambiguous)) for text, width in zip(texts, widths, strict=True))
            lines.append(bar + bar.join(" " * padding + text + " " * padding for text in filled) + bar)
        lines.append(ruled)
    return "\n".join(line for line in lines if line)
