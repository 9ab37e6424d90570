"""What a cell holds, host by host."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from xlperf.measure.normal import number, numbers, rounded, shown

BLANKS = ("\u3000", "\u00a0", "\t", "\n", "\u200b", "\u2003", "\u2060", "\ufeff", "\u3164", "\ufe0f", "\u200e \u00ad")


@pytest.mark.parametrize("cell", [None, "", " ", "   ", *BLANKS])
def test_a_blank_is_blank_however_it_arrives(cell: object) -> None:
    assert number(cell) == ""


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (20, "20"),
        (20.0, "20"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (117.005, "117.005"),
        (-5, "-5"),
        (Decimal("7.5"), "7.5"),
        (date(2023, 10, 31), "45230"),
        (datetime(2023, 10, 31, 18, 30), "45230"),
    ],
)
def test_a_number_is_what_the_cell_shows(cell: object, expected: str) -> None:
    assert number(cell) == Decimal(expected)


@pytest.mark.parametrize(
    "cell",
    [
        "95",
        "2000万元",
        "20%",
        "#DIV/0!",
        True,
        False,
        float("nan"),
        float("inf"),
        Decimal("sNaN"),
        10**400,
        Decimal("1E400"),
        Fraction(1, 2),
        1j,
        b"1",
    ],
)
def test_anything_else_is_not_a_number(cell: object) -> None:
    assert number(cell) == "非数字"


def test_a_status_word_is_handed_on() -> None:
    assert number(" 无预算 ") == "无预算"


def test_a_word_that_is_no_status_is_not_a_number() -> None:
    assert number("超支") == "非数字"


def test_an_error_value_outweighs_a_blank_and_a_blank_outweighs_a_word() -> None:
    assert numbers(None, "#N/A") == "非数字"
    assert numbers("无预算", None) == ""
    assert numbers(1, "无预算", "计划有误") == "无预算"
    assert numbers(1, 2) == (Decimal(1), Decimal(2))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),
        ("0.0000005", 6, "0.000001"),
        ("-0.001", 2, "0.00"),
        ("1E+20", 2, "1E+20"),
    ],
)
def test_ties_round_away_from_zero(value: str, places: int, expected: str) -> None:
    assert str(rounded(Decimal(value), places)) == expected


def test_a_text_is_what_is_seen_of_it() -> None:
    assert shown("  部分  达成 ") == "部分 达成"
    assert shown("\u3000部分\u00a0 达\u200b成\n") == "部分 达成"
    assert shown("\u202d≥\u202c") == "≥"
