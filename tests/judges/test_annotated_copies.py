"""No judge finds anything in an annotated copy that was not in the file before, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from judges.repair import faults
from judges.samples import notes, small
from judges.sdk import Report
from office.calc import Calc
from workbook.written_by_others import by_openpyxl, by_xlsxwriter

from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.workbook.annotate.copy import annotated
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

Reports = Callable[[Path], list[Report]]
COMMENTS = {"B12": "请核对", "E13": "<b>&amp;"}


def with_macros() -> bytes:
    return department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp()))


WRITERS: dict[str, Callable[[], bytes]] = {
    "small.xlsx": small,
    "macros.xlsm": with_macros,
    "openpyxl.xlsx": lambda: by_openpyxl({}),
    "openpyxl with comments.xlsx": lambda: by_openpyxl(COMMENTS),
    "xlsxwriter.xlsx": lambda: by_xlsxwriter({}),
    "xlsxwriter with comments.xlsx": lambda: by_xlsxwriter(COMMENTS),
    "annotated before.xlsx": lambda: annotated(by_openpyxl(COMMENTS), notes()[:7]),
}


@pytest.mark.parametrize("name", WRITERS)
def test_judges_find_nothing_new(sdk_reports: Reports, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = WRITERS[name]()
    path.write_bytes(content)
    own, theirs = faults(path), complaints(sdk_reports(path))

    for written in (notes(), notes()[:1], []):
        path.write_bytes(annotated(content, written))

        assert [fault for fault in faults(path) if fault not in own] == []
        assert complaints(sdk_reports(path)) <= theirs


def complaints(reports: list[Report]) -> set[tuple[str, str]]:
    """What the SDK objects to, wherever it stands: sheets move by one."""
    return {(report.id, report.text) for report in reports}


def test_judges_find_nothing_new_in_what_libreoffice_saved(sdk_reports: Reports, calc: Calc, tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "saved.xlsx"
    path.write_bytes(by_openpyxl(COMMENTS))
    calc.save_as(path, saved)
    own, theirs = faults(saved), complaints(sdk_reports(saved))

    path.write_bytes(annotated(saved.read_bytes(), notes()))

    assert [fault for fault in faults(path) if fault not in own] == []
    assert complaints(sdk_reports(path)) <= theirs


def test_libreoffice_saves_a_copy_soundly(calc: Calc, tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "saved.xlsx"
    path.write_bytes(annotated(small(), notes()))
    calc.save_as(path, saved)

    assert faults(saved) == []
