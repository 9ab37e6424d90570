"""What `xlperf check` says of the real document: the counts the field's rules imply (domain.md §2, §3 and §8)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xlperf.cli.main import main
from xlperf.document import Imported, check_document, read_document
from xlperf.model import Finding


@pytest.fixture(scope="module")
def imported(seed: Path) -> Imported:
    return read_document(seed)


@pytest.fixture(scope="module")
def findings(imported: Imported) -> list[Finding]:
    return check_document(imported)


def test_every_rule_that_fires_and_how_often(findings: list[Finding]) -> None:
    assert dict(sorted(Counter(found.code for found in findings).items())) == {
        "XPF129": 6,  # every objective is 目标内容1
        "XPF132": 5,  # three sub-objectives of which one names a project of six
        "XPF134": 1,
        "XPF139": 2,
        "XPF421": 13,  # five 100, six 0不涉及, one 14, one 1
        "XPF423": 25,  # with the next, all 48 units
        "XPF424": 23,
        "XPF425": 2,  # one prison van at most, four repairs at most
        "XPF428": 6,  # every cost target is its budget
        "XPF435": 4,
        "XPF444": 7,
        "XPF445": 3,
        "XPF451": 40,
        "XPF452": 18,
        "XPF454": 4,  # 服务对象满意度 under 服务对象满意度指标
        "XPF455": 4,
    }


def test_what_reading_it_found(imported: Imported) -> None:
    assert Counter(found.code for found in imported.findings) == {"XPF107": 9}


def test_no_unit_of_the_48_is_one(imported: Imported, findings: list[Finding]) -> None:
    lines = {line for project in imported.lines for line in project.indicators}

    assert len(lines) == 48
    assert {found.locus.line for found in findings if found.code in ("XPF423", "XPF424")} == lines


def test_the_blank_checkpoints_are_in_three_projects(imported: Imported, findings: list[Finding]) -> None:
    starts = [lines.project for lines in imported.lines]
    blank = [found.locus.line for found in findings if found.code == "XPF444"]

    assert Counter(sum(start <= line for start in starts) for line in blank) == {4: 2, 5: 3, 6: 2}


def test_every_finding_has_its_line(findings: list[Finding], seed: Path) -> None:
    text = seed.read_text(encoding="utf-8").split("\n")
    placed = {found.code: text[found.locus.line - 1] for found in findings if found.code in ("XPF129", "XPF134")}

    assert all(found.locus.file == seed.name and found.locus.line for found in findings)
    assert "目标内容1" in placed["XPF129"]
    assert "智慧法院设备" in placed["XPF134"]


def test_the_untouched_text_is_told_in_a_few_lines(seed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(seed)]) == 1

    told = capsys.readouterr()
    heads = [line.split("：")[0] for line in told.out.splitlines()[1:]]
    assert heads == [
        "  错误 XPF129 6处",
        "  提醒 XPF445 3处，如",
        "  提醒 XPF444 7处，如",
        "  提醒 156处是绩效文本的措辞、单位、指标写法（XPF451 40处、XPF423 25处、XPF424 23处 等）",
    ]
    assert told.err.splitlines()[0] == "共172处：错误6，提醒151，提示15"


def test_an_unfilled_workbook_is_told_in_a_line_a_sheet(
    seed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "监控表")
    main(["generate", str(seed), "-o", folder, "--period", "monitoring", "--as-of", "2023-10-31", "--no-macros"])
    capsys.readouterr()

    assert main(["check", folder]) == 0
    assert [line[:9] for line in capsys.readouterr().out.splitlines()[1:]] == [
        *["  提醒 尚未填写"] * 6,
        "  提醒 8处是绩",
    ]
