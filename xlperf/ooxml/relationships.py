"""Relationships: which part of a package leads to which. How their lists are named, read and written.

Every program follows them; the names of parts mean nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from xlperf.files.guard import Package, TooMuch
from xlperf.ooxml.namespaces import MICROSOFT, PACKAGE, RELATIONSHIPS, STRICT
from xlperf.ooxml.serialise import DECLARATION, attribute
from xlperf.ooxml.xml import LARGEST_LIST, SMALL, bearable, begun

WORKSHEET, EXTERNAL_LINK = "worksheet", "externalLink"
CUSTOM_PROPERTIES = ("custom-properties", "customProperties")  # the second in ISO's strict edition
VBA_PROJECT = f"{MICROSOFT}/2006/relationships/vbaProject"
_SPACES = frozenset((f"{PACKAGE}/relationships",))
_RELATIONSHIP = re.compile(rb'<Relationship(?: \w+="[^"<>]*")* ?/>')
_HYPERLINK = b'/relationships/hyperlink"'


class Relation(NamedTuple):
    """The last word of a relationship's type, and the part it leads to, or the address outside the package."""

    kind: str
    target: str
    is_outside: bool


class Relations(dict[str, Relation]):
    """The relationships of one part by their ids."""

    def targets(self, *kinds: str) -> list[str]:
        """Where those of these kinds lead."""
        return [relation.target for relation in self.values() if relation.kind in kinds]

    def target(self, *kinds: str) -> str:
        """Where the first one of these kinds leads; "" where there is none."""
        return next(iter(self.targets(*kinds)), "")


def list_of(source: str) -> str:
    """The part that holds the relationships of `source`, or of the package itself for ""."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(listed: str) -> str:
    """The part whose relationships this list holds."""
    return listed.replace("_rels/", "").removesuffix(".rels")


def list_xml(package: Package, source: str) -> bytes:
    """The list of a part, b"" where it has none; a long one without hyperlinks, which lead to no part.

    Raises TooMuch where it is larger than LARGEST_LIST all the same.
    """
    part = list_of(source)
    if part not in package:
        return b""
    xml = bearable(package, part)
    if len(xml) > SMALL:
        xml = _RELATIONSHIP.sub(lambda match: b"" if _HYPERLINK in match[0] else match[0], xml)
    if len(xml) > LARGEST_LIST:
        raise TooMuch(f"{part}: > {LARGEST_LIST // 2**10} KB")
    return xml


def read_relations(xml: bytes, source: str) -> Relations:
    """What a list says that belongs to `source`. Raises Refused where it is not well-formed."""
    folder = posixpath.dirname(source)
    return (_known if len(xml) < SMALL else _read)(xml, folder) if xml else Relations()


def relations_of(package: Package, source: str) -> Relations:
    """The relationships of a part. Raises Refused."""
    return read_relations(list_xml(package, source), source)


def relationship_xml(key: str, kind: str, target: str, *, outside: bool = False, base: str = RELATIONSHIPS) -> str:
    """One entry of a list. Its type is the last word of one of the format's own, or a whole URL."""
    mode = ' TargetMode="External"' if outside else ""
    url = kind if ":" in kind else f"{base}/{kind}"
    return f'<Relationship Id="{key}" Type="{url}" Target="{attribute(target)}"{mode}/>'


def relationships_xml(targets: Iterable[tuple[str, str]]) -> bytes:
    """A list of these (type, target), numbered rId1, rId2 and so on."""
    listed = "".join(relationship_xml(f"rId{i}", *target) for i, target in enumerate(targets, start=1))
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'.encode()


def _read(xml: bytes, folder: str) -> Relations:
    relations = Relations()
    for _, attributes in begun(xml, f"{folder}/_rels", ("Relationship",), _SPACES):
        target = attributes.get("Target", "").replace("\\", "/").lower()
        is_outside = attributes.get("TargetMode", "") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0])).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        relations[attributes.get("Id", "")] = Relation(kind, target, is_outside)
    return relations


def is_strict(xml: bytes) -> bool:
    """Whether a package's own list, which is well-formed, has types of ISO's strict edition."""
    listed = begun(xml, list_of(""), ("Relationship",), _SPACES)
    return any(attributes.get("Type", "").startswith(STRICT) for _, attributes in listed)


_known = lru_cache(maxsize=512)(_read)
