"""A plain list of projects (.xlsx or .csv) as a department: one row per project under a row of headings."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from xlperf.checks import finding, message
from xlperf.files.guard import Refused, fetch, unpack
from xlperf.form import address
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Finding,
    Locus,
    Project,
    UnreadableInput,
)
from xlperf.model.text import clean, read_money, squeeze
from xlperf.workbook.book import open_book
from xlperf.workbook.grid import position, read_grid
from xlperf.workbook.report import refusal
from xlperf.workbook.strings import read_strings

# Headings as people write them → what the column holds. The first three are needed.
HEADINGS: dict[str, str] = {
    "项目编码": "code",
    "编码": "code",
    "code": "code",
    "项目名称": "name",
    "名称": "name",
    "name": "name",
    "预算数": "initial",
    "预算": "initial",
    "预算数(万元)": "initial",
    "预算金额": "initial",
    "budget": "initial",
    "财政资金": "fiscal_funds",
    "其他资金": "other_funds",
    "用途": "purpose",
    "资金用途": "purpose",
    "单位代码": "unit_code",
    "单位名称": "unit_name",
}
NEEDED = ("code", "name", "initial")
MONEY = {"initial": "预算数", "fiscal_funds": "财政资金", "other_funds": "其他资金"}
ENCODINGS = ("utf-8-sig", "gb18030")
HEADING_ROWS = 10  # a title or two may stand above the headings

Rows = Sequence[Sequence[str]]


def read_project_list(path: Path, *, year: int | None = None) -> tuple[Department, tuple[Finding, ...]]:
    """The department of a list with the columns 项目编码, 项目名称, 预算数 (万元), and findings about its cells.

    The year is the one given, else the one the codes carry. Raises UnreadableInput where there is no such list.
    """
    sheet, rows = _rows(path)
    at, columns = _headings(rows, path)
    findings: list[Finding] = []
    projects: list[Project] = []
    unit = BudgetUnit()
    for i, row in enumerate(rows[at + 1 :], start=at + 2):
        said = {key: row[column] for key, column in columns.items() if column < len(row)}
        if not any(said.get(key) for key in NEEDED) or squeeze(said.get("code", "")) in ("合计", "总计"):
            continue
        places = {
            key: Locus(file=path.name, sheet=sheet, cell=address(i, column + 1)) for key, column in columns.items()
        }
        budget = {key: _money(said.get(key, ""), MONEY[key], places.get(key), findings) for key in MONEY}
        if not said.get("code"):
            findings.append(finding("XPF103", places["code"]))
        projects.append(
            Project(
                number=len(projects) + 1,
                code=squeeze(said.get("code", "")),
                name=said.get("name", ""),
                budget=Budget(**budget),
                purpose=said.get("purpose", ""),
            )
        )
        if unit == BudgetUnit():
            unit = BudgetUnit(code=said.get("unit_code", ""), name=said.get("unit_name", ""))
    if not projects:
        raise UnreadableInput("list_empty", path=path)
    return Department(unit=unit, year=year or _year(projects, path), projects=tuple(projects)), tuple(findings)


def _money(text: str, field: str, place: Locus | None, findings: list[Finding]) -> Decimal | None:
    if not text:
        return None
    amount = read_money(text)
    if amount is None:
        findings.append(finding("XPF401", place, field=field, text=text))
    return amount


def _year(projects: Sequence[Project], path: Path) -> int:
    """The year that characters 7 and 8 of every code agree on."""
    digits = {project.code[6:8] for project in projects if len(project.code) == 21}
    said = digits.pop() if len(digits) == 1 else ""
    if not (said.isascii() and said.isdigit()):
        raise UnreadableInput("year_unknown", path=path)
    return 2000 + int(said)


def _headings(rows: Rows, path: Path) -> tuple[int, dict[str, int]]:
    """The row of the headings and the column of each."""
    for at, row in enumerate(rows[:HEADING_ROWS]):
        columns: dict[str, int] = {}
        for column, text in enumerate(row):
            key = HEADINGS.get(squeeze(text).casefold().replace("（", "(").replace("）", ")"))
            if key:
                columns.setdefault(key, column)
        if all(key in columns for key in NEEDED):
            return at, columns
    raise UnreadableInput("list_without_columns", path=path)


def _rows(path: Path) -> tuple[str, Rows]:
    if path.is_dir():
        raise UnreadableInput("source_is_folder", path=path)
    if not path.exists():
        raise UnreadableInput("source_missing", path=path)
    try:
        content = fetch(path)
        return ("", _csv_rows(content, path)) if path.suffix.lower() == ".csv" else _sheet_rows(content)
    except Refused as refused:
        if refused.code == "XPF209":
            raise UnreadableInput("source_empty", path=path) from refused
        raise UnreadableInput("source_unreadable", path=path, reason=message(refusal(refused, path.name))) from refused


def _csv_rows(content: bytes, path: Path) -> Rows:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
        except csv.Error as error:
            raise UnreadableInput("source_unreadable", path=path, reason=str(error)) from error
    raise UnreadableInput("source_undecodable", path=path)


def _sheet_rows(content: bytes) -> tuple[str, Rows]:
    """The first sheet as rows of text."""
    book = open_book(unpack(content))
    first = next((sheet for sheet in book.sheets if sheet.part), None)
    if first is None:
        raise Refused("XPF202")
    strings = read_strings(book.part(book.strings), book.strings) if book.strings else []
    grid = read_grid(book.part(first.part), strings, first.part)
    rows: list[list[str]] = []
    for ref, value in grid.values.items():
        place = position(ref)
        if place is None:
            continue
        row, column = place
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend("" for _ in range(column - len(cells)))
        cells[column - 1] = clean(f"{value:f}" if isinstance(value, Decimal) else str(value))
    return first.title, rows
