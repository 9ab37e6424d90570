"""Points by the rules of 2026: rows, deductions, execution, grade, warning (forms.md §7, §11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.measure import alert, compliance, final_grade, net_score, paid_score, propose_weights, score
from xlperf.measure.packs import PACKS

D = Decimal
NEW = "national-2026"


@pytest.mark.parametrize(
    ("operator", "target", "actual", "points"),
    [
        ("=", 100, 120, 10),
        ("=", 100, 90, 9),
        ("=", 0, 0, 10),
        ("=", 0, -1, 10),
        ("=", 0, 1, 0),
        ("≥", 0, 0, 10),
        (">", 0, 0, 0),
        (">", 0, 1, 10),
        (">", 95, 95, 10),
        ("<", 8, 8, 10),
        ("≤", 20, 25, D("7.5")),
        ("≤", 20, 40, 0),
        ("≥", 95, -3, 0),
        ("≤", 20, -3, 10),
        ("≥", -5, 3, "无法判定"),
    ],
)
def test_ten_points(operator: str, target: object, actual: object, points: object) -> None:
    assert score(operator, target, actual, 10, None, NEW) == points


def test_an_exceeded_equal_target_is_met_since_2026() -> None:
    assert compliance("=", 100, 120, None, NEW) == "达标"
    assert compliance("=", 100, 120) == "未达标"
    assert score("=", 100, 120, 10) == 10


def test_nearly_met_has_full_points_and_is_unmet() -> None:
    assert score("≥", 95, D("94.99"), 10, None, NEW) == 10
    assert compliance("≥", 95, D("94.99"), None, NEW) == "未达标"


@pytest.mark.parametrize(
    ("rating", "points", "pack", "answer"),
    [
        ("达成年度指标", 8, NEW, 8),
        ("部分达成", 8, NEW, 8),
        ("部分达成", 6, NEW, 6),
        ("未达成", 6, NEW, 6),
        ("未达成", D("6.01"), NEW, "超出档次"),
        ("部分达成", 8, "national-2020", "超出档次"),
        ("达成年度指标", 8, "national-2020", "无法判定"),
        ("基本达成", 8, NEW, "无法判定"),
        ("部分达成", 5, "hubei-2026", 5),
        ("未达成", D("5.5"), "jiangxi-2026", "超出档次"),
    ],
)
def test_an_edge_belongs_to_both_bands(rating: str, points: object, pack: str, answer: object) -> None:
    assert score("定性", None, rating, 10, points, pack) == answer


def test_edges_have_two_places() -> None:
    assert score("定性", None, "达成", D("7.77"), D("6.22"), NEW) == D("6.22")  # 80 % are 6.216
    assert score("定性", None, "达成", D("7.77"), D("6.216"), NEW) == "超出档次"


def test_a_row_with_a_deduction_skips_the_bands() -> None:
    assert score("定性", None, "达成", 10, 3, NEW) == "超出档次"
    assert score("定性", None, "达成", 10, 3, NEW, 1) == 3
    assert score("定性", None, "达成", 10, 11, NEW, 1) == "超出档次"


@pytest.mark.parametrize(
    ("points", "deduction", "net"),
    [(10, 3, 7), (2, 3, 0), (10, None, 10), (10, 0, 10), ("", 3, ""), ("超出档次", 3, "超出档次"), (5, "三", "非数字")],
)
def test_deductions_stop_at_nothing(points: object, deduction: object, net: object) -> None:
    assert net_score(points, deduction) == net


@pytest.mark.parametrize(
    ("paid", "budget", "pack", "points"),
    [
        (D("259.45"), 300, NEW, D("8.65")),  # 86.48 %
        (D("85.345"), 100, NEW, D("8.54")),  # 85.35 % first, then 8.535
        (D("85.344950"), 100, NEW, D("8.53")),  # straight from the amounts: 85.34 %
        (120, 100, NEW, 10),
        (-1, 100, NEW, 0),
        (3, 0, NEW, 0),
        (3, -1, NEW, "预算有误"),
        (D("85.345"), 100, "hubei-2026", D("17.07")),
        (D("99.9999"), 100, "jiangxi-2026", 7),
        (80, 100, "jiangxi-2026", 7),
        (D("59.99"), 100, "jiangxi-2026", 0),
        (None, 100, NEW, ""),
    ],
)
def test_execution_points_from_the_amounts(paid: object, budget: object, pack: str, points: object) -> None:
    assert paid_score(paid, budget, pack) == points


@pytest.mark.parametrize(
    ("rows", "execution", "paid", "budget", "grade"),
    [
        (80, 10, D("9.9999"), 10, "良"),  # printed 90.00, but 89.9999
        (80, 10, 10, 10, "优"),
        (60, 0, 0, 10, "中"),
        (D("59.99"), 0, 3, 0, "差"),
        (90, 10, 10, 10, "优"),
        (101, 0, 0, 10, "总分有误"),
        (90, 20, 10, 10, "总分有误"),  # weights for 90 beside an execution of 20
        ("", 10, 10, 10, ""),
    ],
)
def test_the_grade_is_that_of_the_unrounded_total(
    rows: object, execution: object, paid: object, budget: object, grade: str
) -> None:
    assert final_grade(rows, execution, paid, budget, NEW) == grade


@pytest.mark.parametrize(
    ("rows", "execution", "paid", "budget", "light"),
    [
        (90, D("9.5"), 95, 100, ""),  # exactly 5 %
        (90, D("9.49"), D("94.9"), 100, "红灯"),
        (81, 9, 90, 100, ""),
        (60, 7, 70, 100, "黄灯"),  # more than a fifth unspent
        (72, 8, 80, 100, ""),
        (90, 0, 0, 0, "黄灯"),
        (0, 10, 100, 100, ""),
    ],
)
def test_full_marks_beside_unspent_money_are_a_warning(
    rows: object, execution: object, paid: object, budget: object, light: str
) -> None:
    assert alert(rows, execution, paid, budget, NEW) == light


OUTPUT = ["产出指标"] * 4
SECOND = ["数量指标", "数量指标", "质量指标", "时效指标"]


def test_weights_by_second_level_class() -> None:
    weights = propose_weights(
        [*OUTPUT, "产出指标", "效益指标"], [False] * 6, PACKS[NEW], [*SECOND, "成本指标", "社会效益指标"]
    )

    assert weights == (10, 10, 10, 10, 10, 30)


def test_points_of_a_class_without_rows_go_to_the_others_of_the_first_level_in_proportion() -> None:
    """20, 10 and 10 of 50 without 成本 are 25, 12.5 and 12.5."""
    assert propose_weights(OUTPUT, [False] * 4, PACKS[NEW], SECOND) == tuple(map(D, ("12.5", "12.5", "12.5", "12.5")))
    assert propose_weights(OUTPUT[:2], [False] * 2, PACKS[NEW], ["质量", "时效"]) == (25, 25)


def test_a_first_level_class_without_rows_gives_its_points_only_where_the_pack_rescales() -> None:
    rescaling = PACKS[NEW]._replace(rescale=True)

    assert sum(propose_weights(OUTPUT, [False] * 4, PACKS[NEW], SECOND)) == 50
    assert sum(propose_weights(OUTPUT, [False] * 4, rescaling, SECOND)) == 90


def test_two_classes_may_have_their_points_together() -> None:
    level1s = ["产出指标", "效益指标", "满意度指标", "满意度指标"]

    assert propose_weights(level1s, [False] * 4, PACKS["hubei-2026"]) == tuple(
        map(D, ("40", "13.33", "13.33", "13.34"))
    )
