"""The first page says it in one sentence, names who needs somebody, and adds up whatever was set aside."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, money, write, write_in
from consolidate.official import CASES_IN_DECEMBER, REPAIRS_IN_DECEMBER
from office.calc import Calc

from xlperf.consolidate import Consolidation, as_json
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Budget, Period, Project
from xlperf.report.summary.sentence import sentence, urgent_projects

JUNE = SETTINGS.model_copy(update={"as_of": dt.date(2023, 6, 29)})
CLERKS = ("13080023P000245100026", "聘任制书记员经费")
SLIPPED = CASES.model_copy(update={"payments": money("2", "2000")})  # 2000万 where 20万 was meant
OVERSPENT = CAR.model_copy(update={"payments": money("30"), "deviation_reason": "车价上涨"})


def told(folder: Path, *projects: Project) -> Consolidation:
    for project in projects:
        write(folder / "交回" / f"{project.name}.xlsx", project)
    return consolidate(folder / "交回", folder / "汇总.xlsx", expected=[CLERKS])


def test_the_sentence_has_what_was_paid_and_who_stands_out(tmp_path: Path) -> None:
    run = told(tmp_path, CASES, REPAIRS, OVERSPENT)

    assert sentence(run) == SAID
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["总览"]
    assert sheet["A3"].value == SAID


SAID = "截至10月底，3个项目支付102.50万元，执行率60.8%；超支1个：1辆囚车购置经费；未报1个：聘任制书记员经费。"


def test_a_day_within_a_month_is_named(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", CASES, settings=JUNE)

    assert sentence(consolidate([tmp_path / "甲.xlsx"], tmp_path / "汇总.xlsx")).startswith("截至6月29日，1个项目支付")


def test_the_most_urgent_come_with_their_reasons(tmp_path: Path) -> None:
    run = told(tmp_path, CASES.model_copy(update={"payments": money("1")}), OVERSPENT)

    assert [(each.name, reason) for each, reason in urgent_projects(run)] == [
        ("1辆囚车购置经费", "超支：支付30.00万元，超过执行预算28.50万元；填报的原因：车价上涨"),
        ("办案业务经费", "严重滞后：执行率1.0%，计划应达70.0%，少付69.00万元；填报的原因：@cmd 招标延后"),
    ]


# --- what is set aside ------------------------------------------------------------------------------------------------


@pytest.fixture
def slipped(tmp_path: Path) -> Consolidation:
    return told(tmp_path, SLIPPED, REPAIRS)


def test_an_implausible_project_is_in_no_total_but_its_own(slipped: Consolidation) -> None:
    data = json.loads(json.dumps({**as_json(slipped), "files": [], "projects": [], "findings": []}))
    totals, aside = data["totals"], data["set_aside"]

    assert (totals["projects"], totals["budget"], totals["paid"], totals["uncounted"]) == (1, "40", "12.5", 0)
    assert aside["projects"] == [
        {
            "code": SLIPPED.code,
            "name": "办案业务经费",
            "file": "办案业务经费.xlsx",
            "sheet": "01_办案业务经费",
            "reason": "累计支付2002万元，是执行预算100万元的20倍",
        }
    ]
    assert (aside["budget"], aside["paid"]) == ("100", "2002")
    everything = [(each.budget, each.paid) for each in slipped.projects]
    assert sum(budget for budget, _ in everything) == Decimal(totals["budget"]) + Decimal(aside["budget"])
    assert sum(paid for _, paid in everything) == Decimal(totals["paid"]) + Decimal(aside["paid"])
    assert slipped.repeated == ()


def test_both_totals_are_shown_and_add_up(slipped: Consolidation, tmp_path: Path) -> None:
    rows = list(openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["总览"].values)
    shown = {row[0]: row[4:13:4] for row in rows if row[0] in ("计入合计", "存疑、单列", "全部")}

    assert shown == {"计入合计": (1, 40, 12.5), "存疑、单列": (1, 100, 2002), "全部": (2, 140, 2014.5)}
    assert "金额存疑、单列1个：办案业务经费" in sentence(slipped)
    names = ("办案业务经费", "人民法庭维修经费")
    charted = [row[0] for row in rows if row[0] in names and isinstance(row[6], int | float)]
    assert charted == ["人民法庭维修经费"]


@pytest.mark.office
def test_the_formulas_of_both_totals_are_alive(slipped: Consolidation, tmp_path: Path, calc: Calc) -> None:
    said = openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["总览"]
    computed = calc.recalc(tmp_path / "汇总.xlsx")["总览"]

    formulas = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["总览"]
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                kept = said[cell.coordinate].value
                assert computed.get(cell.coordinate, "") == pytest.approx("" if kept is None else kept, abs=1e-9)


@pytest.mark.parametrize(
    ("budget", "paid", "doubtful"),
    [
        (Budget(initial=Decimal(20), fiscal_funds=Decimal(20)), "60", False),  # three times, not more
        (Budget(initial=Decimal(20), fiscal_funds=Decimal(20)), "60.01", True),
        (Budget(initial=Decimal(200_000), fiscal_funds=Decimal(200_000)), "10", True),  # the budget in 元
        (Budget(initial=Decimal(20), adjusted=Decimal(200_000)), "10", True),
        (Budget(), "10", False),  # XPF615
    ],
)
def test_what_is_implausible(tmp_path: Path, budget: Budget, paid: str, doubtful: bool) -> None:
    run = told(tmp_path, CASES.model_copy(update={"budget": budget, "payments": money(paid)}))

    assert [each.is_doubtful for each in run.projects] == [doubtful]
    assert ("XPF618" in run.codes) is doubtful


def test_a_repeated_project_is_a_repetition_however_implausible(tmp_path: Path) -> None:
    write(tmp_path / "交回" / "又一份.xlsx", SLIPPED.model_copy(update={"purpose": "另一份"}))
    run = told(tmp_path, SLIPPED)

    assert [each.code for each in run.repeated] == [CASES.code]
    assert (run.totals.uncounted, run.doubtful_totals.projects) == (2, 0)


# --- the counts, and what a file manager and a screen reader see ------------------------------------------------------


def test_the_counts_agree(tmp_path: Path) -> None:
    (tmp_path / "交回").mkdir()
    (tmp_path / "交回" / "空.xlsx").write_bytes(b"")
    (tmp_path / "交回" / "说明.docx").write_bytes(b"PK")
    write(tmp_path / "交回" / "又一份.xlsx", REPAIRS.model_copy(update={"purpose": "另一份"}))
    run = told(tmp_path, SLIPPED, REPAIRS, CAR)
    rows = list(openpyxl.load_workbook(tmp_path / "汇总.xlsx", data_only=True)["总览"].values)
    at = next(i for i, row in enumerate(rows) if row[0] == "已汇总")
    counts = {head: rows[at + 1][i] for i, head in enumerate(rows[at]) if head}

    assert {head: counts[head] for head in ("已汇总", "未能读取", "未计入", "其他文件")} == {
        "已汇总": 4,
        "未能读取": 1,
        "未计入": 0,
        "其他文件": 1,
    }
    assert run.file_count == 6
    assert (counts["计入合计"], counts["存疑单列"], counts["重复未计"], counts["应报未报"]) == (1, 1, 1, 1)
    assert counts["错误"] + counts["提醒"] + counts["提示"] == counts["合计"] == len(list(run.findings))
    assert [project.name for project in run.repeated] == [REPAIRS.name]  # one project, in two files
    assert "重复报送1个" in str(rows[2][0])


def test_charts_have_a_title_and_say_what_they_show(tmp_path: Path) -> None:
    told(tmp_path, CASES)
    with zipfile.ZipFile(tmp_path / "汇总.xlsx") as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
        charts = [package.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2)]

    assert drawing.count('descr="累计支付与计划、序时进度（万元）。截至10月底，1个项目支付') == 1
    assert drawing.count('descr="各项目执行预算、计划应付与累计支付（万元）。') == 1
    assert [chart.count("<c:title>") for chart in charts] == [1, 1]


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    told(tmp_path, CASES)
    properties = openpyxl.load_workbook(tmp_path / "汇总.xlsx").properties

    assert (properties.title, properties.subject) == ("2023年度部门绩效运行监控汇总", "2023年度运行监控")
    assert (properties.creator, properties.category) == ("xlperf", "部门预算绩效管理")
    assert properties.description.startswith("截至10月底，1个项目支付")


def test_of_a_self_evaluation_the_grades_are_said_too(tmp_path: Path) -> None:
    write_in(Period.SELF_EVALUATION, tmp_path / "a.xlsx", CASES_IN_DECEMBER, REPAIRS_IN_DECEMBER)
    run = consolidate([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx")

    assert sentence(run) == GRADED


def test_of_a_plan_budget_and_indicators_are_said(tmp_path: Path) -> None:
    write_in(Period.PLAN, tmp_path / "a.xlsx", CASES, REPAIRS)

    assert sentence(consolidate([tmp_path / "a.xlsx"], tmp_path / "汇总.xlsx")) == (
        "2个项目，预算140.00万元，绩效指标3项。"
    )


GRADED = "截至12月底，2个项目支付139.00万元，执行率81.8%，等级优1个、中1个；严重滞后1个：人民法庭维修经费。"
