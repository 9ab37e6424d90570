"""What the ribbon asks of Excel, call by call, on a stand-in that remembers."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock, call

import pytest

from xlperf.hosts.excel.excel_workbook import MARK, ExcelWorkbook
from xlperf.hosts.excel.open_workbook import CellRef, ListLine, OpenWorkbook

FIRST = "01_办案's"


def sheet(name: str, visible: bool = True, shapes: tuple[str, ...] = ()) -> MagicMock:
    stand_in = MagicMock()
    stand_in.name = name
    stand_in.api.Visible = -1 if visible else 0
    stand_in.shapes = [MagicMock() for _ in shapes]
    for shape, title in zip(stand_in.shapes, shapes, strict=True):
        shape.name = title
    return stand_in


class Sheets(list[MagicMock]):
    """A list of sheets that also answers to titles, as xlwings' does."""

    active: MagicMock

    def __getitem__(self, key: object) -> MagicMock:  # type: ignore[override]
        if isinstance(key, str):
            return next(sheet for sheet in self if sheet.name == key)
        return super().__getitem__(key)  # type: ignore[index, no-any-return]

    def add(self, title: str, after: object) -> MagicMock:
        assert after is self[-1]
        self.append(sheet(title))
        return self[-1]


@pytest.fixture
def book() -> SimpleNamespace:
    sheets = Sheets([sheet(FIRST, shapes=("图表 1", f"{MARK}_3_4")), sheet("_封印", visible=False), sheet("检查结果")])
    sheets.active = sheets[0]
    return SimpleNamespace(app=MagicMock(), api=MagicMock(), sheets=sheets, fullname="/folder/部门.xlsm")


@pytest.fixture
def workbook(book: SimpleNamespace) -> OpenWorkbook:
    return ExcelWorkbook(book)


def test_a_copy_is_saved_by_excel_itself(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    workbook.save_copy(Path("/tmp/copy.xlsm"))

    assert book.api.mock_calls == [call.SaveCopyAs(str(Path("/tmp/copy.xlsm")))]
    assert workbook.path == Path("/folder/部门.xlsm")


def test_hidden_sheets_are_not_for_the_person(workbook: OpenWorkbook) -> None:
    assert workbook.sheets() == [FIRST, "检查结果"]


@pytest.mark.parametrize(("answer", "holds"), [(True, True), (False, False), (-2146826259, False), (1.0, False)])
def test_a_formula_holds_where_excel_says_true(
    workbook: OpenWorkbook, book: SimpleNamespace, answer: object, holds: bool
) -> None:
    book.sheets[0].api.Evaluate.return_value = answer

    assert workbook.holds(FIRST, "$A1=1") is holds
    book.sheets[0].api.Evaluate.assert_called_once_with("=$A1=1")


def test_a_mark_is_a_shape_that_lets_clicks_through(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    workbook.mark(CellRef(FIRST, 3, 4), "应为数字")

    shape = book.sheets[0].api.Shapes.AddShape.return_value
    assert shape.Name == f"{MARK}_3_4"
    assert shape.Fill.Visible is False
    assert shape.Line.Weight == 2
    assert shape.Line.ForeColor.RGB == 0x3030D0
    assert shape.AlternativeText == "应为数字"
    book.sheets[0].range.assert_called_once_with((3, 4))


def test_only_our_shapes_and_lists_are_removed(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    chart, mark = book.sheets[0].shapes
    removed = workbook.clear(["检查结果", "xlperf帮助"])

    assert removed == 1
    assert (chart.delete.called, mark.delete.called) == (False, True)
    assert [sheet.delete.called for sheet in book.sheets] == [False, False, True]
    assert book.app.display_alerts is True


def test_a_list_is_written_as_text_with_links(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    workbook.show(
        "结果", [ListLine(("单元格", "说明")), ListLine(("D3", "=1+1 不是公式"), CellRef(FIRST, 3, 4)), ListLine(("",))]
    )

    written = book.sheets[-1]
    area = written.range.return_value
    assert area.number_format == "@"
    assert area.value == [["单元格", "说明"], ["D3", "=1+1 不是公式"], ["", ""]]
    (link,) = written.api.Hyperlinks.Add.call_args_list
    assert link.kwargs["SubAddress"] == "'01_办案''s'!D3"
    assert link.kwargs["Address"] == ""


def test_a_dialog_that_was_closed_chooses_nothing(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    book.app.api.FileDialog.return_value.Show.return_value = 0
    book.app.api.GetSaveAsFilename.return_value = False

    assert workbook.ask_folder(Path("/folder")) is None
    assert workbook.ask_target(Path("/folder/a.xlsx")) is None


def test_a_dialog_gives_what_was_chosen(workbook: OpenWorkbook, book: SimpleNamespace) -> None:
    dialog = book.app.api.FileDialog.return_value
    dialog.Show.return_value = -1
    dialog.SelectedItems.return_value = "/folder/已填报"
    book.app.api.GetSaveAsFilename.return_value = "/folder/b.xlsx"

    assert workbook.ask_folder(Path("/folder")) == Path("/folder/已填报")
    assert workbook.ask_target(Path("/folder/a.xlsx")) == Path("/folder/b.xlsx")
