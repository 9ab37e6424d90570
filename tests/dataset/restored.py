"""The model of a file as the dataset holds it: the way back from `consolidate.file_result`."""

from __future__ import annotations

from typing import Any

from nouns import noun_of

from xlperf.dataset import Dataset
from xlperf.form import SETTINGS, Answers, Cell
from xlperf.form.overall import OVERALL_WITH_DEPARTMENT
from xlperf.form.payment_table import SHARES
from xlperf.form.record import PROJECT_RECORD
from xlperf.model import Department, Project, Settings


def department_of(dataset: Dataset, file: int) -> tuple[Department, Settings]:
    """The department and the parameters that were read from this file."""
    (unit,), (settings,) = dataset.rows_of("units", file), dataset.rows_of("settings", file)
    bands = {field: _texts(dataset, file, None, field) for field in ("sub_objectives", "safeguards")}
    lines = str(unit["overall_objective"]).split("\n")
    overall = Answers(
        _by_slot(unit), {**bands, "overall_objective": [{"overall_objective.text": line} for line in lines]}
    )
    projects = tuple(_project(dataset, file, row) for row in dataset.rows_of("projects", file))
    department = noun_of(OVERALL_WITH_DEPARTMENT, Department, overall).model_copy(update={"projects": projects})
    return department, noun_of(SETTINGS, Settings, Answers(_by_slot(settings)))


def _project(dataset: Dataset, file: int, row: dict[str, Any]) -> Project:
    number = row["project"]
    shares = [point["share"] for point in dataset.rows_of("plan", file, number)]
    payments = [{"payments.amount": month["amount"]} for month in dataset.rows_of("payments", file, number)]
    indicators = [_by_slot(indicator, "indicators.") for indicator in dataset.rows_of("indicators", file, number)]
    bands = {"objectives": _texts(dataset, file, number, "objectives"), "payments": payments, "indicators": indicators}
    return noun_of(PROJECT_RECORD, Project, Answers({**_by_slot(row), **dict(zip(SHARES, shares, strict=True))}, bands))


def _texts(dataset: Dataset, file: int, project: int | None, field: str) -> list[dict[str, Cell]]:
    rows = dataset.rows_of("texts", file, project)
    return [{f"{field}.text": row["text"]} for row in rows if row["field"] == field]


FORMS = (OVERALL_WITH_DEPARTMENT, PROJECT_RECORD, SETTINGS)
SLOTS = {slot.key.replace(".", "_"): slot.key for form in FORMS for _, slot in form.slots}


def _by_slot(row: dict[str, Any], band: str = "") -> dict[str, Cell]:
    """Values by the keys of slots, of which columns have the names."""
    named = ((SLOTS.get(f"{band}{name}".replace(".", "_")), value) for name, value in row.items())
    return {key: None if value == "" else value for key, value in named if key}
