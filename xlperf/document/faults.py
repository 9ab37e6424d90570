"""Collects the findings of one document. Knows its file name and how much of a text a sentence shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from xlperf.checks.codes import finding
from xlperf.document.blocks import Cell, Paragraph
from xlperf.model import Finding, Locus
from xlperf.model.filled import in_two
from xlperf.model.text import CELL_LIMIT, cut_to_cell, fits_a_cell

Piece = TypeVar("Piece", Cell, Paragraph)

_SHOWN = 60  # characters of a text that a sentence quotes


class Faults:
    """Findings in the order they were met; `sorted()` gives them by line."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Finding] = []

    def add(self, code: str, line: int, **values: object) -> None:
        """Note a finding of this code at this line."""
        shown = {key: tuple(map(shorten, in_two(value))) for key, value in values.items()}
        self._found.append(finding(code, Locus(file=self._file, line=line), **shown))

    def absorb(self, others: Faults) -> None:
        """Take over what was found elsewhere in the same document."""
        self._found += others._found

    def unread(self, cells: Iterable[Cell]) -> None:
        """Note cells that a reader of the form would understand and we do not: money, indicators."""
        filled = [cell for cell in cells if cell.text]
        if filled:
            self.add("XPF118", filled[0].line, count=len(filled), text=" | ".join(cell.text for cell in filled))

    def strays(self, cells: Iterable[Cell]) -> None:
        """Note cells of one row that no rule of the form claims; blank ones do not count."""
        filled = [cell for cell in cells if cell.text]
        if filled:
            self.add("XPF110", filled[0].line, count=len(filled), text=" | ".join(cell.text for cell in filled))

    def fit(self, piece: Piece) -> Piece:
        """The cell or paragraph, cut to what a worksheet cell can hold; cutting is a finding."""
        if fits_a_cell(piece.text):
            return piece
        self.add("XPF113", piece.line, text=piece.text, limit=CELL_LIMIT)
        return piece._replace(text=cut_to_cell(piece.text))

    def sorted(self) -> tuple[Finding, ...]:
        """All findings from the first line of the document to the last."""
        return tuple(sorted(self._found, key=lambda found: found.locus.line or 0))


def shorten(text: str) -> str:
    """The text on one line, cut to what a sentence can quote."""
    text = text.replace("\n", " ")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
