"""Which files need no reading: their rows are in the dataset, from the same bytes, by the same code and settings."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pydantic

import xlperf
from xlperf.consolidate.records import Source
from xlperf.consolidate.source_checks import modified_at, stamp_of
from xlperf.dataset import Dataset
from xlperf.form.settings import last_month_end
from xlperf.measure import PACKS

MARGIN = 60 * 10**9  # nanoseconds: clocks of other computers may be behind, and file systems count by seconds

Known = tuple[int, int | None, str]
"""The number of a file in the dataset, when it was modified, its stamp; both as they were before it was compared."""


def conditions(as_of: dt.date | None, pack: str | None) -> str:
    """A digest of all that rows depend on besides the file: our code, the tables, packs by content, settings given.

    Without a date, workbooks that lost their own count until the end of the last month.
    """
    until = ("" if as_of else "usually ") + (as_of or last_month_end()).isoformat()
    given = [until, pack and repr(PACKS[pack]), repr(PACKS), code_digest()]
    return hashlib.sha256(json.dumps(given).encode()).hexdigest()


def key_of(sha256: str, name: str, conditions: str) -> str:
    """What tells the rows of a file from all others."""
    return hashlib.sha256(json.dumps([sha256, name, conditions]).encode()).hexdigest()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of our code, with the schema of the dataset, and of what it runs on."""
    digest = hashlib.sha256(f"{sys.version} {pydantic.VERSION}".encode())
    package = Path(xlperf.__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def known_files(dataset: Dataset, conditions: str, *, verify: bool) -> Callable[[Source], Known | None]:
    """Looks up sources in the last run of the dataset.

    A source has the same bytes where its stamp is that of that run and it was modified well before its beginning;
    otherwise, and with `verify`, its hash decides.
    """
    last = dataset.run("SELECT run, began FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    sql = "SELECT file, modified, stamp, sha256, key FROM sources JOIN files USING (file) WHERE run = ? AND name = ?"

    def known(source: Source) -> Known | None:
        row = last and dataset.run(sql, last[0], source.name).fetchone()
        if not row or row[-1] != key_of(row[-2], source.name, conditions):
            return None
        file, modified, stamp, sha256, _ = row
        try:
            now = file, modified_at(source.path), stamp_of(source.path)
            old = modified is not None and modified < last[1] - MARGIN
            trusted = old and now[2] == stamp != "" and not verify
            return now if trusted or _sha256(source.path) == sha256 else None
        except OSError:
            return None

    return known


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
