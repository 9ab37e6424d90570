"""The hostile set: every file refused with its code or read to the last cell, and nothing it holds does anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile.run import GOOD
from hostile.workbooks import ANY, HOSTILE, IN_EVERY_PERIOD, INJECTIONS, built, department_no, number_of, settings_in
from office.calc import Calc
from workbook.returning import FIRST, read_back

from xlperf.checks import message
from xlperf.model import Period
from xlperf.workbook.write.department import department_bytes

SECONDS, BYTES = 30, 500 * 2**20  # of processor time and memory: the whole set, its making included
SLOWEST = 5.0  # seconds for one file; a second would do on an idle machine
RUN = Path(__file__).with_name("run.py")


IN_PERIODS = [(name, period) for name in IN_EVERY_PERIOD for period in (Period.MONITORING, Period.SELF_EVALUATION)]


@pytest.mark.parametrize(("name", "period"), [*((name, Period.PLAN) for name in HOSTILE), *IN_PERIODS])
def test_a_hostile_file_is_refused_or_read_to_the_last_cell(name: str, period: Period, tmp_path: Path) -> None:
    hostile = HOSTILE[name]

    returned = read_back(built(name, period), tmp_path, f"{name}.xlsx")

    assert [message(found, lang) for found in returned.findings for lang in ("zh", "en")] or not returned.refused
    if hostile.refused:
        assert returned.refused is not None
        assert (returned.refused.code, returned.department) == (hostile.refused, None)
        assert returned.findings == (returned.refused,)
        return
    expected = department_no(number_of(name), hostile.project)
    if hostile.lost:
        expected = expected.model_copy(update={"projects": expected.projects[1:]})
    cells = dict(hostile.findings)
    found = [(f.code, ANY if cells.get(f.code) == ANY else f.locus.cell) for f in returned.findings]
    assert found == list(hostile.findings)
    assert all(f.locus.file and f.locus.sheet and f.locus.cell for f in returned.findings)
    assert returned.refused is None
    assert returned.department == expected
    assert returned.settings == settings_in(period)


# --- in one folder ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The set written, read and consolidated, each in a process of its own, and what it cost."""
    folder = tmp_path_factory.mktemp("hostile") / "组"
    before = _seconds()
    told = {step: _step(step, folder) for step in ("write", "read", "consolidate")}
    peaks = {step: int(each["peak"]) for step, each in told.items()}
    summary = folder / "汇总.xlsx"
    return {**told, "peaks": peaks, "seconds": _seconds() - before, "summary": summary}


def _seconds() -> float:
    """The processor time of all child processes (not on Windows): what other programs do does not count."""
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _step(step: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(RUN), step, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_set_is_large_and_its_cost_is_bounded(run: dict[str, Any]) -> None:
    assert len(HOSTILE) >= 20
    assert run["seconds"] < SECONDS, run["seconds"]
    assert max(run["peaks"].values()) < BYTES, run["peaks"]
    assert run["read"]["slowest"][1] < SLOWEST, run["read"]["slowest"]


def test_every_hostile_file_in_a_folder_has_its_outcome(run: dict[str, Any]) -> None:
    outcomes = {
        Path(file["path"]).stem: (file["status"], file["reason"] is not None)
        for file in run["consolidate"]["told"]["files"]
    }

    expected = {name: ("refused" if hostile.refused else "consolidated") for name, hostile in HOSTILE.items()}
    expected |= dict.fromkeys((Path(name).stem for name in GOOD), "consolidated")
    assert {name: status for name, (status, _) in outcomes.items()} == expected
    assert all(reason == (status == "refused") for status, reason in outcomes.values())
    codes = {Path(found["file"]).stem: found["code"] for found in run["consolidate"]["told"]["findings"]}
    assert {name: codes.get(name) for name, hostile in HOSTILE.items() if hostile.refused} == {
        name: hostile.refused for name, hostile in HOSTILE.items() if hostile.refused
    }


def test_good_files_among_them_are_consolidated_whole(run: dict[str, Any]) -> None:
    wanted = [project for number in GOOD.values() for project in department_no(number).projects]
    told = {project["code"]: project for project in run["consolidate"]["told"]["projects"]}

    assert [Decimal(told[project.code]["budget"]) for project in wanted] == [20, 30] * 2
    assert [told[project.code]["name"] for project in wanted] == [project.name for project in wanted]


def test_what_looks_like_a_formula_stays_text_in_the_summary(run: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(run["summary"])

    kinds = {
        cell.value: cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t"))
    }
    assert INJECTIONS["deviation_reason"] in kinds or INJECTIONS["purpose"] in kinds
    foreign = [value for value, kind in kinds.items() if kind == "f" and not our_formula(value)]
    assert foreign == []


def our_formula(text: str) -> bool:
    """Formulas of the summary add up, count, look up or link within it."""
    return "http" not in text and "cmd" not in text and "1+1" not in text


@pytest.mark.office
def test_what_looks_like_a_formula_stays_text_in_libreoffice(run: dict[str, Any], calc: Calc) -> None:
    values = [value for cells in calc.recalc(run["summary"]).values() for value in cells.values()]

    assert INJECTIONS["deviation_reason"] in values or INJECTIONS["purpose"] in values
    assert 2.0 not in [value for value in values if value == "=1+1"]


def test_the_hostile_texts_come_back_as_they_were_written(tmp_path: Path) -> None:
    project = read_back(built("公式注入"), tmp_path).department.projects[0]  # type: ignore[union-attr]

    assert project.purpose == INJECTIONS["purpose"]
    assert project.deviation_reason == INJECTIONS["deviation_reason"]
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")[FIRST]["A1"].data_type == "f"  # our own formulas are there


@pytest.mark.parametrize("period", Period)
def test_hostile_texts_stay_texts_in_every_period(period: Period, tmp_path: Path) -> None:
    command, link = INJECTIONS["purpose"], INJECTIONS["deviation_reason"]
    report = {"attained": command, "measures": link, "remark": command, "conclusion": link, "problems": command}
    rows = department_no(1).projects[0].indicators
    indicators = tuple(
        row.model_copy(update={"deviation_reason": link, "remark": command, "expected": "=1+1"}) for row in rows
    )
    department = department_no(1, {**INJECTIONS, **report, "objectives": (link,), "indicators": indicators})
    content = department_bytes(department, settings_in(period))

    assert read_back(content, tmp_path).department == department
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx")[FIRST].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value in (command, link, "=1+1")} == {"s"}
