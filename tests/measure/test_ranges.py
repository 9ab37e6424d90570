"""Ranges in, ranges of the same shape out."""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import execution_rate, light, plan_share

D = Decimal


def test_a_cell_gives_one_answer() -> None:
    assert execution_rate(9, 30) == D("0.3")


def test_a_column_gives_a_column() -> None:
    assert execution_rate([[9], [15]], [[30], [20]]) == ((D("0.3"),), (D("0.75"),))


def test_a_block_gives_a_block() -> None:
    assert execution_rate(((3, 6), (9, 12)), 30) == ((D("0.1"), D("0.2")), (D("0.3"), D("0.4")))


def test_a_flat_list_is_one_column() -> None:
    assert execution_rate([9, 15], 30) == ((D("0.3"),), (D("0.5"),))


def test_a_range_of_one_cell_is_broadcast() -> None:
    assert execution_rate([[9], [15]], [[30]]) == ((D("0.3"),), (D("0.5"),))
    assert execution_rate([[9]], [[30]]) == ((D("0.3"),),)


def test_ranges_of_unequal_shape_are_named() -> None:
    assert execution_rate([[9], [15]], [[30, 30]]) == "区域不一致"
    assert execution_rate([[9], [15, 3]], 30) == "区域不一致"


def test_an_empty_range_is_a_blank() -> None:
    assert execution_rate([], 30) == ""
    assert execution_rate([[9], [15]], [[]]) == (("",), ("",))


def test_parameters_go_by_name_too() -> None:
    assert light(rate=[[0.5], [1.2]], progress=0.7, green=0.7) == (("正常",), ("超支",))


def test_the_four_plan_cells_belong_together_in_any_direction() -> None:
    assert plan_share([[6], [10]], [[0.2, 0.5, 0.7, 1]]) == ((D("0.5"),), (D("0.7"),))
    assert plan_share(10, [[0.2], [0.5], [0.7], [1]]) == D("0.7")
    assert plan_share(10, (0.2, 0.5, 0.7, 1)) == D("0.7")
