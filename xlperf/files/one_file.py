"""Limits the time one file may take, and turns our bugs on it into a refusal of that file.

Knows nothing of the work itself. Long work calls `check_time` now and then; where the system has alarms, they stop work
that does not.
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
AGAIN = 5.0  # seconds between alarms, as code may swallow the first
SOON = 0.001  # seconds from the end of the time to the first alarm
LONGEST_ERROR = 100  # characters of an exception in a finding

_END: ContextVar[float] = ContextVar("_END", default=math.inf)

Result = TypeVar("Result")


def attempt(path: Path, work: Callable[[], Result]) -> Result | Refused:
    """The result of `work` on one file, or the refusal of the file; our bugs and lack of time refuse it too.

    A nested attempt has no more time than the outer one. Raises XlperfError, which stops the command.
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
    """Raises Refused when the time of the current attempt is up; outside an attempt there is no limit."""
    if monotonic() > _END.get():
        raise too_slow()


def too_slow() -> Refused:
    """The refusal of a file that took too long."""
    return Refused(TOO_SLOW, seconds=SECONDS)


@contextmanager
def _alarm() -> Iterator[None]:
    """Raises Refused within the work when the time is up, where the system has alarms and none is set."""
    in_thread = threading.current_thread() is not threading.main_thread()
    if sys.platform == "win32" or in_thread or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    # An alarm during the clean-up may leave the next one set; check_time then asks about the file current by then.
    before = signal.signal(signal.SIGALRM, lambda *_: check_time())
    signal.setitimer(signal.ITIMER_REAL, max(_END.get() - monotonic(), 0) + SOON, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def our_fault(path: Path, error: str, trace: str = "") -> Refused:
    """The refusal of a file that hit a bug, with a saved report on the current exception if the disk allows."""
    try:
        report_path = saved(report(f"file: {path}\n\n{trace}".rstrip()))
    except OSError:
        report_path = "—"
    return Refused(OUR_FAULT, error=error[:LONGEST_ERROR], report=report_path)


def report(about: str) -> str:
    """The current exception with traceback, versions and platform."""
    machine = f"xlperf {__version__}, Python {sys.version} on {sys.platform}"  # `platform` asks WMI, which may hang
    return f"{machine}\n{about}\n\n{traceback.format_exc()}"


def saved(report: str) -> str:
    """Write the report to the temporary folder and return its path. Raises OSError."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="xlperf-report-", suffix=".txt", delete=False
    ) as file:
        file.write(report)
    return file.name
