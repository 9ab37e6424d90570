"""Writes a zip package anew; parts that do not change are copied packed, as they are.

So no part that nobody reads, damaged or of a gigabyte, is a reason to write no copy.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from xlperf.files.guard import Package, part_name

SIZES_BEHIND = 0x8


def repacked(package: Package, parts: Iterable[tuple[zipfile.ZipInfo, bytes | Iterable[bytes] | None]]) -> bytes:
    """These parts in this order: with their new content, whole or in pieces, or with None as the package holds them.

    Raises Refused where the package cannot say where one of them lies.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for entry, content in parts:
            if content is None:
                _copy(package, entry, out, made)
            elif isinstance(content, bytes):
                made.writestr(entry, content, zipfile.ZIP_DEFLATED)
            else:
                entry.compress_type = zipfile.ZIP_DEFLATED
                with made.open(entry, "w") as part:
                    part.writelines(content)
    return out.getvalue()


def _copy(package: Package, entry: zipfile.ZipInfo, out: io.BytesIO, made: zipfile.ZipFile) -> None:
    """Write a part as it lies; `zipfile` itself would inflate and deflate it."""
    old, packed = package.packed(part_name(entry))
    entry.compress_type, entry.CRC = old.compress_type, old.CRC
    entry.compress_size, entry.file_size = len(packed), old.file_size
    entry.flag_bits = old.flag_bits & ~SIZES_BEHIND  # LZMA, for one, says with others how it ends
    entry.header_offset = made.start_dir
    out.seek(made.start_dir)
    out.write(entry.FileHeader())
    out.write(packed)
    made.start_dir = out.tell()
    made.filelist.append(entry)
    made.NameToInfo[entry.filename] = entry
