"""A plain list of projects (.xlsx or .csv) as a department: one row per project under a row of headings."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from xlperf.checks import finding, in_both
from xlperf.files.guard import Refused, TooMuch, fetch, unpack
from xlperf.measure.codes import common_year
from xlperf.model import (
    Budget,
    BudgetUnit,
    Department,
    Finding,
    Locus,
    Project,
    UnreadableInput,
)
from xlperf.model.text import CELL_LIMIT, as_kept, clean, cut, cut_to_cell, fits_a_cell, read_money, squeeze
from xlperf.ooxml.a1 import address, position
from xlperf.ooxml.grid import MOST_CELLS, limit, read_grid
from xlperf.ooxml.strings import read_strings
from xlperf.ooxml.workbook_parts import open_book

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
TEXTS = {"code": "项目编码", "name": "项目名称", "purpose": "用途", "unit_code": "单位代码", "unit_name": "单位名称"}
ENCODINGS = ("utf-8-sig", "gb18030")
HEADING_ROWS = 10  # a title or two may stand above the headings
MOST_PROJECTS = 9_999  # what the number of a project goes up to
LARGEST_CSV = 8 * 2**20  # bytes; a list of all those projects has a quarter

Rows = dict[int, dict[int, str]]
"""Row → column → text, both from 1; only what is not blank."""


def read_project_list(
    path: Path, *, year: int | None = None, default_year: int | None = None
) -> tuple[Department, tuple[Finding, ...]]:
    """The department of a list with the columns 项目编码, 项目名称, 预算数 (万元), and findings about its cells.

    The year is the one given, else the one the codes carry, else the default. Raises UnreadableInput where there is no
    such list.
    """
    sheet, rows = _rows(path)
    head, columns = _headings(rows, path)
    findings: list[Finding] = []
    projects: list[Project] = []
    unit = BudgetUnit()
    for at in sorted(row for row in rows if row > head):
        places = {key: _place(path, sheet, at, column) for key, column in columns.items()}
        said = {key: rows[at].get(column, "") for key, column in columns.items()}
        if not any(said[key] for key in NEEDED) or squeeze(said["code"]) in ("合计", "总计"):
            continue
        if len(projects) == MOST_PROJECTS:
            raise UnreadableInput("list_too_long", path=path, most=MOST_PROJECTS, row=at)
        texts = {key: _text(said[key], TEXTS[key], places[key], findings) for key in TEXTS if key in said}
        budget = {key: _money(said[key], MONEY[key], places[key], findings) for key in MONEY if key in said}
        if not texts["code"]:
            findings.append(finding("XPF103", places["code"]))
        projects.append(
            Project(
                number=len(projects) + 1,
                code=cut_to_cell(squeeze(texts["code"])),
                name=texts["name"],
                budget=Budget.model_validate(budget),
                purpose=texts.get("purpose", ""),
            )
        )
        if unit == BudgetUnit():
            unit = BudgetUnit(code=texts.get("unit_code", ""), name=texts.get("unit_name", ""))
    if not projects:
        raise UnreadableInput("list_empty", path=path)
    # The year that characters 7 and 8 of every code agree on.
    year = year or common_year(project.code for project in projects) or default_year
    if not year:
        raise UnreadableInput("year_unknown", path=path)
    return Department(unit=unit, year=year, projects=tuple(projects)), tuple(findings)


def _place(path: Path, sheet: str, row: int, column: int) -> Locus:
    """A cell of a sheet; a line of a .csv."""
    return Locus(file=path.name, sheet=sheet, cell=address(row, column)) if sheet else Locus(file=path.name, line=row)


def _text(text: str, field: str, place: Locus, findings: list[Finding]) -> str:
    """The text, cut with a finding where no cell could hold it."""
    if not fits_a_cell(text):
        findings.append(finding("XPF408", place, field=field, limit=CELL_LIMIT))
    return cut_to_cell(text)


def _money(text: str, field: str, place: Locus, findings: list[Finding]) -> Decimal | None:
    """The amount as a form could hold it; anything else is a finding, as it is in a form."""
    if not text:
        return None
    amount = read_money(text)
    if amount is None:
        findings.append(finding("XPF401", place, field=field, text=cut(text)))
        return None
    try:
        kept = as_kept(amount)
    except ValidationError:
        findings.append(finding("XPF403", place, field=field, text=cut(text)))
        return None
    if kept != amount:
        findings.append(finding("XPF412", place, field=field, text=cut(text), value=f"{kept:f}"))
    return kept


def _headings(rows: Rows, path: Path) -> tuple[int, dict[str, int]]:
    """The row of the headings and the column of each."""
    for at in sorted(row for row in rows if row <= HEADING_ROWS):
        columns: dict[str, int] = {}
        for column in sorted(rows[at]):
            key = HEADINGS.get(squeeze(rows[at][column]).casefold().replace("（", "(").replace("）", ")"))
            if key:
                columns.setdefault(key, column)
        if all(key in columns for key in NEEDED):
            return at, columns
    raise UnreadableInput("list_without_columns", path=path)


def _rows(path: Path) -> tuple[str, Rows]:
    if os.path.isdir(path):
        raise UnreadableInput("source_is_folder", path=path)
    try:
        content = fetch(path)
        return ("", _csv_rows(content, path)) if path.suffix.lower() == ".csv" else _sheet_rows(content)
    except Refused as refused:
        if isinstance(refused.__cause__, FileNotFoundError):
            raise UnreadableInput("source_missing", path=path) from refused
        if refused.code == "XPF209":
            raise UnreadableInput("source_empty", path=path) from refused
        reason = in_both(refused.code, **refused.values)
        raise UnreadableInput("source_unreadable", path=path, reason=reason) from refused


def _csv_rows(content: bytes, path: Path) -> Rows:
    if len(content) > LARGEST_CSV:
        raise TooMuch(f"CSV: > {LARGEST_CSV // 2**20} MB")
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return _filled(csv.reader(io.StringIO(text, newline="")))
        except csv.Error as error:
            raise UnreadableInput("source_unreadable", path=path, reason=str(error)) from error
    raise UnreadableInput("source_undecodable", path=path)


def _filled(records: Iterable[Sequence[str]]) -> Rows:
    """What is not blank of these records. Raises Refused where it is more than a sheet may hold."""
    rows: Rows = {}
    count = 0
    for number, record in enumerate(records, start=1):
        row = {column: text for column, cell in enumerate(record, start=1) if (text := clean(cell))}
        count += len(row)
        limit(count, MOST_CELLS, "c")
        if row:
            rows[number] = row
    return rows


def _sheet_rows(content: bytes) -> tuple[str, Rows]:
    """The first sheet as rows of text."""
    book = open_book(unpack(content))
    first = next((sheet for sheet in book.sheets if sheet.part), None)
    if first is None:
        raise Refused("XPF202")
    strings = read_strings(book.part(book.strings), book.strings) if book.strings else []
    grid = read_grid(book.part(first.part), strings, first.part)
    rows: Rows = {}
    for ref, value in grid.values.items():
        place = position(ref)
        text = clean(f"{value:f}" if isinstance(value, Decimal) else str(value))
        if place and text:
            row, column = place
            rows.setdefault(row, {})[column] = text
    return first.title, rows
