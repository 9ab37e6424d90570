"""Typed cells, the helper cells that functions make of them, and the answers drawn from those: as a sheet stands.

Each step is a function with the columns it reads, its answers the next column. Knows no host: a test says which
formulas stand in the sheet.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter
from measure.random_rows import DRAWS, ERROR_CELLS, JUNK, JUNK_SHARE, Formula, write_cell
from xlsxwriter.utility import xl_col_to_name

from xlperf.measure import CATALOG, PACKS, Function, Pack, cells_of
from xlperf.measure.packs import OF_2020, OF_2026, PROPORTIONAL, RATIO, ZERO, Execution
from xlperf.measure.statuses import GRADES, LIKELIHOODS, MET, NOT_APPLICABLE, QUALITATIVE, RATINGS, RED, UNMET, YELLOW


class Step(NamedTuple):
    """A column of answers: its key, the function, the columns (or single cells) it reads; None for a default."""

    key: str
    function: str
    reads: tuple[str | None, ...]


class Chain(NamedTuple):
    """Typed columns, single typed cells, the pack; then the steps. A column `name 1`, `name 2` … is read as a range."""

    typed: tuple[str, ...]
    single: tuple[str, ...]
    steps: tuple[Step, ...]


INDICATORS = Chain(
    ("operator", "target", "actual", "weight", "points", "deduction", "subcategory", "unit", "likelihood"),
    ("over", "months"),
    (
        Step("sign", "SIGN", ("operator", "target", "pack")),
        Step("result", "RESULT", ("actual", "pack")),
        Step("meets", "MEETS", ("sign", "target", "result", "pack")),
        Step("excess", "EXCESS", ("sign", "target", "result", "pack")),
        Step("state", "STATE", ("sign", "meets", "excess", "over")),
        Step("usual state", "STATE", ("sign", "meets", "excess", None)),
        Step("standing", "STANDING", ("sign", "meets", "excess", "over")),
        Step("span", "SPAN", ("subcategory", "unit", "months", "pack")),
        Step("pace", "PACE", ("sign", "target", "result", "span", "meets")),
        Step("light", "TARGETLIGHT", ("pace", "pack")),
        Step("monitoring", "MONITORREASON", ("light", "likelihood", "sign", "excess", "pack")),
        Step("evaluation", "EVALREASON", ("state", "sign", "excess", "deduction", "pack")),
        Step("part", "PART", ("sign", "target", "result", "meets", "pack")),
        Step("base", "BASE", ("sign", "target", "result", "pack")),
        Step("attainment", "ATTAINMENT", ("sign", "target", "result", "part", "base")),
        Step("floor", "RATEDFLOOR", ("result", "weight", "pack")),
        Step("top", "RATEDTOP", ("result", "weight", "pack")),
        Step("rated", "RATEDPOINTS", ("result", "weight", "points", "floor", "top", "deduction", "pack")),
        Step("earned", "EARNED", ("sign", "weight", "part", "base", "rated")),
        Step("net", "NETSCORE", ("earned", "deduction")),
        Step("worst", "WORSTLIGHT", ("light",)),
    ),
)
MONEY = Chain(
    ("paid", "budget", "share 1", "share 2", "share 3", "share 4", "sum"),
    ("as_of", "year", "method", "yellow", "green"),
    (
        Step("months", "MONTHS", ("as_of", "year")),
        *(Step(f"reached {n}", "REACHED", (f"share 1:{n}", "share 1:4")) for n in range(1, 5)),
        Step("rate", "RATE", ("paid", "budget")),
        Step("plan", "PLAN", ("months", "reached 1:4", "method")),
        Step("stepwise", "PLAN", ("months", "reached 1:4")),
        Step("progress", "PROGRESS", ("rate", "plan")),
        Step("time", "TIME", ("rate", "months")),
        Step("light", "LIGHT", ("rate", "progress", "yellow", "green")),
        Step("official", "MONEYLIGHT", ("paid", "budget", "months", None, "pack")),
        Step("reason", "MONEYREASON", ("official", "light", "pack")),
        Step("reason at the end", "MONEYREASON", ("official", "light", "pack", "rate")),
        Step("spent", "SPENT", ("paid", "rate", "months")),
        Step("planned", "PLANCLAUSE", ("paid", "budget", "plan", "light")),
        Step("timed", "TIMECLAUSE", ("rate", "months")),
        Step("sentence", "SENTENCE", ("spent", "planned", "timed")),
        Step("rate score", "RATESCORE", ("rate", "pack")),
        Step("paid score", "PAIDSCORE", ("paid", "budget", "pack")),
        Step("grade", "GRADE", ("sum", "pack")),
        Step("final grade", "FINALGRADE", ("sum", "paid score", "paid", "budget", "pack")),
        Step("alert", "ALERT", ("sum", "paid score", "paid", "budget", "pack")),
    ),
)


def random_pack(rng: random.Random) -> Pack:
    """Any rules, over shares and points that people choose."""

    def shares(n: int, least: int = 0, most: int = 100) -> list[Decimal]:
        return sorted((Decimal(rng.randint(least, most)) / 100 for _ in range(n)), reverse=True)

    bands = tuple(
        zip(shares(rng.choice((0, 0, 1, 2, 3))), sorted(rng.sample(range(11), 3), reverse=True), strict=False)
    )
    floors = [*shares(2), Decimal(0)]
    grades = [*sorted(rng.sample(range(101), 3), reverse=True), 0]
    low, high = sorted(shares(2))
    return Pack(
        "", "", "", "",
        reading=rng.choice((OF_2020, OF_2026)),
        overrun=rng.choice((PROPORTIONAL, RATIO, ZERO)),
        equal_exceeded=rng.choice((MET, UNMET)),
        execution=Execution(rng.choice((0, 10, 20, Decimal("7.5"))), bands, rng.choice((2, 4, 6))),
        weights=rng.choice(((("产出指标", 60), ("效益指标+满意度指标", 30)), (("过程指标", Decimal("12.5")),))),
        second_weights=rng.choice(((), (("数量指标", 20), ("质量指标", 10)))),
        rescale=rng.random() < 0.5,
        ratings=tuple(zip(floors, RATINGS, strict=True)),
        grades=tuple(zip(grades, GRADES, strict=True)),
        money_lights=(low, high),
        target_lights=(low, high, 1 + shares(1)[0]),
        unscaled_classes=rng.choice(((), ("质量", "时效"))),
        unscaled_units=rng.choice(((), ("%", "‰"))),
        explained=rng.choice(((), (RED,), (RED, YELLOW), ("严重滞后", "滞后", "超支"))),
        owing_lights=rng.choice(((), (RED,), (RED, YELLOW))),
        owing_likelihoods=rng.choice(((), LIKELIHOODS[1:])),
        owing_excess=rng.choice(((), tuple(shares(1)))),
        owing_equal=rng.random() < 0.5,
        alerts=(shares(1)[0], shares(1)[0]),
        month=rng.randint(1, 12),
        explained_below=rng.choice(((), tuple(shares(1)))),
    )  # fmt: skip


class ChainSheet:
    """A chain over random rows: its cells in a sheet, and what Python makes of the same cells."""

    def __init__(self, chain: Chain, rng: random.Random, title: str, height: int, errors: bool = True) -> None:
        self.chain, self.title, self.height = chain, title, height
        self.pack = rng.choice((*PACKS.values(), *(random_pack(rng) for _ in range(8))))
        self.columns = {key: [_drawn(rng, key.split()[0], errors) for _ in range(height)] for key in chain.typed}
        for row, operator in enumerate(self.columns.get("operator", ())):
            if operator in (QUALITATIVE, NOT_APPLICABLE):  # forms leave the target of such a row blank
                self.columns["target"][row] = None
        self.cells = {key: DRAWS[key](rng) for key in chain.single}
        self.answers: dict[str, list[Any]] = {}
        self.lone: set[str] = set()  # steps of a single answer
        for step in chain.steps:
            answers = self._python(step)
            self.answers[step.key] = answers

    def values(self, key: str) -> Any:
        """What a step is handed in place of a column: rows of one cell or more, or a single cell."""
        if key == "pack":
            return [[cell] for cell in cells_of(self.pack)]
        if key in self.cells:
            return self.cells[key]
        if ":" in key:
            return list(zip(*(self.values_of(name) for name in span(key)), strict=True))
        return [[cell] for cell in self.values_of(key)]

    def values_of(self, key: str) -> list[Any]:
        return self.columns[key] if key in self.columns else self.answers[key]

    def _python(self, step: Step) -> list[Any]:
        function = CATALOG[step.function]
        if any(param.kind == "table" for param in function.params) and not any(":" in key for key in step.reads if key):
            result = function.python(*(None if key is None else self._handed(key) for key in step.reads))
            return [answer for (answer,) in result] if isinstance(result, tuple) else [result] * self.height
        if step.function in ("MONTHS", "WORSTLIGHT"):
            return [function.python(*map(self._handed, step.reads))] * self.height
        handed = [None if key is None else self._handed(key) for key in step.reads]
        return [
            function.python(*(self._of_row(key, cells, row) for key, cells in zip(step.reads, handed, strict=True)))
            for row in range(self.height)
        ]

    def _handed(self, key: str) -> Any:
        return self.answers["months"][0] if key == "months" and "months" in self.answers else self.values(key)

    def _of_row(self, key: str | None, cells: Any, row: int) -> Any:
        if key is None or key == "pack" or not isinstance(cells, list):
            return cells
        return [cells[row]] if ":" in (key or "") else cells[row][0]

    # --- the sheet ----------------------------------------------------------------------------------------------------

    @property
    def letters(self) -> dict[str, str]:
        keys = [*self.columns, *self.answers]
        return {key: xl_col_to_name(number, True) for number, key in enumerate(keys)}

    def ref(self, key: str, row: int | None) -> str:
        """A reference as forms write it: a column, the cell of a row, cells side by side, a single cell, a name."""
        letters = self.letters
        if key == "pack":
            return "规则参数"
        if key in self.cells or (key == "months" and "months" in self.answers):
            return {"months": "月数", "over": "超额线"}.get(key, f"参数_{key}")
        if ":" in key:
            first, last = (letters[name] for name in (span(key)[0], span(key)[-1]))
            return f"{first}${row + 1}:{last}${row + 1}" if row is not None else f"{first}$1:{last}${self.height}"
        return f"{letters[key]}${row + 1}" if row is not None else f"{letters[key]}$1:{letters[key]}${self.height}"

    def write(self, book: xlsxwriter.Workbook, formula: Formula = Function.cell_formula) -> None:
        sheet = book.add_worksheet(self.title)
        for column, cells in enumerate(self.columns.values()):
            for row, value in enumerate(cells):
                write_cell(sheet, row, column, value)
        aside = len(self.columns) + len(self.answers) + 1
        quoted = f"'{self.title}'!"
        for number, (key, value) in enumerate(self.cells.items(), start=1):
            write_cell(sheet, number, aside, value)
            cell = f"={quoted}${xl_col_to_name(aside)}${number + 1}"
            book.define_name(f"{quoted}{self.ref(key, None)}", cell)
        pack = cells_of(self.pack)
        for number, cell in enumerate(pack):
            write_cell(sheet, number, aside + 1, float(cell) if isinstance(cell, Decimal) else cell)
        letter = xl_col_to_name(aside + 1)
        book.define_name(f"{quoted}规则参数", f"={quoted}${letter}$1:${letter}${len(pack)}")
        if "months" in self.answers:
            book.define_name(f"{quoted}月数", f"={quoted}{self.letters['months']}$1")
        for column, step in enumerate(self.chain.steps, start=len(self.columns)):
            function = CATALOG[step.function]
            ranged = any(":" in key for key in step.reads if key)
            if ranged or step.function == "MONTHS":
                for row in range(self.height):
                    text = formula(function, *(None if key is None else self.ref(key, row) for key in step.reads))
                    sheet.write_formula(row, column, "=" + text)
            else:
                text = formula(function, *(None if key is None else self.ref(key, None) for key in step.reads))
                sheet.write_array_formula(0, column, self.height - 1, column, "{=" + text + "}")

    def differences(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Step, row, what Python answers and what the sheet holds, for every cell where they differ."""
        found = []
        for step in self.chain.steps:
            letter = self.letters[step.key][1:]
            for row, answer in enumerate(self.answers[step.key]):
                held = values.get(f"{letter}{row + 1}", "")
                if not _same(answer, held):
                    read = {
                        key: self._of_row(key, self._handed(key), row) for key in step.reads if key and key != "pack"
                    }
                    found.append((step.key, read, self.pack.reading, answer, held))
        return found


