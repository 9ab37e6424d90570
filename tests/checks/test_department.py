"""What shows between the projects of a department, whatever their order and their names."""

from __future__ import annotations

import pytest
from checks.flawless import FLAWLESS

from xlperf.checks.case import Case
from xlperf.checks.rules import judge
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
    assert [fault.project for fault in judge(Case(department(codes))) if fault.code == "XPF125"] == wrong
