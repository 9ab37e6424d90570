"""Lines beside tables: the budget unit behind its label, the budget year, when a form was filled in."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlperf.document.labels import label
from xlperf.model.text import clean, fold, squeeze

_LONGEST = 200  # characters of such a line
_LABELLED = re.compile(r"([^:\n]{2,20}):[ \t]*(.*?)(?:[ \t]{2,}.*|[ \t]+(?:项目|预算)?年度:.*)?", re.DOTALL)
_YEAR_BESIDE = re.compile(r"(?:项目|预算)年度:(20\d\d)年?$")
_DATED = re.compile(
    r"(?:填[报表]|编制|制表|申报)?(?:日期|时间):?(?P<year>20\d\d)[年./-](?P<month>\d{1,2}).*|(?:预算|项目)年度:?(?P<budget>20\d\d)年?"
)


class Beside(NamedTuple):
    """What a line states: a unit (填报单位：某局), its code, a 主管部门, the budget year, when it was filled in."""

    unit: str = ""
    code: str = ""
    department: str = ""
    budget_year: int = 0
    filled_in: tuple[int, int] | None = None


def beside(text: str) -> Beside | None:
    """What this text states beside a table, perhaps nothing (联系电话：…); None where it is no such line."""
    text = clean(text)
    if len(text) > _LONGEST:
        return None
    if dated := _DATED.fullmatch(squeeze(text)):
        if dated["budget"]:
            return Beside(budget_year=int(dated["budget"]))
        return Beside(filled_in=(int(dated["year"]), int(dated["month"])))
    found = _LABELLED.fullmatch(fold(text))
    named = label(found[1]) if found else None
    if found is None or named is None or named.field not in ("unit", "unit_code", "department", "aside"):
        return None
    value = text[found.start(2) : found.end(2)].strip()
    year = _YEAR_BESIDE.search(squeeze(text))
    return Beside(
        unit=value if named.field == "unit" or squeeze(found[1]) == "单位" else "",
        code=value if named.field == "unit_code" else "",
        department=value if named.field == "department" else "",
        budget_year=int(year[1]) if year else 0,
    )
