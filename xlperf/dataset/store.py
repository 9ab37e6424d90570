"""A dataset in work: a database without a name, so that nothing is left of it however the run ends.

It is filled from a file of an earlier run and saved into one; see `keep`.
"""

from __future__ import annotations

import errno
import sqlite3
import weakref
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

_STORERS = {name: [(column.name, STORE[column.kind]) for column in table.columns] for name, table in TABLES.items()}


class Dataset:
    """The tables of `schema`, private to this process. Raises UnwritableOutput on a full disk."""

    def __init__(self) -> None:
        with temporary_disk(), as_os_error():
            self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            weakref.finalize(self, self._db.close)
            for pragma in (*PRAGMAS, *MARKS):
                self._db.execute(f"PRAGMA {pragma}")
            for statement in statements():
                self._db.execute(statement)
            self._db.execute("INSERT INTO seal VALUES (?)", [SEAL + OPEN])

    def copy_from(self, other: sqlite3.Connection) -> None:
        """Take over everything from another database."""
        with temporary_disk(), as_os_error():
            other.backup(self._db)

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Write everything into another database. Raises OSError."""
        with as_os_error():
            self._db.backup(other)

    def run(self, sql: str, *values: Value) -> sqlite3.Cursor:
        """Run one statement."""
        with temporary_disk(), as_os_error():
            return self._db.execute(sql, [_stored(value) for value in values])

    def put(self, table: str, rows: Iterable[Row]) -> None:
        """Add or replace rows of stored values in the order of the table's columns."""
        marks, listed = ", ".join("?" * len(TABLES[table].columns)), list(rows)
        with temporary_disk(), as_os_error():
            self._db.execute("BEGIN")
            try:
                self._db.executemany(f"REPLACE INTO {table} VALUES ({marks})", listed)
            finally:
                self._db.execute("COMMIT")

    def select(self, columns: Sequence[Column], sql: str, *values: Value) -> Iterator[list[Any]]:
        """The rows of a statement, their values restored as those columns."""
        restore = [RESTORE[column.kind] for column in columns]
        for row in self.stored(sql, *values):
            yield [back(value) for back, value in zip(restore, row, strict=True)]

    def stored(self, sql: str, *values: Value) -> Iterator[Row]:
        """The rows of a statement as they are stored."""
        cursor = self.run(sql, *values)
        while rows := _fetched(cursor):
            yield from rows

    def rows_of(self, table: str, file: int, *project: int | None) -> list[dict[str, Any]]:
        """The rows of a file, or of one of its projects, or with None of its unit, in their order."""
        columns, key = TABLES[table].columns, TABLES[table].key
        which = "file = ? AND project IS ?" if project else "file = ?"
        rows = self.select(
            columns, f"SELECT * FROM {table} WHERE {which} ORDER BY {', '.join(key) or 'rowid'}", file, *project
        )
        return [{column.name: value for column, value in zip(columns, row, strict=True)} for row in rows]


def row_of(table: str, values: Mapping[str, Value]) -> Row:
    """A row of the table: these values by the names of its columns, stored; the rest is nothing."""
    return tuple([None if (value := values.get(name)) is None else store(value) for name, store in _STORERS[table]])


def _stored(value: Value) -> Stored:
    return STORE[Kind.TEXT](value)


def _fetched(cursor: sqlite3.Cursor) -> list[Any]:
    with temporary_disk(), as_os_error():
        return cursor.fetchmany(256)


@contextmanager
def as_os_error() -> Iterator[None]:
    """A database that finds no room, or no file, raises OSError, as a file would."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in TROUBLE:
            raise
        number = errno.ENOSPC if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL else errno.EIO
        raise OSError(number, str(error)) from error
