"""Targets that ask for too little or too much: what is found in a row, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks.rule import Typed

COST: Typed = {
    "indicators.level1": "成本指标",
    "indicators.level2": "",
    "indicators.operator": "≤",
    "budget.initial": 20,
}


def found(among: tuple[str, ...], typed: Typed, folder: Path) -> list[str]:
    """The codes of this group that are found."""
    return [finding.code for finding in findings_of(typed, folder) if finding.code in among]


# --- cost and budget -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "name", "codes"),
    [
        (30, "件", "办案成本", []),
        (60, "分贝", "施工噪声", []),
        (100, "吨", "碳排放量", []),
        (30, "个工作日", "采购耗时", []),
        (30, "个百分点", "成本增幅", []),
        (30, "‰", "成本增幅", []),
        (500, "元每人", "培训成本", []),
        (500, "元/人", "培训成本", []),
        (500, "元", "培训成本", []),
        (150, "千元", "项目总成本", []),
        (19, "万元", "项目成本", []),
        (21, "万元", "项目成本", ["XPF427"]),
        (21, "万", "项目成本", ["XPF427"]),
        (21, None, "项目成本", ["XPF427"]),
        (21, "项目成本不超过21万元", "项目成本", ["XPF427"]),
        (21, "项目成本", "项目成本", ["XPF427"]),
        (21, "平均每件不超过21元", "项目成本", []),
        (250000, "元", "项目成本", ["XPF427"]),
        (250, "千元", "项目成本", ["XPF427"]),
        ("0.01", "亿元", "项目成本", ["XPF427"]),
        ("0.5", "百万元", "项目成本", ["XPF427"]),
        (20, "万元", "项目成本", ["XPF428"]),
        (200000, "元", "项目成本", ["XPF428"]),
    ],
)
def test_a_cost_is_compared_with_the_budget(
    value: object, unit: str | None, name: str, codes: list[str], tmp_path: Path
) -> None:
    typed = {**COST, "indicators.value": value, "indicators.unit": unit, "indicators.name": name}

    assert found(("XPF427", "XPF428"), typed, tmp_path) == codes


@pytest.mark.parametrize(
    ("initial", "adjusted", "value", "codes"),
    [
        (20, 18, 20, []),
        (20, 18, 21, ["XPF427"]),
        (20, 25, 22, []),
        (20, 25, 26, ["XPF427"]),
        (20, 18, 18, ["XPF428"]),
    ],
)
def test_an_approved_target_may_stay_after_the_budget_was_cut(
    initial: int, adjusted: int, value: int, codes: list[str], tmp_path: Path
) -> None:
    budget = {"budget.initial": initial, "budget.adjusted": adjusted}
    typed = {**COST, **budget, "indicators.value": value, "indicators.unit": "万元"}

    assert found(("XPF427", "XPF428"), typed, tmp_path) == codes


def test_a_cost_is_told_in_the_unit_of_the_budget(tmp_path: Path) -> None:
    typed = {**COST, "indicators.value": 250000, "indicators.unit": "元", "indicators.name": "总成本"}

    assert [dict(finding.values) for finding in findings_of(typed, tmp_path) if finding.code == "XPF427"] == [
        {"cost": "25", "budget": "20"}
    ]
