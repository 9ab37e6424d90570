"""One project table → one project. Knows which label a value belongs to; knows nothing of other tables or the year.

What the head of a form holds is said by the label to the left of a cell, by the head of the column above it, or by
both: 其中：财政拨款 beside, 全年执行数 above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlperf.document.amounts import Amounts, read_plan
from xlperf.document.blocks import Cell, Row, lines_of, one_line
from xlperf.document.column_heads import ColumnHeads, are_heads, crossed, heads_of
from xlperf.document.faults import Faults
from xlperf.document.head_items import Item, items_of, states_amounts
from xlperf.document.headings import Heading
from xlperf.document.indicator_columns import is_head
from xlperf.document.indicator_rows import is_foot, without_captions
from xlperf.document.indicators import IndicatorTable
from xlperf.document.items import numbered_items
from xlperf.document.labels import LONG_TEXTS, MONTHS, Label, is_level2, key, label
from xlperf.document.target import BLANK, read_target
from xlperf.measure import CHECKPOINTS
from xlperf.model import Period, Project, SpendPlan
from xlperf.model.text import fold, read_money, squeeze

_BELOW = {"purpose": "purpose", "funds": "purpose", "objectives": "objectives", "attained": "attained"}
"""Fields that go on in the rows below their label: label → field."""

_SLOTS = {"funds": "purpose", "objectives": "objectives.text"}
"""Label → the slot in which its value stands on a form, where it is not called like the field."""

_HEAD = frozenset(
    ("code", "name", "funds", "spend_plan", "objectives", "money", "conclusion", "problems", "measures", "remark")
)
"""Labels that begin a row of the head or the foot and nothing in the indicator table."""

_CODE_AND_NAME = re.compile(r"([0-9A-Za-z]{15,24})\s*[-—_:]\s*(\S.*)", re.DOTALL)
_YEAR = re.compile(r"(20\d\d)年?度?")
_WRITTEN_AS_MONEY = re.compile(r"[.,，．]\d|元")
_MONEY_WORDS = re.compile(r"合计|总计|小计|金额|资金|预算|拨款|经费|补助|收入|支出|投资|元")


class Table:
    """A project table being read, row by row."""

    def __init__(self, file: str, heading: Heading | None, line: int) -> None:
        self.heading = heading
        self.line = line
        self.faults = Faults(file)
        self.code = ""
        self.name = ""
        self.unit = 0  # which of the budget units that were named is its own
        self.named_unit: Cell | None = None  # the budget unit that a label of this table just named
        self.implementer: Cell | None = None
        self.department = ""
        self.unit_code = ""
        self.year: int | None = None
        self.started = False
        self.of_department = heading is not None and heading.of_department
        self.indicators = IndicatorTable(self.faults)
        self._lines: dict[str, int] = {}  # of what was read, by the name of its slot
        self.amid_indicators = False  # between the head of the indicators and the next label of the head
        self.fields: set[str] = set()  # the labels that were met
        self.aside: list[tuple[str, Cell]] = []  # known cells that no field of the model holds, each with its label
        self._code_line = 0  # of the label 项目编码; sister forms have none
        self._seen: dict[str, set[str]] = {}  # values read, by field
        self._amounts = Amounts(self.faults)
        self._texts: dict[str, str] = {}
        self._objectives: list[str] = []
        self._plan = SpendPlan()
        self._months: dict[int, int] = {}  # place in the row of checkpoint labels → month
        self._months_width = 0
        self._below: str | None = None  # the field that rows without a label belong to
        self._above: ColumnHeads | None = None  # the heads of columns that the rows below fill
        self._money = False  # among the amounts
        self._detail = False  # among amounts that are not the budget by source
        self._loose: list[Cell] = []  # rows of the head with numbers that may be its amount, if it has no other
        self._money_unit = ""
        self._periods: dict[int, str] = {}  # place of a label → the period that the labels below it share
        self._goals: tuple[str, ...] = ()  # the periods of the objectives, in their order
        self._previous: Row | None = None
        self._only_labels: ColumnHeads | None = None  # the row above held labels only, whose values may stand below it

    # --- rows --------------------------------------------------------------------------------------------------------

    def take(self, row: Row, unit: str) -> None:
        """Read one row; amounts without a unit of their own are in `unit`."""
        self.started = True
        above, self._previous = self._previous, row
        if is_head(row):
            self.amid_indicators = True
            self.indicators.head(row, above, self._goals)
            return
        first = label(row.filled[0].text) if self.indicators.may_end_at(row) else None
        if first and first.field in _HEAD:  # the head again, on a new page
            self.amid_indicators = False
        if self.indicators.open and is_foot(row) and not self.indicators.continues_head(row):
            return
        if not self.amid_indicators:
            self._head_row(row, unit)
        else:
            self.indicators.take(row)

    def awaits(self, row: Row) -> bool:
        """Whether a line between rows is a row of the head that lost its other cells: an amount, or the objective."""
        if not self.started or self.indicators.open:
            return False
        heads = self._above.heads if self._above else ()
        below = any(head.label and head.label.field == "objectives" for head in heads)
        labels = [item.label for item in items_of(row, self._money)]
        amount = len(labels) > 1 and labels[0] is not None and labels[0].field == "amount"
        return amount or (below and not self._objectives)

    def _head_row(self, row: Row, unit: str) -> None:
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
            self._goals = self._above.goals or self._goals
            return
        self._pairs(items, len(row.cells), unit)
        if len(items) > 1 and all(item.label for item in items):
            self._only_labels = ColumnHeads(items, len(row.cells), 0)

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
                    self._code_line = cell.line
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
            self._plan_read(planned)
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
            self.aside += [(items[0].cell.text if items else "", item.cell) for item in strays]
            return
        labelled = any(item.label.field in ("amount", "money", "funds") for item in items if item.label)
        worded = any(_MONEY_WORDS.search(item.cell.text) for item in items if item.label is None)
        money = self._money or labelled or worded
        amounts = [text for item in strays if read_money(text := item.cell.text) is not None]
        is_amount = any(money or _WRITTEN_AS_MONEY.search(text) for text in amounts)
        if is_amount or any(_may_be_read(item.cell.text) for item in strays):
            self.faults.unread(item.cell for item in strays)
        else:
            self._loose += [item.cell for item in strays] if amounts else []
            self.faults.strays(item.cell for item in strays)

    def _crossed(
        self, above: ColumnHeads, beside: Label, at: int, item: Item, unit: str, width: int, printed: str
    ) -> bool:
        """Store an amount under a head of columns, in a row of this width whose label stands at the place `at`."""
        head = above.beside(at, item.place, width)
        if head is None or head.label is None:
            return False
        if head.label.field == "amount":
            return self._value(crossed(beside, head.label), item.cell, unit, printed)
        self.aside.append((key(head.cell.text), item.cell))
        return True

    # --- values ------------------------------------------------------------------------------------------------------

    def _value(self, of: Label, cell: Cell, unit: str, printed: str = "") -> bool:
        """Store the value that follows a label; whether there was room for it (or it repeats what is there)."""
        text = squeeze(cell.text)
        if of.field in ("aside", "caption", "detail") or self._detail or of.period == "other":
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
        stated = of.unit or self._money_unit
        kept = self._amounts.take(of.stage or "initial", of.source or "total", cell, stated or unit, printed)
        if kept and stated not in ("", "万元") and squeeze(cell.text) not in BLANK:
            self.faults.add("XPF105", cell.line, unit=stated)
        return kept

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

    def _plan_read(self, planned: dict[int, Cell]) -> None:
        self._plan, self._months = read_plan(planned, self.faults), {}
        for place, month in enumerate(CHECKPOINTS):
            if month in planned:
                self._lines[f"shares.{place}"] = planned[month].line

    def _shares(self, row: Row) -> None:
        """The row below the checkpoints."""
        places = self._places(row)
        if places is None:
            self.faults.strays(row.cells)
            return
        planned = {month: row.cells[index] for index, month in places.items()}
        shown = {cell.text for cell in planned.values()}
        self.faults.strays(
            cell for index, cell in enumerate(row.cells) if index not in places and cell.text not in shown
        )
        self._plan_read(planned)

    def _places(self, row: Row) -> dict[int, int] | None:
        """Place in the row → month: below the labels, or, blank cells lost, in their order if there are as many."""
        if len(row.cells) == self._months_width:
            return self._months
        filled = [index for index, cell in enumerate(row.cells) if cell.text]
        for places in (list(range(len(row.cells))), filled):
            if len(places) == len(self._months):
                return dict(zip(places, self._months.values(), strict=True))
        return None

    # --- the project -------------------------------------------------------------------------------------------------

    def flat(self, values: Iterable[tuple[Item, Cell]], unit: str) -> None:
        """Take what a row of a list of many projects says of this one, each with the head of its column."""
        self.started = True
        for head, cell in values:
            of = head.label
            self.fields |= {of.field} if of else set()
            if of is None or not self._value(of, cell, unit, head.cell.text):
                self.faults.strays((cell,))

    @property
    def slot_lines(self) -> dict[str, int]:
        """The line of whatever was read but the indicators, by the name of its slot."""
        return {**self._lines, **self._amounts.lines}

    @property
    def is_project(self) -> bool:
        """Whether this is a project's form and no other table of the document."""
        if self.of_department:
            return False
        told = bool(self.code) or self.indicators.open or not self.fields.isdisjoint(("objectives", "funds"))
        return told or (self.heading is not None and bool(self.name) and self._amounts.any)

    @property
    def period(self) -> Period:
        """What the form is filled in for, by its heading, else by what it asks."""
        if self.heading is not None and self.heading.period is not Period.PLAN:
            return self.heading.period
        if "actual" in self.indicators.fields:
            monitored = "expected" in self.indicators.fields
            return Period.MONITORING if monitored else Period.SELF_EVALUATION
        return Period.PLAN

    @property
    def asked(self) -> frozenset[str] | None:
        """The slots that rules may miss a text in, by key; None where the form asks for all that ours does."""
        if not self.fields.isdisjoint(("funds", "spend_plan")):
            return None
        columns = {f"indicators.{name}" for name in self.indicators.fields}
        signed = {"indicators.operator"} if "indicators.sign" in columns else set()
        return frozenset(columns | signed | self.fields)

    @property
    def objective(self) -> str:
        """The objective as text, a line each."""
        return "\n".join(self._objectives)

    def project(self, number: int) -> Project:
        """The project as read."""
        heading = "" if self.heading is None or self.heading.generic else self.heading.name
        numbered = self.heading is not None and self.heading.number is not None
        if (heading and self.name and (numbered or self._code_line)) and squeeze(self.name) not in (
            squeeze(heading),
            _without_kind(heading),
        ):
            self.faults.add("XPF104", self.line, heading=heading, name=self.name)
        elif (
            heading and self.name and squeeze(self.name) == squeeze(heading) and _widths(self.name) != _widths(heading)
        ):
            self.faults.add("XPF114", self.line, heading=heading, name=self.name)
        if self._code_line and not self.code:
            self.faults.add("XPF103", self._code_line)
        if not self._amounts.any:
            self.faults.unread(self._loose)
        self.indicators.close()
        self._tell_aside()
        objectives = numbered_items(self._objectives)
        return Project.model_validate(
            {
                "number": number,
                "code": self.code,
                "name": self.name or heading,
                "budget": {
                    "initial": self._amounts.of("initial", "total"),
                    "adjusted": self._amounts.of("adjusted", "total"),
                    "adjusted_funds": self._amounts.funds("adjusted"),
                    **self._amounts.funds("initial"),
                },
                "paid": self._amounts.funds("paid"),
                "expected": self._amounts.funds("expected"),
                "spend_plan": self._plan,
                "objectives": tuple(self.faults.fit(Cell(item, self.line)).text for item in objectives),
                "indicators": tuple(self.indicators.indicators),
                **self._texts,
            }
        )

    def _tell_aside(self) -> None:
        """Say once what is known and not of this year's plan: it is kept apart."""
        self.aside += self.indicators.aside
        other = [(said, cell) for said, cell in self.aside if cell.text]
        if other:
            self.faults.add(
                "XPF119", other[0][1].line, count=len(other), text=[*dict.fromkeys(said for said, _ in other)]
            )


def _may_be_read(text: str) -> bool:
    """Whether a text that has no place holds an amount, a class of indicators or a target with its sign."""
    return states_amounts(text) or is_level2(text) or read_target(text).target.operator_stated


def _widths(name: str) -> str:
    """The name without its blanks, which headings break, in the widths it is written in."""
    return "".join(name.split())


def _without_kind(heading: str) -> str:
    """The heading without the 项目支出 that some editions print before 绩效目标表."""
    return squeeze(heading).removesuffix("支出").removesuffix("项目")
