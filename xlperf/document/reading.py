"""Reads the official performance document into the model. Knows the order of the steps and how the year is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlperf.document.faults import Faults
from xlperf.document.forms_in_sheets import Forms, open_forms
from xlperf.document.interpreter import Interpreter
from xlperf.document.opening import open_source
from xlperf.document.sheets import WORKBOOKS
from xlperf.measure.codes import common_year
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import Department, Finding, Locus, Project, UnreadableInput, UsageError

LAST_NUMBER = 9999


@dataclass(frozen=True)
class Lines:
    """Where a project stands in its document: the line of its heading (or first row), of its indicators, and of
    whatever else was read, by slot."""

    project: int
    indicators: tuple[int, ...]
    slots: Mapping[str, int]


@dataclass(frozen=True)
class Imported:
    """A document read: the department, what was odd about it, and the places, parallel to `department.projects`.

    `front` has the lines of the sections before the projects, by slot; `places` the cells of lines of a workbook.
    """

    file: str
    department: Department
    findings: tuple[Finding, ...]
    lines: tuple[Lines, ...]
    front: Mapping[str, int]
    places: Mapping[int, Locus] = field(default_factory=dict)

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
    interpreter = Interpreter(faults)
    forms = open_forms(path) if path.suffix.lower() in WORKBOOKS else Forms(open_source(path))
    interpreter.take(forms.blocks)
    tables = interpreter.tables
    if not any(table.name or table.code or table.indicators.indicators for table in tables):
        raise UnreadableInput("source_unrelated", path=path)
    projects: list[Project] = []
    for table in tables:
        number = table.heading.number if table.heading else None
        following = min(projects[-1].number + 1, LAST_NUMBER) if projects else 1
        projects.append(table.project(number or following))
    budget_year = year or _year(interpreter.front.years, [project.code for project in projects]) or default_year
    if budget_year is None:
        raise UnreadableInput("year_unknown", path=path)
    front = interpreter.front
    department = Department(
        unit=interpreter.units.budget_unit,
        year=budget_year,
        overall_objective=front.overall_objective,
        sub_objectives=front.sub_objectives,
        safeguards=front.safeguards,
        projects=tuple(projects),
    )
    lines = tuple(Lines(table.line, tuple(table.indicators.lines), table.lines) for table in tables)
    imported = Imported(path.name, department, (), lines, front.lines, forms.places)
    found = (each.model_copy(update={"locus": imported.place(each.locus.line or 1)}) for each in faults.sorted())
    return replace(imported, findings=(*forms.findings, *found))


def _year(titles: list[int], codes: list[str]) -> int | None:
    """The year all titles name, else the one on which the project codes agree, else None."""
    return titles[0] if len(set(titles)) == 1 else common_year(codes) or None
