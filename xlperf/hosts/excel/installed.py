"""xlwings as it is installed here: its version and its VBA, read from the package and never copied into this one.

Both of its VBA modules are taken as they are, but for the name under which they look for settings: `xlperf` reads
`.xlperf/xlperf.conf` in the user's folder, so that other uses of xlwings on the same PC keep their own settings.
"""

from __future__ import annotations

import re
from importlib import metadata, util
from pathlib import Path

from xlperf.model import XlperfError

MODULE = "xlwings"
IN_WORKBOOK, IN_ADDIN = "xlwings.bas", "xlwings_custom_addin.bas"
PROJECT = "xlperf"

_PROJECT_NAME = re.compile(r'(?<=Public Const PROJECT_NAME As String = ")\w+(?=")')
_VERSION = re.compile(r'Public Const XLWINGS_VERSION As String = "([^"]+)"')


def xlwings_version() -> str:
    """The installed version, found without importing it. Raises XlperfError where there is none."""
    try:
        return metadata.version("xlwings")
    except metadata.PackageNotFoundError as error:
        raise XlperfError("xlwings_missing") from error


def xlwings_code(file: str = IN_WORKBOOK) -> str:
    """The code of the installed VBA module, without its first line, that names it. Raises XlperfError."""
    spec = util.find_spec("xlwings")
    if spec is None or spec.origin is None:
        raise XlperfError("xlwings_missing")
    try:
        text = (Path(spec.origin).parent / file).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise XlperfError("xlwings_unknown", version=xlwings_version()) from error
    first, _, code = text.partition("\n")
    code, replaced = _PROJECT_NAME.subn(PROJECT, code)
    if first != f'Attribute VB_Name = "{MODULE}"' or replaced != 1 or version_in(code) != xlwings_version():
        raise XlperfError("xlwings_unknown", version=xlwings_version())
    return code


def version_in(code: str) -> str | None:
    """The version that a VBA module of xlwings is written for; its DLL has the same one in its name."""
    found = _VERSION.search(code)
    return found[1] if found else None
