"""What a formula is made of, as a tree. Operators between values are all alike: precedence is not kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Constant:
    """A literal, a literal array, or an argument left out."""


@dataclass(frozen=True)
class Reference:
    """Cells or a name as the formula says them: `A1:B2`, `截止日期`, `表1[列]`; also a union or a computed range."""

    text: str


@dataclass(frozen=True)
class Operation:
    """Operators between values, in whatever order: `A1+B1*2`, `-A1`."""

    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Constant | Reference | Operation | Call


def joined(one: Node, operator: str, other: Node) -> Reference:
    """Two references as one; a part that is computed stands as a question mark."""
    return Reference(operator.join(node.text if isinstance(node, Reference) else "?" for node in (one, other)))


def references(node: Node) -> Iterator[Reference]:
    """Every reference in it."""
    match node:
        case Reference():
            yield node
        case Operation(parts) | Call(arguments=parts):
            for part in parts:
                yield from references(part)
