"""Rows of the indicator table → indicators. Knows the columns by their heads and the classes by their words.

A row that does not fit its head is aligned only where the class words leave one way to do it; else it is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.faults import Faults
from xlperf.document.labels import INDICATORS, column, is_level1, is_level2, key
from xlperf.document.target import read_target
from xlperf.model import Indicator, Operator

_ORDER = ("level1", "level2", "name", "description", "target", "basis")
_Fields = Mapping[str, Cell]


def is_head(row: Row) -> bool:
    """Whether this row is the head of an indicator table (it is repeated after a page break)."""
    fields = {column(cell.text) for cell in row.cells}
    return {"level1", "name"} <= fields or {"level1", "level2"} <= fields


class IndicatorTable:
    """The indicators of one project, taken row by row; class names stand only on the first row of their class."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._columns: dict[str, int] = {}
        self._width = 0
        self._level1 = ""
        self._level2 = ""
        self.indicators: list[Indicator] = []
        self.lines: list[int] = []

    @property
    def open(self) -> bool:
        """Whether a head was met, so that rows are indicators."""
        return bool(self._columns)

    def head(self, row: Row) -> None:
        """Learn the columns from their heads; a merged head is that of its first column."""
        self._columns, strays = {}, []
        for index, cell in enumerate(row.cells):
            field = column(cell.text)
            if field is not None:
                self._columns.setdefault(field, index)
            elif key(cell.text) != INDICATORS:
                strays.append(cell)
        self._width = len(row.cells)
        self._faults.strays(strays)

    def take(self, row: Row) -> None:
        """Read one row below the head."""
        filled = tuple(cell for cell in row.filled if key(cell.text) != INDICATORS)
        if not filled:
            return
        fields = self._by_place(row) or self._by_words(filled) or _classes(filled)
        if fields is None:
            self._faults.strays(filled)
            return
        claimed = {id(cell) for cell in fields.values()}
        texts = {cell.text for cell in fields.values()}
        self._faults.strays(cell for cell in filled if id(cell) not in claimed and cell.text not in texts)
        self._add({name: cell for name, cell in fields.items() if cell.text}, filled)

    def _by_place(self, row: Row) -> _Fields | None:
        """The fields by the places of their heads, if the classes stand in theirs and nothing stands between fields."""
        blank = Cell("", row.cells[0].line)
        cells = row.cells + (blank,) * (self._width - len(row.cells))
        fields = {name: cells[index] for name, index in self._columns.items()}
        level1, level2 = fields.get("level1", blank).text, fields.get("level2", blank).text
        target = fields.get("target", blank).text
        if len(row.cells) != self._width:
            if not (is_level2(level2) or (not level2 and not level1)) or not target:
                return None
            beyond = any(cell.text for cell in row.cells[self._width :])
            if beyond and read_target(target).target.operator is Operator.QUALITATIVE:
                return None
        elif is_level2(level1) and not (is_level1(level1) and target):
            return None
        places, texts = set(self._columns.values()), {cell.text for cell in fields.values()}
        between = (cell.text for index, cell in enumerate(cells[: max(places)]) if index not in places)
        if any(text and text not in texts and key(text) != INDICATORS for text in between):
            return None
        return fields

    def _by_words(self, filled: tuple[Cell, ...]) -> _Fields | None:
        """The fields of a row whose blank cells were lost: its class words say which columns are there."""
        names = [name for name in _ORDER if name in self._columns]
        first, second = (*(cell.text for cell in filled), "")[:2]
        if is_level1(first) and is_level2(second):
            lead = 0
        elif is_level2(first):
            lead = 1
        elif self._level2 and not is_level1(first):
            lead = 2
        else:
            return None
        if names[:2] != ["level1", "level2"] or len(filled) != len(names) - lead:
            return None
        fields = dict(zip(names[lead:], filled, strict=True))
        worded = "target" in fields and read_target(fields["target"].text).target.operator is Operator.QUALITATIVE
        return None if lead == 2 and worded else fields  # without a class word, a figure must show what the row is

    def _add(self, fields: _Fields, filled: tuple[Cell, ...]) -> None:
        text = {name: one_line(cell.text) for name, cell in fields.items()}
        if text.get("level1", self._level1) != self._level1:
            self._level1, self._level2 = text["level1"], ""
        self._level2 = text.get("level2", self._level2)
        line = filled[0].line
        if not text.keys() - {"level1", "level2"}:  # a class without an indicator
            self._faults.add("XPF108", line, text=" | ".join(text.values()))
            return
        target, codes = read_target(text.get("target", ""))
        for code in codes:
            self._faults.add(code, fields["target"].line, field="指标值", text=target.raw)
        wordless = target.value is None and target.operator is not Operator.NOT_APPLICABLE
        if (wordless and "XPF112" not in codes) or not (self._level1 and self._level2 and "name" in text):
            self._faults.add("XPF108", line, text=" | ".join(text.values()))
        self.lines.append(line)
        self.indicators.append(
            Indicator(
                level1=self._level1,
                level2=self._level2,
                name=text.get("name", ""),
                description=text.get("description", ""),
                target=target,
                basis=text.get("basis", ""),
            )
        )


def _classes(filled: tuple[Cell, ...]) -> _Fields | None:
    """The fields of a row that names its classes and nothing else."""
    if len(filled) == 2 and is_level1(filled[0].text) and is_level2(filled[1].text):
        return {"level1": filled[0], "level2": filled[1]}
    if len(filled) == 1 and is_level2(filled[0].text):
        return {"level2": filled[0]}
    return None
