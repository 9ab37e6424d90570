"""Runs pytest in a Python that has only what users have; nothing may skip but for what no Windows has.

The packages of tests lie in a folder of their own, which no command started from here sees.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(sys.executable).parent / "Lib" / "test-packages"))

import pytest

MAY_SKIP = ("POSIX: ", "LibreOffice is not installed", "pdfplumber is not installed")


class Skips:
    """Fails the run where a test skips for another reason."""

    def __init__(self) -> None:
        self.others: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = str(report.longrepr[2]).removeprefix("Skipped: ")
            if not reason.startswith(MAY_SKIP):
                self.others.append(f"{report.nodeid}: {reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.others:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.others:
            terminalreporter.write_line(f"FAILED, may not skip: {line}")


if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "--durations=10", *sys.argv[1:]], plugins=[Skips()]))
