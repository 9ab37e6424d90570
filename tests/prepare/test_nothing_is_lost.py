"""Whatever was filled in, and however the plan changed: it is carried or listed, never both, never neither."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from prepare.filled import came
from strategies import full_departments, thorough

from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    DeviationKind,
    Funds,
    Indicator,
    Likelihood,
    Operator,
    Period,
    Project,
    ProjectReport,
    Report,
    SpendPlan,
    Target,
)
from xlperf.prepare.carry import carried, gathered
from xlperf.prepare.identity import project_key, with_ids
from xlperf.prepare.merge import Filled
from xlperf.prepare.not_carried import Reason

Mark = Callable[[], Decimal | None]
"""A number that stands nowhere else, or None."""

FIRST_MARK = 10_000_001
periods = st.sampled_from(Period)


@st.composite
def books(draw: st.DrawFn, numbers: Iterator[int]) -> Department:
    """A department as a plan that changes may state it: few codes, names and values, so that they meet or differ."""
    return Department(
        year=draw(st.sampled_from((2026, 2026, 2026, 2025))),
        unit=BudgetUnit(code="366001", name=draw(st.sampled_from(("", "法院", "人民法院"))), department="政法委"),
        overall_objective=draw(st.sampled_from(("", "依法履职", "提质增效"))),
        sub_objectives=draw(st.sampled_from(((), ("办案",), ("办案", "执行")))),
        safeguards=draw(st.sampled_from(((), ("制度",), ("制度", "培训")))),
        projects=draw(st.lists(projects(numbers), max_size=3).map(tuple)),
    )


@st.composite
def projects(draw: st.DrawFn, numbers: Iterator[int]) -> Project:
    mark = draw(marks(numbers))
    amounts = st.sampled_from((None, Decimal(20), Decimal(30)))
    return Project(
        **report_of_project(mark),
        number=draw(st.integers(1, 3)),
        code=draw(st.sampled_from(("", "A", "B"))),
        name=draw(st.sampled_from(("", "办案费", "装备费"))),
        budget=Budget(
            initial=draw(amounts),
            adjusted=draw(amounts),
            adjusted_funds=Funds(own_funds=draw(amounts), carryover=mark()),
        ),
        spend_plan=SpendPlan(shares=(None, draw(st.sampled_from((None, Decimal("0.5")))), Decimal("0.7"), None)),
        purpose=draw(st.sampled_from(("", "办案", "购置"))),
        payments=tuple(mark() for _ in range(12)),
        objectives=draw(st.sampled_from(((), ("保障办案",), ("保障办案", "提高效率")))),
        interim=ProjectReport(**report_of_project(mark)),
        indicators=draw(st.lists(indicators(mark), max_size=3).map(tuple)),
    )


@st.composite
def indicators(draw: st.DrawFn, mark: Mark) -> Indicator:
    goal = Target(operator=Operator.GE, operator_stated=True, value=draw(st.sampled_from((95, 98))), unit="%")
    return Indicator(
        **draw(reports(mark)),
        id=draw(st.sampled_from(("", "", "id1", "id2"))),
        level1="产出指标",
        level2=draw(st.sampled_from(("数量指标", "质量指标"))),
        name=draw(st.sampled_from(("", "结案率", "案件结案率", "民事案件结案率", "刑事案件结案率", "改判率"))),
        description=draw(st.sampled_from(("", "按时审结"))),
        target=draw(st.sampled_from((Target(), goal, goal))),
        basis=draw(st.sampled_from(("", "年度计划"))),
        weight=draw(st.sampled_from((None, Decimal(10)))),
        points=mark(),
        deduction=mark(),
        interim=Report(**draw(reports(mark))),
    )


@st.composite
def marks(draw: st.DrawFn, numbers: Iterator[int]) -> Mark:
    return draw(st.sampled_from((
        lambda: Decimal(next(numbers)),
        lambda: None,
        lambda: Decimal(number) if (number := next(numbers)) % 3 else None,
    )))  # fmt: skip


def text(mark: Mark) -> str:
    number = mark()
    return "" if number is None else f"文{number}"


def funds(mark: Mark) -> Funds:
    return Funds(**{name: mark() for name in Funds.model_fields})


def report_of_project(mark: Mark) -> dict[str, Any]:
    texts = {name: text(mark) for name in ProjectReport.model_fields}
    return {**texts, "paid": funds(mark), "expected": funds(mark)}


@st.composite
def reports(draw: st.DrawFn, mark: Mark) -> dict[str, Any]:
    return {
        "actual": mark(),
        "expected": text(mark),
        "deviation_kinds": draw(st.sampled_from(((), (DeviationKind.FUNDS, DeviationKind.OTHER)))),
        "deviation_reason": text(mark),
        "likelihood": draw(st.sampled_from((None, Likelihood.POSSIBLE))),
        "remark": text(mark),
    }


@st.composite
def years(draw: st.DrawFn) -> tuple[Department, list[Filled], Period]:
    """A plan, what came back, and the period it is carried into."""
    numbers = count(FIRST_MARK)
    filled = [came(draw(books(numbers)), draw(periods), f"{i}.xlsx") for i in range(draw(st.integers(1, 3)))]
    plan = draw(st.one_of(st.just(filled[0].department), st.just(gathered(filled)[0]), books(numbers)))
    return plan, filled, draw(periods)


def facts(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Everything a dump of the model states, by the name of its field."""
    if name in ("id", "number", "year"):
        return
    if name == "target":
        if value["operator"] is not Operator.EQ:
            yield name, (value["operator"], value["value"], value["unit"])
    elif isinstance(value, dict):
        for inner, each in value.items():
            yield from facts(each, inner)
    elif isinstance(value, tuple) and value and isinstance(value[0], str):
        yield name, value
    elif isinstance(value, tuple):
        for each in value:
            yield from facts(each, name)
    elif value not in (None, ""):
        yield name, value


