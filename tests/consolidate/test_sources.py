"""Every file is accounted for: consolidated, or refused with a reason."""

from __future__ import annotations

import bz2
import os
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CAR, CASES, REPAIRS, folder, write

from xlperf.checks import message
from xlperf.consolidate.sources import CONFLICT, is_summary, rejection, sources_in
from xlperf.jobs.consolidate import _check_target, consolidate
from xlperf.model import UnreadableInput, UnwritableOutput

ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def refusals(at: Path, target: Path) -> dict[str, str]:
    """File → code of the reason, of all files that were refused."""
    return {f.name: f.reason.code for f in consolidate(at, target).files if f.reason}


def test_what_is_no_filled_workbook_is_named_with_its_reason(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    foreign = openpyxl.Workbook()
    foreign.save(at / "别的.xlsx")
    for name, content in {
        "加密.xlsx": ENCRYPTED,
        "空.xlsx": b"",
        "文本.xlsx": "不是表".encode(),
        "数据.csv": b"a,b",
        "旧.xls": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "Workbook".encode("utf-16-le"),
        "说明.docx": b"PK",
        "缓存.tmp": b"x",
        "~$甲庭.xlsx": bytes(165),
        "甲庭.sync-conflict-20231101-101010-ABCDEF.xlsx": (at / "甲庭.xlsx").read_bytes(),
        "甲庭 (张三 的冲突副本 2023-11-01).xlsx": (at / "甲庭.xlsx").read_bytes(),
    }.items():
        (at / name).write_bytes(content)
    (at / ".隐藏.xlsx").write_bytes(b"x")
    (at / "办案.xlsx.bak").write_bytes(b"x")

    assert refusals(at, tmp_path / "汇总.xlsx") == {
        "别的.xlsx": "XPF204",
        "加密.xlsx": "XPF203",
        "空.xlsx": "XPF209",
        "文本.xlsx": "XPF238",
        "数据.csv": "XPF238",
        "旧.xls": "XPF207",
        "说明.docx": "XPF210",
        "缓存.tmp": "XPF210",
        "办案.xlsx.bak": "XPF241",
        "~$甲庭.xlsx": "XPF206",
        "甲庭.sync-conflict-20231101-101010-ABCDEF.xlsx": "XPF607",
        "甲庭 (张三 的冲突副本 2023-11-01).xlsx": "XPF607",
    }


def test_the_summary_of_last_time_is_known_for_what_it_is(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    consolidate(at, at / "汇总.xlsx")
    told = consolidate(at, at / "汇总.xlsx", force=True)

    assert {f.name: f.reason.code for f in told.files if f.reason} == {"汇总.xlsx": "XPF608"}
    assert told.totals.projects == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX: named pipes")
def test_what_is_no_file_is_named_too(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    os.mkfifo(at / "管道.xlsx")
    (at / "链接").symlink_to(tmp_path)
    (at / "断链.xlsx").symlink_to(tmp_path / "没有.xlsx")

    assert refusals(at, tmp_path / "汇总.xlsx") == dict.fromkeys(("管道.xlsx", "链接", "断链.xlsx"), "XPF211")


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of ours while we may do no more than anybody."""
    with tempfile.TemporaryDirectory() as name:
        at = Path(name)
        at.chmod(0o777)
        if os.geteuid() == 0:
            os.seteuid(65534)
            yield at
            os.seteuid(0)
        else:
            yield at


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX: permissions")
def test_a_folder_that_may_be_listed_but_not_entered(nobody: Path) -> None:
    closed = nobody / "交回" / "锁"
    (closed / "里").mkdir(parents=True)
    (closed / "甲.xlsx").write_bytes(b"x")
    (nobody / "汇总.xlsx").write_bytes(b"old")
    (nobody / "交回" / "链接.xlsx").symlink_to(closed / "甲.xlsx")
    closed.chmod(0o444)
    try:
        sources = sources_in(nobody / "交回")
        _check_target(nobody / "汇总.xlsx", sources)
        told = [rejection(source) for source in sources]
    finally:
        closed.chmod(0o755)

    assert [(file.name, message(file.reason)) for file in told if file and file.reason] == [
        (name, "文件无法打开：Permission denied") for name in ("链接.xlsx", "锁/甲.xlsx", "锁/里")
    ]


def properties_alone(method: int, packed: bytes, size: int, claimed: int | None = None, offset: int = 0) -> bytes:
    """A zip file of docProps/custom.xml alone, packed and declared like this."""
    name, claimed = b"docProps/custom.xml", len(packed) if claimed is None else claimed
    sizes = (method, 0, 33, 0, claimed, size, len(name), 0)
    local = struct.pack("<4s2H3H3L2H", b"PK\x03\x04", 20, 0, *sizes) + name + packed
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, *sizes, 0, 0, 0, 0, offset) + name
    return local + entry + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)


DEFLATED = zlib.compress(b"a" * 100_000)[2:]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (properties_alone(14, b"\x09\x04\x05\x00" + b"\xff" * 50, 1000), "XPF202"),  # LZMA that is none
        (properties_alone(12, bz2.compress(bytes(30 * 2**20)), 2**31), "XPF202"),  # bzip2, a bomb
        (properties_alone(8, zlib.compress(bytes(30 * 2**20))[2:], 2**31), "XPF202"),
        (properties_alone(8, DEFLATED[:50], 100_000, claimed=5_000), "XPF208"),  # cut short
        (properties_alone(8, DEFLATED[:50], 100_000), "XPF202"),
        (properties_alone(0, b"abc", 100_000, claimed=5_000), "XPF208"),
        (properties_alone(0, b"abc", 3, offset=10**6), "XPF202"),
        (properties_alone(0, b"abc", 3, offset=2**32 - 1), "XPF202"),
    ],
)
def test_properties_that_would_break_the_run_cost_their_file_alone(content: bytes, code: str, tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    (at / "甲.xlsx").write_bytes(content)

    start = time.process_time()
    assert not is_summary(at / "甲.xlsx")
    assert time.process_time() - start < 0.1
    assert refusals(at, tmp_path / "汇总.xlsx") == {"甲.xlsx": code}


def test_files_whose_names_look_alike_keep_them_apart(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    for name, project in {"法院 预算.xlsx": CASES, "法院\u3000预算.xlsx": REPAIRS, "法院 预算〔2〕.xlsx": CAR}.items():
        write(at / name, project)

    told = consolidate(at, tmp_path / "汇总.xlsx")

    assert {file.name: file.path.name for file in told.files} == {
        "法院 预算.xlsx": "法院 预算.xlsx",
        "法院 预算〔2〕.xlsx": "法院 预算〔2〕.xlsx",
        "法院 预算〔3〕.xlsx": "法院\u3000预算.xlsx",
    }
    assert {project.name: project.file for project in told.projects} == {
        CASES.name: "法院 预算.xlsx",
        CAR.name: "法院 预算〔2〕.xlsx",
        REPAIRS.name: "法院 预算〔3〕.xlsx",
    }
    with zipfile.ZipFile(tmp_path / "汇总.xlsx") as package:
        links = package.read("xl/worksheets/_rels/sheet3.xml.rels").decode()
    assert all(f"交回/{file.path.name.replace(' ', '%20')}" in links for file in told.files)


def test_the_same_bytes_under_names_that_look_alike_count_once(tmp_path: Path) -> None:
    for name in ("甲 庭.xlsx", "甲\u3000庭.xlsx"):
        write(tmp_path / "交回" / name, CASES)

    assert refusals(tmp_path / "交回", tmp_path / "汇总.xlsx") == {"甲 庭〔2〕.xlsx": "XPF613"}


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    source = write(tmp_path / "甲.xlsx", CASES)

    told = consolidate([source, tmp_path / ".." / tmp_path.name / "甲.xlsx", tmp_path], tmp_path / "出" / "汇总.xlsx")

    assert [file.name for file in told.files] == ["甲.xlsx"]


def test_an_existing_target_is_kept_and_nothing_is_read_for_it(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    (tmp_path / "汇总.xlsx").write_bytes(b"old")

    with pytest.raises(UnwritableOutput):
        consolidate(at, tmp_path / "汇总.xlsx", progress=lambda *_: pytest.fail("read a file"))
    assert (tmp_path / "汇总.xlsx").read_bytes() == b"old"


def test_a_source_is_never_the_target(tmp_path: Path) -> None:
    source = write(tmp_path / "甲.xlsx", CASES)
    before = source.read_bytes()

    with pytest.raises(UnwritableOutput):
        consolidate(tmp_path, source, force=True)
    assert source.read_bytes() == before


def test_where_no_workbook_was_handed_in_there_is_no_summary_of_nothing(tmp_path: Path) -> None:
    at, target = tmp_path / "交回", tmp_path / "汇总.xlsx"
    at.mkdir()
    (at / "说明.pdf").write_bytes(b"%PDF-1.7")

    with pytest.raises(UnreadableInput) as caught:
        consolidate(at, target)

    assert str(caught.value) == f"{at} 里没有读得出的填报工作簿。请核对路径，或先用 xlperf check 查看原因。"
    assert not target.exists()
    assert [each[1] for each in consolidate(at, target, expected=[("", "办案业务经费")]).missing] == ["办案业务经费"]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        consolidate(tmp_path / "没有", tmp_path / "汇总.xlsx")


@pytest.mark.parametrize(
    ("name", "conflict"),
    [
        ("甲庭.sync-conflict-20231101-101010-ABCDEF.xlsx", True),  # Syncthing
        ("甲庭 (conflicted copy 2023-11-01 093612).xlsx", True),  # Nextcloud, Dropbox
        ("甲庭 (张三 的冲突副本 2023-11-01).xlsx", True),  # Dropbox
        ("甲庭-冲突.xlsx", True),  # Jianguoyun on Windows
        ("甲庭-冲突-张三.xlsx", True),
        ("甲庭-NSConflict.xlsx", True),  # on Linux and macOS
        ("甲庭-PC01-conflict.xlsx", True),
        ("甲庭(冲突).xlsx", True),
        ("01_13080023P00024610002U_冲突化解经费.xlsx", False),
        ("矛盾-冲突调解经费.xlsx", False),
        ("conflict mediation.xlsx", False),
    ],
)
def test_names_of_sync_conflicts(name: str, conflict: bool) -> None:
    assert bool(CONFLICT.search(name)) is conflict
