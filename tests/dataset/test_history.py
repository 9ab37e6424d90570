"""Consolidating again: what did not change is not read again, and nobody can tell by the result."""

from __future__ import annotations

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pytest
from consolidate.departments import CAR, CASES, REPAIRS, write

from xlperf.consolidate import cache, file_result
from xlperf.jobs.changes import compare
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Project

LONG_AGO = 1_700_000_000


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """Three workbooks that were last written to long ago."""
    for name, projects in {"甲.xlsx": (CASES, REPAIRS), "乙.xlsx": (CAR,), "丙 - 副本.xlsx": (REPAIRS,)}.items():
        old(write(tmp_path / "交回" / name, *projects))
    return tmp_path / "交回"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    read = file_result.read_workbook

    def noting(path: Path) -> object:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(file_result, "read_workbook", noting)
    return names


def old(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def paid(amount: str) -> Project:
    return CASES.model_copy(update={"payments": (Decimal(amount), *CASES.payments[1:])})


def run(returned: Path, **options: object) -> bytes:
    target = returned.with_name("汇总.xlsx")
    consolidate(returned, target, force=True, **options)  # type: ignore[arg-type]
    return target.read_bytes()


def test_what_is_as_it_was_is_not_read_again(returned: Path, reads: list[str]) -> None:
    first = run(returned)
    assert sorted(reads) == ["丙 - 副本.xlsx", "乙.xlsx", "甲.xlsx"]
    reads.clear()

    assert run(returned) == first
    assert reads == []


def test_without_its_summary_it_is_written_as_it_was(returned: Path, reads: list[str]) -> None:
    first = run(returned)
    returned.with_name("汇总.xlsx").write_bytes(b"edited")
    reads.clear()

    assert run(returned) == first
    assert reads == []


def test_a_file_that_changed_is_read_again_alone(returned: Path, reads: list[str]) -> None:
    run(returned)
    write(returned / "甲.xlsx", paid("11"), REPAIRS)
    reads.clear()
    run(returned)

    assert reads == ["甲.xlsx"]


def test_a_file_that_was_only_touched_is_not_read_again(returned: Path, reads: list[str]) -> None:
    run(returned)
    os.utime(returned / "甲.xlsx", (LONG_AGO + 5, LONG_AGO + 5))
    reads.clear()
    run(returned)

    assert reads == []


def test_another_file_of_the_same_time_and_size_is_read(returned: Path, reads: list[str]) -> None:
    run(returned)
    content = (returned / "甲.xlsx").read_bytes()
    other = returned.with_name("别的.xlsx")
    other.write_bytes(content[:-1] + b"x")
    old(other).replace(returned / "甲.xlsx")
    reads.clear()
    run(returned)

    assert reads == ["甲.xlsx"]


@pytest.mark.parametrize("first", [True, False], ids=["read", "hashed"])
def test_a_file_that_changed_while_it_was_looked_at_is_read_next_time(
    first: bool, returned: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = old(write(returned.with_name("别的.xlsx"), paid("11"), REPAIRS))
    if not first:
        run(returned)
        os.utime(returned / "甲.xlsx", (LONG_AGO + 5, LONG_AGO + 5))  # so that its hash decides
    target = "file_result.read_workbook" if first else "cache._sha256"
    module, name = target.split(".")
    look = getattr(file_result if first else cache, name)

    def replaced(path: Path) -> object:
        seen = look(path)
        if path.name == "甲.xlsx" and other.exists():
            other.replace(path)
        return seen

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(f"xlperf.consolidate.{module}.{name}", replaced)
        told = consolidate(returned, returned.with_name("汇总.xlsx"), force=True)
    assert [found.locus.file for found in told.findings if found.code == "XPF612"] == ["甲.xlsx"]
    reads.clear()

    told = consolidate(returned, returned.with_name("汇总.xlsx"), force=True)
    assert reads == ["甲.xlsx"]
    assert next(project.paid for project in told.projects if project.name == CASES.name) == 61


def test_the_same_stamp_is_believed_unless_told_to_verify(
    returned: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("cache", "source_checks"):
        monkeypatch.setattr(f"xlperf.consolidate.{module}.stamp_of", lambda path: f"{path.stat().st_size}")
    first = run(returned)
    content = (returned / "甲.xlsx").read_bytes()
    (returned / "甲.xlsx").write_bytes(content[:-1] + b"x")  # same size, not the same file
    old(returned / "甲.xlsx")
    reads.clear()

    assert run(returned) == first
    assert run(returned, verify=True) != first
    assert reads == ["甲.xlsx"]


def test_a_file_written_just_before_a_run_is_hashed(returned: Path, reads: list[str]) -> None:
    write(returned / "甲.xlsx", CASES)
    run(returned)
    stamp = (returned / "甲.xlsx").stat()
    content = (returned / "甲.xlsx").read_bytes()
    (returned / "甲.xlsx").write_bytes(content[:-1] + b"x")
    os.utime(returned / "甲.xlsx", ns=(stamp.st_mtime_ns, stamp.st_mtime_ns))
    reads.clear()
    run(returned)

    assert reads == ["甲.xlsx"]


@pytest.mark.parametrize("what", ["code", "as_of", "name"])
def test_what_rows_depend_on_besides_the_file(
    what: str, returned: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(returned)
    reads.clear()
    if what == "code":
        monkeypatch.setattr("xlperf.consolidate.cache.code_digest", lambda: "another")
        run(returned)
    elif what == "as_of":
        run(returned, as_of=dt.date(2023, 6, 30))
    else:
        (returned / "甲.xlsx").rename(returned / "丁.xlsx")
        run(returned)

    assert sorted(reads) == (["丁.xlsx"] if what == "name" else ["丙 - 副本.xlsx", "乙.xlsx", "甲.xlsx"])


def test_a_bug_of_ours_is_met_again(returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> NoReturn:
        raise IndexError

    with monkeypatch.context() as broken_once:
        broken_once.setattr("xlperf.workbook.read.check.judge", broken)
        told = consolidate(returned, returned.with_name("汇总.xlsx"))
        assert {file.reason and file.reason.code for file in told.files} == {"XPF220"}
        assert b"xlperf-report" not in returned.with_name("汇总.sqlite").read_bytes()

    told = consolidate(returned, returned.with_name("汇总.xlsx"), force=True)
    assert {file.reason for file in told.files} == {None}


def test_without_history_nothing_is_left(returned: Path) -> None:
    run(returned, history=False)

    assert sorted(path.name for path in returned.parent.iterdir()) == ["交回", "汇总.xlsx"]


@pytest.mark.parametrize("history", [True, False])
def test_datasets_are_no_sources(tmp_path: Path, history: bool) -> None:
    write(tmp_path / "甲.xlsx", CASES)
    consolidate(tmp_path, tmp_path / "汇总.xlsx")
    (tmp_path / "汇总.sqlite").write_bytes((tmp_path / "汇总.sqlite").read_bytes() + b"damaged")
    (tmp_path / "别的.sqlite").write_bytes(b"SQLite format 3")
    for _ in range(2):
        told = consolidate(tmp_path, tmp_path / "汇总.xlsx", force=True, history=history)

    assert [file.name for file in told.files] == ["别的.sqlite", "汇总.xlsx", "甲.xlsx"]


def test_a_summary_among_its_sources_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", CASES)
    contents = []
    for _ in range(3):
        consolidate(tmp_path, tmp_path / "汇总.xlsx", force=True)
        contents.append((tmp_path / "汇总.xlsx").read_bytes())

    assert contents[1] == contents[2]  # the first saw no summary
    assert compare(tmp_path / "汇总.sqlite") is None


def test_a_time_that_no_calendar_has(returned: Path) -> None:
    first = run(returned)
    try:
        os.utime(returned / "甲.xlsx", (2**40, 2**40))
    except (OverflowError, OSError):
        pytest.skip("POSIX: this disk cannot hold such a time")
    run(returned)

    assert run(returned) != first  # the summary tells the time, or that there is none
