"""What every sheet about the whole department says of itself: units, date, months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlperf.consolidate.columns import FILES
from xlperf.consolidate.consolidation import Consolidation
from xlperf.measure import months_elapsed


def units(consolidation: Consolidation) -> str:
    """The first unit, and how many there are."""
    named = list(dict.fromkeys(file.unit for file in consolidation.files if file.reason is None and file.unit))
    return "".join(named[:1]) + (f" 等{len(named)}个单位" if len(named) > 1 else "")


def until(consolidation: Consolidation) -> str:
    """The day until which everything is counted."""
    days = dates(consolidation)
    return f"截至{days[0]:%Y-%m-%d}" if len(days) == 1 else f"截止日期不一，见“{FILES.title}”" if days else ""


def months(consolidation: Consolidation) -> str:
    """The months that have passed by that day, such as 1—6月; 截至日 where workbooks differ in it."""
    passed = {months_elapsed(date, consolidation.year) for date in dates(consolidation)}
    (month,) = passed if len(passed) == 1 else ("",)
    return f"1—{month}月" if isinstance(month, int) and month else "截至日"


def dates(consolidation: Consolidation) -> Sequence[dt.date]:
    """The days until which the workbooks count, each once."""
    return sorted({file.as_of for file in consolidation.files if file.reason is None and file.as_of})
