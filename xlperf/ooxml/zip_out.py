"""Packages as zip files: the same parts give the same bytes, at any time and on every system.

Parts of a foreign package that do not change are copied packed, as they lie there. So no part that nobody reads,
damaged or of a gigabyte, is a reason to write no copy.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO

from xlperf.files import temporary_disk
from xlperf.files.guard import Package, part_name

Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second."""

MOMENT: Moment = (2020, 1, 1, 0, 0, 0)
SIZES_BEHIND = 0x8  # flag: sizes stand behind the content
AT_ONCE, IN_MEMORY = 2**16, 2**22  # bytes of a stream that are packed together; packed, that go to no disk


def entry(name: str, moment: Moment = MOMENT) -> zipfile.ZipInfo:
    """A part's entry in a package, the same at any time and on every system."""
    made = zipfile.ZipInfo(name, moment)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.create_system = 0  # else it differs between Windows and the rest
    return made


class ZipOut(zipfile.ZipFile):
    """A package on its way to a file, part by part; it is complete once it is closed."""

    def __init__(self, out: IO[bytes], level: int = 6) -> None:
        super().__init__(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level)
        self._out, self._level = out, level

    def add(self, name: str, content: bytes, moment: Moment = MOMENT) -> None:
        """Write a part."""
        self.writestr(entry(name, moment), content, compresslevel=self.compresslevel)

    @contextmanager
    def stream(self, name: str) -> Iterator[IO[bytes]]:
        """Opens a part of any size. It is packed beside the package first: Excel offers to repair needless ZIP64 parts.

        Raises UnwritableOutput where the temporary folder has no room for it.
        """
        file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closing it may fail too
        try:
            with (
                temporary_disk(),
                ZipOut(file, self._level) as beside,
                beside.open(name, "w", force_zip64=True) as part,
                io.BufferedWriter(part, AT_ONCE) as buffered,
            ):
                start = file.tell()
                yield buffered
            packed = beside.getinfo(name)
            file.truncate(start + packed.compress_size)  # without the directory
            file.seek(start)
            self.add_packed(entry(name), packed, file)
        finally:
            with temporary_disk():
                file.close()

    def add_packed(self, to: zipfile.ZipInfo, old: zipfile.ZipInfo, packed: IO[bytes]) -> None:
        """Write a part as it lies packed in another package, where `old` is its entry; `zipfile` would inflate it."""
        start = packed.tell()
        to.compress_type, to.CRC = old.compress_type, old.CRC
        to.compress_size, to.file_size = packed.seek(0, io.SEEK_END) - start, old.file_size
        to.flag_bits = old.flag_bits & ~SIZES_BEHIND  # other flags describe the compression
        to.header_offset = self.start_dir
        packed.seek(start)
        self._out.seek(self.start_dir)
        self._out.write(to.FileHeader())
        shutil.copyfileobj(packed, self._out)
        self.start_dir = self._out.tell()
        self.filelist.append(to)
        self.NameToInfo[to.filename] = to


def pack(parts: Mapping[str, bytes], moment: Moment = MOMENT, level: int = 6) -> bytes:
    """The parts as a package in which all have this date; `level` is how hard zlib tries."""
    out = io.BytesIO()
    with ZipOut(out, level) as package:
        for name, content in parts.items():
            package.add(name, content, moment)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package that we have just drawn, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as drawn:
        return {name: drawn.read(name) for name in drawn.namelist()}


def repacked(package: Package, parts: Iterable[tuple[zipfile.ZipInfo, bytes | Iterable[bytes] | None]]) -> bytes:
    """A package of these parts in this order; content is new, whole or in pieces, or None to copy the part.

    Unchanged parts are copied without inflating them, so a damaged or gigantic one that nobody reads prevents no copy.
    Raises Refused where a part to copy cannot be located.
    """
    out = io.BytesIO()
    with ZipOut(out) as target:
        for to, content in parts:
            if content is None:
                old, packed = package.packed(part_name(to))
                target.add_packed(to, old, io.BytesIO(packed))
            elif isinstance(content, bytes):
                target.writestr(to, content, zipfile.ZIP_DEFLATED)
            else:
                to.compress_type = zipfile.ZIP_DEFLATED
                with target.open(to, "w") as part:
                    part.writelines(content)
    return out.getvalue()
