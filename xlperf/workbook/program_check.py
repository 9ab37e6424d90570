"""The workbook on which a spreadsheet program checks itself: written, and read back once the program has saved it.

What differs is told from the saved answers, not from the verdicts the program wrote beside them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from xlperf.checks import message
from xlperf.files.guard import Refused, fetch, unpack
from xlperf.form import Cell, layout
from xlperf.form.assumptions import Check
from xlperf.form.compute import is_number
from xlperf.form.program_check import (
    CHECKS,
    MARKER,
    PROGRAM_CHECK,
    SIZES,
    TITLE,
    VERSION,
    check_answers,
    found_key,
    verdict_key,
)
from xlperf.form.seal import SEAL_PREFIX
from xlperf.model import UnreadableInput
from xlperf.model.text import cut
from xlperf.ooxml.fast_grid import shared_strings, sheet_grid
from xlperf.ooxml.grid import Grid, Value
from xlperf.ooxml.namespaces import PROPERTIES
from xlperf.ooxml.properties import LARGEST, properties_in
from xlperf.ooxml.workbook_parts import Book, open_book
from xlperf.ooxml.xml import elements
from xlperf.workbook.read.sheet_findings import refusal
from xlperf.workbook.write.assemble import Macros
from xlperf.workbook.write.sheets import FilledForm, write_sheets

PROPERTY = "program_check"
LONGEST_SHOWN = 120  # characters
PASTED = "不再是公式"
_APP = "docprops/app.xml"
_WPS = "KSOProductBuildVer"  # a custom property; the Application of WPS may be Microsoft Excel
# The platform and build of LibreOffice, the product id of WPS.
_NOISE = re.compile(r"\$.*|_[0-9A-Fa-f-]{36}$")


class Outcome(NamedTuple):
    """One check: its number, the cell of its answer, what it is about, and what a program made of it.

    `other` is the word for another answer that does no harm; "" where the answers differ or agree.
    """

    number: int
    cell: str
    what: str
    expected: str
    found: str
    agrees: bool
    other: str
    means: str


class ProgramCheck(NamedTuple):
    """A check workbook as it came back: the program that saved it, and every outcome.

    `outcomes` is empty where no program has computed the checks; `current` is off where another xlperf wrote them.
    """

    program: str
    current: bool
    outcomes: tuple[Outcome, ...]


def program_check_bytes(macros: Macros | None = None) -> bytes:
    """The workbook, its answers still blank; with `macros` an .xlsm in which the add-in's functions answer too."""
    return write_sheets([FilledForm(TITLE, PROGRAM_CHECK, check_answers())], {PROPERTY: VERSION}, macros=macros)


def is_program_check(path: Path) -> bool:
    """Whether the file says it is such a workbook; of any other kind of file no."""
    return f"{SEAL_PREFIX}{PROPERTY}".encode() in properties_in(path)


def read_program_check(path: Path) -> ProgramCheck:
    """What a program answered. Raises UnreadableInput with the reason for a file that is damaged or none of these."""
    try:
        book = open_book(unpack(fetch(path)))
        program = _program(book)
        if book.properties.get(SEAL_PREFIX + PROPERTY) != VERSION:
            return ProgramCheck(program, False, ())
        return ProgramCheck(program, True, _outcomes(_grid(book)))
    except Refused as refused:
        raise UnreadableInput("source_unreadable", path=path, reason=message(refusal(refused, path.name))) from refused


def _grid(book: Book) -> Grid:
    """The cells of the sheet with the marker."""
    strings = shared_strings(book.part(book.strings), book.strings) if book.strings else []
    marker = layout(PROGRAM_CHECK, SIZES).slots["marker"].cell
    for sheet in book.sheets:
        if sheet.part:
            grid = sheet_grid(book.part(sheet.part), strings, sheet.part, book.spend)
            if grid.values.get(marker) == MARKER:
                return grid
    raise Refused("XPF204")


def _outcomes(grid: Grid) -> tuple[Outcome, ...]:
    slots = layout(PROGRAM_CHECK, SIZES).slots
    if not any(slots[verdict_key(number)].cell in grid.values for number in range(1, len(CHECKS) + 1)):
        return ()
    outcomes = []
    for number, check in enumerate(CHECKS, start=1):
        cell = slots[found_key(number)].cell
        found = grid.values.get(cell, "")
        pasted = isinstance(check, Check) and cell not in grid.formulas
        agrees = _same(found, check.expected) and not pasted
        other = check.other[1] if check.other and not agrees and _same(found, check.other[0]) else ""
        expected, answer = _shown(check.expected), PASTED if pasted else _shown(found)
        outcomes.append(Outcome(number, cell, check.what, expected, answer, agrees, other, check.means))
    return tuple(outcomes)


def _same(found: Value, expected: Cell) -> bool:
    """Equal in value and kind: no text is a number, no truth value one either, and no error value a text."""
    return found == expected and type(found) is (str if isinstance(expected, str) else Decimal)


def _shown(value: Value | Cell) -> str:
    return f"{Decimal(value).normalize():f}" if is_number(value) else f"“{cut(value, LONGEST_SHOWN)}”"


def _program(book: Book) -> str:
    """What saved the file last, as it calls itself, with its version."""
    app = elements(book.package.get(_APP, b"<none/>")[:LARGEST], _APP, PROPERTIES)
    texts = {name: "".join(pieces).strip() for name, _, pieces in app}
    name = _NOISE.sub("", texts.get("Application", "")).replace("/", " ").replace("_", " ")
    if not re.search(r"\d", name):
        name = f"{name} {texts.get('AppVersion', '')}".strip()
    if _WPS in book.properties and "WPS" not in name:
        name += f"（WPS {book.properties[_WPS]}）"
    return cut(name, LONGEST_SHOWN)
