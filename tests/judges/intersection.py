"""Where Excel would take one cell of a range although all of it is meant: implicit intersection.

Whether an expression comes to one value or to an array is settled by the parameter it stands in, as the export filter
of LibreOffice documents it for the token classes of BIFF. What names mean is for the caller to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from judges.areas import area
from judges.formula_tree import Call, Node, Operation, Reference


class Array(Enum):
    """When an argument is computed as an array."""

    NEVER = "not even in an array formula"
    IN_ARRAY_FORMULAS = "only where the whole formula is an array formula"
    AS_THE_CALL = "where the call it belongs to is"
    ALWAYS = "in every formula"


class Parameter(NamedTuple):
    """What a function makes of an argument: a value, or a reference as it is; a branch becomes the call's result."""

    is_value: bool
    array: Array
    is_branch: bool = False


Parameters = tuple[Parameter, ...]

# As the filter calls them: R(eference) or V(alue); O(riginal class), R(epeated from the call), V(alue), A(rray).
RO = Parameter(is_value=False, array=Array.IN_ARRAY_FORMULAS)
RR = Parameter(is_value=False, array=Array.AS_THE_CALL)
RA = Parameter(is_value=False, array=Array.ALWAYS)
VO = Parameter(is_value=True, array=Array.IN_ARRAY_FORMULAS)
VR = Parameter(is_value=True, array=Array.AS_THE_CALL)
VV = Parameter(is_value=True, array=Array.NEVER)
VA = Parameter(is_value=True, array=Array.ALWAYS)
BRANCH = Parameter(is_value=False, array=Array.IN_ARRAY_FORMULAS, is_branch=True)

_OF_VALUES = """
ABS CLEAN CONCATENATE DATE DAY EXACT FIND INT ISBLANK ISERROR ISNUMBER ISTEXT LEFT LEN LOWER MID MOD MONTH NOT RIGHT
ROUND SIGN SUBSTITUTE TEXT TRIM UPPER YEAR
"""
# The parameters of every function our files use: those before the comma once, those behind it over and over.
FUNCTIONS: dict[str, tuple[Parameters, Parameters]] = {
    **dict.fromkeys(_OF_VALUES.split(), ((), (VR,))),
    **dict.fromkeys(("AND", "COUNT", "COUNTA", "MAX", "MIN", "OR", "SUM"), ((), (RR,))),
    **dict.fromkeys(("MMULT", "SUMPRODUCT"), ((), (VA,))),
    "CHOOSE": ((VO,), (BRANCH,)),
    "COUNTIF": ((RO, VR), ()),
    "COUNTIFS": ((), (RO, VR)),
    "IF": ((VO, BRANCH, BRANCH), ()),
    "IFERROR": ((VO, BRANCH), ()),
    "INDEX": ((RA, VV, VV), ()),
    "LOOKUP": ((VR, RA, RA), ()),
    "MATCH": ((VR, RR, RR), ()),
    "N": ((RO,), ()),
    "NA": ((), ()),
    "SUMIF": ((RO, VR, RO), ()),
    "SUMIFS": ((RO,), (RO, VR)),
}


class Surroundings(NamedTuple):
    """What a formula may speak of: whether a name is more than one cell, and the parameters of functions of our own."""

    many: Callable[[str], bool]
    own: Mapping[str, Parameters]


def intersections(root: Node, around: Surroundings, *, in_array_formula: bool, wants_range: bool) -> Iterator[str]:
    """What is wrong: ranges of which one cell would be taken, and functions that are not in the table.

    `wants_range` is a place that takes a range as it is, such as the source of a list.
    """
    yield from _Walk(around, in_array_formula).faults(root, not wants_range, in_array_formula)


class _Walk:
    def __init__(self, around: Surroundings, in_array_formula: bool) -> None:
        self._around = around
        self._in_array_formula = in_array_formula

    def faults(self, node: Node, is_value: bool, is_array: bool) -> Iterator[str]:
        """The faults of an expression where a value is wanted, or an array of them; a literal array has none."""
        match node:
            case Reference(text) if is_value and not is_array and self._many(text):
                yield f"takes one cell of {text}"
            case Operation(operands):
                for operand in operands:
                    yield from self.faults(operand, True, is_array)
            case Call(function, arguments):
                parameters = self._parameters(function, len(arguments))
                if parameters is None or len(parameters) < len(arguments):
                    yield f"gives {function} {len(arguments)} arguments, of which the judge knows too little"
                    return
                for parameter, argument in zip(parameters, arguments, strict=True):
                    if parameter.is_branch and isinstance(argument, Reference):
                        yield from self.faults(argument, is_value, is_array)
                    else:
                        wants_value = is_value if parameter.is_branch else parameter.is_value
                        yield from self.faults(argument, wants_value, self._is_array(parameter, is_array))

    def _is_array(self, parameter: Parameter, is_call_array: bool) -> bool:
        return {
            Array.NEVER: False,
            Array.IN_ARRAY_FORMULAS: self._in_array_formula,
            Array.AS_THE_CALL: is_call_array,
            Array.ALWAYS: True,
        }[parameter.array]

    def _many(self, text: str) -> bool:
        place = area(text.upper())
        return not place.single if place else self._around.many(text)

    def _parameters(self, function: str, count: int) -> Parameters | None:
        """A parameter for each of so many arguments; fewer than arguments where the function takes no more."""
        if function in self._around.own:
            return self._around.own[function][:count]
        if function not in FUNCTIONS:
            return None
        once, repeated = FUNCTIONS[function]
        return (once + repeated * count)[:count]
