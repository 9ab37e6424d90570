"""The example department: its performance document, and what its clerks typed into the workbooks, faults and all."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

from xlperf.form import Answers, Cell, project_answers
from xlperf.model import Project

AS_OF = (2026, 10, 31)

_COLUMNS = {
    "actual": "indicators.actual",
    "points": "indicators.points",
    "deviation_reasons": "indicators.deviation_reason",
    "likelihood": "indicators.likelihood",
}


def document_text() -> str:
    """The department's performance document, as a text dump."""
    return files(__name__).joinpath("document.txt").read_text(encoding="utf-8")


def typed_answers() -> Mapping[str, Mapping[str, Any]]:
    """What was typed, by project code."""
    text = files(__name__).joinpath("answers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def filled(project: Project, typed: Mapping[str, Any]) -> Answers:
    """The project's sheet with what was typed into it."""
    form = project_answers(project)
    payments: list[dict[str, Cell]] = [dict(row) for row in form.bands["payments"]]
    for row, amount in zip(payments, typed["payments"], strict=True):
        row["payments.amount"] = _cell(amount)
    indicators: list[dict[str, Cell]] = [dict(row) for row in form.bands["indicators"]]
    for name, key in _COLUMNS.items():
        for row, value in zip(indicators, typed[name], strict=True):
            row[key] = _cell(value)
    single = {"budget.adjusted": _cell(typed["adjusted"]), "deviation_reason": _cell(typed["deviation_reason"])}
    return Answers({**form.single, **single}, {**form.bands, "payments": payments, "indicators": indicators})


def _cell(value: Any) -> Cell:
    if value == "":
        return None
    return Decimal(value) if isinstance(value, int) else value
