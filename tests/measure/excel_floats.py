"""A plain formula of scalar cells, computed as Excel is understood to: binary doubles, ROUND by 15 decimal digits.

Excel's own forgiveness (a difference near 0 taken for 0, comparison by 15 digits) is left out, so that no formula
leans on it. Knows the functions that formulas of figures use; an unknown one is a KeyError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_TOKEN = re.compile(r'"(?:[^"]|"")*"|\d+(?:\.\d+)?|[A-Z]+(?=\()|[a-z_]+|<=|>=|<>|[-+*/&=<>(),;{}]')
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"))
_PYTHON = {"=": "==", "<>": "!="}
_LAZY = {"IF", "IFERROR", "ISNUMBER"}


def rounded(value: float, places: int) -> float:
    """Worksheet ROUND: the decimal of 15 significant digits, ties away from zero."""
    digits = Decimal(f"{value:.15g}")
    return float(digits.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP))


def compiled(formula: str, names: Sequence[str]) -> Callable[..., Any]:
    """The formula as a function of the cells that these names stand for in it; a blank cell is None."""
    source = _Translation(_TOKEN.findall(formula)).whole()
    function: Callable[..., Any] = eval(f"lambda {','.join(names)}: {source}", dict(_FUNCTIONS))
    return function


class _Translation:
    """Formula to Python expression; IF, IFERROR and ISNUMBER get their arguments unevaluated."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.position = 0

    def whole(self) -> str:
        source = self.level(0)
        assert self.position == len(self.tokens), self.tokens[self.position :]
        return source

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self) -> str:
        self.position += 1
        return self.tokens[self.position - 1]

    def level(self, depth: int) -> str:
        if depth == len(_LEVELS):
            return self.primary()
        source = self.level(depth + 1)
        while self.peek() in _LEVELS[depth]:
            operator = self.take()
            right = self.level(depth + 1)
            if operator == "&":
                source = f"CONCATENATE({source},{right})"
            else:
                source = f"({source}{_PYTHON.get(operator, operator)}{right})"
        return source

    def primary(self) -> str:
        token = self.take()
        if token == "-":
            return f"-{self.primary()}"
        if token == "(":
            source = self.level(0)
            self.take()
            return source
        if token == "{":
            return f"({','.join(self.arguments())},)"
        if token.startswith('"'):
            return repr(token[1:-1].replace('""', '"'))
        if token.isupper():
            self.take()
            return self.call(token, self.arguments())
        return f"{token}.0" if token.isdigit() else token

    def arguments(self) -> list[str]:
        if self.peek() == ")":
            self.take()
            return []
        found = [self.level(0)]
        while self.take() in ",;":
            found.append(self.level(0))
        return found

    def call(self, name: str, arguments: list[str]) -> str:
        if name == "IF":
            condition, yes, no = (*arguments, "False")[:3]
            return f"({yes} if {condition} else {no})"
        if name in _LAZY:
            return f"{name}({','.join(f'lambda: {argument}' for argument in arguments)})"
        return f"{name}({','.join(arguments)})"


_ERRORS = (ValueError, TypeError, ZeroDivisionError, OverflowError)


def _if_error(value: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    try:
        return value()
    except _ERRORS:
        return otherwise()


def _is_number(value: Callable[[], Any]) -> bool:
    try:
        return isinstance(value(), float)
    except _ERRORS:
        return False


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.15g}"


def _formatted(value: float, style: str) -> str:
    """TEXT with sections for more, less and equal to zero, of which each shows at most one number with fixed places."""
    sections = style.split(";")
    section = sections[0] if value > 0 or len(sections) == 1 else sections[1 if value < 0 else 2]
    shown = value if len(sections) == 1 else abs(value)
    if section.endswith("%"):
        return f"{rounded(100 * shown, 1):.1f}%"
    figures = re.compile(r"0\.(0+)").sub(lambda match: f"{shown:.{len(match[1])}f}", section)
    return figures.replace('"', "")


def _last_below(value: float, floors: Sequence[Any]) -> int:
    below = [place for place, floor in enumerate(floors) if isinstance(floor, float) and floor <= value]
    if not below:
        raise ValueError("#N/A")
    return below[-1]


def _not_available() -> Any:
    raise ValueError("#N/A")


_FUNCTIONS: dict[str, Any] = {
    "NA": _not_available,
    "IFERROR": _if_error,
    "ISNUMBER": _is_number,
    "ROUND": rounded,
    "LEN": lambda text: float(len(text)),
    "TRIM": lambda value: _text(value).strip(" "),
    "CLEAN": lambda value: "".join(character for character in value if character >= " "),
    "SUBSTITUTE": lambda value, old, new: _text(value).replace(old, new),
    "FIND": lambda part, text: float(text.index(part) + 1),
    "MATCH": lambda value, values, _: float(values.index(value) + 1),
    "LEFT": lambda text, count=1: text[: int(count)],
    "RIGHT": lambda text, count=1: text[-int(count) :],
    "SIGN": lambda value: float((value > 0) - (value < 0)),
    "LOOKUP": lambda value, floors, values: values[_last_below(value, floors)],
    "MID": lambda text, start, count: text[int(start) - 1 : int(start + count) - 1],
    "CONCATENATE": lambda *parts: "".join(map(_text, parts)),
    "TEXT": _formatted,
}
