"""What changed between two consolidations, read from their dataset alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xlperf.dataset.changes import Change, changes
from xlperf.dataset.keep import read_dataset
from xlperf.dataset.runs import ended_at, last_runs
from xlperf.model import UnreadableInput


class Comparison(NamedTuple):
    """When the two states compared were there, and the changes between them."""

    before: dt.datetime
    after: dt.datetime
    changes: Iterator[Change]


def compare(path: Path, since: dt.date | None = None) -> Comparison | None:
    """The changes since the last consolidation with other contents, or since the state of the day `since`.

    None where nothing is there to compare with, or nothing changed. Raises UnreadableInput for what is no dataset.
    """
    if not path.is_file():  # reading a pipe would never end
        raise UnreadableInput("source_is_folder" if path.is_dir() else "source_missing", path=path)
    try:
        dataset = read_dataset(path)
    except OSError as error:
        raise UnreadableInput("source_unreadable", path=path, reason=error.strerror or error) from error
    if dataset is None:
        raise UnreadableInput("dataset_unusable", path=path)
    runs = last_runs(dataset, since)
    if runs is None:
        return None
    before, after = runs
    return Comparison(ended_at(dataset, before), ended_at(dataset, after), changes(dataset, before, after))
