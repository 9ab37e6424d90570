"""The runs of a dataset: what tells them apart, which is compared with which, which are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import time

from xlperf.dataset.readings import Reading
from xlperf.dataset.schema import OF_FILES
from xlperf.dataset.store import Dataset

MOST_RUNS = 60  # with different contents; the oldest go first
_LAST = "runs WHERE run = (SELECT max(run) FROM runs WHERE ended IS NOT NULL)"


def contents_of(dataset: Dataset, run: int) -> str:
    """A digest of what the files of a run were: their names, their bytes, why they were refused."""
    sql = "SELECT s.name, sha256, reason FROM sources s JOIN files USING (file) WHERE run = ? ORDER BY position"
    digest = hashlib.sha256()
    for row in dataset.run(sql, run):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def baseline_of(dataset: Dataset, contents: str, since: dt.date | None) -> int | None:
    """The run to compare with: the last one with other contents, finished by the end of the day `since` if given."""
    until = dt.datetime.combine(since, dt.time.max).timestamp() if since else time.time()
    sql = "SELECT max(run) FROM runs WHERE ended <= ? AND contents <> ?"
    run: int | None = dataset.run(sql, int(until * 10**9), contents).fetchone()[0]
    return run


def last_state(dataset: Dataset) -> tuple[str, str] | None:
    """The digests of what went into the summary of the last run, and of the summary."""
    row = dataset.run(f"SELECT state, summary FROM {_LAST}").fetchone()
    return row and tuple(row)


def finish(reading: Reading, contents: str, baseline: int | None, state: str, summary: str) -> None:
    """Make the run one that later runs are compared with; forget what belongs to no run any more.

    It takes the place of the run before where the contents are the same, and the time when they were first there.
    """
    dataset, run, ended = reading.dataset, reading.run, time.time_ns()
    before = dataset.run(f"SELECT run, ended FROM {_LAST} AND contents = ?", contents).fetchone()
    if before:
        ended = before[1]
        dataset.run("DELETE FROM runs WHERE run = ?", before[0])
    dataset.run(
        "UPDATE runs SET ended = ?, contents = ?, baseline = ?, state = ?, summary = ? WHERE run = ?",
        *(ended, contents, baseline, state, summary, run),
    )
    dataset.run("INSERT INTO uncounted SELECT ?, file, project FROM current WHERE NOT counted", run)
    dataset.run("DELETE FROM runs WHERE ended IS NULL")
    dataset.run("DELETE FROM runs WHERE run NOT IN (SELECT run FROM runs ORDER BY run DESC LIMIT ?)", MOST_RUNS)
    for table in ("sources", "notes", "uncounted"):
        dataset.run(f"DELETE FROM {table} WHERE run NOT IN (SELECT run FROM runs)")
    for table in ("files", *OF_FILES):
        dataset.run(f"DELETE FROM {table} WHERE file NOT IN (SELECT file FROM sources)")


def ended(dataset: Dataset, run: int) -> dt.datetime:
    """When the contents of a run were first there, in local time."""
    return dt.datetime.fromtimestamp(dataset.run("SELECT ended FROM runs WHERE run = ?", run).fetchone()[0] / 10**9)


def last_runs(dataset: Dataset, since: dt.date | None) -> tuple[int, int] | None:
    """The runs that `changes` compares, the earlier first; None while there is nothing to compare."""
    last = dataset.run(f"SELECT run, contents, baseline FROM {_LAST}").fetchone()
    before = last and (baseline_of(dataset, last[1], since) if since else last[2])
    return (before, last[0]) if before else None
