"""What Calc hands to a function as the cells `xlperf.measure` takes, and its answer as Calc takes it.

Knows how Calc delivers values and blanks; knows no rule, and nothing of UNO.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlperf.measure import Function, Param

    Rows = tuple[tuple[Any, ...], ...]

# Parameters for which 0 is no value, so that a 0 can only be a blank cell.
NEVER_ZERO = frozenset(("method", "pack", "year"))


def answer(function: Function, arguments: Iterable[Any]) -> Rows:
    """The answer of a catalog function as rows of floats and texts; a single answer is one row of one."""
    return rows(function.python(*map(taken, function.params, arguments)))


def taken(param: Param, given: Any) -> object:
    """One argument as cells: rows of floats and texts as they are, a single one of them by itself.

    Calc hands over None for what is left out, "" for a blank within a range, and 0.0 for a blank cell by itself.
    """
    if isinstance(given, tuple):
        return given[0][0] if len(given) == len(given[0]) == 1 else given
    return None if given == 0 and param.name in NEVER_ZERO else given


def rows(result: Any) -> Rows:
    """One answer or a table of answers as rows of floats and texts."""
    table = result if isinstance(result, tuple) else ((result,),)
    return tuple(tuple(float(cell) if isinstance(cell, Decimal) else cell for cell in row) for row in table)
