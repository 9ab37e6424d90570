"""Older and other kinds of documents → .docx, through a LibreOffice where one is installed. Knows how to start it.

It works on a copy in a temporary folder, with a profile of its own that runs no macros and fetches no links.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from pathlib import Path

from xlperf.files import temporary_disk
from xlperf.files.kinds import ODT, OLD_WORD, RTF, Kind
from xlperf.files.office import office_environment, office_program
from xlperf.model import UnreadableInput

SECONDS = 90  # a document of four hundred projects takes a third of it

CONVERTIBLE = {OLD_WORD: ".doc", RTF: ".rtf", ODT: ".odt"}
"""Kinds that LibreOffice turns into .docx, and the ending by which it knows them."""

_ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    + _ITEM.format("Common/Security/Scripting", "MacroSecurityLevel", 3)
    + _ITEM.format("Common/Security/Scripting", "DisableMacrosExecution", "true")
    + _ITEM.format("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
    + _ITEM.format("Writer/Content/Update", "Link", 0)
    + "</oor:items>"
)


def as_docx(data: bytes, kind: Kind, path: Path) -> bytes:
    """The document at `path`, of a kind that is CONVERTIBLE, as .docx.

    Raises UnreadableInput where there is no LibreOffice, or it fails or takes too long.
    """
    program = office_program("soffice")
    if program is None:
        raise UnreadableInput("source_needs_office", path=path, what=kind.what)
    with temporary_disk(), tempfile.TemporaryDirectory(prefix="xlperf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"source{CONVERTIBLE[kind]}"
        source.write_bytes(data)
        _run(program, folder, source)
        target = folder / "out" / "source.docx"
        if not target.is_file():
            raise UnreadableInput("source_not_converted", path=path, what=kind.what, seconds=SECONDS)
        return target.read_bytes()


def _run(program: Path, folder: Path, source: Path) -> None:
    """Convert the source into the folder `out`, or not."""
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]
    quiet = subprocess.DEVNULL  # a pipe would stay open as long as any process that LibreOffice leaves behind
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, env=office_environment(), start_new_session=True
    )
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS)
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with whatever it started."""
    with contextlib.suppress(OSError):  # it has ended
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
