"""Which slot holds which field of the model: one table for both directions, read off the form and the model.

A slot's path is its key, or stands beside it. Within a band the first name is the field that holds the items, the rest
leads into one of them. The way from answers to the model has findings to report and lives with the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from xlperf.form.answers import Answers, Cell
from xlperf.form.fields import choices_of, field_at, is_tuple
from xlperf.form.overall import OVERALL
from xlperf.form.parts import TICK, Band, Form, Kind, Role, Row, Slot
from xlperf.form.project import PROJECT
from xlperf.form.settings import SETTINGS
from xlperf.measure import DEFAULT_PACK, PACKS, PARAMETERS, Pack, cells_of, find_pack
from xlperf.model import Department, Operator, Project, Settings
from xlperf.model.department import Noun
from xlperf.model.text import joined_paragraphs, split_paragraphs

TEXTS = (Kind.TEXT, Kind.PARAGRAPH, Kind.WORD)
OPERATOR = "indicators.operator"
LISTED = "、"  # between the choices of a field that holds several, in one cell


class Binding(NamedTuple):
    """A field and the slots it stands in: several slots of a row that share a path hold the items of a tuple.

    `path` leads there from the noun, in a band from one of its items; it is empty where the item is the value itself.
    `choices` is the closed set the value belongs to, `limits` are the bounds of a whole number. Slots to tick stand for
    the choices in their order. `is_many` says that the field is a tuple: of choices, ticked or listed in one cell, or
    of the paragraphs of one text.
    """

    keys: tuple[str, ...]
    path: tuple[str, ...]
    kind: Kind
    choices: type[StrEnum] | None
    limits: tuple[int, ...]
    is_many: bool
    value_of: Callable[[Any], Any]

    def value(self, cells: Sequence[Any]) -> Any:
        """The field of which its slots hold these cells."""
        if self.kind is Kind.TICK:
            assert self.choices is not None
            ticked = tuple(choice for choice, cell in zip(self.choices, cells, strict=True) if cell is not None)
            return ticked if self.is_many else next(iter(ticked), None)
        if len(cells) > 1:
            return cells
        if self.is_many and self.choices:
            return tuple(map(self.choices, filter(None, (cells[0] or "").split(LISTED))))
        if self.is_many:
            return split_paragraphs(cells[0] or "")
        return "" if cells[0] is None and self.kind in TEXTS and not self.choices else cells[0]


class BoundRow(NamedTuple):
    """The bindings of a row of the form, or of every row of a `band`.

    `lines` says that the rows of the band are the lines of one text; `month` is the slot that numbers them.
    """

    bindings: tuple[Binding, ...]
    band: str = ""
    lines: bool = False
    month: str = ""


@lru_cache(maxsize=64)
def bound_rows(form: Form) -> tuple[BoundRow, ...]:
    """The rows and bands of a form that hold fields of its noun, top to bottom."""
    rows = (_bound_row(form, part) for part in form.body)
    return tuple(row for row in rows if row.bindings)


def _bound_row(form: Form, part: Row | Band) -> BoundRow:
    band, row = (part.key, part.row) if isinstance(part, Band) else ("", part)
    slots = [slot for slot in row.slots if slot.role is not Role.COMPUTED]
    bindings: list[Binding] = []
    for path, same in groupby(slots, key=lambda slot: slot.path or slot.key):
        field = field_at(form.noun, path)
        if field:
            bindings.append(_binding(path.split(".")[bool(band) :], field, tuple(same)))
        else:  # what the generator gives of its own: markers, months, rule packs
            assert form.noun is None or all(slot.role is Role.GIVEN for slot in same), path
    of_band = field_at(form.noun, band)
    month = next((slot.key for slot in slots if slot.kind is Kind.MONTH), "")
    return BoundRow(tuple(bindings), band, of_band is not None and of_band.annotation is str, month)


def _binding(path: Sequence[str], field: FieldInfo, slots: tuple[Slot, ...]) -> Binding:
    own: Callable[[Any], Any] = attrgetter(".".join(path)) if path else lambda item: item
    key, kind, value_of = slots[0].key, slots[0].kind, own
    choices, is_many = choices_of(field), is_tuple(field) and bool(path)
    if kind is Kind.TICK:
        assert choices is not None
        every = tuple(choices)

        def value_of(item: Any) -> tuple[Cell, ...]:
            held = own(item) if is_many else (own(item),)
            return tuple(TICK if choice in held else None for choice in every)

    elif is_many and choices:

        def value_of(item: Any) -> str:
            return LISTED.join(own(item))

    elif is_many and len(slots) == 1:

        def value_of(item: Any) -> str:
            return joined_paragraphs(own(item))

    elif key == OPERATOR:  # one that was not stated stays blank
        value_of = attrgetter("target.symbol")
    return Binding(
        keys=tuple(slot.key for slot in slots),
        path=tuple(path),
        kind=kind,
        choices=choices,
        limits=tuple(getattr(rule, name) for name in ("ge", "le") for rule in field.metadata if hasattr(rule, name)),
        is_many=is_many,
        value_of=value_of,
    )


def answers_of(form: Form, noun: Noun) -> Answers:
    """What the sheet holds of the model."""
    single: dict[str, Cell] = {}
    bands: dict[str, list[dict[str, Cell]]] = {}
    for bindings, band, lines, month in bound_rows(form):
        if not band:
            single.update(_cells(bindings, noun))
            continue
        items = getattr(noun, band)
        rows = [_cells(bindings, item) for item in (items.split("\n") if lines else items)]
        bands[band] = [{month: number, **row} for number, row in enumerate(rows, start=1)] if month else rows
    return Answers(single, bands)


def _cells(bindings: Sequence[Binding], noun: object) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for binding in bindings:
        keys, value = binding.keys, binding.value_of(noun)
        if len(keys) > 1:
            cells.update(zip(keys, value, strict=True))
        else:
            cells[keys[0]] = str(value) or None if isinstance(value, str) else value
    return cells


def put_field(fields: dict[str, Any], path: Sequence[str], value: object) -> None:
    """Put a value where the path leads; without a path it is all there is."""
    for name in path[:-1]:
        fields = fields.setdefault(name, {})
    fields[path[-1] if path else ""] = value


def operator_fields(operator: Operator | None) -> dict[str, object]:
    """The fields of a target whose cell states this operator, or none."""
    return {
        "operator": operator or Operator.EQ,
        "operator_stated": operator is not None and operator.compares,
    }


def project_answers(project: Project, form: Form = PROJECT) -> Answers:
    """What the sheet of a project holds."""
    return answers_of(form, project)


def overall_answers(department: Department, form: Form = OVERALL) -> Answers:
    """What the sheet of the department holds."""
    return answers_of(form, department)


def settings_answers(settings: Settings, form: Form = SETTINGS) -> Answers:
    """What the parameter sheet holds, with the table of rule packs, or of the parameters of its own."""
    tables: dict[str, list[dict[str, Cell]]] = {"packs": [_pack(pack) for pack in PACKS.values()]}
    if "rules" in form.bands:
        tables = {"rules": _rules(find_pack(settings.pack) or DEFAULT_PACK)}
    return Answers(answers_of(form, settings).single, tables)


def _rules(pack: Pack) -> list[dict[str, Cell]]:
    return [
        {"rules.name": parameter.zh, "rules.value": None if cell == "" else cell, "rules.note": parameter.note}
        for parameter, cell in zip(PARAMETERS, cells_of(pack), strict=True)
    ]


def _pack(pack: Pack) -> dict[str, Cell]:
    points = dict(pack.weights)
    execution = f"{pack.execution.cap}" if not pack.execution.bands else f"{pack.execution.cap}（分档）"
    return {
        "packs.key": pack.key,
        "packs.name": pack.zh,
        "packs.execution": execution,
        "packs.cost": points.get("成本指标"),
        "packs.output": points.get("产出指标"),
        "packs.benefit": "／".join(str(points.get(level1, "—")) for level1 in ("效益指标", "满意度指标")),
        "packs.note": pack.note,
    }
