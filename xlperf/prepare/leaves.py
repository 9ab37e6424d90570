"""A noun as its filled values by their paths, and back: `budget.adjusted`, `payments` of row 2, `interim.attained`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from xlperf.model import Operator, Target
from xlperf.model.department import Noun
from xlperf.model.text import joined_paragraphs

Path = tuple[str, int]
"""A field, and the item of a tuple that has its own slot for each (-1: none)."""

AnyNoun = TypeVar("AnyNoun", bound=Noun)

_APART = ("payments", "shares")  # an item is an answer of its own
_BLANK = (None, "", (), Target())
_IDENTITY = ("id", "number", "year", "indicators", "projects")  # not answers, or answers of their own


def leaves(noun: Noun, above: str = "") -> Iterator[tuple[Path, Any]]:
    """Every filled value of a noun, without those of its projects or indicators; a target is one value."""
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        if name in _IDENTITY:
            continue
        if name in _APART:
            yield from (((above + name, row), item) for row, item in enumerate(value) if item is not None)
        elif isinstance(value, Noun) and not isinstance(value, Target):
            yield from leaves(value, f"{above}{name}.")
        elif value not in _BLANK:
            yield (above + name, -1), value


def with_leaves(noun: AnyNoun, values: Mapping[Path, Any]) -> AnyNoun:
    """The noun with these values in their places."""
    update: dict[str, Any] = {}
    inner: dict[str, dict[Path, Any]] = {}
    for (path, row), value in values.items():
        head, _, rest = path.partition(".")
        if rest:
            inner.setdefault(head, {})[rest, row] = value
        elif row < 0:
            update[head] = value
        else:
            items = update.setdefault(head, list(getattr(noun, head)))
            items[row] = value
    update = {name: tuple(value) if isinstance(value, list) else value for name, value in update.items()}
    update |= {name: with_leaves(getattr(noun, name), values) for name, values in inner.items()}
    return noun.model_copy(update=update)


def same(one: object, other: object) -> bool:
    """Whether two values say the same."""
    if isinstance(one, Target) and isinstance(other, Target):
        return meaning(one) == meaning(other)
    return one == other


def meaning(target: Target) -> tuple[Operator, object, str]:
    """What a target says, whatever it was read from."""
    return target.operator, target.value, target.unit


def as_text(value: object, path: str) -> str:
    """A value as a person reads it."""
    if isinstance(value, Target):
        return _goal_text(value) or value.raw
    if isinstance(value, Decimal):
        return f"{(value * 100).normalize():f}%" if path == "spend_plan.shares" else f"{value:f}"
    if isinstance(value, tuple):
        return "、".join(value) if value and isinstance(value[0], StrEnum) else joined_paragraphs(value)
    return str(value)


def _goal_text(target: Target) -> str:
    """指标值 in one text: sign, value and unit, without what is not stated."""
    value = f"{target.value:f}" if isinstance(target.value, Decimal) else target.value or ""
    return f"{target.symbol}{value}{target.unit}"
