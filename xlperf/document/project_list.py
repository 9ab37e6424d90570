"""A plain list of projects (.xlsx, .xlsm, .csv) as a department: one row per project, or one for each of its sources.

Knows how rows of one code go together and where unit and year are said; its words are in `list_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.checks import finding, in_both
from xlperf.document import labels
from xlperf.document.forms_in_sheets import heads_indicators
from xlperf.document.headings import stated_year
from xlperf.document.list_rows import Kind, Row, Sum, Sums, kind_of, numbers_columns
from xlperf.document.list_words import MONEY, SOURCES, heading, is_total, note, rank, source_of, years_in
from xlperf.document.sheets import NOTHING, Held, Sheet, fault_of, has_lost_digits, open_sheets
from xlperf.document.table_file import (
    NO_AMOUNT,
    Column,
    Table,
    cell_of,
    filled_down,
    find_tables,
    read_amount,
    read_text,
    unit_in,
    unread_sheets,
)
from xlperf.measure.codes import LENGTH, check_code, common_year
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.measure.normal import EXACT_DIGITS
from xlperf.measure.statuses import CODE_CHARACTER, CODE_LENGTH
from xlperf.model import Budget, BudgetUnit, Department, Finding, Funds, Locus, Project, UnreadableInput
from xlperf.model.text import LARGEST, clean, code_key, cut, cut_to_cell, fold, read_number, squeeze
from xlperf.ooxml.a1 import column_letters
from xlperf.ooxml.dates import from_text
from xlperf.ooxml.format_codes import Kind as Look

NEEDED = (("name", "joined"), MONEY)
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
MOST_PROJECTS = 9_999  # what the number of a project goes up to
SUSPICIOUS = 1_000  # 万元: where no unit is stated and no project has less, 元 may be meant
_LONGEST_JOINED = 300  # characters of a code with its name

_CODE = rf"[0-9A-Za-z]{{{LENGTH}}}"
_JOINED = (
    re.compile(rf"[\[(【]?(?P<code>{_CODE})[\])】]?[\s\-—–_:.、/|]*(?P<name>.*)", re.DOTALL),
    re.compile(rf"(?P<name>.*?)[\s\-—–_:.、/|]*[\[(【]?(?P<code>{_CODE})[\])】]?", re.DOTALL),
    re.compile(r"(?P<code>[0-9A-Za-z]{4,})\s*[-—–_:|]\s*(?P<name>.+)", re.DOTALL),
)
_LOST = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_UNIT_LINE = re.compile(
    r"(主管)?[\u4e00-\u9fff/]{0,4}?(?:单位|部门)(?:名称|全称)?(?:\([^()]{0,4}章\))?\s*:\s*(.*?)(?:\s{2,}.*)?"
)
_CODE_LINE = re.compile(r"(?:预算)?单位(?:编码|代码)\s*:\s*(\d+)")
_YEAR_LINE = re.compile(r"(?:预算)?年度?:(20\d\d)|(20\d\d)(?:年度|年?(?:部门|项目|支出|预算))")
_STEM_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class NoListError(UnreadableInput):
    """No sheet that shows has a list of projects."""


class Contact(NamedTuple):
    """Who answers for a project. For reminders only: never part of what is handed in or published."""

    name: str = ""
    phone: str = ""
    email: str = ""


class ProjectList(NamedTuple):
    """The department of a list, the findings about its cells, and contacts by project code.

    `year_from` says where the year was found: a key of `YEARS_FROM`.
    """

    department: Department
    findings: tuple[Finding, ...]
    contacts: Mapping[str, Contact]
    year_from: str


YEARS_FROM = ("given", "title", "column", "heading", "code", "file", "default")


def read_project_list(path: Path, *, year: int | None = None, default_year: int | None = None) -> ProjectList:
    """The department of a list with columns for code, name and budget, on any of the sheets that show.

    The year is the one given, else that of titles, a column, headings, the codes, the file's name, else the default.
    Raises NoListError where there is no such list, UnreadableInput where it is empty or nothing says the year.
    """
    opened = open_sheets(path)
    tables = [table for sheet in opened.sheets for table in _lists_on(sheet)]
    if not tables:
        raise NoListError("list_without_columns", path=path)
    reader = _Reader(path, tables, year)
    reader.findings += unread_sheets(opened, {table.sheet.title for table in tables})
    reader.read()
    if not reader.drafts:
        raise UnreadableInput("list_empty", path=path)
    codes = [draft.code for draft in reader.drafts]
    years = {**reader.years, "code": common_year(codes), "file": _year_of_file(path), "default": default_year}
    year_from = next((each for each in YEARS_FROM if years.get(each)), "")
    if not year_from:
        if (unread := reader.unread_code) is None:
            raise UnreadableInput("year_unknown", path=path)
        reason = in_both(unread.code, **dict(unread.values))
        raise UnreadableInput("list_codes_unread", path=path, place=unread.locus, reason=reason)
    projects = tuple(draft.project(number) for number, draft in enumerate(reader.drafts, start=1))
    department = Department(unit=reader.unit, year=years[year_from] or 0, projects=projects)
    return ProjectList(department, tuple(reader.findings), reader.contacts, year_from)


def _lists_on(sheet: Sheet) -> list[Table]:
    """The lists on a sheet: names and amounts, and codes in a column of their own or beside the names."""
    if any(heads_indicators(sheet.texts(row)) for row in sheet.rows):
        return []
    return [table for table in find_tables(sheet, heading, NEEDED) if _has_codes(table)]


def _has_codes(table: Table) -> bool:
    if table.of("code") or table.of("joined"):
        return True
    names = table.of("name")
    coded = (_parted(cell_of(cells, column).text)[0] for cells in table.rows.values() for column in names)
    return any(len(code) == LENGTH for code in coded)


def _year_of_file(path: Path) -> int | None:
    years = {int(found) for found in _STEM_YEAR.findall(path.stem)}
    return years.pop() if len(years) == 1 else None


# --- rows ------------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A row that is a project, or one of its sources, or may be: what it is, its words, and its amounts in 万元."""

    at: int
    kind: Kind
    label: str
    code: str
    name: str
    amounts: Mapping[str, Decimal | None]

    @property
    def amount(self) -> Decimal:
        """The budget of this row, 0 where it has none."""
        return self.amounts.get("initial") or Decimal(0)


