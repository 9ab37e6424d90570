"""Carrying over: what staff filled in stands in the next workbook, moves with the period, or is listed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from prepare.filled import CODE, OTHER, came, department, indicator, plan, project, told

from xlperf.model import Budget, Funds, Likelihood, Period, ProjectReport, Report
from xlperf.prepare.carry import carried, gathered
from xlperf.prepare.identity import with_ids
from xlperf.prepare.merge import Copy

PLAN, MONITORING, EVALUATION = Period.PLAN, Period.MONITORING, Period.SELF_EVALUATION

JUNE = Report(actual=Decimal(640), expected=Decimal(1250), likelihood=Likelihood.CERTAIN, remark="含执行案件")
MONITORED = department(
    project(
        payments=(Decimal("1.2"), Decimal("1.5"), *(None,) * 10),
        paid=Funds(fiscal_funds=Decimal("2.7")),
        attained="审结640件",
        measures="加快支付",
        budget=Budget(initial=Decimal(20), fiscal_funds=Decimal(20), adjusted=Decimal(25)),
        indicators=(indicator("审结案件数", 1200, weight=Decimal(50), **dict(JUNE)), indicator("开庭次数", 300, "次")),
    )
)
DOCUMENT = department(project())
AT_A, AT_B = "a.xlsx › 0 › projects#-1", "b.xlsx › 0 › projects#-1"


def test_a_workbook_of_the_same_period_keeps_everything() -> None:
    new, listed = carried(DOCUMENT, [came(MONITORED, MONITORING)], MONITORING)

    assert new == with_ids(MONITORED)
    assert listed == ()


def test_what_was_monitored_is_interim_when_it_is_evaluated() -> None:
    new, listed = carried(DOCUMENT, [came(MONITORED, MONITORING)], EVALUATION)

    (project,) = new.projects
    assert project.interim == ProjectReport(
        paid=Funds(fiscal_funds=Decimal("2.7")), attained="审结640件", measures="加快支付"
    )
    assert (project.paid, project.attained, project.measures) == (Funds(), "", "")
    assert project.payments[:3] == (Decimal("1.2"), Decimal("1.5"), None)
    assert project.budget.adjusted == 25
    first = project.indicators[0]
    assert (first.interim, first.actual, first.likelihood, first.weight) == (JUNE, None, None, 50)
    assert listed == ()


def test_interim_returns_to_where_it_came_from() -> None:
    evaluated, _ = carried(DOCUMENT, [came(MONITORED, MONITORING)], EVALUATION)

    assert carried(DOCUMENT, [came(evaluated, EVALUATION)], MONITORING) == (with_ids(MONITORED), ())


def test_of_a_self_evaluation_nothing_is_dropped_unsaid() -> None:
    row = indicator("审结案件数", 1200, actual=Decimal(1180), points=Decimal("49.17"), deduction=Decimal(1))
    evaluated = department(project(attained="基本完成", indicators=(row,)))

    new, listed = carried(DOCUMENT, [came(evaluated, EVALUATION)], MONITORING)

    assert new.projects[0].indicators[0].actual is None
    assert told(listed) == [
        ("目标完成情况", "基本完成", "", "a.xlsx › 0 › attained#-1", "OTHER_PERIOD"),
        ("实际完成值", "1180", "", "a.xlsx › 0 › indicators.actual#0", "OTHER_PERIOD"),
        ("定性评分", "49.17", "", "a.xlsx › 0 › indicators.points#0", "OTHER_PERIOD"),
        ("扣减分数", "1", "", "a.xlsx › 0 › indicators.deduction#0", "OTHER_PERIOD"),
    ]


def test_the_new_plan_wins_and_both_values_are_listed() -> None:
    changed = department(
        project(
            budget=Budget(initial=Decimal(20), adjusted=Decimal(30)),
            spend_plan=plan(("0.1", None, "0.7", "1")),
            indicators=(indicator("审结案件数", 1300),),
        )
    )
    old = department(
        project(
            budget=Budget(initial=Decimal(20), adjusted=Decimal(25)),
            spend_plan=plan(("0.2", "0.5", "0.7", "1")),
            indicators=(indicator("审结案件数", 1200, actual=Decimal(640)),),
        )
    )

    new, listed = carried(changed, [came(old, MONITORING)], MONITORING)

    (project_,) = new.projects
    assert project_.budget == Budget(initial=Decimal(20), adjusted=Decimal(30))
    assert project_.spend_plan == plan(("0.1", "0.5", "0.7", "1"))
    assert project_.indicators[0].actual == 640
    assert told(listed) == [
        ("预算·调整后预算", "25", "30", "a.xlsx › 0 › budget.adjusted#-1", "PLAN_DIFFERS"),
        ("资金支出计划·累计比例·3月底", "20%", "10%", "a.xlsx › 0 › spend_plan.shares#0", "PLAN_DIFFERS"),
        ("指标值", "≥1200件", "≥1300件", "a.xlsx › 0 › indicators.target#0", "PLAN_DIFFERS"),
    ]
    assert [(each.new_code, each.new_id, each.key, each.row) for each in listed] == [
        (CODE, "", "budget.adjusted", -1),
        (CODE, "", "spend_plan.shares", 0),
        (CODE, project_.indicators[0].id, "indicators.target", 0),
    ]


def test_a_reworded_indicator_keeps_its_answers_and_its_id() -> None:
    old = with_ids(department(project(indicators=(indicator("审结案件数", 1200, actual=Decimal(640)),))))
    reworded = department(project(indicators=(indicator("审结各类案件数", 1200),)))

    new, listed = carried(reworded, [came(old, MONITORING)], MONITORING)

    row = new.projects[0].indicators[0]
    assert (row.name, row.actual, row.id) == ("审结各类案件数", 640, old.projects[0].indicators[0].id)
    assert told(listed) == [("名称", "审结案件数", "审结各类案件数", "a.xlsx › 0 › indicators.name#0", "PLAN_DIFFERS")]


def test_an_indicator_that_is_gone_is_listed_with_its_answers() -> None:
    changed = department(project(indicators=(indicator("改判率", 2, "%"),)))

    new, listed = carried(changed, [came(MONITORED, MONITORING)], MONITORING)

    assert [row.name for row in new.projects[0].indicators] == ["改判率"]
    at = "a.xlsx › 0 › indicators"
    assert told(listed) == [
        ("绩效指标", "产出指标 | 数量指标 | 审结案件数 | ≥1200件 | 50", "", f"{at}#0", "INDICATOR_GONE"),
        ("实际完成值", "640", "", f"{at}.actual#0", "INDICATOR_GONE"),
        ("全年预计", "1250", "", f"{at}.expected#0", "INDICATOR_GONE"),
        ("完成可能性", "确定能", "", f"{at}.likelihood#0", "INDICATOR_GONE"),
        ("备注", "含执行案件", "", f"{at}.remark#0", "INDICATOR_GONE"),
        ("绩效指标", "产出指标 | 数量指标 | 开庭次数 | ≥300次", "", f"{at}#1", "INDICATOR_GONE"),
    ]
    assert {(each.code, each.indicator, each.new_code, each.new_id) for each in listed} == {
        (CODE, "审结案件数", CODE, ""),
        (CODE, "开庭次数", CODE, ""),
    }


@pytest.mark.parametrize("period", Period)
def test_a_list_of_projects_changes_no_indicator(period: Period) -> None:
    listed_project = project(indicators=(), budget=Budget(initial=Decimal(25)))

    new, listed = carried(department(listed_project), [came(MONITORED, MONITORING)], period)

    rows = new.projects[0].indicators
    assert [(row.name, row.weight) for row in rows] == [("审结案件数", 50), ("开庭次数", None)]
    assert [row.actual for row in rows] == [640 if period is MONITORING else None, None]
    assert [row.interim.actual for row in rows] == [640 if period is EVALUATION else None, None]
    assert ("绩效指标", "INDICATOR_GONE") not in [(each.field, each.reason.name) for each in listed]
    assert new.projects[0].budget.initial == 25


def test_a_project_that_is_gone_is_listed_whole() -> None:
    old = department(project(budget=Budget(initial=Decimal(20)), payments=(None, Decimal(3), *(None,) * 10)))

    new, listed = carried(department(project(OTHER, "装备费")), [came(old, MONITORING)], MONITORING)

    assert [p.payments for p in new.projects] == [(None,) * 12]
    assert [(field, value) for field, value, *_ in told(listed)] == [
        ("编码", CODE),
        ("名称", "办案业务经费"),
        ("预算·预算数", "20"),
        ("各月支付数·2月", "3"),
        ("绩效指标", "产出指标 | 数量指标 | 审结案件数 | ≥1200件"),
        ("绩效指标", "产出指标 | 数量指标 | 开庭次数 | ≥300次"),
    ]
    assert {(each.reason.name, each.new_code) for each in listed} == {("PROJECT_GONE", "")}


def test_a_new_project_starts_blank() -> None:
    new, listed = carried(department(project(), project(OTHER, "装备费")), [came(MONITORED, MONITORING)], MONITORING)

    assert new.projects[0] == with_ids(MONITORED).projects[0]
    assert new.projects[1].payments == (None,) * 12
    assert listed == ()


def test_a_project_in_two_versions_is_listed_once_with_both_places_and_not_carried() -> None:
    one, other = (department(project(attained=text)) for text in ("完成", "未完成"))

    new, listed = carried(DOCUMENT, [came(one, MONITORING), came(other, MONITORING, "b.xlsx")], MONITORING)

    assert new.projects[0].attained == ""
    assert told(listed) == [
        ("项目", "2份，1处不同：目标完成情况", "", f"{AT_A}；{AT_B}", "SEVERAL_VERSIONS"),
    ]


def test_of_what_the_versions_say_differently_the_first_few_are_named() -> None:
    one = department(
        project(
            purpose="办案",
            payments=(Decimal(1), *(None,) * 11),
            indicators=(
                indicator("审结案件数", 1200, actual=Decimal(640)),
                indicator("开庭次数", 300, "次"),
                indicator("回访次数", 9, "次"),
            ),
        )
    )
    other = department(
        project(
            payments=(Decimal(2), *(None,) * 11),
            indicators=(
                indicator("开庭次数", 310, "次"),
                indicator("审结案件数", 1200, actual=Decimal(650), remark="含执行"),
            ),
        )
    )

    _, listed = carried(DOCUMENT, [came(one, MONITORING), came(other, MONITORING, "b.xlsx")], MONITORING)

    fields = "资金用途、各月支付数·1月、开庭次数·指标值、审结案件数·实际完成值等"
    assert [value for _, value, *_ in told(listed)] == [f"2份，6处不同：{fields}"]


def test_a_project_in_two_versions_that_no_plan_has_is_one_line_with_every_place() -> None:
    books = [
        came(department(project(purpose="办案")), PLAN, "计划.xlsx"),
        came(department(project(purpose="办案")), PLAN, "计划 (1).xlsx"),
        came(department(project(attained="完成")), MONITORING),
        came(department(project(attained="未完成")), MONITORING, "b.xlsx"),
    ]
    whole, _ = gathered(books)

    new, listed = carried(whole, books, MONITORING)

    assert new.projects == ()
    assert told(listed) == [
        (
            *("项目", "2份，1处不同：目标完成情况", ""),
            f"{AT_A}；{AT_B}；计划.xlsx › 0 › projects#-1；计划 (1).xlsx › 0 › projects#-1",
            "SEVERAL_VERSIONS",
        ),
    ]


GIVEN, FILLED_IN, UNTOUCHED = Copy("as given"), {0: Copy("as given")}, {0: Copy("as given", is_untouched=True)}


def test_an_untouched_copy_is_no_version() -> None:
    filled = department(project(purpose="办案", attained="完成"))
    as_given = department(project(purpose="照抄的用途"))
    copies = [came(as_given, MONITORING, "b.xlsx", UNTOUCHED), came(filled, MONITORING, copies=FILLED_IN)]

    new, listed = carried(DOCUMENT, copies, MONITORING)

    assert (new, listed) == (with_ids(filled), ())
    assert gathered(copies) == (filled, ())


@pytest.mark.parametrize(
    "other",
    [
        Copy("given out another time", is_untouched=True),  # may hold what was asked of nobody else
        Copy("as given"),  # touched too
        Copy(),
    ],
)
def test_any_other_copy_is_a_version(other: Copy) -> None:
    filled, again = department(project(attained="完成")), department(project(attained=""))
    copies = [came(filled, MONITORING, copies=FILLED_IN), came(again, MONITORING, "b.xlsx", {0: other})]

    _, listed = carried(DOCUMENT, copies, MONITORING)

    assert told(listed) == [
        ("项目", "2份，1处不同：目标完成情况", "", f"{AT_A}；{AT_B}", "SEVERAL_VERSIONS"),
    ]


def test_of_two_untouched_copies_one_is_carried() -> None:
    copies = [came(MONITORED, MONITORING, file, UNTOUCHED) for file in ("a.xlsx", "b.xlsx")]

    assert carried(DOCUMENT, copies, MONITORING) == (with_ids(MONITORED), ())


def test_the_text_of_a_department_nobody_touched_gives_way_to_the_one_filled_in() -> None:
    filled = department(project(), overall_objective="依法履职，提质增效")
    as_given = department(project(), overall_objective="依法履职")
    untouched = {None: Copy("as given", is_untouched=True)}
    copies = [came(as_given, PLAN, "b.xlsx", untouched), came(filled, PLAN, copies={None: GIVEN})]
    whole, _ = gathered(copies)

    new, listed = carried(whole, copies, PLAN)

    assert (new.overall_objective, listed) == ("依法履职，提质增效", ())


def test_two_equal_copies_are_one() -> None:
    copies = [came(MONITORED, MONITORING), came(MONITORED, MONITORING, "副本.xlsx")]

    assert carried(DOCUMENT, copies, MONITORING) == (with_ids(MONITORED), ())


def test_of_two_periods_the_later_one_wins() -> None:
    early = department(project(payments=(Decimal(1), Decimal(2), *(None,) * 10)))
    late = department(project(payments=(Decimal(1), Decimal("2.5"), Decimal(3), *(None,) * 9)))

    new, listed = carried(DOCUMENT, [came(early, PLAN), came(late, MONITORING, "b.xlsx")], EVALUATION)

    assert new.projects[0].payments[:4] == (1, Decimal("2.5"), 3, None)
    assert told(listed) == [("各月支付数·2月", "2", "2.5", "a.xlsx › 0 › payments#1", "FILLED_LATER")]


def test_two_projects_of_one_name_are_not_chosen_between() -> None:
    new, listed = carried(
        department(project("A", "办案费"), project("B", "办案费")),
        [came(department(project("", "办案费", attained="完成", indicators=())), MONITORING)],
        MONITORING,
    )

    assert [p.attained for p in new.projects] == ["", ""]
    assert [(each.field, each.reason.name) for each in listed] == [
        ("目标完成情况", "AMBIGUOUS"),
        ("名称", "AMBIGUOUS"),
        ("预算·财政资金", "AMBIGUOUS"),
        ("预算·预算数", "AMBIGUOUS"),
    ]


def test_projects_known_by_their_numbers_alone_keep_their_answers() -> None:
    nameless = (project("", "", number=number, attained=f"第{number}张") for number in (2, 1))
    filled = [came(department(project(number=1, attained="有名称"), *nameless), Period.MONITORING)]

    new, listed = carried(gathered(filled)[0], filled, Period.MONITORING)

    assert [(each.number, each.name, each.attained) for each in new.projects] == [
        (1, "", "第1张"),
        (2, "", "第2张"),
        (3, "办案业务经费", "有名称"),
    ]
    assert not listed


def test_a_plan_that_names_a_project_twice_is_not_carried_from_itself() -> None:
    listed_twice = department(project("A", "办案费", attained="完成"), project("A", "办案费", attained="未完"))

    new, listed = carried(listed_twice, [came(listed_twice, MONITORING)], MONITORING)

    assert [p.attained for p in new.projects] == ["完成", "未完"]
    assert listed == ()


def test_a_workbook_of_another_year_is_not_carried() -> None:
    old = department(project(indicators=(), attained="完成", budget=Budget()), year=2025, overall_objective="去年的")

    new, listed = carried(DOCUMENT, [came(old, MONITORING)], MONITORING)

    assert new == with_ids(DOCUMENT)
    assert [(each.field, each.value, each.reason.name) for each in listed] == [
        ("总体绩效目标", "去年的", "OTHER_YEAR"),
        ("目标完成情况", "完成", "OTHER_YEAR"),
        ("编码", CODE, "OTHER_YEAR"),
        ("名称", "办案业务经费", "OTHER_YEAR"),
    ]


@pytest.mark.parametrize("period", Period)
def test_the_texts_of_the_department_fill_the_blanks_of_the_plan(period: Period) -> None:
    old = department(overall_objective="依法履职", sub_objectives=("办案", "执行"), safeguards=("制度",))
    planned = department(sub_objectives=("办案有保障",))

    new, listed = carried(planned, [came(old, PLAN)], period)

    assert (new.overall_objective, new.sub_objectives, new.safeguards) == ("依法履职", ("办案有保障",), ("制度",))
    assert told(listed) == [
        ("分项绩效目标", "办案\n执行", "办案有保障", "a.xlsx › None › sub_objectives#-1", "PLAN_DIFFERS")
    ]


def test_several_workbooks_make_one_department() -> None:
    one = department(project(number=1), overall_objective="依法履职")
    two = department(project(OTHER, "装备费", number=2), safeguards=("制度",))

    whole, listed = gathered([came(one, MONITORING), came(two, MONITORING)])

    assert [(p.number, p.code) for p in whole.projects] == [(1, CODE), (2, OTHER)]
    assert (whole.overall_objective, whole.safeguards) == ("依法履职", ("制度",))
    assert listed == ()


def test_numbers_that_meet_are_given_anew() -> None:
    parts = [came(department(each), PLAN) for each in (project(number=7), project(OTHER, "装备费", number=7))]

    assert [p.number for p in gathered(parts)[0].projects] == [1, 2]


def test_of_several_periods_the_project_of_the_latest_is_taken() -> None:
    planned = department(project(purpose="旧"))
    evaluated = department(project(purpose="新"))

    whole, listed = gathered([came(planned, PLAN), came(evaluated, EVALUATION)])

    assert [p.purpose for p in whole.projects] == ["新"]
    assert listed == ()


def test_of_an_earlier_year_nothing_is_gathered_and_all_is_listed() -> None:
    old = department(project(indicators=(), budget=Budget()), year=2025, overall_objective="去年的")
    new = department(project(OTHER, "装备费"))

    whole, listed = gathered([came(old, MONITORING), came(new, PLAN)])

    assert whole == new
    assert [(each.field, each.value, each.reason.name) for each in listed] == [
        ("总体绩效目标", "去年的", "OTHER_YEAR"),
        ("编码", CODE, "OTHER_YEAR"),
        ("名称", "办案业务经费", "OTHER_YEAR"),
    ]


def test_a_project_in_two_versions_is_no_part_of_what_is_gathered() -> None:
    books = [came(department(project(purpose=text)), PLAN, f"{text}.xlsx") for text in ("甲", "乙")]

    whole, listed = gathered(books)

    assert whole.projects == ()
    assert told(listed) == [
        (
            *("项目", "2份，1处不同：资金用途", ""),
            "甲.xlsx › 0 › projects#-1；乙.xlsx › 0 › projects#-1",
            "SEVERAL_VERSIONS",
        ),
    ]
