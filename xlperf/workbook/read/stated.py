"""Finds unit, year and date on the project sheets, for workbooks that have lost the sheets and the seal that name them.

Each project sheet shows unit and year in computed lines, some forms the year in their title and the day until which
they count; the project's code holds the year in which it began.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from xlperf.form import Answers
from xlperf.measure.codes import code_year
from xlperf.model import BudgetUnit
from xlperf.model.text import clean

LONGEST = 300  # characters of code and name
_UNIT, _YEAR = re.compile(r"([0-9]{6})?(.*)"), re.compile(r"(20[0-9]{2})年度")
_DATE = re.compile(r"截至(20[0-9]{2}-[01][0-9]-[0-3][0-9])")


class Stated(NamedTuple):
    """The units, years and dates that project sheets state, each once; none where none does."""

    units: tuple[BudgetUnit, ...]
    years: tuple[int, ...]
    dates: tuple[dt.date, ...]

    @property
    def unit(self) -> BudgetUnit:
        """The unit they agree on, else a blank one."""
        return self.units[0] if len(self.units) == 1 else BudgetUnit()

    @property
    def year(self) -> int | None:
        """The year they agree on."""
        return self.years[0] if len(self.years) == 1 else None

    @property
    def as_of(self) -> dt.date | None:
        """The day until which they all count."""
        return self.dates[0] if len(self.dates) == 1 else None


def stated(sheets: Sequence[Answers]) -> Stated:
    """What the project sheets with these answers state."""
    units = dict.fromkeys(unit for sheet in sheets if (unit := _unit(_line(sheet, "unit_line"))))
    years = dict.fromkeys(year for sheet in sheets if (year := _year(sheet)))
    dates = dict.fromkeys(day for sheet in sheets if (day := _date(_line(sheet, "date_line"))))
    return Stated(tuple(units), tuple(sorted(years)), tuple(dates))


def _line(sheet: Answers, key: str) -> str:
    held = sheet.single.get(key)
    return clean(held) if type(held) is str and len(held) < LONGEST else ""


def _unit(line: str) -> BudgetUnit | None:
    match = _UNIT.fullmatch(line)
    return BudgetUnit(code=match[1] or "", name=match[2]) if match and line else None


def _year(sheet: Answers) -> int:
    match = _YEAR.match(_line(sheet, "year_line") or _line(sheet, "title"))
    return int(match[1]) if match else code_year(_line(sheet, "code"))


def _date(line: str) -> dt.date | None:
    match = _DATE.fullmatch(line)
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:  # no such day
        return None
