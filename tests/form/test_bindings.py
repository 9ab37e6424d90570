"""One table binds slots to fields: what a form asks for has a field, and comes back from the sheet as it went out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from nouns import noun_of
from strategies import departments, thorough

from xlperf.form import EDITIONS, OVERALL, PROJECT, Form, Role, overall_answers, project_answers
from xlperf.form.bindings import bound_rows
from xlperf.form.parts import keys_of
from xlperf.model import Budget, Department, Indicator, Operator, Project, SpendPlan, Target

FORMS = dict.fromkeys(form for forms in EDITIONS.values() for form in forms.values() if form.noun)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_every_input_holds_a_field_of_the_model(form: Form) -> None:
    bound = [key for row in bound_rows(form) for binding in row.bindings for key in binding.keys]

    assert {key for keys in keys_of(form, Role.INPUT).values() for key in keys} <= set(bound)
    assert len(bound) == len(set(bound))


def test_a_field_stands_in_its_slot() -> None:
    target = Target(operator=Operator.GE, operator_stated=True, value=Decimal(95), unit="%")
    project = Project(
        number=3,
        budget=Budget(carryover=Decimal("1.5")),
        spend_plan=SpendPlan(shares=(None, Decimal("0.5"), None, Decimal(1))),
        objectives=("甲", "乙"),
        indicators=(Indicator(level1="产出指标", target=target),),
    )

    answers = project_answers(project)

    assert [answers.single[key] for key in ("number", "code", "budget.carryover")] == [3, None, Decimal("1.5")]
    assert [answers.single[f"shares.{i}"] for i in range(4)] == [None, Decimal("0.5"), None, Decimal(1)]
    assert answers.column("objectives.text") == ["甲", "乙"]
    assert answers.column("payments.month") == list(range(1, 13))
    row = answers.bands["indicators"][0]
    assert [row[f"indicators.{key}"] for key in ("operator", "value", "unit", "name")] == ["≥", Decimal(95), "%", None]


@thorough
@given(departments)
def test_what_the_sheets_hold_is_the_model(department: Department) -> None:
    assert (
        noun_of(OVERALL, Department, overall_answers(department)).model_copy(update={"projects": department.projects})
        == department
    )
    for project in department.projects:
        assert noun_of(PROJECT, Project, project_answers(project)) == project


def test_lines_of_a_text_stand_in_rows() -> None:
    answers = overall_answers(Department(year=2026, overall_objective="甲\n\n乙"))

    assert answers.column("overall_objective.text") == ["甲", None, "乙"]
    assert next(row for row in bound_rows(OVERALL) if row.band == "overall_objective").lines
