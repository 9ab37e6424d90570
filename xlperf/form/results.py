"""What the computed cells of a sheet hold, from the same core that answers in the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from xlperf.form.answers import Answers, Cell, Value, Values
from xlperf.form.bindings import overall_answers, settings_answers
from xlperf.form.choices import PARAMETERS
from xlperf.form.parts import REFERENCE, Call, Form, Kind, Role, Slot, keys_of
from xlperf.form.settings import SETTINGS
from xlperf.measure import CATALOG
from xlperf.model import BudgetUnit, Department, Settings

Rules = tuple[Cell, ...]
"""The parameters of a rule pack as their column of cells holds them."""


def results(form: Form, answers: Answers, parameters: Mapping[str, Cell], projects: Sequence[Answers] = ()) -> Answers:
    """The computed slots of a sheet with these answers; `parameters` and `projects` as in `Values`."""
    slots, computed = _slot_values(form), keys_of(form, Role.COMPUTED)
    values = Values(answers, parameters, projects, slots)
    columns = {band: zip(*map(values.__getitem__, keys), strict=True) for band, keys in computed.items() if band}
    return Answers(
        {key: values[key] for key in computed[""]},
        {band: [dict(zip(computed[band], row, strict=True)) for row in rows] for band, rows in columns.items()},
    )


def parameter_values(settings: Settings, department: Department, rules: Rules = ()) -> Mapping[str, Cell]:
    """The parameters that the sheets of a department mention, by {@name}.

    `rules` are those of the rule pack where they are not as the pack of that name has them.
    """
    return _parameter_values(settings, rules, department.unit, department.year)


@lru_cache(maxsize=256)  # most workbooks of a run have them in common
def _parameter_values(settings: Settings, rules: Rules, unit: BudgetUnit, year: int) -> Mapping[str, Cell]:
    answers = settings_answers(settings)
    computed = results(SETTINGS, answers, {"year": year})
    overall = overall_answers(Department.model_construct(unit=unit, year=year))  # whatever year was typed
    sheets = {"overall": overall, "settings": answers.with_results(computed)}
    # Functions take the name of a pack for its parameters.
    known: dict[str, Any] = {"rules": rules or settings.pack, "department": unit.department or unit.name}
    return {name: known.get(name, sheets[kind].single.get(slot)) for name, (_, kind, slot) in PARAMETERS.items()}


@lru_cache(maxsize=64)
def _slot_values(form: Form) -> dict[str, Value]:
    """What every slot comes to, by key."""
    keys = [slot.key for _, slot in form.slots]
    return {slot.key: _value(slot, band, keys) for band, slot in form.slots}


def _value(slot: Slot, band: str, keys: Sequence[str]) -> Value:
    key, formula = slot.key, slot.formula
    if slot.value:
        return slot.value
    if isinstance(formula, Call):
        return _answer(formula, band, keys)
    if formula:
        return _joined(formula, keys)
    if slot.kind is Kind.MONTH:  # whatever a file has there
        return lambda values: list(range(1, len(values.answers.bands.get(band, ())) + 1))
    return (lambda values: values.answers.column(key)) if band else (lambda values: values.answers.single.get(key))


def _answer(call: Call, band: str, keys: Sequence[str]) -> Value:
    """What a function of the catalog answers; a column of a band is one call."""
    function = CATALOG[call.name].python
    arguments = [_reference(argument, keys) for argument in call.arguments]

    def answer(values: Values) -> Any:
        return function(*[argument(values) for argument in arguments])

    def column(values: Values) -> list[Cell]:
        return [cell for (cell,) in answer(values)] if values.answers.bands.get(band) else []

    return column if band else answer


def _joined(formula: str, keys: Sequence[str]) -> Value:
    """A reference, or several of them and texts in quotes with & between."""
    parts = [part[1:-1] if part.startswith('"') else _reference(part, keys) for part in formula.split("&")]
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    return lambda values: "".join(part if isinstance(part, str) else str(part(values) or "") for part in parts)


def _reference(template: str | None, keys: Sequence[str]) -> Value:
    """What a reference stands for: a parameter, a slot of this sheet or of the projects, or slots side by side."""
    if template is None:
        return lambda values: None
    (sigil, key, _), *others = REFERENCE.findall(template)
    assert REFERENCE.sub("", template) == ":" * len(others), template
    if others:
        span = keys[keys.index(key) : keys.index(others[0][1]) + 1]
        return lambda values: [values[key] for key in span]
    if sigil == "@":
        return lambda values: values.parameters[key]
    if sigil == "#":
        return lambda values: [project.single.get(key) for project in values.projects]
    return lambda values: values[key]
