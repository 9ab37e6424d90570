"""Writes the text to send to those who owe something, beside the summary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from xlperf.consolidate.consolidation import Consolidation
from xlperf.document.project_list import Contact
from xlperf.files import save_bytes
from xlperf.report.reminder import reminder

WORKING_DAYS = 3  # until what is owed should be there


def remind(
    consolidation: Consolidation,
    summary: Path,
    by: dt.date | None = None,
    contacts: Mapping[str, Contact] = MappingProxyType({}),
    *,
    force: bool = False,
) -> tuple[str, Path | None]:
    """The text and where it was saved; "" and None where nothing is owed. `contacts` are persons by project code.

    The text goes nowhere else: contacts are nobody's business but the sender's. Raises UnwritableOutput.
    """
    text = reminder(consolidation, by or working_days_after(dt.date.today(), WORKING_DAYS), contacts)
    if not text:
        return "", None
    path = summary.with_name(f"{summary.stem}-催报.txt")
    # Notepad of old Windows takes a file without the mark for GBK, and knows one kind of line end.
    save_bytes(path, text.replace("\n", "\r\n").encode("utf-8-sig"), force=force)
    return text, path


def working_days_after(day: dt.date, count: int) -> dt.date:
    """The day so many days on, weekends not counted; of holidays nothing is known."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day
