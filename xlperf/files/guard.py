"""The one door for foreign files: what is read, hashed and unpacked here is whole, harmless and of bearable size.

A part costs something when it is asked for, and never more than it declares; its checksum is verified, and parts
nobody asks for may be anything. Knows zip packages, nothing of spreadsheets or documents.
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
LARGEST_INFLATED = 128 * MIB  # of all the parts that are asked for whole
LARGEST_STREAMED = 1024 * MIB  # of all that is only looked through; 50 MB can inflate to fifty times that
LARGEST_DIRECTORY = 2 * MIB  # of a zip file; a workbook of a thousand projects takes a quarter of it
PIECE, PACKED_PIECE = MIB // 4, MIB // 16  # bytes looked through at a time
COMMON, LARGEST_COMMON = 4_096, 2**16  # bytes of a part worth remembering: so many packed, no more inflated

NO_FILE = "不是普通文件"
LOCK_FILES = ("~$", ".~lock.")  # of Excel and WPS, of LibreOffice
_LOCAL_HEADER = b"PK\x03\x04"
_LOCAL_HEADER_SIZE = 30
_END_OF_DIRECTORY, _SHORTEST_END = b"PK\x05\x06", 22
ENCRYPTED = 0x1


class Refused(Exception):
    """The file as a whole is not read: a code of the registry and the values of its sentence. Never leaves `read`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class TooMuch(Refused):
    """There is nothing wrong with it, but it is more than we read."""

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
    """One small part of a zip package, which itself may be of any size; None where no such part can be had."""
    try:
        with _opened(path) as file:
            entry = {part_name(entry): entry for entry in _entries(file)}.get(name.lower())
            small = entry is not None and entry.compress_size <= largest
            return _inflate(file, entry, largest) if entry and small else None
    except (OSError, Refused):
        return None


def _opened(path: Path) -> BinaryIO:
    """The file, if it is a regular one; nobody waits for what may come out of a pipe. Raises Refused, OSError."""
    file = open(path, "rb", opener=_unwaiting)  # noqa: SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise Refused("XPF211", reason=NO_FILE)
    return file


def _unwaiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


class Package(Mapping[str, bytes]):
    """The parts of a file, by lower-case name without leading slash; only those asked for cost anything.

    Asking for one may raise Refused: it is damaged or, with the others, too much.
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
        self._last: tuple[str | None, bytes] = (None, b"")  # a part is often looked at before it is parsed
        self._small: dict[str, bytes] = {}  # relations are asked for by many

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
        """The bytes a part declares, which is what it has if it can be read at all."""
        return self._entries[name].file_size

    def spelled(self, name: str) -> str:
        """The part's name in its own letter case."""
        return _spelled(self._entries[name])

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part of any size a piece at a time; who stops early pays for no more. Raises Refused."""
        entry, done, checksum = self._entries[name], 0, 0
        for piece in _pieces(_packed(self._file, entry), entry):
            done, checksum = done + len(piece), zlib.crc32(piece, checksum)
            self._streamed += len(piece)
            if self._streamed > LARGEST_STREAMED:
                raise TooMuch(f"{name}: > {LARGEST_STREAMED // MIB} MB")
            if done > entry.file_size:
                break
            yield piece
        if done != entry.file_size or checksum != entry.CRC:
            raise Refused("XPF201", reason=f"zip: CRC: {name}")

    def packed(self, name: str) -> tuple[zipfile.ZipInfo, bytes]:
        """What the directory says of a part, and its bytes as they lie in the file, unread. Raises Refused."""
        entry = self._entries[name]
        return entry, _packed(self._file, entry)

    def _inflated(self, name: str, entry: zipfile.ZipInfo) -> bytes:
        known = name in self._counted
        part = _inflate(self._file, entry, LARGEST_INFLATED if known else self._room)
        if not known:
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
    """Why a package is refused in which what was looked for is not: what it is instead."""
    return refusal_of(kind_of_parts(package.keys(), package.get("mimetype", b"")))


def refusal_of(kind: Kind) -> Refused:
    """Why a file of this kind is refused."""
    return Refused(kind.code, what=kind.what) if kind.what else Refused(kind.code)


class _Frugal:
    """A file of which nobody takes more at a time than a directory may have; zipfile takes the directory at once.

    So a directory that would take long to read is refused, whatever size the records behind it claim, and wherever.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self._file = file.seek, file.tell, file

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise TooMuch(f"zip: > {LARGEST_DIRECTORY // MIB} MB")
        return self._file.read(size)


def _entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """What the directory of a zip package lists, but folders. Raises Refused."""
    try:
        with zipfile.ZipFile(_Frugal(file)) as package:
            return [entry for entry in package.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, OSError) as error:
        if _at(file, 0, 2) == b"PK":
            raise Refused("XPF201", reason=f"zip: {error}") from error
        raise Refused("XPF202") from error


def part_name(entry: zipfile.ZipInfo) -> str:
    """What a package calls the part of this entry."""
    return _spelled(entry).lower()


def _spelled(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


def _at(file: BinaryIO, place: int, size: int) -> bytes:
    """The bytes there; nothing where there is no such place."""
    try:
        file.seek(place)
    except (ValueError, OverflowError, OSError):
        return b""
    return file.read(size)


def _packed(file: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a part as they lie in the file."""
    head = entry.header_offset
    header = _at(file, head, _LOCAL_HEADER_SIZE)
    if len(header) < _LOCAL_HEADER_SIZE or not header.startswith(_LOCAL_HEADER):
        raise Refused("XPF201", reason=f"zip: {entry.filename}")
    start = (
        head + _LOCAL_HEADER_SIZE + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    )
    return _at(file, start, entry.compress_size)


def _inflate(file: BinaryIO, entry: zipfile.ZipInfo, room: int) -> bytes:
    """One part, inflated no further than it declares, and not at all where that is too far."""
    name = entry.filename
    if entry.file_size > room:
        raise TooMuch(f"{name}: > {LARGEST_INFLATED // MIB} MB")
    packed = _packed(file, entry)
    common = entry.compress_type == zipfile.ZIP_DEFLATED and len(packed) < COMMON and not entry.flag_bits & ENCRYPTED
    part = _inflate_common(packed) if common else None
    if part is None:
        part = _inflate_all(packed, entry)
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise Refused("XPF201", reason=f"zip: CRC: {name}")
    return part


@lru_cache(maxsize=128)
def _inflate_common(packed: bytes) -> bytes | None:
    """A part as small as those that are alike in many files of a run; None where it is not small after all."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = inflater.decompress(packed, LARGEST_COMMON + 1)
    except zlib.error:
        return None
    return part if inflater.eof and len(part) <= LARGEST_COMMON else None


def _inflate_all(packed: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part of which no more is inflated than it declares, and the byte that shows there is more."""
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
    """A part a piece at a time, as far as it goes."""
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
    """Whether a part is not deflated. Raises Refused for one packed in any other way."""
    if entry.flag_bits & ENCRYPTED:
        raise Refused("XPF203")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("XPF201", reason=f"zip: {entry.filename}: method {entry.compress_type}")
    return entry.compress_type == zipfile.ZIP_STORED
