"""What a dataset holds comes back as it was, and is a number to other programs wherever it is one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts, thorough

from xlperf.dataset.schema import Kind
from xlperf.dataset.values import RESTORE, STORE, Value

numbers = st.decimals(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18).map(Decimal)
lone = st.text(st.characters(categories=["Cs", "L", "N"]), max_size=6)


@thorough
@given(st.none() | numbers | texts.filter(bool) | lone.filter(bool) | numbers.map(str))
def test_a_number_or_a_word_comes_back(value: Value) -> None:
    assert RESTORE[Kind.NUMBER](STORE[Kind.NUMBER](value)) == value


@thorough
@given(texts | lone)
def test_a_text_comes_back(value: str) -> None:
    assert RESTORE[Kind.TEXT](STORE[Kind.TEXT](value)) == value


@thorough
@given(st.none() | st.dates())
def test_a_date_comes_back(value: dt.date | None) -> None:
    assert RESTORE[Kind.DATE](STORE[Kind.DATE](value)) == value


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("12.50"), 12.5),
        (Decimal(20), 20),
        (Decimal("0.30000000000000004"), 0.30000000000000004),
        (Decimal("0.1234567890123456789"), "0.1234567890123456789"),
        (Decimal(2**60 + 1), str(2**60 + 1)),
        ("无预算", "无预算"),
        ("95", "'95"),
        ("-", "'-"),
        ("", None),
    ],
)
def test_a_number_is_a_number_wherever_a_float_holds_it(value: Value, stored: object) -> None:
    assert STORE[Kind.NUMBER](value) == stored