class _Draft:
    """A project while its rows are put together."""

    def __init__(self, line: _Line, place: Locus) -> None:
        self.code, self.name, self.place = line.code, line.name, place
        self.amounts: dict[str, Decimal] = {}
        self.purposes: list[str] = []
        self.sources: list[str] = []
        self.parts: set[tuple[str, ...]] = set()
        self.rows = 0
        self.is_source_unknown = False

    def add(self, line: _Line, purpose: str) -> None:
        """Take up one more of its rows."""
        self.rows += 1
        for key, amount in line.amounts.items():
            if amount is not None:
                self.amounts[key] = self.amounts.get(key, Decimal(0)) + amount
        if purpose and purpose not in self.purposes:
            self.purposes.append(purpose)

    def project(self, number: int) -> Project:
        """The project; of its sources nothing where one of them is not known."""
        funds: dict[str, Any] = (
            {} if self.is_source_unknown else {key: self.amounts.get(key) for key in Funds.model_fields}
        )
        budget = Budget(initial=self.amounts.get("initial"), adjusted=self.amounts.get("adjusted"), **funds)
        return Project(
            number=number, code=self.code, name=self.name, budget=budget, purpose=cut_to_cell("\n".join(self.purposes))
        )


class _Reader:
    """Reads the tables of one list, in their order."""

    def __init__(self, path: Path, tables: Sequence[Table], year: int | None) -> None:
        self._path, self._tables = path, tables
        self.years: dict[str, int | None] = {"given": year, "title": _year_above(tables)}
        self.unit = BudgetUnit()
        self.drafts: list[_Draft] = []
        self.contacts: dict[str, Contact] = {}
        self.unread_code: Finding | None = None
        self.findings: list[Finding] = []
        self._by_code: dict[str, dict[str, _Draft]] = {}  # code → name → the first project of them
        self._told: set[tuple[str, str]] = set()  # what is told once: the code of the finding, the text

    def read(self) -> None:
        """Read all rows; what was found stands in the attributes."""
        for table in self._tables:
            _TableReader(self, table).read()
        for draft in self.drafts:
            for key in [key for key, amount in draft.amounts.items() if abs(amount) >= LARGEST]:
                self.tell("XPF403", draft.place, field=LABELS[key], text=cut(f"{draft.amounts.pop(key):f}"))
            if draft.rows > 1:
                total = draft.amounts.get("initial", Decimal(0))
                sources = "、".join(dict.fromkeys(draft.sources)) or "—"
                self.tell(
                    "XPF153",
                    draft.place,
                    code=draft.code,
                    count=draft.rows,
                    sum=f"{total.normalize():f}",
                    sources=sources,
                )
        self._doubt_the_unit()

    def tell(self, code: str, place: Locus, /, **values: object) -> None:
        """Note a finding."""
        self.findings.append(finding(code, place, **values))

    def tell_once(self, code: str, place: Locus, text: str) -> None:
        """Note a finding about a text, unless the same was said of it before."""
        if (code, text) not in self._told:
            self._told.add((code, text))
            self.tell(code, place, text=cut(text))

    def name_unit(self, code: str, name: str, department: str, place: Locus) -> None:
        """Take up the unit of a row; another one than before is a finding."""
        code, name, department = cut_to_cell(code), cut_to_cell(name), cut_to_cell(department)
        coded = labels.unit_code(name)
        found = BudgetUnit(code=code or (coded[0] if coded else ""), name=coded[1] if coded else name)
        known = self.unit
        if not known.code and not known.name:
            self.unit = found.model_copy(update={"department": department or known.department})
        elif _differ(found.code, known.code) or _differ(squeeze(found.name), squeeze(known.name)):
            self._other_unit(found, place)
        else:
            self.unit = known.model_copy(update={"code": known.code or found.code, "name": known.name or found.name})

    def _other_unit(self, found: BudgetUnit, place: Locus) -> None:
        text = found.code + found.name
        if ("XPF111", text) not in self._told:
            self._told.add(("XPF111", text))
            self.tell("XPF111", place, unit=cut(text), first=cut(self.unit.code + self.unit.name))

    def take(self, line: _Line, source: str, parts: tuple[str, ...], purpose: str, places: Mapping[str, Locus]) -> None:
        """Put a row to the project it belongs to, or begin a project."""
        of_code = self._by_code.setdefault(code_key(line.code), {}) if line.code else {}
        first = next(iter(of_code.values()), None)
        same = of_code.get(squeeze(line.name)) if line.name else first
        if same is None or not any(parts) or parts in same.parts:
            if first is not None:
                self.tell("XPF122", places["code"], code=line.code, other=first.name)
            if len(self.drafts) == MOST_PROJECTS:
                raise UnreadableInput("list_too_long", path=self._path, most=MOST_PROJECTS, row=line.at)
            same = _Draft(line, places["code"])
            self.drafts.append(same)
            of_code.setdefault(squeeze(line.name), same)
        same.parts.add(parts)
        if source:
            same.sources.append(source)
        if source and not any(line.amounts.get(key) is not None for key in SOURCES):
            line = line._replace(amounts={**line.amounts, **_by_source(line, source)})
            if not source_of(source):
                same.is_source_unknown = True
                self.tell_once("XPF155", places["source"], source)
        same.add(line, purpose)

    def _doubt_the_unit(self) -> None:
        stated = all(table.unit or any(column.unit for column in table.columns) for table in self._tables)
        amounts = [(amount, draft.place) for draft in self.drafts if (amount := draft.amounts.get("initial"))]
        least, place = min(amounts, key=lambda each: each[0], default=(_ZERO, Locus()))
        if not stated and least >= SUSPICIOUS:
            self.tell("XPF156", place, value=f"{least.normalize():f}")


