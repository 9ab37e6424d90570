"""From what a sheet holds to the noun: the way back from `form.bindings.answers_of`, where nothing was mistyped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from xlperf.form import Answers, Cell, Form
from xlperf.form.bindings import OPERATOR, Binding, bound_rows, operator_fields, put_field
from xlperf.model import Operator
from xlperf.model.department import Noun

AnyNoun = TypeVar("AnyNoun", bound=Noun)
_OF_SYMBOL: Mapping[object, Operator] = {operator.symbol: operator for operator in Operator}


def noun_of(form: Form, noun: type[AnyNoun], answers: Answers) -> AnyNoun:
    """The model of which the sheet holds this."""
    fields: dict[str, Any] = {}
    for bindings, band, lines, _ in bound_rows(form):
        if not band:
            _put(fields, bindings, answers.single)
            continue
        items = []
        for row in answers.bands.get(band, ()):
            item: dict[str, Any] = {}
            _put(item, bindings, row)
            items.append(item.get("", item))
        fields[band] = "\n".join(items) if lines else items
    return noun.model_validate(fields)


def _put(fields: dict[str, Any], bindings: Sequence[Binding], cells: Mapping[str, Cell]) -> None:
    for binding in bindings:
        value = binding.value([cells.get(key) for key in binding.keys])
        put_field(fields, binding.path, value)
        if binding.keys[0] == OPERATOR:
            fields["target"].update(operator_fields(_OF_SYMBOL[value] if value else None))
