"""read(write(department)) == department, whatever stands in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import given
from strategies import departments, parameters, thorough

from xlperf.model import Department, Settings
from xlperf.workbook import department_bytes, read_workbook
from xlperf.workbook.grid import read_grid
from xlperf.workbook.quick import quick_grid


@thorough
@given(departments, parameters)
def test_what_was_written_is_read(tmp_path_factory, department: Department, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    path: Path = tmp_path_factory.getbasetemp() / "a.xlsx"
    path.write_bytes(department_bytes(department, settings))

    returned = read_workbook(path)

    assert returned.department == department
    assert returned.settings == settings
    unexpected = [found for found in returned.findings if found.code not in ("XPF212", "XPF413")]
    assert unexpected == []
    assert [sheet.tally for sheet in returned.sheets if sheet.tally.altered or sheet.tally.strays] == []


@thorough
@given(departments, parameters)
def test_both_ways_to_read_a_sheet_agree(department: Department, settings: Settings) -> None:
    with zipfile.ZipFile(io.BytesIO(department_bytes(department, settings))) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                xml = package.read(name)

                assert quick_grid(xml, []) == read_grid(xml, [], name)
