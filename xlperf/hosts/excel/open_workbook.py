"""The open workbook as the ribbon's commands see it: what they read of it, and how they show what they found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from xlperf.ooxml.a1 import address

Values = Sequence[Sequence[object]]


class Cell(NamedTuple):
    """A cell of the workbook; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """The cell as formulas of other sheets write it."""
        title = self.sheet.replace("'", "''")
        return f"'{title}'!{address(self.row, self.column)}"


class Line(NamedTuple):
    """A line of a list that is shown: its texts, and where a click on it leads."""

    texts: tuple[str, ...]
    target: Cell | None = None


class Desk(Protocol):
    """The workbook in front of a person, and the person."""

    @property
    def path(self) -> Path:
        """Where the workbook lies; only a name while it was never saved."""

    def save_copy(self, to: Path) -> None:
        """Write the workbook as it is now, unsaved changes included; the open one stays what it is."""

    def sheets(self) -> list[str]:
        """The titles of its visible sheets."""

    def values(self, sheet: str) -> Values:
        """The values of a sheet from its first cell on."""

    def holds(self, sheet: str, formula: str) -> bool:
        """Whether a formula, without its equals sign, is true on the sheet."""

    def selected(self) -> Cell:
        """The active cell."""

    def select(self, cell: Cell) -> None:
        """Go to a cell."""

    def mark(self, cell: Cell, note: str) -> None:
        """Circle a cell, with a note."""

    def clear(self, lists: Sequence[str]) -> int:
        """Remove all circles, and the lists of these titles; how many circles there were."""

    def show(self, title: str, lines: Sequence[Line]) -> None:
        """Put a list on a sheet of its own, the first line being its heading, and go there."""

    def open(self, path: Path) -> None:
        """Open another workbook."""

    def say(self, text: str) -> None:
        """Tell the person, and wait until it is read."""

    def agree(self, question: str) -> bool:
        """Ask the person yes or no."""

    def ask_folder(self, start: Path) -> Path | None:
        """Let the person choose a folder."""

    def ask_target(self, suggested: Path) -> Path | None:
        """Let the person choose a workbook to write."""
