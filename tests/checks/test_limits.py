"""Targets that ask for too little or too much: what is found in a row, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks import message
from xlperf.checks.rule import Typed
from xlperf.checks.rules.funds import MONITORING

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
        (20, 18, 20, ["XPF428"]),
        (20, 18, 19, []),
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


# --- the side of the comparison --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "description", "codes"),
    [
        ("院内感染率", "", []),
        ("平均住院日", "", []),
        ("药占比", "", []),
        ("误诊率", "", []),
        ("死亡率", "", []),
        ("返修率", "", []),
        ("产品不合格率", "", []),
        ("辍学率", "", []),
        ("上诉率", "", []),
        ("信访量", "", []),
        ("平均等待时间", "从挂号到就诊的时间，越少越好", []),
        ("一次通过率", "因差错退回的越少越好", []),
        ("投诉未处理率", "", []),
        ("投诉处理不及时率", "", []),
        ("投诉办结率", "", ["XPF425"]),
        ("投诉办结率", "投诉办结数÷投诉总数", ["XPF425"]),
        ("故障修复率", "", ["XPF425"]),
        ("逾期案件整改率", "", ["XPF425"]),
        ("投诉处理及时率", "", ["XPF425"]),
        ("合格率", "合格产品占比", ["XPF425"]),
        ("结案率", "", ["XPF425"]),
    ],
)
def test_some_things_are_better_the_fewer_they_are(
    name: str, description: str, codes: list[str], tmp_path: Path
) -> None:
    typed = {
        "indicators.level2": "质量指标",
        "indicators.operator": "≤",
        "indicators.value": 90,
        "indicators.name": name,
        "indicators.description": description,
    }

    assert found(("XPF425",), typed, tmp_path) == codes


@pytest.mark.parametrize(
    ("name", "unit", "codes"),
    [
        ("成本节约率", "%", []),
        ("单位成本下降率", "百分比", []),
        ("经费压减比例", "%", []),
        ("成本节约额", "万元", ["XPF426"]),
        ("成本占用率", "%", ["XPF426"]),
    ],
)
def test_savings_on_cost_may_be_at_least(name: str, unit: str, codes: list[str], tmp_path: Path) -> None:
    typed = {**COST, "indicators.operator": "≥", "indicators.value": 5, "indicators.unit": unit}

    assert found(("XPF426",), {**typed, "indicators.name": name}, tmp_path) == codes


# --- rates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "description", "operator", "value", "codes"),
    [
        ("业务量增长率", "", "≥", 100, []),
        ("业务量增长率", "", "≥", 150, []),
        ("产量比", "实际产量÷上年同期产量", "≥", 105, []),
        ("能耗比", "实际能耗÷基期能耗", "≤", 105, []),
        ("合格率", "合格数÷总数", "≥", 105, ["XPF430"]),
        ("合格率", "合格数÷总数", "≥", 100, ["XPF433"]),
        ("合格率", "合格数÷总数", ">", 100, ["XPF433"]),
        ("合格率", "合格数÷总数", "=", 100, []),
    ],
)
def test_growth_may_exceed_everything(
    name: str, description: str, operator: str, value: int, codes: list[str], tmp_path: Path
) -> None:
    typed = {
        "indicators.name": name,
        "indicators.description": description,
        "indicators.operator": operator,
        "indicators.value": value,
        "indicators.unit": "%",
    }

    assert found(("XPF430", "XPF433"), typed, tmp_path) == codes


def test_the_operator_is_quoted_as_it_was_chosen(tmp_path: Path) -> None:
    typed = {"indicators.operator": ">", "indicators.value": 100, "indicators.unit": "%"}

    assert [message(finding) for finding in findings_of(typed, tmp_path) if finding.code == "XPF433"] == [
        "比率写成“>100%”，应写“＝100%”"
    ]


# --- satisfaction ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "codes"),
    [
        ("4.5", "分", []),
        (8, "分", []),
        ("4.5", "分（五分制）", []),
        (50, "份", []),
        (30, "人", []),
        ("0.95", "比例", []),
        (90, "百分比", []),
        (75, "分", ["XPF434"]),
        ("0.75", "比例", ["XPF434"]),
        (75, "比例", ["XPF434"]),
        (75, "百分比", ["XPF434"]),
        (75, None, ["XPF434"]),
        (75, "当事人满意度", ["XPF434"]),
    ],
)
def test_satisfaction_is_compared_out_of_a_hundred(
    value: object, unit: str | None, codes: list[str], tmp_path: Path
) -> None:
    assert found(("XPF434",), {"indicators.value#4": value, "indicators.unit#4": unit}, tmp_path) == codes


def test_an_expected_amount_below_zero_where_nothing_is_paid(tmp_path: Path) -> None:
    typed: Typed = {**MONITORING, "paid.fiscal_funds": None, "expected.fiscal_funds": -1}

    assert "XPF554" in [found.code for found in findings_of(typed, tmp_path)]
