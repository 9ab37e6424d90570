"""The interface of the add-in in UNO's interface language, from the catalog.

Knows which UNO type makes Calc hand over what a person types. LibreOffice reads this text directly as its
type library; at one name it does not like it says nothing, and every function is #NAME?.
"""

from __future__ import annotations

from xlperf.measure import CATALOG, Function, Param

ANYTHING = "any"
WORDS = "sequence< sequence< string > >"
VALUES = "sequence< sequence< any > >"

_MODULES = ("org", "xlperf", "calc")


def interface_text() -> str:
    """The .idl file. No identifier in it may hold an underscore."""
    methods = "\n".join(_method(function) for function in CATALOG.values())
    modules = " ".join(f"module {name} {{" for name in _MODULES)
    return (
        "#include <com/sun/star/uno/XInterface.idl>\n"
        f"{modules}\n"
        "interface XFunctions {\n"
        f"{methods}\n"
        "};\n"
        f"{' '.join('};' for _ in _MODULES)}\n"
    )


def parameter_type(param: Param) -> str:
    """Rows of anything where the parameter is required, else anything, which may be left out.

    Both take what can be typed: numbers, texts, cells, ranges, inline arrays and results of other functions. A single
    cell that is blank is 0.0 to both, a blank within a range is ""; an error value answers for the whole call. As
    XCellRange Calc would say more of cells, and refuse all the rest.
    """
    return ANYTHING if param.optional else VALUES


def result_type(function: Function) -> str:
    """Rows of words where the function answers in words only, else rows of anything.

    Calc does not take rows out of a plain `any`. LibreOffice 25.2 finds no text equal that comes in rows of `any`: not
    with =, not with COUNTIF. Lights and states must be found, so they come as rows of strings.
    """
    return VALUES if function.result.unit else WORDS


def _method(function: Function) -> str:
    arguments = ",\n".join(f"    [in] {parameter_type(param)} {_identifier(param.name)}" for param in function.params)
    return f"  {result_type(function)} {function.name}(\n{arguments});"


def _identifier(name: str) -> str:
    """`as_of` as aAsOf: the prefix keeps it from being a keyword."""
    return "a" + "".join(part.capitalize() for part in name.split("_"))
