"""A plain list of projects (.xlsx, .xlsm, .csv) as a department: one row per project, or one for each of its sources.

Knows how rows of one code go together and where the year is sought; its words are in `list_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from xlperf.checks import finding, in_both
from xlperf.document import unit_texts
from xlperf.document.blocks import one_line
from xlperf.document.budget_units import BudgetUnits
from xlperf.document.forms_in_sheets import heads_indicators
from xlperf.document.list_codes import parted, read_code
from xlperf.document.list_columns import LABELS, Cells, Columns
from xlperf.document.list_front import units_above, year_above, year_of_file
from xlperf.document.list_rows import Kind, Sum, Sums, kind_of, numbers_columns, plain
from xlperf.document.list_words import MONEY, SOURCES, heading, source_of
from xlperf.document.sheets import Sheet, open_sheets
from xlperf.document.table_file import Table, cell_of, find_tables, read_text, unread_sheets
from xlperf.measure.codes import LENGTH, common_year
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import Budget, BudgetUnit, Department, Finding, Funds, Locus, Project, UnreadableInput
from xlperf.model.text import LARGEST, code_key, cut, cut_to_cell, read_number, squeeze

NEEDED = (("name", "joined"), MONEY)
MOST_PROJECTS = 9_999  # what the number of a project goes up to
SUSPICIOUS = 1_000  # 万元: where no unit is stated and no project has less, 元 may be meant
_ZERO = Decimal(0)
_OF_SOURCE = {"part_of_fiscal": ("fiscal_funds",), "upper_grants": ("upper_grants", "fiscal_funds")}  # else itself


class NoListError(UnreadableInput):
    """No sheet that shows has a list of projects."""


class Contact(NamedTuple):
    """Who answers for a project. For reminders only: never part of what is handed in or published."""

    name: str = ""
    phone: str = ""
    email: str = ""


class ProjectList(NamedTuple):
    """The department of a list, the findings about its cells, and contacts by project code.

    `year_from` says where the year was found: a key of `YEARS_FROM`; `units` are the budget units of the projects.
    """

    department: Department
    findings: tuple[Finding, ...]
    contacts: Mapping[str, Contact]
    year_from: str
    units: tuple[BudgetUnit, ...] = ()


YEARS_FROM = ("given", "title", "column", "heading", "code", "file", "default")


def holds_list(path: Path) -> bool:
    """Whether a sheet that shows has a list of projects. Raises UnreadableInput."""
    return any(_lists_on(sheet) for sheet in open_sheets(path).sheets)


def read_project_list(path: Path, *, year: int | None = None, default_year: int | None = None) -> ProjectList:
    """The department of a list with columns for code, name and budget, on any of the sheets that show.

    The year is the one given, else that of titles, a column, headings, the codes, the file's name, else the default.
    Raises NoListError where there is no such list, UnreadableInput where it is empty or nothing says the year.
    """
    opened = open_sheets(path)
    tables = [table for sheet in opened.sheets for table in _lists_on(sheet)]
    if not tables:
        raise NoListError("list_without_columns", path=path)
    drafts = _Drafts(path)
    drafts.years = {"given": year, "title": year_above(tables), "file": year_of_file(path), "default": default_year}
    drafts.findings += unread_sheets(opened, {table.sheet.title for table in tables})
    for table in tables:
        _TableReader(drafts, table).read()
    drafts.settle()
    if not drafts.all:
        raise UnreadableInput("list_empty", path=path)
    if not any(table.unit or any(column.unit for column in table.columns) for table in tables):
        drafts.doubt_the_unit()
    drafts.years["code"] = common_year(draft.code for draft in drafts.all)
    year_from = next((each for each in YEARS_FROM if drafts.years.get(each)), "")
    if not year_from:
        if (unread := drafts.unread_code) is None:
            raise UnreadableInput("year_unknown", path=path)
        reason = in_both(unread.code, **dict(unread.values))
        raise UnreadableInput("list_codes_unread", path=path, place=unread.locus, reason=reason)
    projects = tuple(draft.project(number) for number, draft in enumerate(drafts.all, start=1))
    units = tuple(drafts.unit_of(draft.unit) for draft in drafts.all)
    department = Department(unit=drafts.unit, year=drafts.years[year_from] or 0, projects=projects)
    return ProjectList(department, tuple(drafts.findings), drafts.contacts, year_from, units)


def _lists_on(sheet: Sheet) -> list[Table]:
    """The lists on a sheet: names and amounts, and codes in a column of their own or beside the names."""
    if any(heads_indicators(sheet.texts(row)) for row in sheet.rows):
        return []
    return [table for table in find_tables(sheet, heading, NEEDED) if _has_codes(table)]


def _has_codes(table: Table) -> bool:
    if table.of("code") or table.of("joined"):
        return True
    names = table.of("name")
    return any(len(parted(cell_of(cells, each).text)[0]) == LENGTH for cells in table.rows.values() for each in names)


# --- projects --------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A row that is a project, or one of its sources, or may be: what it is, its words, and its amounts in 万元."""

    at: int
    cells: Cells
    kind: Kind
    label: str
    code: str
    name: str
    amounts: Mapping[str, Decimal | None]
    unit: int = 0  # which of the units that are named the rows above say it is of

    @property
    def amount(self) -> Decimal:
        """The budget of this row, 0 where it has none."""
        return self.amounts.get("initial") or _ZERO


