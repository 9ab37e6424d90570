"""Compliance, completion, score, execution points and grade."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.measure import completion, compliance, execution_score, grade, score

D = Decimal


@pytest.mark.parametrize(
    ("operator", "target", "actual", "state"),
    [
        ("≥", 95, 95, "达标"),
        (">=", 95, 94.9, "未达标"),
        (">", 95, 95, "未达标"),
        ("=", 14, 14, "达标"),
        (None, 14, 15, "未达标"),
        ("≤", 8, 8, "达标"),
        ("<=", 8, 9, "未达标"),
        ("<", 8, 8, "未达标"),
        ("≥", 100, 115, "达标"),
        ("≥", 100, 115.0001, "超额"),
        (">", 100, 120, "超额"),
        ("=", 100, 100, "达标"),
        ("≤", 100, 10, "达标"),
        ("≥", 0, 50, "达标"),
        ("≤", 0.3, 0.1 + 0.2, "达标"),
        ("定性", "持续影响", "达成", "达标"),
        ("定性", "持续影响", "部分达成", "未达标"),
        ("定性", "持续影响", "未达成", "未达标"),
        ("定性", "持续影响", "良好", "无法判定"),
        ("不涉及", 0, None, "不涉及"),
        ("不涉及", "#N/A", "#N/A", "不涉及"),
        ("≥", 95, None, "未填报"),
        ("≥", None, None, "未填报"),
        ("≥", 95, "已完成", "无法判定"),
        ("≥", "全部", 95, "无法判定"),
        ("≥", "#REF!", None, "无法判定"),
        ("约", 95, 95, "无法判定"),
        (None, None, 95, "无法判定"),
        (None, "", " ", ""),
    ],
)
def test_compliance(operator: object, target: object, actual: object, state: str) -> None:
    assert compliance(operator, target, actual) == state


def test_over_fulfilment_in_self_evaluation_starts_later() -> None:
    assert compliance("≥", 100, 120, 0.3) == "达标"
    assert compliance("≥", 100, 131, 0.3) == "超额"
    assert compliance("≥", 100, 131, "三成") == "无法判定"


@pytest.mark.parametrize(
    ("operator", "target", "actual", "pack", "answer"),
    [
        ("≥", 95, 76, None, D("0.8")),
        (None, 3, 1, None, D("0.333333")),
        ("≤", 20, 25, None, D("0.75")),
        ("≤", 20, 45, None, 0),
        ("≤", 20, 25, "national-2020-ratio", D("0.8")),
        ("≤", 20, 0, "national-2020-ratio", "无法判定"),
        ("≥", 0, 5, None, "目标为零"),
        ("≥", -5, 5, None, "无法判定"),
        ("定性", "持续影响", "达成", None, ""),
        ("不涉及", 0, 0, None, ""),
        ("≥", 95, None, None, ""),
        ("≥", 95, "已完成", None, "非数字"),
        ("约", 95, 95, None, "无法判定"),
        ("≥", 95, 95, "某省", "规则包未知"),
    ],
)
def test_completion(operator: object, target: object, actual: object, pack: object, answer: object) -> None:
    assert completion(operator, target, actual, pack) == answer


@pytest.mark.parametrize(
    ("operator", "target", "actual", "points"),
    [
        ("≥", 95, 96, "10"),
        ("≥", 95, 76, "8.00"),
        ("≥", 95, -1, "0"),
        (">", 95, 95, "10"),
        ("=", 100, 90, "9.00"),
        ("=", 100, 120, "10"),
        ("=", 0, 0, "10"),
        ("=", 0, 1, "0"),
        ("≥", 0, -1, "0"),
        ("≤", 0, 1, "0"),
        ("≤", 20, 20, "10"),
        ("≤", 20, 25, "7.50"),
        ("≤", 20, 40, "0"),
        ("≤", 100, 199.95, "0.01"),
    ],
)
def test_score_of_ten_points(operator: str, target: object, actual: object, points: str) -> None:
    assert score(operator, target, actual, 10) == D(points)


@pytest.mark.parametrize(
    ("pack", "points"),
    [
        (None, "7.50"),
        ("全国2020", "7.50"),
        ("national-2020-ratio", "8.00"),
        ("全国2020零分法", "0"),
        ("national-2021-cost", "7.50"),
        ("hubei", "7.50"),
        ("江西", "7.50"),
    ],
)
def test_the_pack_says_what_an_exceeded_limit_costs(pack: object, points: str) -> None:
    assert score("≤", 20, 25, 10, None, pack) == D(points)


def test_weights_can_be_fractional() -> None:
    assert score("≥", 100, 33, 7.5) == D("2.48")


@pytest.mark.parametrize(
    ("rating", "points", "answer"),
    [
        ("达成", 10, D(10)),
        ("达成", 8, D(8)),
        ("达成", 7.99, "超出档次"),
        ("部分达成", 8, "超出档次"),
        ("部分达成", 7.99, D("7.99")),
        ("部分达成", 6, D(6)),
        ("未达成", 6, "超出档次"),
        ("未达成", 0, D(0)),
        ("达成", 10.01, "超出档次"),
        ("未达成", -1, "超出档次"),
        ("达成", None, ""),
        (None, 10, ""),
        ("良好", 10, "无法判定"),
        ("达成", "满分", "非数字"),
    ],
)
def test_qualitative_points_stay_inside_the_band_of_the_rating(rating: object, points: object, answer: object) -> None:
    assert score("定性", "持续影响", rating, 10, points) == answer


def test_a_qualitative_indicator_without_weight_scores_nothing() -> None:
    assert score("定性", None, "未达成", 0, 0) == 0


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("不涉及", 0, 0, 10), ""),
        (("≥", 95, 96, None), ""),
        (("≥", 95, None, 10), ""),
        (("≥", 95, 96, -1), "分值有误"),
        (("≥", 95, 96, "十分"), "非数字"),
        (("约", 95, 96, 10), "无法判定"),
        (("≥", 95, 96, 10, None, "某省"), "规则包未知"),
        (("#N/A", 95, 96, 10), "非数字"),
    ],
)
def test_rows_without_a_score(arguments: tuple[object, ...], answer: str) -> None:
    assert score(*arguments) == answer


@pytest.mark.parametrize(
    ("rate", "pack", "points"),
    [
        (0.8535, None, "8.54"),
        (1.2, None, "10"),
        (-0.1, None, "0"),
        (0.8535, "湖北", "17.07"),
        (1, "jiangxi", "10"),
        (0.999999, "jiangxi", "7"),
        (0.8, "jiangxi", "7"),
        (0.6, "jiangxi", "5"),
        (0.599999, "jiangxi", "0"),
    ],
)
def test_points_for_budget_execution(rate: float, pack: object, points: str) -> None:
    assert execution_score(rate, pack) == D(points)


def test_execution_points_need_a_rate_and_a_pack() -> None:
    assert execution_score(None) == ""
    assert execution_score("无预算") == "无预算"
    assert execution_score(0.5, "某省") == "规则包未知"


@pytest.mark.parametrize(
    ("total", "word"),
    [
        (100, "优"),
        (90, "优"),
        (89.995, "优"),
        (89.994, "良"),
        (80, "良"),
        (79.99, "中"),
        (60, "中"),
        (59.99, "差"),
        (0, "差"),
        (100.004, "优"),
        (100.005, "总分有误"),
        (-0.01, "总分有误"),
        (None, ""),
        ("优秀", "非数字"),
    ],
)
def test_grade(total: object, word: str) -> None:
    assert grade(total) == word
