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

from xlperf.form import form_set_of
from xlperf.model import Department, Period, PlanMethod, Project, Settings
from xlperf.workbook.write.department import department_bytes

# What HyperFormula cannot do, by what the formula holds.
LIMITS = {
    "SUM(COUNTIF(": "COUNTIF takes the first of several criteria, where Excel counts each",
    '"0.0%"': "TEXT knows no percentages",
    "):INDEX(": "its grammar has no range between two calls",
}


def odd(period: Period, seed: int) -> bytes:
    """A workbook of odd inputs under the pack and plan method that the example does not use."""
    draw = random.Random(seed)
    numbers = range(1, 9)
    return department_bytes(
        Department(year=2026, projects=tuple(Project(number=number) for number in numbers)),
        Settings(as_of=dt.date(2026, 8, 31), period=period, pack="national-2020-ratio", plan_method=PlanMethod.LINEAR),
        typed=[project_typed(draw, number) for number in numbers],
        form_set=form_set_of(period, "national"),
    )


PERIODS = [period.name for period in Period]
ODD = {"odd monitoring": Period.MONITORING, "odd self-evaluation": Period.SELF_EVALUATION}
WORKBOOKS = (*PERIODS, *ODD)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    require(engine.missing_reason())
    folder = tmp_path_factory.mktemp("engine")
    for name, period in ODD.items():
        (folder / f"{name}.xlsx").write_bytes(odd(period, 2026))
    return {**example_workbooks(folder), **{name: folder / f"{name}.xlsx" for name in ODD}}


@pytest.fixture(scope="module")
def computed(books: dict[str, Path]) -> dict[str, list[Result]]:
    """The results of each workbook, those told that the engine cannot compute."""
    return {name: engine.results(path, LIMITS) for name, path in books.items()}


@pytest.fixture(scope="module")
def computed_alone(books: dict[str, Path]) -> list[Result]:
    """The results of all workbooks without help."""
    return [result for path in books.values() for result in engine.results(path)]


def limit(result: Result) -> str | None:
    return next((part for part in LIMITS if part in result.formula), None)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_result_is_what_the_engine_computes(computed: dict[str, list[Result]], name: str) -> None:
    judged = [result for result in computed[name] if limit(result) is None]
    print(f"{name}: {len(judged)} of {len(computed[name])} results judged")

    assert len(judged) > 300
    assert [result for result in judged if not result.agrees] == []


@pytest.mark.parametrize("part", LIMITS)
def test_what_the_engine_cannot_do_it_still_cannot(computed_alone: list[Result], part: str) -> None:
    assert any(not result.agrees for result in computed_alone if limit(result) == part)


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
