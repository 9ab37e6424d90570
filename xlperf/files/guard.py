"""The only door for foreign files: reads and unpacks them within limits of size, and verifies checksums.

A part is inflated when asked for, never beyond the size it declares; parts nobody asks for may be anything. Knows zip
packages, neither spreadsheets nor documents.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from xlperf.files.kinds import UNKNOWN, Kind, kind_of, kind_of_parts

MIB = 2**20
LARGEST_FILE = 50 * MIB
LARGEST_INFLATED = 128 * MIB  # all parts read whole
LARGEST_STREAMED = 1024 * MIB  # all parts read in pieces; 50 MB can inflate to fifty times that
LARGEST_DIRECTORY = 2 * MIB  # of a zip file; a workbook of a thousand projects takes a quarter of it
PIECE, PACKED_PIECE = MIB // 4, MIB // 16  # bytes read at a time, inflated and packed
COMMON, LARGEST_COMMON = 4_096, 2**16  # bytes, packed and inflated, of a part small enough to cache

NO_FILE = "不是普通文件"
LOCK_FILES = ("~$", ".~lock.")  # prefixes of Excel and WPS, of LibreOffice
_LOCAL_HEADER = b"PK\x03\x04"
_LOCAL_HEADER_SIZE = 30
_END_OF_DIRECTORY, _SHORTEST_END = b"PK\x05\x06", 22
ENCRYPTED = 0x1


class Refused(Exception):
    """The file as a whole is not read: the code of a finding and the values of its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class TooMuch(Refused):
    """The file is too large for us, though not otherwise wrong."""

    def __init__(self, reason: str) -> None:
        super().__init__("XPF208", reason=reason)


def fetch(path: Path) -> bytes:
    """The bytes of the file, read once. Raises Refused."""
    for prefix in LOCK_FILES:
        if path.name.startswith(prefix):
            raise Refused("XPF206", name=path.name.removeprefix(prefix).removesuffix("#"))
    try:
        with _opened(path) as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refused("XPF211", reason=error.strerror or type(error).__name__) from error
    if not content:
        raise Refused("XPF209")
    if len(content) > LARGEST_FILE:
        raise TooMuch(f"> {LARGEST_FILE // MIB} MB")
    return content


def part_of(path: Path, name: str, largest: int) -> bytes | None:
    """One part of at most `largest` bytes of a zip package of any size; None where it cannot be read."""
    try:
        with _opened(path) as file:
            entry = {part_name(entry): entry for entry in _entries(file)}.get(name.lower())
            small = entry is not None and entry.compress_size <= largest
            return _inflate(file, entry, largest) if entry and small else None
    except (OSError, Refused):
        return None


def _opened(path: Path) -> BinaryIO:
    """Open a regular file, without waiting for a pipe. Raises Refused, OSError."""
    file = open(path, "rb", opener=_unwaiting)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused("XPF211", reason=NO_FILE)
    return file


def _unwaiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class Package(Mapping[str, bytes]):
    """The parts of a package by lower-case name without leading slash, inflated on demand.

    Access raises Refused for a damaged part, or when all parts read together exceed the limits.
    """

    def __init__(self, content: bytes) -> None:
        self._file = io.BytesIO(content)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in _entries(self._file):
            name = part_name(entry)
            if name in self._entries:
                raise Refused("XPF208", reason=f"zip: 2 × {name}")
            self._entries[name] = entry
        if sum(entry.compress_size for entry in self._entries.values()) > len(content):
            raise Refused("XPF208", reason="zip: overlap")  # parts that share their bytes
        self._room, self._streamed = LARGEST_INFLATED, 0
        self._counted: set[str] = set()
        self._last: tuple[str | None, bytes] = (None, b"")  # a part is often searched before it is parsed
        self._small: dict[str, bytes] = {}  # many readers ask for relationships

    def __getitem__(self, name: str) -> bytes:
        if name in self._small:
            return self._small[name]
        if name != self._last[0]:
            part = self._inflated(name, self._entries[name])
            if len(part) < COMMON:
                self._small[name] = part
                return part
            self._last = (name, part)
        return self._last[1]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def size(self, name: str) -> int:
        """The size a part declares; reading it raises Refused if that is wrong."""
        return self._entries[name].file_size

    def checksum(self, name: str) -> int:
        """The checksum a part declares; reading it raises Refused if that is wrong."""
        return self._entries[name].CRC

    def spelled(self, name: str) -> str:
        """The part's name in its own letter case."""
        return _spelled(self._entries[name])

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part of any size in pieces, inflated as they are consumed. Raises Refused."""
        entry, size, checksum = self._entries[name], 0, 0
        for piece in _pieces(_packed(self._file, entry), entry):
            size, checksum = size + len(piece), zlib.crc32(piece, checksum)
            self._streamed += len(piece)
            if self._streamed > LARGEST_STREAMED:
                raise TooMuch(f"{name}: > {LARGEST_STREAMED // MIB} MB")
            if size > entry.file_size:
                break
            yield piece
        if size != entry.file_size or checksum != entry.CRC:
            raise Refused("XPF201", reason=f"zip: CRC: {name}")

    def packed(self, name: str) -> tuple[zipfile.ZipInfo, bytes]:
        """The directory entry of a part and its packed bytes, not inflated. Raises Refused."""
        entry = self._entries[name]
        return entry, _packed(self._file, entry)

    def _inflated(self, name: str, entry: zipfile.ZipInfo) -> bytes:
        is_counted = name in self._counted
        part = _inflate(self._file, entry, LARGEST_INFLATED if is_counted else self._room)
        if not is_counted:
            self._counted.add(name)
            self._room -= len(part)
        if name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in part:
            raise Refused("XPF208", reason=f"{name}: DTD")
        return part


def unpack(content: bytes) -> Package:
    """The parts of the zip package. Raises Refused."""
    last = len(content) - _SHORTEST_END + len(_END_OF_DIRECTORY)
    whole = content.rfind(_END_OF_DIRECTORY, max(0, last - 2**16), last) >= 0  # a comment may follow
    kind = UNKNOWN if whole and content.startswith(b"PK") else kind_of(content)
    if kind is not UNKNOWN or not whole:
        raise refusal_of(kind)
    return Package(content)


def other_kind(package: Package) -> Refused:
    """The refusal of a package without the part that was expected: it names what the package is instead."""
    return refusal_of(kind_of_parts(package.keys(), package.get("mimetype", b"")))


def refusal_of(kind: Kind) -> Refused:
    """The refusal of a file of this kind."""
    return Refused(kind.code, what=kind.what) if kind.what else Refused(kind.code)


class _BoundedFile:
    """A file that refuses to read more than LARGEST_DIRECTORY bytes at a time.

    `zipfile` reads the directory in one call, so this bounds the directory whatever size the end records claim.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self._file = file.seek, file.tell, file

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise TooMuch(f"zip: > {LARGEST_DIRECTORY // MIB} MB")
        return self._file.read(size)


