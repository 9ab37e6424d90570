"""Compares what two systems made of the same work: the same files, equal part by part after inflating.

What was printed is compared as text; only the separators of paths may differ in it.
"""

from __future__ import annotations

import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

MADE = ("runs", "seal")
AT_LEAST = 80  # files; less were not the whole work


def main(here: Path, there: Path) -> int:
    """Returns how many files differ."""
    names = {path.relative_to(top).as_posix() for top in (here, there) for path in top.rglob("*") if path.is_file()}
    assert len(names) >= AT_LEAST, f"only {len(names)} files"
    faults = [f"{name}: {fault}" for name in sorted(names) for fault in differences(here / name, there / name)]
    print("\n".join(faults))
    print(f"{len(names)} files compared, {len(faults)} differences")
    return len(faults)


def differences(here: Path, there: Path) -> Iterator[str]:
    missing = [str(path) for path in (here, there) if not path.exists()]
    if missing:
        yield f"is not there: {missing}"
    elif here.suffix == ".sqlite":
        if rows(here) != rows(there):
            yield "holds other rows"
    elif zipfile.is_zipfile(here):
        yield from differing_parts(here, there)
    elif content(here) != content(there):
        yield "differs"


def differing_parts(here: Path, there: Path) -> Iterator[str]:
    with zipfile.ZipFile(here) as ours, zipfile.ZipFile(there) as theirs:
        if ours.namelist() != theirs.namelist():
            yield f"parts {ours.namelist()} and {theirs.namelist()}"
            return
        for name in ours.namelist():
            if ours.getinfo(name).date_time != theirs.getinfo(name).date_time:
                yield f"{name}: another time"
            if ours.read(name) != theirs.read(name):
                yield f"{name} differs"


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a dataset holds, but for what tells when and where it was made and by which Python."""
    with closing(sqlite3.connect(path)) as dataset:
        dataset.execute("UPDATE files SET key = NULL")
        dataset.execute("UPDATE sources SET stamp = NULL")
        names = [name for (name,) in dataset.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: dataset.execute(f"SELECT * FROM {name}").fetchall() for name in names if name not in MADE}


def content(path: Path) -> bytes:
    found = path.read_bytes()
    return found.replace(b"\\", b"/") if path.name.endswith((".out.txt", ".err.txt")) else found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
