"""What stands under macros/excel is what is generated. To write it anew: python tests/hosts/excel/test_sources.py."""

from __future__ import annotations

from pathlib import Path

from xlperf.hosts.excel.sources import excel_sources

FOLDER = Path(__file__).parents[3] / "macros" / "excel"


def test_the_files_are_current() -> None:
    assert {path.name: path.read_bytes().decode() for path in FOLDER.iterdir()} == excel_sources()


def test_vba_has_the_line_ends_of_windows() -> None:
    for name, text in excel_sources().items():
        if name.endswith((".bas", ".cls")):
            assert text.count("\n") == text.count("\r\n") > 5


if __name__ == "__main__":
    for name, text in excel_sources().items():
        (FOLDER / name).write_bytes(text.encode())
