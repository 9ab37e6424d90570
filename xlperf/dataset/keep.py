"""A dataset as a file: read whole or not at all, and replaced only by a whole one.

The file holds the digest of all its other bytes, so that not one of them changes unnoticed. A dataset that is damaged,
of another version or none of ours is set aside under another name, and a new one begins.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath
from typing import BinaryIO
from urllib.parse import quote

from xlperf.dataset.schema import APPLICATION_ID, OPEN, SEAL, VERSION, statements
from xlperf.dataset.store import PRAGMAS, Dataset
from xlperf.files import OUR_FAULT, moved_aside
from xlperf.model import UnwritableOutput

SUFFIX = ".sqlite"  # a dataset is called as its summary, which lies beside it
NOT_SAID = '[["error", "—"], ["report", "—"]]'  # in place of where on this computer a report on our fault lies
WITHIN = 2**16  # bytes from the beginning of the file: it stands in the first table, on the second page
PIECE = 2**20


def begun(path: Path) -> tuple[Dataset, Path | None]:
    """The dataset in this file, and where the file was moved if it cannot be used; an empty one where there is none.

    Raises OSError where the file cannot be read, UnwritableOutput where it can neither be used nor moved or is none.
    """
    if not os.path.lexists(path):
        return Dataset(), None
    if os.path.exists(path) and not path.is_file():  # reading a pipe would never end
        raise UnwritableOutput("target_is_folder" if path.is_dir() else "target_is_device", path=path)
    dataset = read_dataset(path) if path.exists() else None
    return (dataset, None) if dataset else (Dataset(), moved_aside(path))


def read_dataset(path: Path) -> Dataset | None:
    """The dataset in this file, None where there is none that can be used. Raises OSError."""
    if not is_whole(path):
        return None
    try:
        with closing(sqlite3.connect(f"{uri(path.resolve())}?mode=ro&immutable=1", uri=True)) as file:
            if not _is_ours(file):
                return None
            dataset = Dataset()
            dataset.copy_from(file)
            return dataset
    except sqlite3.DatabaseError:
        return None


def uri(path: PurePath) -> str:
    """An absolute path as SQLite wants it; a share of a network has its server in the path."""
    return f"file:///{quote(os.fsencode(path.as_posix().removeprefix('/')), safe='/:')}"


def save(dataset: Dataset, out: BinaryIO) -> None:
    """Write the dataset into this file on disk, which is empty."""
    dataset.run("UPDATE seal SET text = ?", SEAL + OPEN)
    with closing(sqlite3.connect(out.name, isolation_level=None)) as file:
        for pragma in PRAGMAS:
            file.execute(f"PRAGMA {pragma}")
        dataset.copy_to(file)
        file.execute("PRAGMA secure_delete = ON")
        for table, code, values in (("files", "reason", "reason_values"), ("findings", "code", "message_values")):
            file.execute(f"UPDATE {table} SET {values} = ? WHERE {code} = ?", [NOT_SAID, OUR_FAULT])
    with open(out.name, "r+b") as sealed:
        place, digest = _digest(sealed)
        sealed.seek(place)
        sealed.write(digest.encode())


def is_whole(path: Path) -> bool:
    """Whether every byte of the file is as it was saved."""
    with path.open("rb") as file:
        place, digest = _digest(file)
        file.seek(max(place, 0))
        return place >= 0 and file.read(len(digest)) == digest.encode()


def is_dataset(path: Path) -> bool:
    """Whether the file is a dataset of ours, be it damaged or of another version. Raises OSError."""
    with path.open("rb") as file:
        return file.read(72)[68:] == APPLICATION_ID.to_bytes(4)


def _digest(file: BinaryIO) -> tuple[int, str]:
    """Where the digest stands (-1 where nowhere), and what it should be: that of the file with zeros in its place."""
    head = file.read(WITHIN)
    found = re.search(f"{SEAL}([0-9a-f]{{64}})".encode(), head)
    if found is None:
        return -1, ""
    place = found.start(1)
    digest = hashlib.sha256(head[:place] + OPEN.encode() + head[place + len(OPEN) :])
    while piece := file.read(PIECE):
        digest.update(piece)
    return place, digest.hexdigest()


def _is_ours(file: sqlite3.Connection) -> bool:
    """Whether it has today's tables, whatever else."""
    kind, version = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    tables = {sql for (sql,) in file.execute("SELECT sql FROM sqlite_master")}
    return (kind, version) == (APPLICATION_ID, VERSION) and tables.issuperset(statements())
