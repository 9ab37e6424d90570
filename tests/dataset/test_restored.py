"""From a workbook into the dataset and back: the model is the same, to the digit and the letter, in every form."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from dataset.restored import department_of
from departments import small_department
from hypothesis import given
from hypothesis import strategies as st
from strategies import full_departments, parameters, thorough

from xlperf.consolidate import examine
from xlperf.dataset.schema import TABLES
from xlperf.form import EDITIONS, FormSet
from xlperf.form.editions import PERIOD_OF
from xlperf.form.record import PROJECT_RECORD
from xlperf.model import Department, Settings
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes


def in_period(settings: Settings, form_set: FormSet) -> Settings:
    """The parameters of a workbook of these forms."""
    period = PERIOD_OF.get(form_set.period, settings.period)
    return settings.model_copy(update={"period": period})


@thorough
@given(full_departments, parameters, st.sampled_from(list(EDITIONS)))
def test_the_dataset_holds_the_model(department: Department, settings: Settings, form_set: FormSet) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "甲.xlsx")
        path.write_bytes(department_bytes(department, in_period(settings, form_set), form_set=form_set))
        returned = read_workbook(path)
        reading = examine(path).reading

        if returned.refused is None:
            assert department_of(reading.dataset, 1) == (returned.department, returned.settings)


@pytest.mark.parametrize("form_set", EDITIONS, ids=str)
def test_the_example(tmp_path: Path, form_set: FormSet) -> None:
    settings = in_period(Settings(as_of="2026-09-30"), form_set)  # type: ignore[arg-type]
    path = tmp_path / "甲.xlsx"
    path.write_bytes(department_bytes(small_department(), settings, form_set=form_set))
    returned = read_workbook(path)

    assert department_of(examine(path).reading.dataset, 1) == (returned.department, settings)
    if form_set.period == "year":
        assert returned.department == small_department()


def test_every_field_of_a_project_has_a_column() -> None:
    columns = {table: set(TABLES[table].names) for table in ("projects", "indicators", "payments", "texts")}
    tables = {"": "projects", "objectives": "texts"}
    fields = {
        (tables.get(band, band), slot.key.removeprefix(f"{band}.").replace(".", "_"))
        for band, slot in PROJECT_RECORD.slots
        if not slot.key.startswith("shares.")  # they are the table `plan`
    }

    assert {name for table, name in fields if name not in columns[table]} == set()
    assert len(fields) > 80
