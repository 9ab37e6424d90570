"""Writes into an annotated copy which workbook it was made from, and tells whether anybody saved it since.

Both stand in the properties of the file, which every program keeps: the SHA-256 of the workbook, and a digest of the
parts of the copy, which differs once a program has written them.
"""

from __future__ import annotations

import hashlib

from xlperf.files import Refused, unpack
from xlperf.form.seal import SEAL_PREFIX
from xlperf.ooxml import content_types, properties
from xlperf.ooxml.grid import limit
from xlperf.ooxml.namespaces import VALUE_TYPES
from xlperf.ooxml.package import Parts
from xlperf.ooxml.properties import read_properties
from xlperf.ooxml.relationships import CUSTOM_PROPERTIES
from xlperf.ooxml.xml import LARGEST_PART
from xlperf.ooxml.xml_edit import Draft, number
from xlperf.workbook.annotation_marks import ANNOTATED, DIGEST, KIND, PARENT

ASKED = {SEAL_PREFIX + name for name in (KIND, PARENT, DIGEST)}


def parent_of(content: bytes) -> str:
    """The SHA-256 that a copy of this workbook names as that of its parent.

    It is that of the workbook; an untouched copy is its parent with notes, so a copy of it is one of the same parent.
    """
    return untouched_parent(content) or hashlib.sha256(content).hexdigest()


def untouched_parent(content: bytes) -> str:
    """The parent of an annotated copy that nobody saved since we wrote it; "" for any other file."""
    try:
        said = _properties(Parts(content))
        is_ours = said.get(SEAL_PREFIX + DIGEST) == _digest(content)
    except Refused:
        return ""
    return said.get(SEAL_PREFIX + PARENT, "") if is_ours else ""


def with_origin(content: bytes, parent: str) -> bytes:
    """The finished copy with its origin in its properties."""
    first = Parts(content)
    part = first.target("", *CUSTOM_PROPERTIES)
    if not part:  # leading to it changes other parts, so it comes before the digest
        kind, empty = CUSTOM_PROPERTIES[first.is_strict], first.spelled(properties.NONE).encode()
        part, _ = first.attach("", kind, properties.PART, empty, content_types.CUSTOM_PROPERTIES)
        content = first.packed()
    parts = Parts(content)
    said = {KIND: ANNOTATED, PARENT: parent, DIGEST: _digest(content)}
    draft = Draft(parts[part], part, lambda _, depth: depth < 2)
    taken = [1]
    for element in draft.children():
        if element.attributes.get("name", "").lower() in ASKED:
            draft.remove(element)
        else:
            taken.append(int(number(element.attributes.get("pid"), 1)))
    declared = f' xmlns:vt="{parts.spelled(VALUE_TYPES)}"'
    for pid, (name, value) in enumerate(said.items(), start=max(taken) + 1):
        draft.append(draft.root, properties.property_xml(pid, SEAL_PREFIX + name, value, declared))
    parts[part] = draft.result()
    return parts.packed()


def _properties(parts: Parts) -> dict[str, str]:
    part = parts.target("", *CUSTOM_PROPERTIES)
    if not part:
        return {}
    limit(parts.size(part), LARGEST_PART, f"{part}: B")
    return read_properties(parts[part], part)


def _digest(content: bytes) -> str:
    """A digest of all parts but the properties, from what the package says of them."""
    package = unpack(content)
    custom = Parts(content).target("", *CUSTOM_PROPERTIES)
    lines = sorted(f"{name} {package.size(name)} {package.checksum(name)}" for name in package if name != custom)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
