"""From a workbook into the dataset and back: the model is the same, to the digit and the letter."""

from __future__ import annotations

import tempfile
from pathlib import Path

from departments import small_department
from hypothesis import given
from strategies import departments, parameters, thorough

from xlperf.consolidate import examine
from xlperf.consolidate.restored import department_of
from xlperf.dataset.schema import TABLES
from xlperf.form import PROJECT, Role
from xlperf.form.parts import keys_of
from xlperf.model import Department, Settings
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes


@thorough
@given(departments, parameters)
def test_the_dataset_holds_the_model(department: Department, settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "甲.xlsx")
        path.write_bytes(department_bytes(department, settings))
        returned = read_workbook(path)
        reading = examine(path).reading

        if returned.refused is None:
            assert department_of(reading.dataset, 1) == (returned.department, returned.settings)


def test_the_example(tmp_path: Path) -> None:
    settings = Settings(as_of="2026-09-30")  # type: ignore[arg-type]
    path = tmp_path / "甲.xlsx"
    path.write_bytes(department_bytes(small_department(), settings))

    assert department_of(examine(path).reading.dataset, 1) == (small_department(), settings)


def test_every_input_of_a_project_has_a_column() -> None:
    columns = {table: set(TABLES[table].names) for table in ("projects", "indicators", "payments")}
    keys = keys_of(PROJECT, Role.INPUT)

    assert {key.replace(".", "_") for key in keys[""] if not key.startswith("shares.")} <= columns["projects"]
    assert {key.removeprefix("indicators.") for key in keys["indicators"]} <= columns["indicators"]
    assert {key.removeprefix("payments.") for key in keys["payments"]} <= columns["payments"]
