"""Finds unit and year on the project sheets, for workbooks that have lost the sheets and the seal that name them.

Each project sheet shows both in computed lines, some forms the year in their title; the project's code holds the year
in which it began.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from xlperf.form import Answers
from xlperf.measure.codes import code_year
from xlperf.model import BudgetUnit
from xlperf.model.text import clean

LONGEST = 300  # characters of code and name
_UNIT, _YEAR = re.compile(r"([0-9]{6})?(.*)"), re.compile(r"(20[0-9]{2})年度")


class Stated(NamedTuple):
    """The units and years that project sheets state, each once; none where none does."""

    units: tuple[BudgetUnit, ...]
    years: tuple[int, ...]

    @property
    def unit(self) -> BudgetUnit:
        """The unit they agree on, else a blank one."""
        return self.units[0] if len(self.units) == 1 else BudgetUnit()

    @property
    def year(self) -> int | None:
        """The year they agree on."""
        return self.years[0] if len(self.years) == 1 else None


def stated(sheets: Sequence[Answers]) -> Stated:
    """What the project sheets with these answers state."""
    units = dict.fromkeys(unit for sheet in sheets if (unit := _unit(_line(sheet, "unit_line"))))
    years = dict.fromkeys(year for sheet in sheets if (year := _year(sheet)))
    return Stated(tuple(units), tuple(sorted(years)))


def _line(sheet: Answers, key: str) -> str:
    held = sheet.single.get(key)
    return clean(held) if type(held) is str and len(held) < LONGEST else ""


def _unit(line: str) -> BudgetUnit | None:
    match = _UNIT.fullmatch(line)
    return BudgetUnit(code=match[1] or "", name=match[2]) if match and line else None


def _year(sheet: Answers) -> int:
    match = _YEAR.match(_line(sheet, "year_line") or _line(sheet, "title"))
    return int(match[1]) if match else code_year(_line(sheet, "code"))
