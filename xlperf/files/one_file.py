"""What one file may cost: its own time, and no other file, even where the fault is ours.

Knows nothing of what is done with a file; whoever works on it for long asks now and then whether there is time left,
and where the system has alarms, nobody who forgets to ask is left running.
"""

from __future__ import annotations

import math
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from typing import TypeVar

from xlperf import __version__
from xlperf.files.guard import Refused
from xlperf.model import XlperfError

OUR_FAULT, TOO_SLOW, TOO_LARGE = "XPF220", "XPF221", "XPF208"
SECONDS = 120  # for one file; the largest workbook of ours takes a sixth of it
AGAIN, SOON = 5.0, 0.001  # seconds from one alarm to the next, where the first was swallowed; and from the end to it
SHOWN = 100  # characters of an exception

_END: ContextVar[float] = ContextVar("_END", default=math.inf)

Made = TypeVar("Made")


def attempt(path: Path, work: Callable[[], Made]) -> Made | Refused:
    """What `work` makes of one file, or why the file is refused: a bug of ours and lack of time are reasons too.

    An attempt within another has no more time than that. Raises XlperfError, which stops a command, as it is.
    """
    token = _END.set(min(_END.get(), monotonic() + SECONDS))
    try:
        with _alarm():
            return work()
    except XlperfError:
        raise
    except Refused as refused:
        return refused
    except MemoryError:
        return Refused(TOO_LARGE, reason="内存不足")
    except Exception as error:
        return our_fault(path, f"{type(error).__name__}: {error}")
    finally:
        _END.reset(token)


def check_time() -> None:
    """Raises Refused where the time for the file at hand is up; outside an attempt there is no limit."""
    if monotonic() > _END.get():
        raise too_slow()


def too_slow() -> Refused:
    """The refusal of a file for which the time is up."""
    return Refused(TOO_SLOW, seconds=SECONDS)


@contextmanager
def _alarm() -> Iterator[None]:
    """Raises Refused in the midst of what is done when the time is up: where there are alarms, and none is set."""
    in_thread = threading.current_thread() is not threading.main_thread()
    if sys.platform == "win32" or in_thread or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    # One that rings while the alarm is taken down may leave it on: then it asks for the time of the file at hand.
    before = signal.signal(signal.SIGALRM, lambda *_: check_time())
    signal.setitimer(signal.ITIMER_REAL, max(_END.get() - monotonic(), 0) + SOON, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def our_fault(path: Path, error: str, trace: str = "") -> Refused:
    """The refusal of a file that met a bug, with a report on the exception at hand where the disk takes one."""
    try:
        place = saved(report(f"file: {path}\n\n{trace}".rstrip()))
    except OSError:
        place = "—"
    return Refused(OUR_FAULT, error=error[:SHOWN], report=place)


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
