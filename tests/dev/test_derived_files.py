"""The derived files of the repository are what the program makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from xlperf.dev import derive
from xlperf.dev.excel_sources import sources
from xlperf.dev.readme import with_tables


def test_no_derived_file_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    """To write them anew: python -m xlperf.dev.derive"""
    code = derive.main(["--check"])

    assert (capsys.readouterr().out, code) == ("", 0)


def test_stale_files_are_named_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("macros", "workbooks", "README.md"):
        source = derive.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    monkeypatch.setattr(derive, "ROOT", tmp_path)
    readme = tmp_path / "README.md"
    before = readme.read_bytes()
    readme.write_bytes(before.replace("| `--blank 张数` |".encode(), b"| `--blank M` |"))
    (tmp_path / "macros" / "excel" / "ribbon.xml").unlink()
    (tmp_path / "workbooks" / "old.txt").write_text("nothing makes it")

    stale = {"README.md", str(Path("macros/excel/ribbon.xml")), str(Path("workbooks/old.txt"))}
    for arguments, code in ((["--check"], 1), ([], 0)):
        assert derive.main(arguments) == code
        assert set(capsys.readouterr().out.splitlines()) == stale
    assert readme.read_bytes() == before
    assert derive.main(["--check"]) == 0


def test_a_readme_without_its_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="命令和选项"):
        with_tables("# xlperf")


def test_vba_has_the_line_ends_of_windows() -> None:
    for name, text in sources().items():
        if name.endswith((".bas", ".cls")):
            assert text.count("\n") == text.count("\r\n") > 5
