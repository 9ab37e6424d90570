"""From the answers of recognised sheets back to the model; both ways follow `form.bindings`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from xlperf.form import Cell, Form, Kind, Role, settings_answers
from xlperf.form.bindings import LISTED, OPERATOR, Binding, BoundRow, bound_rows, operator_fields, put_field
from xlperf.form.parts import TICK, keys_of
from xlperf.measure import PACKS, find_pack
from xlperf.model import Department, Project, Settings
from xlperf.model.operator import SPELLINGS
from xlperf.model.text import cut, squeeze
from xlperf.workbook.read.answers import CellReader
from xlperf.workbook.read.rule_packs import rules_on

OPERATORS = {squeeze(spelling): operator for spelling, operator in SPELLINGS.items()}
UNIT = "indicators.unit"
BESIDE = {
    "indicators.value": "indicators.actual",
    "indicators.actual": "indicators.value",
    "indicators.expected": "indicators.value",
    "indicators.interim.actual": "indicators.value",
    "indicators.interim.expected": "indicators.value",
}
"""Quantities in the unit of their row, and the slot they are compared with."""

TICKS = dict.fromkeys(("√", "✓", "✔", "☑", "■", "是", "1", "V", "v"), TICK)

Reader = Callable[[CellReader, int], Any]
"""Reads a field from its slots, in a band from those of this row."""

Rows = dict[str, tuple[int, ...]]
"""By band the rows (counted from 0) its items stand in, in their order."""


def project(entries: CellReader, position: int, *, is_unmarked: bool = False) -> tuple[Project, Rows]:
    """A project's sheet; `position` among its sisters numbers it where the sheet has lost its number.

    That of an unmarked one went with its marker, which was said.
    """
    fields, rows = _read(entries, {} if is_unmarked else {"number": position})
    if fields.get("number") is None:
        fields["number"] = position
    return Project.model_validate(fields), rows


def department(entries: CellReader, projects: tuple[Project, ...], year: int | None) -> tuple[Department, Rows] | None:
    """The department with these projects; `year` stands in where the sheet has none, None where nothing says it."""
    fields, rows = _read(entries, {"year": year} if year else {})
    if fields["year"] is None:
        return None
    return Department.model_validate({**fields, "projects": projects}), rows


def settings(entries: CellReader, year: int) -> Settings:
    """The parameters; where one is missing or cannot be read its default stands in, with a finding."""
    fields, _ = _read(entries, settings_answers(Settings(as_of=dt.date(year, 12, 31))).single)
    return Settings.model_validate(fields)


def is_untouched(entries: CellReader) -> bool:
    """Whether nothing at all was typed into the sheet."""
    answers = entries.answers
    inputs = keys_of(entries.layout.form, Role.INPUT)
    rows = [(keys, row) for band, keys in inputs.items() for row in answers.bands.get(band, [answers.single])]
    return all(row.get(key) is None for keys, row in rows for key in keys)


def _read(entries: CellReader, defaults: Mapping[str, Cell]) -> tuple[dict[str, Any], Rows]:
    """The fields of the form's noun, top to bottom; a default stands in with a finding."""
    fields: dict[str, Any] = {}
    rows: Rows = {}
    for bound, readers in _rows(entries.layout.form):
        if bound.lines:
            fields[bound.band], first = entries.lines(bound.bindings[0].keys[0])
            rows[bound.band] = tuple(range(first, len(entries.layout.bands[bound.band])))
        elif bound.band:
            items = _items(entries, bound, readers)
            fields[bound.band], rows[bound.band] = tuple(items.values()), tuple(items)
        else:
            for binding, read in zip(bound.bindings, readers, strict=True):
                key, value = binding.keys[0], read(entries, -1)
                if value is None and key in defaults:
                    value = defaults[key]
                    entries.tell("XPF406", key, value=f"{value:.0%}" if isinstance(value, Decimal) else value)
                put_field(fields, binding.path, value)
    return fields, rows


@lru_cache(maxsize=64)
def _rows(form: Form) -> tuple[tuple[BoundRow, tuple[Reader, ...]], ...]:
    """The bound rows of a form, with the reader of each binding."""
    return tuple((bound, tuple(map(_reader, bound.bindings))) for bound in bound_rows(form))


