"""The example department: its performance document, and what its clerks typed into the workbooks, faults and all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

from xlperf.form import Answers, Cell, Form, Kind, project_answers
from xlperf.form.bindings import LISTED
from xlperf.form.parts import TICK
from xlperf.model import Project

Typed = Mapping[str, Any]
"""What was typed into one sheet, by the key of the slot, or of boxes to tick; of a band, an array for each column."""


def document_text() -> str:
    """The department's performance document, as a text dump."""
    return files(__name__).joinpath("document.txt").read_text(encoding="utf-8")


def typed_answers() -> Mapping[str, Mapping[str, Typed]]:
    """What was typed, by project code and the name that form sets call the period. A project may never come back."""
    text = files(__name__).joinpath("answers.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text, parse_float=Decimal)
    return {code: {period: dict(_by_key(typed)) for period, typed in periods.items()} for code, periods in read.items()}


def filled(project: Project, typed: Typed, form: Form) -> Answers:
    """The project's sheet with what was typed into it."""
    given = project_answers(project, form)
    single: dict[str, Cell] = dict(given.single)
    bands: dict[str, list[dict[str, Cell]]] = {band: [dict(row) for row in rows] for band, rows in given.bands.items()}
    for key, value in typed.items():
        if isinstance(value, list):
            for row, item in zip(bands[key.partition(".")[0]], value, strict=True):
                row.update(_cells(form, key, item))
        else:
            single.update(_cells(form, key, value))
    return Answers(single, bands)


def _by_key(typed: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in typed.items():
        if isinstance(value, Mapping):
            yield from _by_key(value, f"{path}{name}.")
        else:
            yield path + name, value


def _cells(form: Form, key: str, typed: Any) -> dict[str, Cell]:
    """The cells that come of one: none where it was left alone, one for each that is ticked."""
    if typed == "":
        return {}
    boxes = {slot.label: slot.key for _, slot in form.slots if slot.kind is Kind.TICK and slot.path == key}
    if boxes:
        return {boxes[word]: TICK for word in typed.split(LISTED)}
    return {key: Decimal(typed) if isinstance(typed, int) else typed}
