"""Rule packs and the weights proposed from them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xlperf.measure import PACKS, find_pack, propose_weights, split_weights

D = Decimal


def test_every_pack_comes_to_a_hundred_points() -> None:
    assert {pack.execution.cap + sum(points for _, points in pack.weights) for pack in PACKS.values()} == {100}


def test_a_pack_is_found_by_key_or_chinese_name() -> None:
    assert find_pack("hubei") is PACKS["hubei"]
    assert find_pack(" 湖北 ") is PACKS["hubei"]
    assert find_pack(None) is PACKS["national-2020"]
    assert find_pack("某省") is None
    assert find_pack(2020) is None


@pytest.mark.parametrize(
    ("total", "n", "parts"),
    [
        ("50", 3, ["16.66", "16.67", "16.67"]),
        ("30", 4, ["7.5", "7.5", "7.5", "7.5"]),
        ("10", 1, ["10"]),
        ("10", 0, []),
        ("0.01", 2, ["0", "0.01"]),
    ],
)
def test_an_equal_split_is_exact(total: str, n: int, parts: list[str]) -> None:
    assert split_weights(D(total), n) == tuple(D(part) for part in parts)


def test_weights_are_equal_inside_each_class() -> None:
    level1s = ["产出指标", "产出指标", "产出指标", "效益指标", "效益指标", "满意度指标"]
    skipped = [False, False, False, False, True, False]

    assert propose_weights(level1s, skipped) == tuple(map(D, ("16.66", "16.67", "16.67", "30", "0", "10")))


def test_a_class_without_applicable_row_leaves_its_points_out() -> None:
    assert propose_weights(["产出", "效益"], [False, True]) == (D(50), D(0))


def test_a_class_the_pack_does_not_know_weighs_nothing() -> None:
    level1s = ["成本指标", "产出指标"]

    assert propose_weights(level1s, [False, False]) == (D(0), D(50))
    assert propose_weights(level1s, [False, False], PACKS["national-2021-cost"]) == (D(20), D(40))
