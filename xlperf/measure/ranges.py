"""Lifts a function of single cells to whole ranges, so that a column is one call out of the spreadsheet.

Knows shapes and broadcasting; knows nothing about what the cells mean.
"""

from __future__ import annotations

from decimal import localcontext
from functools import wraps

from xlperf.measure.normal import ARITHMETIC
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import UNEQUAL_RANGES

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, List, ParamSpec, Sequence, Tuple, Union

    from xlperf.measure.normal import Answer

    Rows = Tuple[Tuple[object, ...], ...]
    P = ParamSpec("P")


def is_range(argument: object) -> bool:
    """True for the two types in which hosts deliver ranges."""
    return isinstance(argument, (list, tuple))


def rows(argument: Sequence[object]) -> Rows:
    """The rows of a range; a flat list is one column."""
    return tuple(tuple(row) if isinstance(row, (list, tuple)) else (row,) for row in argument)


def cells(argument: object) -> Iterator[object]:
    """The cells of a range of any shape, row by row; a single cell is a range of one."""
    if isinstance(argument, (list, tuple)):
        for part in argument:
            yield from cells(part)
    else:
        yield argument


def tabular(*names: str) -> Callable[[Callable[P, Answer]], Callable[P, Any]]:
    """Let the named parameters take ranges: rows of cells, all of one shape.

    Single cells and ranges of one cell are broadcast against the others. Without a range the result is one answer;
    with one it is a tuple of rows of the same shape. An empty range counts as a blank cell. Ranges of unequal shape
    give the single status word 区域不一致. The function runs in an arithmetic that cannot raise.
    """

    def lift(function: Callable[P, Answer]) -> Callable[P, Any]:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]

        @wraps(function)
        def over_ranges(*args: P.args, **kwargs: P.kwargs) -> Any:
            arguments: Dict[str, Any] = dict(zip(parameters, args), **kwargs)
            with localcontext(ARITHMETIC):
                if not any(is_range(arguments.get(name)) for name in names):
                    return function(*args, **kwargs)
                return _each(function, arguments, [name for name in names if is_range(arguments.get(name))])

        return over_ranges

    return lift


def _each(function: Callable[..., Answer], arguments: Dict[str, Any], names: List[str]) -> Union[Answer, Rows]:
    tables = {name: rows(arguments[name]) for name in names}
    fixed = {name: value for name, value in arguments.items() if name not in tables}
    for name in names:
        if not any(tables[name]):
            del tables[name]
            fixed[name] = None
    if not tables:
        return function(**fixed)
    if any(len(row) != len(table[0]) for table in tables.values() for row in table):
        return UNEQUAL_RANGES
    shapes = {(len(table), len(table[0])) for table in tables.values()}
    larger = shapes - {(1, 1)} or {(1, 1)}
    if len(larger) > 1:
        return UNEQUAL_RANGES
    height, width = larger.pop()
    grids = [
        table if len(table) == height and len(table[0]) == width else (table[0] * width,) * height
        for table in tables.values()
    ]
    return tuple(tuple(function(**fixed, **dict(zip(tables, line))) for line in zip(*lines)) for lines in zip(*grids))
