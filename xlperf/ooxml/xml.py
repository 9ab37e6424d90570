"""Parses foreign XML with expat, within limits of size and depth. Refuses every document type declaration."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from xlperf.files.guard import Package, Refused, TooMuch
from xlperf.ooxml.alternatives import Alternatives
from xlperf.ooxml.namespaces import MICROSOFT, RELATIONSHIPS, SPREADSHEET, both

MOST_ELEMENTS, MOST_PASSED = 200_000, 2_000_000  # those kept of a part, and all
DEEPEST = 100  # elements within each other; those of a sheet are a dozen at most, and expat holds every open one
PIECE = 2**18  # bytes parsed at a time
LARGEST_PART = 24 * 2**20  # bytes of a part that is parsed; a sheet of ours has 50,000
LARGEST_LIST = 2**20  # bytes of a list of relationships or content types
SMALL = 4096  # bytes of a part worth remembering: those that are alike in the workbooks of one run

# A round of a possessive repetition that fails half way is not taken back before Python 3.11.5 (CPython gh-106052);
# a greedy one takes as long and more memory.
POSSESSIVE = "+" if sys.version_info >= (3, 11, 5) else ""

# What a branch of alternate content may require: what Excel of this century writes there.
_UNDERSTOOD = frozenset(
    f"{MICROSOFT}/{name}"
    for name in (
        *("spreadsheetml/2009/9/main", "spreadsheetml/2009/9/ac", "spreadsheetml/2010/11/main"),
        *("spreadsheetml/2010/11/ac", "drawing/2010/main", "drawing/2010/slicer", "drawing/2012/slicer"),
        *("drawing/2012/timeslicer", "drawing/2015/9/8/chartex"),
    )
)
SEPARATOR = " "  # between namespace and local name; no namespace holds one
_OF_RELATIONSHIPS = tuple(space + SEPARATOR for space in both(RELATIONSHIPS))

_WHOLE = re.compile("[0-9]{1,9}")

Element = tuple[str, dict[str, str], list[str]]
"""Local name, attributes by local name, pieces of its own text."""


def bearable(package: Package, part: str, most: int = LARGEST_PART) -> bytes:
    """The bytes of a part that is to be parsed. Raises TooMuch where there are more than `most`."""
    if package.size(part) > most:
        raise TooMuch(f"{part}: > {most // 2**10} KB")
    return package[part]


def parser(part: str, separator: str | None = SEPARATOR) -> expat.XMLParserType:
    """A parser of the named part that refuses DTDs; names come with their namespace, text in whole runs."""

    def refuse(*_: object) -> NoReturn:
        raise Refused("XPF208", reason=f"{part}: DTD")

    made = expat.ParserCreate(namespace_separator=separator)
    made.buffer_text = True
    made.StartDoctypeDeclHandler = refuse
    return made


def parse(made: expat.XMLParserType, xml: bytes, part: str) -> None:
    """Run the parser over the whole part. Raises Refused where it is not well-formed."""
    _feed(made, xml, part, last=True)


def _feed(made: expat.XMLParserType, xml: bytes, part: str, *, last: bool) -> None:
    try:
        made.Parse(xml, last)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two about encodings
        raise Refused("XPF201", reason=f"{part}: {error}") from error


def whole_number(text: str) -> int | None:
    """The whole number a text is; None for anything else, and for more digits than anything here can have."""
    return int(text) if _WHOLE.fullmatch(text) else None


@lru_cache(maxsize=1_024)
def own(name: str, spaces: frozenset[str] = SPREADSHEET) -> str:
    """The local name of an element in one of these namespaces; "" for an element that every program passes over."""
    space, _, local = name.rpartition(SEPARATOR)
    return local if space in spaces else ""


def own_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """The format's own attributes by local name: those without a namespace, and ids of relationships."""
    if SEPARATOR not in "".join(attributes):
        return attributes
    return {
        name.rpartition(SEPARATOR)[2]: value
        for name, value in attributes.items()
        if SEPARATOR not in name or name.startswith(_OF_RELATIONSHIPS)
    }


def elements(
    xml: bytes, part: str, spaces: frozenset[str] = SPREADSHEET, only: Collection[str] | None = None
) -> list[Element]:
    """The elements of a part in these namespaces and in no foreign element, in document order; `only` these if given.

    Raises Refused where the part is not well-formed, TooMuch beyond MOST_ELEMENTS.
    """
    kept: list[Element] = []
    above: list[list[str] | None] = []  # the texts of the open elements, None for those nobody wants

    def keep(name: str, attributes: dict[str, str]) -> None:
        if len(kept) == MOST_ELEMENTS:
            raise TooMuch(f"{part}: > {MOST_ELEMENTS} × {name}")
        texts: list[str] = []
        above[-1] = texts
        kept.append((name, own_attributes(attributes), texts))

    def text(run: str) -> None:
        if (texts := above[-1]) is not None:
            texts.append(run)

    made = _choosing(part, spaces, only, keep, above)
    made.CharacterDataHandler = text
    parse(made, xml, part)
    return kept


def begun(
    xml: bytes, part: str, only: Collection[str], spaces: frozenset[str] = SPREADSHEET, *, whole: bool = True
) -> Iterator[tuple[str, dict[str, str]]]:
    """Name and attributes of these elements as they begin; however many there are, they take no memory.

    A part that is not `whole` may end anywhere.
    """
    ready: list[tuple[str, dict[str, str]]] = []
    made = _choosing(part, spaces, only, lambda name, attributes: ready.append((name, own_attributes(attributes))), [])
    for at in range(0, len(xml), PIECE):
        _feed(made, xml[at : at + PIECE], part, last=whole and at + PIECE >= len(xml))
        yield from ready
        ready.clear()


def _choosing(
    part: str,
    spaces: frozenset[str],
    only: Collection[str] | None,
    keep: Callable[[str, dict[str, str]], None],
    above: list[list[str] | None],
) -> expat.XMLParserType:
    """A parser that hands the elements wanted to `keep`; `above` grows and shrinks with the elements that are open."""
    made = parser(part)
    alternatives = Alternatives(made, _UNDERSTOOD, SEPARATOR)
    passed = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal passed
        passed += 1
        above.append(None)
        if passed > MOST_PASSED or len(above) > DEEPEST:
            most = DEEPEST if len(above) > DEEPEST else MOST_PASSED
            raise TooMuch(f"{part}: > {most} × {name.rpartition(SEPARATOR)[2][:40]}")
        known = own(name, spaces)
        counts = (known and alternatives.idle) or alternatives.opens(name, attributes, bool(known))
        if known and counts and (only is None or known in only):
            keep(known, attributes)

    def end(_: str) -> None:
        above.pop()
        if not alternatives.idle:
            alternatives.closes()

    made.StartElementHandler, made.EndElementHandler = start, end
    return made
