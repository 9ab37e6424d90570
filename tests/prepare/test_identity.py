"""Which row is which: a wrong pair is worse than none."""

from __future__ import annotations

from decimal import Decimal

from departments import small_department, target
from hypothesis import given
from strategies import full_departments, thorough

from xlperf.model import Department, Indicator, Operator, Project, Target
from xlperf.prepare.identity import homes, pairs, with_ids

AT_LEAST_95 = target(Operator.GE, 95, "%")
CODE = "13080023P00024610002U"


def row(name: str, goal: Target = AT_LEAST_95, *, level2: str = "质量指标", **more: object) -> Indicator:
    return Indicator(level1="产出指标", level2=level2, name=name, target=goal, **more)


def test_an_id_is_the_digest_of_the_wording_and_stays_when_that_changes() -> None:
    department = with_ids(small_department())

    first, second = department.projects[0].indicators
    assert (first.id, second.id) == ("a1054ed9", "9daeebca")
    assert department.projects[1].indicators[0].id == first.id  # unique within a project only

    project = department.projects[0]
    reworded = first.model_copy(update={"name": "结案数"})
    changed = project.model_copy(update={"indicators": (reworded, second)})
    assert with_ids(department.model_copy(update={"projects": (changed,)})).projects == (changed,)


def test_of_two_rows_with_one_id_the_second_gets_its_own() -> None:
    project = Project(number=1, indicators=(row("甲", id="a1b2c3d4"), row("甲", id="a1b2c3d4"), row("甲"), row("甲")))

    ids = [indicator.id for indicator in with_ids(Department(year=2026, projects=(project,))).projects[0].indicators]

    assert ids[0] == "a1b2c3d4"
    assert len(set(ids)) == 4


@thorough
@given(full_departments)
def test_ids_are_unique_and_given_once(department: Department) -> None:
    named = with_ids(department)

    for project in named.projects:
        ids = [indicator.id for indicator in project.indicators]
        assert len(set(ids)) == len(ids)
        assert all(ids)
    assert with_ids(named) == named


def test_rows_in_another_order_are_found() -> None:
    old = [row("甲"), row("乙"), row("丙", level2="数量指标")]

    assert pairs([old[2], old[0], old[1]], old) == {2: 0, 0: 1, 1: 2}


def test_an_id_outweighs_wording() -> None:
    assert pairs([row("甲", id="1"), row("乙", id="2")], [row("乙", id="1"), row("甲", id="2")]) == {0: 0, 1: 1}


def test_a_row_whose_target_changed_is_found_by_its_classes_and_name() -> None:
    changed = row("结案率", target(Operator.GE, 98, "%"))

    assert pairs([changed, row("当庭宣判率")], [row("当庭宣判率"), row("结案率")]) == {0: 1, 1: 0}


def test_a_row_in_another_class_is_found_by_its_name_alone() -> None:
    assert pairs([row("结案率", level2="时效指标")], [row("结案率")]) == {0: 0}


def test_a_name_that_stands_twice_is_no_name() -> None:
    moved = [row("完成率", level2="时效指标"), row("完成率", level2="成本指标")]

    assert pairs(moved, [row("完成率")]) == {}
    assert pairs([row("完成率", level2="时效指标")], [row("完成率"), row("完成率", target(Operator.GE, 1, "%"))]) == {}


def test_equal_rows_are_paired_only_if_there_are_equally_many() -> None:
    assert pairs([row("甲"), row("甲")], [row("甲"), row("甲")]) == {0: 0, 1: 1}
    assert pairs([row("甲"), row("甲")], [row("甲")]) == {}


def test_a_reworded_row_in_its_place_with_its_target_is_found() -> None:
    old = [row("法定审限内结案率"), row("改判率", target(Operator.LE, 1, "%"))]
    new = [row("在法定审限内的结案率"), row("改判率", target(Operator.LE, 1, "%"))]

    assert pairs(new, old) == {1: 1, 0: 0}


def test_what_only_looks_alike_is_not_paired() -> None:
    old = [row("民事案件结案率")]

    assert pairs([row("刑事案件结案率", target(Operator.GE, 90, "%"))], old) == {}  # another target
    assert pairs([row("刑事案件结案率")], old) == {}  # another wording
    assert pairs([row("案件")], old) == {}  # too little of it
    assert pairs([row("民事案件的结案率", level2="时效指标")], old) == {}  # another class
    assert pairs([row("其他"), row("民事案件的结案率")], old) == {}  # another place
    assert pairs([row("民事案件结案率数", Target())], [row("民事案件结案率", Target())]) == {}  # no target to go by


def test_a_project_is_the_one_with_its_code_whatever_its_name() -> None:
    find = homes([Project(number=1, code=CODE, name="办案费"), Project(number=2, code="X", name="装备费")])

    assert find(Project(number=9, code=" 13080023p00024610002u", name="装备费")) == [0]
    assert find(Project(number=9, code="Y", name="装备费")) == []


def test_a_project_without_a_code_is_the_one_of_its_name() -> None:
    find = homes([Project(number=1, code=CODE, name="办案费（一）"), Project(number=2, name="装备费")])

    assert find(Project(number=9, name="办案费(一)")) == [0]
    assert find(Project(number=9, code="Y", name="装备费")) == [1]
    assert find(Project(number=2)) == []


def test_two_projects_of_one_name_are_both_meant() -> None:
    find = homes([Project(number=1, code="A", name="办案费"), Project(number=2, code="B", name="办案费")])

    assert find(Project(number=9, name="办案费")) == [0, 1]


def test_a_blank_form_is_known_by_its_number() -> None:
    assert homes([Project(number=1), Project(number=2)])(Project(number=2)) == [1]


def test_numbers_are_equal_however_written() -> None:
    assert pairs([row("甲", target(Operator.GE, Decimal("95.0"), "%"))], [row("甲")]) == {0: 0}
