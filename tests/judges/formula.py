"""The grammar of formulas as files hold them: English names, commas between arguments, literals alone in arrays.

After [MS-XLSX] 2.2.2 and the limits of Excel's specification; what names mean is for the caller to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from judges.areas import area
from judges.formula_tree import Call, Constant, Node, Operation, Reference, joined

MOST_CHARACTERS = 8_192
MOST_LEVELS = 64
MOST_ARGUMENTS = 255
MOST_IN_STRING = 255

INFIX = frozenset(("+", "-", "*", "/", "^", "&", "=", "<", ">", "<=", ">=", "<>", ":"))
PREFIX = frozenset("+-@")
POSTFIX = frozenset("%#")
LITERALS = ("string", "number", "error")
REFERENCES = ("word", "table", "function")

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<string>"(?:[^"]|"")*")
    |(?P<error>\#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))
    |(?P<sheet>(?:'(?:[^']|'')+'|[\w.]+(?::[\w.]+)?)!)
    |(?P<table>[^\W\d][\w.]*\[(?:[^\[\]]|\[(?:[^\[\]']|'.)*\])*\])
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))
    |(?P<function>[^\W\d][\w.]*(?=\())
    |(?P<word>[\w$\\?.]+)
    |(?P<operator><=|>=|<>|[-+*/^&=<>:%@\#])
    |(?P<bracket>[(){},;])
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.\\?]*")
_CELL_LIKE = re.compile(r"[A-Z]{1,3}\d+|R\d*C\d*|R\d*|C\d*", re.IGNORECASE)


@dataclass
class Formula:
    """What a formula is made of, and what is wrong with it; `root` is its tree, None where it has none."""

    root: Node | None = None
    faults: list[str] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    array_constant: bool = False
    union: bool = False
    intersection: bool = False


def name_fault(name: str) -> str | None:
    """Why this cannot be a defined name or the name of a table."""
    if not _NAME.fullmatch(name):
        return "is no legal name"
    if _CELL_LIKE.fullmatch(name):
        return "reads as a cell"
    return "is longer than 255 characters" if len(name) > 255 else None


@lru_cache(maxsize=4096)
def read_formula(text: str) -> Formula:
    """The formula taken apart; with a broken grammar only as far as it could be read."""
    formula = Formula()
    if len(text) > MOST_CHARACTERS:
        formula.faults.append(f"has {len(text)} characters (limit {MOST_CHARACTERS})")
    tokens = list(_tokens(text))
    levels = _levels(tokens)
    if levels > MOST_LEVELS:
        formula.faults.append(f"nests {levels} levels (limit {MOST_LEVELS})")
        return formula
    try:
        formula.root = _Reader(tokens, formula).whole()
    except _Broken as broken:
        formula.faults.append(str(broken))
    return formula


class _Broken(Exception):
    pass


class Token(NamedTuple):
    kind: str
    text: str
    spaced: bool = False


END = Token("end", "")


def _tokens(text: str) -> Iterator[Token]:
    """The tokens without spaces; one that follows a space says so, as a space between ranges is an operator."""
    spaced = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield Token(kind, match[0], spaced)
        spaced = kind == "space"


def _levels(tokens: list[Token]) -> int:
    level = deepest = 0
    for token in tokens:
        if token.kind == "bracket":
            level += (token.text in "({") - (token.text in ")}")
            deepest = max(deepest, level)
    return deepest


class _Reader:
    """Recursive descent; precedence does not matter to whether a formula is one."""

    def __init__(self, tokens: list[Token], formula: Formula) -> None:
        self._tokens = tokens
        self._at = 0
        self._told = formula

    def whole(self) -> Node:
        if self._next == END:
            raise _Broken("is empty")
        node = self._list_of_expressions()
        if self._next != END:
            raise _Broken(f"goes on with {self._next.text!r} where it should end")
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else END

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _expect(self, bracket: str) -> None:
        text = self._take().text
        if text != bracket:
            raise _Broken(f"has {text!r} where {bracket!r} belongs" if text else f"lacks {bracket!r}")

    def _list_of_expressions(self) -> Node:
        node = self._expression()
        while self._next.text == ",":
            self._take()
            self._told.union = True
            node = joined(node, ",", self._expression())
        return node

    def _expression(self) -> Node:
        operand, computed = self._operand()
        operands = [operand]
        while True:
            following = self._next
            operator = " "
            if following.kind == "operator" and following.text in INFIX:
                operator = self._take().text
            elif following.spaced and following.kind in (*REFERENCES, "sheet") and self._after_reference():
                self._told.intersection = True
            else:
                break
            operand, signed = self._operand()
            computed |= signed or operator not in " :"
            operands[-1:] = [joined(operands[-1], operator, operand)] if operator in " :" else [operands[-1], operand]
        return Operation(tuple(operands)) if computed else operands[0]

    def _after_reference(self) -> bool:
        before = self._tokens[self._at - 1]
        return before.kind in REFERENCES or before.text == ")"

    def _operand(self) -> tuple[Node, bool]:
        """What stands between operators, and whether it has a sign of its own."""
        signed = False
        while self._next.kind == "operator" and self._next.text in PREFIX:
            self._take()
            signed = True
        node = self._primary()
        while self._next.kind == "operator" and self._next.text in POSTFIX:
            self._take()
            signed = True
        return node, signed

    def _primary(self) -> Node:
        kind, text, _ = self._take()
        match kind, text:
            case "string", _:
                if len(text[1:-1].replace('""', '"')) > MOST_IN_STRING:
                    self._told.faults.append(f"quotes more than {MOST_IN_STRING} characters at once")
                return Constant()
            case (("number" | "error"), _):
                if self._next.text == ":":  # half of 1:3
                    return Reference(text)
                return Constant()
            case "sheet", _:
                self._told.sheets.add(text[1:-2].replace("''", "'") if text[0] == "'" else text[:-1])
                if self._next.kind not in ("word", "error", "number"):
                    raise _Broken(f"names no cell after {text!r}")
                return self._sheet_cell()
            case "table", _:
                self._told.tables.add(text.split("[")[0])
                return Reference(text)
            case "word", _:
                return self._word(text)
            case "function", _:
                self._told.functions.add(text.upper())
                return Call(text.upper(), self._arguments(text))
            case "bracket", "(":
                node = self._list_of_expressions()
                self._expect(")")
                return node
            case "bracket", "{":
                self._array()
                return Constant()
            case "end", _:
                raise _Broken("ends where an operand belongs")
            case _:
                raise _Broken(f"has {text!r} where an operand belongs")

    def _sheet_cell(self) -> Node:
        kind, text, _ = self._take()
        if kind == "word" and not (area(text) or area(f"{text}:{text}")):
            return self._word(text)
        return Reference(text)

    def _word(self, text: str) -> Node:
        if text.upper() in ("TRUE", "FALSE"):
            return Constant()
        # The second is half of $A:$B or $1:$2.
        if not area(text.upper()) and not area(f"{text}:{text}"):
            if name_fault(text):
                raise _Broken(f"has {text!r}, which {name_fault(text)}")
            self._told.names.add(text)
        return Reference(text)

    def _arguments(self, function: str) -> tuple[Node, ...]:
        self._expect("(")
        given: list[Node] = []
        if self._next.text != ")":
            given.append(self._argument(function))
        while self._next.text == ",":
            self._take()
            given.append(self._argument(function))
        self._expect(")")
        if len(given) > MOST_ARGUMENTS:
            self._told.faults.append(f"gives {function} {len(given)} arguments (limit {MOST_ARGUMENTS})")
        return tuple(given)

    def _argument(self, function: str) -> Node:
        if self._next.text in (",", ")"):
            return Constant()
        node = self._expression()
        if self._next.text not in (",", ")"):
            text = self._next.text
            raise _Broken(f"has {text!r} between arguments" if text else "lacks ')'")
        return node

    def _array(self) -> None:
        self._told.array_constant = True
        widths = [0]
        while True:
            if self._next.kind == "operator" and self._next.text in "+-":
                self._take()
            kind, text, _ = self._take()
            if kind not in LITERALS and text.upper() not in ("TRUE", "FALSE"):
                raise _Broken(f"has {text!r} in an array of literals")
            widths[-1] += 1
            text = self._take().text
            if text == ";":
                widths.append(0)
            elif text == "}":
                break
            elif text != ",":
                raise _Broken(f"has {text!r} between literals")
        if len(set(widths)) > 1:
            self._told.faults.append("has an array with rows of different length")
