"""The sheets of each period hold a project whole: what was written is read, in every layout."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import full_departments, parameters, thorough

from xlperf.form import EDITIONS, FormSet, Role, form_set_of, layout, newest
from xlperf.form.editions import PERIODS
from xlperf.form.parts import keys_of
from xlperf.model import Department, Indicator, Operator, Period, Settings
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

OF_PERIODS = [form_set for form_set in EDITIONS if form_set.period != "year" and newest(form_set) == form_set]
PERIOD_OF = {word: period for period, word in PERIODS.items()}


def stands_on_a_plan(indicator: Indicator) -> bool:
    """A row of the plan somebody typed something into; a row without is nothing, whatever is hidden in it."""
    target = indicator.target
    signed = target.operator_stated or target.operator in (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)
    texts = (indicator.level1, indicator.level2, indicator.name, indicator.description, indicator.basis, target.unit)
    return any(texts) or signed or target.value is not None or indicator.weight is not None


def on_a_plan(department: Department) -> Department:
    projects = (
        project.model_copy(update={"indicators": tuple(filter(stands_on_a_plan, project.indicators))})
        for project in department.projects
    )
    return department.model_copy(update={"projects": tuple(projects)})


@thorough
@given(full_departments, parameters, st.sampled_from(OF_PERIODS))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, department: Department, settings: Settings, form_set: FormSet
) -> None:
    settings = settings.model_copy(update={"period": PERIOD_OF[form_set.period]})
    if settings.period is Period.PLAN:
        department = on_a_plan(department)
    path: Path = tmp_path_factory.getbasetemp() / "a.xlsx"
    path.write_bytes(department_bytes(department, settings, form_set=form_set))

    returned = read_workbook(path)

    assert returned.department == department
    assert returned.settings == settings
    assert returned.edition == str(form_set)
    passed_over = {"XPF212", "XPF413", "XPF414", *(["XPF240"] if newest(form_set) != form_set else [])}
    assert [found for found in returned.findings if found.code not in passed_over] == []
    assert [sheet.tally for sheet in returned.sheets if sheet.tally.altered or sheet.tally.strays] == []
    touched = {sheet.marker.kind for sheet in returned.sheets if not sheet.is_untouched}
    assert touched <= {"guide", "contents", "seal"}


@pytest.mark.parametrize("form_set", OF_PERIODS, ids=str)
def test_only_what_the_period_asks_is_open(form_set: FormSet) -> None:
    asked = {key for keys in keys_of(EDITIONS[form_set]["project"], Role.INPUT).values() for key in keys}

    plan = {"purpose", "indicators.name", "indicators.value", "objectives.text", "budget.initial"}
    assert (asked & plan == plan) == (form_set.period == "plan")
    assert ("indicators.actual" in asked) == (form_set.period != "plan")
    assert ("indicators.weight" in asked) == (form_set.period != "monitoring")
    assert ("indicators.deviation_kinds.0" in asked) == (form_set.period == "monitoring")
    assert "payments.amount" in asked


@pytest.mark.parametrize("form_set", OF_PERIODS, ids=str)
def test_what_is_asked_is_seen_and_what_is_hidden_is_locked(form_set: FormSet) -> None:
    at = layout(EDITIONS[form_set]["project"])

    for place in at.places:
        if place.piece.role is Role.INPUT:
            assert place.column <= at.visible_columns


def test_two_boxes_ticked_where_one_belongs_are_told(tmp_path: Path) -> None:
    import openpyxl
    from departments import small_department

    settings = Settings(as_of=dt.date(2026, 6, 30), period=Period.MONITORING)
    form_set = form_set_of(Period.MONITORING, "national")
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(small_department(), settings, form_set=form_set))
    at = layout(EDITIONS[form_set]["project"], (("indicators", 3), ("payments", 12))).bands["indicators"][0]
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[3]
    certain, possible = (at[f"indicators.likelihood.{i}"].cell for i in range(2))
    sheet[certain], sheet[possible] = "√", "√"
    sheet[at["indicators.deviation_kinds.0"].cell] = "✓"
    sheet[at["indicators.deviation_kinds.4"].cell] = "√"
    book.save(path)

    returned = read_workbook(path)

    assert returned.department is not None
    first = returned.department.projects[0].indicators[0]
    assert first.likelihood is None
    assert [kind.value for kind in first.deviation_kinds] == ["经费保障", "其他"]
    assert ("XPF407", possible) in [(found.code, found.locus.cell) for found in returned.findings]
