"""Compresses and decompresses VBA source (MS-OVBA 2.4.1). Knows bytes, not VBA."""

from __future__ import annotations

import struct
from functools import lru_cache

CHUNK = 4096
_SIGNATURE = 0x01
_RAW, _COMPRESSED = 0x3000, 0xB000  # header bits of a chunk; the lower twelve hold its size less three
_SHORTEST = 3  # bytes; a copy token takes two


class Damaged(ValueError):
    """The bytes are not a compressed container."""


def _offset_bits(position: int) -> int:
    """The number of offset bits among the sixteen of a copy token, `position` bytes into a chunk."""
    return max((position - 1).bit_length(), 4)


@lru_cache(maxsize=64)
def compress(data: bytes) -> bytes:
    """The compressed container. A last chunk that would grow beyond 4,096 bytes is padded with zeros, as specified."""
    chunks = (_compress_chunk(data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))
    return bytes([_SIGNATURE]) + b"".join(chunks)


def _compress_chunk(data: bytes) -> bytes:
    body = bytearray()
    seen: dict[bytes, list[int]] = {}
    position = 0
    while position < len(data):
        flags, tokens = 0, bytearray()
        for bit in range(8):
            if position >= len(data):
                break
            length, offset = _longest_match(data, position, seen)
            if length:
                bits = _offset_bits(position)
                tokens += struct.pack("<H", (offset - 1) << (16 - bits) | length - _SHORTEST)
                flags |= 1 << bit
            else:
                tokens.append(data[position])
                length = 1
            for start in range(position, position + length):
                seen.setdefault(data[start : start + _SHORTEST], []).append(start)
            position += length
        body.append(flags)
        body += tokens
    if len(body) > CHUNK:
        return struct.pack("<H", _RAW | CHUNK - 1) + data.ljust(CHUNK, b"\0")
    return struct.pack("<H", _COMPRESSED | len(body) - 1) + bytes(body)


def _longest_match(data: bytes, position: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """Length and distance of the longest earlier run of the same bytes, the nearest of equal ones; else (0, 0)."""
    most = min((0xFFFF >> _offset_bits(position)) + _SHORTEST, len(data) - position)
    best, distance = 0, 0
    for start in reversed(seen.get(data[position : position + _SHORTEST], ())):
        if most < _SHORTEST or best == most:
            break
        if data[start + best] != data[position + best]:
            continue
        length = _SHORTEST
        while length < most and data[start + length] == data[position + length]:
            length += 1
        if length > best:
            best, distance = length, position - start
    return best, distance


def decompress(container: bytes) -> bytes:
    """The content of a container. Raises Damaged."""
    if not container or container[0] != _SIGNATURE:
        raise Damaged("signature")
    out = bytearray()
    position = 1
    while position + 2 <= len(container):
        header = int.from_bytes(container[position : position + 2], "little")
        end = position + (header & 0x0FFF) + 3
        if header >> 12 & 0b111 != 0b011 or end > len(container):
            raise Damaged("chunk header")
        chunk = container[position + 2 : end]
        out += _decompress_chunk(chunk) if header & 0x8000 else chunk
        position = end
    return bytes(out)


def _decompress_chunk(body: bytes) -> bytes:
    out = bytearray()
    position = 0
    while position < len(body):
        flags = body[position]
        position += 1
        for bit in range(8):
            if position >= len(body):
                break
            if not flags >> bit & 1:
                out.append(body[position])
                position += 1
                continue
            if position + 2 > len(body):
                raise Damaged("copy token")
            token = int.from_bytes(body[position : position + 2], "little")
            bits = _offset_bits(len(out))
            offset, length = (token >> 16 - bits) + 1, (token & 0xFFFF >> bits) + _SHORTEST
            if offset > len(out) or len(out) + length > CHUNK:
                raise Damaged("copy token")
            for _ in range(length):
                out.append(out[-offset])
            position += 2
    return bytes(out)
