"""Fetches a source through the guarded door, and turns its refusal into the error that stops a command on a document.

The door speaks of workbooks; where documents need another sentence, it stands here.
"""

from __future__ import annotations

import os
from pathlib import Path

from xlperf.checks import in_both
from xlperf.files import Refused
from xlperf.files.guard import fetch
from xlperf.model import UnreadableInput

_SENTENCES = {
    "XPF201": "source_damaged",
    "XPF202": "source_binary",
    "XPF203": "source_encrypted",
    "XPF208": "source_abnormal",
    "XPF234": "source_other_document",
    "XPF235": "source_other_document",
}


def fetched(path: Path) -> bytes:
    """The bytes of a source. Raises UnreadableInput where there is no file or nothing in it, else Refused."""
    if os.path.isdir(path):  # unlike the method it takes any name
        raise UnreadableInput("source_is_folder", path=path)
    try:
        return fetch(path)
    except ValueError as error:  # a path with a null character
        raise UnreadableInput("source_missing", path=path) from error
    except Refused as refused:
        is_missing = not os.path.lexists(path)  # also under a name that no file can have here
        if is_missing or refused.code == "XPF209":
            raise UnreadableInput("source_missing" if is_missing else "source_empty", path=path) from refused
        raise


def unreadable(refused: Refused, path: Path) -> UnreadableInput:
    """The error for a source that is refused."""
    if key := _SENTENCES.get(refused.code):
        return UnreadableInput(key, path=path, **refused.values)
    return UnreadableInput("source_unreadable", path=path, reason=in_both(refused.code, **refused.values))
