"""Reads the official performance document into the model. Knows the order of the steps and how the year is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlperf.document.faults import Faults
from xlperf.document.interpreter import Interpreter
from xlperf.document.opening import open_source
from xlperf.measure.codes import common_year
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import Department, Finding, Period, Project, UnreadableInput, UsageError

LAST_NUMBER = 9999


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

    So are what stands beside the plan, `aside`, and the slots that the form of each project asks for, `asked`, by key;
    None where it asks for what ours does. `front` has the lines of the sections before the projects, by slot. `period`
    is what the forms are filled in for.
    """

    file: str
    department: Department
    findings: tuple[Finding, ...]
    lines: tuple[Lines, ...]
    front: Mapping[str, int]
    aside: tuple[tuple[Aside, ...], ...]
    period: Period
    asked: tuple[frozenset[str] | None, ...] = ()


def read_document(path: Path, *, year: int | None = None, default_year: int | None = None) -> Imported:
    """The department a .docx or a text dump of the official document describes.

    `year` (2000-2099) wins over the year the document names, `default_year` stands in where it names none. Raises
    UnreadableInput where there is no document, no project table or no year, UsageError where `year` is none; whatever
    else is wrong is a finding with its line.
    """
    path = Path(path)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError("year_out_of_range", year=year)
    faults = Faults(path.name)
    interpreter = Interpreter(path.name, faults)
    interpreter.take(open_source(path))
    tables = interpreter.tables
    whole = interpreter.of_department
    if not whole and not any(table.name or table.code or table.indicators.indicators for table in tables):
        raise UnreadableInput("source_unrelated", path=path)
    projects: list[Project] = []
    for table in tables:
        number = table.heading.number if table.heading else None
        following = min(projects[-1].number + 1, LAST_NUMBER) if projects else 1
        projects.append(table.project(number or following))
        faults.absorb(table.faults)
    budget_year = year or _year(interpreter, [project.code for project in projects]) or default_year
    if budget_year is None:
        raise UnreadableInput("year_unknown", path=path)
    front = interpreter.front
    department = Department(
        unit=interpreter.units.budget_unit,
        year=budget_year,
        overall_objective=front.overall_objective or "\n".join(table.objective for table in whole),
        sub_objectives=front.sub_objectives,
        safeguards=front.safeguards,
        projects=tuple(projects),
    )
    lines = tuple(Lines(table.line, tuple(table.indicators.lines), table.lines) for table in tables)
    aside = tuple(tuple(Aside(said, cell.line, cell.text) for said, cell in table.aside) for table in tables)
    periods = {table.period for table in tables}
    period = periods.pop() if len(periods) == 1 else Period.PLAN
    asked = tuple(table.asked for table in tables)
    return Imported(path.name, department, faults.sorted(), lines, front.lines, aside, period, asked)


def _year(interpreter: Interpreter, codes: list[str]) -> int | None:
    """The year all titles name, else that of the lines beside the tables, else the one on which the codes agree.

    Else the year of the headings; else that of the date of filling in, where a form filled in from October on is for
    the next year. None where nothing says it.
    """
    front, units = interpreter.front, interpreter.units
    filled_in = [year + 1 if month >= 10 else year for year, month in units.dates]
    agreed = (
        _agreed(front.years),
        _agreed(units.years),
        common_year(codes),
        _agreed(front.years_of_headings),
        _agreed(filled_in),
    )
    return next((found for found in agreed if found), None)


def _agreed(years: list[int]) -> int | None:
    return years[0] if len(set(years)) == 1 else None
