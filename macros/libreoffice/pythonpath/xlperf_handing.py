"""What Calc hands to a function as the cells `xlperf.measure` takes, and its answer as Calc takes it.

Knows how Calc delivers blanks, errors and the values of ranges; knows no rule, and nothing of UNO.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlperf.measure import Function, Param

    Rows = tuple[tuple[Any, ...], ...]

ERROR = "#N/A"

# Parameters for which 0 is no value, so that a 0 can only be a blank cell.
NEVER_ZERO = frozenset(("method", "pack", "year"))


class BlankOrZero(Exception):
    """A single 0.0 may be a blank cell, and the function would answer the two differently."""


def is_range(argument: object) -> bool:
    """Whether this is a range as UNO has it; everything else comes as a value."""
    return argument is not None and not isinstance(argument, (float, str, tuple))


def answer(function: Function, arguments: Iterable[Any]) -> Rows:
    """The answer of a catalog function as rows of floats and texts; a single answer is one row of one.

    Raises BlankOrZero where an optional argument does not say enough: the plain formula, which sees the cell, decides.
    """
    readings = product(*map(readings_of, function.params, arguments))
    answers = {function.python(*cells) for cells in readings}
    if len(answers) > 1:
        raise BlankOrZero
    return rows(answers.pop())


def readings_of(param: Param, argument: Any) -> tuple[object, ...]:
    """Every way to read one argument: one, or two for a single 0.0, which Calc passes for a blank cell as well."""
    if argument is None or isinstance(argument, str):
        return (argument,)
    if isinstance(argument, float):
        if argument:
            return (argument,)
        return (None,) if param.name in NEVER_ZERO else (argument, None)
    return (cells(argument),)


def cells(values: Rows) -> object:
    """The values of a range as rows of cells; a range of one cell as that cell."""
    if len(values) == len(values[0]) == 1:
        return _cell(values[0][0])
    return tuple(tuple(map(_cell, row)) for row in values)


def _cell(value: object) -> object:
    """In the values of a range None stands for an error value, and "" for a blank cell."""
    return ERROR if value is None else value


def rows(result: Any) -> Rows:
    """One answer or a table of answers as rows of floats and texts."""
    table = result if isinstance(result, tuple) else ((result,),)
    return tuple(tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in table)
