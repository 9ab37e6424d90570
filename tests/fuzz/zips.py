"""Zip files written byte by byte, so that they can be odd in every way the format allows and in some it does not."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

STORED, DEFLATED = 0, 8
_MOMENT = (0, 0x21)  # DOS time and date: 1980-01-01
_UTF8, _DESCRIPTOR = 0x800, 0x8


@dataclass(frozen=True)
class Member:
    """One file of a package, and how it is written down."""

    name: str
    data: bytes
    deflated: bool = False
    descriptor: bool = False  # sizes and checksum behind the data instead of before
    zip64: bool = False
    local_name: str = ""  # a name in front of the data that differs from the one in the directory
    lied_size: int | None = None
    lied_crc: int | None = None


@lru_cache(maxsize=4096)
def _packed(data: bytes) -> bytes:
    squeezer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush()


@lru_cache(maxsize=4096)
def _crc(data: bytes) -> int:
    return zlib.crc32(data)


def build(members: Sequence[Member], *, prefix: bytes = b"", gap: bytes = b"", comment: bytes = b"") -> bytes:
    """The zip file: `prefix` before everything (offsets count from behind it), `gap` between all members."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for member in members:
        name = member.name.encode()
        data = _packed(member.data) if member.deflated else member.data
        method = DEFLATED if member.deflated else STORED
        size = len(member.data) if member.lied_size is None else member.lied_size
        crc = _crc(member.data) if member.lied_crc is None else member.lied_crc
        flags = _UTF8 * (not name.isascii()) | _DESCRIPTOR * member.descriptor
        extra = struct.pack("<HHQQ", 1, 16, size, len(data)) if member.zip64 else b""
        sizes = (0xFFFFFFFF, 0xFFFFFFFF) if member.zip64 else (len(data), size)
        version = 45 if member.zip64 else 20
        common = struct.pack("<HHHHH", version, flags, method, *_MOMENT)
        known = struct.pack("<III", 0, 0, 0) if member.descriptor else struct.pack("<III", crc, *sizes)
        local = (member.local_name or member.name).encode()
        head = b"PK\x03\x04" + common + known + struct.pack("<HH", len(local), len(extra)) + local + extra
        tail = b"PK\x07\x08" + struct.pack("<III", crc, len(data), size) if member.descriptor else b""
        directory.append(
            b"PK\x01\x02" + struct.pack("<H", version) + common + struct.pack("<III", crc, *sizes)
            + struct.pack("<HHHHHII", len(name), len(extra), 0, 0, 0, 0, at) + name + extra
        )  # fmt: skip
        written = head + data + tail + gap
        pieces.append(written)
        at += len(written)
    entries = b"".join(directory)
    count = min(len(members), 0xFFFF)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), at, len(comment)) + comment
    return b"".join((prefix, *pieces, entries, end))
