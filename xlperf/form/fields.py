"""What the fields of the nouns hold: how forms look into the model."""

from __future__ import annotations

from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from xlperf.model.department import Noun


def field_at(noun: type[Noun] | None, path: str) -> FieldInfo | None:
    """The field a path leads to, through nouns and the items of tuples; None where it leads nowhere."""
    field = None
    for name in path.split("."):
        field = noun.model_fields.get(name) if noun else None
        noun = noun_in(field) if field else None
    return field


def value_types(field: FieldInfo) -> tuple[Any, ...]:
    """The types of the value, or of the items of a tuple; without None and what they are annotated with."""
    inner = [each for each in get_args(field.annotation) if each not in (NoneType, Ellipsis)] or [field.annotation]
    return tuple(get_args(each)[0] if get_origin(each) is Annotated else each for each in inner)


def noun_in(field: FieldInfo) -> type[Noun] | None:
    """The noun that the field is, or of which it holds several."""
    (first, *_) = value_types(field)
    return first if isinstance(first, type) and issubclass(first, Noun) else None


def choices_of(field: FieldInfo) -> type[StrEnum] | None:
    """The closed set its value, or each of its values, belongs to."""
    (first, *_) = value_types(field)
    return first if isinstance(first, type) and issubclass(first, StrEnum) else None


def is_tuple(field: FieldInfo) -> bool:
    """Whether it holds several values."""
    return get_origin(field.annotation) is tuple
