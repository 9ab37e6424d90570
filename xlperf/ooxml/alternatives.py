"""Decides which elements of foreign XML count: those in known namespaces, and one branch of each AlternateContent.

Follows ECMA-376 part 3; knows nothing of the elements themselves.
"""

from __future__ import annotations

from xml.parsers.expat import XMLParserType

from xlperf.ooxml.namespaces import COMPATIBILITY


class Alternatives:
    """Says which elements count; the reader calls `opens` and `closes` for every element.

    An element of an unknown namespace does not count, nor does anything inside it. Of an mc:AlternateContent only one
    branch counts: the first mc:Choice all of whose required namespaces are `known`, else mc:Fallback. While `idle`, the
    reader may skip the calls for elements of known namespaces. The parser must give names as namespace, `separator`,
    local name.
    """

    def __init__(self, parser: XMLParserType, known: frozenset[str], separator: str) -> None:
        self._known = known
        self._alternate, self._choice, self._fallback = (
            f"{COMPATIBILITY}{separator}{name}" for name in ("AlternateContent", "Choice", "Fallback")
        )
        self._spaces: dict[str | None, list[str | None]] = {}  # prefix → its namespaces, the innermost last
        self._open: list[tuple[int, list[str]]] = []  # depth of each open AlternateContent, and the branch taken
        self._depth = 0  # of open elements that count
        self.beyond = 0  # depth of open elements that do not
        self.idle = True
        parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = self._declare, self._forget

    def opens(self, name: str, attributes: dict[str, str], known: bool) -> bool:
        """Whether the opening element counts; `known` says whether the reader knows its namespace."""
        if self.beyond or not self._counts(name, attributes, known):
            self.beyond += 1
            self.idle = False
            return False
        self._depth += 1
        if name == self._alternate:
            self._open.append((self._depth, []))
            self.idle = False
        return True

    def closes(self) -> bool:
        """Whether the closing element counted."""
        if self.beyond:
            self.beyond -= 1
            self.idle = not (self.beyond or self._open)
            return False
        if self._open and self._open[-1][0] == self._depth:
            self._open.pop()
            self.idle = not self._open
        self._depth -= 1
        return True

    def _counts(self, name: str, attributes: dict[str, str], known: bool) -> bool:
        depth, taken = self._open[-1] if self._open else (-1, [])
        if depth != self._depth:
            return name == self._alternate or (known and name not in (self._choice, self._fallback))
        if taken or not (name == self._fallback or (name == self._choice and self._is_known(attributes))):
            return False
        taken.append(name)
        return True

    def _is_known(self, attributes: dict[str, str]) -> bool:
        required = [self._spaces.get(prefix) for prefix in attributes.get("Requires", "").split()]
        return bool(required) and all(spaces and spaces[-1] in self._known for spaces in required)

    def _declare(self, prefix: str | None, space: str | None) -> None:
        self._spaces.setdefault(prefix, []).append(space)

    def _forget(self, prefix: str | None) -> None:
        self._spaces[prefix].pop()
