"""Rows of the indicator table → indicators. Knows the columns by their heads and the classes by their words.

A row that does not fit its head is aligned only where the class words leave one way to do it; else it is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from xlperf.checks.rules.vocabulary import is_measure
from xlperf.document.blocks import Cell, Row, one_line
from xlperf.document.faults import Faults
from xlperf.document.labels import (
    Column,
    choices,
    class_text,
    column,
    ends_indicators,
    indicators_caption,
    is_level1,
    is_level2,
    key,
)
from xlperf.document.target import BLANK, Reading, joined_target, read_target, stated_sign, within
from xlperf.document.ticks import chosen, ticked
from xlperf.measure import CLASSES, class_name, first_level_classes
from xlperf.model import Indicator, Operator
from xlperf.model.text import fold, read_number, squeeze

_REPEATING = frozenset(("level2", "name", "target"))
"""Columns that stand twice where two lists of indicators stand side by side."""

CARRIED = ("level1", "level2")
"""Columns whose texts stand on the first row of their class only."""

_NUMBERS = ("weight", "points", "deduction")
_TEXTS = ("deviation_reason", "remark")
_TEMPLATE = re.compile(r"指标\d{0,2}|[.…·]{2,}|[xX×*]{2,}")
_YEARS_BEFORE = re.compile(r"20\d\d年(?:度|实际|完成)?[值数]?")
_Fields = Mapping[str, Cell]


def is_head(row: Row) -> bool:
    """Whether this row is the head of an indicator table (it is repeated after a page break)."""
    fields = {found.field for cell in row.cells if (found := column(cell.text))}
    is_named = not fields.isdisjoint(("name", "content"))
    is_of_class = "level1" in fields or ("target" in fields and not fields.isdisjoint(("level2", "type")))
    return {"level1", "level2"} <= fields or (is_named and is_of_class)


def is_foot(row: Row) -> bool:
    """Whether this row stands below the indicators: a sum, a signature."""
    words = (cell.text for cell in row.filled if indicators_caption(cell.text) is None)
    return ends_indicators(next(words, ""))


class IndicatorTable:
    """The indicators of one project, taken row by row; class names stand only on the first row of their class."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._columns: dict[str, int] = {}
        self._passed: dict[int, str] = {}  # columns that are known and not read: their heads
        self._ticks: dict[int, Column] = {}  # columns that are ticked
        self._unknown: dict[int, Cell] = {}  # heads nobody knows
        self._under_unknown: dict[Cell, list[Cell]] = {}
        self._width = 0
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
        return bool(self._columns)

    def may_end_at(self, row: Row) -> bool:
        """Whether this row can stand below the indicators: it begins no later than they do."""
        first = next((index for index, cell in enumerate(row.cells) if cell.text), 0)
        return first <= self._columns.get("level1", 0)

    def head(self, row: Row, above: Row | None = None, periods: tuple[str, ...] = ()) -> None:
        """Learn the columns from their heads; a merged head is that of its first column.

        `above` is the row before, which holds some of the heads where they take two rows. `periods` are those of the
        objectives, in the order they stand in: two lists side by side are of the same.
        """
        heads, caption = _heads(row), _caption(row)
        if above is not None and not any(each.field == "target" for each in heads.values()):
            heads = {**_heads(above), **heads}
        self._other = caption == "other"
        self._unknown = {
            index: cell
            for index, cell in enumerate(row.cells)
            if cell.text and index not in heads and indicators_caption(cell.text) is None
        }
        for cell in self._unknown.values():
            self._under_unknown.setdefault(cell, [])
        self._width = len(row.cells)
        self._faults.unread(self._doubtful)
        self._doubtful = ()
        self._arrange(heads, periods, row)
        self._head, self._periods = row, periods

    def _arrange(self, heads: dict[int, Column], periods: tuple[str, ...], row: Row) -> None:
        """Say which column holds what; of two lists side by side, the year's."""
        groups: list[dict[str, int]] = [{}]
        stated: list[set[str]] = [set()]
        self._passed, self._ticks = {}, {}
        for index, head in sorted(heads.items()):
            text = row.cells[index].text if index < len(row.cells) else ""
            if head.tick:
                self._ticks[index] = head
                continue
            if head.field == "spare" or (head.period == "other" and head.field not in _REPEATING - {"target"}):
                self._passed[index] = text
                continue
            if head.field in _REPEATING and head.field in groups[-1]:
                groups.append({})
                stated.append(set())
            if head.field in groups[-1]:
                self._passed[index] = text
                continue
            groups[-1][head.field] = index
            stated[-1].add(head.period)
        chosen = 0
        if len(groups) > 1:
            by_words = [at for at, words in enumerate(stated) if "year" in words and "other" not in words]
            by_order = [at for at, period in enumerate(periods) if period == "year"]
            if len(by_words) == 1:
                chosen = by_words[0]
            elif len(periods) == len(groups) and len(by_order) == 1:
                chosen = by_order[0]
            else:
                self._doubtful = row.filled
        columns = {**{name: groups[0][name] for name in CARRIED if name in groups[0]}, **groups[chosen]}
        for group in groups:
            for index in group.values():
                if index not in columns.values():
                    self._passed[index] = row.cells[index].text
        if "type" in columns and columns.keys().isdisjoint(CARRIED):
            columns["level2"] = columns.pop("type")
        elif "type" in columns:
            index = columns.pop("type")
            self._passed[index] = row.cells[index].text
        if "content" in columns:
            columns.setdefault("description" if "name" in columns else "name", columns.pop("content"))
            columns.pop("content", None)
        self._columns = columns
        if not {"name", "target"} <= columns.keys():
            self._doubtful = row.filled

    def take(self, row: Row) -> None:
        """Read one row below the head."""
        if self._head is not None:
            if self._second_head(self._head, row):
                return
            self._head = None
            self.fields |= {*self._columns, *(each.field for each in self._ticks.values())}
        periods = {caption for cell in row.filled if (caption := indicators_caption(cell.text)) is not None}
        if periods - {""}:
            self._other = "other" in periods
        filled = tuple(cell for cell in row.filled if indicators_caption(cell.text) is None)
        if not filled:
            return
        if self._other:
            self.aside += [("指标", cell) for cell in filled]
            return
        fields = self._by_place(row) or self._by_shift(row) or self._by_words(filled) or _classes(filled)
        if fields is None:
            if not _is_template(filled):
                self._faults.unread(filled)
            return
        self._account(row, filled, fields)
        chosen_here = self._ticked(row) if len(row.cells) == self._width else {}
        self._add({name: cell for name, cell in fields.items() if cell.text}, filled, chosen_here)

    def continues_head(self, row: Row) -> bool:
        """Whether a row is the second one of a head: every cell that it holds is a head too, and none is a class."""
        heads = [_head(cell.text) for cell in row.filled]
        named = any(is_level1(cell.text) or is_level2(cell.text) for cell in row.filled)
        return self._head is not None and bool(heads) and None not in heads and not named

    def _second_head(self, above: Row, row: Row) -> bool:
        """Take the second row of a head, if it is one."""
        if not self.continues_head(row):
            return False
        for cell in self._unknown.values():
            self._under_unknown.pop(cell, None)
        self._doubtful = ()
        self.head(_two_rows(above, row), None, self._periods)
        return True

    def _account(self, row: Row, filled: tuple[Cell, ...], fields: _Fields) -> None:
        """Say of every cell of a row that was read where it went."""
        claimed, texts = {id(cell) for cell in fields.values()}, {cell.text for cell in fields.values()}
        strays = []
        ticks = self._ticks if len(row.cells) == self._width else {}
        for index, cell in enumerate(row.cells):
            if not cell.text or id(cell) in claimed or index in ticks or indicators_caption(cell.text) is not None:
                continue
            if len(row.cells) == self._width and index in self._passed:
                self.aside.append((self._passed[index], cell))
            elif len(row.cells) == self._width and index in self._unknown:
                self._under_unknown[self._unknown[index]].append(cell)
            elif cell.text not in texts:
                strays.append(cell)
        figures = any(ticked(cell.text) or _matters(cell.text) for cell in strays)
        (self._faults.unread if figures else self._faults.strays)(strays)

    def _by_place(self, row: Row) -> _Fields | None:
        """The fields by the places of their heads, if the classes stand in theirs and nothing stands between fields."""
        blank = Cell("", row.cells[0].line)
        cells = row.cells
        if len(cells) == self._width - len(self._unknown):  # the rows have no such column
            rest = iter(cells)
            cells = tuple(blank if index in self._unknown else next(rest) for index in range(self._width))
            row = Row(cells)
        cells += (blank,) * (self._width - len(cells))
        fields = {name: cells[index] for name, index in self._columns.items()}
        level1, level2 = fields.get("level1", blank).text, fields.get("level2", blank).text
        target = fields.get("target", blank).text
        if len(row.cells) != self._width:
            if not (is_level2(level2) or (not level2 and not level1)) or not target:
                return None
            beyond = any(cell.text for cell in row.cells[self._width :])
            if beyond and read_target(target).target.operator is Operator.QUALITATIVE:
                return None
        elif is_level2(level1) and not (is_level1(level1) and target) and not self._spans(cells):
            return None
        first = min((self._columns[name] for name in CARRIED if name in self._columns), default=0)
        if any(is_level1(cell.text) for cell in cells[:first]):
            return None
        known = {*self._columns.values(), *self._passed, *self._unknown, *self._ticks}
        texts = {cell.text for cell in fields.values()}
        between = (cell.text for index, cell in enumerate(cells[: max(self._columns.values())]) if index not in known)
        if any(text and text not in texts and indicators_caption(text) is None for text in between):
            return None
        return fields

    def _spans(self, cells: tuple[Cell, ...]) -> bool:
        """Whether one class cell covers the columns of both levels, with an indicator behind it."""
        places = self._columns
        if not {"level1", "level2", "name", "target"} <= places.keys() or places["level2"] != places["level1"] + 1:
            return False
        level1, level2 = cells[places["level1"]].text, cells[places["level2"]].text
        return level2 in ("", level1) and bool(cells[places["name"]].text and cells[places["target"]].text)

    def _by_shift(self, row: Row) -> _Fields | None:
        """The fields of a row that lost blank cells at its beginning, as pages do whose merged cells were closed up.

        It begins with a class, which says how many.
        """
        places = self._columns
        if not {"level1", "level2", "name", "target"} <= places.keys():
            return None
        found = []
        for name, named in (("level1", is_level1), ("level2", is_level2)):
            shift = places[name]
            first = row.cells[0].text
            if shift == 0 or not named(first) or (name == "level2" and not self._level1):
                continue
            fields = {
                field: row.cells[index - shift]
                for field, index in places.items()
                if 0 <= index - shift < len(row.cells)
            }
            if name == "level1" and not is_level2(fields["level2"].text):
                continue
            if self._reads(fields):
                found.append(fields)
        return found[0] if len(found) == 1 else None

    def _reads(self, fields: _Fields) -> bool:
        """Whether a row put this way names an indicator and its target, and numbers stand where numbers belong."""
        name, target = fields.get("name"), fields.get("target")
        if name is None or target is None or not name.text or not target.text or is_level2(name.text):
            return False
        if "sign" in fields and stated_sign(fields["sign"].text) is None:
            return False
        numbers = (fields[name].text for name in _NUMBERS if name in fields)
        return all(text in BLANK or read_number(text) is not None for text in numbers)

    def _by_words(self, filled: tuple[Cell, ...]) -> _Fields | None:
        """The fields of a row whose blank cells were lost: its class words say which columns are there."""
        names = sorted(self._columns, key=self._columns.__getitem__)
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

    def _ticked(self, row: Row) -> dict[str, list[str]]:
        """The choices that are ticked in a row, by field."""
        found: dict[str, list[str]] = {}
        for index, head in self._ticks.items():
            is_ticked = ticked(row.cells[index].text)
            if is_ticked is None:
                self._faults.unread((row.cells[index],))
            elif is_ticked:
                found.setdefault(head.field, []).append(head.tick)
        if len(found.get("likelihood", ())) > 1:
            self._faults.unread(cell for index, cell in enumerate(row.cells) if index in self._ticks)
            del found["likelihood"]
        return found

    def _chosen(self, fields: _Fields, ticks: Mapping[str, list[str]]) -> dict[str, object]:
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

    def _add(self, fields: _Fields, filled: tuple[Cell, ...], ticks: Mapping[str, list[str]]) -> None:
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
        if "level1" not in self._columns and self._level2 not in CLASSES.get(self._level1, ()):
            self._level1 = _first_level_of(self._level2, self._level1)
        line = filled[0].line
        if "target" not in text and _is_template([cell for name, cell in fields.items() if name not in CARRIED]):
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
                    **{name: self._number(fields[name]) for name in _NUMBERS if name in fields},
                    **{name: text[name] for name in _TEXTS if name in text and text[name] not in BLANK},
                    **self._chosen(fields, ticks),
                    **{name: _quantity(text[name], target.unit) for name in ("actual", "expected") if name in text},
                }
            )
        )

    def _target(self, text: Mapping[str, str]) -> Reading:
        if self._columns.keys().isdisjoint(("sign", "direction", "unit")):
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


