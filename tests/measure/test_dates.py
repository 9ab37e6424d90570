"""Completed months of the budget year."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from xlperf.measure import months_elapsed


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (date(2023, 1, 1), 0),
        (date(2023, 1, 30), 0),
        (date(2023, 1, 31), 1),
        (date(2023, 2, 28), 2),
        (date(2024, 2, 28), 1),
        (date(2023, 10, 30), 9),
        (date(2023, 10, 31), 10),
        (datetime(2023, 10, 31, 8, 0), 10),
        (date(2023, 12, 30), 11),
        (date(2023, 12, 31), 12),
        (45230, 10),
        (45229.75, 9),
        (0, 0),
        (7, 7),
        (12, 12),
    ],
)
def test_months_completed_at_a_date(as_of: object, months: int) -> None:
    assert months_elapsed(as_of) == months


@pytest.mark.parametrize(
    ("as_of", "months"),
    [(date(2022, 12, 30), 0), (date(2022, 12, 31), 0), (date(2023, 6, 30), 6), (date(2024, 1, 15), 12), (7, 7)],
)
def test_the_budget_year_bounds_the_months(as_of: object, months: int) -> None:
    assert months_elapsed(as_of, 2023) == months


@pytest.mark.parametrize("as_of", [-1, 3.5, 13, 2023, 36525, 73051, date(1999, 12, 31), date(2100, 1, 1)])
def test_neither_months_nor_a_date(as_of: object) -> None:
    assert months_elapsed(as_of) == "日期有误"


@pytest.mark.parametrize("year", [23, 2023.5, 1999, 2100, "2023", "今年"])
def test_a_wrong_year(year: object) -> None:
    assert months_elapsed(date(2023, 6, 30), year) == "日期有误"


def test_words_and_blanks() -> None:
    assert months_elapsed("2023-10-31") == "非数字"
    assert months_elapsed(None) == ""
    assert months_elapsed(6, "#N/A") == "非数字"
