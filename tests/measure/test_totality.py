"""No content of cells makes a function raise; every answer is a finite Decimal or a text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.measure import CATALOG, PACKS, STATUS
from xlperf.measure.statuses import OPERATORS, RATINGS

WORDS = [*STATUS, *OPERATORS, *RATINGS, *PACKS, "定性", "不涉及", "线性", "#N/A", "13080023P00024610002U", " "]

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 12),
    st.floats(),
    st.floats(-2, 200).map(lambda value: round(value, 2)),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.text(),
    st.sampled_from(WORDS),
    st.binary(),
    st.just(Decimal("1E-999999999")),
    st.just(Decimal("-1E+999999999")),
    st.just(datetime.timedelta(1)),
)
RANGES = st.one_of(st.lists(CELLS, max_size=4), st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple))
ARGUMENTS = st.one_of(CELLS, CELLS, RANGES)


def answers(result: Any) -> list[Any]:
    return [cell for row in result for cell in row] if isinstance(result, tuple) else [result]


@pytest.mark.parametrize("name", CATALOG)
@given(data=st.data())
def test_every_function_answers_anything(name: str, data: st.DataObject) -> None:
    function = CATALOG[name]
    arguments = [data.draw(ARGUMENTS, label=param.name) for param in function.params]

    for answer in answers(function.python(*arguments)):
        assert isinstance(answer, str) or (isinstance(answer, Decimal) and answer.is_finite())


@pytest.mark.parametrize("name", [name for name, f in CATALOG.items() if any(p.kind == "table" for p in f.params)])
@given(data=st.data())
def test_a_range_is_answered_cell_by_cell(name: str, data: st.DataObject) -> None:
    function = CATALOG[name]
    height = data.draw(st.integers(2, 3), label="rows")
    tables = {
        param.name: data.draw(st.lists(CELLS, min_size=height, max_size=height), label=param.name)
        for param in function.params
        if param.kind == "table"
    }
    others = {
        param.name: data.draw(st.lists(CELLS, min_size=4, max_size=4) if param.kind == "row" else CELLS)
        for param in function.params
        if param.kind != "table"
    }

    expected = tuple(
        (function.python(**others, **{key: column[row] for key, column in tables.items()}),) for row in range(height)
    )
    assert function.python(**others, **{key: [[cell] for cell in column] for key, column in tables.items()}) == expected
