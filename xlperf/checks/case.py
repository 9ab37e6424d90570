"""What rules look at and what they say: a department with its parameters, faults placed by the slot they are in.

Knows no file: whoever asks turns a slot into a line of a document or a cell of a sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from xlperf.form import Answers, Cell
from xlperf.measure import DEFAULT_PACK, Pack, find_pack
from xlperf.model import Department, Indicator, Operator, Period, Project, Settings
from xlperf.model.department import Target

Values = Mapping[str, object]
"""What a finding's sentence mentions."""


class Place(NamedTuple):
    """A slot by its key; `row` counts the indicators, objectives, months or sub-objectives from 0, -1 outside bands."""

    key: str
    row: int = -1


class Fault(NamedTuple):
    """One fault; `project` is its place in the department, None where the department as a whole is meant."""

    code: str
    project: int | None
    place: Place
    values: Values


@dataclass(frozen=True)
class Case:
    """A department as a document states it, or as its workbook came back.

    `settings` is None for a document, in which nothing is reported yet. For each project of a workbook, `computed` are
    the results of its answers, `stated` what the computed cells of its sheet say, and `expected` what they would say
    if the sheet were calculated now: a word where a number belongs is read where it can be, but counts for no formula.
    """

    department: Department
    settings: Settings | None = None
    stated: Sequence[Answers] = ()
    expected: Sequence[Answers] = ()
    computed: Sequence[Answers] = ()

    @property
    def pack(self) -> Pack:
        """The rules that scores and classes follow."""
        return (self.settings and find_pack(self.settings.pack)) or DEFAULT_PACK

    def projects(self) -> list[ProjectCase]:
        """Every project with what is computed of it."""
        projects = self.department.projects
        if self.settings is None:
            return [ProjectCase(self, i, project) for i, project in enumerate(projects)]
        known = zip(projects, self.computed, self.stated, self.expected, strict=True)
        return [ProjectCase(self, i, *of_project) for i, of_project in enumerate(known)]


@dataclass(frozen=True)
class ProjectCase:
    """One project of a case."""

    case: Case
    index: int
    project: Project
    computed: Answers = field(default_factory=Answers)
    stated: Answers = field(default_factory=Answers)
    expected: Answers = field(default_factory=Answers)

    @property
    def reported(self) -> bool:
        """Whether a workbook is looked at, so that results may be expected."""
        return self.case.settings is not None

    @property
    def evaluated(self) -> bool:
        """Whether the workbook is filled in for the self-evaluation after the end of the year."""
        return self.case.settings is not None and self.case.settings.period is Period.SELF_EVALUATION

    def rows(self) -> list[Row]:
        """Every indicator with what is computed of it."""
        indicators = self.project.indicators
        computed = self.computed.bands.get("indicators") or [{}] * len(indicators)
        return [Row(self, i, indicator, computed[i]) for i, indicator in enumerate(indicators)]


@dataclass(frozen=True)
class Row:
    """One indicator of a project."""

    of: ProjectCase
    index: int
    indicator: Indicator
    computed: Mapping[str, Cell]

    @property
    def target(self) -> Target:
        """What it promises."""
        return self.indicator.target

    @property
    def operator(self) -> Operator:
        """How the actual value is held against the target."""
        return self.indicator.target.operator

    @property
    def counts(self) -> bool:
        """Whether it is a quantitative indicator that applies."""
        return self.operator not in (Operator.NOT_APPLICABLE, Operator.QUALITATIVE)

    @property
    def is_printed(self) -> bool:
        """Whether its words get read: a row a clerk has marked as not applicable on the form is left out."""
        return self.operator is not Operator.NOT_APPLICABLE or not self.of.reported

    @property
    def figure(self) -> Decimal | None:
        """The number a quantitative indicator promises."""
        value = self.indicator.target.value
        return value if self.counts and isinstance(value, Decimal) else None

    @property
    def state(self) -> Cell:
        """达标, 未达标, …; None in a document."""
        return self.computed.get("indicators.state")
