"""The records of a VBA project's directory (MS-OVBA 2.3.4.2), each under what it means: a second parser, for tests."""

from __future__ import annotations

import struct
from typing import NamedTuple

from oletools.olevba import decompress_stream

MEANINGS = {
    0x01: "system kind",
    0x4A: "compatible version",
    0x02: "language",
    0x14: "language of calls",
    0x03: "code page",
    0x04: "project name",
    0x05: "description",
    0x40: "description, wide",
    0x06: "help file",
    0x3D: "help file again",
    0x07: "help context",
    0x08: "library flags",
    0x09: "version",
    0x0C: "constants",
    0x3C: "constants, wide",
    0x16: "reference",
    0x3E: "reference, wide",
    0x0D: "registered library",
    0x0E: "project referred to",
    0x33: "original library",
    0x2F: "twiddled control library",
    0x30: "control library",
    0x0F: "modules",
    0x13: "cookie",
    0x19: "module",
    0x47: "module, wide",
    0x1A: "stream",
    0x32: "stream, wide",
    0x1C: "module description",
    0x48: "module description, wide",
    0x31: "source offset",
    0x1E: "module help context",
    0x2C: "module cookie",
    0x21: "standard module",
    0x22: "document or class module",
    0x2B: "end of module",
    0x10: "end",
}


class Record(NamedTuple):
    """What a record means, and its content."""

    meaning: str
    content: bytes


def records(directory: bytes) -> list[Record]:
    """The records of a compressed `dir` stream; every byte belongs to one."""
    data = bytes(decompress_stream(bytearray(directory)))
    found = []
    position = 0
    while position < len(data):
        number, size = struct.unpack_from("<HI", data, position)
        if MEANINGS[number] == "version":
            assert size == 4  # and is wrong: major and minor version follow, four bytes and two
            size = 6
        content = data[position + 6 : position + 6 + size]
        assert len(content) == size
        found.append(Record(MEANINGS[number], content))
        position += 6 + size
    return found


class Directory(NamedTuple):
    """The records about the project, of references, that begin the list of modules, and of each module by name."""

    project: list[Record]
    references: list[Record]
    list_of_modules: list[Record]
    modules: dict[str, list[Record]]


def directory(stream: bytes) -> Directory:
    """The directory in its parts."""
    found = records(stream)
    order = [record.meaning for record in found]
    references, modules = order.index("reference"), order.index("modules")
    first = order.index("module")
    parts: dict[str, list[Record]] = {}
    for record in found[first:-1]:
        if record.meaning == "module":
            parts[record.content.decode("gbk")] = []
        parts[list(parts)[-1]].append(record)
    assert found[-1] == Record("end", b"")
    return Directory(found[:references], found[references:modules], found[modules:first], parts)
