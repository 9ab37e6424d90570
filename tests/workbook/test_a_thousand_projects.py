"""A workbook of as many projects as one may hold: what we write, annotate and consolidate, we read."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from files import bombs
from workbook.returning import read_back

from xlperf.cli.main import main
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Department, Severity, UnwritableOutput
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.write.department import department_bytes

pytestmark = pytest.mark.long

THOUSAND = 1_000
BYTES = 256 * 2**20


def department(count: int) -> Department:
    """So many times the first project of the small department: 20 万元 each, 12.1 paid."""
    project = small_department().projects[0]
    projects = tuple(
        project.model_copy(update={"number": i, "name": f"{project.name}{i}", "code": f"13080023P{i:012d}"})
        for i in range(1, count + 1)
    )
    return small_department().model_copy(update={"projects": projects})


@pytest.fixture(scope="module")
def content() -> bytes:
    return department_bytes(department(THOUSAND), SETTINGS)


def test_a_workbook_of_a_thousand_projects_is_read_whole(content: bytes, tmp_path: Path) -> None:
    returned = read_back(content, tmp_path)

    assert (returned.refused, returned.findings) == (None, ())
    assert returned.department == department(THOUSAND)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX: memory is measured in /proc")
def test_reading_it_takes_bounded_memory(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    done = subprocess.run([sys.executable, bombs.__file__, "read", path], capture_output=True, text=True, check=True)

    told = json.loads(done.stdout)
    assert told["code"] == ""
    assert told["bytes"] < BYTES


def test_its_annotated_copy_is_read_too(content: bytes, tmp_path: Path) -> None:
    titles = [sheet.title for sheet in read_back(content, tmp_path).sheets if sheet.project is not None]
    copy = annotated(content, [Note(title, "D4", Severity.ERROR, "XPF124 没有预算数") for title in titles])

    assert len(titles) == THOUSAND
    assert read_back(copy, tmp_path, "b.xlsx").department == department(THOUSAND)


def test_it_is_consolidated(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "交回").mkdir()
    (tmp_path / "交回" / "a.xlsx").write_bytes(content)
    told = consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx")

    assert [file.status for file in told.files] == ["consolidated"]
    assert (told.totals.projects, told.totals.budget, told.totals.paid) == (1_000, Decimal(20_000), Decimal(12_100))


def test_more_projects_are_refused_with_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnwritableOutput, match="一个工作簿最多放1000个项目，这里有1001个"):
        department_bytes(department(THOUSAND + 1), SETTINGS)

    listed = tmp_path / "清单.csv"
    listed.write_text(
        "项目编码,项目名称,预算数\n" + "".join(f",项目{i},20\n" for i in range(THOUSAND + 1)), encoding="utf-8"
    )
    assert main(["generate", str(listed), "--year", "2026", "-o", str(tmp_path / "表")]) == 3
    assert "请加 --split project（每个项目一个工作簿），或把清单分成几份。" in capsys.readouterr().err
    assert list((tmp_path / "表").iterdir()) == []


def test_hundreds_of_sheets_of_others_hide_none_of_ours(tmp_path: Path) -> None:
    returned = read_back(bombs.BOMBS["as many sheets as may be, with cells"](bombs.good()), tmp_path)

    assert (returned.refused, returned.department) == (None, small_department())
    assert [found.code for found in returned.findings] == ["XPF304"] * 900
