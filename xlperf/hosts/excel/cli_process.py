"""Runs commands of the command line in a process of their own; knows how they answer (JSON, exit codes)."""

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
    """What a command answered: its JSON where it could go on, else what it said to the person."""

    data: dict[str, Any] | None
    said: str


def run_verb(arguments: Sequence[str]) -> Reply:
    """Run `xlperf` with these arguments; they should ask for JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "xlperf", *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        creationflags=_NO_WINDOW if os.name == "nt" else 0,
    )
    went_on = done.returncode in (CLEAN, FINDINGS)
    return Reply(json.loads(done.stdout) if went_on else None, done.stderr.strip())
