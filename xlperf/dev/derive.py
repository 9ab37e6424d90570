"""Writes every file of the repository that follows from the program: `python -m xlperf.dev.derive [--check]`.

The pictures in workbooks/ are left out: LibreOffice prints the .png (`python tests/office/pictures.py`), the .svg are
drawn by hand.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from xlperf.dev.excel_sources import sources
from xlperf.dev.readme import with_tables
from xlperf.files import save_bytes, unpack
from xlperf.hosts import libreoffice
from xlperf.jobs.demo import demo

ROOT = Path(__file__).parents[2]
EXCEL, LIBREOFFICE, WORKBOOKS, README = "macros/excel", "macros/libreoffice", "workbooks", "README.md"
PICTURES = ".png"


def main(arguments: Sequence[str]) -> int:
    """Print the path of every stale file and write it anew; with --check write none, and 1 where one is stale."""
    parser = argparse.ArgumentParser(prog="python -m xlperf.dev.derive", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where a file is stale")
    check = parser.parse_args(arguments).check
    stale = stale_files(ROOT)
    for path, content in stale.items():
        print(path.relative_to(ROOT))
        if check:
            continue
        if content is None:
            path.unlink()
        else:
            save_bytes(path, content, force=True)
    return int(check and bool(stale))


def stale_files(root: Path) -> dict[Path, bytes | None]:
    """Each file that is not what the program makes, with its new content; None where the program makes none."""
    derived = {root / path: content for path, content in _derived(root)}
    stale: dict[Path, bytes | None] = {
        path: content for path, content in derived.items() if not path.exists() or not _same(path, content)
    }
    for folder in (EXCEL, LIBREOFFICE, WORKBOOKS):
        present = (path for path in sorted((root / folder).rglob("*")) if path.is_file() and path.suffix != PICTURES)
        stale.update(dict.fromkeys(path for path in present if path not in derived))
    return stale


def _derived(root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of every derived file."""
    for folder, texts in ((EXCEL, sources()), (LIBREOFFICE, libreoffice.sources())):
        yield from ((f"{folder}/{name}", text.encode()) for name, text in texts.items())
    yield README, with_tables((root / README).read_bytes().decode()).encode()
    with tempfile.TemporaryDirectory() as name:
        folder_of_demo = Path(name)
        demo(folder_of_demo, done=lambda *_: None)
        for path in sorted(folder_of_demo.rglob("*")):
            if path.is_file():
                yield f"{WORKBOOKS}/{path.relative_to(folder_of_demo).as_posix()}", path.read_bytes()


def _same(path: Path, content: bytes) -> bool:
    """Whether a file has this content; workbooks are compared by their cells, widths, heights and colours.

    How their bytes are compressed, and in which order styles stand, differs between machines and releases.
    """
    before = path.read_bytes()
    return before == content or (path.suffix == ".xlsx" and list(_cells(before)) == list(_cells(content)))


def _cells(content: bytes) -> Iterator[tuple[str, str, Any]]:
    """Sheet, address and formula or value of every cell that does not tell size or digest of another workbook.

    Before them, what the sheets look like.
    """
    yield "", "colours", sorted(set(re.findall(rb'rgb="(\w+)"', unpack(content)["xl/styles.xml"])))
    for sheet in load_workbook(BytesIO(content)).worksheets:
        yield sheet.title, "columns", sorted((name, each.width) for name, each in sheet.column_dimensions.items())
        yield sheet.title, "rows", sorted((row, each.height) for row, each in sheet.row_dimensions.items())
        passed_over = {cell.column for cell in sheet[1] if cell.value in ("字节数", "SHA-256")}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.column not in passed_over:
                    yield sheet.title, cell.coordinate, getattr(cell.value, "text", cell.value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
