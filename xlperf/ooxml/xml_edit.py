"""Changes foreign XML in place: what is not touched stays as it is, to the byte.

A part rebuilt from a tree would lose namespace declarations that only attribute values need (mc:Ignorable), and
Excel takes that for damage. Knows nothing of workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xlperf.files import Refused
from xlperf.ooxml.grid import limit
from xlperf.ooxml.serialise import DECLARATION, attribute
from xlperf.ooxml.xml import DEEPEST, LARGEST_PART, parse, parser

MOST_OUTLINED = 250_000  # elements; some styles are as bloated as that
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_NAME = re.compile(rb"<(/?)(?=\w+[\s/>])")
_DECLARATION = re.compile(r"""^\ufeff?<\?xml[^>]*?encoding=["']([\w.-]+)["'][^>]*\?>""")

Wanted = Callable[[str, int], bool]
"""Whether elements of this local name at this depth (the root's is 0) are wanted; the root always is."""


@dataclass(eq=False, slots=True)
class Element:
    """An element and where it stands in the bytes: its start tag, its content, its end."""

    name: str
    prefix: bytes
    attributes: dict[str, str]
    parent: Element | None
    start: int
    inside: int
    inside_end: int
    end: int
    runs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.runs)

    @property
    def closed_at_once(self) -> bool:
        return self.inside == self.end


@dataclass
class _Change:
    """What is to become of an element."""

    attributes: dict[str, str] = field(default_factory=dict)
    first: bytes = b""
    last: bytes = b""
    gone: bool = False
    instead: bytes = b""


class Draft:
    """A part of a package: the elements asked for, and the changes made to them."""

    def __init__(self, xml: bytes, part: str, wanted: Wanted) -> None:
        self.part = part
        self.xml = _utf8(xml, part)
        self.elements = _outline(self.xml, part, wanted)
        self._inner: dict[Element, list[Element]] = {}
        for element in self.elements:
            if element.parent:
                self._inner.setdefault(element.parent, []).append(element)
        self._changes: dict[Element, _Change] = {}
        self._inserted: list[tuple[int, bytes]] = []

    @property
    def root(self) -> Element:
        return self.elements[0]

    def all(self, name: str) -> list[Element]:
        """The elements of this name, in document order."""
        return [element for element in self.elements if element.name == name]

    def child(self, name: str) -> Element | None:
        """The first child of the root with this name."""
        return next((element for element in self.children() if element.name == name), None)

    def needed(self, name: str) -> Element:
        """The first child of the root with this name. Raises Refused where there is none."""
        child = self.child(name)
        if child is None:
            raise Refused("XPF201", reason=f"{self.part}: {name}")
        return child

    def children(self, parent: Element | None = None) -> list[Element]:
        """The wanted children of an element, of the root if none is given; not those on their way out."""
        inner = self._inner.get(parent or self.root, ())
        return [e for e in inner if e not in self._changes or not self._changes[e].gone]

    def source(self, element: Element) -> bytes:
        """The element as it stands in the part."""
        return self.xml[element.start : element.end]

    def set(self, element: Element, name: str, value: str) -> None:
        """Give an attribute without prefix another value."""
        changed = self._change(element).attributes
        changed.pop(name, None)
        if element.attributes.get(name) != value:
            changed[name] = value

    def append(self, element: Element, xml: str, at: Literal["first", "last"] = "last") -> None:
        """Put XML of the part's main namespace, spelled without prefix, into the element."""
        change = self._change(element)
        if at == "first":
            change.first += self.prefixed(xml)
        else:
            change.last += self.prefixed(xml)

    def insert(self, order: Sequence[str], name: str, xml: str) -> None:
        """Put a new child of the root where the schema's order wants it, before those of the same name."""
        before = order[: order.index(name)]
        at = max((e.end for e in self._inner.get(self.root, ()) if e.name in before), default=self.root.inside)
        self._inserted.append((at, self.prefixed(xml)))

    def remove(self, element: Element) -> None:
        """Take the element out, with all it holds."""
        self._change(element).gone = True

    def replace(self, element: Element, xml: bytes) -> None:
        """Put other bytes in the element's place."""
        change = self._change(element)
        change.gone, change.instead = True, xml

    def prefixed(self, xml: str) -> bytes:
        """XML spelled without prefix, with the prefix that the part's own root has."""
        return _NAME.sub(rb"<\1" + self.root.prefix, xml.encode()) if self.root.prefix else xml.encode()

    def result(self) -> bytes:
        """The part with all changes made; those inside an element that goes, go with it."""
        edits = [(at, at, xml) for at, xml in self._inserted]
        for element, change in self._changes.items():
            edits += self._edits(element, change)
        out, done = [], 0
        for start, end, xml in sorted(edits, key=lambda edit: edit[:2]):
            if start >= done:
                out += [self.xml[done:start], xml]
                done = end
        return b"".join([*out, self.xml[done:]])

    def _change(self, element: Element) -> _Change:
        return self._changes.setdefault(element, _Change())

    def _edits(self, element: Element, change: _Change) -> list[tuple[int, int, bytes]]:
        if change.gone:
            return [(element.start, element.end, change.instead)]
        tag = self.xml[element.start : element.inside]
        for name, value in change.attributes.items():
            tag = with_attribute(tag, name, value)
        content = change.first + change.last
        if element.closed_at_once and content:
            closing = b"</" + element.prefix + element.name.encode() + b">"
            return [(element.start, element.end, tag[:-2].rstrip() + b">" + content + closing)]
        edits = []
        if change.attributes or change.first:
            edits.append((element.start, element.inside, tag + change.first))
        if change.last:
            edits.append((element.inside_end, element.inside_end, change.last))
        return edits


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """A start tag with this value for an attribute without prefix."""
    spelled = f' {name}="{attribute(value)}"'.encode()
    given = rb"\s" + name.encode() + rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
    changed, times = re.subn(given, lambda _: spelled, tag, count=1)
    if times:
        return changed
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + spelled + tag[end:]


