"""Every file is accounted for: consolidated, or refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest
from consolidate.departments import CASES, folder, write

from xlperf.consolidate import consolidate
from xlperf.consolidate.sources import CONFLICT
from xlperf.model import UnreadableInput, UnwritableOutput

ENCRYPTED = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def refusals(at: Path, target: Path) -> dict[str, str]:
    """File → code of the reason, of all files that were refused."""
    return {f.shown: f.reason.code for f in consolidate(at, target).files if f.reason}


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

    assert refusals(at, tmp_path / "汇总.xlsx") == {
        "别的.xlsx": "XPF204",
        "加密.xlsx": "XPF203",
        "空.xlsx": "XPF209",
        "文本.xlsx": "XPF202",
        "数据.csv": "XPF202",
        "旧.xls": "XPF207",
        "说明.docx": "XPF210",
        "缓存.tmp": "XPF210",
        "~$甲庭.xlsx": "XPF206",
        "甲庭.sync-conflict-20231101-101010-ABCDEF.xlsx": "XPF607",
        "甲庭 (张三 的冲突副本 2023-11-01).xlsx": "XPF607",
    }


def test_the_summary_of_last_time_is_known_for_what_it_is(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    consolidate(at, at / "汇总.xlsx")
    told = consolidate(at, at / "汇总.xlsx", force=True)

    assert {f.shown: f.reason.code for f in told.files if f.reason} == {"汇总.xlsx": "XPF608"}
    assert told.totals.projects == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_file_is_named_too(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    os.mkfifo(at / "管道.xlsx")
    (at / "链接").symlink_to(tmp_path)
    (at / "断链.xlsx").symlink_to(tmp_path / "没有.xlsx")

    assert refusals(at, tmp_path / "汇总.xlsx") == dict.fromkeys(("管道.xlsx", "链接", "断链.xlsx"), "XPF211")


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
