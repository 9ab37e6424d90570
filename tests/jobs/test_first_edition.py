"""Workbooks of edition 2026.1, kept as files: what was filled in stands in each period's workbook, or is listed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.cli.main import main
from xlperf.jobs.generate import generate
from xlperf.model import Likelihood, Period, Project, ProjectReport, Report, UnreadableInput
from xlperf.workbook.read.read import read_workbook

KEPT = Path(__file__).parents[1] / "workbook" / "editions" / "2026.1"
CASES, COURTS = "办案业务经费", "智慧法庭设备购置经费"
PAID = ("15.2", "12.8", "26.4", "20.6", "21.35", "24.1", "22.75", "23.9", "24.4", "25.85")

CERTAIN, POSSIBLE, IMPOSSIBLE = Likelihood.CERTAIN, Likelihood.POSSIBLE, Likelihood.IMPOSSIBLE
OF_CASES: list[tuple[str | None, str, Likelihood | None]] = [
    ("3655", "其他：统计到10月底，近三年11、12月平均每月办结310件，年底可以完成", CERTAIN),
    ("1230", "", CERTAIN),
    ("91.2", "", CERTAIN),
    ("100", "", CERTAIN),
    ("98", "", POSSIBLE),
    ("594.7", "", CERTAIN),
    ("4386.5", "其他：两宗厂房拍卖流拍，涉及款项640万元，11月第二次拍卖", POSSIBLE),
    ("52", "人员：下半年新聘6名特邀调解员随庭下乡，巡回点由4个增加到7个", CERTAIN),
    (None, "", None),
    ("93.5", "", CERTAIN),
]
OF_COURTS: list[tuple[str | None, str, Likelihood | None]] = [
    ("1", "其他：招标推迟四个月，目前只完成第一审判庭", POSSIBLE),
    ("1", "其他：其余5套已到货，尚未安装", POSSIBLE),
    ("基本合格", "", POSSIBLE),
    ("未达成", "其他：废标后重新招标，交付时间推迟到12月", IMPOSSIBLE),
    ("18", "", CERTAIN),
    (None, "", None),
    (None, "", None),
    (None, "", None),
]
WHY_LATE = (
    "第一次公开招标有效投标人不足三家而废标，重新招标8月才完成；"
    "9月只付了首付款，其余5个审判庭11月安装，12月验收后付清。"
)
LEFT_OF_A_PLAN = {CASES: 21, COURTS: 15}  # 9 + 5 actuals, 3 + 3 reasons, 9 + 5 likelihoods; why so late, one rating


def carried(name: str, period: Period, tmp_path: Path) -> tuple[Project, list[dict[str, str]]]:
    """The one project of the workbook made of a kept one, and the rows of its sheet 未带入."""
    made: list[Path] = []
    source = KEPT / f"{name}.xlsx"
    generate(source, tmp_path, period=period, macros=False, done=lambda path, _: made.append(path))
    returned = read_workbook(made[0])
    assert returned.department is not None
    assert (returned.findings, len(returned.department.projects)) == ((), 1)
    book = openpyxl.load_workbook(made[0])
    return returned.department.projects[0], rows_of(book["未带入"]) if "未带入" in book.sheetnames else []


def rows_of(sheet: Worksheet) -> list[dict[str, str]]:
    """Each row by its headings."""
    _, _, heads, *rows = sheet.iter_rows(max_col=9, values_only=True)
    return [{str(head): str(value or "") for head, value in zip(heads, row, strict=True)} for row in rows]


def reported(rows: tuple[Report, ...]) -> list[tuple[str | None, str, Likelihood | None]]:
    """Actual, reason and likelihood of each."""
    return [(None if row.actual is None else str(row.actual), row.deviation_reason, row.likelihood) for row in rows]


def test_the_payments_stand_in_every_period(tmp_path: Path) -> None:
    for period in Period:
        cases, _ = carried(CASES, period, tmp_path / period / CASES)
        courts, _ = carried(COURTS, period, tmp_path / period / COURTS)

        assert cases.payments == (*map(Decimal, PAID), None, None)
        assert courts.payments == (*[None] * 8, Decimal(18), None, None, None)


def test_the_plan_stands_in_every_period(tmp_path: Path) -> None:
    for period in Period:
        project, _ = carried(CASES, period, tmp_path / period)

        assert (project.code, project.budget.initial) == ("99030026P00041810002W", 285)
        assert project.spend_plan.shares == tuple(map(Decimal, ("0.2", "0.5", "0.75", "1")))
        assert [row.target.raw for row in project.indicators] == [
            *("≥4200件", "≥1200件", "≥90%", "100%", ">98%", "≤700元", "≥5200万元", "≥40次", "0不涉及", "≥90%")
        ]
        weights = [row.weight for row in project.indicators]
        assert weights == [*map(Decimal, ("8.34", "8.34", "8.33", "8.33", "8.33", "8.33", "15", "15", "0", "10"))]
        assert len({row.id for row in project.indicators} - {""}) == 10


@pytest.mark.parametrize(("name", "rows"), [(CASES, OF_CASES), (COURTS, OF_COURTS)])
def test_monitoring_goes_on_where_the_old_workbook_stopped(
    name: str, rows: list[tuple[str | None, str, Likelihood | None]], tmp_path: Path
) -> None:
    project, left = carried(name, Period.MONITORING, tmp_path)

    assert reported(project.indicators) == rows
    assert project.deviation_reason == (WHY_LATE if name == COURTS else "")
    assert left == []


@pytest.mark.parametrize(("name", "rows"), [(CASES, OF_CASES), (COURTS, OF_COURTS)])
def test_self_evaluation_begins_anew_and_keeps_what_monitoring_said(
    name: str, rows: list[tuple[str | None, str, Likelihood | None]], tmp_path: Path
) -> None:
    project, left = carried(name, Period.SELF_EVALUATION, tmp_path)

    assert reported(project.indicators) == [(None, "", None)] * len(rows)
    assert reported(tuple(row.interim for row in project.indicators)) == rows
    assert project.interim == ProjectReport(deviation_reason=WHY_LATE if name == COURTS else "")
    listed = [(row["三级指标"], row["栏目"], row["原来填的"]) for row in left]
    assert listed == ([("交付使用时间", "定性评分", "3")] if name == COURTS else [])


@pytest.mark.parametrize(("name", "rows"), [(CASES, OF_CASES), (COURTS, OF_COURTS)])
def test_a_plan_has_no_place_for_results_and_lists_each_of_them(
    name: str, rows: list[tuple[str | None, str, Likelihood | None]], tmp_path: Path
) -> None:
    project, left = carried(name, Period.PLAN, tmp_path)

    assert reported(project.indicators) == [(None, "", None)] * len(rows)
    assert len(left) == LEFT_OF_A_PLAN[name]
    assert {row["为什么没有带入"] for row in left} == {"是另一期填的，不带入这一期"}
    filled = [value for row in rows for value in (row[0], row[1], row[2] and row[2].value) if value]
    others = [WHY_LATE, "3"] if name == COURTS else []
    assert sorted(row["原来填的"] for row in left) == sorted([*filled, *others])
    first = next(row for row in left if row["栏目"] == "实际完成值")
    old = KEPT / f"{name}.xlsx"
    sheet, cell = ("01_办案业务经费", "J13") if name == CASES else ("05_智慧法庭设备购置经费", "J12")
    assert first["原来的位置"] == f"{old} › {sheet} › {cell}"


def test_what_is_left_out_is_told_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(KEPT / f"{COURTS}.xlsx")

    assert main(["generate", source, "-o", str(tmp_path), "--period", "self-evaluation"]) == 0

    said = capsys.readouterr()
    assert "有 1 项原来填过的内容没有带入" in said.out + said.err
    assert "交付使用时间 定性评分：3" in said.out + said.err


def test_a_blank_one_has_no_project_to_carry(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as raised:
        generate(KEPT / "空白.xlsx", tmp_path, period=Period.PLAN, done=print)

    assert raised.value.key == "none_returned"
    assert not list(tmp_path.iterdir())
