"""What rules judge and what they return: a submission of a department in, faults with their slots out.

Knows no file: callers turn a slot into a line of a document or a cell of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from xlperf.form import PROJECT, Answers, Cell, Form
from xlperf.form.results import Rules
from xlperf.measure import DEFAULT_PACK, Pack, find_pack
from xlperf.measure.statuses import OWED
from xlperf.model import Department, Indicator, Operator, Period, Project, Settings
from xlperf.model.department import Target

Values = Mapping[str, object]
"""The values that fill a finding's sentence."""


class SlotRef(NamedTuple):
    """A slot by its key; `row` counts the indicators, objectives, months or sub-objectives from 0, -1 outside bands."""

    key: str
    row: int = -1


ProjectFaults = Iterator[tuple[SlotRef, Values]]
DepartmentFaults = Iterator[tuple[int | None, SlotRef, Values]]
"""With the project's index, or None for a fault of the department."""


class Fault(NamedTuple):
    """One fault; `project` is the project's index in the department, None for a fault of the department."""

    code: str
    project: int | None
    slot: SlotRef
    values: Values


@dataclass(frozen=True)
class Submission:
    """A department as a document states it, or as its workbook came back.

    `settings` is None for a document, which reports no results. For each project of a workbook, `computed` holds the
    results of its answers, `stated` what the computed cells of its sheet show, and `expected` what they would show if
    the sheet were calculated now. `expected` differs from `computed` where a number is typed as a word: the answers may
    read it as a number, formulas do not. `forms` are those by which the results were computed, `rules` those of the
    rule pack where no pack known here has them. `place` is the pack of a document, which names none. `asked` are the
    slots that the form of each project of a document has, by key; None or none at all for every slot.
    """

    department: Department
    settings: Settings | None = None
    stated: Sequence[Answers] = ()
    expected: Sequence[Answers] = ()
    computed: Sequence[Answers] = ()
    forms: Sequence[Form] = ()
    rules: Rules = ()
    place: Pack = DEFAULT_PACK
    asked: Sequence[frozenset[str] | None] = ()

    @property
    def pack(self) -> Pack:
        """The rules that scores and classes follow: those given, else those of the pack in the settings."""
        if self.settings is None:
            return self.place
        key = self.settings.pack
        pack = find_pack(self.rules or key) or DEFAULT_PACK
        return pack if pack.key else pack._replace(key=key, zh=key, en=key)

    def project_cases(self) -> list[ProjectCase]:
        """Every project with its computed results."""
        projects = self.department.projects
        if self.settings is None:
            return [ProjectCase(self, i, project) for i, project in enumerate(projects)]
        parts = zip(projects, self.computed, self.stated, self.expected, self.forms, strict=True)
        return [ProjectCase(self, i, *of_project) for i, of_project in enumerate(parts)]


@dataclass(frozen=True)
class ProjectCase:
    """One project of a submission."""

    submission: Submission
    index: int
    project: Project
    computed: Answers = field(default_factory=Answers)
    stated: Answers = field(default_factory=Answers)
    expected: Answers = field(default_factory=Answers)
    form: Form | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether it came back in a workbook, so that results may be expected."""
        return self.submission.settings is not None

    def asks(self, key: str) -> bool:
        """Whether the form it came in has this slot; of a workbook the reader knows, and leaves out what has none."""
        asked = self.submission.asked
        slots = asked[self.index] if asked else None
        return slots is None or key in slots

    @property
    def is_evaluation(self) -> bool:
        """Whether the workbook is filled in for the self-evaluation after the end of the year."""
        settings = self.submission.settings
        return settings is not None and settings.period is Period.SELF_EVALUATION

    @property
    def is_of_period(self) -> bool:
        """Whether its form is that of one period; the wide form of edition 2026.1 serves the whole year."""
        return self.form is not None and self.form is not PROJECT

    @property
    def is_plan(self) -> bool:
        """Whether its form asks for no results."""
        settings = self.submission.settings
        return self.is_of_period and settings is not None and settings.period is Period.PLAN

    @cached_property
    def indicator_cases(self) -> list[IndicatorCase]:
        """Every indicator with its computed results."""
        indicators = self.project.indicators
        computed = self.computed.bands.get("indicators") or [{}] * len(indicators)
        return [IndicatorCase(self, i, indicator, computed[i]) for i, indicator in enumerate(indicators)]


class IndicatorCase:
    """One indicator of a project; `computed` are its results, `figure` is the number it is to be compared with.

    `is_quantitative` says that it applies and that its target should be such a number.
    """

    __slots__ = ("computed", "figure", "index", "indicator", "is_quantitative", "operator", "project_case", "target")

    def __init__(
        self, project_case: ProjectCase, index: int, indicator: Indicator, computed: Mapping[str, Cell]
    ) -> None:
        self.project_case, self.index, self.indicator, self.computed = project_case, index, indicator, computed
        self.target: Target = indicator.target
        self.operator: Operator = self.target.operator
        self.is_quantitative = self.operator.compares
        value = self.target.value
        self.figure = value if self.is_quantitative and isinstance(value, Decimal) else None

    @property
    def is_printed(self) -> bool:
        """Whether its texts are published: a form leaves out rows marked 不涉及, a document prints them."""
        return self.operator is not Operator.NOT_APPLICABLE or not self.project_case.is_workbook

    @property
    def rules(self) -> Rules | str:
        """The rule pack as functions take it: its cells, or its key."""
        submission = self.project_case.submission
        return submission.rules or submission.pack.key

    @property
    def owes_reason(self) -> bool:
        """Whether the form of its period says that a reason is owed."""
        return self.computed.get("indicators.owed") == OWED

    @property
    def state(self) -> Cell:
        """达标, 未达标, …; None in a document."""
        return self.computed.get("indicators.state")
