"""Reads VBA projects as Excel saves them, and replaces the source of one module."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from xlperf.hosts.excel import compound, compression
from xlperf.hosts.excel.compression import compress, decompress
from xlperf.hosts.excel.vba_project import NO_CACHE, encoded

_DIR, _CACHE, _FOLDER, _COMPILED = "VBA/dir", "VBA/_VBA_PROJECT", "VBA/", "VBA/__SRP_"
_CODE_PAGE, _VERSION, _STREAM_NAME, _OFFSET = 0x03, 0x09, 0x1A, 0x31


class Unreadable(ValueError):
    """Not a VBA project, or a damaged one."""


@dataclass(frozen=True)
class Project:
    """The streams of a project; `offsets` gives, by the stream name of each module, where its source begins."""

    streams: Mapping[str, bytes]
    offsets: Mapping[str, int]
    codec: str

    def source(self, module: str) -> str:
        """The source of a module. Raises Unreadable."""
        try:
            return decompress(self._container(module)).decode(self.codec, errors="replace")
        except compression.Damaged as error:
            raise Unreadable(module) from error

    def with_source(self, module: str, source: str) -> bytes:
        """vbaProject.bin with new source in one module and no compiled code, so that Excel compiles all modules."""
        streams = {path: content for path, content in self.streams.items() if not path.startswith(_COMPILED)}
        for name in self.offsets:
            streams[_FOLDER + name] = compress(encoded(source)) if name == module else self._container(name)
        streams[_CACHE] = NO_CACHE
        streams[_DIR] = compress(_without_offsets(decompress(self.streams[_DIR])))
        return compound.write(streams)

    def _container(self, module: str) -> bytes:
        return self.streams[_FOLDER + module][self.offsets[module] :]


def read_project(content: bytes) -> Project:
    """The project in vbaProject.bin. Raises Unreadable."""
    try:
        streams = compound.read(content)
        listing = decompress(streams[_DIR])
        offsets: dict[str, int] = {}
        name, codec = "", "gbk"
        for number, start, end in _records(listing):
            if number == _CODE_PAGE:
                codec = f"cp{int.from_bytes(listing[start:end], 'little')}"
            elif number == _STREAM_NAME:
                name = listing[start:end].decode(codec)
            elif number == _OFFSET:
                offsets[name] = int.from_bytes(listing[start:end], "little")
        if not all(_FOLDER + module in streams for module in offsets):
            raise Unreadable("modules")
    except (compound.Damaged, compression.Damaged, KeyError, LookupError, UnicodeDecodeError, struct.error) as error:
        raise Unreadable(str(error)) from error
    return Project(streams, offsets, codec)


def _records(listing: bytes) -> list[tuple[int, int, int]]:
    """Record number, start and end of the content of each record in the list of modules."""
    records = []
    position = 0
    while position + 6 <= len(listing):
        number, size = struct.unpack_from("<HI", listing, position)
        if number == _VERSION:
            size = 6  # the record declares 4 (reserved), but holds two numbers
        records.append((number, position + 6, position + 6 + size))
        position += 6 + size
    return records


def _without_offsets(listing: bytes) -> bytes:
    out = bytearray(listing)
    for number, start, end in _records(listing):
        if number == _OFFSET:
            out[start:end] = bytes(end - start)
    return bytes(out)
