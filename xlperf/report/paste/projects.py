"""The projects of a run as they are pasted into the budget system, and why some are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from xlperf.checks import finding, severity
from xlperf.checks.pasting import PasteRow, paste_faults
from xlperf.consolidate.consolidation import IN_ORDER, Consolidation
from xlperf.consolidate.department import repetition
from xlperf.consolidate.file_result import LEFT_OUT
from xlperf.dataset import readings
from xlperf.form.arithmetic import is_number
from xlperf.measure import DEFAULT_PACK
from xlperf.measure.indicators import rating_of
from xlperf.measure.statuses import NOT_APPLICABLE, QUALITATIVE
from xlperf.model import Finding, Locus, Operator, Period, Severity

FIELDS = (
    *("p.file", "p.project", "p.layout"),
    *("l.name", "p.sheet", "p.cell", "f.unit", "f.unit_key", "f.year", "p.number", "p.code", "p.name"),
)
OMITTED = "XPF706"  # rows that do not apply


class PasteProject(NamedTuple):
    """One project: the rows to be pasted, or the errors for which there are none, also those of its whole workbook.

    `omitted` are findings about rows that were left out.
    """

    file: str
    sheet: str
    cell: str
    unit: str
    unit_key: str
    year: int
    number: int
    code: str
    name: str
    rows: Sequence[PasteRow] = ()
    errors: Sequence[Finding] = ()
    omitted: Sequence[Finding] = ()


def paste_projects(consolidation: Consolidation, period: Period) -> Iterator[PasteProject]:
    """Every project of a run over workbooks of this period, in order."""
    errors = _errors(consolidation)
    reading = consolidation.reading
    cells = cache(reading.cells)
    for file, at, layout, *facts in reading.rows(FIELDS, f"{readings.PROJECTS} {IN_ORDER}"):
        project = PasteProject(*facts)
        indicators = reading.dataset.rows_of("indicators", file, at)
        rows = [_row(each) for each in indicators if each["operator"] != NOT_APPLICABLE]
        faults = [
            finding(fault.code, _locus(project, rows[fault.row], fault.key, cells(layout)), **fault.values)
            for fault in paste_faults(rows, period)
        ]
        left_out = [each for each in indicators if each["operator"] == NOT_APPLICABLE]
        yield project._replace(
            rows=rows,
            errors=(*errors[project.file, ""], *errors[project.file, project.sheet], *faults),
            omitted=[_left_out(project, left_out)] if left_out else [],
        )


def _errors(consolidation: Consolidation) -> Mapping[tuple[str, str], Sequence[Finding]]:
    """The errors by file and project sheet, under "" those of the whole workbook.

    Errors on a sheet that was left out are no one's, unless it may be that of the parameters, by which all are judged.
    A project that came back more than once has one on each of its sheets.
    """
    reading = consolidation.reading
    found = list(takewhile(lambda each: severity(each) is Severity.ERROR, consolidation.findings))
    own = {(file, sheet) for file, sheet in reading.rows(("l.name", "p.sheet"), readings.PROJECTS)}
    with_parameters = {file for (file,) in reading.rows(("l.name",), f"{readings.FILES} JOIN settings USING (file)")}
    left_out = {(each.locus.file, each.locus.sheet) for each in found if each.code in LEFT_OUT}
    errors: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in found:
        file, sheet = each.locus.file, each.locus.sheet
        if (file, sheet) in own:
            errors[file, sheet].append(each)
        elif (file, sheet) not in left_out or file not in with_parameters:
            errors[file, ""].append(each)
    for same in consolidation.repeated:
        for project in same.projects[1:]:  # the first one is among the findings
            again = repetition(same).model_copy(update={"locus": project.locus()})
            errors[project.file, project.sheet].append(again)
    return errors


def _row(indicator: Mapping[str, Any]) -> dict[str, Any]:
    """An indicator as the system takes it: the score is the one before anything is deducted."""
    operator, actual, score = indicator["operator"], indicator["actual"], indicator["earned"]
    if operator == QUALITATIVE:
        # Rules that know a rating by its whole word find an error in any other.
        actual, score = rating_of(actual, DEFAULT_PACK) or actual, indicator["points"]
    changed = {
        "operator": operator or Operator.EQ.symbol,
        "actual": actual,
        "deduction": indicator["deduction"] or None,
        "score": score if is_number(score) else None,
    }
    return {**indicator, **changed}


def _locus(project: PasteProject, row: Mapping[str, Any], key: str, cells: Mapping[tuple[str, int], str]) -> Locus:
    """Where a value of a row stands: a choice that takes several cells at the first, one without a cell at the name."""
    at = row["row"]
    found = (cells.get((f"indicators_{slot}", at)) for slot in (key, f"{key}_0"))
    cell = next(filter(None, found), row["cell"])
    return Locus(file=project.file, sheet=project.sheet, cell=cell)


def _left_out(project: PasteProject, rows: Sequence[Mapping[str, Any]]) -> Finding:
    names = [str(row["name"] or "—") for row in rows]
    locus = Locus(file=project.file, sheet=project.sheet, cell=rows[0]["cell"])
    return finding(OMITTED, locus, count=len(rows), names=names)
