"""A reader that takes its process along on some files: as a program crashes, is killed, or ends, and as it hangs."""

from __future__ import annotations

import os
import re
import signal

from xlperf.consolidate.file_result import refusal
from xlperf.consolidate.records import Digest, Source


def read(source: Source) -> Digest:
    """Any answer but for the files that kill."""
    if source.shown == "崩溃.xlsx":
        os.abort()  # as calamine does on a cell at XFD1048576
    if source.shown == "退出.xlsx":
        os._exit(0)
    if source.shown == "杀掉.xlsx":
        os.kill(os.getpid(), signal.SIGTERM)
    if source.shown == "卡住.xlsx":
        re.fullmatch("(a|a)*b", "a" * 64)  # holds on to the interpreter; no thread of it gets a turn
    if source.shown == "不可传.xlsx":
        return refusal(source, "XPF210")._replace(counts={"": lambda: 0})  # type: ignore[dict-item]
    return refusal(source, "XPF210")
