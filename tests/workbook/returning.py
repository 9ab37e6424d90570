"""Workbooks on their way back: taken apart, spoilt as people and programs spoil them, put together again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
from departments import OF_FIRST_EDITION, PLANNED, SETTINGS, small_department, target
from openpyxl.worksheet.worksheet import Worksheet
from zipped import packed, parts_of

from xlperf.form import EDITIONS, FIRST_EDITION, FormSet, Layout, layout, read_marker
from xlperf.form import titles as title_of
from xlperf.model import Department, Finding, Operator, Settings
from xlperf.ooxml.a1 import address
from xlperf.workbook.read.check import judged
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.department import department_bytes

FIRST, OVERALL, SETTINGS_SHEET = "01_办案业务经费", title_of.OVERALL, title_of.SETTINGS
PROJECT_PART = "xl/worksheets/sheet4.xml"


class Sent:
    """The small department's workbook on the forms of a set, and where things stand on the sheet `FIRST` of it."""

    def __init__(
        self, settings: Settings, form_set: FormSet | None = None, department: Department | None = None
    ) -> None:
        self.settings = settings
        self.content = department_bytes(department or small_department(), settings, form_set=form_set)
        book = openpyxl.load_workbook(io.BytesIO(self.content), read_only=True)
        marker = next(filter(None, map(read_marker, next(book[FIRST].iter_rows(values_only=True)))))
        self.form_set = marker.form_set
        self.form = EDITIONS[marker.form_set][marker.kind]
        self.layout: Layout = layout(self.form, marker.sizes)
        self.titles = book.sheetnames

    def cell_of(self, key: str, row: int = -1) -> str:
        """The address of a slot."""
        return self.layout.slots[key].cell if row < 0 else self.layout.bands[key.split(".")[0]][row][key].cell

    def filled(
        self, tmp_path: Path, values: Mapping[str, object], formats: Mapping[str, str] | None = None
    ) -> Returned:
        """The workbook with these values, no formulas, at these addresses, saved by openpyxl."""

        def change(sheet: Worksheet) -> None:
            for cell, value in values.items():
                sheet[cell] = value
                if isinstance(value, str) and value.startswith("="):
                    sheet[cell].data_type = "s"
            for cell, code in (formats or {}).items():
                sheet[cell].number_format = code

        return self.saved_by_openpyxl(tmp_path, FIRST, change)

    def saved_by_openpyxl(self, tmp_path: Path, title: str, change: Callable[[Worksheet], object]) -> Returned:
        """The workbook after this change to a sheet, saved by openpyxl."""
        book = openpyxl.load_workbook(io.BytesIO(self.content))
        change(book[title])
        out = io.BytesIO()
        book.save(out)
        return read_back(out.getvalue(), tmp_path)

    def with_part(self, name: str, change: Callable[[str], str]) -> bytes:
        """The workbook with one part rewritten."""
        parts = parts_of(self.content)
        return packed({**parts, name: change(parts[name].decode()).encode()})


def read_back(content: bytes, tmp_path: Path, name: str = "a.xlsx") -> Returned:
    path = tmp_path / name
    path.write_bytes(content)
    return read_workbook(path)


PLAN = Sent(PLANNED)
"""The plan asks for what is promised, and has rows to spare."""
EVALUATION = Sent(SETTINGS)
"""The self-evaluation asks most; it is meant where no form is named."""
YEARLY = Sent(OF_FIRST_EDITION, FIRST_EDITION)
"""The wide form for the whole year, which is given out no more."""

CONTENT, LAYOUT, SECOND = EVALUATION.content, EVALUATION.layout, EVALUATION.titles[4]
cell_of, filled = EVALUATION.cell_of, EVALUATION.filled
saved_by_openpyxl, with_part = EVALUATION.saved_by_openpyxl, EVALUATION.with_part


