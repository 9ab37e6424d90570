"""Tells by file names which files are copies: made by file managers, downloads, backups or sync clients."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath

SUFFIXES = (".xlsx", ".xlsm")
_NUMBER = r"\s*(?:[（(]?\d{1,3}[）)]?)?"

# Marks of Windows 10 and 7, macOS and WPS, of Excel and WPS after a crash, and of people.
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
# Marks of downloads, people and OneDrive (computer names); they count only if the file without them is there too.
MARKS_BESIDE = (
    *MARKS,
    re.compile(r"\s*[（(]\d{1,3}[）)]$"),
    re.compile(rf"(?:副本|备份){_NUMBER}$"),
    re.compile(r"-(?=[\d-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,16}$"),
)


def original(name: str, files: Collection[str]) -> str | None:
    """The file among `files` that this one is a copy of, by its name; "" where the original is not among them.

    None where the name has no mark of a copy.
    """
    path = PurePosixPath(name)
    for stem in reversed(_without_marks(path.stem)):
        for suffix in (path.suffix, *SUFFIXES):
            other = str(path.with_name(stem + suffix))
            if other != name and other in files:
                return other
    stem = path.stem
    return "" if any(mark.search(stem) for mark in MARKS) else None


def _without_marks(stem: str) -> list[str]:
    """The name without its last mark, without its last two, …"""
    stems: list[str] = []
    while stem:
        shorter = next((mark.sub("", stem) for mark in MARKS_BESIDE if mark.search(stem)), "").strip()
        if shorter:
            stems.append(shorter)
        stem = shorter
    return stems
