"""LibreOffice as a judge: opens a workbook, recalculates it hard, and says what its cells then hold.

Knows how to reach LibreOffice through `sidecar.py`; knows nothing of xlperf. Environment: XLPERF_SOFFICE names the
program, XLPERF_OFFICE_PYTHON the Python that has `uno`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

SIDECAR = Path(__file__).with_name("sidecar.py")
STOP_SECONDS = 20

Cells = dict[str, Any]
Sheets = dict[str, Cells]


class CalcError(RuntimeError):
    """LibreOffice could not do what a test asked for."""


def soffice_program() -> str | None:
    """soffice.bin itself where it can be found: the soffice script forks, and its child may outlive the tests."""
    script = os.environ.get("XLPERF_SOFFICE") or shutil.which("soffice")
    if script is None:
        return None
    program = Path(script).resolve().with_name("soffice.bin")
    return str(program if program.exists() else script)


def office_python() -> str:
    return os.environ.get("XLPERF_OFFICE_PYTHON", "/usr/bin/python3")


def missing_reason() -> str | None:
    """Why LibreOffice cannot be driven here, or None."""
    if soffice_program() is None:
        return "LibreOffice is not installed (no soffice on PATH, XLPERF_SOFFICE not set)"
    python = office_python()
    if shutil.which(python) is None:
        return f"{python} does not exist (set XLPERF_OFFICE_PYTHON)"
    if subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
        return f"{python} has no module uno (install python3-uno or set XLPERF_OFFICE_PYTHON)"
    return None


class Calc:
    """One LibreOffice with a profile of its own, optionally with a folder of unpacked extensions."""

    def __init__(self, profile: Path, extensions: Path | None = None) -> None:
        start = {
            "soffice": soffice_program(),
            "profile": str(profile),
            "extensions": str(extensions) if extensions else None,
        }
        self._process = subprocess.Popen(
            [office_python(), str(SIDECAR), json.dumps(start)],
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._receive()
        self.version: str = self._ask(op="version")

    def recalc(self, path: Path, sets: Sheets | None = None, save: Path | None = None) -> Sheets:
        """{sheet: {"A1": value}} after a hard recalculation.

        Numbers come as float, error values as text such as "#DIV/0!", blank cells not at all. `sets` puts values into
        unlocked cells first (None clears); `save` writes the recalculated workbook as .xlsx.
        """
        return self._ask(op="recalc", path=str(path), sets=sets, save=str(save) if save else None)  # type: ignore[no-any-return]

    def type(self, path: Path, typed: dict[str, dict[str, str]], save: Path | None = None) -> Sheets:
        """As `recalc`, after entering text as a person would: it is parsed, and locked cells refuse it."""
        return self._ask(op="type", path=str(path), typed=typed, save=str(save) if save else None)  # type: ignore[no-any-return]

    def save_as(self, path: Path, to: Path) -> None:
        """Write the workbook again as LibreOffice writes .xlsx."""
        self.recalc(path, save=to)

    def pdf(self, path: Path, to: Path) -> None:
        """Print the workbook as LibreOffice prints it."""
        self._ask(op="pdf", path=str(path), to=str(to))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._receive()

    def _receive(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise CalcError("LibreOffice ended unexpectedly")
        reply = json.loads(line)
        if "error" in reply:
            raise CalcError(reply["error"])
        return reply["ok"]
