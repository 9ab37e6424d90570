"""Next year's plan: the same projects under new codes, without anything of the old year."""

from __future__ import annotations

from decimal import Decimal

from prepare.filled import CODE, department, indicator, plan, project

from xlperf.model import Budget, ProjectReport
from xlperf.prepare.next_year import lasting_code, next_year

NEXT = "13080024P00024610002X"
SHARES = plan(("0.2", "0.5", "0.7", "1"))
ROW = indicator("审结案件数", 1200, weight=Decimal(50), actual=Decimal(1180), points=Decimal(49), id="a1b2c3d4")
OLD = department(
    project(
        purpose="办案",
        objectives=("保障办案",),
        spend_plan=SHARES,
        payments=(Decimal(3), *(None,) * 11),
        attained="完成",
        interim=ProjectReport(attained="过半"),
        indicators=(ROW,),
    ),
    project("13080023P00033710032M", "囚车购置", number=2),
    overall_objective="依法履职",
)


def test_what_lasts_of_a_code() -> None:
    assert lasting_code(CODE) == lasting_code(NEXT.lower()) == "130800P0002461000" + "2"
    assert lasting_code("13080024P0002461000") == ""


def test_without_a_list_every_project_goes_on_and_its_code_is_left_to_be_filled_in() -> None:
    new, ended, added = next_year(OLD, 2027)

    assert (new.year, new.overall_objective, ended, added) == (2027, "依法履职", (), ())
    first = new.projects[0]
    assert first == project(
        "",
        budget=Budget(),
        purpose="办案",
        objectives=("保障办案",),
        spend_plan=SHARES,
        indicators=(indicator("审结案件数", 1200, weight=Decimal(50), id="a1b2c3d4"),),
    )


def test_the_list_gives_codes_and_budgets_and_says_what_ended_and_what_is_new() -> None:
    listed = department(
        project("13080024P00099910001A", "维修", number=1, indicators=()),
        project(NEXT, "办案业务费", number=2, budget=Budget(initial=Decimal(25)), indicators=()),
        year=2027,
    )

    new, ended, added = next_year(OLD, 2027, listed)

    assert [(p.number, p.code, p.name, p.budget.initial, len(p.indicators)) for p in new.projects] == [
        (1, "13080024P00099910001A", "维修", 20, 0),
        (2, NEXT, "办案业务费", 25, 1),
    ]
    assert [p.name for p in ended] == ["囚车购置"]
    assert added == listed.projects[:1]


def test_a_project_with_another_code_is_known_by_its_name() -> None:
    listed = department(project("13080024P00055510001B", "囚车 购置", indicators=()), year=2027)

    new, ended, added = next_year(OLD, 2027, listed)

    assert [(p.code, len(p.indicators)) for p in new.projects] == [("13080024P00055510001B", 2)]
    assert [p.code for p in ended] == [CODE]
    assert added == ()


def test_of_two_projects_of_one_name_none_is_chosen() -> None:
    twice = department(project("", "囚车购置"), project("", "囚车购置"), year=2027)

    assert len(next_year(OLD, 2027, twice).added) == 2
