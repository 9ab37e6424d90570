"""Rewrites a zip package; unchanged parts are copied without inflating them.

So a damaged or gigantic part that nobody reads does not prevent a copy.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from xlperf.files.guard import Package, part_name

SIZES_BEHIND = 0x8  # flag: sizes stand behind the content


def repacked(package: Package, parts: Iterable[tuple[zipfile.ZipInfo, bytes | Iterable[bytes] | None]]) -> bytes:
    """A package of these parts in this order; content is new, whole or in pieces, or None to copy the part.

    Raises Refused where a part to copy cannot be located.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for entry, content in parts:
            if content is None:
                _copy(package, entry, out, target)
            elif isinstance(content, bytes):
                target.writestr(entry, content, zipfile.ZIP_DEFLATED)
            else:
                entry.compress_type = zipfile.ZIP_DEFLATED
                with target.open(entry, "w") as part:
                    part.writelines(content)
    return out.getvalue()


def _copy(package: Package, entry: zipfile.ZipInfo, out: io.BytesIO, target: zipfile.ZipFile) -> None:
    """Copy the packed bytes of a part; `zipfile` itself would inflate and deflate it."""
    old, packed = package.packed(part_name(entry))
    entry.compress_type, entry.CRC = old.compress_type, old.CRC
    entry.compress_size, entry.file_size = len(packed), old.file_size
    entry.flag_bits = old.flag_bits & ~SIZES_BEHIND  # other flags describe the compression
    entry.header_offset = target.start_dir
    out.seek(target.start_dir)
    out.write(entry.FileHeader())
    out.write(packed)
    target.start_dir = out.tell()
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry
