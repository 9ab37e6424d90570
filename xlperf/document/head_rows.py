"""Rows of the head of a form → labels and their values. Knows which label a value belongs to, not what it means.

What a value is is said by the label to the left of its cell, by the head of the column above it, or by both:
其中：财政拨款 beside, 全年执行数 above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.document.blocks import Cell, Row
from xlperf.document.column_heads import ColumnHeads, are_heads, crossed, heads_of
from xlperf.document.faults import Faults
from xlperf.document.head_items import Item, items_of, states_amounts
from xlperf.document.head_values import HeadValues
from xlperf.document.indicator_rows import without_captions
from xlperf.document.labels import LONG_TEXTS, MONTHS, Label, is_level2, key, label
from xlperf.document.target import read_target
from xlperf.model.text import read_money

_BELOW = {"purpose": "purpose", "funds": "purpose", "objectives": "objectives", "attained": "attained"}
"""Fields that go on in the rows below their label: label → field."""

_WRITTEN_AS_MONEY = re.compile(r"[.,，．]\d|元")
_MONEY_WORDS = re.compile(r"合计|总计|小计|金额|资金|预算|拨款|经费|补助|收入|支出|投资|元")


class HeadRows:
    """The head of one form being read, row by row."""

    def __init__(self, values: HeadValues, faults: Faults) -> None:
        self._values = values
        self._faults = faults
        self.fields: set[str] = set()
        """The labels that were met."""
        self.goals: tuple[str, ...] = ()
        """The periods of the objectives, in their order."""
        self.code_line = 0
        """The line of the label 项目编码; sister forms have none."""
        self._loose: list[Cell] = []  # unread numbers that may be the amount, if there is no other
        self._months: dict[int, int] = {}  # place in the row of checkpoint labels → month
        self._months_width = 0
        self._below: str | None = None  # the field that rows without a label belong to
        self._above: ColumnHeads | None = None  # the heads of columns that the rows below fill
        self._money = False  # among the amounts
        self._detail = False  # among amounts that are not the budget by source
        self._money_unit = ""
        self._periods: dict[int, str] = {}  # place of a label → the period that the labels below it share
        self._only_labels: ColumnHeads | None = None  # the row above held labels only, whose values may stand below it

    def take(self, row: Row, unit: str) -> None:
        """Read one row; amounts without a unit of their own are in `unit`."""
        items = tuple(items_of(row, self._money))
        only_labels, self._only_labels = self._only_labels, None
        fields = {item.label.field for item in items if item.label}
        self.fields |= fields
        if not fields or (fields == {"spend_plan"} and self._months):  # the merged label repeated beside the shares
            unlabelled = tuple(Cell("", cell.line) if label(cell.text) else cell for cell in row.cells)
            self._continued(Row(unlabelled), unit, only_labels)
            return
        self._enter(items)
        if are_heads(items, self._money):
            self._above, self._below = heads_of(items, len(row.cells)), None
            self.goals = self._above.goals or self.goals
            return
        self._pairs(items, len(row.cells), unit)
        if len(items) > 1 and all(item.label for item in items):
            self._only_labels = ColumnHeads(items, len(row.cells), 0)

    def close(self) -> None:
        """No row follows: say that the code is missing where it is asked, and which numbers may be the amount."""
        if self.code_line and not self._values.code:
            self._faults.add("XPF103", self.code_line)
        if not self._values.has_amounts:
            self._faults.unread(self._loose)

    def awaits(self, row: Row) -> bool:
        """Whether a line between rows is a row that lost its other cells: an amount, or the objective."""
        heads = self._above.heads if self._above else ()
        below = any(head.label and head.label.field == "objectives" for head in heads)
        labels = [item.label for item in items_of(row, self._money)]
        amount = len(labels) > 1 and labels[0] is not None and labels[0].field == "amount"
        return amount or (below and not self._values.objective)

    def flat(self, values: Iterable[tuple[Item, Cell]], unit: str) -> None:
        """Take what a row of a list of many projects says of this one, each with the head of its column."""
        for head, cell in values:
            of = head.label
            self.fields |= {of.field} if of else set()
            if of is None or not self._value(of, cell, unit, head.cell.text):
                self._faults.strays((cell,))

    def _enter(self, items: tuple[Item, ...]) -> None:
        """Keep track of the block that these labels belong to."""
        first = items[0].label
        if first is None or first.field == "caption":
            return
        if first.field in ("money", "detail"):
            self._money, self._detail, self._money_unit = True, first.field == "detail", first.unit
        elif first.field != "amount":
            self._money = self._detail = False
            self._money_unit = ""
        else:
            return
        self._above, self._periods = None, {}

    def _pairs(self, items: tuple[Item, ...], width: int, unit: str) -> None:
        """A row of labels and the values behind them."""
        strays: list[Item] = []
        pending: Label | None = None
        at, beside = 0, ""  # the place of the pending label, and how it is printed
        taken = ""  # the text just consumed: merged cells may repeat it
        planned: dict[int, Cell] = {}
        months: dict[int, int] = {}
        labels = [item.label for item in items if item.label]
        of_year = any(found.field == "objectives" and found.period == "year" for found in labels)
        for item in items:
            found, cell = item.label, item.cell
            if found is not None:
                if of_year and found.field == "objectives" and not found.period:  # 总体目标 beside 年度目标
                    found = found._replace(period="other")
                found = self._in_period(found, item.place, is_twice=labels.count(found) > 1)
                pending, at, taken, beside = found, item.place, cell.text, cell.text
                if found.field in MONTHS:
                    months[item.place] = MONTHS[found.field]
                if found.field == "code":
                    self.code_line = cell.line
                if found.field != "amount":
                    self._below = _BELOW.get(found.field)
            elif cell.text == taken and not (pending and pending.field == "amount" and self._above):
                continue
            elif pending is not None and pending.field in MONTHS:
                planned[MONTHS[pending.field]], pending, taken = cell, None, cell.text
            elif pending is not None and pending.field == "amount" and self._above:
                if not self._crossed(self._above, pending, at, item, unit, width, beside):
                    strays.append(item)
            elif pending is not None and self._value(pending, cell, unit, beside):
                pending, taken = None, cell.text
            else:
                strays.append(item)
                taken = ""
                pending = None if pending and pending.field == "money" else pending  # what follows has another label
        if months:
            self._months, self._months_width, self._below = months, width, "spend_plan"
        if planned:
            self._take_plan(planned)
        self._not_read(strays, items)

    def _in_period(self, found: Label, place: int, *, is_twice: bool) -> Label:
        """The label with the period of the one above it, where it says none itself or stands twice in its row."""
        if found.field != "amount":
            return found
        if found.period and not (is_twice and place in self._periods):
            self._periods[place] = found.period
            return found
        return found._replace(period=self._periods.get(place, ""))

    def _not_read(self, strays: list[Item], items: tuple[Item, ...]) -> None:
        """Say what was not read: an error where it may be money."""
        if not strays:
            return
        if self._detail:
            self._values.aside += [(items[0].cell.text if items else "", item.cell) for item in strays]
            return
        labelled = any(item.label.field in ("amount", "money", "funds") for item in items if item.label)
        worded = any(_MONEY_WORDS.search(item.cell.text) for item in items if item.label is None)
        money = self._money or labelled or worded
        amounts = [text for item in strays if read_money(text := item.cell.text) is not None]
        is_amount = any(money or _WRITTEN_AS_MONEY.search(text) for text in amounts)
        if is_amount or any(_may_be_read(item.cell.text) for item in strays):
            self._faults.unread(item.cell for item in strays)
        else:
            self._loose += [item.cell for item in strays] if amounts else []
            self._faults.strays(item.cell for item in strays)

    def _crossed(
        self, above: ColumnHeads, beside: Label, at: int, item: Item, unit: str, width: int, printed: str
    ) -> bool:
        """Store an amount under a head of columns, in a row of this width whose label stands at the place `at`."""
        head = above.beside(at, item.place, width)
        if head is None or head.label is None:
            return False
        if head.label.field == "amount":
            return self._value(crossed(beside, head.label), item.cell, unit, printed)
        self._values.aside.append((key(head.cell.text), item.cell))
        return True

    def _value(self, of: Label, cell: Cell, unit: str, printed: str = "") -> bool:
        """Hand on the value of a label; whether there was room for it."""
        if self._detail:
            self._values.aside.append((key(printed), cell))
            return True
        return self._values.take(of._replace(unit=of.unit or self._money_unit), cell, unit, printed)

    def _continued(self, row: Row, unit: str, only_labels: ColumnHeads | None) -> None:
        """A row without any label: planned shares, what stands below heads of columns, the purpose, more objectives.

        `only_labels` is the row above it where that was one of labels without values.
        """
        filled = list({cell.text: cell for cell in without_captions(row)}.values())
        heads = self._above or (None if self._below else only_labels)
        if self._below == "spend_plan" and self._months:
            self._shares(row)
        elif filled and heads and (values := heads.below(row)):
            for head, cell in values:
                if head.label is None or not self._value(head.label, cell, unit, head.cell.text):
                    self._not_read([Item(0, cell, None)], heads.heads)
        elif filled and self._above:
            self._not_read([Item(0, cell, None) for cell in row.filled], self._above.heads)
        elif filled and self._below in LONG_TEXTS:
            is_read = self._value(Label(self._below), filled[0], "")
            self._not_read([Item(0, cell, None) for cell in filled[is_read:]], ())
        else:
            self._not_read([Item(0, cell, None) for cell in filled], tuple(items_of(row, self._money)))

    def _take_plan(self, planned: dict[int, Cell]) -> None:
        self._values.take_plan(planned)
        self._months = {}

    def _shares(self, row: Row) -> None:
        """The row below the checkpoints."""
        places = self._places(row)
        if places is None:
            self._faults.strays(row.cells)
            return
        planned = {month: row.cells[index] for index, month in places.items()}
        shown = {cell.text for cell in planned.values()}
        self._faults.strays(
            cell for index, cell in enumerate(row.cells) if index not in places and cell.text not in shown
        )
        self._take_plan(planned)

    def _places(self, row: Row) -> dict[int, int] | None:
        """Place in the row → month: below the labels, or, blank cells lost, in their order if there are as many."""
        if len(row.cells) == self._months_width:
            return self._months
        filled = [index for index, cell in enumerate(row.cells) if cell.text]
        for places in (list(range(len(row.cells))), filled):
            if len(places) == len(self._months):
                return dict(zip(places, self._months.values(), strict=True))
        return None


def _may_be_read(text: str) -> bool:
    """Whether a text that has no place holds an amount, a class of indicators or a target with its sign."""
    return states_amounts(text) or is_level2(text) or read_target(text).target.operator_stated