def _differ(one: str, other: str) -> bool:
    return "" not in (one, other) and one != other


def _by_source(line: _Line, source: str) -> dict[str, Decimal | None]:
    """The amount of a row as that of its source; what comes from above is part of the fiscal funds."""
    key = source_of(source)
    if key in ("upper_grants", "part_of_fiscal"):
        grants = {"upper_grants": line.amounts.get("initial")} if key == "upper_grants" else {}
        return {**grants, "fiscal_funds": line.amounts.get("initial")}
    return {key: line.amounts.get("initial")} if key else {}


def _year_above(tables: Sequence[Table]) -> int | None:
    """The one year that titles, sheets or lines above the headings name."""
    texts = [
        text
        for table in tables
        for line in [[table.sheet.title], *table.above.values()]
        for text in (*line, "".join(line))
    ]
    years = {year for text in texts if len(text) <= 200 for year in _years_of(squeeze(text))}
    return years.pop() if len(years) == 1 else None


def _years_of(text: str) -> Iterator[int]:
    if (year := stated_year(text)) is not None:
        yield year
    for found in _YEAR_LINE.finditer(text):
        yield int(found[1] or found[2])


class _TableReader:
    """Reads the rows of one table of a list."""

    def __init__(self, reader: _Reader, table: Table) -> None:
        self.reader = reader
        self.table = table = _with_unit_below(table)
        self.columns = _chosen(table, self._year_hint())
        self.money = [column for key in MONEY for column in self.columns.get(key, ())]
        self.has_code_column = "code" in self.columns
        self.lines: list[_Line] = []
        self.sums: list[Sum] = []

    def read(self) -> None:
        """Take up every row that is a project."""
        self._tell_columns()
        self._unit_above()
        names = [column for key in ("code", "name", "joined") for column in self.columns.get(key, ())]
        self.rows = filled_down(self.table, names)
        heads = {text for row in range(self.table.first, self.table.head + 1) for text in self.table.sheet.texts(row)}
        repeated = heads.union(*self.table.above.values())
        self.units = {squeeze(self.reader.unit.name)} - {""}
        hidden = [at for at in self.rows if at in self.table.sheet.hidden_rows]
        if hidden:
            self.reader.tell("XPF159", self._place(hidden[0], "code", "joined", "name"), count=len(hidden))
        first = True
        for at, cells in self.rows.items():
            texts = [cell.text for _, cell in sorted(cells.items())]
            if not repeated.issuperset(texts) and not (first and numbers_columns(texts)):
                self._row(at, cells)
            first = False
        self._settle()

    # --- columns -----------------------------------------------------------------------------------------------------

    def _year_hint(self) -> int | None:
        """The year of which the columns are wanted, as far as it is known before the rows are read."""
        codes = (cell_of(cells, column).text for column in self.table.of("code") for cells in self.table.rows.values())
        years = self.reader.years
        return years["given"] or years["title"] or common_year(map(squeeze, codes)) or None

    def _column(self, *keys: str) -> Column | None:
        return next((columns[0] for key in keys if (columns := self.columns.get(key))), None)

    def _cell(self, cells: Mapping[int, Held], *keys: str) -> Held:
        column = self._column(*keys)
        return cell_of(cells, column) if column else NOTHING

    def _place(self, at: int, *keys: str) -> Locus:
        column = self._column(*keys) or self.table.columns[0]
        return self.table.place(at, column)

    def _tell_columns(self) -> None:
        """Say in what unit the amounts are, which columns are not read, and what stands for a budget column."""
        table, reader = self.table, self.reader
        reader.findings += table.converted(self.money)
        used = {column.at for columns in self.columns.values() for column in columns}
        unread = [column for column in table.columns if column.at not in used and any(column.words)]
        without = {at for cells in table.rows.values() for at in cells} - {column.at for column in table.columns}
        names = dict.fromkeys("".join(dict.fromkeys(column.words)) for column in unread)
        names |= dict.fromkeys(column_letters(at) for at in sorted(without))
        if names:
            place = table.sheet.place(table.head, min([*without, *(column.at for column in unread)]))
            reader.tell("XPF154", place, columns=cut("、".join(names), 200))
        if "initial" not in self.columns:
            summed = "、".join(column.words[-1] for column in self.money)
            reader.tell("XPF157", table.place(table.head, self.money[0]), columns=cut(summed, 200))
        years = {year for column in self.columns.get("initial", ()) for year in years_in(column.words)}
        if len(years) == 1:
            reader.years.setdefault("heading", years.pop())

    def _unit_above(self) -> None:
        """The unit that a line above the headings names."""
        for at, texts in self.table.above.items():
            for text, following in _pairs(texts):
                for code, name, department in _named_unit(text, following):
                    if department:
                        self.reader.unit = self.reader.unit.model_copy(update={"department": cut_to_cell(department)})
                    if code or name:
                        self.reader.name_unit(code, name, "", self.table.place(at, self.table.columns[0]))

    # --- rows --------------------------------------------------------------------------------------------------------

    def _row(self, at: int, cells: Mapping[int, Held]) -> None:
        code, name = self._identity(cells)
        source = self._cell(cells, "source").text
        others = [self._cell(cells, key).text for key in ("number", "unit_code", "unit_name", "department")]
        others += [cells[at].text for at in sorted(cells) if self._may_tell(at, is_named=bool(code or name))]
        amounts = [_written(cell_of(cells, column)) for column in self.money]
        units = self.units | {squeeze(self._cell(cells, "unit_name").text)} - {""}
        kind, label = kind_of(Row(code, name, source, others, amounts), units)
        before = self.lines[-1] if self.lines else None
        if kind is Kind.OPEN and not code and not name and source and before:
            code, name, kind = before.code, before.name, before.kind
        if kind is Kind.NOTHING or cells.keys().isdisjoint(column.at for column in self.table.columns):
            return
        if kind is Kind.UNKNOWN:
            self.reader.tell(
                "XPF101",
                self._place(at, "name", "joined"),
                text=label,
            )
        elif kind is Kind.SUM:
            amount = self._budget(self._amounts(at, cells, []))
            if amount is not None:
                self.sums.append(Sum(len(self.lines), label, amount, self._place(at, "initial", *SOURCES)))
        else:
            read = self._amounts(at, cells, self.reader.findings)
            self.lines.append(_Line(at, kind, label, code, name, {**read, "initial": self._budget(read)}))

    def _may_tell(self, at: int, *, is_named: bool) -> bool:
        """Whether what stands in this column may say that a row without a code is no project: left of the amounts, or
        anywhere but in them where the row has no name either."""
        money = [column.at for column in self.money]
        return at < min(money) if is_named else at not in money

    def _identity(self, cells: Mapping[int, Held]) -> tuple[str, str]:
        """The code and the name as they stand, from one column or two."""
        name = self._cell(cells, "name", "joined").text
        if self.has_code_column:
            code = self._cell(cells, "code")
            return (code.text or "?") if code.fault else code.text, name
        return _parted(name)

    def _amounts(self, at: int, cells: Mapping[int, Held], findings: list[Finding]) -> dict[str, Decimal | None]:
        """The amounts of a row by key, those of several columns of one key added up."""
        amounts: dict[str, Decimal | None] = {}
        for key in MONEY:
            for column in self.columns.get(key, ()):
                unit, place = self.table.unit_of(column), self.table.place(at, column)
                amount = read_amount(cell_of(cells, column), unit, LABELS[key], place, findings)
                before = amounts.get(key)
                amounts[key] = amount if before is None else before + (amount or 0)
        part, above = amounts.pop("part_of_fiscal", None), amounts.get("upper_grants")
        if "fiscal_funds" not in self.columns and (part is not None or above is not None):
            amounts["fiscal_funds"] = (part or Decimal(0)) + (above or Decimal(0))
        return amounts

    def _budget(self, amounts: Mapping[str, Decimal | None]) -> Decimal | None:
        """The budget: what its column says, or all sources where there is no such column."""
        if "initial" in self.columns:
            return amounts.get("initial")
        given = [amounts[key] for key in SOURCES if key != "upper_grants" and amounts.get(key) is not None]
        return sum(filter(None, given), Decimal(0)) if given else None

    def _settle(self) -> None:
        """Tell captions and rows without a code that add up others from projects, and hold sums against projects."""
        opens = [place for place, line in enumerate(self.lines) if line.kind in (Kind.OPEN, Kind.CAPTION)]
        borders = {*(each.above for each in self.sums), *opens, *(place + 1 for place in opens)}
        sure = Sums((_ZERO if line.kind in (Kind.OPEN, Kind.CAPTION) else line.amount for line in self.lines), borders)
        adding = {place for place in opens if self._adds_up(self.lines[place], sure, place + 1)}
        for place, line in enumerate(self.lines):
            if place not in adding:
                self._project(line)
            elif line.kind is Kind.OPEN or (line.code and line.code.isascii()):
                where, amount = self._place(line.at, "initial", *SOURCES), f"{line.amount.normalize():f}"
                self.reader.tell("XPF158", where, text=line.label, amount=amount)
        amounts = (_ZERO if place in adding else line.amount for place, line in enumerate(self.lines))
        held = Sums(amounts, borders)
        self.reader.findings += filter(None, map(held.found, self.sums))

    @staticmethod
    def _adds_up(line: _Line, sums: Sums, above: int) -> bool:
        count, below = sums.below(above)
        if line.amounts.get("initial") is None:
            return False
        if line.kind is Kind.CAPTION or not line.name:
            return sums.are_added_up(above, line.amount)
        return count > 1 and line.amount == below

    def _project(self, line: _Line) -> None:
        cells, reader = self.rows[line.at], self.reader
        places = {key: self._place(line.at, key, "joined", "name") for key in ("code", "name", "purpose", "source")}
        code = self._code(line, cells, places["code"])
        held = self._cell(cells, "name", "joined")
        name = read_text(held._replace(text=line.name), LABELS["name"], places["name"], reader.findings)
        purpose = read_text(self._cell(cells, "purpose"), LABELS["purpose"], places["purpose"], reader.findings)
        unit = [self._cell(cells, key).text for key in ("unit_code", "unit_name", "department")]
        reader.name_unit(unit[0], unit[1], unit[2], self._place(line.at, "unit_name", "unit_code"))
        year = read_number(self._cell(cells, "year").text.removesuffix("度").removesuffix("年"))
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            known = reader.years.setdefault("column", int(year))
            reader.years["column"] = known if known == year else None
        parts = tuple(
            squeeze(cell_of(cells, column).text) for key in ("source", "split") for column in self.columns.get(key, ())
        )
        source = self._cell(cells, "source").text
        reader.take(line._replace(code=code, name=name), source, parts, purpose, places)
        contact = Contact(*(self._cell(cells, key).text for key in ("contact", "phone", "email")))
        if code and any(contact):
            reader.contacts.setdefault(code, contact)

    def _code(self, line: _Line, cells: Mapping[int, Held], place: Locus) -> str:
        """The code; "" with a finding where the cell holds none: a date, or a number that has lost its last digits."""
        held, text = self._cell(cells, "code"), squeeze(line.code)
        is_lost = has_lost_digits(held)
        is_lost |= bool(_LOST.fullmatch(text)) or (
            text.isdecimal() and not text[EXACT_DIGITS:].strip("0") and len(text) == LENGTH
        )
        is_date = (held.shown is not None and held.shown.kind is Look.MOMENT) or from_text(line.code) is not None
        found: Finding | None = None
        if held.fault:
            found = fault_of(held, LABELS["code"], place)
        elif not text:
            self.reader.tell("XPF103", place)
        elif is_date:
            found = finding("XPF121", place, text=cut(line.code), problem=CODE_LENGTH)
        elif is_lost:
            found = finding("XPF409", place, field=LABELS["code"], text=text)
        elif (problem := check_code(text)) in (CODE_LENGTH, CODE_CHARACTER):
            self.reader.tell("XPF121", place, text=cut(text), problem=problem)
        if found is None:
            return cut_to_cell(text)
        self.reader.findings.append(found)
        self.reader.unread_code = self.reader.unread_code or found
        return ""


