"""The Python behind Excel's cells: what Excel hands over is taken as the core takes it, and answered as Excel can."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import subprocess
import sys
import timeit
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from xlperf.hosts.excel import udfs
from xlperf.hosts.excel.udfs import ERROR_CODES, answered, taken, worksheet_function
from xlperf.measure import CATALOG, Function

EACH = pytest.mark.parametrize("function", CATALOG.values(), ids=CATALOG)


def call(name: str, *arguments: Any) -> Any:
    return getattr(udfs, f"XLPERF_{name}")(*arguments)


def cell(value: object) -> list[list[object]]:
    """A single cell, as xlwings hands it over."""
    return [[value]]


def from_excel(given: Any) -> list[list[object]]:
    """A value of the catalog's examples as xlwings hands it over."""
    rows = given if isinstance(given, tuple) else ((given,),)
    return [[float(value) if isinstance(value, (int, Decimal)) else value for value in row] for row in rows]


@EACH
def test_the_example_of_the_catalog(function: Function) -> None:
    arguments = map(from_excel, function.example.args)

    is_table = any(param.kind == "table" for param in function.params)  # else the answer is a single one
    answer = from_excel(function.example.answer)
    assert call(function.name, *arguments) == (answer if is_table else answer[0][0])


def test_a_column_is_answered_by_a_column() -> None:
    paid, budget = [[9.0], [None], [5.0], ["x"]], [[30.0], [30.0], [0.0], [30.0]]

    assert call("RATE", paid, budget) == [[0.3], [""], ["无预算"], ["非数字"]]


def test_one_cell_stands_for_each_row_beside_a_column() -> None:
    assert call("RATE", [[9.0], [15.0]], cell(30.0)) == [[0.3], [0.5]]


def test_a_row_is_answered_by_a_row() -> None:
    assert call("GRADE", [[95.0, 85.0, 65.0]]) == [["优", "良", "中"]]


@pytest.mark.parametrize("blank", [None, ""])
def test_blanks_are_blank(blank: str | None) -> None:
    assert call("RATE", cell(blank), cell(30.0)) == cell("")
    assert call("COMPLIANCE", cell("≥"), cell(blank), cell(blank), cell(blank)) == cell("未填报")


@pytest.mark.parametrize("year", [None, cell(None), cell(2026.0)])
def test_an_absent_parameter_is_its_default(year: object) -> None:
    assert call("TIME", cell(0.3), cell(dt.datetime(2026, 10, 31)), year) == cell(0.36)


def test_dates_come_as_datetimes_or_as_numbers() -> None:
    day = dt.datetime(2026, 10, 31, 8, 30)
    number = float((day.date() - dt.date(1899, 12, 30)).days)

    assert call("TIME", cell(0.3), cell(day)) == call("TIME", cell(0.3), cell(number)) == cell(0.36)


def test_cells_in_a_currency_format_come_as_decimals() -> None:
    assert call("RATE", cell(Decimal("9.0000")), cell(30.0)) == cell(0.3)


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", -2146826243, -2146826238])
def test_error_values_are_no_numbers(error: object) -> None:
    assert call("RATE", cell(error), cell(30.0)) == cell("非数字")


def test_a_number_that_looks_like_an_error_code_is_a_number() -> None:
    assert call("RATE", cell(float(ERROR_CODES[0])), cell(1.0)) == cell(float(ERROR_CODES[0]))


def test_an_object_that_excel_would_not_hand_over_is_an_error_not_a_word() -> None:
    with pytest.raises(TypeError, match="a cell holds a object"):
        call("RATE", cell(object()), cell(30.0))


def test_truth_is_no_number() -> None:
    assert call("RATE", cell(True), cell(30.0)) == cell("非数字")


def test_ranges_of_unequal_shape_are_told() -> None:
    assert call("RATE", [[1.0], [2.0]], [[1.0], [2.0], [3.0]]) == "区域不一致"


def test_a_range_where_one_cell_belongs_is_no_number() -> None:
    light = CATALOG["LIGHT"]

    assert taken(light.params[2], [[0.6], [0.7]]) == [[0.6], [0.7]]
    assert call("LIGHT", cell(0.3), cell(0.5), [[0.6], [0.7]]) == cell("非数字")


def test_answers_are_floats_and_text() -> None:
    assert answered(Decimal("0.3")) == 0.3
    assert answered(((Decimal(1), ""), ("优", Decimal("2.5")))) == [[1.0, ""], ["优", 2.5]]


@EACH
def test_signature_is_the_catalog_s(function: Function) -> None:
    parameters = inspect.signature(worksheet_function(function)).parameters

    assert list(parameters) == [param.name for param in function.params]
    assert [name for name, p in parameters.items() if p.default is None] == [
        p.name for p in function.params if p.optional
    ]


def test_the_module_exports_each_function_once() -> None:
    callables = [name for name in dir(udfs) if callable(getattr(udfs, name)) and name.startswith("XLPERF_")]

    assert sorted(callables) == sorted(function.worksheet_name for function in CATALOG.values())


def test_a_thousand_rows_cost_little_more_than_the_core() -> None:
    rows = [("≥", 95.0, 96.0, 5.0), ("≤", 20.0, 25.0, 7.5), ("定性", None, "达成", 5.0), (None, 3.0, 2.0, 1.0)]
    columns = [[[value] for value in column * 250] for column in zip(*rows, strict=True)]

    def seconds(function: Callable[..., object]) -> float:
        return min(timeit.repeat(lambda: function(*columns), number=1, repeat=10))

    assert seconds(worksheet_function(CATALOG["SCORE"])) < 3 * seconds(CATALOG["SCORE"].python)


def test_nothing_here_uses_the_parts_of_xlwings_that_are_not_free() -> None:
    folder = Path(udfs.__file__).parent
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}

    assert len(sources) > 15
    assert [name for name, text in sources.items() if re.search(r"xlwings\.(pro|server)\b", text)] == []


def test_it_loads_nothing_heavy_and_nothing_that_is_not_free() -> None:
    code = """
import sys
import xlwings
before = set(sys.modules)
import xlperf.hosts.excel.udfs
print(*sorted(set(sys.modules) - before))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    heavy = ("pydantic", "openpyxl", "xlsxwriter", "docx", "rich", "xlwings.pro", "xlwings.server")
    assert not [name for name in loaded if name.startswith(heavy)]
    ours = [name for name in loaded if name.startswith("xlperf.") and not name.startswith("xlperf.measure")]
    assert ours == ["xlperf.hosts", "xlperf.hosts.excel", "xlperf.hosts.excel.texts", "xlperf.hosts.excel.udfs"]
