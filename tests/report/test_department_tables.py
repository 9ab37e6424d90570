"""部门运行监控表 and 部门自评表, and what 总览 says of a period; the figures are added up by hand in `official`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from consolidate.departments import CAR, SETTINGS, write_in, write_yearly
from consolidate.official import CASES_IN_DECEMBER, CASES_IN_JUNE, REPAIRS_IN_DECEMBER, REPAIRS_IN_JUNE
from office.calc import Calc
from openpyxl.worksheet.worksheet import Worksheet

from xlperf.jobs.consolidate import consolidate
from xlperf.model import Period

PLAN, MONITORING, SELF_EVALUATION = Period


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    """What comes of workbooks of June, one of them of the first edition."""
    write_in(MONITORING, tmp_path / "交回" / "监控.xlsx", CASES_IN_JUNE, REPAIRS_IN_JUNE)
    june = SETTINGS.model_copy(update={"as_of": SETTINGS.as_of.replace(month=6, day=30)})
    write_yearly(tmp_path / "交回" / "购车.xlsx", CAR, settings=june)
    consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx")
    return tmp_path / "汇总.xlsx"


@pytest.fixture
def evaluated(tmp_path: Path) -> Path:
    """What comes of workbooks of December."""
    write_in(SELF_EVALUATION, tmp_path / "交回" / "自评.xlsx", CASES_IN_DECEMBER, REPAIRS_IN_DECEMBER)
    consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx")
    return tmp_path / "汇总.xlsx"


def sheet_of(path: Path, title: str) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=True)[title]


def values(sheet: Worksheet, row: int, columns: int) -> list[object]:
    return [cell.value for cell in sheet[row]][:columns]


def heads(sheet: Worksheet, row: int, columns: int) -> list[str]:
    """The headings of two rows as one text each; a merged one goes on to the right."""
    found, last = [], ""
    for above, below in zip(values(sheet, row, columns), values(sheet, row + 1, columns), strict=True):
        last = str(above) if above else last
        found.append(f"{last} {below}" if below else last)
    return found


def test_monitoring(summary: Path) -> None:
    sheet = sheet_of(summary, "部门运行监控表")

    assert sheet["A1"].value == "2023年度部门项目支出绩效运行监控表"
    assert sheet["A2"].value == "335001某区人民法院"
    assert sheet["A3"].value == (
        "共3个项目；官方预警（按序时）：红灯1，黄灯0，绿灯1；按计划预警：正常1，滞后0，严重滞后1，超支0，未到计划节点0"
    )
    assert heads(sheet, 4, 34) == [
        *("单位", "项目名称", "年初预算数 合计", "年初预算数 财政", "年初预算数 其他"),
        *("调整后预算数 合计", "调整后预算数 财政", "调整后预算数 其他"),
        *("1—6月执行数 合计", "1—6月执行数 财政", "1—6月执行数 其他"),
        *("执行率 合计", "执行率 财政", "执行率 其他"),
        *("全年预计执行数 合计", "全年预计执行数 财政", "全年预计执行数 其他"),
        *("预警 官方", "预警 按计划", "预警 目标"),
        *(f"指标完成情况（项） {state}" for state in ("指标", "达标", "超额", "未达标", "进行中")),
        *(f"指标完成情况（项） {state}" for state in ("未填报", "无法判定", "不涉及")),
        *(f"偏差原因（项） {kind}" for kind in ("经费", "制度", "人员", "硬件", "其他")),
        "原因说明",
    ]
    assert values(sheet, 7, 34) == [
        *("335001某区人民法院", "办案业务经费", 100, 80, 20, 120, 100, 20, 60, 45, 15, 0.5, 0.45, 0.75, 115, 95, 20),
        *("绿灯", "正常", "红灯", 2, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, "办案数量：招标延后"),
    ]
    assert values(sheet, 8, 34) == [
        *("335001某区人民法院", "人民法庭维修经费", 50, 50, None, 50, 50, None, 12.5, 12.5, None),
        *(0.25, 0.25, None, 50, 50, None, "红灯", "严重滞后", None),
        *(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, "付款资料未齐"),
    ]
    car = values(sheet, 9, 34)  # the first edition has no amounts by source and no official light
    assert car[1:9] == ["1辆囚车购置经费", 28.5, 28.5, None, 28.5, None, None, None]
    assert (car[17], car[20:28]) == (None, [1, 1, 0, 0, 0, 0, 0, 0])


def test_totals_of_monitoring(summary: Path) -> None:
    """Of three projects, of which one has no amounts by source and nothing paid."""
    totals = values(sheet_of(summary, "部门运行监控表"), 6, 33)

    assert totals[:11] == ["合计", None, 178.5, 158.5, 20, 198.5, 150, 20, 72.5, 57.5, 15]
    assert totals[11:14] == [0.365239, 0.383333, 0.75]  # 72.5 / 198.5, 57.5 / 150, 15 / 20
    assert totals[14:20] == [165, 145, 20, None, None, None]
    assert totals[20:] == [4, 2, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]


def test_self_evaluation(evaluated: Path) -> None:
    sheet = sheet_of(evaluated, "部门自评表")

    assert sheet["A1"].value == "2023年度部门项目支出绩效自评表"
    assert sheet["A3"].value == "共2个项目；等级：优1，良0，中1，差0；自评预警：红灯1，黄灯0"
    assert sheet["A4"].value == "年度绩效目标：—"
    assert heads(sheet, 5, 11) == [
        *("单位", "项目名称", "资金 年初预算数", "资金 全年预算数", "资金 全年执行数", "资金 执行率"),
        *("得分 执行", "得分 指标", "得分 总分", "等级", "自评预警"),
    ]
    assert values(sheet, 8, 11)[1:] == ["办案业务经费", 100, 120, 114, 0.95, 9.5, 58, 67.5, "中", None]
    assert values(sheet, 9, 11)[1:] == ["人民法庭维修经费", 50, 50, 25, 0.5, 5, 90, 95, "优", "红灯"]
    # Points by budget: (9.5 × 120 + 5 × 50) / 170, (58 × 120 + 90 × 50) / 170, (67.5 × 120 + 95 × 50) / 170.
    assert values(sheet, 7, 11) == ["合计", None, 150, 170, 139, 0.817647, 8.18, 67.41, 75.59, None, None]


@pytest.mark.office
@pytest.mark.parametrize("of", ["summary", "evaluated"])
def test_live_formulas_come_to_what_was_computed(of: str, request: pytest.FixtureRequest, calc: Calc) -> None:
    path: Path = request.getfixturevalue(of)
    formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    recalculated = calc.recalc(path)
    compared = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            value = cached[sheet.title][cell.coordinate].value
            expected = "" if value is None else value
            assert recalculated[sheet.title].get(cell.coordinate, "") == pytest.approx(expected, abs=1e-9)
            compared += sheet.title.startswith("部门")
    assert compared == {"summary": 29, "evaluated": 15}[of]


def test_each_row_leads_to_its_sheet(summary: Path) -> None:
    sheet = openpyxl.load_workbook(summary)["部门运行监控表"]
    led = []
    for row in sheet.iter_rows(min_row=7):
        link = next(cell.hyperlink for cell in row if cell.hyperlink)
        title, _, cell = link.location.rpartition("!")
        source = openpyxl.load_workbook(summary.parent / unquote(link.target))
        led.append(source[title.strip("'")][cell].value)

    assert led == [CASES_IN_JUNE.code, REPAIRS_IN_JUNE.code, CAR.code]


def test_it_is_printed_on_a4(summary: Path) -> None:
    sheet = openpyxl.load_workbook(summary)["部门运行监控表"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.print_area) == ("$4:$6", "'部门运行监控表'!$A$1:$AH$9")


@pytest.mark.parametrize(
    ("period", "title", "said", "tables"),
    [
        (PLAN, "2023年度部门绩效目标汇总", {"财政资金", "绩效指标"}, set()),
        (MONITORING, "2023年度部门绩效运行监控汇总", {"官方预警（按序时）"}, {"部门运行监控表"}),
        (SELF_EVALUATION, "2023年度部门绩效自评汇总", {"等级", "自评预警"}, {"部门自评表"}),
    ],
)
def test_the_first_page_speaks_of_the_period(
    tmp_path: Path, period: Period, title: str, said: set[str], tables: set[str]
) -> None:
    projects = CASES_IN_JUNE, REPAIRS_IN_JUNE
    for each in Period:
        write_in(each, tmp_path / "交回" / f"{each}.xlsx", *projects)
    consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx", period=period)
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    texts = {str(cell.value) for row in book["总览"].iter_rows() for cell in row if cell.value is not None}

    others = [f"{each}.xlsx" for each in sorted(set(Period) - {period})]
    assert book["总览"]["A1"].value == title
    assert f"▲ 2个工作簿属于其他年度或阶段，未计入，见“来源”：{'、'.join(others)}" in texts
    every = {"财政资金", "官方预警（按序时）", "等级", "自评预警"}
    assert texts & every == said & every
    assert {name for name in book.sheetnames if name.startswith("部门")} == tables
