"""Numbers that belong to a person, however they are grouped and wherever they stand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import FLAWLESS, findings_of

from xlperf.checks.rule import Typed
from xlperf.checks.rules import judge
from xlperf.checks.submission import Fault, SlotRef, Submission
from xlperf.model import Target

# fmt: off
PERSONAL = (
    "13812345678", "138-1234-5678", "138 1234 5678", "+8613812345678", "+86 138 1234 5678", "１３８１２３４５６７８",
    "0314-5012345", "(0314)5012345", "（0314） 5012345", "0314—5012345", "0314 5012345", "010-62345678",
    "130802198001011234", "130802 19800101 1234", "13080219800101123X",
    "6222021234567890123", "6222 0212 3456 7890 123", "6222-0212-3456-7890",
)
OTHER_NUMBERS = (
    "13080023P00024610002U", "99030026P13812310002W", "20231234567", "2024—2026", "2024-2026年", "2026-11-22",
    "20261122", "示财政法〔2026〕12号", "合同编号001-20260001", "1381234567.89", "1,381,234,567", "366001",
    "21.000000", "1380013800138", "30 120 4200 4210",
)
SLOTS = (
    "overall_objective.text", "sub_objectives.text#2", "safeguards.text", "2!purpose", "objectives.text",
    "indicators.name", "indicators.description#2", "indicators.basis", "indicators.deviation_reason",
    "indicators.value#3", "indicators.unit", "indicators.actual", "deviation_reason",
)
# fmt: on


def personal(typed: Typed, folder: Path) -> list[str]:
    return [finding.locus.cell for finding in findings_of(typed, folder) if finding.code == "XPF456"]


@pytest.mark.parametrize("number", PERSONAL)
def test_a_number_of_a_person(number: str, tmp_path: Path) -> None:
    assert len(personal({"purpose": f"书记员工资，联系人{number}。"}, tmp_path)) == 1


@pytest.mark.parametrize("number", OTHER_NUMBERS)
def test_a_number_of_something_else(number: str, tmp_path: Path) -> None:
    assert personal({"purpose": f"书记员工资，{number}。"}, tmp_path) == []


@pytest.mark.parametrize("slot", SLOTS)
def test_every_text_is_looked_at(slot: str, tmp_path: Path) -> None:
    assert len(personal({slot: "联系电话138 1234 5678"}, tmp_path)) == 1


def test_a_target_of_a_document() -> None:
    project = FLAWLESS.projects[0]
    target = Target(value=Decimal(314), raw="0314-5012345")
    indicators = (project.indicators[0].model_copy(update={"target": target}),)
    stated = FLAWLESS.model_copy(update={"projects": (project.model_copy(update={"indicators": indicators}),)})

    assert Fault("XPF456", 0, SlotRef("indicators.value", 0), {"text": "031…45"}) in judge(Submission(stated))
