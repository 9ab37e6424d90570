"""Runs commands of the command line in their own processes; knows their JSON and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CLEAN, FINDINGS = 0, 1
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW of Windows


@dataclass(frozen=True)
class Reply:
    """The JSON a command printed, None where it could not go on, and its message to the person."""

    data: dict[str, Any] | None
    message: str


def run_command(arguments: Sequence[str]) -> Reply:
    """Run `xlperf` with these arguments; they should ask for JSON."""
    process = subprocess.run(
        [sys.executable, "-m", "xlperf", *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        creationflags=_NO_WINDOW if os.name == "nt" else 0,
    )
    succeeded = process.returncode in (CLEAN, FINDINGS)
    return Reply(json.loads(process.stdout) if succeeded else None, process.stderr.strip())
