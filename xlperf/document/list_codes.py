"""The project code in a cell of a list, in a column of its own or with the name. Knows what is no code any more."""

from __future__ import annotations

import re

from xlperf.checks import finding
from xlperf.document.sheets import Held, fault_of, has_lost_digits
from xlperf.measure.codes import LENGTH, check_code
from xlperf.measure.normal import EXACT_DIGITS
from xlperf.measure.statuses import CODE_LENGTH
from xlperf.model import Finding, Locus
from xlperf.model.messages import CODE_PROBLEMS
from xlperf.model.text import cut, cut_to_cell, fold, squeeze
from xlperf.ooxml.dates import from_text
from xlperf.ooxml.format_codes import Kind

_LONGEST_JOINED = 300  # characters of a code with its name
_CODE = rf"[0-9A-Za-z]{{{LENGTH}}}"
_JOINED = (
    re.compile(rf"[\[(【]?(?P<code>{_CODE})[\])】]?[\s\-—–_:.、/|]*(?P<name>.*)", re.DOTALL),
    re.compile(rf"(?P<name>.*?)[\s\-—–_:.、/|]*[\[(【]?(?P<code>{_CODE})[\])】]?", re.DOTALL),
    re.compile(r"(?P<code>[0-9A-Za-z]{4,})\s*[-—–_:|]\s*(?P<name>.+)", re.DOTALL),
)
_POWER = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


def parted(text: str) -> tuple[str, str]:
    """The code and the name that stand in one cell; without a code all of it is the name."""
    plain = fold(text)
    for pattern in _JOINED if len(text) <= _LONGEST_JOINED else ():
        if found := pattern.fullmatch(plain):
            start, end = found.span("name")
            return found["code"], text[start:end].strip()
    return "", text


def read_code(cell: Held, text: str, field: str, place: Locus) -> tuple[str, Finding | None]:
    """The code that the text of a cell is, and what is said of it.

    A date and a number that has lost its last digits are none: "".
    """
    code = squeeze(text)
    if cell.fault:
        return "", fault_of(cell, field, place)
    if not code:
        return "", finding("XPF103", place)
    if (cell.shown is not None and cell.shown.kind is Kind.MOMENT) or from_text(text) is not None:
        return "", finding("XPF121", place, text=cut(text), problem=CODE_PROBLEMS[CODE_LENGTH])
    if has_lost_digits(cell) or _is_rounded(code):
        return "", finding("XPF409", place, field=field, text=code)
    problem = check_code(code)
    odd = CODE_PROBLEMS.get(problem)
    return cut_to_cell(code), finding("XPF121", place, text=cut(code), problem=odd) if odd else None


def _is_rounded(code: str) -> bool:
    """Whether a code was kept as a number: a power of ten, or zeros behind the digits a spreadsheet keeps."""
    zeros = code.isdecimal() and len(code) == LENGTH and not code[EXACT_DIGITS:].strip("0")
    return zeros or _POWER.fullmatch(code) is not None
