"""Writes and reads compound files (MS-CFB version 3): streams by path. Does not know what the streams hold."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
ROOT = "Root Entry"

_SECTOR, _MINI_SECTOR, _MINI_LIMIT = 512, 64, 4096  # streams below the limit live in the mini stream
_FREE, _END, _FAT_SECTOR, _NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK = 1
_IN_HEADER = 109  # FAT sectors the header itself can list: 7 MB
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_HEADER = struct.Struct("<8s16sHHHHH6xIIIIIIIII")


class Damaged(ValueError):
    """The bytes are not a whole compound file."""


@dataclass
class _Entry:
    """One entry of the directory; the links are indices of other entries."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NOTHING
    right: int = _NOTHING
    child: int = _NOTHING
    start: int = 0
    size: int = 0
    inside: list[int] = field(default_factory=list)


def write(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams (path with "/" between storages → content), always the same bytes."""
    entries = _directory(streams)
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(content: bytes) -> int:
        """Append to the file as a chain of whole sectors; return the number of the first."""
        if not content:
            return _END
        first, count = len(sectors), -(-len(content) // _SECTOR)
        sectors.extend(content[i * _SECTOR : (i + 1) * _SECTOR].ljust(_SECTOR, b"\0") for i in range(count))
        fat.extend([*range(first + 1, first + count), _END])
        return first

    mini, mini_fat = bytearray(), list[int]()
    for entry in entries:
        entry.size = len(entry.content)
        if entry.kind != _STREAM:
            continue
        if entry.size >= _MINI_LIMIT:
            entry.start = put(entry.content)
        elif not entry.content:
            entry.start = _END
        else:
            entry.start, count = len(mini_fat), -(-entry.size // _MINI_SECTOR)
            mini_fat.extend([*range(entry.start + 1, entry.start + count), _END])
            mini += entry.content.ljust(count * _MINI_SECTOR, b"\0")
    entries[0].start, entries[0].size = put(bytes(mini)), len(mini)
    first_mini_fat, mini_fat_sectors = put(_numbers(mini_fat)), -(-len(mini_fat) * 4 // _SECTOR)
    first_directory = put(_directory_bytes(entries))
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    if fat_sectors > _IN_HEADER:
        raise ValueError("a compound file beyond 7 MB")
    first_fat = len(sectors)
    header = _HEADER.pack(
        MAGIC, bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors, first_directory, 0, _MINI_LIMIT,
        first_mini_fat, mini_fat_sectors, _END, 0,
    )  # fmt: skip
    listed = [*range(first_fat, first_fat + fat_sectors)]
    header += struct.pack(f"<{_IN_HEADER}I", *listed, *[_FREE] * (_IN_HEADER - fat_sectors))
    return header + b"".join(sectors) + _numbers(fat + [_FAT_SECTOR] * fat_sectors)


def _numbers(numbers: Iterable[int]) -> bytes:
    """Sector numbers, padded to whole sectors with free ones."""
    packed = b"".join(struct.pack("<I", number) for number in numbers)
    return packed + b"\xff" * (-len(packed) % _SECTOR)


def _directory(streams: Mapping[str, bytes]) -> list[_Entry]:
    """The entries of the directory, root first, linked into the search trees readers expect."""
    entries = [_Entry(ROOT, _ROOT)]
    storages = {"": 0}

    def add(path: str, kind: int, content: bytes = b"") -> int:
        folder, _, name = path.rpartition("/")
        if folder not in storages:
            storages[folder] = add(folder, _STORAGE)
        if not 0 < len(name) < 32:
            raise ValueError(f"not a name in a compound file: {name!r}")
        entries.append(_Entry(name, kind, content))
        entries[storages[folder]].inside.append(len(entries) - 1)
        return len(entries) - 1

    for path, content in streams.items():
        add(path, _STREAM, content)
    for entry in entries:
        entry.child = _tree(entries, sorted(entry.inside, key=lambda i: _sort_key(entries[i].name)))
    return entries


def _sort_key(name: str) -> tuple[int, str]:
    return len(name), name.upper()


def _tree(entries: list[_Entry], ordered: list[int]) -> int:
    """Link sorted entries into a balanced search tree; return the index of its top."""
    if not ordered:
        return _NOTHING
    middle = len(ordered) // 2
    top = ordered[middle]
    entries[top].left, entries[top].right = _tree(entries, ordered[:middle]), _tree(entries, ordered[middle + 1 :])
    return top


def _directory_bytes(entries: list[_Entry]) -> bytes:
    out = bytearray()
    for e in entries:
        name = e.name.encode("utf-16-le") + b"\0\0"
        links = (e.left, e.right, e.child)
        out += _ENTRY.pack(name, len(name), e.kind, _BLACK, *links, bytes(16), 0, 0, 0, e.start, e.size)
    unused = _ENTRY.pack(b"", 0, 0, 0, _NOTHING, _NOTHING, _NOTHING, bytes(16), 0, 0, 0, 0, 0)
    while len(out) % _SECTOR:
        out += unused
    return bytes(out)


def read(content: bytes) -> dict[str, bytes]:
    """The streams of a compound file by path, in the order of its directory. Raises Damaged."""
    try:
        return _Reader(content).streams()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Damaged(str(error)) from error


def _numbers_from(first: int, fat: Sequence[int]) -> Iterator[int]:
    """The sector numbers of a chain. Raises Damaged for a cycle."""
    number = first
    for _ in fat:
        if number >= _FAT_SECTOR:
            return
        yield number
        number = fat[number]
    if number < _FAT_SECTOR:
        raise Damaged("a chain without end")


class _Reader:
    """Follows chains of sectors, none longer than the file."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        magic, _, _, _, _, shift, _, _, _, directory, _, _, mini_fat, _, _, _ = _HEADER.unpack_from(content)
        if magic != MAGIC or shift != 9:
            raise Damaged("not a compound file of version 3")
        listed = struct.unpack_from(f"<{_IN_HEADER}I", content, _HEADER.size)
        self.fat = [n for at in listed if at < _FAT_SECTOR for n in struct.unpack("<128I", self._sector(at))]
        table = self._chain(mini_fat)
        self.mini_fat = struct.unpack(f"<{len(table) // 4}I", table)
        self.entries = list(_ENTRY.iter_unpack(self._chain(directory)))
        *_, first_mini, _ = self.entries[0]
        self.mini = self._chain(first_mini)

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * _SECTOR
        sector = self.content[at : at + _SECTOR]
        if len(sector) < _SECTOR:
            raise Damaged(f"sector {number}")
        return sector

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _numbers_from(first, self.fat)))

    def _mini_chain(self, first: int) -> bytes:
        numbers = _numbers_from(first, self.mini_fat)
        return b"".join(self.mini[number * _MINI_SECTOR : (number + 1) * _MINI_SECTOR] for number in numbers)

    def streams(self) -> dict[str, bytes]:
        streams: dict[str, bytes] = {}
        _, _, _, _, _, _, top, *_ = self.entries[0]
        waiting = [(top, "")]
        seen: set[int] = set()
        while waiting:
            index, folder = waiting.pop()
            if index == _NOTHING:
                continue
            if index in seen:
                raise Damaged("a directory without end")
            seen.add(index)
            raw, length, kind, _, left, right, child, *_, start, size = self.entries[index]
            path = folder + raw[: max(length - 2, 0)].decode("utf-16-le")
            waiting += [(left, folder), (right, folder)]
            if kind == _STORAGE:
                waiting.append((child, path + "/"))
            elif kind == _STREAM:
                size &= 0xFFFFFFFF
                whole = self._mini_chain(start) if size < _MINI_LIMIT else self._chain(start)
                if len(whole) < size:
                    raise Damaged(path)
                streams[path] = whole[:size]
        return dict(sorted(streams.items()))
