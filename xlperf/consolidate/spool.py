"""Rows on disk in the order they came: memory holds those of one file at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator

from xlperf.consolidate.records import Rows
from xlperf.files import temporary_disk


class Spool:
    """A list that is appended to in pickled chunks and read from the start as often as needed.

    The file has no name: nothing is left of it, however the run ends. Raises UnwritableOutput on a full disk.
    """

    def __init__(self) -> None:
        with temporary_disk():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._chunks: list[tuple[int, int]] = []
        self.rows = 0

    def add(self, chunk: bytes, rows: int, base: int) -> None:
        """Append the rows of one file; `base` is how many projects came before it."""
        with temporary_disk():
            self._chunks.append((self._file.seek(0, 2), base))
            self._file.write(chunk)
        self.rows += rows

    def __iter__(self) -> Iterator[tuple[int, Rows]]:
        """The chunks, each with its base; several readings may go on at once."""
        for offset, base in self._chunks:
            with temporary_disk():  # what is still in memory goes to disk first
                self._file.seek(offset)
                rows = pickle.load(self._file)
            yield base, rows
