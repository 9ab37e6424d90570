"""The example department in each period of its year, with all its clerks typed, for tests to open."""

from __future__ import annotations

from pathlib import Path

from xlperf.jobs.demo import STEPS, demo, filled_workbook
from xlperf.workbook.read.read import read_workbook


def example_workbooks(folder: Path) -> dict[str, Path]:
    """A workbook of all projects for each period, faults and all, by the period's name."""
    demo(folder / "demo", done=lambda *_: None)
    books = {}
    for step in STEPS:
        (blank,) = (folder / "demo" / step.blank).iterdir()
        given = read_workbook(blank)
        books[step.period.name] = folder / f"{step.period.name}.xlsx"
        books[step.period.name].write_bytes(filled_workbook(given.department, given.settings))
    return books
