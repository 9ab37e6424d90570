"""The department `xlperf demo` runs on: what its document says, what is wrong with it, what its clerks answered."""

from __future__ import annotations

import tomllib
from collections import Counter
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from xlperf.document import Imported, read_document
from xlperf.measure import (
    check_code,
    compliance,
    execution_rate,
    light,
    plan_progress,
    plan_share,
    propose_weights,
    score,
    time_progress,
)
from xlperf.model import Indicator, Operator, Project
from xlperf.model.text import read_money, read_number

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
ARRAYS = ("actual", "points", "deviation_reasons", "likelihood")


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_document(EXAMPLE / "document.txt")


@pytest.fixture(scope="module")
def projects(imported: Imported) -> dict[str, Project]:
    return {project.code: project for project in imported.department.projects}


@pytest.fixture(scope="module")
def answers() -> dict:
    return tomllib.loads((EXAMPLE / "answers.toml").read_text(encoding="utf-8"), parse_float=Decimal)


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


def test_the_answers_match_the_document(projects, answers):
    assert list(answers) == list(projects)
    assert [code for code in answers if not answers[code]["returned"]] == [CLERKS]
    assert answers[CLERKS] == {"returned": False}
    for code, given in _returned(answers).items():
        assert list(given) == ["returned", "adjusted", "payments", "deviation_reason", *ARRAYS]
        assert len(given["payments"]) == 12
        assert {key: len(given[key]) for key in ARRAYS} == dict.fromkeys(ARRAYS, len(projects[code].indicators))


def test_nothing_is_answered_about_what_does_not_apply_or_lies_ahead(projects, answers):
    for code, given in _returned(answers).items():
        assert given["payments"][10:] == ["", ""]
        for row, *texts in zip(projects[code].indicators, *(given[key] for key in ARRAYS), strict=True):
            if row.target.operator is Operator.NOT_APPLICABLE:
                assert texts == ["", "", "", ""]
            assert texts[1] == "" or row.target.operator is Operator.QUALITATIVE
            assert texts[3] in ("", "确定能", "有可能", "完全不可能")


def test_what_the_clerks_typed_into_number_cells(answers):
    typed = [
        (code, key, place, value)
        for code, given in _returned(answers).items()
        for key in ("payments", "actual")
        for place, value in enumerate(given[key], start=1)
        if isinstance(value, str) and value not in ("", "达成", "部分达成", "未达成")
    ]

    assert typed == [
        (CASES, "actual", 2, "１，２３０"),
        (COURTROOMS, "payments", 9, "18万"),
        (COURTROOMS, "actual", 3, "基本合格"),
    ]


def test_the_spend_progress_at_the_end_of_october(projects, answers):
    assert {code: _progress(projects[code], given) for code, given in _returned(answers).items()} == {
        CASES: ("217.35", "285", "76.3%", "102%", "92%", "正常"),
        OFFICE: ("46.00", "82.00", "56.1%", "70%", "67%", "滞后"),
        SERVICE: ("36.42", "36", "101.2%", "119%", "121%", "超支"),
        COURTROOMS: ("18", "120", "15.0%", "25%", "18%", "严重滞后"),
        REPAIR: ("19.20", "64", "30.0%", "100%", "36%", "正常"),
        VEHICLE: ("4.80", "45.8", "10.5%", "未到计划节点", "13%", "未到计划节点"),
    }


def test_every_light_but_green_has_its_reason(answers):
    reasons = {code for code, given in _returned(answers).items() if given["deviation_reason"]}

    assert reasons == {OFFICE, SERVICE, COURTROOMS}


def test_how_the_indicators_stand(projects, answers):
    states = {code: dict(Counter(_states(projects[code], given))) for code, given in _returned(answers).items()}

    assert states == {
        CASES: {"达标": 5, "未达标": 3, "超额": 1, "不涉及": 1},
        OFFICE: {"达标": 4, "未达标": 3, "未填报": 1, "不涉及": 1},
        SERVICE: {"达标": 6, "未达标": 2},
        COURTROOMS: {"达标": 1, "未达标": 3, "未填报": 3, "无法判定": 1},
        REPAIR: {"达标": 7, "未达标": 1},
        VEHICLE: {"达标": 6, "未达标": 1, "未填报": 1},
    }


def test_two_indicators_are_unmet_without_a_reason(projects, answers):
    assert [
        (code, row.name)
        for code, given in _returned(answers).items()
        for row, state, reason in zip(
            projects[code].indicators, _states(projects[code], given), given["deviation_reasons"], strict=True
        )
        if state in ("未达标", "超额") and not reason
    ] == [(CASES, "审限内结案率"), (OFFICE, "报销单据审核通过率")]


def test_one_rating_lies_outside_its_band(projects, answers):
    rated = {}
    for code, given in _returned(answers).items():
        rows = projects[code].indicators
        left_out = [row.target.operator is Operator.NOT_APPLICABLE for row in rows]
        weights = propose_weights([row.level1 for row in rows], left_out)
        for row, rating, weight, points in zip(rows, given["actual"], weights, given["points"], strict=True):
            if row.target.operator is Operator.QUALITATIVE:
                rated[row.name] = score("定性", None, rating, weight, points)

    assert rated == {
        "机关运转保障程度": Decimal("13.50"),
        "一站式服务水平": "超出档次",
        "运行维护长效机制": Decimal("10.50"),
        "交付使用时间": Decimal("3.00"),
        "车辆排放水平": "",
    }


def _returned(answers: dict) -> dict:
    return {code: given for code, given in answers.items() if given["returned"]}


def _progress(project: Project, given: dict) -> tuple[str, ...]:
    """Paid, budget, execution rate, plan progress, time progress and light at the end of October."""
    paid = sum((read_money(str(amount)) for amount in given["payments"] if amount != ""), Decimal(0))
    budget = given["adjusted"] or project.budget.initial
    rate = execution_rate(paid, budget)
    against_plan = plan_progress(rate, plan_share(10, [project.spend_plan.shares]))
    shown = against_plan if isinstance(against_plan, str) else f"{against_plan:.0%}"
    time = time_progress(rate, 10)
    return str(paid), str(budget), f"{rate:.1%}", shown, f"{time:.0%}", light(rate, against_plan)


def _states(project: Project, given: dict) -> list[str]:
    states = []
    for row, actual in zip(project.indicators, given["actual"], strict=True):
        number = read_number(actual) if isinstance(actual, str) else actual
        states.append(compliance(row.target.operator.symbol, row.target.value, actual if number is None else number))
    return states
