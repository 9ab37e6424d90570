"""Packages taken apart and put together again: workbooks and documents as names and bytes of their parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED, level: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=level) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()
