"""Names that say copy, bytes that come twice, and files that change under the reader."""

from __future__ import annotations

import os
import time
from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CAR, CASES, REPAIRS, write

from xlperf.consolidate import Consolidation
from xlperf.consolidate.copies import original
from xlperf.consolidate.sources import sources_in
from xlperf.files import replace_file
from xlperf.jobs.consolidate import consolidate
from xlperf.model import UnwritableOutput
from xlperf.report.summary import write as writing


def notes(told: Consolidation, *codes: str) -> list[tuple[str, str, str]]:
    """Code, file and place of the findings of these codes."""
    return [
        (f.code, f.locus.file, f"{f.locus.sheet}!{f.locus.cell}" if f.locus.sheet else "")
        for f in told.findings
        if f.code in codes
    ]


@pytest.mark.parametrize(
    "name",
    [
        "甲庭 - 副本.xlsx",
        "甲庭 - 副本 (2).xlsx",
        "甲庭 - 副本 - 副本.xlsx",
        "甲庭的副本.xlsx",
        "甲庭的副本 2.xlsx",
        "甲庭 副本.xlsx",
        "副本 甲庭.xlsx",
        "复件 甲庭.xlsx",
        "甲庭 - Copy.xlsx",
        "甲庭 - Copy (3).xlsx",
        "甲庭 copy.xlsx",
        "甲庭 copy 2.xlsx",
        "Copy of 甲庭.xlsx",
        "甲庭(自动恢复).xlsx",
        "甲庭 (Autosaved).xlsx",
        "甲庭[修复的].xlsx",
        "甲庭.~backup.xlsx",
        "甲庭_backup.xlsx",
        "甲庭_备份.xlsx",
        "备份-甲庭.xlsx",
        "甲庭 - 副本.xlsm",
    ],
)
def test_names_that_say_copy(name: str) -> None:
    assert original(name, ["甲庭.xlsx", name]) == "甲庭.xlsx"
    assert original(name, [name]) == ""
    assert original(f"子/{name}", ["甲庭.xlsx"]) == "", "another folder"


@pytest.mark.parametrize(
    "name",
    [
        "甲庭(1).xlsx",
        "甲庭 (2).xlsx",
        "甲庭（1）.xlsx",
        "甲庭备份.xlsx",
        "甲庭副本.xlsx",
        "甲庭-DESKTOP-AB12CD3.xlsx",
        "甲庭-ZHANGSAN.xlsx",
        "甲庭-LAPTOP-7Q2-2.xlsx",
    ],
)
def test_names_that_say_so_only_beside_the_original(name: str) -> None:
    assert original(name, ["甲庭.xlsx", name]) == "甲庭.xlsx"
    assert original(name, [name]) is None


@pytest.mark.parametrize(
    "name",
    ["甲庭.xlsx", "数据备份系统.xlsx", "备份.xlsx", "(1).xlsx", "甲庭-2023.xlsx", "01_13080023P00024610002U_办案.xlsx"],
)
def test_names_that_say_nothing(name: str) -> None:
    assert original(name, ["甲庭.xlsx", "01.xlsx", "01_13080023P00024610002U.xlsx", name]) is None


def test_a_copy_follows_its_original(tmp_path: Path) -> None:
    for name in ("乙庭.xlsx", "甲庭 - 副本.xlsx", "甲庭 - 副本 - 副本.xlsx", "甲庭.xlsx"):
        (tmp_path / name).write_bytes(b"x")

    shown = [source.name for source in sources_in(tmp_path)]
    assert shown == ["乙庭.xlsx", "甲庭.xlsx", "甲庭 - 副本 - 副本.xlsx", "甲庭 - 副本.xlsx"]


