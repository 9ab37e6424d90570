"""Rows on disk, in the order they were added; memory holds the rows of one file at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator

from xlperf.consolidate.records import Rows
from xlperf.files import temporary_disk
from xlperf.form import Cell


class Spool:
    """A list of pickled rows: append file by file, read from the start as often as needed.

    The disk file has no name, so nothing is left of it however the run ends. Raises UnwritableOutput on a full disk.
    """

    def __init__(self) -> None:
        with temporary_disk():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._parts: list[tuple[int, int]] = []  # offset in the disk file, number of projects before
        self.row_count = 0

    def add(self, pickled: bytes, row_count: int, first_project: int) -> None:
        """Append the rows of one file; `first_project` is the number of projects before it."""
        with temporary_disk():
            self._parts.append((self._file.seek(0, 2), first_project))
            self._file.write(pickled)
        self.row_count += row_count

    def __iter__(self) -> Iterator[tuple[int, Rows]]:
        """The rows of each file with its `first_project`; several iterations may run at once."""
        for part, (_, first_project) in enumerate(self._parts):
            yield first_project, self.part(part)

    def part(self, number: int) -> Rows:
        """The rows that were added as the file of this number, from 0."""
        with temporary_disk():  # reading flushes buffered writes, which may fail
            self._file.seek(self._parts[number][0])
            rows: Rows = pickle.load(self._file)
        return rows

    def by_project(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row without its first value, which gives the index of its project among all."""
        for first_project, rows in self:
            for index, *row in rows:
                assert isinstance(index, int)
                yield first_project + index, row
