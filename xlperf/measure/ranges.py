"""Lifts a function of single cells to whole ranges, so that a column is one call out of the spreadsheet.

Knows shapes and broadcasting; knows nothing about what the cells mean.
"""

from __future__ import annotations

from decimal import localcontext
from functools import wraps
from itertools import chain, islice, repeat

from xlperf.measure.normal import ARITHMETIC
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import UNEQUAL_RANGES

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Iterator, ParamSpec, Sequence, Tuple, Union

    from xlperf.measure.normal import Answer

    Rows = Tuple[Tuple[object, ...], ...]
    P = ParamSpec("P")


def rows(argument: Sequence[object]) -> Rows:
    """The rows of a range; a flat list is one column."""
    return tuple(tuple(row) if isinstance(row, (list, tuple)) else (row,) for row in argument)


def cells(argument: object) -> Iterator[object]:
    """The cells of a range of any shape, row by row; a single cell is a range of one."""
    for part in argument if isinstance(argument, (list, tuple)) else (argument,):
        if isinstance(part, (list, tuple)):
            yield from cells(part)
        else:
            yield part


def tabular(*names: str) -> Callable[[Callable[P, Answer]], Callable[P, Any]]:
    """Let the named parameters take ranges: rows of cells, all of one shape.

    Single cells and ranges of one cell are broadcast against the others. Without a range the result is one answer;
    with one it is a tuple of rows of the same shape. An empty range counts as a blank cell. Ranges of unequal shape
    give the single status word 区域不一致. The function runs in an arithmetic that cannot raise; a parameter it can do
    without has the default None.
    """

    def lift(function: Callable[P, Answer]) -> Callable[P, Any]:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]

        @wraps(function)
        def over_ranges(*args: P.args, **kwargs: P.kwargs) -> Any:
            arguments: Dict[str, Any] = dict(zip(parameters, args), **kwargs)
            ranges = {name: arguments[name] for name in names if isinstance(arguments.get(name), (list, tuple))}
            with localcontext(ARITHMETIC):
                if not ranges:
                    return function(*args, **kwargs)
                return _each(function, {**dict.fromkeys(parameters), **arguments}, ranges)

        return over_ranges

    return lift


def _each(
    function: Callable[..., Answer], arguments: Dict[str, Any], ranges: Dict[str, Sequence[object]]
) -> Union[Answer, Rows]:
    tables = {name: rows(argument) for name, argument in ranges.items()}
    for name in ranges:
        if not any(tables[name]):
            del tables[name]
            arguments[name] = None
    if not tables:
        return function(*arguments.values())
    if any(len(set(map(len, table))) > 1 for table in tables.values()):
        return UNEQUAL_RANGES
    shapes = {(len(table), len(table[0])) for table in tables.values()}
    larger = shapes - {(1, 1)} or {(1, 1)}
    if len(larger) > 1:
        return UNEQUAL_RANGES
    height, width = larger.pop()
    for name, table in tables.items():
        is_whole = len(table) == height and len(table[0]) == width
        arguments[name] = chain.from_iterable(table) if is_whole else repeat(table[0][0])
    columns = (value if name in tables else repeat(value) for name, value in arguments.items())
    answers = map(function, *columns)
    return tuple(tuple(islice(answers, width)) for _ in range(height))
