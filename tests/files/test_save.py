"""A target is the old file or the new one, and what stands in the way is said in a sentence that helps."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from xlperf.files import replace_file, reserved, reserved_folder, save
from xlperf.model import UnwritableOutput

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX: permissions, links, lengths of names")


def new(out: BinaryIO) -> None:
    out.write(b"new")


def failing(number: int) -> save.Write:
    def half(out: BinaryIO) -> None:
        out.write(b"half")
        raise OSError(number, os.strerror(number))

    return half


def refused(target: Path, write: save.Write = new, *, force: bool = True) -> str:
    """The key of the sentence with which this is refused."""
    with pytest.raises(UnwritableOutput) as caught:
        replace_file(target, write, force=force)
    assert caught.value.exit_code == 3
    assert str(target) in caught.value.text("zh")
    assert str(target) in caught.value.text("en")
    return caught.value.key


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that is already there."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"old")
    return path


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    replace_file(tmp_path / "一" / "二" / "汇总.xlsx", new)

    assert contents(tmp_path / "一" / "二") == {"汇总.xlsx": b"new"}


def test_a_forced_one_takes_the_place_of_the_old(target: Path) -> None:
    replace_file(target, new, force=True)

    assert contents(target.parent) == {"汇总.xlsx": b"new"}


def test_an_existing_one_stays_unless_forced(target: Path) -> None:
    assert refused(target, force=False) == "target_exists"
    assert contents(target.parent) == {"汇总.xlsx": b"old"}


@pytest.mark.parametrize("links", [None, errno.EPERM, errno.EOPNOTSUPP])
def test_one_that_appears_during_the_run_stays_unless_forced(
    links: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "汇总.xlsx"

    def meanwhile(out: BinaryIO) -> None:
        out.write(b"new")
        target.write_bytes(b"of a person")

    def refuse(*_: object) -> None:
        assert links
        raise OSError(links, os.strerror(links))

    if links:
        monkeypatch.setattr(os, "link", refuse)
    assert refused(target, meanwhile, force=False) == "target_exists"
    assert contents(tmp_path) == {"汇总.xlsx": b"of a person"}
    replace_file(target, meanwhile, force=True)
    assert contents(tmp_path) == {"汇总.xlsx": b"new"}
    target.unlink()
    with reserved(target) as put:
        put(new)
        put(lambda out: out.write(b"newer"))
    assert contents(tmp_path) == {"汇总.xlsx": b"newer"}


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "target_read_only"),
        (errno.EACCES, "target_denied"),
        (errno.EIO, "target_unwritable"),
    ],
)
def test_a_failing_write_leaves_the_old_file_and_no_draft(target: Path, number: int, key: str) -> None:
    assert refused(target, failing(number)) == key
    assert contents(target.parent) == {"汇总.xlsx": b"old"}


def test_an_error_of_ours_on_the_way_leaves_the_old_file_too(target: Path) -> None:
    def broken(out: BinaryIO) -> None:
        out.write(b"half")
        raise KeyError("bug")

    with pytest.raises(KeyError):
        replace_file(target, broken, force=True)
    assert contents(target.parent) == {"汇总.xlsx": b"old"}


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "汇总.xlsx").mkdir()

    assert refused(tmp_path / "汇总.xlsx") == "target_is_folder"


@POSIX
@pytest.mark.parametrize("is_link", [False, True])
def test_a_device_stays_even_by_force(tmp_path: Path, is_link: bool) -> None:
    pipe, target = tmp_path / "管道", tmp_path / "汇总.xlsx"
    os.mkfifo(pipe)
    if is_link:
        target.symlink_to(pipe)
    else:
        pipe = pipe.rename(target)

    assert refused(target) == "target_is_device"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_is_no_folder(target: Path) -> None:
    assert refused(target / "汇总.xlsx") == "folder_is_file"
    assert refused(target / "子" / "汇总.xlsx") == "folder_is_file"


@POSIX
def test_a_name_too_long_for_the_disk(tmp_path: Path) -> None:
    assert refused(tmp_path / ("长" * 100 + ".xlsx")) == "path_too_long"
    assert refused(tmp_path.joinpath(*["x" * 200] * 30, "汇总.xlsx")) == "path_too_long"
    assert contents(tmp_path) == {}


@POSIX
def test_the_longest_name_a_disk_takes(tmp_path: Path) -> None:
    name = "长" * 83 + "a.xlsx"  # 255 bytes
    replace_file(tmp_path / name, new)

    assert contents(tmp_path) == {name: b"new"}


def test_a_read_only_file_is_not_replaced_though_its_folder_would_allow_it(target: Path) -> None:
    target.chmod(0o444)

    assert refused(target) == "target_protected"
    assert contents(target.parent) == {"汇总.xlsx": b"old"}


@POSIX
def test_permissions_are_those_of_the_old_file(target: Path) -> None:
    target.chmod(0o640)
    replace_file(target, new, force=True)

    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@POSIX
def test_a_new_file_is_for_whom_the_umask_says(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        replace_file(tmp_path / "汇总.xlsx", new)
    finally:
        os.umask(mask)

    assert stat.S_IMODE((tmp_path / "汇总.xlsx").stat().st_mode) == 0o640


@POSIX
def test_the_owner_stays(target: Path) -> None:
    if os.geteuid():
        pytest.skip("POSIX: only root gives files away")
    os.chown(target, 65534, 65534)
    replace_file(target, new, force=True)

    assert (target.stat().st_uid, target.stat().st_gid) == (65534, 65534)


@POSIX
def test_a_link_stays_and_leads_to_the_new_file(target: Path, tmp_path: Path) -> None:
    link = tmp_path / "共享" / "链接.xlsx"
    link.parent.mkdir()
    link.symlink_to(target)
    replace_file(link, new, force=True)

    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert [path.name for path in link.parent.iterdir()] == ["链接.xlsx"]


@POSIX
def test_content_is_on_disk_before_it_takes_the_place_and_the_folder_after(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        told.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "draft")
        fsync(handle)

    def replaced(draft: Path, place: Path) -> None:
        told.append("replace")
        replace(draft, place)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    replace_file(target, new, force=True)

    assert told == ["draft", "replace", "folder"]


def test_what_stands_in_the_way_is_said_before_anything_is_made(target: Path) -> None:
    with pytest.raises(UnwritableOutput), reserved(target):
        pytest.fail("began")


def test_a_reserved_target_is_nobody_elses(target: Path) -> None:
    with reserved(target, force=True) as put:
        assert refused(target) == "target_busy"
        assert refused(target.parent / ".." / target.parent.name / target.name) == "target_busy"
        put(new)
        put(lambda out: out.write(b"newer"))

    assert contents(target.parent) == {"汇总.xlsx": b"newer"}
    replace_file(target, new, force=True)


def test_its_neighbours_are_free(target: Path) -> None:
    with reserved(target, force=True):
        replace_file(target.with_name("另一.xlsx"), new)

    assert contents(target.parent) == {"汇总.xlsx": b"old", "另一.xlsx": b"new"}


def test_a_folder_of_files_that_belong_together(tmp_path: Path) -> None:
    with reserved_folder(tmp_path / "表"):
        replace_file(tmp_path / "表" / "甲.xlsx", new)
        with pytest.raises(UnwritableOutput, match="另一个 xlperf 正在写入"), reserved_folder(tmp_path / "表"):
            pytest.fail("interleaved")

    assert contents(tmp_path / "表") == {"甲.xlsx": b"new"}


def test_a_reserved_folder_is_listed_once_however_many_files_come_into_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    listdir = os.listdir

    def watched(folder: Path) -> list[str]:
        listed.append(folder.name)
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", watched)
    (tmp_path / ".xlperf-丙.xlsx.tmp").write_bytes(b"half")
    with reserved_folder(tmp_path):
        for name in ("甲.xlsx", "乙.xlsx"):
            replace_file(tmp_path / name, new)

        assert listed == [tmp_path.name]
    replace_file(tmp_path / "丁.xlsx", new)
    assert listed == [tmp_path.name] * 2
    assert set(contents(tmp_path)) == {"甲.xlsx", "乙.xlsx", "丁.xlsx"}


def test_who_has_it_is_said_in_another_process(target: Path) -> None:
    probe = """
import sys
from pathlib import Path
from xlperf.files import replace_file
from xlperf.model import UnwritableOutput
try:
    replace_file(Path(sys.argv[1]), lambda out: out.write(b"theirs"), force=True)
except UnwritableOutput as error:
    sys.exit(f"{error.key} {error.values['who']}")
"""
    with reserved(target, force=True):
        told = subprocess.run(
            [sys.executable, "-c", probe, str(target)], capture_output=True, check=False, env=os.environ
        ).stderr.decode()

    assert told.startswith("target_busy ")
    assert told.strip().endswith(f"PID {os.getpid()}")
    assert contents(target.parent) == {"汇总.xlsx": b"old"}
