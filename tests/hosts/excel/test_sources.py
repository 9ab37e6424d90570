"""What stands under macros/excel is what is generated. To write it anew: python tests/hosts/excel/test_sources.py"""

from __future__ import annotations

from pathlib import Path

from xlperf.hosts.excel.sources import sources, write_sources

FOLDER = Path(__file__).parents[3] / "macros" / "excel"


def test_the_files_are_current() -> None:
    assert {path.name: path.read_bytes().decode() for path in FOLDER.iterdir()} == sources()


def test_vba_has_the_line_ends_of_windows() -> None:
    for name, text in sources().items():
        if name.endswith((".bas", ".cls")):
            assert text.count("\n") == text.count("\r\n") > 5


def test_written_anew_they_are_the_same(tmp_path: Path) -> None:
    written = write_sources(tmp_path / "new")

    assert {path.name: path.read_bytes() for path in written} == {p.name: p.read_bytes() for p in FOLDER.iterdir()}


if __name__ == "__main__":
    write_sources(FOLDER)
