"""What is remembered of every file and project while the rows themselves go to disk: one small tuple each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from xlperf.form import Cell
from xlperf.model import Finding

Rows = list[tuple[Cell, ...]]


class Source(NamedTuple):
    """A file to be accounted for: where it is, and what it is called in the summary."""

    path: Path
    shown: str


class FileLine(NamedTuple):
    """One file: consolidated, or refused for a reason."""

    path: Path
    shown: str
    reason: Finding | None = None
    sha256: str = ""
    size: int = 0
    edition: str = ""
    unit: str = ""
    unit_key: str = ""  # what all workbooks of the unit have in common
    year: int | None = None
    as_of: dt.date | None = None
    period: str = ""
    pack: str = ""
    projects: int = 0
    indicators: int = 0
    cells: int = 0
    findings: tuple[int, int, int] = (0, 0, 0)  # errors, warnings, infos
    unread: int = 0  # sheets of ours that were too altered to be read
    modified: int | None = None  # nanoseconds since 1970, when it was opened

    @property
    def status(self) -> str:
        """`consolidated` or `refused`."""
        return "consolidated" if self.reason is None else "refused"


class RowFault(Exception):
    """A bug of ours met a row of this file while the summary was written."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


def wall_time(nanoseconds: int | None) -> str:
    """A moment as clocks here showed it, to the second; "" where it is unknown or no calendar has it."""
    try:
        moment = None if nanoseconds is None else dt.datetime.fromtimestamp(nanoseconds // 10**9)
    except (OverflowError, OSError, ValueError):
        moment = None
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


class ProjectLine(NamedTuple):
    """One project, with the figures the department's totals are made of; amounts in 万元, shares of one."""

    file: str
    sheet: str
    cell: str  # of its code
    name_cell: str
    unit: str
    unit_key: str
    origin: str  # the sheet it was given out on, "" where whoever got it typed the code
    code: str
    name: str
    year: int
    as_of: dt.date
    budget: Cell
    paid: Cell
    planned: Cell
    due: Cell
    rate: Cell
    plan: Cell
    plan_progress: Cell
    time_progress: Cell
    light: str
    states: tuple[int, ...]  # in the order of COMPLIANCE_STATES
    score: Cell
    grade: str

    @property
    def place(self) -> str:
        """Where the project stands."""
        return f"{self.file} › {self.sheet}"

    @property
    def gap(self) -> Decimal | None:
        """What was paid beyond (or, below 0, short of) the plan."""
        if not isinstance(self.planned, Decimal):
            return None
        return (self.paid if isinstance(self.paid, Decimal) else Decimal(0)) - self.planned


class Digest(NamedTuple):
    """One file boiled down: its lines, and its rows for each list, pickled so that the main process only stores them.

    The first value of a project's, indicator's or payment's row is the project's place within its file.
    """

    file: FileLine
    projects: tuple[ProjectLine, ...]
    chunks: dict[str, bytes]
    counts: dict[str, int]
