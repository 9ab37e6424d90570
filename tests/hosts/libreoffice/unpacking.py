"""The extension unpacked into a folder, as LibreOffice takes bundled ones; parts may be replaced by worse ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xlperf.hosts.libreoffice import build_oxt

NAME = "xlperf"


def unpack(extensions: Path, replaced: Mapping[str, str | None] | None = None) -> Path:
    """Unpack below `extensions` and return it; a part replaced by None is left out."""
    folder = extensions / NAME
    with zipfile.ZipFile(io.BytesIO(build_oxt())) as package:
        package.extractall(folder)
    for path, text in (replaced or {}).items():
        part = folder / path
        assert part.exists(), path
        part.unlink()
        if text is not None:
            part.write_text(text, encoding="utf-8")
    return extensions
