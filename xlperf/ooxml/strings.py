"""Reads the table of shared strings in any spelling a program may use.

`fast_grid` reads the usual one faster and must give the same.
"""

from __future__ import annotations

from xlperf.files.guard import Refused
from xlperf.ooxml.grid import EXTENSIONS, limit, unescape
from xlperf.ooxml.xml import DEEPEST, own, parse, parser

MOST_STRINGS = 1_000_000

# Where the elements of a string may stand. One elsewhere would shift all strings behind it, for us or for others.
_PARENTS = {"si": ("sst",), "r": ("si",), "rPh": ("si",), "t": ("si", "r", "rPh")}


def read_strings(xml: bytes, part: str) -> list[str]:
    """The shared strings, rich text as the text it shows, without the readings printed above it."""
    reader = _StringsReader()
    made = parser(part)
    made.StartElementHandler, made.EndElementHandler = reader.start, reader.end
    made.CharacterDataHandler = reader.characters
    parse(made, xml, part)
    return reader.strings


class _StringsReader:
    """The handlers of expat while it reads the table of shared strings."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.runs: list[str] = []
        self.path: list[str] = []
        self.collecting = False

    def start(self, name: str, _: dict[str, str]) -> None:
        name = own(name)
        path = self.path
        place = _PARENTS.get(name)
        if place and EXTENSIONS not in path:
            parent = path[-1] if path else ""
            if parent not in place:
                raise Refused("XPF201", reason=f"<{name}> in <{parent}>")
            self.collecting = name == "t" and parent != "rPh"
        path.append(name)
        if len(path) > DEEPEST:
            limit(len(path), DEEPEST, name)

    def characters(self, run: str) -> None:
        if self.collecting and self.path[-1] == "t":
            self.runs.append(run)

    def end(self, _: str) -> None:
        name = self.path.pop()
        if name == "t":
            self.collecting = False
        elif name == "si" and len(self.path) == 1:
            self.strings.append(unescape("".join(self.runs)))
            self.runs.clear()
            if len(self.strings) > MOST_STRINGS:
                limit(len(self.strings), MOST_STRINGS, name)
