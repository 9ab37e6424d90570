"""What careless clerks of the example department send back in November, each file spoilt in a way people do."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workbook.returning import rows_inserted
from zipped import packed, parts_of

from xlperf.document import read_document
from xlperf.form import EDITIONS, form_set_of
from xlperf.jobs.example import filled, typed_answers
from xlperf.model import Period, Project, Settings
from xlperf.prepare.identity import with_ids
from xlperf.prepare.split import split
from xlperf.workbook.write.department import department_bytes

AS_OF = dt.date(2026, 10, 31)
FORM_SET = form_set_of(Period.MONITORING, "national")
SHEET = "xl/worksheets/sheet4.xml"
SENT = dt.datetime(2026, 11, 6, 17).timestamp()


def careless_set(document: Path, folder: Path) -> None:
    """Write the workbooks of the projects of the document, one for each, into the folder."""
    folder.mkdir()
    department = with_ids(read_document(document).department)
    for number, (stem, part) in enumerate(split(department, "", by_project=True), start=1):
        settings = Settings(as_of=AS_OF.replace(year=2025) if number == 6 else AS_OF, pack="national-2026")
        typed = _typed(part.projects[0], number)
        answers = filled(part.projects[0], typed, EDITIONS[FORM_SET]["project"])
        content = department_bytes(part, settings, typed=[answers], form_set=FORM_SET)
        path = folder / f"{stem}.xlsx"
        path.write_bytes(SPOILT.get(number, lambda whole: whole)(content))
        os.utime(path, (SENT, SENT))


def _typed(project: Project, number: int) -> Mapping[str, Any]:
    """What was typed until June, and then nothing; into the first project percent signs, a unit and words."""
    typed = dict(typed_answers().get(project.code, {}).get("monitoring", {}))
    if number == 1:
        actual = [*typed["indicators.actual"]]
        actual[2:5] = ["90.6%", "1", "九成八"]
        months = ["2000万", "12,8", "26.40元", "二十", "21.35左右", *typed["payments.amount"][5:]]
        return {**typed, "indicators.actual": actual, "payments.amount": months}
    return typed


def _row_inserted(content: bytes) -> bytes:
    parts = parts_of(content)
    return packed({**parts, SHEET: rows_inserted(parts[SHEET].decode(), 15).encode()})


def _renamed(content: bytes) -> bytes:
    parts = parts_of(content)
    name = "04_诉讼服务中心运行维护经费"
    book = parts["xl/workbook.xml"].decode()
    assert f'name="{name}"' in book
    return packed({**parts, "xl/workbook.xml": book.replace(f'name="{name}"', 'name="诉讼中心（改）"').encode()})


def _pasted_beside(content: bytes) -> bytes:
    """A block of a ledger of 12 rows and 5 columns, pasted below the form."""
    parts = parts_of(content)
    cells = ("".join(f'<c r="{column}{row}"><v>{row}</v></c>' for column in "BCDEF") for row in range(90, 102))
    rows = "".join(f'<row r="{row}">{text}</row>' for row, text in zip(range(90, 102), cells, strict=True))
    return packed({**parts, SHEET: parts[SHEET].decode().replace("</sheetData>", f"{rows}</sheetData>").encode()})


SPOILT: Mapping[int, Callable[[bytes], bytes]] = {
    2: _row_inserted,
    4: _renamed,
    5: _pasted_beside,
    7: lambda content: content[: len(content) // 2],  # the mail broke off
}


def reasons_written(copy: Path) -> None:
    """Write the three reasons that are owed into the annotated copy of the fourth project, as its clerk does."""
    parts = parts_of(copy.read_bytes())
    sheet = parts[SHEET].decode()
    for cell in ("L14", "L19", "C43"):
        typed = rf'<c r="{cell}"\1 t="inlineStr"><is><t>合同6月才签订</t></is></c>'
        sheet, count = re.subn(rf'<c r="{cell}"( s="\d+")/>', typed, sheet)
        assert count == 1
    copy.write_bytes(packed({**parts, SHEET: sheet.encode()}))
    os.utime(copy, (SENT, SENT))
