"""The runs of a dataset: what tells them apart, which is compared with which, which are kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import time

from xlperf.dataset.readings import Reading
from xlperf.dataset.schema import OF_FILES
from xlperf.dataset.store import Dataset

MOST_RUNS = 60  # with different contents; the oldest go first
TELLING = "(f.reason IS NULL OR f.errors + f.warnings > 0)"
"""The files that make up the contents: lock files, earlier summaries and others that are no workbooks come and go."""

_FINISHED = """
SELECT run, ended, contents, baseline, state, summary, year, period FROM runs
WHERE ended IS NOT NULL ORDER BY run DESC
"""


def now() -> int:
    """Nanoseconds since 1970, as far as a dataset holds them."""
    return min(time.time_ns(), 2**63 - 1)


def contents_of(dataset: Dataset, run: int) -> str:
    """A digest of what the files of a run were: their names, their bytes, why they were refused."""
    sql = "SELECT name, sha256, coalesce(s.reason, f.reason) FROM sources s JOIN files f USING (file)"
    digest = hashlib.sha256()
    for row in dataset.run(f"{sql} WHERE run = ? AND {TELLING} ORDER BY position", run):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def baseline_of(dataset: Dataset, run: int, contents: str, since: dt.date | None) -> int | None:
    """The run to compare these contents with: the last one of others, or the one whose state was that of a day.

    A run of another year or period is no such run. None where there is none, or where the contents were these on that
    day.
    """
    stage = dataset.run("SELECT year, period FROM runs WHERE run = ?", run).fetchone()
    for other, ended, others, *_, year, period in dataset.run(_FINISHED).fetchall():
        if stage != (year, period) and None not in (stage[0], year):  # without a year there was nothing to read
            continue
        if since is None:
            if others != contents:
                return int(other)
        elif _moment(ended).date() <= since:
            return None if others == contents else int(other)
    return None


def last_state(dataset: Dataset) -> tuple[str, str] | None:
    """The digests of what went into the summary of the last run, and of the summary."""
    last = dataset.run(_FINISHED).fetchone()
    return last and (last[4], last[5])


def last_runs(dataset: Dataset, since: dt.date | None) -> tuple[int, int] | None:
    """The runs that `changes` compares, the earlier first; None while there is nothing to compare."""
    last = dataset.run(_FINISHED).fetchone()
    before = last and baseline_of(dataset, last[0], last[2], since)
    return (before, last[0]) if before else None


def ended_at(dataset: Dataset, run: int) -> dt.datetime:
    """When the contents of a run were first there, in local time."""
    return _moment(dataset.run("SELECT ended FROM runs WHERE run = ?", run).fetchone()[0])


def finish(reading: Reading, contents: str, baseline: int | None, state: str, summary: str) -> None:
    """Make the run one that later runs are compared with; forget what belongs to no run any more.

    It takes the place of the run before where the contents are the same, and the time when they were first there.
    """
    dataset, run, ended = reading.dataset, reading.run, now()
    before = dataset.run(_FINISHED).fetchone()
    if before and before[2] == contents:
        ended = before[1]
        dataset.run("DELETE FROM runs WHERE run = ?", before[0])
    dataset.run(
        "UPDATE runs SET ended = ?, contents = ?, baseline = ?, state = ?, summary = ? WHERE run = ?",
        *(ended, contents, baseline, state, summary, run),
    )
    dataset.run("DELETE FROM runs WHERE ended IS NULL")
    oldest = "SELECT run FROM runs ORDER BY run DESC LIMIT -1 OFFSET ?"
    dataset.run(f"DELETE FROM runs WHERE run IN ({oldest}) AND run IS NOT ?", MOST_RUNS, baseline)
    for table in ("sources", "notes", "uncounted"):
        dataset.run(f"DELETE FROM {table} WHERE run NOT IN (SELECT run FROM runs)")
    for table in ("files", *OF_FILES):
        dataset.run(f"DELETE FROM {table} WHERE file NOT IN (SELECT file FROM sources)")
    used = " UNION ".join(f"SELECT layout FROM {table}" for table in ("projects", "units", "settings"))
    dataset.run(f"DELETE FROM places WHERE layout NOT IN ({used})")


def _moment(nanoseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(nanoseconds / 10**9)
