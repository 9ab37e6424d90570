"""Every code has a page, and every page tells the truth: its example fires the finding, its near miss does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checks.flawless import typed_workbook
from checks.stories import STORIES
from checks.story_runner import Runner, workbook

from xlperf.checks import CODES, message
from xlperf.checks.pages import PAGES, department, document, file, form, in_words, page, pasting, value
from xlperf.checks.rule import DESCRIBED, Typed
from xlperf.checks.rules import (
    audit,
    deviations,
    execution,
    funds,
    limits,
    parameters,
    plan,
    results,
    scores,
    structure,
    targets,
    units,
    wording,
)
from xlperf.checks.rules import department as between_projects
from xlperf.model import Finding

GROUPS = {
    "document": (document, structure),
    "file": (file,),
    "form": (form,),
    "value": (value,),
    "plan": (plan,),
    "target": (targets, units, limits),
    "wording": (wording,),
    "execution": (execution, funds, parameters),
    "score": (results, deviations, scores, audit),
    "department": (department, between_projects),
    "pasting": (pasting,),
}

# fmt: off
UNREADABLE = (
    "XPF201", "XPF202", "XPF203", "XPF204", "XPF205", "XPF207", "XPF208", "XPF209", "XPF211", "XPF214", "XPF220",
    "XPF221", "XPF229", "XPF230", "XPF231", "XPF232", "XPF233", "XPF234", "XPF235", "XPF236", "XPF237", "XPF238",
)
"""Why a file as a whole is not read."""
# fmt: on
UNREAD = (*UNREADABLE, "XPF206", "XPF210", "XPF241", "XPF607", "XPF608", "XPF613", "XPF616", "XPF617", "XPF707")
"""Findings without sheet and cell: nothing of the file was read, or it was passed over."""

FILELESS = ("XPF602", "XPF604", "XPF605", "XPF609", "XPF610")
"""Findings about no one file."""


def runners(code: str) -> tuple[Runner, Runner]:
    """How the example and the near miss of a page are made."""
    if code in STORIES:
        return STORIES[code]
    fires, passes = page(code)[-2:]
    return typed(code, fires), typed(code, passes)


def typed(code: str, example: Typed | str) -> Runner:
    """A typed example."""
    assert not isinstance(example, str), f"{code} tells a story that nobody executes"
    return workbook(lambda: typed_workbook(example))


def of(code: str, found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.code == code]


# --- completeness ----------------------------------------------------------------------------------------------------


def test_every_code_has_one_page() -> None:
    assert PAGES.keys() | DESCRIBED.keys() == CODES.keys()
    assert not PAGES.keys() & DESCRIBED.keys()


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_all_its_parts(code: str) -> None:
    rule_page = page(code)

    assert all(rule_page)
    assert rule_page.fires != rule_page.passes
    assert re.fullmatch(r"[A-Z“][^\n。]+\.", rule_page.summary)
    for part in (rule_page.what, rule_page.why, rule_page.how):
        assert re.fullmatch(r"[^\n]{4,150}。", part)
    for example in (rule_page.fires, rule_page.passes):
        assert not isinstance(example, str) or re.fullmatch(r"[^\n]{4,80}[^。]", example)


def test_every_story_belongs_to_a_page_that_tells_it() -> None:
    with_stories = {code for code in CODES if isinstance(page(code).fires, str)}

    assert STORIES.keys() == with_stories


def test_there_are_rules_enough_in_every_group() -> None:
    assert len(DESCRIBED) >= 60
    assert sorted(code for modules in GROUPS.values() for module in modules for code in codes_of(module)) == sorted(
        CODES
    )
    assert all(any(codes_of(module) for module in modules) for modules in GROUPS.values())


def codes_of(module: object) -> list[str]:
    """The codes whose pages stand in this module."""
    pages = getattr(module, "PAGES", None)
    if pages is not None:
        return list(pages)
    return [code for code, (check, _, _) in DESCRIBED.items() if check.__module__ == module.__name__]


# --- examples that run -----------------------------------------------------------------------------------------------


@pytest.mark.long  # a workbook or more for every code
@pytest.mark.parametrize("code", PAGES)
def test_an_example_is_found_where_it_stands(code: str, tmp_path: Path) -> None:
    found = of(code, runners(code)[0](tmp_path))

    assert found
    for finding in found:
        assert "{" not in message(finding) + message(finding, "en")
        assert not re.search("[、，；：]", re.sub("“[^”]*”", "", message(finding, "en")))
        assert_placed(finding)


def assert_placed(finding: Finding) -> None:
    """File, sheet and cell of what was read of a workbook, the line of a document."""
    place = finding.locus
    if finding.code in FILELESS:
        assert (place.file, place.sheet, place.cell) == ("", "", "")
    elif finding.code in UNREAD:
        assert place.file
        assert (place.sheet, place.cell) == ("", "")
    elif place.line is not None:
        assert place.file in ("文本.txt", "台账.csv")
        assert place.line > 0
    else:
        assert place.file
        assert place.sheet
        assert re.fullmatch(r"[A-Z]+\d+", place.cell)


@pytest.mark.long
@pytest.mark.parametrize("code", PAGES)
def test_a_near_miss_is_not_found(code: str, tmp_path: Path) -> None:
    found = runners(code)[1](tmp_path)

    assert of(code, found) == []
    assert not {finding.code for finding in found} & set(UNREADABLE), "what is not read shows nothing"


# --- examples in words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_example_can_be_told(code: str, lang: str) -> None:
    for example in page(code)[-2:]:
        words = in_words(example, lang)

        if isinstance(example, str):
            assert words == example
            continue
        assert words
        assert not re.search(r"[a-z]\.[a-z*]|[{}]|Decimal|None|^＝|，＝", words)


@pytest.mark.parametrize(
    ("example", "zh", "en"),
    [
        ("另存为 .xlsx", "另存为 .xlsx", "另存为 .xlsx"),
        (
            {"indicators.operator": "≤", "indicators.level2": "数量指标"},
            "符号＝≤，二级指标＝数量指标",
            "符号 = ≤; 二级指标 = 数量指标",
        ),
        ({"indicators.value#4": 75}, "指标值（第4行）＝75", "指标值 (row 4) = 75"),
        ({"2!name": "囚车购置"}, "第2个项目的项目名称＝囚车购置", "项目名称 of project 2 = 囚车购置"),
        ({"=total_score": 88}, "总分的计算结果被改成88", "the result in 总分 changed to 88"),
        ({"purpose": None}, "资金用途留空", "资金用途 left blank"),
        ({"indicators.*": None}, "绩效指标表整张留空", "the whole of 绩效指标表 left blank"),
        (
            {"shares.0": None, "shares.1": None, "shares.2": "0.3"},
            "3月底计划、6月底计划留空，10月底计划＝0.3",
            "3月底计划, 6月底计划 left blank; 10月底计划 = 0.3",
        ),
        ({"shares.3": 1, "yellow": "60%"}, "12月底计划＝100%，滞后线＝60%", "12月底计划 = 100%; 滞后线 = 60%"),
        ({"shares.2": 120}, "10月底计划＝120", "10月底计划 = 120"),
        (
            {"period": "绩效自评", "as_of": "2026-12-31"},
            "填报类型＝绩效自评，截止日期＝2026-12-31",
            "填报类型 = 绩效自评; 截止日期 = 2026-12-31",
        ),
        (
            {f"payments.amount#{month}": None for month in (3, 4, 5)},
            "当月支付（3月至5月）留空",
            "当月支付 (month 3 to month 5) left blank",
        ),
        (
            {"indicators.actual#1": 4200, "indicators.actual#2": 98, "budget.initial": 20},
            "实际完成值（第1行）＝4200，实际完成值（第2行）＝98，预算数＝20",
            "实际完成值 (row 1) = 4200; 实际完成值 (row 2) = 98; 预算数 = 20",
        ),
        ({"indicators.operator": "="}, "符号＝“=”", "符号 = “=”"),
        ({"payments.amount": 20}, "当月支付（1月）＝20", "当月支付 (month 1) = 20"),
        ({"purpose": "办案，差旅"}, "资金用途＝“办案，差旅”", "资金用途 = “办案，差旅”"),
    ],
)
def test_an_example_in_words(example: Typed | str, zh: str, en: str) -> None:
    assert in_words(example) == zh
    assert in_words(example, "en") == en
