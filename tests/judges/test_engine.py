"""A second engine, which takes no array for granted, computes what our workbooks hold as results."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
import xlsxwriter
from example_year import example_workbooks
from form.odd_answers import project_typed
from judges import engine
from judges.engine import Result
from required import require

from xlperf.model import Department, Period, PlanMethod, Project, Settings
from xlperf.workbook.write.department import department_bytes

# What HyperFormula cannot do, by what the formula holds.
LIMITS = {
    "XLPERF_EXPLAIN": 'its grammar has no "" within a text',
    "SUM(COUNTIF(": "COUNTIF takes the first of several criteria, where Excel counts each",
}


def odd(seed: int) -> bytes:
    """A workbook of odd inputs under the pack and plan method that the example does not use."""

    draw = random.Random(seed)
    numbers = range(1, 9)
    return department_bytes(
        Department(year=2026, projects=tuple(Project(number=number) for number in numbers)),
        Settings(as_of=dt.date(2026, 8, 31), pack="national-2020-ratio", plan_method=PlanMethod.LINEAR),
        typed=[project_typed(draw, number) for number in numbers],
    )


PERIODS = [period.name for period in Period]
WORKBOOKS = (*PERIODS, "odd")


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Result]]:
    """The results of each workbook."""
    require(engine.missing_reason())
    folder = tmp_path_factory.mktemp("engine")
    (folder / "odd.xlsx").write_bytes(odd(2026))
    books = {**example_workbooks(folder), "odd": folder / "odd.xlsx"}
    return {name: engine.results(path) for name, path in books.items()}


def limit(result: Result) -> str | None:
    return next((part for part in LIMITS if part in result.formula), None)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_result_is_what_the_engine_computes(computed: dict[str, list[Result]], name: str) -> None:
    judged = [result for result in computed[name] if limit(result) is None]
    print(f"{name}: {len(judged)} of {len(computed[name])} results judged")

    assert len(judged) > 500
    assert [result for result in judged if not result.agrees] == []


@pytest.mark.parametrize("part", LIMITS)
def test_what_the_engine_cannot_do_it_still_cannot(computed: dict[str, list[Result]], part: str) -> None:
    for results in computed.values():
        assert any(not result.agrees for result in results if limit(result) == part)


def test_a_range_where_excel_wants_one_value_is_objected_to(tmp_path: Path) -> None:
    """The formula that once stood in 目录: LibreOffice computes it, Excel does not."""
    require(engine.missing_reason())
    weighted = "SUMPRODUCT(IF(ISNUMBER(A1:A2)*ISNUMBER(B1:B2),A1:A2,0),IF(ISNUMBER(B1:B2),B1:B2,0))"
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", (20, 0.5))
        sheet.write_row("A2", (30, 0.2))
        sheet.write_formula("A3", f"={weighted}", None, 16)
        sheet.write_array_formula("A4:A4", f"{{={weighted}}}", None, 16)

    assert [(result.cell, result.computed) for result in engine.results(path)] == [("A3", "#VALUE!"), ("A4", 16)]
