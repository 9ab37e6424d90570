"""The catalog's functions as Excel's cells call them through xlwings, which finds them by worksheet name.

Converts arguments and results. Imports only the catalog and xlwings.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import xlwings as xw

from xlperf.hosts.excel.texts import CATEGORY, argument_text, function_text
from xlperf.measure import CATALOG, Function, Param

# Error values that xlwings does not translate (#SPILL!, #CALC!, …) arrive as these COM codes; numbers arrive as floats.
ERROR_CODES = range(-2146826288, -2146826200)
OTHER_ERROR = "#VALUE!"

_KNOWN = (float, str, type(None), bool, int, Decimal, dt.datetime)


def taken(param: Param, given: Any) -> Any:
    """An argument as the catalog's functions take it: a range as rows, the one cell of a scalar as a value.

    xlwings hands over every argument as rows of None, float, str, bool, Decimal (a cell in a currency format),
    datetime (in a date format), an error value as text; an omitted one as None. Anything else comes from a program
    that is not Excel; TypeError then leaves the cell to its plain formula.
    """
    if not isinstance(given, (list, tuple)):
        return _cell(given)
    table = [[_cell(cell) for cell in row] for row in given]
    if param.kind == "scalar" and len(table) == 1 and len(table[0]) == 1:
        return table[0][0]
    return table


def _cell(value: Any) -> Any:
    kind = type(value)
    if kind is int and value in ERROR_CODES:
        return OTHER_ERROR
    if kind not in _KNOWN:
        raise TypeError(f"a cell holds a {kind.__name__}")
    return value


def answered(answer: Any) -> Any:
    """A result as Excel takes it: numbers as floats, ranges as lists of rows."""
    if isinstance(answer, tuple):
        return [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in answer]
    return float(answer) if isinstance(answer, Decimal) else answer


def worksheet_function(function: Function) -> Callable[..., Any]:
    """The catalog function under its worksheet name, with the signature and the options that xlwings reads."""

    def call(*cells: Any) -> Any:
        return answered(function.python(*map(taken, function.params, cells)))

    call.__name__ = call.__qualname__ = function.worksheet_name
    call.__doc__ = function_text(function)
    call.__signature__ = inspect.Signature([*map(_parameter, function.params)])  # type: ignore[attr-defined]
    decorated: Callable[..., Any] = call
    for param in reversed(function.params):
        decorated = xw.arg(param.name, doc=argument_text(param), ndim=2, err_to_str=True)(decorated)
    # The wrappers test for the function wizard themselves, in place of the code xlwings adds for call_in_wizard=False.
    return xw.func(category=CATEGORY, call_in_wizard=False)(decorated)


def _parameter(param: Param) -> inspect.Parameter:
    default = None if param.optional else inspect.Parameter.empty
    return inspect.Parameter(param.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)


globals().update({function.worksheet_name: worksheet_function(function) for function in CATALOG.values()})
