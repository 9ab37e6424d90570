"""Turns a refusal of the guarded door into the error that stops a command on a document.

The door speaks of workbooks; where documents need another sentence, it stands here.
"""

from __future__ import annotations

from pathlib import Path

from xlperf.checks import in_both
from xlperf.files import Refused
from xlperf.model import UnreadableInput

_SENTENCES = {
    "XPF201": "source_damaged",
    "XPF202": "source_binary",
    "XPF203": "source_encrypted",
    "XPF208": "source_abnormal",
    "XPF234": "source_other_document",
    "XPF235": "source_other_document",
}


def unreadable(refused: Refused, path: Path) -> UnreadableInput:
    """The error for a source that is refused."""
    if key := _SENTENCES.get(refused.code):
        return UnreadableInput(key, path=path, **refused.values)
    return UnreadableInput("source_unreadable", path=path, reason=in_both(refused.code, **refused.values))
