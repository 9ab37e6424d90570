"""The functions inside LibreOffice Calc, in cells of their own without a plain formula beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from office.calc import Calc

from xlperf.measure import CATALOG

pytestmark = pytest.mark.office

INPUTS: dict[str, Any] = {
    "A1": 9,
    "A3": 0,
    "A4": "=NA()",
    "A5": "没有",
    "A6": '=""',
    "A7": "12",
    "B1": 30,
    "C1": "≥",
    "C3": 46326,  # 2026-10-31
    "E1": 0.2,
    "F1": 0.5,
    "G1": 0.7,
    "H1": 1,
}


def calculated(calc: Calc, folder: Path, formulas: dict[str, str], arrays: dict[str, str] | None = None) -> Any:
    """What cells with these formulas hold, beside the inputs; an array formula by its range."""
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for cell, value in {**INPUTS, **formulas}.items():
            sheet.write(cell, value)
        for area, formula in (arrays or {}).items():
            sheet.write_array_formula(area, "{" + formula + "}")
    values = calc.recalc(path)["表"]
    return {cell: values.get(cell, "") for cell in formulas} if not arrays else values


def single(calc: Calc, folder: Path, *formulas: str) -> list[Any]:
    cells = {f"M{row}": f"={formula}" for row, formula in enumerate(formulas, start=1)}
    return list(calculated(calc, folder, cells).values())


def test_without_the_addin_there_is_no_such_function(calc: Calc, tmp_path: Path) -> None:
    assert single(calc, tmp_path, "XLPERF_RATE(A1,B1)") == ["#NAME?"]


def test_blank_zero_word_and_empty_text_are_told_apart(calc_with_addin: Calc, tmp_path: Path) -> None:
    formulas = [CATALOG["RATE"].call(f"A{row}", "B1") for row in range(1, 8)]

    assert single(calc_with_addin, tmp_path, *formulas) == [0.3, "", 0.0, "#N/A", "非数字", "", "非数字"]


def test_an_array_column_is_one_call_with_the_same_answers(calc_with_addin: Calc, tmp_path: Path) -> None:
    arrays = {"M1:M3": "=XLPERF_RATE(A1:A3,B1)", "M5:M7": "=XLPERF_RATE(A5:A7,B1)"}
    values = calculated(calc_with_addin, tmp_path, {}, arrays)

    assert [values.get(f"M{row}", "") for row in (1, 2, 3, 5, 6, 7)] == [0.3, "", 0.0, "非数字", "", "非数字"]


def test_an_error_value_answers_for_the_whole_call(calc_with_addin: Calc, tmp_path: Path) -> None:
    values = calculated(calc_with_addin, tmp_path, {}, {"M1:M7": "=XLPERF_RATE(A1:A7,B1)"})

    assert [values[f"M{row}"] for row in range(1, 8)] == ["#VALUE!"] * 7


def test_optional_arguments_may_be_missing_or_skipped(calc_with_addin: Calc, tmp_path: Path) -> None:
    formulas = (
        "XLPERF_PLAN(C3,E1:H1)",
        'XLPERF_PLAN(C3,E1:H1,"线性",2026)',
        "XLPERF_PLAN(C3,E1:H1,,2027)",
        "XLPERF_PLAN(C3,E1:H1,D1,D1)",
        "XLPERF_LIGHT(E1,F1)",
        "XLPERF_LIGHT(E1,F1,,)",
        "XLPERF_LIGHT(E1,F1,0.5)",
        "XLPERF_LIGHT(E1,F1,F1:F1,F1)",
        'XLPERF_COMPLETION(C1,B1,A1,"江西")',
    )

    assert single(calc_with_addin, tmp_path, *formulas) == [
        0.7, 0.7, 0.0, 0.7, "严重滞后", "严重滞后", "滞后", "正常", 0.3
    ]  # fmt: skip


def test_answers_go_into_other_formulas(calc_with_addin: Calc, tmp_path: Path) -> None:
    formulas = (
        "XLPERF_RATE(A1,B1)*100",
        "SUM(XLPERF_RATE(A1:A3,B1))",
        "ISNUMBER(XLPERF_RATE(A1,B1))",
        "LEN(XLPERF_RATE(A6,B1))",
        'IF(XLPERF_GRADE(100)="优",1,2)',
        "XLPERF_GRADE(XLPERF_RATE(A1,B1))",
        "IF(1,XLPERF_RATE(A1,B1),0)",
    )

    assert single(calc_with_addin, tmp_path, *formulas) == [30.0, 0.3, 1.0, 0.0, 1.0, "差", 0.3]


def test_lights_and_states_are_found_by_their_word(calc_with_addin: Calc, tmp_path: Path) -> None:
    formulas = {
        "N1": '=COUNTIF(M1:M3,"未达标")',
        "N2": '=M1="未达标"',
        "N3": '=MATCH("未填报",M1:M3,0)',
        "N4": '=SUM(COUNTIF(M1:M3,{"未填报","无法判定"}))',
    }
    values = calculated(calc_with_addin, tmp_path, formulas, {"M1:M3": "=XLPERF_COMPLIANCE(C1,B1,A1:A3)"})

    assert [values[f"M{row}"] for row in range(1, 4)] == ["未达标", "未填报", "未达标"]
    assert [values[cell] for cell in formulas] == [2.0, 1.0, 2.0, 1.0]


def test_an_error_value_leaves_the_cell_to_its_plain_formula(calc_with_addin: Calc, tmp_path: Path) -> None:
    formulas = ("XLPERF_RATE(A4,B1)", "XLPERF_LIGHT(E1,F1,A4)", "XLPERF_RATE(A1:A4,B1)", "XLPERF_GRADE(NA())")

    assert single(calc_with_addin, tmp_path, *formulas) == ["#N/A", "#N/A", "#VALUE!", "#N/A"]
    caught = [f'IFERROR({formula},"公式")' for formula in formulas]
    assert single(calc_with_addin, tmp_path, *caught) == ["公式"] * 4


@pytest.mark.parametrize("length", [60, 5000])
@pytest.mark.parametrize("argument", ["{below}", "{below}:{below}", 'IF({below}="","",{below})'])
def test_a_long_chain_of_calls_reaches_its_end(
    calc_with_addin: Calc, tmp_path: Path, length: int, argument: str
) -> None:
    """Each cell asks about the one below it, so that Calc calculates from the first to the last in one go."""
    path = tmp_path / "chain.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 1, 1)
        for row in range(length):
            sheet.write_formula(row, 0, f"=XLPERF_RATE({argument.format(below=f'A{row + 2}')},B$1)")
        sheet.write(length, 0, 0.5)

    values = calc_with_addin.recalc(path)["表"]

    assert {values[f"A{row + 1}"] for row in range(length + 1)} == {0.5}
