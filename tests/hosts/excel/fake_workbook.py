"""An open workbook without Excel: a workbook on disk, prepared answers of a person, and a record of what was shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl

from xlperf.hosts.excel.open_workbook import CellRef, ListLine, Values


class FakeWorkbook:
    """`holding` says whether a formula is true on a sheet."""

    def __init__(self, path: Path, holding: Callable[[str, str], bool] = lambda sheet, formula: False) -> None:
        self.path = path
        self.holding = holding
        self.at = CellRef("", 1, 1)
        self.marks: dict[CellRef, str] = {}
        self.lists: dict[str, list[ListLine]] = {}
        self.opened: list[Path] = []
        self.said: list[str] = []
        self.folder: Path | None = None
        self.target: Path | None = None
        self.agrees = True
        self._book = openpyxl.load_workbook(path, data_only=True) if path.exists() else openpyxl.Workbook()

    def save_copy(self, to: Path) -> None:
        shutil.copyfile(self.path, to)

    def sheets(self) -> list[str]:
        return [sheet.title for sheet in self._book if sheet.sheet_state == "visible"] + list(self.lists)

    def values(self, sheet: str) -> Values:
        if sheet in self.lists:
            return [line.texts for line in self.lists[sheet]]
        return list(self._book[sheet].iter_rows(values_only=True))

    def holds(self, sheet: str, formula: str) -> bool:
        return self.holding(sheet, formula)

    def selected(self) -> CellRef:
        return self.at

    def select(self, cell: CellRef) -> None:
        self.at = cell

    def mark(self, cell: CellRef, note: str) -> None:
        assert cell.sheet in self.sheets()
        self.marks[cell] = note

    def clear(self, lists: Sequence[str]) -> int:
        removed = len(self.marks)
        self.marks.clear()
        for title in lists:
            self.lists.pop(title, None)
        return removed

    def show(self, title: str, lines: Sequence[ListLine]) -> None:
        assert title not in self.lists
        self.lists[title] = list(lines)

    def open(self, path: Path) -> None:
        self.opened.append(path)

    def say(self, text: str) -> None:
        self.said.append(text)

    def agree(self, question: str) -> bool:
        return self.agrees

    def ask_folder(self, start: Path) -> Path | None:
        return self.folder

    def ask_target(self, suggested: Path) -> Path | None:
        return self.target