def number(text: str | None, otherwise: float) -> float:
    """The number an attribute holds; `otherwise` where it is missing, no number, negative or absurdly large."""
    try:
        value = float(text or "")
    except ValueError:
        return otherwise
    return value if 0 <= value < 1e9 else otherwise


def _utf8(xml: bytes, part: str) -> bytes:
    """The part in the encoding in which positions are counted. Raises Refused where its own is none."""
    declared = _DECLARATION.match(xml[:200].decode("latin-1").removeprefix("\xef\xbb\xbf"))
    encoding = "utf-16" if xml.startswith((b"\xff\xfe", b"\xfe\xff")) else declared[1] if declared else "utf-8"
    if encoding.lower() in ("utf-8", "utf8"):
        return xml
    try:
        text = xml.decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise Refused("XPF201", reason=f"{part}: {error}") from error
    return _DECLARATION.sub(DECLARATION.rstrip(), text).encode()


def _outline(xml: bytes, part: str, wanted: Wanted) -> list[Element]:
    limit(len(xml), LARGEST_PART, f"{part}: B")
    elements: list[Element] = []
    above: list[Element | None] = []  # the open elements, None for those nobody wants
    made = parser(part, separator=None)

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        limit(len(above), DEEPEST, f"{part}: {plain}")
        if above and not wanted(plain, len(above)):
            above.append(None)
            return
        at = made.CurrentByteIndex
        tag = _TAG.match(xml, at)
        inside = tag.end() if tag else at
        parent = next((element for element in reversed(above) if element), None)
        prefix = name[: -len(plain)].encode()
        own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        element = Element(plain, prefix, own, parent, at, inside, inside, inside)
        elements.append(element)
        limit(len(elements), MOST_OUTLINED, f"{part}: {plain}")
        above.append(element)

    def text(run: str) -> None:
        if above and (element := above[-1]):
            element.runs.append(run)

    def end(_: str) -> None:
        element = above.pop()
        if element and xml[element.inside - 2 : element.inside] != b"/>":
            element.inside_end = made.CurrentByteIndex
            element.end = xml.index(b">", element.inside_end) + 1

    made.StartElementHandler, made.CharacterDataHandler, made.EndElementHandler = start, text, end
    parse(made, xml, part)
    return elements
