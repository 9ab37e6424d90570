"""The rules held against a workbook that came back: every fault with the sheet and the cell it is in."""

from __future__ import annotations

import datetime as dt

from xlperf.checks import finding
from xlperf.checks.case import Case, Fault, Place
from xlperf.checks.rules import judge
from xlperf.form import Answers
from xlperf.model import Finding, Locus, Settings
from xlperf.workbook.read import Returned, SheetRead


def check_returned(returned: Returned, settings: Settings | None = None) -> list[Finding]:
    """What the rules find in a workbook, in the order of its sheets; what reading it found is not among it.

    `settings` replace the workbook's own, as for an audit under another rule pack.
    """
    department = returned.department
    if department is None:
        return []
    sheets = {sheet.project: sheet for sheet in returned.sheets}
    own = settings or returned.settings or Settings(as_of=dt.date(department.year, 12, 31))
    stated = tuple(_stated(sheets[i]) for i in range(len(department.projects)))
    faults = judge(Case(department, own, stated))
    return [finding(fault.code, _locus(fault, returned, sheets), **fault.values) for fault in faults]


def _stated(sheet: SheetRead) -> Answers:
    """What the sheet says, its indicators in the order of the project's."""
    rows = sheet.answers.bands["indicators"]
    return Answers(sheet.answers.single, {"indicators": [rows[row] for row in sheet.rows]})


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
