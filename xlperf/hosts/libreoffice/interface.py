"""Writes the add-in's interface in UNO's interface language, from the catalog.

Knows which UNO type makes Calc pass on what a person types. LibreOffice reads this text as its type library; on a name
it rejects it reports nothing, and every function becomes #NAME?.
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
    """VALUES for a required parameter, ANYTHING for an optional one.

    Both accept numbers, texts, cells, ranges, inline arrays and results of other functions. Calc passes a single blank
    cell as 0.0, a blank within a range as "", and makes an error value the result of the whole call. XCellRange would
    tell more about cells, but accept nothing else.
    """
    return ANYTHING if param.optional else VALUES


def result_type(function: Function) -> str:
    """WORDS for a function that returns only words, else VALUES.

    Calc does not accept rows in a plain `any`. In LibreOffice 25.2 a text in rows of `any` equals nothing, neither with
    = nor with COUNTIF. Lights and states must be countable, so they come as rows of strings.
    """
    return VALUES if function.result.unit else WORDS


def _method(function: Function) -> str:
    arguments = ",\n".join(f"    [in] {parameter_type(param)} {_identifier(param.name)}" for param in function.params)
    return f"  {result_type(function)} {function.name}(\n{arguments});"


def _identifier(name: str) -> str:
    """`as_of` as aAsOf; the prefix avoids keywords."""
    return "a" + "".join(part.capitalize() for part in name.split("_"))
