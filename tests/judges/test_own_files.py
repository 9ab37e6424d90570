"""No judge finds anything in the files we write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import strategies
from departments import SETTINGS, small_department
from hypothesis import HealthCheck, Phase, given, settings
from judges.repair import faults
from judges.samples import SAMPLES
from judges.sdk import Report
from office.calc import Calc
from pydantic import ValidationError

from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.model import Department, Project
from xlperf.model import Settings as Parameters
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.department import department_bytes

Sample = Callable[[str], Path]
Reports = Callable[[Path], list[Report]]


@pytest.mark.parametrize("name", SAMPLES)
def test_own_checks_find_nothing(sample: Sample, name: str) -> None:
    assert faults(sample(name)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_sdk_finds_nothing(sample: Sample, sdk_reports: Reports, name: str) -> None:
    assert sdk_reports(sample(name)) == []


# Shrinking would take minutes, and a finding says where it is anyway.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(strategies.departments, strategies.parameters)
def test_any_department_makes_a_sound_workbook(
    tmp_path_factory: pytest.TempPathFactory, sdk_reports: Reports, department: Department, parameters: Parameters
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(department_bytes(department, parameters))

    assert faults(path) == []
    assert sdk_reports(path) == []


@pytest.mark.parametrize("name", ["small", "blank", "summary of small"])
def test_a_save_by_libreoffice_stays_sound(sample: Sample, calc: Calc, tmp_path: Path, name: str) -> None:
    saved = tmp_path / "saved.xlsx"
    calc.save_as(sample(name), saved)

    assert faults(saved) == []


def test_a_workbook_with_macros_is_an_xlsm(sdk_reports: Reports, tmp_path: Path) -> None:
    content = department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp()))
    path, misnamed = tmp_path / "a.xlsm", tmp_path / "a.xlsx"
    path.write_bytes(content)
    misnamed.write_bytes(content)

    assert faults(path) == []
    assert sdk_reports(path) == []
    assert {fault.kind for fault in faults(misnamed)} == {"wrong workbook type"}


# --- faults our writers once had --------------------------------------------------------------------------------------


def named(name: str) -> Department:
    """The small department with another name for its first project."""
    department = small_department()
    first, *others = department.projects
    return department.model_copy(update={"projects": (first.model_copy(update={"name": name}), *others)})


@pytest.mark.parametrize("name", ["R&D 经费", "<b>经费</b>", "_x0041_经费", "😀" * 40])
def test_names_of_projects_once_broke_charts_and_sheet_titles(sdk_reports: Reports, tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(named(name), SETTINGS))

    assert faults(path) == []
    assert sdk_reports(path) == []


def test_a_text_was_once_too_long_for_its_cell(tmp_path: Path) -> None:
    longest = "😀" * 16_383  # 32,766 UTF-16 units
    department = small_department()
    first = Project(number=1, purpose=longest)
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(department.model_copy(update={"projects": (first,)}), SETTINGS))

    assert faults(path) == []
    with pytest.raises(ValidationError):
        Project(number=1, purpose=longest + "😀")