_ZERO = Decimal(0)


def _written(cell: Held) -> str:
    """What stands in a cell of amounts; "" where that is nothing."""
    return "?" if cell.fault else "" if squeeze(cell.text) in NO_AMOUNT else cell.text


def _parted(text: str) -> tuple[str, str]:
    """The code and the name that stand in one cell; without a code all of it is the name."""
    plain = fold(text)
    for pattern in _JOINED if len(text) <= _LONGEST_JOINED else ():
        if found := pattern.fullmatch(plain):
            start, end = found.span("name")
            return found["code"], text[start:end].strip()
    return "", text


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


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(texts, [*texts[1:], ""], strict=True)


def _named_unit(text: str, following: str) -> Iterator[tuple[str, str, str]]:
    """Code, name and 主管部门 that a cell names, or the cell behind it: 填报单位：某法院, 335001某法院."""
    plain = fold(clean(text))
    if len(plain) > 200 or (coded := labels.unit_code(text)):
        yield from [(*coded, "")] if len(plain) <= 200 and coded else []
        return
    if found := _CODE_LINE.fullmatch(plain):
        yield found[1], "", ""
    elif found := _UNIT_LINE.fullmatch(plain):
        name = clean(text)[found.start(2) : found.end(2)] or following
        if name and not unit_in(f"单位：{name}") and from_text(name) is None and not note(name):
            yield ("", "", name) if found[1] else ("", name, "")
