"""The nouns: what they refuse, what they let through as a finding for others."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from xlperf.model import Budget, Department, Indicator, Operator, Project, SpendPlan, Target

GE, EQ, WORDS, NONE = Operator.GE, Operator.EQ, Operator.QUALITATIVE, Operator.NOT_APPLICABLE


def test_only_a_written_sign_is_stated():
    assert Target(operator=EQ, value=100).operator_stated is False
    assert Target(operator=GE, operator_stated=True, value="95").value == 95
    with pytest.raises(ValidationError, match="sign_of_no_comparison"):
        Target(operator=WORDS, operator_stated=True)
    with pytest.raises(ValidationError, match="sign_of_no_comparison"):
        Target(operator=NONE, operator_stated=True)
    with pytest.raises(ValidationError, match="comparison_without_sign"):
        Target(operator=GE)


def test_faults_of_data_are_values():
    project = Project(number=1, budget=Budget(initial=Decimal(-5)), spend_plan=SpendPlan(shares=("1.2", None, 0, "-1")))

    assert (project.code, project.budget.initial, project.spend_plan.shares[0]) == ("", -5, Decimal("1.2"))


def test_the_budget_that_execution_is_measured_against():
    assert Budget(initial=20).current == 20
    assert Budget(initial=20, adjusted=0).current == 0
    assert Budget().current is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": 1, "payments": (None,) * 11},
        {"number": 1, "colour": "red"},
        {"number": 1, "budget": {"initial": "二十"}},
    ],
)
def test_what_no_form_can_hold_is_refused(wrong):
    with pytest.raises(ValidationError):
        Project.model_validate(wrong)


def test_a_department_survives_json_and_cannot_be_changed():
    department = Department(
        year=2023,
        projects=(
            Project(
                number=1,
                spend_plan=SpendPlan(shares=(None, "0.2", None, 1)),
                indicators=(Indicator(level1="产出指标", target=Target(operator=WORDS, value="良好")),),
            ),
        ),
    )

    assert Department.model_validate_json(department.model_dump_json()) == department
    with pytest.raises(ValidationError, match="frozen"):
        department.year = 2024
