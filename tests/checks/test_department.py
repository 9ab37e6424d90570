"""What shows between the projects of a department, whatever their order and their names."""

from __future__ import annotations

import pytest
from checks.flawless import FLAWLESS

from xlperf.checks.rules import judge
from xlperf.checks.submission import Submission
from xlperf.model import Department


def department(codes: list[str]) -> Department:
    """As many projects as codes."""
    project = FLAWLESS.projects[0]
    return FLAWLESS.model_copy(
        update={"projects": tuple(project.model_copy(update={"code": code}) for code in codes), "sub_objectives": ()}
    )


HERE, THERE = "99030026P00041810002W", "99040026P00041810002W"


@pytest.mark.parametrize(
    ("codes", "wrong"),
    [
        ([THERE, HERE, HERE, HERE, HERE], [0]),
        ([HERE, THERE, HERE], [1]),
        ([HERE, THERE], [1]),
        (["", HERE, THERE], [2]),
        ([HERE, HERE, ""], []),
        (["", ""], []),
    ],
)
def test_the_region_of_most_projects_is_right(codes: list[str], wrong: list[int]) -> None:
    assert [fault.project for fault in judge(Submission(department(codes))) if fault.code == "XPF125"] == wrong


@pytest.mark.parametrize(
    ("name", "objective", "belongs"),
    [
        ("会议费", "会议费保障。全年召开会议4次。", True),
        ("培训经费", "干部教育培训。培训干警80人次。", True),
        ("取暖费", "冬季取暖费。", True),
        ("工作经费", "工作经费。保障运转。", True),
        ("工作经费", "1.工作经费项目。该项目绩效目标：保障运转。", True),
        ("办案（2026）经费", "办案业务经费。", True),
        ("聘任制书记员经费", "3.聘用制书记员项目。该项目绩效目标：打造书记员队伍。", True),
        ("2026年补助资金（示财政法〔2026〕12号）囚车购置经费", "囚车购置。", True),
        ("智慧法院设备（安防智能化）购置经费", "安防智能化设备。", True),
        ("法庭设备（安防）购置经费", "安防经费。", True),
        ("1.办案业务经费", "办案业务。", True),
        ("办案装备经费", "办案业务经费。", False),
        ("会议费", "培训费。含会议费。", False),
        ("工作经费", "办案经费。", False),
        ("车经费", "维修经费。", False),
        ("会议费", "经费", False),
    ],
)
def test_a_sub_objective_and_its_project(name: str, objective: str, belongs: bool) -> None:
    project = FLAWLESS.projects[0].model_copy(update={"name": name})
    stated = FLAWLESS.model_copy(update={"projects": (project,), "sub_objectives": (objective,)})

    found = {fault.code for fault in judge(Submission(stated))} & {"XPF132", "XPF139"}
    assert found == (set() if belongs else {"XPF132", "XPF139"})
