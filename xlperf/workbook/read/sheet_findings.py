"""Findings about one sheet, collected while it is read: whoever finds a fault says where, in cells."""

from __future__ import annotations

from collections.abc import Iterable

from xlperf.checks import finding
from xlperf.files import Refused
from xlperf.model import Finding, Locus

LISTED = 5  # names in one sentence


def first_of(names: Iterable[str], most: int = LISTED) -> list[str]:
    """The names as a sentence lists them: the first ones, then … where there are more."""
    every = list(names)
    return [*every[:most], *(["…"] if len(every) > most else ())]


class SheetFindings:
    """The findings of one sheet of one file; `home` is the cell to go to for those about the sheet as a whole.

    `project_code` is the one that stands on a sheet that could not be read.
    """

    def __init__(self, file: str, sheet: str, home: str = "") -> None:
        self.file, self.sheet, self.home = file, sheet, home
        self.findings: list[Finding] = []
        self.project_code = ""

    def add(self, code: str, cell: str = "", **values: object) -> Finding:
        """Note a fault in a cell, or of the sheet as a whole."""
        found = finding(code, Locus(file=self.file, sheet=self.sheet, cell=cell or self.home), **values)
        self.findings.append(found)
        return found


def refusal(refused: Refused, file: str) -> Finding:
    """Why a file as a whole is not read."""
    return finding(refused.code, Locus(file=file), **refused.values)
