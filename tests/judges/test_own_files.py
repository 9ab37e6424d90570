"""No judge finds anything in the files we write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import strategies
from departments import SETTINGS, small_department
from hypothesis import HealthCheck, Phase, given, settings
from judges.repair import Fault, faults
from judges.samples import PLAIN, SAMPLES
from judges.sdk import Report
from office.calc import Calc

from xlperf.hosts.excel.macros import stamp, workbook_project
from xlperf.model import Department
from xlperf.model import Settings as Parameters
from xlperf.workbook import Macros, department_bytes

Sample = Callable[[str], Path]
Reports = Callable[[Path], list[Report]]

# What stands in every form until its cause is mended; `test_open_faults` fails as soon as it is.
OPEN = {"forbidden in rules"}


def found(path: Path) -> list[Fault]:
    return [fault for fault in faults(path) if fault.kind not in OPEN]


@pytest.mark.parametrize("name", SAMPLES)
def test_own_checks_find_nothing(sample: Sample, name: str) -> None:
    assert found(sample(name)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_sdk_finds_nothing(sample: Sample, sdk_reports: Reports, name: str) -> None:
    assert sdk_reports(sample(name)) == []


def plainly_named(department: Department) -> Department:
    """The department without what the open faults of charts and sheet titles are about."""
    projects = (p.model_copy(update={"name": p.name.translate(PLAIN)}) for p in department.projects)
    return department.model_copy(update={"projects": tuple(projects)})


# Shrinking would take minutes, and a finding says where it is anyway.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(strategies.departments, strategies.parameters)
def test_any_department_makes_a_sound_workbook(
    tmp_path_factory: pytest.TempPathFactory, department: Department, parameters: Parameters
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(department_bytes(plainly_named(department), parameters))

    assert found(path) == []


@pytest.mark.parametrize("name", ["small", "blank", "summary of small"])
def test_a_save_by_libreoffice_stays_sound(sample: Sample, calc: Calc, tmp_path: Path, name: str) -> None:
    saved = tmp_path / "saved.xlsx"
    calc.save_as(sample(name), saved)

    assert found(saved) == []


def test_a_workbook_with_macros_is_an_xlsm(sdk_reports: Reports, tmp_path: Path) -> None:
    content = department_bytes(small_department(), SETTINGS, macros=Macros(workbook_project, stamp()))
    path, misnamed = tmp_path / "a.xlsm", tmp_path / "a.xlsx"
    path.write_bytes(content)
    misnamed.write_bytes(content)

    assert found(path) == []
    assert sdk_reports(path) == []
    assert {fault.kind for fault in found(misnamed)} == {"wrong workbook type"}


# --- faults of our writers that are known and open --------------------------------------------------------------------


def named(name: str) -> Department:
    """The small department with another name for its first project."""
    department = small_department()
    first, *others = department.projects
    return department.model_copy(update={"projects": (first.model_copy(update={"name": name}), *others)})


@pytest.mark.xfail(strict=True, reason="the condition of 偏差原因 has a literal array, which rules must not have")
def test_open_fault_in_conditional_formats(sample: Sample) -> None:
    assert faults(sample("small")) == []


@pytest.mark.xfail(strict=True, reason="the title of a sheet goes into its chart as it is, not as XML")
@pytest.mark.parametrize("name", ["R&D 经费", "<b>经费</b>"])
def test_open_fault_of_charts(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(named(name), SETTINGS))

    assert found(path) == []


@pytest.mark.xfail(strict=True, reason="a sheet title may read as an escaped character, which Excel takes it for")
def test_open_fault_of_sheet_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(named("_x0041_经费"), SETTINGS))

    assert found(path) == []


@pytest.mark.xfail(strict=True, reason="a text may be as long as a cell in characters, and twice as long in UTF-16")
def test_open_fault_of_long_texts(tmp_path: Path) -> None:
    department = small_department()
    first = department.projects[0].model_copy(update={"purpose": "😀" * 20_000})
    path = tmp_path / "a.xlsx"
    path.write_bytes(department_bytes(department.model_copy(update={"projects": (first,)}), SETTINGS))

    assert found(path) == []
