"""A reader that takes its process along on one file, as calamine does on a cell at XFD1048576."""

from __future__ import annotations

import os

from xlperf.consolidate.digest import refusal
from xlperf.consolidate.lines import Digest, Source


def read(source: Source) -> Digest:
    """Any answer but for the file that kills."""
    if source.shown == "致命.xlsx":
        os.abort()
    return refusal(source, "XPF210")


def lost(source: Source) -> Digest:
    """What stands in for it."""
    return refusal(source, "XPF201", reason="died")
