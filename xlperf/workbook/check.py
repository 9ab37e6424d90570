"""The rules held against a workbook that came back: every fault with the sheet and the cell it is in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlperf.checks import finding
from xlperf.checks.case import Case, Fault, Place
from xlperf.checks.rules import judge
from xlperf.form import Answers
from xlperf.form.compute import project_results
from xlperf.model import Finding, Locus, Settings
from xlperf.workbook.read import Returned, SheetRead
from xlperf.workbook.stale import has_errors, parameters_stand, stale_results


def check_returned(
    returned: Returned,
    settings: Settings | None = None,
    *,
    computed: Sequence[Answers] = (),
) -> list[Finding]:
    """Stale results, and what the rules find in a workbook, in the order of its sheets.

    `settings` replace the workbook's own, as for an audit under another rule pack; `computed` are the results of its
    projects under them, where they are known already.
    """
    department = returned.department
    if department is None:
        return []
    sheets = {sheet.project: sheet for sheet in returned.sheets}
    own = returned.settings or Settings(as_of=dt.date(department.year, 12, 31))
    used = settings or own
    unit = department.unit.code + department.unit.name
    found: list[Finding] = []
    stated: list[Answers] = []
    expected: list[Answers] = []
    comparable = parameters_stand(returned, own)
    for sheet in (sheets[i] for i in range(len(department.projects))):
        now = Answers({}, {"indicators": [{}] * len(sheet.answers.bands["indicators"])})
        if comparable and not has_errors(sheet):
            now = project_results(sheet.answers, own, department.year, unit)
            found.extend(stale_results(sheet, now))
            if used.pack != own.pack:
                audited = own.model_copy(update={"pack": used.pack})
                now = project_results(sheet.answers, audited, department.year, unit)
        stated.append(_in_order(sheet, sheet.answers))
        expected.append(_in_order(sheet, now))
    faults = judge(Case(department, used, stated, expected, computed))
    found.extend(finding(fault.code, _locus(fault, returned, sheets), **fault.values) for fault in faults)
    return found


def _in_order(sheet: SheetRead, answers: Answers) -> Answers:
    """A sheet's answers or results, indicators in the order of the project's."""
    rows = answers.bands["indicators"]
    return Answers(answers.single, {"indicators": [rows[row] for row in sheet.rows]})


def _locus(fault: Fault, returned: Returned, sheets: dict[int | None, SheetRead]) -> Locus:
    """The cell of a fault; faults of the department stand on the sheet of its objectives, if there is one."""
    overall = (read for read in returned.sheets if read.marker.kind == "overall")
    sheet = sheets[fault.project] if fault.project is not None else next(overall, sheets[0])
    return Locus(file=returned.path, sheet=sheet.title, cell=_cell(fault.place, sheet))


def _cell(place: Place, sheet: SheetRead) -> str:
    key, index = place
    layout = sheet.layout
    band = layout.bands.get(key.split(".")[0])
    if band is None or index < 0:
        return layout.slots[key if key in layout.slots else "title"].cell
    rows = {"indicators": sheet.rows, "objectives": sheet.objective_rows}.get(key.split(".")[0], range(len(band)))
    return band[rows[index] if index < len(rows) else 0][key].cell
