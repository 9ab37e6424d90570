"""Foreign XML through expat, with the one rule that holds everywhere: a document type declaration is refused."""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat

from xlperf.files.guard import Refused

MOST_ELEMENTS = 200_000

Element = tuple[str, dict[str, str], list[str]]
"""Local name, attributes by local name, pieces of its own text."""


def parser(part: str) -> expat.XMLParserType:
    """A parser of the named part that refuses DTDs; text arrives in whole runs."""

    def refuse(*_: object) -> NoReturn:
        raise Refused("XPF208", reason=f"{part}: DTD")

    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartDoctypeDeclHandler = refuse
    return made


def parse(made: expat.XMLParserType, xml: bytes, part: str) -> None:
    """Run the parser over the whole part. Raises Refused where it is not well-formed."""
    try:
        made.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two about encodings
        raise Refused("XPF201", reason=f"{part}: {error}") from error


def local(name: str) -> str:
    """The name without its prefix: programs choose prefixes freely, names never clash in the parts we read."""
    return name.rpartition(":")[2]


def elements(xml: bytes, part: str) -> list[Element]:
    """Every element of a small part, in document order."""
    found: list[Element] = []
    open_texts: list[list[str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) == MOST_ELEMENTS:
            raise Refused("XPF208", reason=f"{part}: > {MOST_ELEMENTS}")
        texts: list[str] = []
        plain = {local(key): value for key, value in attributes.items()} if ":" in "".join(attributes) else attributes
        found.append((local(name), plain, texts))
        open_texts.append(texts)

    def text(run: str) -> None:
        open_texts[-1].append(run)

    def end(_: str) -> None:
        open_texts.pop()

    made = parser(part)
    made.StartElementHandler, made.CharacterDataHandler, made.EndElementHandler = start, text, end
    parse(made, xml, part)
    return found
