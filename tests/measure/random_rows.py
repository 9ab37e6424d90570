"""Random rows of arguments for every function of the catalog, as a sheet with formulas and as Python calls it.

Knows which words, numbers, errors and edges to draw; knows no host: a test says which formulas stand in the sheet.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from xlperf.measure import PACKS, Function, cells_of
from xlperf.measure.statuses import LIKELIHOODS

SEED = 20231031
SHEETS, ROWS = 16, 40  # for each function: variants of its scalar arguments x rows of its table arguments
SINGLE_ROWS = 4  # so many rows are computed by ordinary formulas as well

SEED_CODES = (
    "13080023P00024610002U",
    "13080023P00024710002H",
    "13080023P000245100026",
    "13080023P00033710032M",
    "13080023P000337100312",
    "13080023P00033710015Q",
)
NEW_YEAR_2023 = 44927

ERROR_CELLS = {"#N/A": "=NA()", "#DIV/0!": "=1/0"}
# What people type where it does not belong; formulas know no other blank than the ASCII ones.
JUNK = (None, None, "", " ", "2000万元", "95", "达标", "无预算", "未到计划节点", "非 数字", *ERROR_CELLS)
# What a cell may hold that a function fills.
ANSWERED = (*(None, "", "无预算", "未到计划节点", "非数字") * 3, *ERROR_CELLS)
JUNK_SHARE = 0.12

Draw = Callable[[random.Random], Any]


def amount(rng: random.Random) -> Any:
    return rng.choice((0, 20, 30, 28.005, 117, 0.1 + 0.2, -5, round(rng.uniform(-10, 200), rng.choice((0, 2, 4)))))


def ratio(rng: random.Random) -> Any:
    return rng.choice((0, 0.6, 0.8, 1, 1.000001, 0.3005, -0.1, 20, 0.1 + 0.5, round(rng.uniform(-0.2, 1.4), 6)))


def cumulative_share(rng: random.Random) -> Any:
    return rng.choice((None, None, 0, 0.2, 0.3, 0.5, 0.7, 0.333333, 1, 1, round(rng.random(), 3)))


def day(rng: random.Random) -> Any:
    if rng.random() < 0.1:
        return rng.choice((36525, 36526, 73050, 73051, 3.5, 2958465, -1, 13))
    days = rng.choice((-400, -1, 0, 30, 31, 58, 302, 303, 303.75, 333, 363, 364, 365, rng.randrange(800)))
    return rng.choice((rng.randrange(13), NEW_YEAR_2023 + days))


def target(rng: random.Random) -> Any:
    return rng.choice((0, 1, 8, 20, 95, 100, 100, 100, 0.3, -5, round(rng.uniform(-20, 200), 2)))


def actual(rng: random.Random) -> Any:
    if rng.random() < 0.2:
        return rng.choice(("达成", "部分达成", "未达成"))
    exact = rng.uniform(-20, 300)
    return rng.choice((0, 1, 8, 20, 95, 100, 115, 115.0001, 120, 199.95, 0.1 + 0.2, -5, exact, round(exact, 2)))


def total(rng: random.Random) -> Any:
    edges = (0, 100, 90, 89.995, 89.994, 80, 59.995, 100.004, 100.005, -0.004, -0.005)
    return rng.choice((*edges, rng.uniform(-5, 110), rng.uniform(50, 100)))


def code(rng: random.Random) -> Any:
    good = rng.choice(SEED_CODES)
    place = rng.randrange(21)
    changed = good[:place] + rng.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabp 表") + good[place + 1 :]
    other_type = good.replace("P", rng.choice("SRT"))
    gap = good[:10] + "  " + good[12:]
    return rng.choice(
        (good, good.lower(), f" {good} ", changed, changed, other_type, good[:-1], good + "0", 12345, gap)
    )


OPERATORS = ("≥", "\u3000≥\u200b", ">=", ">", "=", "≤", "≤", "<=", "<", "定性", "定性", "不涉及", " ≥ ", "≧", None)

DRAWS: dict[str, Draw] = {
    "paid": amount,
    "budget": amount,
    "rate": ratio,
    "progress": ratio,
    "plan": ratio,
    "as_of": day,
    "shares": lambda rng: rng.choice((1.2, -0.1, 20, cumulative_share(rng))),
    "method": lambda rng: rng.choice(("step", "linear", "按节点", "线性", "linear", "线性", "其他")),
    "year": lambda rng: rng.choice((2023, 2023, 2023, 2022, 2024, 2000, 2099, 23, 2023.5, "2023")),
    "yellow": lambda rng: rng.choice((0.6, 0.5, 0.3005, 0)),
    "green": lambda rng: rng.choice((0.8, 0.9, 1)),
    "over": lambda rng: rng.choice((0.15, 0.3, 0, -0.1)),
    "operator": lambda rng: rng.choice(OPERATORS),
    "target": target,
    "actual": actual,
    "weight": lambda rng: rng.choice((0, 10, 10, 7.5, 3.33, -1, round(rng.uniform(0, 20), 1))),
    "points": lambda rng: rng.choice((0, 6, 8, 10, 5.99, 7.995, 4.5, round(rng.uniform(-1, 11), 2))),
    "total": total,
    "sum": total,
    "code": code,
    "deduction": lambda rng: rng.choice((None, None, 0, 1, 2.5, 20, -1)),
    "subcategory": lambda rng: rng.choice(("数量指标", "质量", "时效指标", "成本指标", "社会效益指标", "满意度", None)),
    "unit": lambda rng: rng.choice(("%", "个", "万元", "‰", "百分比", None)),
    "likelihood": lambda rng: rng.choice((*LIKELIHOODS, None)),
    "months": lambda rng: rng.randrange(13),
    "share": cumulative_share,
}

# Rows that sit on an edge: ties in the last digit, a threshold met exactly, digits lost near twice the target.
EDGES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "RATE": ((0.0000005, 1), (1, 3), (2, 3), (1.5, 1000000), (-0.0000005, 1), (1e15, 3)),
    "PROGRESS": ((0.123458, 0.8), (0.3, 0.3), (0.6, 1), (-0.123458, 0.8)),
    "TIME": ((0.123457, 8), (0.3, 10), (0.3, 1), (0.3, 0)),
    "LIGHT": (
        (1, 0.6),
        (1, 0.599999),
        (1, 0.8),
        (1, 0.799999),
        (1.000001, 0.1),
        (1.2, "#N/A"),
        ("#N/A", 1),
    ),
    "RATESCORE": ((1,), (0.999999,), (0.8,), (0.799999,), (0.6,), (0.599999,), (0.8535,), (-1,), (1.2,)),
}

ALONE = ("RATE", "PROGRESS", "TIME", "LIGHT", "RATESCORE", "GRADE", "CODE")
"""The functions that read typed cells, or words of any function; the others are tried where they stand, in `chains`."""


Formula = Callable[..., str]  # a method of Function that takes one reference text per parameter


class Sheet:
    """One variant of a function: its formulas over all rows of a sheet, and what Python makes of the same cells.

    Each formula stands in two columns: one array formula over all rows, and ordinary formulas in the first `singles`.
    """

    def __init__(
        self,
        function: Function,
        rng: random.Random,
        number: int,
        singles: int = SINGLE_ROWS,
        junk: Sequence[Any] = JUNK,
    ) -> None:
        self.function = function
        self.singles = singles
        self.title = f"{function.name} {number}"
        edges = EDGES.get(function.name, ()) if number % 2 == 0 else ()
        self.height = ROWS + len(edges)
        self.arguments: list[list[list[Any]]] = []  # per parameter the rows of its cells; no row where absent
        for position, param in enumerate(function.params):
            # A formula takes months and has no use for a year.
            if param.name == "year" or (param.optional and rng.random() < 0.35):
                cells = []
            elif param.name == "pack":
                cells = [[_as_number(cell)] for cell in cells_of(rng.choice(list(PACKS.values())))]
            elif param.kind == "table":
                cells = [[_drawn(rng, param.name, junk)] for _ in range(ROWS)]
                cells += [[edge[position] if position < len(edge) else None] for edge in edges]
            else:
                cells = [[_drawn(rng, param.name, junk)]]
            self.arguments.append(cells)
        self.packs = [param.name == "pack" for param in function.params]
        widths = [len(cells[0]) if cells else 0 for cells in self.arguments]
        self.columns = [sum(widths[:position]) for position in range(len(widths))]
        self.answer_column = sum(widths)

    def write(self, book: xlsxwriter.Workbook, formulas: Sequence[Formula] = (Function.cell_formula,)) -> None:
        sheet = book.add_worksheet(self.title)
        for first, cells in zip(self.columns, self.arguments, strict=True):
            for row, line in enumerate(cells):
                for offset, value in enumerate(line):
                    write_cell(sheet, row, first + offset, value)
        for column, formula in enumerate(formulas):
            first = self.answer_column + 2 * column
            sheet.write_array_formula(
                0, first, self.height - 1, first, "{=" + formula(self.function, *self.refs()) + "}"
            )
            for row in range(self.singles):
                sheet.write_formula(row, first + 1, "=" + formula(self.function, *self.refs(row)))

    def refs(self, row: int | None = None) -> list[str | None]:
        """The references of the formula over all rows, or of the one for a single row."""
        return [
            self._ref(first, cells, None if is_pack else row) if cells else None
            for first, cells, is_pack in zip(self.columns, self.arguments, self.packs, strict=True)
        ]

    def _ref(self, first: int, cells: list[list[Any]], row: int | None) -> str:
        start, end = xl_col_to_name(first, True), xl_col_to_name(first + len(cells[0]) - 1, True)
        if len(cells) > 1 and row is not None:
            return f"${start[1:]}{row + 1}"
        if len(cells) == len(cells[0]) == 1:
            return f"'{self.title}'!{start}$1"
        return f"'{self.title}'!{start}$1:{end}${len(cells)}"

    def expected(self) -> list[Any]:
        answers = self.function.python(*(_argument(cells) for cells in self.arguments))
        column = [float(answer) if isinstance(answer, Decimal) else answer for (answer,) in answers]
        return column + column[: self.singles]

    def actual(self, values: dict[str, Any], formula: int = 0) -> list[Any]:
        """What the cells of the formula hold: its array column, then its single cells."""
        first = self.answer_column + 2 * formula
        column, single = xl_col_to_name(first), xl_col_to_name(first + 1)
        places = [f"{column}{row + 1}" for row in range(self.height)]
        places += [f"{single}{row + 1}" for row in range(self.singles)]
        return [values.get(place, "") for place in places]

    def row(self, index: int) -> list[Any]:
        """The arguments of one compared row, for the failure message."""
        row = index if index < self.height else index - self.height
        return [cells[row][0] if len(cells) == self.height else cells for cells in self.arguments]


def _as_number(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _drawn(rng: random.Random, name: str, junk: Sequence[Any]) -> Any:
    if rng.random() < JUNK_SHARE:
        return rng.choice(ANSWERED if name in ("rate", "progress", "as_of") else junk)
    return DRAWS["months" if name == "as_of" else name](rng)


def _argument(cells: list[list[Any]]) -> Any:
    if not cells:
        return None
    return cells[0][0] if len(cells) == len(cells[0]) == 1 else cells


def write_cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value in ERROR_CELLS:
        sheet.write_formula(row, column, ERROR_CELLS[value])
    elif value == "":
        sheet.write_formula(row, column, '=""')
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
