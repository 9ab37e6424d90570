"""A dataset in work: a database without a name, so that nothing is left of it however the run ends.

It is filled from a file of an earlier run and saved into one; see `keep`.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from xlperf.dataset.schema import APPLICATION_ID, OPEN, SEAL, TABLES, VERSION, Column, Kind, statements
from xlperf.dataset.values import RESTORE, STORE, Stored, Value
from xlperf.files import temporary_disk

PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-8000")  # KB in memory; the rest is on disk
MARKS = (f"application_id={APPLICATION_ID}", f"user_version={VERSION}")
TROUBLE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}

Row = tuple[Stored, ...]


class Dataset:
    """The tables of `schema`, private to this process. Raises UnwritableOutput on a full disk."""

    def __init__(self) -> None:
        with full_disk():
            self._db = sqlite3.connect("", isolation_level=None)
            for pragma in (*PRAGMAS, *MARKS):
                self._db.execute(f"PRAGMA {pragma}")
            for statement in statements():
                self._db.execute(statement)
            self._db.execute("INSERT INTO seal VALUES (?)", [SEAL + OPEN])

    def copy_from(self, other: sqlite3.Connection) -> None:
        """Take over everything from another database."""
        with full_disk():
            other.backup(self._db)

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Write everything into another database."""
        with full_disk():
            self._db.backup(other)

    def run(self, sql: str, *values: Value) -> sqlite3.Cursor:
        """Run one statement."""
        with full_disk():
            return self._db.execute(sql, [_stored(value) for value in values])

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Add or replace rows of stored values in the order of the table's columns."""
        marks = ", ".join("?" * len(TABLES[table].columns))
        with full_disk():
            self._db.execute("BEGIN")
            self._db.executemany(f"REPLACE INTO {table} VALUES ({marks})", rows)
            self._db.execute("COMMIT")

    def select(self, columns: Sequence[Column], sql: str, *values: Value) -> Iterator[list[Any]]:
        """The rows of a statement, their values restored as those columns."""
        restore = [RESTORE[column.kind] for column in columns]
        cursor = self.run(sql, *values)
        while rows := _fetched(cursor):
            for row in rows:
                yield [back(value) for back, value in zip(restore, row, strict=True)]


def row_of(table: str, values: Mapping[str, Value]) -> Row:
    """A row of the table: these values by the names of its columns, stored; the rest is nothing."""
    return tuple(STORE[column.kind](values.get(column.name)) for column in TABLES[table].columns)


def _stored(value: Value) -> Stored:
    return STORE[Kind.TEXT](value)


def _fetched(cursor: sqlite3.Cursor) -> list[Any]:
    with full_disk():
        return cursor.fetchmany(256)


@contextmanager
def full_disk() -> Iterator[None]:
    """A database that finds no room raises UnwritableOutput, as a file would."""
    with temporary_disk():
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in TROUBLE:
                raise
            number = errno.ENOSPC if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL else errno.EIO
            raise OSError(number, str(error)) from error
