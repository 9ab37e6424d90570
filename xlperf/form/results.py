"""What the computed cells of a sheet hold, from the same core that answers in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from xlperf.form.answers import Answers, Cell, Value, Values
from xlperf.form.bindings import overall_answers, settings_answers
from xlperf.form.choices import PARAMETERS
from xlperf.form.parts import REFERENCE, Band, Call, Form, Kind, Role, Slot
from xlperf.form.settings import SETTINGS
from xlperf.measure import CATALOG
from xlperf.model import Department, Settings


def results(form: Form, answers: Answers, parameters: Mapping[str, Cell], projects: Sequence[Answers] = ()) -> Answers:
    """The computed slots of a sheet with these answers; `parameters` and `projects` as in `Values`."""
    computed, keys = _computed(form)
    values = Values(answers, parameters, computed, projects)
    columns = {band: zip(*map(values.column, of_band), strict=True) for band, of_band in keys.items() if band}
    return Answers(
        {key: values[key] for key in keys[""]},
        {band: [dict(zip(keys[band], row, strict=True)) for row in rows] for band, rows in columns.items()},
    )


def parameter_values(settings: Settings, department: Department) -> dict[str, Cell]:
    """The parameters that the sheets of a department mention, by {@name}."""
    overall, answers = overall_answers(department).single, settings_answers(settings)
    computed = results(SETTINGS, answers, {"year": department.year})
    sheets = {"overall": overall, "settings": {**answers.single, **computed.single}}
    return {name: sheets[kind][slot] for name, (_, kind, slot) in PARAMETERS.items()}


@lru_cache(maxsize=64)
def _computed(form: Form) -> tuple[dict[str, Value], dict[str, list[str]]]:
    """What each slot that is not typed comes to by key; the keys of the computed slots by band, "" outside bands."""
    keys: dict[str, list[str]] = {"": []}
    computed: dict[str, Value] = {}
    for part in form.body:
        band, row = (part.key, part.row) if isinstance(part, Band) else ("", part)
        for slot in row.pieces:
            if not isinstance(slot, Slot):
                continue
            if slot.kind is Kind.MONTH:
                computed[slot.key] = partial(_months, band=band)
            elif slot.role is Role.COMPUTED:
                computed[slot.key] = _value(slot, form, band)
                keys.setdefault(band, []).append(slot.key)
    return computed, keys


def _months(values: Values, band: str) -> list[Cell]:
    """The rows of a band count the months, whatever a file has there."""
    return list(range(1, values.size(band) + 1))


def _value(slot: Slot, form: Form, band: str) -> Value:
    if slot.value:
        return slot.value
    assert slot.formula is not None
    if isinstance(slot.formula, str):
        return _argument(slot.formula, form)
    return _answer(slot.formula, form, band)


def _answer(call: Call, form: Form, band: str) -> Value:
    """What a function of the catalog answers; a column of a band is one call."""
    function = CATALOG[call.name].python
    arguments = [_argument(template, form) for template in call.arguments]

    def answer(values: Values) -> Any:
        return function(*[argument(values) for argument in arguments])

    def column(values: Values) -> list[Cell]:
        return [cell for (cell,) in answer(values)] if values.size(band) else []

    return column if band else answer


def _argument(template: str | None, form: Form) -> Callable[[Values], Any]:
    """What a reference stands for: a parameter, a slot, a band column, or the slots from one to another of a row."""
    if template is None:
        return lambda values: None
    (sigil, key, _), *others = REFERENCE.findall(template)
    assert REFERENCE.sub("", template) == ":" * len(others), template
    if others:
        keys = [slot.key for part in form.body if not isinstance(part, Band) for slot in _slots(part.pieces)]
        span = keys[keys.index(key) : keys.index(others[0][1]) + 1]
        return lambda values: [values[key] for key in span]
    if sigil == "@":
        return lambda values: values.parameters[key]
    if sigil == "#":
        return lambda values: [project.single.get(key) for project in values.projects]
    if key.split(".")[0] in form.bands:
        return lambda values: values.column(key)
    return lambda values: values[key]


def _slots(pieces: Iterable[object]) -> list[Slot]:
    return [piece for piece in pieces if isinstance(piece, Slot)]
