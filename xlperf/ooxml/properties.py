"""The properties of a file: what it says of itself, and notes that programs and people keep about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from xlperf.files import part_of
from xlperf.ooxml.grid import unescape
from xlperf.ooxml.namespaces import CUSTOM_PROPERTIES, PACKAGE, PROPERTIES, VALUE_TYPES
from xlperf.ooxml.serialise import DECLARATION, text_xml
from xlperf.ooxml.xml import elements
from xlperf.ooxml.zip_out import MOMENT

PART, LARGEST = "docProps/custom.xml", 2**20  # bytes; the seal of a thousand projects takes a third of them
NONE = f'{DECLARATION}<Properties xmlns="{CUSTOM_PROPERTIES}"></Properties>'
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of the properties that Excel shows


CORE, CORE_TYPE = "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"
CORE_RELATION = f"{PACKAGE}/relationships/metadata/core-properties"
_CREATED = dt.datetime(*MOMENT).strftime("%Y-%m-%dT%H:%M:%SZ")
_CORE_SPACES = (
    f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core_xml(title: str) -> bytes:
    """The part with the title that file managers show, at one moment whenever it is written."""
    return (
        f"{DECLARATION}<cp:coreProperties {_CORE_SPACES}><dc:title>{text_xml(title)}</dc:title>"
        f"<dc:creator>xlperf</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_CREATED}</dcterms:created></cp:coreProperties>'
    ).encode()


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
