"""Results that want explaining, and those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks.rule import Typed


def found(code: str, typed: Typed, folder: Path) -> int:
    """How often this code is found."""
    return sum(finding.code == code for finding in findings_of(typed, folder))


@pytest.mark.parametrize(
    ("operator", "actual", "likelihood", "count"),
    [
        ("≥", 2150, "确定能", 0),
        ("=", 2150, "确定能", 0),
        ("≥", 2150, "有可能", 1),
        ("≥", 2150, "完全不可能", 1),
        ("≥", 2150, None, 1),
        ("≤", 4300, "确定能", 1),
    ],
)
def test_what_will_surely_be_met_by_the_end_of_the_year_wants_no_reason(
    operator: str, actual: int, likelihood: str | None, count: int, tmp_path: Path
) -> None:
    row = {"operator": operator, "actual": actual, "likelihood": likelihood}
    typed = {"as_of": "2026-06-30", **{f"indicators.{key}": value for key, value in row.items()}}

    assert found("XPF525", typed, tmp_path) == count


ONE_CAR = ("=", 1, "辆")
ALL_OF_IT = ("=", 100, "%")
MANY = ("≥", 4200, "件")
MOST = ("≥", 98, "%")
EXACTLY_MOST = ("=", 95, "%")
NO_ACCIDENT = ("≤", 0, "起")
FEW_DAYS = ("≤", 5, "个工作日")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ((ONE_CAR, ALL_OF_IT, ALL_OF_IT), 0),
        ((ONE_CAR, ALL_OF_IT, NO_ACCIDENT), 0),
        ((ONE_CAR, ("≥", 100, "%"), MANY), 0),
        ((MANY, MOST, ALL_OF_IT), 0),
        ((MANY, MOST, FEW_DAYS), 1),
        ((MANY, MOST, EXACTLY_MOST), 1),
        ((MANY, MANY, MOST, ALL_OF_IT), 1),
    ],
)
def test_only_what_could_differ_looks_copied(
    rows: tuple[tuple[str, int, str], ...], count: int, tmp_path: Path
) -> None:
    exact = [{"operator": sign, "value": value, "unit": unit, "actual": value} for sign, value, unit in rows]
    others = [{"operator": "不涉及", "actual": None}] * (4 - len(rows))
    typed = {f"indicators.{key}#{i}": cell for i, row in enumerate([*exact, *others], 1) for key, cell in row.items()}

    assert found("XPF529", typed, tmp_path) == count
