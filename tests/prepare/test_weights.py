"""Weights that nobody typed follow the rule pack; those of a person stay."""

from __future__ import annotations

from decimal import Decimal

from xlperf.model import BudgetUnit, Department, Indicator, Project
from xlperf.prepare.weights import with_proposed_weights


def department(*weights: int | None) -> Department:
    """One project of two outputs, a benefit and a satisfaction, with these weights."""
    levels = ("产出指标", "产出指标", "效益指标", "满意度指标")
    indicators = tuple(
        Indicator(level1=level1, weight=None if weight is None else Decimal(weight))
        for level1, weight in zip(levels, weights, strict=True)
    )
    return Department(unit=BudgetUnit(), year=2026, projects=(Project(number=1, indicators=indicators),))


def weights(told: Department) -> list[Decimal | None]:
    return [each.weight for each in told.projects[0].indicators]


def test_what_nobody_gave_is_proposed() -> None:
    blank = department(None, None, None, None)

    assert weights(with_proposed_weights(blank, "national-2026")) == [25, 25, 30, 10]
    assert weights(with_proposed_weights(blank, "20+80")) == [20, 20, 20, 20]


def test_what_the_pack_before_proposed_is_proposed_anew() -> None:
    assert weights(with_proposed_weights(department(25, 25, 30, 10), "20+80", "national-2026")) == [20, 20, 20, 20]


def test_what_a_person_gave_stays() -> None:
    assert weights(with_proposed_weights(department(26, 24, 30, 10), "20+80", "national-2026")) == [26, 24, 30, 10]
    assert weights(with_proposed_weights(department(25, 25, 30, 10), "20+80")) == [25, 25, 30, 10]