class _Draft:
    """A project while its rows are put together."""

    def __init__(self, code: str, name: str, place: Locus) -> None:
        self.code, self.name, self.place = code, name, place
        self.unit = 0  # which of the units that are named
        self.amounts: dict[str, Decimal] = {}
        self.purposes: dict[str, None] = {}
        self.sources: dict[str, None] = {}
        self.parts: set[tuple[str, ...]] = set()
        self.rows = 0
        self.is_source_unknown = False

    def add(self, amounts: Mapping[str, Decimal | None]) -> None:
        """Take up the amounts of one more of its rows."""
        self.rows += 1
        for key, amount in amounts.items():
            if amount is not None:
                self.amounts[key] = self.amounts.get(key, _ZERO) + amount

    def project(self, number: int) -> Project:
        """The project; of its sources nothing where one of them is not known."""
        sources = () if self.is_source_unknown else Funds.model_fields
        amounts: dict[str, Any] = {key: self.amounts.get(key) for key in ("initial", "adjusted", *sources)}
        purpose = cut_to_cell("\n".join(filter(None, self.purposes)))
        return Project(number=number, code=self.code, name=self.name, budget=Budget(**amounts), purpose=purpose)


class _Drafts:
    """What the tables of a list say: projects, their unit, years and contacts, and the findings about it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.years: dict[str, int | None] = {}
        self._units = BudgetUnits()
        self._department = ""
        self.all: list[_Draft] = []
        self.contacts: dict[str, Contact] = {}
        self.unread_code: Finding | None = None
        self.findings: list[Finding] = []
        self._by_code: dict[str, dict[str, _Draft]] = {}  # code → name → the first project of them
        self._told: set[tuple[str, str]] = set()  # what is told once: the code of the finding, the text

    def tell(self, code: str, place: Locus, /, **values: object) -> None:
        """Note a finding."""
        self.findings.append(finding(code, place, **values))

    def tell_once(self, code: str, place: Locus, about: str, /, **values: object) -> None:
        """Note a finding about a text, unless the same was said of it before."""
        if (code, about) not in self._told:
            self._told.add((code, about))
            self.tell(code, place, **values)

    @property
    def unit(self) -> BudgetUnit:
        """The unit that was named first."""
        return self.unit_of(0)

    def unit_of(self, at: int) -> BudgetUnit:
        """The unit that `name_unit` said is at this place."""
        named = self._units.all[at] if self._units.all else BudgetUnit()
        return named.model_copy(update={"department": self._department})

    def name_unit(self, unit: BudgetUnit, place: Locus) -> int:
        """Take up what is said of a unit; which it is. Another one than the first is a finding."""
        self._department = self._department or unit.department
        code, name = unit_texts.unit_code(unit.name) or ("", unit.name)
        if not (code or name or unit.code):
            return 0
        known = self._units.all
        count = len(known)
        at = self._units.take(unit.code or code, name)
        if 0 < count < len(known):
            other, first = (cut(each.code + each.name) for each in (known[at], known[0]))
            self.tell("XPF111", place, unit=other, first=first)
        return at

    def take(self, line: _Line, parts: tuple[str, ...], source: str, places: Mapping[str, Locus]) -> _Draft:
        """Put a row to the project it belongs to, or begin a project."""
        draft = self._draft(line, parts, places["code"])
        draft.parts.add(parts)
        amounts = dict(line.amounts)
        if source:
            draft.sources[source] = None
        if source and all(amounts.get(key) is None for key in SOURCES):
            if key := source_of(source):
                amounts |= dict.fromkeys(_OF_SOURCE.get(key, (key,)), amounts.get("initial"))
            else:
                draft.is_source_unknown = True
                self.tell_once("XPF155", places["source"], source, text=cut(source))
        draft.add(amounts)
        return draft

    def _draft(self, line: _Line, parts: tuple[str, ...], place: Locus) -> _Draft:
        """The project of this code and name that has no row of these parts yet, or a new one."""
        of_code = self._by_code.setdefault(code_key(line.code), {}) if line.code else {}
        first = next(iter(of_code.values()), None)
        same = of_code.get(squeeze(line.name)) if line.name else first
        if same is not None and any(parts) and parts not in same.parts:
            return same
        if first is not None:
            self.tell("XPF122", place, code=line.code, other=first.name)
        if len(self.all) == MOST_PROJECTS:
            raise UnreadableInput("list_too_long", path=self._path, most=MOST_PROJECTS, row=line.at)
        draft = _Draft(line.code, line.name, place)
        self.all.append(draft)
        of_code.setdefault(squeeze(line.name), draft)
        return draft

    def settle(self) -> None:
        """Say which amounts are too large, and what was added up."""
        for draft in self.all:
            for key in [key for key, amount in draft.amounts.items() if abs(amount) >= LARGEST]:
                self.tell("XPF403", draft.place, field=LABELS[key], text=cut(f"{draft.amounts.pop(key):f}"))
            if draft.rows > 1:
                total, sources = plain(draft.amounts.get("initial", _ZERO)), [*draft.sources] or "—"
                self.tell("XPF153", draft.place, code=draft.code, count=draft.rows, sum=total, sources=sources)

    def doubt_the_unit(self) -> None:
        """Say that the amounts, whose unit is not stated, may be in 元."""
        amounts = [(amount, draft.place) for draft in self.all if (amount := draft.amounts.get("initial"))]
        least, place = min(amounts, key=lambda each: each[0], default=(_ZERO, Locus()))
        if least >= SUSPICIOUS:
            self.tell("XPF156", place, value=plain(least))


# --- rows ------------------------------------------------------------------------------------------------------------


class _TableReader:
    """Reads the rows of one table of a list."""

    def __init__(self, drafts: _Drafts, table: Table) -> None:
        codes = (cell_of(cells, column).text for column in table.of("code") for cells in table.rows.values())
        year = drafts.years["given"] or drafts.years["title"] or common_year(map(squeeze, codes))
        self.drafts, self.table = drafts, table
        self.columns = Columns(table, year)
        self._unit = 0  # which of the units that are named the rows below a caption are of
        self.lines: list[_Line] = []
        self.sums: list[Sum] = []

    def read(self) -> None:
        """Take up every row that is a project."""
        self.drafts.findings += self.columns.findings()
        if year := self.columns.budget_year:
            self.drafts.years.setdefault("heading", year)
        for unit, place in units_above(self.table):
            self._unit = self.drafts.name_unit(unit, place)
        rows = self.columns.rows()
        if hidden := [at for at in rows if at in self.table.sheet.hidden_rows]:
            self.drafts.tell("XPF159", self.columns.place(hidden[0], "code", "joined", "name"), count=len(hidden))
        heads = {text for row in range(self.table.first, self.table.head + 1) for text in self.table.sheet.texts(row)}
        repeated = heads.union(*self.table.above.values())
        unit_name = squeeze(self.drafts.unit.name)
        for number, (at, cells) in enumerate(rows.items()):
            texts = [cell.text for _, cell in sorted(cells.items())]
            if not repeated.issuperset(texts) and (number or not numbers_columns(texts)):
                self._row(at, cells, unit_name)
        self._settle()

    def _row(self, at: int, cells: Cells, unit_name: str) -> None:
        """Take up a row as a line, or as a sum of lines."""
        columns = self.columns
        row = columns.row(cells)
        units = {unit_name, squeeze(columns.cell(cells, "unit_name").text)} - {""}
        kind, label = kind_of(row, units)
        code, name = row.code, row.name
        coded = [text for text in (code, name, *row.others) if unit_texts.unit_code(text)]
        if kind in (Kind.CAPTION, Kind.NOTHING) and coded:
            self._unit = self.drafts.name_unit(BudgetUnit(name=coded[0]), columns.place(at, "unit_name", "name"))
        if kind is Kind.OPEN and not (code or name) and row.source and self.lines:
            code, name, kind = self.lines[-1].code, self.lines[-1].name, self.lines[-1].kind
        if kind is Kind.NOTHING or cells.keys().isdisjoint(column.at for column in self.table.columns):
            return
        if kind is Kind.UNKNOWN:
            self.drafts.tell("XPF101", columns.place(at, "name", "joined"), text=label)
        elif kind is Kind.SUM:
            amount = columns.amounts(at, cells, [])["initial"]
            if amount is not None:
                self.sums.append(Sum(len(self.lines), label, amount, columns.place(at, "initial", *SOURCES)))
        else:
            amounts = columns.amounts(at, cells, self.drafts.findings)
            self.lines.append(_Line(at, cells, kind, label, code, name, amounts, self._unit))

    def _settle(self) -> None:
        """Tell captions and rows without a code that add up others from projects, and hold sums against projects."""
        opens = [place for place, line in enumerate(self.lines) if line.kind in (Kind.OPEN, Kind.CAPTION)]
        borders = {*(each.above for each in self.sums), *opens, *(place + 1 for place in opens)}
        sure = self._sums({*opens}, borders)
        adding = {place for place in opens if _adds_up(self.lines[place], sure, place + 1)}
        for place, line in enumerate(self.lines):
            if place not in adding:
                self._project(line)
            elif line.kind is Kind.OPEN or (line.code and line.code.isascii()):
                where = self.columns.place(line.at, "initial", *SOURCES)
                self.drafts.tell("XPF158", where, text=line.label, amount=plain(line.amount))
        self.drafts.findings += filter(None, map(self._sums(adding, borders).found, self.sums))

    def _sums(self, without: Set[int], borders: Iterable[int]) -> Sums:
        """The budgets of the lines, those of some left out."""
        return Sums((_ZERO if at in without else line.amount for at, line in enumerate(self.lines)), borders)

    def _project(self, line: _Line) -> None:
        """Put a line to its project, with what its other cells say."""
        cells, columns, drafts = line.cells, self.columns, self.drafts
        places = {key: columns.place(line.at, key, "joined", "name") for key in ("code", "name", "purpose", "source")}
        code, found = read_code(columns.cell(cells, "code"), line.code, LABELS["code"], places["code"])
        if found:
            drafts.findings.append(found)
            if line.code and not code:
                drafts.unread_code = drafts.unread_code or found
        held = columns.cell(cells, "name", "joined")._replace(text=line.name)
        name = one_line(read_text(held, LABELS["name"], places["name"], drafts.findings))
        purpose = read_text(columns.cell(cells, "purpose"), LABELS["purpose"], places["purpose"], drafts.findings)

        def text(key: str) -> str:
            return cut_to_cell(columns.cell(cells, key).text)

        unit = BudgetUnit(code=text("unit_code"), name=text("unit_name"), department=text("department"))
        of_row = drafts.name_unit(unit, columns.place(line.at, "unit_name", "unit_code"))
        year = read_number(text("year").removesuffix("度").removesuffix("年"))
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            known = drafts.years.setdefault("column", int(year))
            drafts.years["column"] = known if known == year else None
        line = line._replace(code=code, name=name)
        draft = drafts.take(line, columns.parts(cells), text("source"), places)
        draft.purposes[purpose] = None
        draft.unit = of_row if unit.code or unit.name else line.unit
        contact = Contact(text("contact"), text("phone"), text("email"))
        if code and any(contact):
            drafts.contacts.setdefault(code, contact)


def _adds_up(line: _Line, sums: Sums, above: int) -> bool:
    """Whether a line says what other lines make: any, or where it has a name of its own several below it."""
    count, below = sums.below(above)
    if line.amounts.get("initial") is None:
        return False
    if line.kind is Kind.CAPTION or not line.name:
        return sums.are_added_up(above, line.amount)
    return count > 1 and line.amount == below
