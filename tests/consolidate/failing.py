"""A bug of ours inside a worker process: one file breaks the reader."""

from __future__ import annotations

from typing import Any
from unittest import mock

from xlperf.consolidate.file_result import read_and_judge
from xlperf.consolidate.records import FileResult, Source
from xlperf.workbook.read import recognise


def read(source: Source) -> FileResult:
    """What the file comes to, with a bug on 坏.xlsx."""
    recognised = recognise.recognised

    def broken(book: Any, file: str) -> recognise.Recognised:
        if file.endswith("坏.xlsx"):
            raise IndexError("no such thing")
        return recognised(book, file)

    with mock.patch("xlperf.workbook.read.read.recognised", broken):
        return read_and_judge(source, None)
