"""Published self-evaluations held against the rules (forms.md §8): each row agrees or is flagged by the right rule."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from checks.flawless import findings_of, typed_workbook

from xlperf.checks import message
from xlperf.checks.rule import Typed
from xlperf.measure import PACKS
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook

CASES = Path(__file__).parents[1] / "measure" / "scored_rows.json"
PUBLISHED = json.loads(CASES.read_text("utf-8"), parse_float=Decimal)
ROWS = [row for row in PUBLISHED["rows"] if row["level2"] != "预算执行"]
OF_MONEY = [row for row in PUBLISHED["rows"] if row["level2"] == "预算执行"]
SIGNS = {"": None, "=": "=", ">=": "≥", "<=": "≤", "qual": "定性", "text": "定性"}
EVALUATION: Typed = {"form": "绩效自评"}
AUDIT = {f"XPF{code}" for code in (521, 523, 527, 539, 550, 551, 552, 553)}

FAULTS = {
    "带动贫困户": {"XPF523"},  # 7.28, to one decimal
    "新型经营主体实现产值": {"XPF521", "XPF523"},
    "新型经营主体助农增收": {"XPF521", "XPF523"},
    "满意度": {"XPF521", "XPF523"},
    "卫片执法补助经费": {"XPF523", "XPF551"},
    "项目完成及时率": {"XPF523", "XPF551"},
    "效果显著": {"XPF539", "XPF550"},
    "成本控制数": {"XPF527", "XPF550"},
    "成本控制率": {"XPF539", "XPF550"},
    "居民健康档案": {"XPF523"},
    "适龄儿童疫苗接种率": {"XPF523"},
    "早孕建册数": {"XPF523"},
    "老年人体检数": {"XPF523"},
    "糖尿病规范管理数": {"XPF523"},
}
"""What is found about a row, by its indicator; nothing about the others."""


def typed(row: dict[str, object]) -> Typed:
    """The row in place of the first one, its published score typed over the computed one."""
    target, _, actual = str(row["unit"]).partition(" → ")
    words = row["target"] is None
    cells = {
        "level2": row["level2"],
        "name": row["indicator"],
        "operator": SIGNS[str(row["sign"])],
        "value": target if words else row["target"],
        "unit": None if words else "%" if "%" in target else target or "人",
        "actual": actual if words else row["actual"],
        "weight": row["weight"],
    }
    return {
        **EVALUATION,
        **{f"indicators.{key}": cell for key, cell in cells.items()},
        "=indicators.score": row["published_score"],
    }


def audited(typed: Typed, folder: Path, cells: str) -> set[str]:
    """The codes of the audit found in the row or at the cell."""
    found = findings_of(typed, folder)
    return {each.code for each in found if each.code in AUDIT and each.locus.cell.lstrip("ABCDEFGHIJKLMN") == cells}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["indicator"])
def test_a_published_row_agrees_or_is_flagged(row: dict[str, object], tmp_path: Path) -> None:
    assert audited(typed(row), tmp_path, FIRST_ROW) == FAULTS.get(str(row["indicator"]), set())


def test_the_rows_that_disagree_are_those_the_reviewer_found() -> None:
    assert {row["indicator"] for row in ROWS if row["agrees"] is not True} == set(FAULTS)
    assert len(ROWS) == 31


FIRST_ROW = "13"


@pytest.mark.parametrize("row", OF_MONEY, ids=lambda row: row["indicator"])
def test_published_points_for_execution_agree(row: dict[str, object], tmp_path: Path) -> None:
    money = row["target"]
    cells = {f"payments.amount#{month}": None for month in range(2, 13)}
    stated = {
        **EVALUATION,
        **cells,
        "budget.initial": money,
        "budget.fiscal_funds": money,
        "paid.fiscal_funds": money,
        "payments.amount#1": money,
        "=rate_score": row["published_score"],
    }

    assert not {each.code for each in findings_of(stated, tmp_path)} & {"XPF553", "XPF508", "XPF537"}


UNSPENT: Typed = {
    **EVALUATION,
    **{f"payments.amount#{month}": None for month in range(2, 13)},
    "payments.amount#1": Decimal("17.3"),
    "paid.fiscal_funds": Decimal("17.3"),
}
"""86.5 % of the budget, as published beside 支付 100 %."""


def test_all_was_paid_in_time_beside_unspent_money(tmp_path: Path) -> None:
    row = {"name": "2021年11月30日前完成资金支付", "operator": "=", "value": 100, "unit": "%", "actual": 100}
    stated = {**UNSPENT, **{f"indicators.{key}": cell for key, cell in row.items()}}

    (found,) = (each for each in findings_of(stated, tmp_path) if each.code == "XPF552")
    assert message(found) == "完成值为100%，表上的预算执行率为86.5%"


def test_full_points_for_execution_beside_unspent_money(tmp_path: Path) -> None:
    (found,) = (each for each in findings_of({**UNSPENT, "=rate_score": 10}, tmp_path) if each.code == "XPF553")
    assert message(found) == "执行率得分为10，按规则包“全国2026”重算为8.65"


REVERSED: Typed = {"operator": "≤", "value": 10, "unit": "天", "actual": 12, "deviation_reason": "设备到货延迟。"}


@pytest.mark.parametrize(
    ("pack", "deduction", "score", "sum_of_it"),
    [
        ("national-2026", None, "26.66", "33.33 × (1 − (12 − 10) ÷ 10)"),
        ("national-2020-ratio", None, "27.78", "33.33 × 10 ÷ 12"),
        ("national-2026", 2, "24.66", "33.33 × (1 − (12 − 10) ÷ 10)，扣减2"),
        ("national-2020-ratio", 2, "25.78", "33.33 × 10 ÷ 12，扣减2"),
    ],
)
def test_points_typed_by_the_unit_beside_those_of_the_pack(
    pack: str, deduction: int | None, score: str, sum_of_it: str, tmp_path: Path
) -> None:
    row = {f"indicators.{key}": cell for key, cell in {**REVERSED, "deduction": deduction}.items()}
    stated = {**EVALUATION, "pack": pack, **row}

    agreed = findings_of({**stated, "=indicators.score": Decimal(score)}, tmp_path)
    (found,) = (each for each in findings_of({**stated, "=indicators.score": 30}, tmp_path) if each.code == "XPF523")
    assert not {each.code for each in agreed} & AUDIT
    assert f"得分为30，按规则包“{PACKS[pack].zh}”重算为{score}（{sum_of_it}）" == message(found)


def test_an_audit_under_another_pack(tmp_path: Path) -> None:
    """What agrees with the workbook's own pack is held against the runner's."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(typed_workbook({**EVALUATION, **{f"indicators.{key}": cell for key, cell in REVERSED.items()}}))
    returned = read_workbook(path)

    own, other = judged(returned), judged(returned, pack="national-2020-ratio")
    assert [each.code for each in own.findings] == []
    assert [message(each) for each in other.findings if each.code in ("XPF523", "XPF537")] == [
        "得分为26.66，按规则包“全国2020比值法”重算为27.78（33.33 × 10 ÷ 12）",
        "总分为91.33，按规则包“全国2020比值法”重算为92.45",
    ]


