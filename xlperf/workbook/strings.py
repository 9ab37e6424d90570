"""The table of shared strings, in any spelling a program may use; `quick` reads the usual one faster and must agree."""

from __future__ import annotations

from xlperf.workbook.grid import DEEPEST, limit, unescape
from xlperf.workbook.xml import local, parse, parser

MOST_STRINGS = 1_000_000


def read_strings(xml: bytes, part: str) -> list[str]:
    """The shared strings, rich text as the text it shows, without the readings printed above it."""
    reader = _StringsReader()
    made = parser(part)
    made.StartElementHandler, made.EndElementHandler = reader.start, reader.end
    made.CharacterDataHandler = reader.characters
    parse(made, xml, part)
    return reader.strings


class _StringsReader:
    """What expat calls while the table of shared strings goes by."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.runs: list[str] = []
        self.depth = 0
        self.in_phonetic = self.collecting = False

    def start(self, name: str, _: dict[str, str]) -> None:
        self.depth += 1
        limit(self.depth, DEEPEST, name)
        name = local(name)
        if name == "si":
            self.runs = []
        elif name == "rPh":
            self.in_phonetic = True
        elif name == "t":
            self.collecting = not self.in_phonetic

    def characters(self, run: str) -> None:
        if self.collecting:
            self.runs.append(run)

    def end(self, name: str) -> None:
        self.depth -= 1
        name = local(name)
        if name == "t":
            self.collecting = False
        elif name == "rPh":
            self.in_phonetic = False
        elif name == "si":
            self.strings.append(unescape("".join(self.runs)))
            limit(len(self.strings), MOST_STRINGS, name)
