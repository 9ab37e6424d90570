"""The note every sheet carries in its hidden column: which form it is, of which edition, with which band sizes.

So a sheet is recognised wherever it was moved and whatever it was renamed to.
"""

from __future__ import annotations

import re
from typing import NamedTuple

EDITION = "2026.1"
_MARKER = re.compile(r"xlperf form=(\w+) edition=([\w.]+)((?: \w+=\d+)*)")


class Marker(NamedTuple):
    """What a sheet says of itself."""

    kind: str
    edition: str
    sizes: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return f"xlperf form={self.kind} edition={self.edition}" + "".join(f" {k}={n}" for k, n in self.sizes)


def read_marker(text: object) -> Marker | None:
    """The marker this cell text is, or None."""
    match = _MARKER.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    sizes = (pair.split("=") for pair in match[3].split())
    return Marker(match[1], match[2], tuple((key, int(count)) for key, count in sizes))