def _heads(row: Row) -> dict[int, Column]:
    """The heads of columns by place; what stands left of the first level is a caption where it can be one."""
    heads = {index: found for index, cell in enumerate(row.cells) if (found := _head(cell.text))}
    fields = {head.field: index for index, head in heads.items()}
    behind = [at for at, cell in enumerate(row.cells) if indicators_caption(cell.text) == "" and at not in heads]
    if fields.keys().isdisjoint(("name", "content")) and behind and behind[-1] > fields.get("level2", len(row.cells)):
        heads[behind[-1]] = Column("name")
    first = next((index for index, head in heads.items() if head.field == "level1"), 0)
    return {
        index: head
        for index, head in heads.items()
        if index >= first or indicators_caption(row.cells[index].text) is None
    }


def _head(text: str) -> Column | None:
    """The column that a head names; years alone are those before, below 近两年指标值."""
    return column(text) or (Column("spare") if _YEARS_BEFORE.fullmatch(squeeze(text)) else None)


def _two_rows(above: Row, below: Row) -> Row:
    """A head of two rows as one: what stands below wins, each under what spans it.

    Where blank cells were lost, choices below stand for the one head over them: 偏差原因, 完成目标可能性.
    """
    if len(above.cells) == len(below.cells) and not (below.cells[0].text and is_head(above)):
        both = zip(above.cells, below.cells, strict=True)
        return Row(tuple(lower if lower.text else upper for upper, lower in both))
    parts: dict[str, list[Cell]] = {}
    for cell in below.filled:
        found = column(cell.text)
        parts.setdefault("likelihood" if found and found.field == "likelihood" else "deviation_reason", []).append(cell)
    cells: list[Cell] = []
    for cell in above.cells:
        found = column(cell.text)
        cells += parts.pop(found.field, [cell]) if found else [cell]
    return Row((*cells, *(cell for rest in parts.values() for cell in rest)))


def _caption(row: Row) -> str | None:
    return next((found for cell in row.cells if (found := indicators_caption(cell.text)) is not None), None)


def _is_template(cells: tuple[Cell, ...] | list[Cell]) -> bool:
    """Whether nothing but what the blank form prints stands here: 指标2, ……"""
    return all(_TEMPLATE.fullmatch(squeeze(cell.text)) for cell in cells)


def _first_level_of(level2: str, unknown: str) -> str:
    """The first-level class of one of the second, be it that it ends in its name (居民满意度指标), else `unknown`."""
    name = class_name(key(level2))
    official = [first for first, below in CLASSES.items() if name in below]
    ending = [first for first in first_level_classes() if name.endswith(first)]
    return next(iter((*official, *ending)), unknown)


def _classes(filled: tuple[Cell, ...]) -> _Fields | None:
    """The fields of a row that names its classes and nothing else."""
    if len(filled) == 2 and is_level1(filled[0].text) and is_level2(filled[1].text):
        return {"level1": filled[0], "level2": filled[1]}
    if len(filled) == 1 and (is_level1(filled[0].text) or is_level2(filled[0].text)):
        return {"level1" if is_level1(filled[0].text) else "level2": filled[0]}
    return None
