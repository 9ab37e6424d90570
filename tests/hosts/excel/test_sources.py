"""The readable sources for Excel."""

from __future__ import annotations

from xlperf.hosts.excel.sources import sources


def test_vba_has_the_line_ends_of_windows() -> None:
    for name, text in sources().items():
        if name.endswith((".bas", ".cls")):
            assert text.count("\n") == text.count("\r\n") > 5
