"""What a finding asks of the person who filled in a form: to act, to go on filling in, or nothing they could do."""

from __future__ import annotations

from enum import IntEnum

from xlperf.checks.table import CODES
from xlperf.model import Severity


class Standing(IntEnum):
    """The order in which findings of one severity are told."""

    ACT = 0
    UNFILLED = 1
    INHERITED = 2


UNFILLED = frozenset(
    (
        *("XPF103", "XPF128", "XPF130", "XPF135", "XPF137", "XPF140"),  # what a project is
        *("XPF413", "XPF458", "XPF459", "XPF460"),  # cells of an indicator's row
        *("XPF444", "XPF446"),  # the spend plan
        *("XPF507", "XPF514", "XPF519", "XPF531", "XPF532", "XPF534", "XPF535", "XPF542"),  # what was done
    )
)
"""Codes that say no more than that something is blank."""

INHERITED = frozenset(
    (
        *("XPF104", "XPF114", "XPF132", "XPF134", "XPF138", "XPF139"),  # names of projects in an approved text
        *("XPF107", "XPF421", "XPF423", "XPF424", "XPF432"),  # signs and units of its targets
        *("XPF425", "XPF426", "XPF428", "XPF431", "XPF433", "XPF434", "XPF435", "XPF436", "XPF440"),  # its targets
        *("XPF451", "XPF452", "XPF453", "XPF454", "XPF455", "XPF457"),  # its wording
    )
)
"""Codes about what an approved text says. Who fills in a form of it cannot change that."""


def standing(code: str) -> Standing:
    """How findings of this code stand to the person; an error is always to be acted upon or filled in."""
    if code in UNFILLED:
        return Standing.UNFILLED
    is_inherited = code in INHERITED and CODES[code].severity is not Severity.ERROR
    return Standing.INHERITED if is_inherited else Standing.ACT


def rank(code: str) -> tuple[int, int]:
    """The place of a code among others: graver first, then by standing."""
    return list(Severity).index(CODES[code].severity), standing(code)