def _reader(binding: Binding) -> Reader:
    """What reads the slots of a field, as their kind demands."""
    key, kind = binding.keys[0], binding.kind
    if kind is Kind.TICK:
        return lambda entries, row: binding.value(_ticks(entries, binding, row))
    if binding.is_many and binding.choices:
        return lambda entries, row: _chosen(entries, binding, row)
    if binding.is_many and kind in (Kind.TEXT, Kind.PARAGRAPH):
        return lambda entries, row: binding.value([entries.paragraphs(key, row)])
    if key == OPERATOR:
        return lambda entries, row: entries.choice(key, OPERATORS, row)
    if key == "pack":
        return lambda entries, row: entries.choice(key, _packs(entries), row)
    if binding.choices:
        options = {squeeze(choice): choice for choice in binding.choices}
        return lambda entries, row: entries.choice(key, options, row)
    if kind in (Kind.TEXT, Kind.PARAGRAPH):
        return lambda entries, row: entries.text(key, row)
    if kind is Kind.MONEY:
        return lambda entries, row: entries.money(key, row)
    if kind in (Kind.NUMBER, Kind.POINTS):
        return lambda entries, row: entries.number(key, row)
    if len(binding.keys) > 1:
        return lambda entries, row: entries.shares(binding.keys)
    if kind is Kind.SHARE:
        return lambda entries, row: entries.shares(binding.keys)[0]
    if kind is Kind.DATE:
        return lambda entries, row: entries.date(key)
    return lambda entries, row: entries.count(key, *binding.limits)


def _chosen(entries: CellReader, binding: Binding, row: int) -> tuple[Any, ...]:
    """The choices listed in a cell; with a finding where one is none."""
    options = {squeeze(choice): choice for choice in binding.choices or ()}
    words = [squeeze(word) for word in entries.text(binding.keys[0], row).split(LISTED) if word]
    if not options.keys() >= set(words):
        entries.tell("XPF404", binding.keys[0], row, text=cut(LISTED.join(words)))
    return tuple(options[word] for word in words if word in options)


def _ticks(entries: CellReader, binding: Binding, row: int) -> list[str | None]:
    """What each of its boxes holds; nothing in any where only one may be ticked and several are."""
    ticked = [entries.choice(key, TICKS, row) for key in binding.keys]
    held = [key for key, cell in zip(binding.keys, ticked, strict=True) if cell]
    if binding.is_many or len(held) < 2:
        return ticked
    entries.tell("XPF461", held[1], row)
    return [None] * len(ticked)


def _packs(entries: CellReader) -> dict[str, str]:
    """The packs known here by their names, and the sheet's own where its parameters stand beside it."""
    stated, rules = entries.text("pack"), rules_on(entries.answers)
    own = {squeeze(stated): stated} if stated and rules and find_pack(rules) else {}
    return own | {squeeze(name): pack.key for pack in PACKS.values() for name in (pack.key, pack.zh)}


def _items(entries: CellReader, bound: BoundRow, readers: Sequence[Reader]) -> dict[int, Any]:
    """The items of a band by their rows; blank texts are none."""
    (binding, *others) = bound.bindings
    if others:
        return _indicators(entries, bound.bindings, readers)
    if binding.kind is Kind.PARAGRAPH:
        return entries.texts(binding.keys[0])
    return {row: readers[0](entries, row) for row in range(len(entries.layout.bands[bound.band]))}


def _indicators(
    entries: CellReader, bindings: Sequence[Binding], readers: Sequence[Reader]
) -> dict[int, dict[str, Any]]:
    """Every row somebody typed into, by its place in the band, or that was given; blank ones between are nothing.

    The original wording of the target stands in a hidden column and makes no row: a clerk who empties one wants it
    gone, but is told that it was not read.
    """
    indicators = {}
    form = entries.layout.form
    typed = keys_of(form, Role.INPUT)["indicators"]
    if bindings[0].keys[0] not in typed:  # what belongs to an earlier period
        typed = tuple(key for binding in bindings for key in binding.keys)
    for row, cells in enumerate(entries.answers.bands["indicators"]):
        if any(cells.get(key) is not None for key in typed):
            indicators[row] = _indicator(entries, bindings, readers, row)
        elif raw := entries.text("indicators.raw", row):
            entries.tell("XPF414", "indicators.raw", row, text=cut(raw))
    return indicators


def _indicator(entries: CellReader, bindings: Sequence[Binding], readers: Sequence[Reader], row: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    unit = entries.text(UNIT, row)
    for binding, read in zip(bindings, readers, strict=True):
        key = binding.keys[0]
        if key in BESIDE:
            value = entries.quantity(key, unit, row, beside=BESIDE[key])
        else:
            value = unit if key == UNIT else read(entries, row)
        if key == "indicators.level1" and not value:
            entries.tell("XPF413", key, row)
        put_field(fields, binding.path, value)
    fields["target"].update(operator_fields(fields["target"]["operator"]))
    return fields
