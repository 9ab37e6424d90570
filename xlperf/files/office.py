"""Where LibreOffice's programs are, and the environment they start in. Knows nothing of what they are asked to do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path


def office_program(name: str) -> Path | None:
    """A program of LibreOffice: on the path, beside soffice, or where LibreOffice's installers put it; None if nowhere.

    On Windows those that end in .com wait and answer.
    """
    file = f"{name}.com" if sys.platform == "win32" else name
    return next((folder / file for folder in _folders(name) if (folder / file).is_file()), None)


def _folders(name: str) -> Iterator[Path]:
    for program in (name, "soffice"):
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


def office_environment() -> dict[str, str]:
    """The environment without our Python; in an activated venv LibreOffice would use ours as its own."""
    kept = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH")}
    ours = {Path(sys.prefix) / folder for folder in ("bin", "Scripts")}
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return {**kept, "PATH": os.pathsep.join(folder for folder in folders if Path(folder) not in ours)}
