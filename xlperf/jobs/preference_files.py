"""Where `xlperf.toml` lies, the words it may choose from, and the language it asks for.

Loads nothing, for help and wrong arguments are told in that language. What the files say otherwise is read by
`preferences`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable

NAME = "xlperf.toml"
LARGEST = 2**15  # bytes; fifteen rule packs have half of it, and tomllib takes the square of a key's length
LANGUAGES = ("zh", "en")
FAIL_ON = ("error", "warning", "info", "never")
PERIODS = ("plan", "monitoring", "self-evaluation")  # as `form` has them, which loads too much for a command line
LAYOUTS = ("national", "hebei", "transfer", "20+80", "sichuan")

WINDOWS = sys.platform == "win32"
_LANGUAGE = re.compile(rb"""^[ \t]*language[ \t]*=[ \t]*["'](zh|en)["']""", re.MULTILINE)
_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)


def preference_files() -> list[str]:
    """The files there are: that of the working directory, then that of the user's folder."""
    return list(dict.fromkeys(os.path.abspath(path) for path in (NAME, user_file()) if path and os.path.lexists(path)))


def user_file() -> str:
    """The path of the file in the user's folder; "" where Windows names no such folder."""
    if WINDOWS:
        folder = os.environ.get("APPDATA", "")
    else:
        folder = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(folder, "xlperf", NAME) if folder else ""


def language_at_a_glance(paths: Iterable[str]) -> str:
    """The language the first of these files names that names one, damaged or not; else Chinese."""
    for path in paths:
        if os.path.isfile(path):
            try:
                with open(path, "rb") as file:
                    head = _TABLE.split(file.read(LARGEST), 1)[0]
            except OSError:
                continue
            if named := _LANGUAGE.search(head):
                return named[1].decode()
    return LANGUAGES[0]
