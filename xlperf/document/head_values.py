"""What the head of a form says of its project: each value with its label → the field it is. Knows no rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlperf.document.amounts import Amounts, read_plan
from xlperf.document.blocks import Cell, lines_of, one_line
from xlperf.document.faults import Faults
from xlperf.document.items import numbered_items
from xlperf.document.labels import LONG_TEXTS, Label, key
from xlperf.document.target import BLANK
from xlperf.measure import CHECKPOINTS
from xlperf.model import SpendPlan
from xlperf.model.text import fold, read_money, squeeze

_SLOTS = {"funds": "purpose", "objectives": "objectives.text"}
"""Label → the slot in which its value stands on a form, where it is not called like the field."""

_CODE_AND_NAME = re.compile(r"([0-9A-Za-z]{15,24})\s*[-—_:]\s*(\S.*)", re.DOTALL)
_YEAR = re.compile(r"(20\d\d)年?度?")


class HeadValues:
    """The values of one project, taken one by one; the first that a label has stands."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.code = ""
        self.name = ""
        self.named_unit: Cell | None = None  # the budget unit that a label just named
        self.implementer: Cell | None = None
        self.department = ""
        self.unit_code = ""
        self.year: int | None = None
        self.aside: list[tuple[str, Cell]] = []
        """Known cells that no field of the model holds, each with its label."""
        self._seen: dict[str, set[str]] = {}  # values read, by field
        self._lines: dict[str, int] = {}
        self._amounts = Amounts(faults)
        self._texts: dict[str, str] = {}
        self._objectives: list[str] = []
        self._plan = SpendPlan()

    def take(self, of: Label, cell: Cell, unit: str, printed: str = "") -> bool:
        """Store the value that follows a label; whether there was room for it (or it repeats what is there).

        Amounts are in the unit that the label states, else in `unit`; `printed` is the label as the form has it.
        """
        text = squeeze(cell.text)
        if of.field in ("aside", "caption", "detail") or of.period == "other":
            self.aside.append((key(printed), cell))
            return True
        if of.stage in ("computed", "reason", "spare"):
            if of.stage != "computed":  # what is computed follows from the amounts
                self.aside.append((key(printed), cell))
            return True
        if of.field == "amount" or (of.field == "money" and read_money(cell.text) is not None):
            return self._amount(of, cell, unit, key(printed))
        if text in self._seen.setdefault(of.field, set()):
            return True
        self._seen[of.field].add(text)
        self._lines.setdefault(_SLOTS.get(of.field, of.field), cell.line)
        if of.field == "unit":
            self.named_unit = cell
            return True
        if of.field == "unit_code":
            self.unit_code = text
            return True
        if of.field == "implementer":
            self.implementer = self.implementer or cell
            return True
        if of.field == "year":
            stated = _YEAR.fullmatch(text)
            self.year = int(stated[1]) if stated and not self.year else self.year
            return True
        if of.field == "department":
            self.department = self.department or one_line(cell.text)
            return True
        if of.field == "code" and not self.code:
            self._code_and_name(cell, text)
            return True
        if of.field == "name" and not self.name:
            self._code_and_name(cell, "")
            return True
        if of.field == "objectives":
            self._objectives += lines_of(cell.text).split("\n")
            return True
        field = "purpose" if of.field == "funds" else of.field
        if field in LONG_TEXTS:
            before = self._texts.get(field)
            if before and field == "purpose":
                return False
            self._texts[field] = f"{before}\n{lines_of(cell.text)}" if before else lines_of(cell.text)
            return True
        return False

    def _code_and_name(self, cell: Cell, code: str) -> None:
        """Take a code, a name, or both from a cell that holds one of them or 编码-名称."""
        both = _CODE_AND_NAME.fullmatch(fold(one_line(cell.text)))
        if both:
            self.code = self.code or squeeze(both[1])
            self.name = self.name or one_line(cell.text)[both.start(2) :]
        elif code:
            self.code = code
        else:
            self.name = one_line(cell.text)

    def _amount(self, of: Label, cell: Cell, unit: str, printed: str) -> bool:
        kept = self._amounts.take(of.stage or "initial", of.source or "total", cell, of.unit or unit, printed)
        if kept and of.unit not in ("", "万元") and squeeze(cell.text) not in BLANK:
            self._faults.add("XPF105", cell.line, unit=of.unit)
        return kept

    def take_plan(self, planned: Mapping[int, Cell]) -> None:
        """Store the planned shares, each by the month at whose end it is due."""
        self._plan = read_plan(planned, self._faults)
        for place, month in enumerate(CHECKPOINTS):
            if month in planned:
                self._lines[f"shares.{place}"] = planned[month].line

    @property
    def has_amounts(self) -> bool:
        """Whether a label of an amount was met."""
        return self._amounts.any

    @property
    def lines(self) -> dict[str, int]:
        """The line of each value, by the name of its slot on a form."""
        return {**self._lines, **self._amounts.lines}

    @property
    def objective(self) -> str:
        """The objective as text, a line each."""
        return "\n".join(self._objectives)

    def fields(self, line: int) -> dict[str, object]:
        """The fields of the project as the model has them; an objective too long for a cell is told at `line`."""
        amounts = self._amounts
        objectives = (Cell(item, line) for item in numbered_items(self._objectives))
        return {
            "code": self.code,
            "name": self.name,
            "budget": {
                "initial": amounts.of("initial", "total"),
                "adjusted": amounts.of("adjusted", "total"),
                "adjusted_funds": amounts.funds("adjusted"),
                **amounts.funds("initial"),
            },
            "paid": amounts.funds("paid"),
            "expected": amounts.funds("expected"),
            "spend_plan": self._plan,
            "objectives": tuple(self._faults.fit(objective).text for objective in objectives),
            **self._texts,
        }