def test_a_copy_is_read_named_and_counted_nowhere(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx", CASES)
    write(at / "甲庭 - 副本.xlsx", CASES.model_copy(update={"purpose": "改过"}))
    told = consolidate(at, tmp_path / "汇总.xlsx")

    assert notes(told, "XPF601", "XPF611") == [
        ("XPF601", "甲庭.xlsx", "01_办案业务经费!L3"),
        ("XPF611", "甲庭 - 副本.xlsx", "01_办案业务经费!L3"),
    ]
    (found,) = [f for f in told.findings if f.code == "XPF611"]
    assert dict(found.values) == {"original": "甲庭.xlsx"}
    assert [file.status for file in told.files] == ["consolidated", "consolidated"]
    assert (told.totals.projects, told.totals.uncounted) == (0, 2)


def test_a_copy_without_its_original_counts(tmp_path: Path) -> None:
    told = consolidate(write(tmp_path / "甲庭 - 副本.xlsx", CASES), tmp_path / "汇总.xlsx")

    assert notes(told, "XPF611", "XPF614") == [("XPF614", "甲庭 - 副本.xlsx", "01_办案业务经费!L3")]
    assert told.totals.projects == 1


def test_the_same_bytes_count_once_and_the_second_file_names_the_first(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    first = write(at / "甲庭.xlsx", CASES, REPAIRS)
    write(at / "乙庭.xlsx", CAR)
    for name in ("甲庭 - 副本.xlsx", "甲庭(1).xlsx", "重发/甲庭.xlsx"):
        (at / name).parent.mkdir(exist_ok=True)
        (at / name).write_bytes(first.read_bytes())
    told = consolidate(at, tmp_path / "汇总.xlsx")

    assert [(f.name, f.reason.code if f.reason else None) for f in told.files] == [
        ("乙庭.xlsx", None),
        ("甲庭.xlsx", None),
        ("甲庭 - 副本.xlsx", "XPF613"),
        ("甲庭(1).xlsx", "XPF613"),
        ("重发/甲庭.xlsx", "XPF613"),
    ]
    assert {dict(f.reason.values)["first"] for f in told.files if f.reason} == {"甲庭.xlsx"}
    assert len({f.sha256 for f in told.files}) == 2
    assert (told.totals.projects, told.totals.uncounted) == (3, 0)
    assert told.totals.budget == consolidate([first, at / "乙庭.xlsx"], tmp_path / "二.xlsx").totals.budget
    assert notes(told, "XPF601", "XPF611") == []


def test_refused_files_keep_their_own_reason_even_twice(tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        (tmp_path / name).write_bytes(b"no workbook")

    told = consolidate(tmp_path, tmp_path / "汇总.xlsx")
    assert [f.reason.code for f in told.files if f.reason] == ["XPF238", "XPF238"]


def test_every_source_is_recorded_with_the_time_it_was_modified(tmp_path: Path) -> None:
    path = write(tmp_path / "甲庭.xlsx", CASES)
    noon = time.mktime((2023, 11, 1, 12, 30, 5, 0, 0, -1))
    os.utime(path, (noon, noon))
    consolidate(path, tmp_path / "汇总.xlsx")

    heading, row = list(openpyxl.load_workbook(tmp_path / "汇总.xlsx")["来源"].iter_rows(values_only=True))
    recorded = dict(zip(heading, row, strict=True))
    assert recorded["修改时间"] == "2023-11-01 12:30:05"
    assert recorded["字节数"] == path.stat().st_size
    assert len(str(recorded["SHA-256"])) == 64


@pytest.mark.parametrize("moment", [-1, 2**40])
def test_times_no_calendar_has(tmp_path: Path, moment: int) -> None:
    path = write(tmp_path / "甲庭.xlsx", CASES)
    try:
        os.utime(path, (moment, moment))
    except (OverflowError, OSError):
        pytest.skip("POSIX: this disk cannot hold such a time")

    assert consolidate(path, tmp_path / "汇总.xlsx").totals.projects == 1


def test_a_file_changed_after_it_was_read_is_named_in_the_summary(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "甲庭.xlsx", CASES)
    write(at / "乙庭.xlsx", CAR)

    def change(done: int, _: int, __: str) -> None:
        if done == 2:
            os.utime(at / "乙庭.xlsx", (0, 0))
            (at / "甲庭.xlsx").unlink()

    told = consolidate(at, tmp_path / "汇总.xlsx", progress=change)

    assert notes(told, "XPF612") == [
        ("XPF612", "乙庭.xlsx", "01_1辆囚车购置经费!L3"),
        ("XPF612", "甲庭.xlsx", "01_办案业务经费!L3"),
    ]
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["总览"]
    assert "▲ 2个文件在汇总期间被改动，请重新汇总：乙庭.xlsx、甲庭.xlsx" in [row[0].value for row in sheet]


def test_a_file_changed_while_the_summary_is_written_is_named_in_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "甲庭.xlsx", CASES)
    write_summary = writing.write_summary

    def slowly(*arguments: object) -> None:
        write_summary(*arguments)  # type: ignore[arg-type]
        os.utime(path, (0, 0))

    monkeypatch.setattr(writing, "write_summary", slowly)
    told = consolidate(path, tmp_path / "汇总.xlsx")

    assert [code for code, _, _ in notes(told, "XPF612")] == ["XPF612"]
    listed = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["问题"]
    assert [row[1].value for row in listed if row[1].value == "XPF612"] == ["XPF612"]


def test_files_left_alone_are_not_named(tmp_path: Path) -> None:
    path = write(tmp_path / "甲庭.xlsx", CASES)

    assert notes(consolidate(path, tmp_path / "汇总.xlsx"), "XPF612") == []


def test_a_busy_target_is_said_before_anything_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "甲庭.xlsx", CASES)
    with pytest.raises(UnwritableOutput) as caught:
        replace_file(
            tmp_path / "汇总.xlsx",
            lambda _: consolidate(path, tmp_path / "汇总.xlsx", progress=lambda *_: pytest.fail("read a file")),
        )

    assert caught.value.key == "target_busy"


def test_consolidating_again_over_a_summary_in_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "甲庭.xlsx", CASES)
    summaries = []
    for _ in range(3):
        consolidate(tmp_path, tmp_path / "汇总.xlsx", force=True)
        summaries.append((tmp_path / "汇总.xlsx").read_bytes())

    assert summaries[1] == summaries[2]
