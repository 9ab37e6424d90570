"""The day until which a period counts where nobody says one."""

from __future__ import annotations

import datetime as dt

import pytest

from xlperf.form.settings import as_of_limits, usual_as_of
from xlperf.model import Period


@pytest.mark.parametrize(
    ("today", "year", "day"),
    [
        ("2026-11-28", 2026, "2026-10-31"),
        ("2026-11-01", 2026, "2026-10-31"),
        ("2026-10-31", 2026, "2026-09-30"),  # October is not over yet
        ("2024-03-15", 2024, "2024-02-29"),
        ("2026-11-28", 2023, "2023-12-31"),  # a past year
        ("2027-01-02", 2026, "2026-12-31"),
        ("2026-01-20", 2026, "2026-01-31"),  # before the first month is over
        ("2026-11-28", 2027, "2027-01-31"),
    ],
)
def test_monitoring_counts_to_the_end_of_the_last_full_month(
    today: str, year: int, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    month_end = dt.date.fromisoformat(today).replace(day=1) - dt.timedelta(days=1)
    monkeypatch.setattr("xlperf.form.settings.last_month_end", lambda: month_end)

    assert str(usual_as_of(Period.MONITORING, year)) == day


def test_a_plan_begins_with_the_year_and_a_self_evaluation_ends_with_it() -> None:
    assert usual_as_of(Period.PLAN, 2026) == dt.date(2026, 1, 1)
    assert usual_as_of(Period.SELF_EVALUATION, 2026) == dt.date(2026, 12, 31)


def test_the_limits_are_three_months_around_the_year() -> None:
    assert as_of_limits(2026) == (dt.date(2025, 10, 1), dt.date(2027, 3, 31))
