"""Texts that state a unit: the unit of money at the end of a line, the code before the name of a budget unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from xlperf.model.text import MONEY_UNITS, clean, fold, squeeze

_LONGEST = 200  # characters of such a text
_UNIT_APART = "|".join(r"\s*".join(unit) for unit in MONEY_UNITS)  # a narrow cell breaks it
_MONEY_UNIT = re.compile(rf"(.*?)(?:\s*\()?\s*(?:金额|货币|计量)?单\s*位\s*:\s*(?:人民币)?({_UNIT_APART})\s*\)?")
_UNIT_CODE = re.compile(r"\[?([0-9]{6})(?![0-9])\]?[\s_-]*(.+)")
_SHORT_UNIT_CODE = re.compile(r"(?:\[([0-9]{3,12})\][\s_:—-]*|([0-9]{3,12})[\s_:—-]+)([^年月日0-9].*)")


class MoneyUnit(NamedTuple):
    """A stated unit of money, and what the line says before it (the budget unit, as a rule)."""

    before: str
    unit: str


def money_unit(text: str) -> MoneyUnit | None:
    """The statement of a line that ends in 单位：万元 or the like, or None."""
    plain = clean(text)
    match = _MONEY_UNIT.fullmatch(fold(plain)) if len(plain) <= _LONGEST else None
    return MoneyUnit(plain[: match.end(1)], squeeze(match[2])) if match else None


def unit_code(text: str, *, labelled: bool = False) -> tuple[str, str] | None:
    """(code, name) of a budget unit, 335001某某法院; None where there is no code before the name.

    Behind a label the code may be shorter or longer where something parts it from the name: 306 某某局, [017]某某局.
    """
    plain = clean(text)
    folded = fold(plain) if len(plain) <= _LONGEST else ""
    if match := _UNIT_CODE.fullmatch(folded):
        return match[1], plain[match.start(2) :]
    if labelled and (match := _SHORT_UNIT_CODE.fullmatch(folded)):
        return match[1] or match[2], plain[match.start(3) :]
    return None
