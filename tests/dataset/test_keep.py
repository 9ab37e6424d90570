"""A dataset is read whole or not at all: whatever happened to its file, it is set aside and named, never believed."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NoReturn

import pytest
from consolidate.departments import CAR, CASES, write

from xlperf.cli.main import main
from xlperf.dataset.keep import begun, read_dataset, uri
from xlperf.dataset.schema import TABLES, statements
from xlperf.jobs.consolidate import consolidate
from xlperf.model import UnwritableOutput


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    write(tmp_path / "交回" / "甲.xlsx", CASES)
    consolidate(tmp_path / "交回", tmp_path / "汇总.xlsx")
    return tmp_path / "汇总.sqlite"


def executed(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(sql)
        file.commit()


def test_any_program_reads_it(saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("SELECT name, budget_initial, typeof(budget_initial) FROM projects").fetchall() == [
            ("办案业务经费", 100, "integer")
        ]
        assert file.execute("SELECT sum(amount) FROM payments").fetchall() == [(60,)]
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {*TABLES, "seal"}


def test_a_dataset_that_is_whole_is_begun(saved: Path) -> None:
    dataset, moved = begun(saved)

    assert moved is None
    assert dataset.run("SELECT name FROM sources").fetchall() == [("甲.xlsx",)]


def test_without_a_file_one_begins(tmp_path: Path) -> None:
    dataset, moved = begun(tmp_path / "汇总.sqlite")

    assert (moved, dataset.run("SELECT count(*) FROM runs").fetchone()) == (None, (0,))


def test_not_one_byte_changes_unnoticed(saved: Path) -> None:
    whole, places = saved.read_bytes(), random.Random(7)
    for place in [0, 100, len(whole) - 1, *(places.randrange(len(whole)) for _ in range(200))]:
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << places.randrange(8)]) + whole[place + 1 :])
        assert read_dataset(saved) is None, place


DAMAGE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("SQLite format 3", encoding="utf-8"),
    "edited": lambda path: executed(path, "UPDATE projects SET progress_paid = 100"),
    "of somebody else": lambda path: (path.unlink(), executed(path, "CREATE TABLE seal (text TEXT)")),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_file_that_cannot_be_used_is_set_aside_and_a_new_one_begins(name: str, saved: Path) -> None:
    DAMAGE[name](saved)
    was = saved.read_bytes() if saved.is_file() else None
    told = consolidate(saved.parent / "交回", saved.with_suffix(".xlsx"), force=True)

    (notice,) = told.notices
    moved = saved.with_name("汇总（搁置1）.sqlite")
    assert (notice.key, notice.values["place"]) == ("dataset_set_aside", moved)
    assert (moved.read_bytes() if moved.is_file() else None) == was
    assert [project.paid for project in told.projects] == [60]
    assert read_dataset(saved) is not None


def test_a_dataset_of_other_tables_is_set_aside(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = [*statements(), "CREATE TABLE more (text TEXT)"]
    monkeypatch.setattr("xlperf.dataset.keep.statements", lambda: more)

    assert begun(saved)[1] == saved.with_name("汇总（搁置1）.sqlite")


def test_what_was_set_aside_before_stays(saved: Path) -> None:
    saved.with_name("汇总（搁置1）.sqlite").write_text("先前的", encoding="utf-8")
    saved.write_bytes(b"")

    assert begun(saved)[1] == saved.with_name("汇总（搁置2）.sqlite")
    assert saved.with_name("汇总（搁置1）.sqlite").read_text(encoding="utf-8") == "先前的"


def test_a_dataset_that_cannot_be_saved_stops_nothing(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(saved.parent / "交回" / "乙.xlsx", CAR)
    was = saved.read_bytes()
    monkeypatch.setattr("xlperf.jobs.consolidate.save", lambda *_: _full())
    told = consolidate(saved.parent / "交回", saved.with_suffix(".xlsx"), force=True)

    assert [notice.key for notice in told.notices] == ["dataset_unused"]
    assert (told.totals.projects, saved.read_bytes() == was) == (2, True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PurePosixPath("/共享/汇总 #1?.sqlite"), "file:///%E5%85%B1%E4%BA%AB/%E6%B1%87%E6%80%BB%20%231%3F.sqlite"),
        (PureWindowsPath("C:/a b/s.sqlite"), "file:///C:/a%20b/s.sqlite"),
        (PureWindowsPath("//server/share/s.sqlite"), "file:////server/share/s.sqlite"),
    ],
)
def test_the_address_that_sqlite_reads(path: PurePath, expected: str) -> None:
    assert uri(path) == expected


@pytest.mark.parametrize("make", ["mkdir", "mkfifo"])
def test_what_is_no_file_stays_where_it_is(make: str, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not hasattr(os, make):
        pytest.skip("POSIX: no pipes with names here")
    saved.unlink()
    getattr(os, make)(saved)
    told = consolidate(saved.parent / "交回", saved.with_suffix(".xlsx"), force=True)

    assert [notice.key for notice in told.notices] == ["dataset_unused"]
    assert (told.totals.projects, saved.exists(), saved.is_file()) == (1, True, False)
    assert main(["changes", str(saved)]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: names are bytes there")
def test_a_name_that_is_no_text() -> None:
    assert uri(PurePosixPath("/\udcff.sqlite")) == "file:///%FF.sqlite"


@pytest.mark.parametrize("stage", ["is_whole", "moved_aside", "Dataset.copy_from"])
def test_a_dataset_that_cannot_be_read_or_moved_stays(stage: str, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> NoReturn:
        raise (
            PermissionError(13, "Permission denied")
            if stage == "is_whole"
            else UnwritableOutput("disk_full", path=saved)
        )

    if stage == "moved_aside":
        saved.write_bytes(b"somebody's")
    was = saved.read_bytes()
    monkeypatch.setattr(f"xlperf.dataset.keep.{stage}", denied)
    told = consolidate(saved.parent / "交回", saved.with_suffix(".xlsx"), force=True)

    assert [notice.key for notice in told.notices] == ["dataset_unused"]
    assert (told.totals.projects, saved.read_bytes() == was) == (1, True)


def _full() -> None:
    raise OSError(28, "No space left on device")
