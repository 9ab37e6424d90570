"""Judges of files find nothing in the workbook on which a program checks itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from judges.repair import Fault, faults
from judges.sdk import Report
from office.calc import Calc

from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.workbook.program_check import program_check_bytes
from xlperf.workbook.write.assemble import Macros

Reports = Callable[[Path], list[Report]]


def unexpected(path: Path) -> list[Fault]:
    """All faults but the ranges in scalar arguments, which two checks hold on purpose."""
    return [fault for fault in faults(path) if fault.kind != "intersecting formulas"]


def test_as_xlsx(sdk_reports: Reports, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(program_check_bytes())

    assert unexpected(path) == []
    assert sdk_reports(path) == []


def test_with_macros(sdk_reports: Reports, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsm"
    path.write_bytes(program_check_bytes(Macros(workbook_project, stamp())))

    assert unexpected(path) == []
    assert sdk_reports(path) == []


@pytest.mark.office
def test_as_libreoffice_saves_it(calc: Calc, tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(program_check_bytes())
    calc.save_as(path, saved)

    assert unexpected(saved) == []
