"""read(write(department)) == department, whatever stands in it: on the first edition's form, and after LibreOffice.

The forms of the periods are in `test_periods`.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, assume, given
from office.calc import Calc
from strategies import departments, parameters, thorough

from xlperf.form import FIRST_EDITION
from xlperf.model import Department, Settings
from xlperf.ooxml.fast_grid import quick_grid
from xlperf.ooxml.grid import read_grid
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes


@thorough
@given(departments, parameters)
def test_what_was_written_is_read(tmp_path_factory, department: Department, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    path: Path = tmp_path_factory.getbasetemp() / "a.xlsx"
    path.write_bytes(department_bytes(department, settings, form_set=FIRST_EDITION))

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


@pytest.mark.office
@hypothesis.settings(
    max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(departments, parameters)
def test_what_libreoffice_saved_again_is_read(
    calc: Calc, tmp_path_factory: pytest.TempPathFactory, department: Department, settings: Settings
) -> None:
    # LibreOffice itself loses one spelling: it reads _x005F_x000D_ right and saves it as if it were the escape.
    assume("_x005F_" not in department.model_dump_json())
    original, saved = (tmp_path_factory.getbasetemp() / name for name in ("original.xlsx", "saved.xlsx"))
    original.write_bytes(department_bytes(department, settings))
    calc.recalc(original, save=saved)

    returned = read_workbook(saved)

    assert returned.department == department
    assert returned.settings == settings