def test_a_total_that_is_not_its_sum(tmp_path: Path) -> None:
    """The head says 98, the rows come to 98 of 100 with 28 of 30 for 定性."""
    agreed = findings_of({**EVALUATION, "=total_score": 98}, tmp_path)
    told = findings_of({**EVALUATION, "=total_score": 99}, tmp_path)

    assert [each.code for each in agreed] == []
    assert "总分为99，按规则包“全国2026”重算为98" in [message(each) for each in told]


def test_a_rate_printed_as_a_fraction(tmp_path: Path) -> None:
    row = {"operator": "≥", "value": 95, "unit": "%", "actual": Decimal("0.96")}
    stated = {**EVALUATION, **{f"indicators.{key}#2": cell for key, cell in row.items()}}

    assert "XPF439" in {each.code for each in findings_of(stated, tmp_path)}


def test_a_row_of_parts_without_points(tmp_path: Path) -> None:
    stated = {**EVALUATION, "indicators.name#2": "其中：执行案件", "indicators.weight#2": None}

    assert {each.code for each in findings_of(stated, tmp_path)} >= {"XPF531", "XPF522"}


@pytest.mark.parametrize(("score", "said"), [("16.67", ["XPF402"]), ("12", ["XPF402", "XPF523", "XPF551"])])
def test_a_figure_that_only_the_reader_reads_earns_its_points(score: str, said: list[str], tmp_path: Path) -> None:
    typed: Typed = {**EVALUATION, "indicators.actual#2": "98 %", "=indicators.score#2": Decimal(score)}

    assert [found.code for found in findings_of(typed, tmp_path)] == said


def test_points_have_two_places_and_so_have_weights_when_they_are_added_up(tmp_path: Path) -> None:
    weights = dict(zip(("#1", "#2", "#3", "#4"), map(Decimal, ("33.335", "16.665", "30", "10")), strict=True))
    typed: Typed = {**EVALUATION, **{f"indicators.weight{row}": weight for row, weight in weights.items()}}

    (found,) = findings_of(typed, tmp_path)  # 33.34 points for 33.335 are not above their weight
    assert (found.code, message(found)) == ("XPF522", "指标分值合计90.01，应为90")
