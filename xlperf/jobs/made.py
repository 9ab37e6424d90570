"""Remembers what was made for somebody who named no target, to tell later whether anybody has changed it.

The record lies in the user's folder, beside the settings. What it does not tell of counts as somebody's own.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from xlperf.files import save_bytes
from xlperf.jobs.preference_files import user_file
from xlperf.model import XlperfError

Digests = dict[str, str]
"""SHA-256 of every file by its path within a folder; "" is the path of a file that lies in none."""


def note(path: Path) -> None:
    """Remember this file or folder as it now is, if it can be read. Raises XlperfError where the record cannot be."""
    digests = _digests(path)
    if digests is not None:
        _save({**_record(), os.path.abspath(path): digests})


def is_unchanged(path: Path) -> bool:
    """Whether the file or folder is what was made, with nothing added or missing."""
    digests = _digests(path)
    return digests is not None and _record().get(os.path.abspath(path)) == digests


def forget_all() -> None:
    """Remove the record, and its folder where nothing else is in it."""
    record = record_file()
    record.unlink(missing_ok=True)
    if record.parent.is_dir() and not any(record.parent.iterdir()):
        record.parent.rmdir()


def record_file() -> Path:
    """Where the record lies. Raises XlperfError where Windows names no such folder."""
    settings = user_file()
    if not settings:
        raise XlperfError("install_no_folder", name="APPDATA")
    return Path(settings).with_name("made.json")


def _record() -> dict[str, Digests]:
    """What is remembered; nothing where the record is gone or damaged."""
    try:
        said = json.loads(record_file().read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _save(record: dict[str, Digests]) -> None:
    there = {path: digests for path, digests in record.items() if os.path.exists(path)}
    save_bytes(record_file(), json.dumps(there, ensure_ascii=False, indent=1).encode(), force=True)


def _digests(path: Path) -> Digests | None:
    """None where a file cannot be read."""
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    try:
        return {_name(file, path): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    except OSError:
        return None


def _name(file: Path, top: Path) -> str:
    return "" if file == top else file.relative_to(top).as_posix()
