"""The functions as a person types them into cells: with constants, cells, expressions and whole ranges."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office.calc import Calc

from xlperf.hosts.manual import manual_page
from xlperf.measure import CATALOG, Function

pytestmark = pytest.mark.office

EACH = pytest.mark.parametrize("function", CATALOG.values(), ids=CATALOG)

TABULAR = [f for f in CATALOG.values() if any(param.kind == "table" for param in f.params)]

# What a user profile holds where the office is set to another locale than that of its language.
LOCALE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item>
</oor:items>
"""
WHERE_THE_COMMA_IS_THE_DECIMAL_MARK = str.maketrans({",": ";", ".": ","})


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "表"
    book.save(path)
    return path


@pytest.mark.parametrize("locale", ["zh-CN", "en-US", "de-DE"])
def test_every_example_of_the_manual_answers_as_printed(
    calc_with_addin: Calc, extensions: Path, empty: Path, tmp_path: Path, locale: str
) -> None:
    user = tmp_path / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(LOCALE.format(locale), encoding="utf-8")
    page = manual_page("zh" if locale == "zh-CN" else "en")
    formulas, answers = zip(*re.findall(r"^  (?:示例|example): (=.*) → (.*)$", page, re.M), strict=True)
    if locale == "de-DE":
        formulas = [formula.translate(WHERE_THE_COMMA_IS_THE_DECIMAL_MARK) for formula in formulas]

    calc = Calc(user.parent, extensions)
    try:
        values = typed(calc, empty, {f"A{row}": formula for row, formula in enumerate(formulas, start=1)})
    finally:
        calc.close()

    assert [value if isinstance(value, str) else f"{value:g}" for value in values] == list(answers)
    assert len(answers) == len(CATALOG)


@EACH
def test_the_example_in_single_cells(calc_with_addin: Calc, empty: Path, function: Function) -> None:
    values, refs = in_columns(function, "A{0}", "A{0}:D{0}")

    assert typed(calc_with_addin, empty, {"F1": call(function, refs)}, values) == [shown(function.example.answer)]


@EACH
def test_the_example_in_expressions(calc_with_addin: Calc, empty: Path, function: Function) -> None:
    values, refs = in_columns(function, "A{0}", "IF(1;A{0}:D{0})")
    refs = [
        f'{ref}&""' if isinstance(argument, str) else f"SUM({ref})" if ref.startswith("A") else ref
        for ref, argument in zip(refs, function.example.args, strict=True)
    ]

    assert typed(calc_with_addin, empty, {"F1": call(function, refs)}, values) == [shown(function.example.answer)]


@pytest.mark.parametrize("function", TABULAR, ids=lambda function: function.name)
def test_the_example_twice_in_whole_ranges_with_blanks_between(
    calc_with_addin: Calc, empty: Path, function: Function
) -> None:
    values: dict[str, str] = {}
    refs, blank = [], []
    for param, argument, letter in zip(function.params, function.example.args, "ABCDE", strict=False):
        cells = argument[0] if isinstance(argument, tuple) else (argument,)
        if param.kind == "table":
            values.update({f"{letter}1": str(argument), f"{letter}3": str(argument)})
            refs.append(f"{letter}1:{letter}3")
            blank.append(None)
        else:
            places = [f"{letters}1" for letters in "GHIJ"[: len(cells)]]
            values.update(zip(places, map(str, cells), strict=True))
            refs.append(f"{places[0]}:{places[-1]}" if len(cells) > 1 else places[0])
            blank.append(argument)
    example, between = shown(function.example.answer), shown(function.python(*blank))

    answers = typed(calc_with_addin, empty, {"L1:L3": call(function, refs)}, values, read=["L1", "L2", "L3"])

    assert answers == [example, between, example]


def test_blank_cells_are_what_the_manual_says(calc_with_addin: Calc, empty: Path) -> None:
    """By themselves 0, or as left out where 0 is no value; blank within a range, and with what the manual advises."""
    formulas = {
        "=XLPERF_RATE(A1;30)": 0.0,
        "=XLPERF_GRADE(A1)": "差",
        "=XLPERF_RATESCORE(0.853;A1)": 8.53,
        "=XLPERF_TIME(0.3;10;A1)": 0.36,
        "=XLPERF_PLAN(10;{0.2;0.5;0.7;1};A1;A1)": 0.7,
        '=XLPERF_RATE(IF(A1="";"";A1);30)': "",
        "=XLPERF_RATE(A1:A1;30)": "",
        "=XLPERF_PLAN(10;A1:D1)": "",
        '=XLPERF_COMPLIANCE("≥";95;A1:A1)': "未填报",
    }
    cells = {f"F{row}": formula for row, formula in enumerate(formulas, start=1)}

    assert typed(calc_with_addin, empty, cells) == list(formulas.values())


def test_words_are_answered_with_words(calc_with_addin: Calc, empty: Path) -> None:
    formulas = {
        '=XLPERF_RATE("9";30)': "非数字",
        "=XLPERF_RATE(A1;30)": "非数字",
        '=XLPERF_PROGRESS("无预算";0.5)': "无预算",
        '=XLPERF_RATESCORE(0.853;"某省")': "规则包未知",
        "=XLPERF_RATE(B1:B2;C1:C3)": "区域不一致",
    }
    cells = {f"F{row}": formula for row, formula in enumerate(formulas, start=1)}

    assert typed(calc_with_addin, empty, cells, {"A1": "没有"}) == list(formulas.values())


def test_functions_go_into_functions(calc_with_addin: Calc, empty: Path) -> None:
    formula = "=XLPERF_LIGHT(XLPERF_RATE(9;30);XLPERF_PROGRESS(XLPERF_RATE(9;30);XLPERF_PLAN(10;{0.2;0.5;0.7;1})))"

    assert typed(calc_with_addin, empty, {"F1": formula}) == ["严重滞后"]


def test_too_few_arguments_are_an_error(calc_with_addin: Calc, empty: Path) -> None:
    cells = {"F1": "=XLPERF_RATE(9)", "F2": "=XLPERF_RATE(;30)", "F3": "=XLPERF_RATE(9;30;1)"}

    assert typed(calc_with_addin, empty, cells) == ["#VALUE!"] * 3


def typed(
    calc: Calc,
    book: Path,
    formulas: dict[str, str],
    values: dict[str, str] | None = None,
    read: list[str] | None = None,
) -> list[Any]:
    """What the cells with formulas hold, or those in `read`, once all has been typed into the book."""
    cells = calc.type(book, {"表": {**(values or {}), **formulas}})["表"]
    return [cells.get(cell, "") for cell in read or formulas]


def call(function: Function, refs: list[str]) -> str:
    return f"={function.worksheet_name}({';'.join(refs)})"


def in_columns(function: Function, cell: str, row: str) -> tuple[dict[str, str], list[str]]:
    """What to type for the arguments of the example, one below the other, and the reference to each."""
    values: dict[str, str] = {}
    refs = []
    for number, argument in enumerate(function.example.args, start=1):
        cells = argument[0] if isinstance(argument, tuple) else (argument,)
        values.update({f"{letter}{number}": str(value) for letter, value in zip("ABCD", cells, strict=False)})
        refs.append((row if len(cells) > 1 else cell).format(number))
    return values, refs


def shown(answer: object) -> Any:
    """An answer of the core as a cell holds it."""
    return answer if isinstance(answer, str) else float(answer)  # type: ignore[arg-type]
