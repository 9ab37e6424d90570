"""The open workbook as the ribbon's commands see it: what they read from it and show to the person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from xlperf.ooxml.a1 import address, quoted_title

Values = Sequence[Sequence[object]]


class CellRef(NamedTuple):
    """A cell of the workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """The cell as formulas of other sheets write it."""
        return f"{quoted_title(self.sheet)}!{address(self.row, self.column)}"


class ListLine(NamedTuple):
    """A line of a displayed list: its texts, and the cell a click on it leads to."""

    texts: tuple[str, ...]
    target: CellRef | None = None


class OpenWorkbook(Protocol):
    """The workbook a person has open, and the dialogs with that person."""

    @property
    def path(self) -> Path:
        """The path of the workbook; only a name if it was never saved."""

    def save_copy(self, to: Path) -> None:
        """Write a copy with unsaved changes; the open workbook stays as it is."""

    def sheets(self) -> list[str]:
        """The titles of its visible sheets."""

    def values(self, sheet: str) -> Values:
        """The values of a sheet from A1 on."""

    def holds(self, sheet: str, formula: str) -> bool:
        """Whether a formula, without its equals sign, is true on the sheet."""

    def selected(self) -> CellRef:
        """The active cell."""

    def select(self, cell: CellRef) -> None:
        """Go to a cell."""

    def mark(self, cell: CellRef, note: str) -> None:
        """Circle a cell, with a note."""

    def clear(self, lists: Sequence[str]) -> int:
        """Remove all circles and the lists with these titles; return the number of circles."""

    def show(self, title: str, lines: Sequence[ListLine]) -> None:
        """Write a list to a sheet of its own, its first line as heading, and go there."""

    def open(self, path: Path) -> None:
        """Open another workbook."""

    def say(self, text: str) -> None:
        """Show a message and wait until it is closed."""

    def agree(self, question: str) -> bool:
        """Ask the person yes or no."""

    def ask_folder(self, start: Path) -> Path | None:
        """Let the person choose a folder."""

    def ask_target(self, suggested: Path) -> Path | None:
        """Let the person choose the path of a workbook to write."""
