"""`NamedTuple` and `TYPE_CHECKING` without `typing`, whose import alone takes as long as starting Python.

Every workbook that asks a function waits for the import of this package. Knows nothing of what the records hold.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False  # type checkers take any variable of this name for true

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Fields(type):
        """Makes a class with annotations a named tuple of them, as `typing.NamedTuple` does."""

        def __new__(kind, name, bases, body):
            if not bases:
                return type.__new__(kind, name, bases, body)
            fields = list(body["__annotations__"])
            defaults = [body.pop(field) for field in fields if field in body]
            tuple_of_fields = namedtuple(name, fields, defaults=defaults)
            return type(name, (tuple_of_fields,), {"__slots__": (), **body})

    class NamedTuple(metaclass=_Fields):
        """A base class: the fields are its annotations, in their order."""
