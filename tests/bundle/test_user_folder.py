"""Putting the program into the user's folder, and the search path of Windows."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlperf.bundle import user_linux
from xlperf.bundle.user_folder import put_in_place, with_folder, without_folder
from xlperf.model import UnwritableOutput, XlperfError

BIN = r"C:\Users\张 三\AppData\Local\xlperf\bin"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", BIN),
        (r"%USERPROFILE%\bin", rf"%USERPROFILE%\bin;{BIN}"),
        (r"C:\a;;C:\b;", rf"C:\a;;C:\b;{BIN}"),
        (rf"C:\a;{BIN.upper()}\;C:\b", rf"C:\a;{BIN.upper()}\;C:\b"),
        (rf'"{BIN}";C:\b', rf'"{BIN}";C:\b'),
    ],
)
def test_the_folder_stands_once_on_the_search_path(before: str, after: str) -> None:
    assert with_folder(before, BIN) == after


@given(st.lists(st.sampled_from([r"C:\a", r"%X%\b", "", r"C:\甲 乙"])).map(";".join))
def test_what_was_added_is_taken_away(before: str) -> None:
    assert without_folder(with_folder(before, BIN), BIN) == before.rstrip(";")
    assert without_folder(before, BIN) == before


@pytest.mark.parametrize(
    ("folder", "quoted"),
    [
        ("/home/张 三", "/home/张 三"),
        ('/home/q"uote', r'/home/q\\"uote'),
        ("/home/d$x", r"/home/d\\$x"),
        ("/home/b`x`", r"/home/b\\`x\\`"),
        ("/home/back\\slash", r"/home/back\\\\slash"),
        ("/home/a & b;(c)'#*?~|<>", "/home/a & b;(c)'#*?~|<>"),
    ],
)
def test_a_desktop_entry_quotes_a_path_twice(folder: str, quoted: str) -> None:
    """Programs in such folders were started by GLib's `gio launch` with these lines."""
    entry = user_linux._entry("check", PurePosixPath(folder, "python3"))  # type: ignore[arg-type]

    assert f'\nExec="{quoted}/python3" -I -m xlperf.cli.window drop check %F\n' in entry


def program(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "contents.json").write_text(json.dumps({"version": version, "files": {}}), encoding="utf-8")
    (folder / version).write_text("", encoding="utf-8")
    return folder


def test_the_new_one_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    old, new = program(tmp_path / "1", "0.1"), program(tmp_path / "2", "0.2")
    home = tmp_path / "用户" / "xlperf"
    for left in ("xlperf.new", "xlperf.old"):
        program(home.with_name(left), "0.0")

    put_in_place(old, home)
    put_in_place(new, home)

    assert sorted(path.name for path in home.iterdir()) == ["0.2", "contents.json"]
    assert [path.name for path in home.parent.iterdir()] == ["xlperf"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "xlperf"
    home.mkdir()
    (home / "mine.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(XlperfError, match="没有改动"):
        put_in_place(program(tmp_path / "1", "0.1"), home)

    assert [path.name for path in home.iterdir()] == ["mine.txt"]


def test_where_the_new_one_cannot_be_moved_the_old_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while a virus scanner looks into it."""
    home = tmp_path / "xlperf"
    put_in_place(program(tmp_path / "1", "0.1"), home)
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if source.name == "xlperf.new":
            raise PermissionError(13, "in use")
        rename(source, target)

    monkeypatch.setattr("os.rename", refuse)
    monkeypatch.setattr("xlperf.bundle.user_folder.SCANNED", 0.0)
    with pytest.raises(UnwritableOutput):
        put_in_place(program(tmp_path / "2", "0.2"), home)

    assert sorted(path.name for path in home.iterdir()) == ["0.1", "contents.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2", "xlperf"]


def test_where_the_old_one_cannot_be_moved_it_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows while a program runs from it."""
    home = tmp_path / "xlperf"
    put_in_place(program(tmp_path / "1", "0.1"), home)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("os.rename", refuse)
    with pytest.raises(UnwritableOutput, match="正在使用中"):
        put_in_place(program(tmp_path / "2", "0.2"), home)

    assert sorted(path.name for path in home.iterdir()) == ["0.1", "contents.json"]
    assert not (tmp_path / "xlperf.new").exists()
