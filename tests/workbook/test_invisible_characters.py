"""Blanks that are no spaces and characters nobody sees: they change no figure, no choice and no identity."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from workbook.returning import EVALUATION, FIRST, PLAN, PROJECT_PART, YEARLY, codes
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.form import PROJECT
from xlperf.form.results import parameter_values, results
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Operator
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.read.stale_results import as_formulas_see
from xlperf.workbook.write.department import department_bytes

BLANKS = (
    "\u3000",
    "\u00a0",
    "\t",
    "\n",
    "\u200b",
    "\u2003",
    "\u2060",
    "\ufeff",
    "\u3164",
    "\u200d",
    "\ufe0f",
    "\u2800",
    "_xFFFF_",
)
UNSEEN = ("\u00ad", "\u200b", "\u200e", "\u200d", "\u202d", "\u2060", "\u2066", "\ufeff", "\ufe0e", "\U000e0100")
BEYOND_FORMULAS = set(BLANKS) - {"\u3000", "\u00a0", "\t", "\n", "\u200b"}
UNUSED = 3  # a row of the indicator table that nobody filled


def noted(returned: Returned) -> list[tuple[str, str]]:
    return [(code, cell) for code, cell in codes(returned) if code.startswith(("XPF332", "XPF4"))]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_a_blank_in_an_unused_row_is_nothing(tmp_path: Path, blank: str) -> None:
    columns = ("level1", "name", "operator", "value", "weight")
    unused = {PLAN.cell_of(f"indicators.{key}", UNUSED): blank for key in columns}
    returned = PLAN.filled(tmp_path, {**unused, PLAN.cell_of("payments.amount", 11): blank})

    assert judged(returned).results[0].single["progress.paid"] == Decimal("12.1")
    assert len(returned.department.projects[0].indicators) == 2
    assert noted(returned) == [("XPF332", PLAN.cell_of("indicators.level1", UNUSED))] * (blank in BEYOND_FORMULAS)


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_a_blank_where_nothing_need_stand_is_nothing(tmp_path: Path, blank: str) -> None:
    blanks = {
        EVALUATION.cell_of("budget.adjusted"): blank,
        EVALUATION.cell_of("indicators.deduction", 0): blank,
        EVALUATION.cell_of("payments.amount", 11): blank,
    }
    returned = EVALUATION.filled(tmp_path, {**blanks, EVALUATION.cell_of("indicators.points", 1): 38})

    single = judged(returned).results[0].single
    assert (single["progress.paid"], single["total_score"], single["grade"]) == (
        Decimal("12.1"),
        Decimal("90.09"),
        "优",
    )
    assert noted(returned) == [("XPF332", EVALUATION.cell_of("budget.adjusted"))] * (blank in BEYOND_FORMULAS)


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_no_part_of_an_answer(tmp_path: Path, unseen: str) -> None:
    returned = EVALUATION.filled(
        tmp_path,
        {
            EVALUATION.cell_of("code"): f"13080023P00024610002U{unseen}",
            EVALUATION.cell_of("payments.amount", 10): f"{unseen}12.5{unseen}",
            EVALUATION.cell_of("budget.adjusted"): f"1,200{unseen}万元",
            EVALUATION.cell_of("indicators.actual", 1): f"{unseen}达成",
        },
    )

    project = returned.department.projects[0]
    assert project.code == "13080023P00024610002U"
    assert "XPF316" not in [code for code, _ in codes(returned)]
    assert (project.payments[10], project.budget.adjusted) == (Decimal("12.5"), Decimal(1200))
    assert project.indicators[1].actual == "达成"


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_no_part_of_a_choice(tmp_path: Path, unseen: str) -> None:
    returned = PLAN.filled(tmp_path, {PLAN.cell_of("indicators.operator", 0): f"{unseen}≤"})

    assert returned.department.projects[0].indicators[0].target.operator is Operator.LE


@pytest.mark.parametrize(
    ("operator", "state", "told"),
    [("\u200e≥", "无法判定", ["符号“⟨U+200E⟩≥”按≥读取"]), ("\u200b≥", "未达标", []), ("≥", "未达标", [])],
    ids=ascii,
)
def test_an_operator_is_expected_to_be_what_formulas_see(
    tmp_path: Path, operator: str, state: str, told: list[str]
) -> None:
    cells = {YEARLY.cell_of("indicators.operator", 0): operator, YEARLY.cell_of("indicators.actual", 0): 1}
    returned = YEARLY.filled(tmp_path, cells)
    sheet = next(sheet for sheet in returned.sheets if sheet.title == FIRST)

    expected = results(PROJECT, as_formulas_see(sheet), parameter_values(SETTINGS, small_department()))

    assert expected.bands["indicators"][0]["indicators.state"] == state
    assert [message(found) for found in returned.findings if found.code == "XPF402"] == told


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_one_project_is_counted_once(tmp_path: Path, unseen: str) -> None:
    content = department_bytes(small_department(), SETTINGS)
    parts = parts_of(content)
    code = "13080023P00024610002U"
    marked = parts[PROJECT_PART].replace(code.encode(), f"{code[:8]}{unseen}{code[8:]}".encode(), 1)
    (tmp_path / "甲.xlsx").write_bytes(content)
    (tmp_path / "乙.xlsx").write_bytes(packed({**parts, PROJECT_PART: marked}))

    told = consolidate(tmp_path, tmp_path / "汇总.xlsx")

    twice = [found for found in told.findings if found.code == "XPF601"]
    assert [found.locus.file for found in twice if found.locus.sheet == FIRST] == ["乙.xlsx"]
    assert told.totals.projects == 0


def test_a_finding_quotes_what_nobody_sees(tmp_path: Path) -> None:
    operator, amount = PLAN.cell_of("indicators.operator", 0), PLAN.cell_of("budget.carryover")

    returned = PLAN.filled(tmp_path, {operator: "\u2060约\u200f", amount: "\u202e多"})

    said = [message(found) for found in returned.findings if found.code in ("XPF401", "XPF404")]
    assert said == [
        "上年结转应为数字，现为“⟨U+202E⟩多”，未读入",
        "符号“⟨U+2060⟩约⟨U+200F⟩”不在可选项之内，未读入",
    ]
