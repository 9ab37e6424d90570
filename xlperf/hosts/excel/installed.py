"""Reads version and VBA of the installed xlwings; nothing of it is copied into our package.

Both VBA modules are used unchanged but for two edits: the name of their settings, so that other uses of xlwings on the
PC keep their own, and a branch for the Mac, which needs a class that our workbooks do not have.
"""

from __future__ import annotations

import re
from importlib import metadata, util
from pathlib import Path

from xlperf.model import XlperfError

MODULE = "xlwings"
IN_WORKBOOK, IN_ADDIN = "xlwings.bas", "xlwings_custom_addin.bas"
PROJECT = "xlperf"

FIRST_UNSUPPORTED = 1  # from 1.0 on its decorators are to raise off Windows

_EDITS = (
    # Settings are read from .xlperf/xlperf.conf in the user's folder.
    (re.compile(r'(?<=Public Const PROJECT_NAME As String = ")\w+(?=")'), PROJECT),
    # On a Mac the functions never run, but the module is compiled: keep only the branch of Windows, which needs no
    # class `Dictionary`.
    (re.compile(r" *#If Mac Then\n *Dim \w+ As Dictionary\n.*\n *#Else\n((?:.*\n)*?) *#End If\n"), r"\1"),
)
_VERSION = re.compile(r'Public Const XLWINGS_VERSION As String = "([^"]+)"')


def xlwings_version() -> str:
    """The installed version, found without importing it. Raises XlperfError where there is none."""
    try:
        return metadata.version("xlwings")
    except metadata.PackageNotFoundError as error:
        raise XlperfError("xlwings_missing") from error


def xlwings_code(file: str = IN_WORKBOOK) -> str:
    """The code of the installed VBA module without its first line, which names it. Raises XlperfError."""
    spec = util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise XlperfError("xlwings_missing")
    try:
        text = (Path(spec.origin).parent / file).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise XlperfError("xlwings_unknown", version=xlwings_version()) from error
    first, _, code = text.partition("\n")
    known = first == f'Attribute VB_Name = "{MODULE}"' and version_in(code) == xlwings_version()
    for pattern, replacement in _EDITS:
        code, replaced = pattern.subn(replacement, code)
        known = known and replaced == 1
    if not known or not supported(xlwings_version()):
        raise XlperfError("xlwings_unknown", version=xlwings_version())
    return code


def supported(version: str) -> bool:
    """Whether the extra `excel` allows this version of xlwings."""
    return int(version.partition(".")[0]) < FIRST_UNSUPPORTED


def version_in(code: str) -> str | None:
    """The version a VBA module of xlwings belongs to; the name of its DLL holds it too."""
    match = _VERSION.search(code)
    return match[1] if match else None