def _entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The entries of a zip package without folders. Raises Refused."""
    try:
        with zipfile.ZipFile(_BoundedFile(file)) as package:
            return [entry for entry in package.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError) as error:
        if _at(file, 0, 2) == b"PK":
            raise Refused("XPF201", reason=f"zip: {error}") from error
        raise Refused("XPF202") from error


def part_name(entry: zipfile.ZipInfo) -> str:
    """The name of the part, as `Package` knows it."""
    return _spelled(entry).lower()


def _spelled(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


def _at(file: BinaryIO, offset: int, size: int) -> bytes:
    """The bytes at an offset; none where the file has no such offset."""
    try:
        file.seek(offset)
    except (ValueError, OverflowError, OSError):
        return b""
    return file.read(size)


def _packed(file: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """The packed bytes of a part."""
    head = entry.header_offset
    header = _at(file, head, _LOCAL_HEADER_SIZE)
    if len(header) < _LOCAL_HEADER_SIZE or not header.startswith(_LOCAL_HEADER):
        raise Refused("XPF201", reason=f"zip: {entry.filename}")
    start = (
        head + _LOCAL_HEADER_SIZE + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    return _at(file, start, entry.compress_size)


def _inflate(file: BinaryIO, entry: zipfile.ZipInfo, room: int) -> bytes:
    """One part, inflated to the size it declares. Raises TooMuch where that exceeds `room`, Refused for other sizes."""
    name = entry.filename
    if entry.file_size > room:
        raise TooMuch(f"{name}: > {LARGEST_INFLATED // MIB} MB")
    packed = _packed(file, entry)
    is_small = entry.compress_type == zipfile.ZIP_DEFLATED and len(packed) < COMMON and not entry.flag_bits & ENCRYPTED
    part = _inflate_small(packed) if is_small else None
    if part is None:
        part = _inflate_all(packed, entry)
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise Refused("XPF201", reason=f"zip: CRC: {name}")
    return part


@lru_cache(maxsize=128)
def _inflate_small(packed: bytes) -> bytes | None:
    """A small part, cached because many files of a run have the same; None where it inflates to a large one."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflater.decompress(packed, LARGEST_COMMON + 1)
    except zlib.error:
        return None
    return part if inflater.eof and len(part) <= LARGEST_COMMON else None


def _inflate_all(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part, inflated to at most one byte more than it declares; that byte shows the size is wrong."""
    if _is_stored(entry):
        return packed
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflater.decompress(packed, entry.file_size + 1)
    except zlib.error as error:
        raise Refused("XPF201", reason=f"zip: {entry.filename}: {error}") from error
    if len(part) <= entry.file_size and not inflater.eof:
        raise Refused("XPF201", reason=f"zip: {entry.filename}")
    return part


def _pieces(packed: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part in pieces, without check of size and checksum."""
    if _is_stored(entry):
        yield from (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), PACKED_PIECE):
        waiting, more = packed[at : at + PACKED_PIECE], True
        while more:
            try:
                piece = inflater.decompress(waiting, PIECE)
            except zlib.error as error:
                raise Refused("XPF201", reason=f"zip: {entry.filename}: {error}") from error
            waiting = inflater.unconsumed_tail
            more = len(piece) == PIECE or bool(waiting)
            if piece:
                yield piece


def _is_stored(entry: zipfile.ZipInfo) -> bool:
    """Whether a part is stored, not deflated. Raises Refused for any other compression."""
    if entry.flag_bits & ENCRYPTED:
        raise Refused("XPF203")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("XPF201", reason=f"zip: {entry.filename}: method {entry.compress_type}")
    return entry.compress_type == zipfile.ZIP_STORED
