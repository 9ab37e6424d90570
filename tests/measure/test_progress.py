"""The planned share, the three measures and the light."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.measure import execution_rate, light, plan_progress, plan_share, time_progress

D = Decimal

CASEWORK = (0.2, 0.5, 0.7, 1)  # 办案业务经费
PRISONER_VAN = (None, None, None, 1)  # 囚车购置经费
COURTROOM = (None, None, 0.3, 1)  # 人民法庭维修经费


@pytest.mark.parametrize(
    ("month", "share"), [(0, "0"), (2, "0"), (3, "0.2"), (5, "0.2"), (6, "0.5"), (9, "0.5"), (10, "0.7"), (12, "1")]
)
def test_the_plan_is_that_of_the_last_checkpoint_passed(month: int, share: str) -> None:
    assert plan_share(month, CASEWORK) == D(share)


@pytest.mark.parametrize(
    ("month", "share"),
    [(0, "0"), (1, "0.066667"), (3, "0.2"), (4, "0.3"), (7, "0.55"), (10, "0.7"), (11, "0.85"), (12, "1")],
)
@pytest.mark.parametrize("method", ["线性", "linear"])
def test_a_linear_plan_runs_between_the_checkpoints(month: int, share: str, method: str) -> None:
    assert plan_share(month, CASEWORK, method) == D(share)


def test_nothing_is_planned_before_the_first_checkpoint_named() -> None:
    assert plan_share(9, COURTROOM) == 0
    assert plan_share(10, COURTROOM) == D("0.3")
    assert plan_share(11, PRISONER_VAN) == 0


def test_a_blank_or_lower_checkpoint_carries_the_earlier_one() -> None:
    assert plan_share(10, (0.2, None, None, 1)) == D("0.2")
    assert plan_share(10, (0.2, 0.5, 0.4, 1)) == D("0.5")


@pytest.mark.parametrize(
    ("shares", "answer"),
    [
        ((None, "", " ", None), ""),
        ((0.2, "一半", 0.7, 1), "非数字"),
        ((0.2, "无预算", 0.7, 1), "非数字"),
        ((20, 50, 70, 100), "计划有误"),
        ((-0.2, 0.5, 0.7, 1), "计划有误"),
        ((0.2, 0.5, 0.7), "计划有误"),
    ],
)
def test_a_plan_that_cannot_be_read(shares: object, answer: str) -> None:
    assert plan_share(6, shares) == answer


def test_an_unknown_plan_method() -> None:
    assert plan_share(6, CASEWORK, "平均") == "方法未知"


def test_execution_rate_is_paid_over_budget() -> None:
    assert execution_rate(35.1, 117) == D("0.3")
    assert execution_rate(1, 3) == D("0.333333")
    assert execution_rate(0, 20) == 0


def test_a_rate_without_budget_is_undefined() -> None:
    assert execution_rate(5, 0) == "无预算"
    assert execution_rate(5, -1) == "预算有误"
    assert execution_rate(None, 20) == ""


def test_plan_progress_compares_with_the_plan() -> None:
    assert plan_progress(0.3, 0.3) == 1
    assert plan_progress(0.3, 0.7) == D("0.428571")
    assert plan_progress(0, 0) == "未到计划节点"
    assert plan_progress(0.3, None) == ""
    assert plan_progress("无预算", 0.7) == "无预算"


def test_time_progress_compares_with_the_months() -> None:
    assert time_progress(0.3, 10) == D("0.36")
    assert time_progress(0.3, 0) == "未开始"
    assert time_progress(0.3, 13) == "日期有误"


def test_a_project_on_its_own_plan_is_green_though_behind_time() -> None:
    rate = execution_rate(9, 30)

    assert light(rate, plan_progress(rate, plan_share(10, COURTROOM))) == "正常"
    assert light(rate, time_progress(rate, 10)) == "严重滞后"


@pytest.mark.parametrize(
    ("progress", "word"),
    [
        (0.8, "正常"),
        (0.799999, "滞后"),
        (0.6, "滞后"),
        (0.599999, "严重滞后"),
        ("未到计划节点", "未到计划节点"),
        (None, ""),
    ],
)
def test_the_light_follows_plan_progress(progress: object, word: str) -> None:
    assert light(0.5, progress) == word


def test_overspent_whatever_the_progress_says() -> None:
    assert light(1.000001, "未到计划节点") == "超支"
    assert light(1.000001, None) == "超支"


def test_thresholds_are_parameters() -> None:
    assert light(0.5, 0.7, None, 0.7) == "正常"
    assert light(0.5, 0.55, 0.5) == "滞后"
    assert light(0.5, 0.55, "低") == "非数字"
