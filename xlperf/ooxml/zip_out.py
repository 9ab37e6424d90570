"""Packages as zip files: the same parts give the same bytes, at any time and on every system.

Parts of a foreign package that do not change are copied packed, as they lie there. So no part that nobody reads,
damaged or of a gigabyte, is a reason to write no copy.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from typing import IO

from xlperf.files.guard import Package, part_name

Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second."""

MOMENT: Moment = (2020, 1, 1, 0, 0, 0)
SIZES_BEHIND = 0x8


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

    def add(self, name: str, content: bytes, moment: Moment = MOMENT) -> None:
        """Write a part."""
        self.writestr(entry(name, moment), content, compresslevel=self.compresslevel)

    def add_file(self, name: str, content: IO[bytes], size: int) -> None:
        """Write a part of this many bytes from a file.

        Of one beyond 2 GiB the package has to know before; told so without need, it is one that Excel offers to repair.
        """
        # By its name alone: an entry made by hand forgets at what level the package compresses.
        with self.open(name, "w", force_zip64=size > zipfile.ZIP64_LIMIT) as part:
            shutil.copyfileobj(content, part)
        self.getinfo(name).create_system = entry(name).create_system


def pack(parts: Mapping[str, bytes], moment: Moment = MOMENT) -> bytes:
    """The parts as a package in which all have this date."""
    out = io.BytesIO()
    with ZipOut(out) as package:
        for name, content in parts.items():
            package.add(name, content, moment)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a package that we have just drawn, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as drawn:
        return {name: drawn.read(name) for name in drawn.namelist()}


def repacked(package: Package, parts: Iterable[tuple[zipfile.ZipInfo, bytes | Iterable[bytes] | None]]) -> bytes:
    """These parts in this order: with their new content, whole or in pieces, or with None as the package holds them.

    Raises Refused where the package cannot say where one of them lies.
    """
    out = io.BytesIO()
    with ZipOut(out) as made:
        for to, content in parts:
            if content is None:
                _copy(package, to, out, made)
            elif isinstance(content, bytes):
                made.writestr(to, content, zipfile.ZIP_DEFLATED)
            else:
                to.compress_type = zipfile.ZIP_DEFLATED
                with made.open(to, "w") as part:
                    part.writelines(content)
    return out.getvalue()


def _copy(package: Package, to: zipfile.ZipInfo, out: io.BytesIO, made: zipfile.ZipFile) -> None:
    """Write a part as it lies; `zipfile` itself would inflate and deflate it."""
    old, packed = package.packed(part_name(to))
    to.compress_type, to.CRC = old.compress_type, old.CRC
    to.compress_size, to.file_size = len(packed), old.file_size
    to.flag_bits = old.flag_bits & ~SIZES_BEHIND  # LZMA, for one, says with others how it ends
    to.header_offset = made.start_dir
    out.seek(made.start_dir)
    out.write(to.FileHeader())
    out.write(packed)
    made.start_dir = out.tell()
    made.filelist.append(to)
    made.NameToInfo[to.filename] = to
