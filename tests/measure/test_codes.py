"""The project code and its check character."""

from __future__ import annotations

import pytest

from xlperf.measure import check_character, check_code

SEED_CODES = [
    "13080023P00024610002U",
    "13080023P00024710002H",
    "13080023P000245100026",
    "13080023P00033710032M",
    "13080023P000337100312",
    "13080023P00033710015Q",
]


@pytest.mark.parametrize("code", SEED_CODES)
def test_real_codes_are_valid(code: str) -> None:
    assert check_code(code) == "有效"
    assert check_character(code[:20]) == code[20]


@pytest.mark.parametrize("code", SEED_CODES)
def test_every_single_character_change_is_caught(code: str) -> None:
    changed = [
        code[:place] + character + code[place + 1 :]
        for place in range(21)
        for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        if character != code[place]
    ]

    assert len(changed) == 21 * 35
    assert [wrong for wrong in changed if check_code(wrong) == "有效"] == []


@pytest.mark.parametrize("code", SEED_CODES)
def test_every_adjacent_swap_is_caught(code: str) -> None:
    swapped = [code[:place] + code[place + 1] + code[place] + code[place + 2 :] for place in range(20)]

    assert [wrong for wrong in swapped if wrong != code and check_code(wrong) == "有效"] == []


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (" 13080023p00024610002u ", "有效"),
        ("13080023P00024610002V", "含非法字符"),
        ("13080023P0002461000 2U", "应为21位"),
        ("13080023P0002461000O2", "含非法字符"),
        ("13080023P00024610002W", "校验位不符"),
        ("13080023P00024610002", "应为21位"),
        ("13080023S00024610002U", "类型无校验位"),
        (13080023, "应为21位"),
        ("#N/A", "应为21位"),
        (None, ""),
        (" ", ""),
    ],
)
def test_what_is_wrong_with_a_code(code: object, answer: str) -> None:
    assert check_code(code) == answer


def test_a_check_character_needs_twenty_characters_of_the_alphabet() -> None:
    with pytest.raises(ValueError, match="twenty"):
        check_character("13080023P")
    with pytest.raises(ValueError, match="substring"):
        check_character("13080023P0002461000O")
