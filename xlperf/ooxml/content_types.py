"""Content types: what each part of a package is declared to be, by its name or by its extension."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache

from xlperf.files.guard import Package
from xlperf.ooxml.namespaces import PACKAGE
from xlperf.ooxml.serialise import DECLARATION, attribute
from xlperf.ooxml.xml import LARGEST_LIST, SMALL, bearable, begun

PART = "[Content_Types].xml"
LISTED = PART.lower()  # what the part is called in a `Package`
OFFICE = "application/vnd.openxmlformats-officedocument"
RELATIONSHIPS = "application/vnd.openxmlformats-package.relationships+xml"
WORKSHEET, STYLES = f"{OFFICE}.spreadsheetml.worksheet+xml", f"{OFFICE}.spreadsheetml.styles+xml"
CUSTOM_PROPERTIES = f"{OFFICE}.custom-properties+xml"
VBA_PROJECT = "application/vnd.ms-office.vbaProject"
_SPACES = frozenset((f"{PACKAGE}/content-types",))


def declared(package: Package, part: str) -> str:
    """The content type of a part, in lower case; "" where the package says none. Raises Refused."""
    xml = bearable(package, LISTED, LARGEST_LIST)
    types = (_known if len(xml) < SMALL else _read)(xml)
    return types.get(part) or types.get(posixpath.splitext(part)[1], "")


def default_xml(extension: str, kind: str) -> str:
    """The entry for all parts with this extension."""
    return f'<Default Extension="{extension}" ContentType="{kind}"/>'


def override_xml(name: str, kind: str) -> str:
    """The entry for one part."""
    return f'<Override PartName="/{attribute(name)}" ContentType="{kind}"/>'


def types_xml(kinds: Mapping[str, str]) -> bytes:
    """The list for these parts and their content types."""
    defaults = default_xml("rels", RELATIONSHIPS) + default_xml("xml", "application/xml")
    overrides = "".join(override_xml(name, kind) for name, kind in kinds.items())
    return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


def _read(xml: bytes) -> dict[str, str]:
    """Content types by part, or by extension with its dot."""
    types: dict[str, str] = {}
    for name, attributes in begun(xml, LISTED, ("Override", "Default"), _SPACES):
        by_part = name == "Override"
        key = attributes.get("PartName", "").lstrip("/") if by_part else "." + attributes.get("Extension", "")
        types[key.lower()] = attributes.get("ContentType", "").lower()
    return types


_known = lru_cache(maxsize=64)(_read)
