"""Reads the official performance document into the model. Knows the order of the steps and how the year is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from xlperf.document.faults import Faults
from xlperf.document.forms_in_sheets import Forms, open_forms
from xlperf.document.interpreter import Interpreter
from xlperf.document.opening import open_source
from xlperf.document.sheets import WORKBOOKS
from xlperf.measure.codes import common_year
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import BudgetUnit, Department, Finding, Locus, Period, Project, UnreadableInput, UsageError

LAST_NUMBER = 9999
YEARS_FROM = ("given", "title", "line", "code", "table", "date", "default")
"""Where the year of a document may stand, the surest first."""


@dataclass(frozen=True)
class Lines:
    """Where a project stands in its document: the line of its heading (or first row), of its indicators, and of
    whatever else was read, by slot."""

    project: int
    indicators: tuple[int, ...]
    slots: Mapping[str, int]


class Aside(NamedTuple):
    """What a form says beside the plan of its year: under which label, where, and the text."""

    label: str
    line: int
    text: str


@dataclass(frozen=True)
class Imported:
    """A document read: the department, what was odd about it, and the places, parallel to `department.projects`.

    So are their budget units, `units`, what stands beside the plan, `aside`, and the slots that the form of each
    project asks for, `asked`, by key; None where it asks for what ours does. `front` has the lines of the sections
    before the projects, by slot. `period` is what the forms are filled in for, `year_from` one of `YEARS_FROM`.
    `places` are the cells that lines of a workbook stand for.
    """

    file: str
    department: Department
    findings: tuple[Finding, ...]
    lines: tuple[Lines, ...]
    front: Mapping[str, int]
    aside: tuple[tuple[Aside, ...], ...]
    period: Period
    year_from: str
    units: tuple[BudgetUnit, ...] = ()
    asked: tuple[frozenset[str] | None, ...] = ()
    places: Mapping[int, Locus] = field(default_factory=dict)

    def line_of(self, project: int | None, key: str, row: int = -1) -> int:
        """The line of a slot, else of the project's heading, else the first; `project` None is the department."""
        if project is None:
            return self.front.get(key, 1)
        lines = self.lines[project]
        if key.startswith("indicators.") and 0 <= row < len(lines.indicators):
            return lines.indicators[row]
        return lines.slots.get(key, lines.project)

    def place(self, line: int) -> Locus:
        """Where a line is: in a text or .docx its number says it, in a workbook it stands for a cell."""
        return self.places.get(line) or Locus(file=self.file, line=line)


def read_document(path: Path, *, year: int | None = None, default_year: int | None = None) -> Imported:
    """The department a .docx, a text dump of the official document or a workbook of its forms describes.

    `year` (2000-2099) wins over the year the document names, `default_year` stands in where it names none. Raises
    UnreadableInput where there is no document, no project table or no year, UsageError where `year` is none; whatever
    else is wrong is a finding with its line.
    """
    path = Path(path)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError("year_out_of_range", year=year)
    faults = Faults(path.name)
    interpreter = Interpreter(path.name, faults)
    forms = open_forms(path) if path.suffix.lower() in WORKBOOKS else Forms(open_source(path))
    interpreter.take(forms.blocks)
    tables = interpreter.tables
    whole = interpreter.of_department
    if not whole and not any(table.values.name or table.values.code or table.indicators.indicators for table in tables):
        raise UnreadableInput("source_unrelated", path=path)
    projects: list[Project] = []
    for table in tables:
        number = table.heading.number if table.heading else None
        following = min(projects[-1].number + 1, LAST_NUMBER) if projects else 1
        projects.append(table.project(number or following))
        faults.absorb(table.faults)
    budget_year, year_from = year, "given"
    if budget_year is None:
        budget_year, year_from = _year(interpreter, [project.code for project in projects]) or (default_year, "default")
    if budget_year is None:
        raise UnreadableInput("year_unknown", path=path)
    front = interpreter.front
    department = Department(
        unit=interpreter.units.budget_unit,
        year=budget_year,
        overall_objective=front.overall_objective or "\n".join(table.values.objective for table in whole),
        sub_objectives=front.sub_objectives,
        safeguards=front.safeguards,
        projects=tuple(projects),
    )
    periods = {table.period for table in tables}
    imported = Imported(
        path.name,
        department,
        findings=(),
        lines=tuple(Lines(table.line, tuple(table.indicators.lines), table.values.lines) for table in tables),
        front=front.lines,
        aside=tuple(tuple(Aside(said, cell.line, cell.text) for said, cell in table.values.aside) for table in tables),
        period=periods.pop() if len(periods) == 1 else Period.PLAN,
        year_from=year_from,
        units=interpreter.units.of(table.unit for table in tables),
        asked=tuple(table.asked for table in tables),
        places=forms.places,
    )
    found = (each.model_copy(update={"locus": imported.place(each.locus.line or 1)}) for each in faults.sorted())
    return replace(imported, findings=(*forms.findings, *found))


def _year(interpreter: Interpreter, codes: list[str]) -> tuple[int, str] | None:
    """The year all titles name, else that of the lines beside the tables, else the one on which the codes agree.

    Else the year of the headings; else that of the date of filling in, where a form filled in from October on is for
    the next year. With where it was found, one of `YEARS_FROM`; None where nothing says it.
    """
    front, units = interpreter.front, interpreter.units
    found = {
        "title": _agreed(front.years),
        "line": _agreed([*units.years, *(table.values.year for table in interpreter.tables if table.values.year)]),
        "code": common_year(codes),
        "table": _agreed(front.years_of_headings),
        "date": _agreed([year + 1 if month >= 10 else year for year, month in units.dates]),
    }
    return next(((year, where) for where, year in found.items() if year), None)


def _agreed(years: list[int]) -> int | None:
    return years[0] if len(set(years)) == 1 else None
