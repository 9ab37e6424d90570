"""The XML namespaces of the file format: those we write, and sets of those we read.

We write the usual edition (ECMA-376, transitional) and read ISO's strict edition as well.
"""

from __future__ import annotations

USUAL, STRICT = "http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml"
MICROSOFT = "http://schemas.microsoft.com/office"


def strict(space: str) -> str:
    """What the strict edition calls a namespace of the usual one."""
    space = space.replace(USUAL, STRICT).replace("/2006", "")
    return space.replace("custom-properties", "customProperties").replace("extended-properties", "extendedProperties")


def both(*spaces: str) -> frozenset[str]:
    """These namespaces of the usual edition and their counterparts in the strict one."""
    return frozenset((*spaces, *map(strict, spaces)))


MAIN = f"{USUAL}/spreadsheetml/2006/main"
RELATIONSHIPS = f"{USUAL}/officeDocument/2006/relationships"  # of their ids in other parts; their types begin so
DRAWINGML = f"{USUAL}/drawingml/2006"
EXTENDED_PROPERTIES = f"{USUAL}/officeDocument/2006/extended-properties"
CUSTOM_PROPERTIES = f"{USUAL}/officeDocument/2006/custom-properties"
VALUE_TYPES = f"{USUAL}/officeDocument/2006/docPropsVTypes"
# The strict edition calls these the same.
PACKAGE = f"{USUAL}/package/2006"
COMPATIBILITY = f"{USUAL}/markup-compatibility/2006"

SPREADSHEET = both(MAIN)
DRAWING = both(f"{DRAWINGML}/spreadsheetDrawing")
PROPERTIES = both(CUSTOM_PROPERTIES, EXTENDED_PROPERTIES, VALUE_TYPES)
CONVERSATION = frozenset((f"{MICROSOFT}/spreadsheetml/2018/threadedcomments",))
