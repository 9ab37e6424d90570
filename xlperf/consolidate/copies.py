"""Which file names say that a file is a copy of another: of the file manager, of a download, of a backup, of a sync."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

SUFFIXES = (".xlsx", ".xlsm")
_NUMBER = r"\s*(?:[（(]?\d{1,3}[）)]?)?"

# Windows 10 and 7, macOS, WPS; Excel and WPS after a crash; people.
MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*[-－—_]\s*副本{_NUMBER}$",
        rf"(?:的|\s)副本{_NUMBER}$",
        rf"(?:\s-\s|[\s_-])copy{_NUMBER}$",
        r"\s*[（(\[【](?:已?自动恢复|自动保存的?|已?恢复的?|已?修复的?|autosaved|autorecovered|recovered|repaired)[）)\]】]$",
        rf"[\s._~-]+(?:备份|backup){_NUMBER}$",
        r"^(?:副本|复件)\s*[-_]?\s*",
        r"^备份[\s_-]+",
        r"^(?:copy|backup) of\s+",
    )
)
# These are marks only where the file without them lies beside: downloads, people, OneDrive's computer names.
MARKS_BESIDE = (
    *MARKS,
    re.compile(r"\s*[（(]\d{1,3}[）)]$"),
    re.compile(rf"(?:副本|备份){_NUMBER}$"),
    re.compile(r"-(?=[\d-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,16}$"),
)


def original(shown: str, files: Collection[str]) -> str | None:
    """The one of these files that this one is a copy of, going by the names; "" where it is not among them.

    None: the name does not say that it is a copy.
    """
    path = PurePosixPath(shown)
    for stem in reversed(_without_marks(path.stem)):
        for suffix in (path.suffix, *SUFFIXES):
            found = str(path.with_name(stem + suffix))
            if found != shown and found in files:
                return found
    return "" if any(mark.search(path.stem) for mark in MARKS) else None


def _without_marks(stem: str) -> list[str]:
    """What is left of a name without one mark, without two …"""
    left: list[str] = []
    while stem:
        shorter = next((mark.sub("", stem) for mark in MARKS_BESIDE if mark.search(stem)), "").strip()
        if shorter:
            left.append(shorter)
        stem = shorter
    return left
