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
SIZES_BEHIND = 0x8  # flag: sizes stand behind the content


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
        """Write a part of `size` bytes from a file.

        `zipfile` must know beforehand whether a part exceeds 2 GiB; Excel offers to repair needless ZIP64 parts.
        """
        # Open by name: a ZipInfo of our own would not take over the compression level of the package.
        with self.open(name, "w", force_zip64=size > zipfile.ZIP64_LIMIT) as part:
            shutil.copyfileobj(content, part)
        self.getinfo(name).create_system = entry(name).create_system


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
                _copy(package, to, out, target)
            elif isinstance(content, bytes):
                target.writestr(to, content, zipfile.ZIP_DEFLATED)
            else:
                to.compress_type = zipfile.ZIP_DEFLATED
                with target.open(to, "w") as part:
                    part.writelines(content)
    return out.getvalue()


def _copy(package: Package, to: zipfile.ZipInfo, out: io.BytesIO, target: zipfile.ZipFile) -> None:
    """Copy the packed bytes of a part; `zipfile` itself would inflate and deflate it."""
    old, packed = package.packed(part_name(to))
    to.compress_type, to.CRC = old.compress_type, old.CRC
    to.compress_size, to.file_size = len(packed), old.file_size
    to.flag_bits = old.flag_bits & ~SIZES_BEHIND  # other flags describe the compression
    to.header_offset = target.start_dir
    out.seek(target.start_dir)
    out.write(to.FileHeader())
    out.write(packed)
    target.start_dir = out.tell()
    target.filelist.append(to)
    target.NameToInfo[to.filename] = to
