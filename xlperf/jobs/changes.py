"""What changed between two consolidations, read from their dataset alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xlperf.dataset.changes import Change, changes
from xlperf.dataset.keep import opened_only
from xlperf.dataset.runs import ended, last_runs
from xlperf.model import UnreadableInput


class Comparison(NamedTuple):
    """When the two states compared were there, and the changes between them."""

    before: dt.datetime
    after: dt.datetime
    changes: Iterator[Change]


def compare(path: Path, since: dt.date | None = None) -> Comparison | None:
    """The changes since the last consolidation with other contents, or since the state of the day `since`.

    None where nothing is there to compare with. Raises UnreadableInput for a file that is no dataset.
    """
    dataset = opened_only(path)
    if dataset is None:
        raise UnreadableInput("dataset_unusable", path=path)
    runs = last_runs(dataset, since)
    if runs is None:
        return None
    before, after = runs
    return Comparison(ended(dataset, before), ended(dataset, after), changes(dataset, before, after))
