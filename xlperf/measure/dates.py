"""How far the budget year has run at a date.

Knows serial dates and completed months; knows nothing of budgets or plans.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from xlperf.measure.normal import SERIAL_ORIGIN, is_error, number
from xlperf.measure.records import TYPE_CHECKING
from xlperf.measure.statuses import BAD_DATE, BLANK, NOT_A_NUMBER

if TYPE_CHECKING:
    from typing import Union

FIRST_DATE = 36526  # 2000-01-01
END_OF_DATES = 73051  # 2100-01-01
FIRST_YEAR, LAST_YEAR = 2000, 2099
MONTHS = 12


def months_elapsed(as_of: object, year: object = None) -> Union[int, str]:
    """Completed months of the budget year, 0-12, or the word that answers for them.

    `as_of` is a number of months 0-12, taken as it is, or a date 2000-2099 (serial number, date or datetime): 30
    October gives 9, 31 October 10; a date before `year` gives 0, after it 12. `year` blank is the date's own year.
    Anything else gives 日期有误; words and blanks in `as_of` as in `normal.number`.
    """
    value = number(as_of)
    if isinstance(value, str):
        return value
    if is_error(year):
        return NOT_A_NUMBER
    if 0 <= value <= MONTHS:
        return int(value) if value == int(value) else BAD_DATE
    budget_year = _budget_year(value, year)
    if budget_year is None:
        return BAD_DATE
    next_day = SERIAL_ORIGIN + timedelta(days=int(value) + 1)
    months = (next_day.year - budget_year) * MONTHS + next_day.month - 1
    return max(0, min(MONTHS, months))


def _budget_year(serial: Decimal, year: object) -> Union[int, None]:
    if not FIRST_DATE <= serial < END_OF_DATES:
        return None
    value = number(year)
    if value == BLANK:
        return (SERIAL_ORIGIN + timedelta(days=int(serial))).year
    if isinstance(value, Decimal) and value == int(value) and FIRST_YEAR <= value <= LAST_YEAR:
        return int(value)
    return None
