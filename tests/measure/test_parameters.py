"""Rule packs as cells: what stands in the sheet is the pack, whole."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from measure.chains import random_pack

from xlperf.measure import BLANK_PACK, DEFAULT_PACK, PACKS, PARAMETERS, Pack, cells_of, find_pack
from xlperf.measure.parameters import PLACE

SAID = 4  # key, two names and the note are no rules


def rules(pack: Pack | None) -> tuple[object, ...] | None:
    return pack and tuple(pack)[SAID:]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_the_cells_of_a_pack_are_that_pack(pack: Pack) -> None:
    assert find_pack(cells_of(pack)) is pack
    assert find_pack([[float(cell) if isinstance(cell, Decimal) else cell] for cell in cells_of(pack)]) is pack


def test_the_cells_of_any_rules_are_those_rules() -> None:
    rng = random.Random(12)
    for _ in range(2000):
        pack = random_pack(rng)
        found = find_pack(list(cells_of(pack)))
        assert found is not None
        assert cells_of(found) == cells_of(pack)
        assert rules(found) == rules(pack)


def test_every_cell_is_filled_and_every_rule_has_a_cell() -> None:
    assert all(cell != "" for pack in PACKS.values() for cell in cells_of(pack))
    assert len({parameter.key for parameter in PARAMETERS}) == len(PARAMETERS) == len(cells_of(DEFAULT_PACK))
    assert [p.key for p in PARAMETERS if p.kind not in ("share", "points", "word", "count")] == []


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("overrun", "随便"),
        ("overrun", None),
        ("attained_from", Decimal("0.5")),  # below 部分达成
        ("good_from", Decimal(95)),  # above 优
        ("execution_cap", Decimal(-1)),
        ("execution_cap", "十分"),
        ("month", Decimal("6.5")),
        ("weights", "产出指标"),
        ("explained", "蓝天"),
        ("owing_equal", "也许"),
        ("money_red_below", "#N/A"),
    ],
)
def test_cells_that_make_no_sense_are_no_pack(key: str, content: object) -> None:
    cells: list[object] = list(cells_of(DEFAULT_PACK))
    cells[PLACE[key] - 1] = content

    assert find_pack(cells) is None


def test_other_columns_are_no_pack() -> None:
    assert find_pack(cells_of(DEFAULT_PACK)[:-2]) is None
    assert find_pack((*cells_of(DEFAULT_PACK), "无")) is None
    assert find_pack((("hebei",),)) is PACKS["hebei"]
    assert find_pack(()) is BLANK_PACK
    assert find_pack([[""]]) is BLANK_PACK


def test_a_column_from_before_its_last_cell_means_what_it_meant() -> None:
    before = cells_of(DEFAULT_PACK)[:-1]

    assert PARAMETERS[-1].key == "explained_below"
    assert find_pack(before) is DEFAULT_PACK
    assert find_pack([[cell] for cell in before]) is DEFAULT_PACK
    named = find_pack(cells_of(PACKS["sichuan"])[:-1])
    assert named is not None
    assert (named.explained_below, PACKS["sichuan"].explained_below) == ((), (Decimal("0.9"),))


def test_a_blank_is_the_pack_of_workbooks_of_2026_1() -> None:
    assert BLANK_PACK is PACKS["national-2020"]
    assert DEFAULT_PACK is PACKS["national-2026"]
    assert find_pack("全国2020") is BLANK_PACK


def test_packs_of_2026_1_keep_their_rules() -> None:
    """Their keys, as cells: a change here changes the results of workbooks that are out."""
    old = {key: cells_of(PACKS[key]) for key in ("national-2020", "national-2020-ratio", "national-2020-zero")}

    assert old["national-2020"][:13] == (
        "2020版", "比例法", "未达标", Decimal("0.8"), Decimal("0.6"), 10, 6, "无", "无", "无", "无", "无", "无",
    )  # fmt: skip
    assert old["national-2020"][13:16] == (60, 80, 90)
    assert [cells[1] for cells in old.values()] == ["比例法", "比值法", "零分法"]
    assert cells_of(PACKS["jiangxi"])[7:13] == (Decimal("0.6"), Decimal("0.8"), 1, 5, 7, 10)
    assert cells_of(PACKS["hubei"])[5] == 20
    assert PACKS["national-2020"].explained == ("滞后", "严重滞后", "超支")


def test_what_is_new() -> None:
    assert PACKS["national-2026"].explained == ("红灯", "黄灯")
    assert (PACKS["hebei"].month, PACKS["national-2026"].month) == (6, 7)
    assert [floor for floor, _ in PACKS["hubei-2026"].ratings] == [Decimal("0.8"), Decimal("0.5"), 0]
    assert PACKS["hubei-2026"].weights[-1] == ("效益指标+满意度指标", 40)
    assert [key for key, pack in PACKS.items() if "未见印本" in pack.note] == [
        *("hebei", "hubei-2026", "jiangxi-2026", "20+80", "sichuan")
    ]
