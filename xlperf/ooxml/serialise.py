"""Spells XML: text and attributes with what has to be escaped, and whole trees with the usual prefixes.

Trees come from openpyxl, which spells the same part differently with and without lxml; some page viewers know parts
by their prefixes only. ElementTree's registry of prefixes is not asked: other packages write into it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from xlperf.model.text import fitted_to_cell
from xlperf.ooxml.namespaces import DRAWINGML, MAIN, RELATIONSHIPS

PREFIXES = {
    MAIN: "",
    RELATIONSHIPS: "r",
    f"{DRAWINGML}/main": "a",
    f"{DRAWINGML}/chart": "c",
    f"{DRAWINGML}/spreadsheetDrawing": "xdr",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Excel reads _xHHHH_ in text as a character; the underscore before one is therefore escaped itself.
_ESCAPED_CHARACTER = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def escape(text: str) -> str:
    """Text as the content of an element of any XML. The standard library's own function loads its HTTP client."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def attribute(text: str) -> str:
    """Text as the content of a double-quoted attribute."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


def escape_codes(text: str) -> str:
    """Text in which nothing is taken for the code of a character."""
    return _ESCAPED_CHARACTER.sub("_x005F_", text) if "_x" in text else text


def text_xml(text: str) -> str:
    """Text as the content of an element that holds what a cell or a comment says."""
    return escape(escape_codes(text))


def inline_text(text: str) -> str:
    """What a cell of type inlineStr holds: as much of the text as it can."""
    return f'<is><t xml:space="preserve">{text_xml(fitted_to_cell(text))}</t></is>'


def respelled(xml: bytes) -> str:
    """A whole part with its declaration in our spelling. Raises KeyError for a namespace that no part of ours has."""
    return DECLARATION + serialise(ET.fromstring(xml))


def serialise(root: ET.Element) -> str:
    """The element in our spelling; the namespaces it uses are declared at its start. Raises KeyError as `respelled`."""
    names = {name for element in root.iter() for name in (element.tag, *element.attrib) if isinstance(name, str)}
    used = {name[1:].partition("}")[0] for name in names if name.startswith("{") and not name.startswith(_XML)}
    declared = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{space}"' for space, prefix in PREFIXES.items() if space in used
    )
    return "".join(_pieces(root, declared))


def _pieces(element: ET.Element, declared: str = "") -> Iterator[str]:
    if not isinstance(element.tag, str):  # a processing instruction
        yield f"<?{element.text}?>"
    else:
        name = _name(element.tag)
        attributes = "".join(f' {_name(key)}="{attribute(value)}"' for key, value in element.attrib.items())
        content = bool(len(element)) or bool(element.text)
        yield f"<{name}{declared}{attributes}{'>' if content else '/>'}"
        if content:
            yield escape(element.text or "")
            for child in element:
                yield from _pieces(child)
            yield f"</{name}>"
    yield escape(element.tail or "")


def _name(name: str) -> str:
    """An element's or attribute's name as it is written."""
    if name.startswith(_XML):
        return f"xml:{name.removeprefix(_XML)}"
    space, _, local = name[1:].rpartition("}")
    prefix = PREFIXES[space] if space else ""
    return f"{prefix}:{local}" if prefix else local if space else name
