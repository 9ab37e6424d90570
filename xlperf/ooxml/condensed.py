"""Shortens a large worksheet part by what no form has: blank rows, and rows far below all forms.

Reads it a piece at a time, so that a sheet formatted to its last row costs no more memory than its answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from xlperf.files import check_time
from xlperf.ooxml.grid import MOST_ROWS
from xlperf.ooxml.xml import POSSESSIVE

_POSSESSIVE = POSSESSIVE.encode()
_ATTRIBUTES = rb'(?: [\w:.]+="[^"<>&]*")*' + _POSSESSIVE + b" ?"
_BLANK_CELL = rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="n")? ?/>'
_BLANK_ROW = rb'<row r="[0-9]+"' + _ATTRIBUTES + rb"(?:/>|>(?:" + _BLANK_CELL + rb")*" + _POSSESSIVE + rb"</row>)"
_BLANK_ROWS = re.compile(rb"(?:" + _BLANK_ROW + rb")+" + _POSSESSIVE)
_NUMBERED, _ROW, _END = b'<row r="', b"<row", b"</sheetData>"
_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')
_CONTENT = re.compile(rb"<(?:v|is)>")
_ADDRESS = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_STRANGE = b"<!"  # what looks like a row may be none
LONGEST_ROW = 2**22  # bytes


class Condensed(NamedTuple):
    """What is left, how many cells with content stood far below all forms, and the first of the cells there."""

    xml: bytes
    below: int
    first: str


def condensed(pieces: Iterable[bytes], largest: int) -> Condensed:
    """The part without its blank rows and those far below; cut off beyond `largest` bytes, for what that is worth.

    Rows spelled in an unusual way stay, with all that comes after them.
    """
    kept: list[bytes] = []
    rest, first = b"", ""
    size = below = 0
    in_data, is_below = True, False
    for piece in pieces:
        check_time()
        if in_data:
            piece = rest + piece
            end = piece.find(_END)
            at = end if end >= 0 else max(piece.rfind(_NUMBERED), 0)
            data, rest = piece[:at], piece[at:]
            if len(rest) > LONGEST_ROW or _STRANGE in data or data.count(_ROW) > data.count(_NUMBERED):
                in_data = False
            else:
                in_data = end < 0
                near = 0 if is_below else _near(data)
                is_below = is_below or near < len(data)
                below += len(_CONTENT.findall(data, near))
                match = None if first else _ADDRESS.search(data, near)
                first = match[1].decode() if match else first
                data = _BLANK_ROWS.sub(b"", data[:near])
            piece, rest = (data, rest) if in_data else (data + rest, b"")
        kept.append(piece)
        size += len(piece)
        if size > largest:
            break
    return Condensed(b"".join([*kept, rest]), below, first)


def _near(data: bytes) -> int:
    """Where the first row far below begins, else the end; rows come in their order."""
    last = _ROW_NUMBER.match(data, max(data.rfind(_NUMBERED), 0))
    if last is None or int(last[1]) <= MOST_ROWS:
        return len(data)
    return next(row.start() for row in _ROW_NUMBER.finditer(data) if int(row[1]) > MOST_ROWS)
