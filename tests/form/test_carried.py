"""Hidden columns hold every field of the model; those of an edition given out stay as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest
from departments import small_department
from nouns import noun_of

from xlperf.form import EDITIONS, Band, Form, FormSet, Kind, project_answers
from xlperf.form.carried import with_carried
from xlperf.form.parts import Row, given
from xlperf.form.plan import PLAN
from xlperf.model import Project
from xlperf.model.messages import FIELDS
from xlperf.model.text import Text


class Longer(Project):
    """A project that has gained a field."""

    responsible: Text = ""


@pytest.fixture(autouse=True)
def name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FIELDS, "responsible", ("项目负责人", "person in charge"))


def test_a_sheet_that_shows_nothing_of_a_project_holds_all_of_it() -> None:
    bands = (
        Band("indicators", Row(())),
        Band("payments", Row((given("payments.amount", Kind.MONEY, path="payments"),))),
    )
    form = with_carried(Form(kind="project", widths=(10,), body=(*[Row(())] * 20, *bands), noun=Project))
    project = (
        small_department().projects[0].model_copy(update={"objectives": ("办好案件。", "保障运转。", "群众满意。")})
    )

    assert noun_of(form, Project, project_answers(project, form)) == project


def test_a_field_the_model_gains_is_carried() -> None:
    form = with_carried(replace(PLAN, noun=Longer))

    assert [slot.label for _, slot in form.slots if slot.key == "responsible"] == ["项目负责人"]


def test_it_moves_no_cell_of_a_form_given_out_before() -> None:
    given_out = EDITIONS[FormSet("2026.2", "national", "plan")]["project"]

    assert with_carried(replace(PLAN, noun=Longer), {"responsible"}).body == given_out.body
