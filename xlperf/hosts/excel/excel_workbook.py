"""The open workbook in Excel for Windows, through xlwings. Knows Excel's objects; decides nothing.

Circles are shapes, not formats: sheet protection forbids formats but allows shapes, no cell changes, and the next user
of the workbook can still remove them by their names.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlperf.hosts.excel.open_workbook import CellRef, ListLine, Values

MARK = "xlperf_mark"
_RECTANGLE, _MOVES_AND_SIZES, _RED = 1, 1, 0x3030D0  # Excel writes colours as BGR
_FOLDER_PICKER, _CHOSEN = 4, -1
_TEXT = "@"  # a cell in this format takes text that begins with "=" as text
_VISIBLE = -1


class ExcelWorkbook:
    """An `OpenWorkbook` over an xlwings book."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._app = book.app

    @property
    def path(self) -> Path:
        return Path(self._book.fullname)

    def save_copy(self, to: Path) -> None:
        self._book.api.SaveCopyAs(str(to))

    def sheets(self) -> list[str]:
        return [sheet.name for sheet in self._book.sheets if sheet.api.Visible == _VISIBLE]

    def values(self, sheet: str) -> Values:
        last = self._book.sheets[sheet].used_range.last_cell
        return self._range(CellRef(sheet, 1, 1), last.row, last.column).options(ndim=2).value  # type: ignore[no-any-return]

    def holds(self, sheet: str, formula: str) -> bool:
        return self._book.sheets[sheet].api.Evaluate(f"={formula}") is True

    def selected(self) -> CellRef:
        cell = self._app.api.ActiveCell
        return CellRef(self._book.sheets.active.name, cell.Row, cell.Column)

    def select(self, cell: CellRef) -> None:
        self._book.sheets[cell.sheet].activate()
        self._range(cell).select()

    def mark(self, cell: CellRef, note: str) -> None:
        sheet, area = self._book.sheets[cell.sheet], self._range(cell).api.MergeArea
        shape = sheet.api.Shapes.AddShape(_RECTANGLE, area.Left, area.Top, area.Width, area.Height)
        shape.Name = f"{MARK}_{cell.row}_{cell.column}"
        shape.Fill.Visible = False  # so that a click reaches the cell
        shape.Line.ForeColor.RGB = _RED
        shape.Line.Weight = 2
        shape.Placement = _MOVES_AND_SIZES
        shape.AlternativeText = note

    def clear(self, lists: Sequence[str]) -> int:
        removed = 0
        for sheet in self._book.sheets:
            for shape in [shape for shape in sheet.shapes if shape.name.startswith(MARK)]:
                shape.delete()
                removed += 1
        self._app.display_alerts = False
        try:
            for title in lists:
                if title in [sheet.name for sheet in self._book.sheets]:
                    self._book.sheets[title].delete()
        finally:
            self._app.display_alerts = True
        return removed

    def show(self, title: str, lines: Sequence[ListLine]) -> None:
        sheet = self._book.sheets.add(title, after=self._book.sheets[-1])
        columns = max(len(line.texts) for line in lines)
        area = self._range(CellRef(title, 1, 1), len(lines), columns)
        area.number_format = _TEXT
        area.value = [[*line.texts, *[""] * (columns - len(line.texts))] for line in lines]
        self._range(CellRef(title, 1, 1), 1, columns).font.bold = True
        for row, line in enumerate(lines, start=1):
            if line.target is not None:
                anchor = self._range(CellRef(title, row, columns)).api
                sheet.api.Hyperlinks.Add(Anchor=anchor, Address="", SubAddress=line.target.reference)
        area.columns.autofit()
        sheet.activate()

    def open(self, path: Path) -> None:
        self._app.books.open(str(path))

    def say(self, text: str) -> None:
        self._app.alert(text, title="xlperf")

    def agree(self, question: str) -> bool:
        return bool(self._app.alert(question, title="xlperf", buttons="yes_no") == "yes")

    def ask_folder(self, start: Path) -> Path | None:
        dialog = self._app.api.FileDialog(_FOLDER_PICKER)
        dialog.InitialFileName = f"{start}\\"
        return Path(dialog.SelectedItems(1)) if dialog.Show() == _CHOSEN else None

    def ask_target(self, suggested: Path) -> Path | None:
        chosen = self._app.api.GetSaveAsFilename(str(suggested), "Excel (*.xlsx),*.xlsx")
        return Path(chosen) if isinstance(chosen, str) else None

    def _range(self, first: CellRef, last_row: int = 0, last_column: int = 0) -> Any:
        """The range from a cell to a row and a column, or the cell alone."""
        sheet = self._book.sheets[first.sheet]
        start = (first.row, first.column)
        return sheet.range(start, (last_row, last_column)) if last_row else sheet.range(start)
