"""The department `xlperf demo` runs on: what its document says, what is wrong with it, what its clerks answered."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from xlperf.document import Imported, read_document
from xlperf.form import EDITIONS, Kind, Role, form_set_of
from xlperf.form.editions import PERIODS
from xlperf.jobs.example import typed_answers
from xlperf.measure import check_code, execution_rate, light, plan_progress, plan_share, time_progress
from xlperf.model import Indicator, Operator, Period, Project
from xlperf.model.text import read_money

EXAMPLE = Path(str(files("xlperf.jobs"))) / "example"
FUND = "2026年政法基础设施及装备补助资金（示财政法【2026】12号）"
CASES, OFFICE, CLERKS, SERVICE, COURTROOMS, REPAIR, VEHICLE = (
    "99030026P00041810002W",
    "99030026P00041910002J",
    "99030026P00042010002N",
    "99030026P000421100051",
    "99030026P00057710003X",
    "99030026P00057710001N",
    "99030026P00057710004H",
)


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_document(EXAMPLE / "document.txt")


@pytest.fixture(scope="module")
def projects(imported: Imported) -> dict[str, Project]:
    return {project.code: project for project in imported.department.projects}


@pytest.fixture(scope="module")
def answers() -> dict:
    return typed_answers()


# --- the document ----------------------------------------------------------------------------------------------------


def test_the_department(imported):
    department = imported.department

    assert (department.unit.code, department.unit.name) == ("366001", "示范市清河区人民法院")
    assert department.year == 2026
    assert department.overall_objective.startswith("2026年，我院围绕“公正与效率”安排工作")
    assert len(department.overall_objective.split("\n")) == 9
    assert [item.split("。")[0] for item in department.sub_objectives] == [
        "办案业务经费",
        "公务运转经费",
        "聘用制书记员经费",
        "诉讼服务中心运行维护经费",
        "智慧法庭设备购置经费",
        "派出法庭修缮经费",
        "囚车及警务装备购置经费",
    ]
    assert [item.split("\n")[-1].split("。")[0] for item in department.safeguards] == [
        "完善制度建设",
        "加强支出管理",
        "加强绩效运行监控",
        "规范财务资产管理",
        "加强内部监督",
        "加强宣传培训调研等",
        "做好绩效自评",
    ]


def test_the_projects(imported):
    assert [
        (project.number, project.code, project.name, str(project.budget.initial), len(project.indicators))
        for project in imported.department.projects
    ] == [
        (1, CASES, "办案业务经费", "285", 10),
        (2, OFFICE, "公务运转经费", "86.5", 9),
        (3, CLERKS, "聘用制书记员经费", "108.8", 9),
        (4, SERVICE, "诉讼服务中心运行维护经费", "36", 8),
        (5, COURTROOMS, f"{FUND}智慧法庭设备购置经费", "120", 8),
        (6, REPAIR, FUND.replace("（", "(") + "派出法庭修缮经费", "64", 8),
        (7, VEHICLE, f"{FUND}囚车及警务装备购置经费", "45.8", 8),
    ]


def test_the_funds_add_up_to_what_the_overall_objective_says(imported):
    budgets = [project.budget for project in imported.department.projects]

    assert sum(budget.initial for budget in budgets) == Decimal("746.10")
    assert sum(budget.fiscal_funds for budget in budgets) == Decimal("740.10")
    assert [budget.other_funds for budget in budgets] == [None, None, None, Decimal(6), None, None, None]
    assert all(budget.fiscal_funds + (budget.other_funds or 0) == budget.initial for budget in budgets)
    assert "共7个，预算746.10万元，其中财政资金740.10万元、其他资金6.00万元" in imported.department.overall_objective


def test_the_plans(projects):
    assert {
        code: [None if share is None else f"{share:.0%}" for share in project.spend_plan.shares]
        for code, project in projects.items()
    } == {
        CASES: ["20%", "50%", "75%", "100%"],
        OFFICE: ["25%", "50%", "80%", "100%"],
        CLERKS: ["25%", "50%", "83%", "100%"],
        SERVICE: ["30%", "60%", "85%", "100%"],
        COURTROOMS: ["10%", "30%", "60%", "100%"],
        REPAIR: ["5%", "10%", "30%", "100%"],
        VEHICLE: [None, None, None, "100%"],
    }


def test_the_first_project_has_two_objectives(projects):
    assert projects[CASES].objectives == (
        "全年办结案件4200件以上，诉前调解成功1200件以上，一审裁判九成以上当事人服判。",
        "案件经费按标准列支，每办结一件案件的平均开支不超过700元。",
    )


def test_every_way_to_state_a_target_occurs(imported):
    targets = [indicator.target for project in imported.department.projects for indicator in project.indicators]

    assert len(targets) == 60
    assert Counter((target.operator.value, target.operator_stated) for target in targets) == {
        (">=", True): 26,
        ("<=", True): 13,
        ("=", True): 5,
        ("=", False): 7,
        (">", True): 1,
        ("qualitative", False): 5,
        ("not_applicable", False): 3,
    }
    assert [target.value for target in targets if target.operator is Operator.QUALITATIVE] == [
        "保障有力",
        "持续提升",
        "基本健全",
        "2026年9月底前",
        "符合国家现行排放标准",
    ]


# --- its planted faults ----------------------------------------------------------------------------------------------


def test_the_importer_finds_what_was_planted_and_nothing_else(imported):
    assert [(found.code, found.locus.line, dict(found.values)) for found in imported.findings] == [
        ("XPF107", 296, {"field": "指标值", "text": "≤86.5不超过86.5万元"}),
        ("XPF104", 334, {"heading": "聘任制书记员经费", "name": "聘用制书记员经费"}),
        ("XPF107", 857, {"field": "指标值", "text": "≥80大于等于80%"}),
    ]


def test_one_code_has_a_wrong_check_character(projects):
    assert {code: check_code(code) for code in projects} == {
        CASES: "有效",
        OFFICE: "有效",
        CLERKS: "有效",
        SERVICE: "校验位不符",
        COURTROOMS: "有效",
        REPAIR: "有效",
        VEHICLE: "有效",
    }


def test_one_objective_is_a_placeholder(projects):
    assert [code for code, project in projects.items() if project.objectives == ("目标内容1",)] == [OFFICE]


def test_faulty_units(projects):
    assert [(code, place, row.target.unit) for code, place, row in _rows(projects) if _unit_is_odd(row)] == [
        (OFFICE, 3, "报销单据一次审核通过"),
        (OFFICE, 5, "不超过86.5万元"),
        (COURTROOMS, 8, "使用人员满意度"),
        (REPAIR, 6, "大于等于80%"),
        (VEHICLE, 3, ""),
    ]


def test_names_repeated_as_descriptions(projects):
    assert [(code, place, row.name) for code, place, row in _rows(projects) if row.name == row.description] == [
        (OFFICE, 2, "保障派出法庭数量"),
        (OFFICE, 3, "报销单据审核通过率"),
        (OFFICE, 5, "公务运转总成本"),
    ]


def test_a_most_where_a_least_is_meant(projects):
    assert [
        (code, place, row.target.raw)
        for code, place, row in _rows(projects)
        if row.target.operator is Operator.LE and row.level2 in ("数量指标", "质量指标", "服务对象满意度指标")
    ] == [(REPAIR, 1, "≤3处")]


def _rows(projects: dict[str, Project]) -> list[tuple[str, int, Indicator]]:
    """(code, place in its table from 1, indicator) of every indicator that applies."""
    return [
        (code, place, row)
        for code, project in projects.items()
        for place, row in enumerate(project.indicators, start=1)
        if row.target.operator is not Operator.NOT_APPLICABLE
    ]


def _unit_is_odd(row: Indicator) -> bool:
    usual = ("%", "件", "天", "个", "人", "人次", "次", "个月", "元", "万元", "小时", "套", "处", "平方米", "辆")
    return row.target.operator is not Operator.QUALITATIVE and row.target.unit not in usual


# --- the answers -----------------------------------------------------------------------------------------------------


def test_every_project_but_one_came_back_in_every_period(projects, answers):
    assert [code for code in projects if code not in answers] == [CLERKS]
    assert {code: list(given) for code, given in answers.items()} == {
        code: ["plan", "monitoring", "self-evaluation"] for code in projects if code != CLERKS
    }


@pytest.mark.parametrize("period", Period)
def test_what_was_typed_stands_in_cells_that_ask_for_it(projects, answers, period):
    form = EDITIONS[form_set_of(period, "national")]["project"]
    asked = {slot.path if slot.kind is Kind.TICK else slot.key for _, slot in form.slots if slot.role is Role.INPUT}

    for code, given in answers.items():
        assert given[PERIODS[period]].keys() <= asked
        for key, typed in given[PERIODS[period]].items():
            if isinstance(typed, list):
                assert len(typed) == (12 if key == "payments.amount" else len(projects[code].indicators))


def test_nothing_is_answered_about_what_does_not_apply(projects, answers):
    for code, given in answers.items():
        for key, column in (item for columns in given.values() for item in columns.items()):
            if not key.startswith("indicators."):
                continue
            for row, typed in zip(projects[code].indicators, column, strict=True):
                if row.target.operator is Operator.NOT_APPLICABLE:
                    assert typed == ""
                assert typed == "" or key != "indicators.points" or row.target.operator is Operator.QUALITATIVE


def test_no_month_is_paid_twice(answers):
    for given in answers.values():
        halves = [given[period]["payments.amount"] for period in ("monitoring", "self-evaluation")]
        assert halves[0][6:] == halves[1][:6] == [""] * 6


def test_what_the_clerks_typed_into_number_cells(answers):
    typed = [
        (code, period, key, value)
        for code, given in answers.items()
        for period, columns in given.items()
        for key, column in columns.items()
        for value in (column if isinstance(column, list) else [column])
        if isinstance(value, str) and value not in ("", "达成", "部分达成", "未达成") and _is_number(period, key)
    ]

    assert typed == [
        (CASES, "monitoring", "indicators.actual", "６２０"),
        (SERVICE, "plan", "budget.other_funds", "6万"),
        (COURTROOMS, "monitoring", "indicators.expected", "6套"),
        (COURTROOMS, "self-evaluation", "payments.amount", "18万"),
        (COURTROOMS, "self-evaluation", "indicators.actual", "基本合格"),
    ]


def _is_number(period: str, key: str) -> bool:
    form = EDITIONS[form_set_of(next(each for each in Period if PERIODS[each] == period), "national")]["project"]
    kind = next((slot.kind for _, slot in form.slots if slot.key == key), None)
    return kind in (Kind.MONEY, Kind.POINTS, Kind.QUANTITY)


def test_the_sums_by_source_that_are_not_what_was_paid(answers):
    """June: two digits of OFFICE's sum are another; December: two of REPAIR's are swapped."""
    paid = dict.fromkeys(answers, Decimal(0))
    off = []
    for period in ("monitoring", "self-evaluation"):
        for code, given in answers.items():
            paid[code] += sum(read_money(str(amount)) for amount in given[period]["payments.amount"] if amount != "")
            of_sources = sum(amount for key, amount in given[period].items() if key.startswith("paid."))
            if of_sources != paid[code]:
                off.append((code, period, str(paid[code]), str(of_sources)))

    assert off == [(OFFICE, "monitoring", "26.40", "26.60"), (REPAIR, "self-evaluation", "62.40", "64.20")]


def test_the_spend_progress_in_june_and_december(projects, answers):
    assert {code: _progress(projects[code], given, 6) for code, given in answers.items()} == {
        CASES: ("120.45", "285", "42.3%", "85%", "85%", "正常"),
        OFFICE: ("26.40", "82.00", "32.2%", "64%", "64%", "滞后"),
        SERVICE: ("21.40", "36", "59.4%", "99%", "119%", "正常"),
        COURTROOMS: ("0", "120", "0.0%", "0%", "0%", "严重滞后"),
        REPAIR: ("6.40", "64", "10.0%", "100%", "20%", "正常"),
        VEHICLE: ("0", "45.8", "0.0%", "未到计划节点", "0%", "未到计划节点"),
    }
    assert {code: _progress(projects[code], given, 12) for code, given in answers.items()} == {
        CASES: ("278.90", "285", "97.9%", "98%", "98%", "正常"),
        OFFICE: ("79.20", "82.00", "96.6%", "97%", "97%", "正常"),
        SERVICE: ("36.42", "36", "101.2%", "101%", "101%", "超支"),
        COURTROOMS: ("118.20", "120", "98.5%", "98%", "98%", "正常"),
        REPAIR: ("62.40", "64", "97.5%", "98%", "98%", "正常"),
        VEHICLE: ("45.40", "45.8", "99.1%", "99%", "99%", "正常"),
    }


def _progress(project: Project, given: dict, months: int) -> tuple[str, ...]:
    """Paid, budget, execution rate, plan progress, time progress and light by plan at the end of a month."""
    halves = [given[period]["payments.amount"] for period in ("monitoring", "self-evaluation")]
    amounts = [amount for half in halves for amount in half if amount != ""] if months == 12 else halves[0]
    paid = sum((read_money(str(amount)) for amount in amounts if amount != ""), Decimal(0))
    budget = given["monitoring"].get("budget.adjusted") or project.budget.initial
    rate = execution_rate(paid, budget)
    against_plan = plan_progress(rate, plan_share(months, [project.spend_plan.shares]))
    shown = against_plan if isinstance(against_plan, str) else f"{against_plan:.0%}"
    return str(paid), str(budget), f"{rate:.1%}", shown, f"{time_progress(rate, months):.0%}", light(rate, against_plan)
