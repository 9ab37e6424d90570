"""What one file may cost: its own time, and no other file, even where the fault is ours.

Knows nothing of what is done with a file; whoever works on it for long asks now and then whether there is time left.
"""

from __future__ import annotations

import math
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from typing import TypeVar

from xlperf import __version__
from xlperf.files.guard import Refused
from xlperf.model import XlperfError

OUR_FAULT, TOO_SLOW, TOO_LARGE = "XPF220", "XPF221", "XPF208"
SECONDS = 120  # for one file; the largest workbook of ours takes a sixth of it
SHOWN = 100  # characters of an exception

_END: ContextVar[float] = ContextVar("_END", default=math.inf)

Made = TypeVar("Made")


def attempt(path: Path, work: Callable[[], Made]) -> Made | Refused:
    """What `work` makes of one file, or why the file is refused: a bug of ours and lack of time are reasons too.

    An attempt within another has no more time than that. Raises XlperfError, which stops a command, as it is.
    """
    token = _END.set(min(_END.get(), monotonic() + SECONDS))
    try:
        return work()
    except XlperfError:
        raise
    except Refused as refused:
        return refused
    except MemoryError:
        return Refused(TOO_LARGE, reason="内存不足")
    except Exception as error:
        return Refused(OUR_FAULT, error=f"{type(error).__name__}: {error}"[:SHOWN], report=_report_on(path))
    finally:
        _END.reset(token)


def check_time() -> None:
    """Raises Refused where the time for the file at hand is up; outside an attempt there is no limit."""
    if monotonic() > _END.get():
        raise Refused(TOO_SLOW, seconds=SECONDS)


def _report_on(path: Path) -> str:
    """Where the report about the exception at hand lies; "—" where the disk takes none."""
    try:
        return saved(report(f"file: {path}"))
    except OSError:
        return "—"


def report(about: str) -> str:
    """The exception at hand with all that helps to find its cause."""
    machine = f"xlperf {__version__}, Python {sys.version} on {sys.platform}"  # `platform` asks WMI, which may hang
    return f"{machine}\n{about}\n\n{traceback.format_exc()}"


def saved(report: str) -> str:
    """The path of the report, written to the temporary folder. Raises OSError."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="xlperf-report-", suffix=".txt", delete=False
    ) as file:
        file.write(report)
    return file.name
