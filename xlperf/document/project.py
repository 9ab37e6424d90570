"""One project table → one project: its head, its indicators. Knows nothing of other tables or the year."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.document.blocks import Cell, Row
from xlperf.document.faults import Faults
from xlperf.document.head_items import Item
from xlperf.document.head_rows import HeadRows
from xlperf.document.head_values import HeadValues
from xlperf.document.headings import Heading
from xlperf.document.indicator_columns import is_head
from xlperf.document.indicator_rows import is_foot
from xlperf.document.indicators import IndicatorTable
from xlperf.document.labels import label
from xlperf.model import Period, Project
from xlperf.model.text import squeeze

_HEAD = frozenset(
    ("code", "name", "funds", "spend_plan", "objectives", "money", "conclusion", "problems", "measures", "remark")
)
"""Labels that begin a row of the head or the foot and nothing in the indicator table."""


class Table:
    """A project table being read, row by row."""

    def __init__(self, file: str, heading: Heading | None, line: int) -> None:
        self.heading = heading
        self.line = line
        self.faults = Faults(file)
        self.unit = 0  # which of the budget units that were named is its own
        self.started = False
        self.of_department = heading is not None and heading.of_department
        self.values = HeadValues(self.faults)
        self.indicators = IndicatorTable(self.faults)
        self.amid_indicators = False  # between the head of the indicators and the next label of the head
        self._rows = HeadRows(self.values, self.faults)
        self._previous: Row | None = None

    def take(self, row: Row, unit: str) -> None:
        """Read one row; amounts without a unit of their own are in `unit`."""
        self.started = True
        above, self._previous = self._previous, row
        if is_head(row):
            self.amid_indicators = True
            self.indicators.head(row, above, self._rows.goals)
            return
        first = label(row.filled[0].text) if self.indicators.may_end_at(row) else None
        if first and first.field in _HEAD:  # the head again, on a new page
            self.amid_indicators = False
        if self.indicators.open and is_foot(row) and not self.indicators.continues_head(row):
            return
        if not self.amid_indicators:
            self._rows.take(row, unit)
        else:
            self.indicators.take(row)

    def awaits(self, row: Row) -> bool:
        """Whether a line between rows is a row of the head that lost its other cells."""
        return self.started and not self.indicators.open and self._rows.awaits(row)

    def flat(self, values: Iterable[tuple[Item, Cell]], unit: str) -> None:
        """Take what a row of a list of many projects says of this one, each with the head of its column."""
        self.started = True
        self._rows.flat(values, unit)

    @property
    def is_project(self) -> bool:
        """Whether this is a project's form and no other table of the document."""
        if self.of_department:
            return False
        values, asks = self.values, not self._rows.fields.isdisjoint(("objectives", "funds"))
        if values.code or self.indicators.open or asks:
            return True
        return self.heading is not None and bool(values.name) and values.has_amounts

    @property
    def period(self) -> Period:
        """What the form is filled in for, by its heading, else by what it asks."""
        if self.heading is not None and self.heading.period is not Period.PLAN:
            return self.heading.period
        if "actual" in self.indicators.fields:
            monitored = "expected" in self.indicators.fields
            return Period.MONITORING if monitored else Period.SELF_EVALUATION
        return Period.PLAN

    @property
    def asked(self) -> frozenset[str] | None:
        """The slots that rules may miss a text in, by key; None where the form asks for all that ours does."""
        if not self._rows.fields.isdisjoint(("funds", "spend_plan")):
            return None
        columns = {f"indicators.{name}" for name in self.indicators.fields}
        signed = {"indicators.operator"} if "indicators.sign" in columns else set()
        return frozenset(columns | signed | self._rows.fields)

    def project(self, number: int) -> Project:
        """The project as read."""
        heading = "" if self.heading is None or self.heading.generic else self.heading.name
        self._compare_names(heading)
        self._rows.close()
        self.indicators.close()
        self._tell_aside()
        return Project.model_validate(
            {
                **self.values.fields(self.line),
                "number": number,
                "name": self.values.name or heading,
                "indicators": tuple(self.indicators.indicators),
            }
        )

    def _compare_names(self, heading: str) -> None:
        """Say where the heading names another project than the form, or writes its name in other widths."""
        name = self.values.name
        if not heading or not name:
            return
        numbered = self.heading is not None and self.heading.number is not None
        same = (squeeze(heading), _without_kind(heading))
        if (numbered or self._rows.code_line) and squeeze(name) not in same:
            self.faults.add("XPF104", self.line, heading=heading, name=name)
        elif squeeze(name) == squeeze(heading) and _widths(name) != _widths(heading):
            self.faults.add("XPF114", self.line, heading=heading, name=name)

    def _tell_aside(self) -> None:
        """Say once what is known and not of this year's plan: it is kept apart."""
        self.values.aside += self.indicators.aside
        other = [(said, cell) for said, cell in self.values.aside if cell.text]
        if other:
            self.faults.add(
                "XPF119", other[0][1].line, count=len(other), text=[*dict.fromkeys(said for said, _ in other)]
            )


def _widths(name: str) -> str:
    """The name without its blanks, which headings break, in the widths it is written in."""
    return "".join(name.split())


def _without_kind(heading: str) -> str:
    """The heading without the 项目支出 that some editions print before 绩效目标表."""
    return squeeze(heading).removesuffix("支出").removesuffix("项目")
