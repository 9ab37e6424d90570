"""The custom properties of a file, in which programs and people keep notes about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from xlperf.files import part_of
from xlperf.ooxml.grid import unescape
from xlperf.ooxml.namespaces import CUSTOM_PROPERTIES, PROPERTIES, VALUE_TYPES
from xlperf.ooxml.serialise import DECLARATION, text_xml
from xlperf.ooxml.xml import elements

PART, LARGEST = "docProps/custom.xml", 2**20  # bytes; the seal of a thousand projects takes a third of them
NONE = f'{DECLARATION}<Properties xmlns="{CUSTOM_PROPERTIES}"></Properties>'
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of the properties that Excel shows


def properties_in(path: Path) -> bytes:
    """The part of a file of any size and kind; b"" where it has none, or one larger than LARGEST."""
    return part_of(path, PART, LARGEST) or b""


def read_properties(xml: bytes, part: str) -> dict[str, str]:
    """The properties by name. Raises Refused where the part is not well-formed."""
    properties: dict[str, str] = {}
    name = ""
    for element, attributes, texts in elements(xml, part, PROPERTIES):
        if element == "property":
            name = attributes.get("name", "")
        elif name:
            properties[name] = unescape("".join(texts)).strip()
    return properties


def property_xml(number: int, name: str, value: str, declared: str = "") -> str:
    """One property; its number is 2 or more. `declared` is its declaration of the prefix vt where the root has none."""
    value_xml = f"<vt:lpwstr{declared}>{text_xml(value)}</vt:lpwstr>"
    return f'<property fmtid="{_SET}" pid="{number}" name="{name}">{value_xml}</property>'


def properties_xml(properties: Mapping[str, str]) -> bytes:
    """The part with these properties."""
    listed = "".join(property_xml(number, *item) for number, item in enumerate(properties.items(), start=2))
    declared = f'xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VALUE_TYPES}"'
    return f"{DECLARATION}<Properties {declared}>{listed}</Properties>".encode()
