"""Installs and removes the extension for the current user, through LibreOffice's own unopkg.

Knows where unopkg is and what it prints, not what is in the extension.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from xlperf.hosts.libreoffice.package import IDENTIFIER, build_oxt
from xlperf.model.errors import XlperfError

SECONDS = 120
FILE_NAME = "xlperf.oxt"

_ERROR = "ERROR: "
_RAISED = "Exception occurred: "


def install(profile: Path | None = None) -> None:
    """Install this version for the current user, replacing any other; `profile` names another user profile.

    Raises XlperfError where there is no LibreOffice or it refuses.
    """
    with tempfile.TemporaryDirectory() as folder:
        extension = Path(folder) / FILE_NAME
        extension.write_bytes(build_oxt())
        _unopkg(profile, "add", "--force", str(extension))


def uninstall(profile: Path | None = None) -> bool:
    """Remove the extension; False where it was not installed. Raises XlperfError as `install`."""
    if installed(profile) is None:
        return False
    _unopkg(profile, "remove", IDENTIFIER)
    return True


def installed(profile: Path | None = None) -> str | None:
    """The version installed for the current user, or None. Raises XlperfError as `install`."""
    lines = iter(_unopkg(profile, "list").splitlines())
    for line in lines:
        if line.split() == ["Identifier:", IDENTIFIER]:
            return next(lines, "").split()[-1]
    return None


def find_unopkg() -> Path:
    """The program unopkg: on the path, beside soffice, or where LibreOffice's installers put it."""
    name = "unopkg.com" if sys.platform == "win32" else "unopkg"  # on Windows unopkg.exe prints nothing
    for folder in _program_folders():
        if (folder / name).is_file():
            return folder / name
    raise XlperfError("office_missing")


def _program_folders() -> Iterator[Path]:
    for program in ("unopkg", "soffice"):
        path = shutil.which(program)
        if path:
            yield Path(path).parent
            yield Path(path).resolve().parent
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            yield Path(os.environ.get(variable, "")) / "LibreOffice" / "program"
    elif sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/MacOS")
    else:
        yield Path("/usr/lib/libreoffice/program")
        yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)


def _unopkg(profile: Path | None, *arguments: str) -> str:
    """What unopkg prints."""
    command = [str(find_unopkg()), *arguments]
    if profile:
        command.append(f"-env:UserInstallation={profile.resolve().as_uri()}")
    # Into a file: with an office open, unopkg leaves a process behind that would keep a pipe open.
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=SECONDS,
                env=_environment(),
            ).returncode
        except subprocess.TimeoutExpired:
            raise XlperfError("office_silent", seconds=SECONDS) from None
        output.seek(0)
        text = output.read().decode(errors="replace")
    if code:
        raise XlperfError("office_refused", reason=_reason(text))
    return text


def _environment() -> dict[str, str]:
    """The environment without our Python; in an activated venv LibreOffice would use ours as its own."""
    kept = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")}
    ours = {Path(sys.prefix) / folder for folder in ("bin", "Scripts")}
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return {**kept, "PATH": os.pathsep.join(folder for folder in folders if Path(folder) not in ours)}


def _reason(text: str) -> str:
    """The first complaint in unopkg's output, without its prefixes."""
    complaints = [line.removeprefix(_ERROR).removeprefix(_RAISED) for line in text.splitlines() if line.strip()]
    return complaints[0].rstrip(".") if complaints else "unopkg"
