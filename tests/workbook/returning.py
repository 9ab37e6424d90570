"""Workbooks on their way back: taken apart, spoilt as people and programs spoil them, put together again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from departments import SETTINGS, small_department
from openpyxl.worksheet.worksheet import Worksheet
from zipped import packed, parts_of

from xlperf.form import FORMS, Layout, layout, read_marker
from xlperf.form import titles as title_of
from xlperf.ooxml.a1 import address
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.department import department_bytes

FIRST, OVERALL, SETTINGS_SHEET = "01_办案业务经费", title_of.OVERALL, title_of.SETTINGS
PROJECT_PART = "xl/worksheets/sheet4.xml"

CONTENT = department_bytes(small_department(), SETTINGS)
SECOND = openpyxl.load_workbook(io.BytesIO(CONTENT), read_only=True).sheetnames[4]


def read_back(content: bytes, tmp_path: Path, name: str = "a.xlsx") -> Returned:
    path = tmp_path / name
    path.write_bytes(content)
    return read_workbook(path)


def with_part(name: str, change: Callable[[str], str]) -> bytes:
    """The small department's workbook with one part rewritten."""
    parts = parts_of(CONTENT)
    return packed({**parts, name: change(parts[name].decode()).encode()})


def project_layout() -> Layout:
    """Where things stand on the sheet `FIRST`."""
    book = openpyxl.load_workbook(io.BytesIO(CONTENT), read_only=True)
    marker = next(filter(None, map(read_marker, next(book[FIRST].iter_rows(values_only=True)))))
    return layout(FORMS[marker.kind], marker.sizes)


LAYOUT = project_layout()


def cell_of(key: str, row: int = -1) -> str:
    """The address of a slot on the sheet `FIRST`."""
    return LAYOUT.slots[key].cell if row < 0 else LAYOUT.bands[key.split(".")[0]][row][key].cell


def filled(tmp_path: Path, values: Mapping[str, object], formats: Mapping[str, str] | None = None) -> Returned:
    """The workbook with these values, no formulas, at these addresses of the sheet `FIRST`, saved by openpyxl."""

    def change(sheet: Worksheet) -> None:
        for cell, value in values.items():
            sheet[cell] = value
            if isinstance(value, str) and value.startswith("="):
                sheet[cell].data_type = "s"
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code

    return saved_by_openpyxl(tmp_path, FIRST, change)


def saved_by_openpyxl(tmp_path: Path, title: str, change: Callable[[Worksheet], None]) -> Returned:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    change(book[title])
    out = io.BytesIO()
    book.save(out)
    return read_back(out.getvalue(), tmp_path)


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
