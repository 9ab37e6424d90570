"""Rows on disk in the order they came: memory holds those of one file at a time."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator

from xlperf.consolidate.lines import Rows


class Spool:
    """A list that is appended to in pickled chunks and read from the start as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._chunks: list[tuple[int, int]] = []
        self.rows = 0

    def add(self, chunk: bytes, rows: int, base: int) -> None:
        """Append the rows of one file; `base` is how many projects came before it."""
        self._chunks.append((self._file.seek(0, 2), base))
        self._file.write(chunk)
        self.rows += rows

    def __iter__(self) -> Iterator[tuple[int, Rows]]:
        """The chunks, each with its base; several readings may go on at once."""
        for offset, base in self._chunks:
            self._file.seek(offset)
            yield base, pickle.load(self._file)
