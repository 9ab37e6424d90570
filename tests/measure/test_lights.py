"""Official lights, what a target counts for, and who owes a reason (forms.md §2, §11)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xlperf.measure import (
    evaluation_reason,
    excess,
    meets,
    money_light,
    money_reason,
    monitoring_reason,
    pace,
    result,
    sign,
    span,
    standing,
    target_light,
    worst_light,
)

D = Decimal
NEW = "national-2026"


@pytest.mark.parametrize(
    ("paid", "budget", "month", "light"),
    [
        (29.99, 100, 6, "红灯"),
        (30, 100, 6, "黄灯"),
        (39.99, 100, 6, "黄灯"),
        (40, 100, 6, "绿灯"),
        (101, 100, 12, "绿灯"),
        (0, 0, 6, "红灯"),
        (0, 100, 0, "未开始"),
        (0, -1, 6, "预算有误"),
        (None, 100, 6, ""),
        ("十万", 100, 6, "非数字"),
    ],
)
def test_money_against_time(paid: object, budget: object, month: object, light: str) -> None:
    assert money_light(paid, budget, month, None, NEW) == light


def test_lights_come_from_exact_ratios() -> None:
    """29.9999996 % of the budget in six months is shown as 60.0000 % of the time, and is below it."""
    assert money_light(D("29.9999996"), 100, 6, None, NEW) == "红灯"


def light(operator: object, target: object, actual: object, months: object = 6, pack: str = NEW) -> str:
    """Through the helper cells."""
    read = sign(operator, target, pack), target, result(actual, pack)
    return target_light(pace(*read, months, meets(*read, pack)), pack)


@pytest.mark.parametrize(
    ("operator", "target", "actual", "answer"),
    [
        ("≥", 100, 29.9, "红灯"),
        ("≥", 100, 30, "黄灯"),
        ("=", 100, 40, "绿灯"),
        (">", 100, 59.9, "绿灯"),
        ("≥", 100, 60, "蓝灯"),
        ("≥", 100, -5, "红灯"),
        ("≤", 8, 8, "绿灯"),
        ("<", 8, 8, "红灯"),
        ("≤", 8, 9, "红灯"),
        ("≥", 0, 0, "绿灯"),
        (">", 0, 0, "红灯"),
        ("≥", 0, 3, "蓝灯"),
        ("=", 0, 0, "绿灯"),
        ("=", 0, 3, "红灯"),
        ("=", 0, -1, "红灯"),
        ("≥", -5, 3, ""),
        ("定性", None, "达成年度指标", "绿灯"),
        ("定性", None, "达到预期目标", "绿灯"),
        ("定性", None, "部分达成年度指标并具有一定效果", "黄灯"),
        ("定性", None, "未达成年度指标且效果较差", "红灯"),
        ("定性", None, "基本达成", ""),
        ("≥", 100, None, ""),
        ("≥", 100, "良好", ""),
        ("不涉及", None, None, ""),
    ],
)
def test_an_indicator_at_the_end_of_june(operator: object, target: object, actual: object, answer: str) -> None:
    assert light(operator, target, actual) == answer


@pytest.mark.parametrize(
    ("subcategory", "unit", "months"),
    [
        ("数量指标", "件", 6),
        ("数量指标", "%", 12),
        ("数量", "百分比", 12),
        ("质量指标", "件", 12),
        ("时效", "天", 12),
        ("经济成本指标", "万元", 12),
        ("社会成本指标", "万元", 6),
        ("服务对象满意度指标", None, 12),
        (None, None, 6),
    ],
)
def test_rates_and_some_classes_are_not_scaled_by_time(subcategory: object, unit: object, months: int) -> None:
    assert span(subcategory, unit, 6, NEW) == months


def test_a_rate_of_the_whole_year_is_red_in_june_where_it_is_low() -> None:
    assert light("≥", 95, 48, span("质量指标", "%", 6, NEW)) == "红灯"
    assert light("≥", 95, 48, 6) == "绿灯"


def test_the_worst_light_is_that_of_the_objective() -> None:
    assert worst_light((("绿灯",), ("黄灯",), ("",))) == "黄灯"
    assert worst_light((("蓝灯",), ("绿灯",))) == "绿灯"
    assert worst_light((("",), (None,))) == ""


@pytest.mark.parametrize(
    ("operator", "target", "actual", "state"),
    [
        ("≥", 100, 30, "进行中"),
        ("≥", 100, 100, "达标"),
        ("≥", 100, 120, "超额"),
        ("=", 100, 120, "达标"),
        ("≤", 8, 9, "进行中"),
        ("定性", None, "部分达成", "进行中"),
        ("≥", 100, None, "未填报"),
        ("≥", 0, 3, "超额"),
        ("≥", -5, 3, "无法判定"),
        ("不涉及", None, None, "不涉及"),
    ],
)
def test_no_state_is_unmet_before_the_year_has_ended(operator: object, target: Any, actual: object, state: str) -> None:
    read = sign(operator, target, NEW), target, result(actual, NEW)

    assert standing(read[0], meets(*read, NEW), excess(*read, NEW)) == state


@pytest.mark.parametrize(
    ("official", "by_plan", "pack", "answer"),
    [
        ("黄灯", "正常", NEW, "需说明"),
        ("绿灯", "严重滞后", NEW, ""),
        ("绿灯", "严重滞后", "national-2020", "需说明"),
        ("黄灯", "正常", "national-2020", ""),
        ("红灯", "无预算", NEW, ""),
        ("未开始", "未到计划节点", NEW, ""),
    ],
)
def test_the_pack_says_which_light_of_money_owes_a_reason(official: str, by_plan: str, pack: str, answer: str) -> None:
    assert money_reason(official, by_plan, pack) == answer


@pytest.mark.parametrize(
    ("rate", "by_plan", "pack", "answer"),
    [
        (Decimal("0.899999"), "正常", "sichuan", "需说明"),
        (Decimal("0.9"), "正常", "sichuan", ""),
        (Decimal("0.899999"), "正常", NEW, ""),
        ("无预算", "无预算", "sichuan", ""),
        (0, "无预算", "sichuan", ""),
        ("非数字", "正常", "sichuan", ""),
        (None, "正常", "sichuan", ""),
    ],
)
def test_the_pack_may_want_a_reason_for_a_low_rate(rate: object, by_plan: str, pack: str, answer: str) -> None:
    assert money_reason("绿灯", by_plan, pack, rate) == answer


@pytest.mark.parametrize(
    ("light", "operator", "target", "actual", "pack", "answer"),
    [
        ("黄灯", "≥", 100, 70, NEW, "需说明"),
        ("绿灯", "≥", 100, 90, NEW, ""),
        ("蓝灯", "≥", 100, 120, NEW, ""),
        ("蓝灯", "≥", 100, 120, "hebei", "需说明"),
        ("绿灯", "≥", 100, 115, "hebei", ""),
        ("绿灯", "≥", 100000, 115004, "hebei", ""),  # 15.00 %
        ("绿灯", "≥", 100000, 115005, "hebei", "需说明"),  # 15.01 %
        ("绿灯", ">", 100, 120, "hebei", ""),
        ("蓝灯", "≥", 0, 1, "hebei", "需说明"),
        ("绿灯", "=", 100, 101, "hebei", "需说明"),
        ("绿灯", "=", 100, 100, "hebei", ""),
        ("", "≥", 100, None, "hebei", ""),
    ],
)
def test_who_owes_a_reason_when_monitored(
    light: str, operator: str, target: object, actual: object, pack: str, answer: str
) -> None:
    assert monitoring_reason(light, "确定能", operator, excess(operator, target, actual, pack), pack) == answer


@pytest.mark.parametrize(
    ("state", "operator", "above", "deduction", "pack", "answer"),
    [
        ("未达标", "≥", D("-0.1"), None, NEW, "需说明"),
        ("超额", "≥", D("0.4"), None, NEW, "需说明"),
        ("达标", "≥", 0, None, NEW, ""),
        ("达标", "≥", 0, 2, NEW, "需说明"),
        ("达标", "≥", 0, 0, NEW, ""),
        ("达标", "=", D("0.01"), None, NEW, ""),
        ("达标", "=", D("0.01"), None, "hebei", "需说明"),
        ("未填报", "≥", "", None, NEW, ""),
    ],
)
def test_who_owes_a_reason_at_the_end(
    state: str, operator: str, above: object, deduction: object, pack: str, answer: str
) -> None:
    assert evaluation_reason(state, operator, above, deduction, pack) == answer
