"""Rows of the indicator table → indicators. Knows the classes by their words and says where every cell went."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xlperf.checks.rules.vocabulary import is_measure
from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.faults import Faults
from xlperf.document.indicator_columns import (
    CARRIED,
    IndicatorColumns,
    captions,
    columns_of,
    is_second_head,
    two_rows,
)
from xlperf.document.indicator_rows import NUMBERS, Fields, fields_of, is_template, without_captions
from xlperf.document.labels import choices, class_text, indicators_caption, is_level1, is_level2, key
from xlperf.document.target import BLANK, Reading, joined_target, read_target, stated_sign, within
from xlperf.document.ticks import chosen, ticked
from xlperf.measure import CLASSES, class_name, first_level_classes
from xlperf.model import Indicator, Operator
from xlperf.model.text import fold, read_number, squeeze

_TEXTS = ("deviation_reason", "remark")


class IndicatorTable:
    """The indicators of one project, taken row by row; class names stand only on the first row of their class."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._columns = IndicatorColumns()
        self._under_unknown: dict[Cell, list[Cell]] = {}  # by the head nobody knows
        self._level1 = ""
        self._level2 = ""
        self._other = False  # whether the list being read is of another period
        self._head: Row | None = None  # the row just read, if it was a head, which may take a second row
        self._periods: tuple[str, ...] = ()  # of the objectives, as given with that head
        self._doubtful: tuple[Cell, ...] = ()  # a head from which the columns cannot be told
        self.indicators: list[Indicator] = []
        self.lines: list[int] = []
        self.fields: set[str] = set()
        """The columns that were met."""
        self.aside: list[tuple[str, Cell]] = []
        """Known cells that are not of this year's plan, each with the label it stands under."""

    def close(self) -> None:
        """No row follows: say of each column that nobody knows how much it holds."""
        self._faults.unread(self._doubtful)
        for head, cells in self._under_unknown.items():
            if any(_matters(cell.text) for cell in cells):
                self._faults.unread((head, *cells))
                continue
            quoted = f"{head.text}：{cells[0].text}" if cells else head.text
            self._faults.add("XPF110", head.line, count=len(cells) or 1, text=quoted)

    @property
    def open(self) -> bool:
        """Whether a head was met, so that rows are indicators."""
        return bool(self._columns.fields)

    def may_end_at(self, row: Row) -> bool:
        """Whether this row can stand below the indicators: it begins no later than they do."""
        first = next((index for index, cell in enumerate(row.cells) if cell.text), 0)
        return first <= self._columns.fields.get("level1", 0)

    def head(self, row: Row, above: Row | None = None, periods: tuple[str, ...] = ()) -> None:
        """Learn the columns from a head; `above` and `periods` as in `columns_of`."""
        self._faults.unread(self._doubtful)
        self._columns = columns_of(row, above, periods)
        self._doubtful = row.filled if self._columns.is_doubtful else ()
        for cell in self._columns.unknown.values():
            self._under_unknown.setdefault(cell, [])
        self._other = next(captions(row), "") == "other"
        self._head, self._periods = row, periods

    def take(self, row: Row) -> None:
        """Read one row below the head."""
        if self._head is not None:
            if self._second_head(self._head, row):
                return
            self._head = None
            self.fields |= {*self._columns.fields, *(each.field for each in self._columns.ticks.values())}
        periods = set(captions(row))
        if periods - {""}:
            self._other = "other" in periods
        filled = without_captions(row)
        if not filled:
            return
        if self._other:
            self.aside += [("指标", cell) for cell in filled]
            return
        fields = fields_of(row, self._columns, self._level1, self._level2)
        if fields is None:
            if not is_template(filled):
                self._faults.unread(filled)
            return
        self._account(row, fields)
        ticks = self._ticked(row) if len(row.cells) == self._columns.width else {}
        self._add({name: cell for name, cell in fields.items() if cell.text}, filled, ticks)

    def continues_head(self, row: Row) -> bool:
        """Whether a row is the second one of the head just read."""
        return self._head is not None and is_second_head(row)

    def _second_head(self, above: Row, row: Row) -> bool:
        """Take the second row of a head, if it is one."""
        if not self.continues_head(row):
            return False
        for cell in self._columns.unknown.values():
            self._under_unknown.pop(cell, None)
        self._doubtful = ()
        self.head(two_rows(above, row), None, self._periods)
        return True

    def _account(self, row: Row, fields: Fields) -> None:
        """Say of every cell of a row that was read where it went."""
        claimed, texts = {id(cell) for cell in fields.values()}, {cell.text for cell in fields.values()}
        columns = self._columns if len(row.cells) == self._columns.width else IndicatorColumns()
        strays = []
        for at, cell in enumerate(row.cells):
            if not cell.text or id(cell) in claimed or at in columns.ticks or indicators_caption(cell.text) is not None:
                continue
            if at in columns.passed:
                self.aside.append((columns.passed[at], cell))
            elif at in columns.unknown:
                self._under_unknown[columns.unknown[at]].append(cell)
            elif cell.text not in texts:
                strays.append(cell)
        figures = any(ticked(cell.text) or _matters(cell.text) for cell in strays)
        (self._faults.unread if figures else self._faults.strays)(strays)

    def _ticked(self, row: Row) -> dict[str, list[str]]:
        """The choices that are ticked in a row, by field."""
        found: dict[str, list[str]] = {}
        for index, head in self._columns.ticks.items():
            is_ticked = ticked(row.cells[index].text)
            if is_ticked is None:
                self._faults.unread((row.cells[index],))
            elif is_ticked:
                found.setdefault(head.field, []).append(head.tick)
        if len(found.get("likelihood", ())) > 1:
            self._faults.unread(cell for index, cell in enumerate(row.cells) if index in self._columns.ticks)
            del found["likelihood"]
        return found

    def _chosen(self, fields: Fields, ticks: Mapping[str, list[str]]) -> dict[str, object]:
        """Kinds of the deviation and the likelihood, by ticks or by the words of a column of its own."""
        found = dict(ticks)
        for name in ("deviation_kinds", "likelihood"):
            if name not in fields or fields[name].text in BLANK:
                continue
            words = chosen(fields[name].text, choices(name))
            if words is None or (name == "likelihood" and len(words) > 1):
                self._faults.unread((fields[name],))
            else:
                found[name] = [*found.get(name, ()), *(choices(name)[word] for word in words)]
        kinds, likelihood = found.get("deviation_kinds", ()), found.get("likelihood")
        return {"deviation_kinds": tuple(kinds), "likelihood": likelihood[0] if likelihood else None}

    def _add(self, fields: Fields, filled: tuple[Cell, ...], ticks: Mapping[str, list[str]]) -> None:
        text = {name: one_line(cell.text) for name, cell in fields.items()}
        classes = {name: class_text(text[name]) for name in CARRIED if name in text}
        if "level1" in classes and is_level2(classes["level1"]) and not is_level1(classes["level1"]):
            classes["level2"] = classes["level1"]  # one cell over both levels
            classes["level1"] = _first_level_of(classes["level1"], classes["level1"])
        elif classes.get("level1", self._level1) != self._level1 and {"name", "target"} <= text.keys():
            classes.setdefault("level2", classes["level1"])
        if classes.get("level1", self._level1) != self._level1:
            self._level1, self._level2 = classes["level1"], ""
        self._level2 = classes.get("level2", self._level2)
        if "level1" not in self._columns.fields and self._level2 not in CLASSES.get(self._level1, ()):
            self._level1 = _first_level_of(self._level2, self._level1)
        line = filled[0].line
        if "target" not in text and is_template([cell for name, cell in fields.items() if name not in CARRIED]):
            if not all(is_level1(each) or is_level2(each) for each in classes.values()):
                self._faults.unread(filled)
            return
        if "target" not in text and not classes:  # half a row: the end of a page cut it
            self._faults.unread(filled)
            return
        reading = self._target(text)
        for code in reading.codes:
            self._faults.add(code, fields["target"].line, field="指标值", text=reading.target.raw)
        target = reading.target
        wordless = target.value is None and target.operator is not Operator.NOT_APPLICABLE
        if (wordless and "XPF112" not in reading.codes) or not (self._level1 and self._level2 and "name" in text):
            self._faults.add("XPF108", line, text=" | ".join(text.values()))
        self.lines.append(line)
        self.indicators.append(
            Indicator.model_validate(
                {
                    "level1": self._level1,
                    "level2": self._level2,
                    "target": target,
                    **{name: text.get(name, "") for name in ("name", "description", "basis")},
                    **{name: self._number(fields[name]) for name in NUMBERS if name in fields},
                    **{name: text[name] for name in _TEXTS if name in text and text[name] not in BLANK},
                    **self._chosen(fields, ticks),
                    **{name: _quantity(text[name], target.unit) for name in ("actual", "expected") if name in text},
                }
            )
        )

    def _target(self, text: Mapping[str, str]) -> Reading:
        if self._columns.fields.keys().isdisjoint(("sign", "direction", "unit")):
            return read_target(text.get("target", ""))
        signs = [text[name] for name in ("sign", "direction") if name in text]
        sign = next((each for each in signs if stated_sign(each) is not None), signs[0] if signs else "")
        return joined_target(sign, text.get("target", ""), text.get("unit", ""))

    def _number(self, cell: Cell) -> Decimal | None:
        """Points, or a weight: 7.5, 10分."""
        words = squeeze(cell.text).removesuffix("分").removesuffix("%")
        if words in BLANK:
            return None
        number = read_number(words)
        held = within(number) if number is not None else None
        if held is None:
            self._faults.add("XPF102", cell.line, field="分值", text=cell.text)
        return held


def _quantity(text: str, unit: str) -> Decimal | str | None:
    """What was reached: the number before its unit (13台, 95%), else the words."""
    if fold(text) in BLANK:
        return None
    target = read_target(text).target
    if isinstance(target.value, Decimal) and not target.operator_stated and target.unit in ("", unit, "%"):
        return target.value
    return text


def _matters(text: str) -> bool:
    """Whether a cell holds a sign, a figure or a unit of measure, which may be a part of a target."""
    is_figure = isinstance(read_target(text).target.value, Decimal)
    return stated_sign(text) is not None or is_figure or is_measure(squeeze(text))


def _first_level_of(level2: str, unknown: str) -> str:
    """The first-level class of one of the second, be it that it ends in its name (居民满意度指标), else `unknown`."""
    name = class_name(key(level2))
    official = [first for first, below in CLASSES.items() if name in below]
    ending = [first for first in first_level_classes() if name.endswith(first)]
    return next(iter((*official, *ending)), unknown)
