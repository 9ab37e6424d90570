"""Figures in sentences are those people see: sums that give their results, shares in per cent, no stray zeros."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import findings_of

from xlperf.checks import message
from xlperf.checks.rule import Typed

AUDIT = "得分为1，按规则包“全国2020”重算为"
SAID: list[tuple[str, Typed, list[str]]] = [
    (
        "XPF523",
        {"indicators.operator": "≤", "indicators.value": 4, "indicators.actual": 10, "=indicators.score": 1},
        [f"{AUDIT}0（25 × (1 − (10 − 4) ÷ 4) → 0）"],
    ),
    ("XPF523", {"indicators.actual": -5, "=indicators.score": 1}, [f"{AUDIT}0（25 × -5 ÷ 4200 → 0）"]),
    ("XPF523", {"indicators.actual": 2100, "=indicators.score": 1}, [f"{AUDIT}12.5（25 × 2100 ÷ 4200）"]),
    (
        "XPF505",
        {"as_of": "2026-10-30"},
        ["10月到截止日期2026-10-30尚未结束，已填支付2万元，未计入进度"] * 2,
    ),
    (
        "XPF127",
        {"budget.fiscal_funds": Decimal("12.5"), "budget.other_funds": Decimal("6.50")},
        ["财政资金与其他资金合计19，预算数为20（万元）"],
    ),
    ("XPF402", {"shares.2": "７０%"}, ["10月底计划“７０%”按70%读取"]),
    ("XPF402", {"indicators.actual": "4210.0件"}, []),
    (
        "XPF418",
        {"indicators.actual": "4210"},
        ["实际完成值4210是以文本形式存储的数字，已照读；表内公式不把它当数字，请重新填成数字"],
    ),
    ("XPF402", {"indicators.actual": "4,210.0"}, ["实际完成值“4,210.0”按4210读取"]),
    # the letter is Cyrillic
    ("XPF121", {"code": "99030026Р00041810002W"}, ["项目编码不对：“99030026Р00041810002W”（含非法字符）"]),
    ("XPF121", {"code": "99030026T00041810002W"}, []),
    ("XPF121", {"code": "99030026 P00041810002W"}, ["项目编码不对：“99030026 P00041810002W”（应为21位，现有22位）"]),
    (
        "XPF503",
        {"period": "绩效自评", "as_of": "2026-12-31", "payments.amount#11": Decimal("0.9333333")},
        ["预算执行率79.6%低于90%，没有写明偏差原因", "预算执行率75%低于90%，没有写明偏差原因"],
    ),
]


@pytest.mark.parametrize(("code", "typed", "said"), SAID)
def test_sentences(code: str, typed: Typed, said: list[str], tmp_path: Path) -> None:
    assert [message(found) for found in findings_of(typed, tmp_path) if found.code == code] == said
