"""Installs and removes the extension for the current user, through LibreOffice's own unopkg.

Knows what unopkg prints, not what is in the extension.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from xlperf.files.office import office_environment, office_program
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
    """The program unopkg. Raises XlperfError where there is none."""
    program = office_program("unopkg")
    if program is None:
        raise XlperfError("office_missing")
    return program


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
                env=office_environment(),
            ).returncode
        except subprocess.TimeoutExpired:
            raise XlperfError("office_silent", seconds=SECONDS) from None
        output.seek(0)
        text = output.read().decode(errors="replace")
    if code:
        raise XlperfError("office_refused", reason=_reason(text))
    return text


def _reason(text: str) -> str:
    """The first complaint in unopkg's output, without its prefixes."""
    complaints = [line.removeprefix(_ERROR).removeprefix(_RAISED) for line in text.splitlines() if line.strip()]
    return complaints[0].rstrip(".") if complaints else "unopkg"
