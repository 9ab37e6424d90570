"""What a worksheet function is: its names, parameters, texts and formulas, and how a cell calls it.

Knows no function by name; they stand in `catalog`.
"""

from __future__ import annotations

from xlperf.measure.formula_parts import blank_kept
from xlperf.measure.records import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, Callable, Optional, Tuple

    from xlperf.measure.normal import Answer

PREFIX = "XLPERF_"

SCALAR, TABLE, ROW, RANGE = "scalar", "table", "row", "range"


class Param(NamedTuple):
    """A parameter.

    Kind `table` takes a cell or a range, `scalar` one cell, `row` the four cells of one project, `range` a range as a
    whole (or, for a rule pack, its name): the add-in is handed it as it stands.
    """

    name: str
    kind: str
    zh: str
    en: str
    unit: str = ""
    optional: bool = False
    default: str = ""


class Result(NamedTuple):
    """What a function answers; `unit` is empty for words."""

    zh: str
    en: str
    unit: str = ""


class Example(NamedTuple):
    """Arguments and the answer they give."""

    args: Tuple[Any, ...]
    answer: Answer


class Function(NamedTuple):
    """One worksheet function. `python` takes cells or ranges; `plain` takes reference texts, None for an absent one.

    Without `plain` it is for sheets of earlier editions and for whoever types it: new sheets do not hold it. A helper's
    cells hold its plain formula alone: a call out of the spreadsheet costs more than it.
    """

    name: str
    zh: str
    en: str
    params: Tuple[Param, ...]
    result: Result
    python: Callable[..., Any]
    plain: Optional[Callable[..., str]]
    example: Example
    is_helper: bool = False

    @property
    def worksheet_name(self) -> str:
        return PREFIX + self.name

    def formula(self, *refs: Optional[str]) -> str:
        """The plain worksheet formula, without "=", for one reference text per parameter; None or nothing: default."""
        required = [param for param in self.params if not param.optional]
        if not len(required) <= len(refs) <= len(self.params) or None in refs[: len(required)]:
            raise TypeError(f"{self.worksheet_name} takes {len(required)} to {len(self.params)} references")
        if self.plain is None:
            raise TypeError(f"{self.worksheet_name} has no plain formula")
        return self.plain(*refs)

    def call(self, *refs: Optional[str]) -> str:
        """The call of the add-in function, without "=", in which a blank cell is blank in every program.

        LibreOffice hands over a blank cell as 0 unless it is part of a range, and C3:C3 does not survive there: it is
        saved as C3.
        """
        arguments = list(refs)
        while arguments and arguments[-1] is None:
            arguments.pop()
        given = (_argument(param, ref) if ref else "" for param, ref in zip(self.params, arguments))
        return f"{self.worksheet_name}({','.join(given)})"

    def cell_formula(self, *refs: Optional[str]) -> str:
        """What a cell holds, without "=": the add-in's answer, or the plain formula's where no add-in answers.

        Of a function without a plain formula, as the first edition of the forms called it, nothing then.
        """
        if self.is_helper:
            return self.formula(*refs)
        plain = self.formula(*refs) if self.plain else '""'
        return f"IFERROR({self.call(*refs)},{plain})"


def _argument(param: Param, ref: str) -> str:
    return ref if ":" in ref or param.kind == RANGE else blank_kept(ref)