def spelt(name: str, value: Any) -> str:
    """A fact as the list spells it."""
    if name == "target":
        return f"≥{value[1]}{value[2]}"
    if name == "shares":
        return f"{value * 100:f}".rstrip("0").rstrip(".") + "%"
    if isinstance(value, tuple):
        return ("、" if name == "deviation_kinds" else "\n").join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def but_for(in_versions: set[tuple[str, str]], filled: Filled, file: str) -> dict[str, Any]:
    """A dump of what came back in a file, without the projects of which several copies differ; these are listed."""
    dump = filled.department.model_dump()
    projects = enumerate(dump.pop("projects"))
    return {**dump, "projects": tuple(each for i, each in projects if (file, str(i)) not in in_versions)}


def is_mark(value: Any) -> bool:
    return str(value).removeprefix("文").isdecimal() and Decimal(str(value).removeprefix("文")) >= FIRST_MARK


def marks_of(project: Project) -> set[Any]:
    return {value for _, value in facts(project.model_dump()) if is_mark(value)}


@thorough
@given(years())
def test_what_came_back_is_carried_or_listed_and_no_answer_is_both_or_elsewhere(
    year: tuple[Department, list[Filled], Period],
) -> None:
    plan, filled, period = year

    new, listed = carried(plan, filled, period)

    stands = list(facts(new.model_dump()))
    lost = [each.value for each in listed if each.reason is not Reason.SEVERAL_VERSIONS]
    in_versions = {
        (place.file, place.sheet) for each in listed if each.reason is Reason.SEVERAL_VERSIONS for place in each.places
    }
    came_back = [fact for i, each in enumerate(filled) for fact in facts(but_for(in_versions, each, f"{i}.xlsx"))]
    for name, value in came_back:
        assert (name, value) in stands or any(spelt(name, value) in each for each in lost)
    answers = [spelt(*fact) for fact in stands if is_mark(fact[1])]
    planned = {spelt(*fact) for fact in facts(plan.model_dump()) if fact[0] == "carryover"}
    assert len(set(answers)) == len(answers)
    assert set(answers) <= {spelt(*fact) for fact in came_back} | planned
    assert not (set(answers) - planned) & set(lost)
    origin = {mark: each for book in filled for each in book.department.projects for mark in marks_of(each)}
    for project, before in zip(new.projects, plan.projects, strict=True):
        assert {origin[mark].code for mark in marks_of(project) - marks_of(before)} <= {project.code, ""}
        assert project.number == before.number
        assert len(project.indicators) == len(before.indicators) or not before.indicators
        for name in ("code", "name", "purpose", "objectives"):
            assert getattr(before, name) in ((), "", getattr(project, name))
    assert with_ids(new) == new


@thorough
@given(full_departments, periods)
def test_a_workbook_carried_into_its_own_period_is_itself(department: Department, period: Period) -> None:
    assume(len({project_key(project) for project in department.projects}) == len(department.projects))
    named = with_ids(department)

    assert carried(named, [came(named, period)], period) == (named, ())
    assert carried(department, [came(department, period)], period) == (named, ())


@thorough
@given(years())
def test_carrying_again_changes_nothing(year: tuple[Department, list[Filled], Period]) -> None:
    plan, filled, period = year
    assume(len({project_key(project) for project in plan.projects}) == len(plan.projects))
    new, _ = carried(plan, filled, period)
    assume(len({project_key(project) for project in new.projects}) == len(new.projects))

    assert carried(new, [came(new, period)], period) == (new, ())
