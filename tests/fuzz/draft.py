"""A mutant in the making: the parts of an original, a die, and what its mutators claim to have done."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from fuzz.oracle import Claim
from fuzz.originals import Original, Sheet
from fuzz.zips import Member, build

WORKBOOK = "xl/workbook.xml"
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


class Impossible(Exception):
    """This mutator has nothing to do in this workbook."""


@dataclass
class Draft:
    """Parts by name in order, how the package is written down, and the claim."""

    original: Original
    dice: random.Random
    parts: dict[str, bytes] = field(init=False)
    claim: Claim = field(default_factory=Claim)
    repack: Callable[[list[Member]], bytes] = build
    after: list[Callable[[bytes], bytes]] = field(default_factory=list)
    deflated: bool = False
    restyled: set[tuple[str, str]] = field(default_factory=set)  # (part, cell) that a mutator gave a style

    def __post_init__(self) -> None:
        self.parts = dict(self.original.members)

    def content(self) -> bytes:
        """The mutant."""
        content = self.repack([Member(name, data, self.deflated) for name, data in self.parts.items()])
        for change in self.after:
            content = change(content)
        return content

    def sheet(self, *kinds: str) -> Sheet:
        """One of the sheets of ours, of one of these kinds if any are named."""
        fitting = [s for s in self.original.sheets if (not kinds or s.kind in kinds) and s.part in self.parts]
        if not fitting:
            raise Impossible
        return self.dice.choice(fitting)

    def edit(self, part: str, pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1) -> None:
        """Replace in a part; impossible where nothing fits."""
        text, done = re.subn(pattern, new, self.parts[part].decode(), count=count, flags=re.DOTALL)
        if not done:
            raise Impossible
        self.parts[part] = text.encode()

    def cells(self, part: str) -> dict[str, tuple[int, int, bytes, bytes]]:
        """The cell elements of a sheet in the usual spelling: address → start, end, attributes, content."""
        return cells_of(self.parts[part])

    def put(self, part: str, cell: str, element: str) -> None:
        """Another element in place of a cell's, or a new one in its row; `{s}` stands for its style attribute."""
        xml = self.parts[part]
        found = self.cells(part).get(cell)
        if found is not None:
            start, end, attributes, _ = found
            style = re.search(rb' s="\d+"', attributes)
            new = element.replace("{s}", style[0].decode() if style else "")
            self.parts[part] = xml[:start] + new.encode() + xml[end:]
            return
        row = re.sub("[A-Z]+", "", cell)
        new = element.replace("{s}", "")
        line = re.search(rf'<row r="{row}"[^>]*?(/>|>)'.encode(), xml)
        if line is None:
            if b"</sheetData>" not in xml:
                raise Impossible
            whole = f'<row r="{row}">{new}</row></sheetData>'.encode()
            self.parts[part] = xml.replace(b"</sheetData>", whole, 1)
        elif line[1] == b"/>":
            self.parts[part] = xml[: line.end() - 2] + f">{new}</row>".encode() + xml[line.end() :]
        else:
            self.parts[part] = xml[: line.end()] + new.encode() + xml[line.end() :]


@lru_cache(maxsize=128)
def cells_of(xml: bytes) -> dict[str, tuple[int, int, bytes, bytes]]:
    """Where the cell elements of a worksheet in the usual spelling stand."""
    return {m[1].decode(): (m.start(), m.end(), m[2], m[3] or b"") for m in _CELL.finditer(xml)}
