"""Dates as cells hold them: serial numbers of either date system, and the ways people type them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model.text import clean, fold, visible

EPOCH = dt.date(1899, 12, 30)
DAYS_TO_1904 = 1462  # from the 1900 to the 1904 date system, which old Macs wrote
FIRST, LAST = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
_TYPED = re.compile(
    r"(\d{4})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)


def serial(day: dt.date) -> int:
    """A date as spreadsheets count days."""
    return (day - EPOCH).days


def from_serial(serial: Decimal, date1904: bool = False) -> dt.date | None:
    """The day of a serial number, its time of day dropped; None outside this century."""
    days = int(serial) + DAYS_TO_1904 * date1904
    if not (FIRST - EPOCH).days <= days <= (LAST - EPOCH).days:
        return None
    return EPOCH + dt.timedelta(days=days)


def from_text(text: str) -> dt.date | None:
    """The day a text says as 2023-10-31, 2023/10/31, 2023.10.31 or 2023年10月31日, any time of day dropped."""
    match = _TYPED.fullmatch(visible(fold(clean(text))))
    if match is None:
        return None
    try:
        day = dt.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
