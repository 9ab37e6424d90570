"""Foreign XML through expat, with the one rule that holds everywhere: a document type declaration is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from xlperf.files.alternatives import Alternatives
from xlperf.files.guard import Refused

MOST_ELEMENTS = 200_000

# Each namespace in the usual edition and, where there is one, in ISO's strict edition.
_USUAL, _STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
SPREADSHEET = frozenset((f"{_USUAL}/spreadsheetml/2006/main", f"{_STRICT}/spreadsheetml/main"))
DRAWING = frozenset((f"{_USUAL}/drawingml/2006/spreadsheetDrawing", f"{_STRICT}/drawingml/spreadsheetDrawing"))
CONVERSATION = frozenset(("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",))
CONTENT_TYPES = frozenset((f"{_USUAL}/package/2006/content-types",))
RELATIONSHIPS = frozenset((f"{_USUAL}/package/2006/relationships",))
PROPERTIES = frozenset(
    f"{edition}{name}"
    for edition, names in (
        (f"{_USUAL}/officeDocument/2006", ("/custom-properties", "/docPropsVTypes", "/extended-properties")),
        (f"{_STRICT}/officeDocument", ("/customProperties", "/docPropsVTypes", "/extendedProperties")),
    )
    for name in names
)
# What a branch of alternate content may require: what Excel of this century writes there.
_MICROSOFT = "http://schemas.microsoft.com/office"
_UNDERSTOOD = frozenset(
    f"{_MICROSOFT}/{name}"
    for name in (
        *("spreadsheetml/2009/9/main", "spreadsheetml/2009/9/ac", "spreadsheetml/2010/11/main"),
        *("spreadsheetml/2010/11/ac", "drawing/2010/main", "drawing/2010/slicer", "drawing/2012/slicer"),
        *("drawing/2012/timeslicer", "drawing/2015/9/8/chartex"),
    )
)
_OF_RELATIONSHIPS = (f"{_USUAL}/officeDocument/2006/relationships ", f"{_STRICT}/officeDocument/relationships ")
SEPARATOR = " "  # between namespace and local name; no namespace holds one

Element = tuple[str, dict[str, str], list[str]]
"""Local name, attributes by local name, pieces of its own text."""


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
    try:
        made.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two about encodings
        raise Refused("XPF201", reason=f"{part}: {error}") from error


@lru_cache(maxsize=1_024)
def own(name: str, spaces: frozenset[str] = SPREADSHEET) -> str:
    """The local name of an element in one of these namespaces; "" for any other, which no program would see."""
    space, _, local = name.rpartition(SEPARATOR)
    return local if space in spaces else ""


def own_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by local name: those without a namespace, as all of the format's are, and ids of relationships."""
    if SEPARATOR not in "".join(attributes):
        return attributes
    return {
        name.rpartition(SEPARATOR)[2]: value
        for name, value in attributes.items()
        if SEPARATOR not in name or name.startswith(_OF_RELATIONSHIPS)
    }


def elements(xml: bytes, part: str, spaces: frozenset[str] = SPREADSHEET) -> list[Element]:
    """Every element of a small part that is in one of these namespaces, and in no other element, in document order."""
    found: list[Element] = []
    open_texts: list[list[str]] = []
    made = parser(part)
    alternatives = Alternatives(made, _UNDERSTOOD, SEPARATOR)

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(found) == MOST_ELEMENTS:
            raise Refused("XPF208", reason=f"{part}: > {MOST_ELEMENTS}")
        known = own(name, spaces)
        if (known and alternatives.idle) or alternatives.opens(name, attributes, bool(known)):
            texts: list[str] = []
            if known:
                found.append((known, own_attributes(attributes), texts))
            open_texts.append(texts)

    def text(run: str) -> None:
        if not alternatives.beyond:
            open_texts[-1].append(run)

    def end(_: str) -> None:
        if alternatives.idle or alternatives.closes():
            open_texts.pop()

    made.StartElementHandler, made.CharacterDataHandler, made.EndElementHandler = start, text, end
    parse(made, xml, part)
    return found