@cache
def promising(value: object, unit: str) -> Sent:
    """The self-evaluation of a department whose first indicator has this target."""
    department = small_department()
    first, second = department.projects
    cases, quality = first.indicators
    cases = cases.model_copy(update={"target": target(Operator.GE, value, unit)})
    first = first.model_copy(update={"indicators": (cases, quality)})
    return Sent(SETTINGS, department=department.model_copy(update={"projects": (first, second)}))


def codes(returned: Returned) -> list[tuple[str, str]]:
    """Every finding as (code, cell)."""
    return [(found.code, found.locus.cell) for found in returned.findings]


# --- sheets moved into a new book ------------------------------------------------------------------------------------


def alone(*titles: str, content: bytes = CONTENT) -> bytes:
    """Sheets moved by Excel into a new book: as they were, and nothing else of the old one."""
    parts = parts_of(content)
    book = parts["xl/workbook.xml"].decode()
    kept = [tab for tab in re.findall(r"<sheet [^>]*/>", book) if any(f'name="{title}"' in tab for title in titles)]
    assert len(kept) == len(titles)
    book = re.sub(r"<sheets>.*</sheets>", f"<sheets>{''.join(kept)}</sheets>", book)
    parts["xl/workbook.xml"] = re.sub(r"<definedNames>.*</definedNames>", "", book).encode()
    del parts["docProps/custom.xml"]
    return packed(parts)


def both(first: bytes, second: bytes) -> bytes:
    """The first project's sheet of two workbooks in one new book."""
    parts = parts_of(alone(FIRST, SECOND, content=first))
    second_part = PROJECT_PART.replace("4.xml", "5.xml")
    return packed({**parts, second_part: parts_of(second)[PROJECT_PART]})


def of(*, unit: str = "", year: int = 2026) -> bytes:
    """The small department under another name, or in another year."""
    department = small_department()
    own = department.unit.model_copy(update={"name": unit or department.unit.name})
    return department_bytes(department.model_copy(update={"unit": own, "year": year}), SETTINGS)


# --- rows and columns inserted, deleted ------------------------------------------------------------------------------

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"')
_ROW = re.compile(r'<row r="(\d+)"')


def rows_inserted(xml: str, at: int) -> str:
    """An empty row before row `at`; cells below move down, as in Excel."""
    xml = _CELL.sub(lambda m: f'<c r="{m[1]}{int(m[2]) + (int(m[2]) >= at)}"', xml)
    return _ROW.sub(lambda m: f'<row r="{int(m[1]) + (int(m[1]) >= at)}"', xml)


def row_deleted(xml: str, at: int) -> str:
    """Without row `at`; cells below move up."""
    xml = re.sub(rf'<row r="{at}".*?</row>', "", xml, count=1, flags=re.DOTALL)
    xml = _CELL.sub(lambda m: f'<c r="{m[1]}{int(m[2]) - (int(m[2]) > at)}"', xml)
    return _ROW.sub(lambda m: f'<row r="{int(m[1]) - (int(m[1]) > at)}"', xml)


def column_inserted(xml: str, at: int) -> str:
    """An empty column before column `at`."""

    def moved(match: re.Match[str]) -> str:
        column = openpyxl.utils.column_index_from_string(match[1])
        return f'<c r="{address(int(match[2]), column + (column >= at))}"'

    return _CELL.sub(moved, xml)


def column_deleted(xml: str, at: int) -> str:
    """Without column `at`."""
    letters = openpyxl.utils.get_column_letter(at)
    xml = re.sub(rf'<c r="{letters}\d+"[^>]*?(?:/>|>.*?</c>)', "", xml, flags=re.DOTALL)

    def moved(match: re.Match[str]) -> str:
        column = openpyxl.utils.column_index_from_string(match[1])
        return f'<c r="{address(int(match[2]), column - (column > at))}"'

    return _CELL.sub(moved, xml)


def check_returned(returned: Returned) -> tuple[Finding, ...]:
    """Stale results, and what the rules find in a workbook, in the order of its sheets."""
    return judged(returned).findings if returned.refused is None else ()
