"""What a form or a place does not ask for is not missed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import FLAWLESS
from document.test_reading import TABLE

from xlperf.checks import message
from xlperf.checks.rules import judge
from xlperf.checks.submission import Submission
from xlperf.document import Imported, check_document, read_document
from xlperf.measure import DEFAULT_PACK, PACKS, Pack
from xlperf.model import Indicator, Operator, Project, SpendPlan, Target

OURS = frozenset(
    (
        *("purpose", "objectives.text", "shares.0", "shares.1", "shares.2", "shares.3"),
        *(f"indicators.{key}" for key in ("level1", "level2", "name", "description", "operator", "value", "basis")),
    )
)
BARE = Indicator(level1="产出指标", level2="数量指标", name="培训人数", target=Target(value=Decimal(300), unit="人"))
PROJECT = FLAWLESS.projects[0].model_copy(update={"purpose": "", "spend_plan": SpendPlan(), "indicators": (BARE,)})


def codes(project: Project, asked: frozenset[str] | None = None, pack: Pack = DEFAULT_PACK) -> list[str]:
    """What is missed in a document of one project."""
    department = FLAWLESS.model_copy(update={"projects": (project,)})
    found = judge(Submission(department, place=pack, asked=(asked,)))
    missed = ("XPF130", "XPF131", "XPF421", "XPF444", "XPF445", "XPF446", "XPF458", "XPF460")
    return sorted(fault.code for fault in found if fault.code in missed)


def test_all_that_a_form_asks_for_is_missed() -> None:
    assert codes(PROJECT, OURS) == ["XPF130", "XPF131", "XPF131", "XPF421", "XPF446", "XPF458", "XPF460"]


def test_a_document_of_which_nothing_is_known_is_asked_for_all() -> None:
    assert codes(PROJECT, None) == codes(PROJECT, OURS)
    assert [fault.code for fault in judge(Submission(FLAWLESS))] == []


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        (("purpose",), "XPF130"),
        (("indicators.level1",), "XPF131"),
        (("indicators.operator",), "XPF421"),
        (("shares.0", "shares.1", "shares.2", "shares.3"), "XPF446"),
        (("indicators.basis",), "XPF458"),
        (("indicators.description",), "XPF460"),
    ],
)
def test_what_the_form_has_no_place_for_is_not_missed(slots: tuple[str, ...], code: str) -> None:
    assert codes(PROJECT, OURS.difference(slots)) == [each for each in codes(PROJECT, OURS) if each != code]


def test_each_project_has_a_form_of_its_own() -> None:
    department = FLAWLESS.model_copy(update={"projects": (PROJECT, PROJECT)})

    found = judge(Submission(department, asked=(OURS, OURS - {"indicators.basis"})))

    assert [fault.project for fault in found if fault.code == "XPF458"] == [0]


def test_a_sign_in_a_form_without_a_column_for_it_is_still_judged() -> None:
    rising = BARE.model_copy(update={"target": Target(operator=Operator.GE, operator_stated=True, value=0, unit="人")})
    department = FLAWLESS.model_copy(update={"projects": (PROJECT.model_copy(update={"indicators": (rising,)}),)})

    found = judge(Submission(department, asked=(OURS - {"indicators.operator"},)))

    assert "XPF440" in [fault.code for fault in found]


# --- the rules of a place --------------------------------------------------------------------------------------------


def without_satisfaction(project: Project) -> Project:
    return project.model_copy(update={"indicators": project.indicators[:3]})


@pytest.mark.parametrize(
    ("pack", "missed"),
    [
        (DEFAULT_PACK, [["满意度指标"]]),
        (PACKS["national-2026-cost"], [["成本指标"], ["满意度指标"]]),
        (PACKS["hubei-2026"], []),  # effect and satisfaction have their points together
        (DEFAULT_PACK._replace(rescale=True), []),
        (DEFAULT_PACK._replace(weights=(("产出指标", 60), ("效益指标", 30))), []),
    ],
)
def test_the_classes_a_place_asks_for(pack: Pack, missed: list[str]) -> None:
    project = without_satisfaction(FLAWLESS.projects[0])
    department = FLAWLESS.model_copy(update={"projects": (project,)})

    found = judge(Submission(department, place=pack))

    assert [fault.values["level1"] for fault in found if fault.code == "XPF131"] == missed


def test_a_document_is_checked_by_the_pack_and_the_form_of_its_place(tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    path.write_text("2023年部门预算绩效文本\n" + TABLE, "utf-8")
    imported = read_document(path)
    known = replace(imported, asked=(OURS - {"indicators.level1"},))

    def missed(imported: Imported, pack: Pack = DEFAULT_PACK) -> list[str]:
        return [message(found) for found in check_document(imported, pack) if found.code == "XPF131"]

    assert missed(imported) == ["没有适用的效益指标，该类30分无处得", "没有适用的满意度指标，该类10分无处得"]
    assert missed(known) == []
    assert missed(imported, DEFAULT_PACK._replace(rescale=True)) == []


def test_a_checkpoint_that_the_form_has_not_is_no_gap() -> None:
    half = PROJECT.model_copy(update={"spend_plan": SpendPlan(shares=(None, Decimal("0.5"), None, Decimal(1)))})
    two = OURS - {"shares.0", "shares.2"}

    assert [code for code in codes(half, OURS) if code in ("XPF444", "XPF445")] == ["XPF444", "XPF444", "XPF445"]
    assert [code for code in codes(half, two) if code in ("XPF444", "XPF445")] == []
