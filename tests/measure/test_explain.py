"""The sentence on a project's spend progress."""

from __future__ import annotations

from datetime import date

import pytest

from xlperf.measure import explain


def test_on_plan_but_behind_time() -> None:
    assert explain(9, 30, 0.3, date(2023, 10, 31)) == (
        "截至10月底，已支付9.00万元，预算执行率30.0%，较计划（30.0%）持平（差额0.00万元），正常；"
        "较序时进度（83.3%）低53.3个百分点。"
    )


def test_behind_plan() -> None:
    assert explain(5.5, 20, 0.5, 6) == (
        "截至6月底，已支付5.50万元，预算执行率27.5%，较计划（50.0%）低22.5个百分点（差额-4.50万元），严重滞后；"
        "较序时进度（50.0%）低22.5个百分点。"
    )


def test_ahead_of_plan() -> None:
    assert explain(12, 20, 0.5, 6) == (
        "截至6月底，已支付12.00万元，预算执行率60.0%，较计划（50.0%）高10.0个百分点（差额+2.00万元），正常；"
        "较序时进度（50.0%）高10.0个百分点。"
    )


@pytest.mark.parametrize("plan", [None, 0])
def test_nothing_planned_yet(plan: object) -> None:
    assert explain(0, 28, plan, 8) == (
        "截至8月底，已支付0.00万元，预算执行率0.0%，未到计划节点；较序时进度（66.7%）低66.7个百分点。"
    )


def test_overspent() -> None:
    assert explain(118.005, 117, 1, 12) == (
        "截至12月底，已支付118.01万元，预算执行率100.9%，超过预算1.01万元，超支；较序时进度（100.0%）高0.9个百分点。"
    )


def test_no_month_completed() -> None:
    assert explain(1, 28, 0.2, date(2023, 1, 15)) == "预算年度尚未满一个月，已支付1.00万元，预算执行率3.6%。"


def test_no_budget() -> None:
    assert explain(3, 0, 0.2, 6) == "无预算，已支付3.00万元，不计算预算执行率。"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ((None, 20, 0.5, 6), ""),
        ((5, -20, 0.5, 6), "预算有误"),
        ((5, 20, "计划有误", 6), "计划有误"),
        ((5, 20, 0.5, 13), "日期有误"),
        (("五万", 20, 0.5, 6), "非数字"),
        ((5, 20, "#N/A", 6), "非数字"),
        ((5, 20, 0.5, 6, 2023, "低"), "非数字"),
    ],
)
def test_no_sentence_without_its_figures(arguments: tuple[object, ...], answer: str) -> None:
    assert explain(*arguments) == answer