def span(key: str) -> list[str]:
    name, numbers = key.split()
    first, last = map(int, numbers.split(":"))
    return [f"{name} {number}" for number in range(first, last + 1)]


def _same(answer: Any, held: Any) -> bool:
    """Quotients in helper cells are not rounded: they may differ in the last of 15 digits."""
    if isinstance(answer, Decimal):
        return isinstance(held, float) and abs(held - float(answer)) <= 1e-14 * abs(held)
    return bool(answer == held)


def _drawn(rng: random.Random, name: str, errors: bool) -> Any:
    if rng.random() >= JUNK_SHARE:
        value = DRAWS[name](rng)
        return round(value, 8) if isinstance(value, float) else value
    return rng.choice([value for value in TYPED_JUNK.get(name, JUNK) if errors or value not in ERROR_CELLS])


# What stands in a cell that only a function or the person who scores fills, and what people type elsewhere.
PLAIN_JUNK: Sequence[Any] = (None, None, "", " ", "2000万元", "95", "达标", "非数字", "#N/A", "#DIV/0!")
TYPED_JUNK: dict[str, Sequence[Any]] = dict.fromkeys(
    (
        "operator",
        "paid",
        "budget",
        "sum",
        "target",
        "actual",
        "weight",
        "points",
        "deduction",
        "subcategory",
        "unit",
        "likelihood",
    ),
    PLAIN_JUNK,
)
