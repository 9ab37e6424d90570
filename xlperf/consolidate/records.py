"""What is known of a file and of a project, as small tuples; the dataset holds them with everything else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from xlperf.dataset import Row
from xlperf.form import Cell, Marker
from xlperf.model import Finding, Locus


class Source(NamedTuple):
    """A file to be consolidated; `name` is its path in the summary, relative to the folder given."""

    path: Path
    name: str


class FileRecord(NamedTuple):
    """One file: consolidated, or refused for a reason."""

    path: Path
    name: str  # as in Source
    reason: Finding | None = None
    sha256: str = ""
    size: int = 0
    edition: str = ""
    parent: str = ""  # the SHA-256 of the workbook it is an annotated copy of
    unit: str = ""
    unit_key: str = ""  # the same in all workbooks of the unit
    year: int | None = None
    as_of: dt.date | None = None
    period: str = ""
    pack: str = ""
    projects: int = 0
    indicators: int = 0
    payments: int = 0  # months with one, or with one planned
    cells: int = 0
    findings: tuple[int, int, int] = (0, 0, 0)  # errors, warnings, infos
    unread: int = 0  # sheets of ours that were too altered to be read
    modified: int | None = None  # nanoseconds since 1970, before the file was opened
    stamp: str = ""  # of that moment; see `source_checks`

    @property
    def status(self) -> str:
        """`consolidated` or `refused`."""
        return "consolidated" if self.reason is None else "refused"


class RowFault(Exception):
    """A bug of ours hit a row of this file while the summary was written."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.file = file


def wall_time(nanoseconds: int | None) -> str:
    """Nanoseconds since 1970 as local time, to the second; "" where unknown or beyond the calendar."""
    try:
        moment = None if nanoseconds is None else dt.datetime.fromtimestamp(nanoseconds // 10**9)
    except (OverflowError, OSError, ValueError):
        moment = None
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""


class ProjectRecord(NamedTuple):
    """One project with the figures that make up the totals; amounts in 万元, shares as fractions of 1."""

    ordinal: int  # among all projects
    is_counted: bool  # in the totals
    is_doubtful: bool  # in a total of its own, as its amounts are implausible
    doubt: str  # why; see `doubt`
    deviation_reason: str  # of its payments
    file: str
    sheet: str
    cell: str  # of its code
    name_cell: str
    unit: str
    unit_key: str
    code: str
    name: str
    year: int
    as_of: dt.date
    budget: Cell
    paid: Cell
    planned: Cell
    due: Cell
    gap: Cell  # payments beyond the plan; below 0, short of it
    rate: Cell
    plan: Cell
    plan_progress: Cell
    time_progress: Cell
    light: str
    official_light: str
    period: str
    indicators: int
    score: Cell
    grade: str
    states: tuple[int | None, ...]  # in the order of COMPLIANCE_STATES

    @property
    def source(self) -> str:
        """File and sheet of the project."""
        return f"{self.file} › {self.sheet}"

    def locus(self, cell: str = "") -> Locus:
        """The place of a finding about the project: this cell of its sheet, or the one of its code."""
        return Locus(file=self.file, sheet=self.sheet, cell=cell or self.cell)


class FileResult(NamedTuple):
    """What a worker hands over of one file: its record, the rows of its tables, and the layouts of its sheets.

    The number of the file, the first value of every row, is not known yet: it is `NO_FILE`.
    """

    file: FileRecord
    rows: dict[str, list[Row]]
    layouts: dict[int, Marker]
