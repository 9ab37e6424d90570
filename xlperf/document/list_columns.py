"""Which columns of a list are read, of which year and in which unit, and what the cells of a row hold under them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xlperf.checks import finding
from xlperf.document.amounts import NO_AMOUNT
from xlperf.document.list_codes import parted
from xlperf.document.list_front import only
from xlperf.document.list_rows import Row
from xlperf.document.list_words import MONEY, SOURCES, is_total, note, rank, years_in
from xlperf.document.sheets import NOTHING, Held, Rows
from xlperf.document.table_file import Column, Table, cell_of, filled_down, read_amount, unit_in
from xlperf.model import Finding, Locus
from xlperf.model.filled import in_two
from xlperf.model.text import cut, squeeze
from xlperf.ooxml.a1 import column_letters

Cells = Mapping[int, Held]
"""A row: column → cell."""

LABELS = {
    "code": "项目编码",
    "name": "项目名称",
    "purpose": "用途",
    "initial": "预算数",
    "adjusted": "调整后预算数",
    "fiscal_funds": "财政资金",
    "part_of_fiscal": "财政资金",
    "upper_grants": "上级补助",
    "carryover": "上年结转",
    "special_account": "财政专户管理资金",
    "own_funds": "单位资金",
    "other_funds": "其他资金",
}


class Columns:
    """The columns of one table that are read, by key, the best of each first."""

    def __init__(self, table: Table, year: int | None) -> None:
        self.table = _with_unit_below(table)
        self._chosen = _chosen(table, year)
        self._money = self._all(*MONEY)

    @property
    def budget_year(self) -> int | None:
        """The year that the heading of the budget names."""
        return only({year for column in self._all("initial") for year in years_in(column.words)})

    def findings(self) -> Iterator[Finding]:
        """In what unit the amounts are, which columns are not read, and what stands for a budget column."""
        table = self.table
        yield from table.converted(self._money)
        read = {column.at for columns in self._chosen.values() for column in columns}
        unread = [column for column in table.columns if column.at not in read and any(column.words)]
        without = {at for cells in table.rows.values() for at in cells} - {column.at for column in table.columns}
        names = dict.fromkeys("".join(dict.fromkeys(column.words)) for column in unread)
        names |= dict.fromkeys(column_letters(at) for at in sorted(without))
        if names:
            place = table.sheet.place(table.head, min([*without, *(column.at for column in unread)]))
            yield finding("XPF154", place, columns=_named([*names]))
        if "initial" not in self._chosen:
            summed = [column.words[-1] for column in self._money]
            yield finding("XPF157", table.place(table.head, self._money[0]), columns=_named(summed))

    def rows(self) -> Rows:
        """The rows below the headings, those under a merged code or name with what it holds."""
        return filled_down(self.table, self._all("code", "name", "joined"))

    def place(self, at: int, *keys: str) -> Locus:
        """The cell of a row under the first of these columns that there is."""
        return self.table.place(at, next(iter(self._all(*keys)), self.table.columns[0]))

    def cell(self, cells: Cells, *keys: str) -> Held:
        """What a row holds under the first of these columns that there is."""
        return next((cell_of(cells, column) for column in self._all(*keys)), NOTHING)

    def _all(self, *keys: str) -> list[Column]:
        return [column for key in keys for column in self._chosen.get(key, ())]

    def row(self, cells: Cells) -> Row:
        """The texts of a row as they stand, code and name from one column or two.

        What stands left of the amounts, or anywhere but in them where there is no name, may say what the row is.
        """
        code, name = self.cell(cells, "code"), self.cell(cells, "name", "joined").text
        named = (_text(code), name) if "code" in self._chosen else parted(name)
        money = [column.at for column in self._money]
        others = [self.cell(cells, key).text for key in ("number", "unit_code", "unit_name", "department")]
        others += [cells[at].text for at in sorted(cells) if (at < min(money) if any(named) else at not in money)]
        amounts = (cell_of(cells, column) for column in self._money)
        written = ["" if squeeze(cell.text) in NO_AMOUNT and not cell.fault else _text(cell) for cell in amounts]
        return Row(*named, self.cell(cells, "source").text, others, written)

    def parts(self, cells: Cells) -> tuple[str, ...]:
        """What tells the rows of one project apart: source of funds, classification."""
        return tuple(squeeze(cell_of(cells, column).text) for column in self._all("source", "split"))

    def amounts(self, at: int, cells: Cells, findings: list[Finding]) -> dict[str, Decimal | None]:
        """The amounts of a row by key, those of several columns of one key added up.

        Without a column for the budget it is all sources together.
        """
        amounts: dict[str, Decimal | None] = {}
        for key in MONEY:
            for column in self._all(key):
                cell, place = cell_of(cells, column), self.table.place(at, column)
                amount = read_amount(cell, self.table.unit_of(column), LABELS[key], place, findings)
                before = amounts.get(key)
                amounts[key] = amount if before is None else before + (amount or 0)
        part, above = amounts.pop("part_of_fiscal", None), amounts.get("upper_grants")
        if "fiscal_funds" not in self._chosen and (part is not None or above is not None):
            amounts["fiscal_funds"] = (part or 0) + (above or Decimal(0))
        if "initial" not in self._chosen:
            given = [amount for key in SOURCES if key != "upper_grants" and (amount := amounts.get(key)) is not None]
            amounts["initial"] = sum(given, Decimal(0)) if given else None
        return amounts


def _named(columns: list[str]) -> tuple[str, ...]:
    """The names of columns in both languages, no more than a sentence bears."""
    return tuple(cut(joined, 200) for joined in in_two(columns))


def _text(cell: Held) -> str:
    """What stands in a cell; "?" where nobody can read it."""
    return cell.text or ("?" if cell.fault else "")


def _chosen(table: Table, year: int | None) -> dict[str, list[Column]]:
    """The columns to read, by key: the most exactly named of a key, and of sources of funds all parts of one.

    Of columns of several years, those of the year wanted, else those that name none, else those of the last.
    """
    named = {each for column in table.columns if column.key in MONEY for each in years_in(column.words)}
    is_plain = any(not years_in(column.words) for column in table.of("initial"))
    other = named - {year if year in named else 0 if is_plain else max(named, default=0)}
    chosen: dict[str, list[Column]] = {}
    for key in dict.fromkeys(column.key for column in table.columns if column.key):
        columns = [column for column in table.of(key) if key not in MONEY or not years_in(column.words) & other]
        totals = [column for column in columns if len(column.words) == 1 or is_total(column.words)]
        if key in SOURCES and key != "part_of_fiscal":
            columns = totals[:1] or columns
        elif key not in ("split", "part_of_fiscal"):
            columns = sorted(columns, key=lambda column: (rank(column.words), column.at))[:1]
        if columns:
            chosen[key] = columns
    if "initial" not in chosen and "adjusted" in chosen:
        chosen["initial"] = chosen.pop("adjusted")  # 全年预算数 alone
    if "code" in chosen and "name" in chosen:
        chosen.pop("joined", None)
    return chosen


def _with_unit_below(table: Table) -> Table:
    """The table with the unit of money that a note below it states, where nothing above does."""
    if table.unit or any(column.unit for column in table.columns if column.key in MONEY):
        return table
    notes = (text for row in table.rows for text in table.sheet.texts(row) if note(text))
    return table._replace(unit=next((unit for text in notes if (unit := unit_in(text))), ""))
