"""The harness itself: what LibreOffice says is what the tests get."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from office.calc import Calc, CalcError
from openpyxl.styles import Protection

pytestmark = pytest.mark.office


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "表"
    sheet["A1"], sheet["A2"] = 1, 2
    sheet["A1"].protection = sheet["A3"].protection = Protection(locked=False)
    sheet["A3"] = 4
    sheet["B1"] = "=A1+A2+A3"
    sheet["B2"] = "=A1/0"
    sheet["B3"] = "=XLPERF_RATE(A1,A2)"
    sheet["B4"] = '=""'
    sheet["B5"] = "=NA()"
    sheet.protection.sheet = True
    path = tmp_path / "book.xlsx"
    workbook.save(path)
    return path


def test_cells_hold_what_a_hard_recalculation_gives(calc: Calc, book: Path) -> None:
    assert calc.recalc(book) == {
        "表": {"A1": 1.0, "A2": 2.0, "A3": 4.0, "B1": 7.0, "B2": "#DIV/0!", "B3": "#NAME?", "B5": "#N/A"}
    }


def test_values_put_in_first_are_counted(calc: Calc, book: Path) -> None:
    values = calc.recalc(book, {"表": {"A1": 10, "A3": None}})["表"]

    assert values.get("A3") is None
    assert values["B1"] == 12.0


def test_a_locked_cell_is_not_passed_over_in_silence(calc: Calc, book: Path) -> None:
    with pytest.raises(CalcError, match="A2 is locked"):
        calc.recalc(book, {"表": {"A2": 10}})


def test_typed_text_becomes_a_number_and_a_locked_cell_refuses_it(calc: Calc, book: Path) -> None:
    values = calc.type(book, {"表": {"A1": "10", "A2": "10"}})["表"]

    assert (values["A1"], values["A2"], values["B1"]) == (10.0, 2.0, 16.0)


def test_saved_workbook_carries_formula_and_cached_value(calc: Calc, book: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.xlsx"
    calc.save_as(book, saved)

    assert openpyxl.load_workbook(saved)["表"]["B1"].value == "=A1+A2+A3"
    assert openpyxl.load_workbook(saved, data_only=True)["表"]["B1"].value == 7


def test_pdf_is_a_pdf(calc: Calc, book: Path, tmp_path: Path) -> None:
    printed = tmp_path / "book.pdf"
    calc.pdf(book, printed)

    assert printed.read_bytes()[:5] == b"%PDF-"


def test_source_is_left_as_it_was(calc: Calc, book: Path) -> None:
    before = book.read_bytes()
    calc.recalc(book, {"表": {"A1": 10}})

    assert book.read_bytes() == before


def test_failure_is_told_and_the_office_lives_on(calc: Calc, book: Path, tmp_path: Path) -> None:
    with pytest.raises(CalcError):
        calc.recalc(tmp_path / "absent.xlsx")

    assert calc.recalc(book)["表"]["B1"] == 7.0
