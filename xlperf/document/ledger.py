"""The payments ledger that the finance system exports (.xlsx, .xlsm, .csv): one payment per row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from xlperf.checks import finding
from xlperf.document.labels import key
from xlperf.document.list_rows import plain
from xlperf.document.list_words import source_of
from xlperf.document.sheets import NOTHING, Held, open_sheets
from xlperf.document.table_file import Column, Table, cell_of, find_tables, read_amount, read_text, unread_sheets
from xlperf.measure import MONTHS
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import Finding, Ledger, Locus, Payment, UnreadableInput
from xlperf.model.text import LARGEST, cut, fold, squeeze
from xlperf.ooxml.dates import from_serial, from_text

# Headings as the systems export them → what the column holds.
_WORDS = {
    "code": "项目编码 项目代码 预算项目编码 预算项目代码 编码 code",
    "name": "项目名称 预算项目 预算项目名称 项目 name",
    "year": "年度 会计年度 支付年度 year",
    "date": "支付日期 支付时间 日期 记账日期 凭证日期 交易日期 入账日期 支付月份 月份 月 会计期间 date month",
    "amount": "支付金额 金额 实际支付金额 支出金额 发生额 支付数 执行数 amount",
    "source": "资金来源 资金来源名称 资金性质 资金性质名称 资金类型 经费来源 source",
}
HEADINGS = {word: column for column, words in _WORDS.items() for word in words.split()}
NEEDED = (("code",), ("date",), ("amount",))
LABELS = {"code": "项目编码", "name": "项目名称", "amount": "支付金额"}

OF_ABOVE = ("part_of_fiscal", "upper_grants")  # sources that are counted among the fiscal funds when they are paid

# Rows that only add up others: those of the whole ledger, and those since the last one of this kind.
WHOLE, PART = ("合计", "总计", "总合计"), ("小计", "本月合计", "本期合计", "本页小计")
_RUNNING = ("本年累计", "累计")  # over other ledgers too: nothing here to hold them against
_SUMS = frozenset((*WHOLE, *PART, *_RUNNING))

_MONTH = re.compile(r"(?:(\d{4})(?:\.(?!\d$)|[-/年])?)?(\d{1,2})月?份?")  # 2026.1 may be the number 2026.10
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def read_ledger(path: Path) -> tuple[Ledger, tuple[Finding, ...]]:
    """The payments under the headings 项目编码, 支付日期 or 月份, 支付金额 (元 or 万元), and findings about its cells.

    Amounts that are not read are found; a row that names no month, project or known source is a payment all the same.
    Rows that add up others are held against them and are no payments. Raises UnreadableInput where there is no ledger,
    or where it does not say whether it counts in 元.
    """
    opened = open_sheets(path)
    tables = [table for sheet in opened.sheets for table in find_tables(sheet, _known, NEEDED)]
    if not tables:
        raise UnreadableInput("ledger_without_columns", path=path)
    findings = [*unread_sheets(opened, {table.sheet.title for table in tables})]
    rows: list[Payment] = []
    for table in tables:
        columns = {column.key: column for column in reversed(table.columns) if column.key}
        if not (columns["amount"].unit or table.unit):
            raise UnreadableInput("ledger_without_unit", path=path)
        findings += table.converted((columns["amount"],))
        rows += _payments(table, columns, findings)
    if sum(abs(row.amount) for row in rows) >= LARGEST:
        raise UnreadableInput("ledger_too_large", path=path)
    return Ledger(rows=tuple(rows)), tuple(findings)


def _known(words: tuple[str, ...]) -> str:
    return HEADINGS.get(words[-1].casefold(), "")


def _payments(table: Table, columns: Mapping[str, Column], findings: list[Finding]) -> list[Payment]:
    """The payments of one table."""
    rows: list[Payment] = []
    part = 0
    unit = table.unit_of(columns["amount"])
    for at, cells in table.rows.items():
        place = table.place(at, columns["amount"])
        amount = read_amount(cell_of(cells, columns["amount"]), unit, LABELS["amount"], place, findings)
        if amount is None:
            continue
        summed = next((word for cell in cells.values() if (word := key(cell.text)) in _SUMS), "")
        if not summed:
            held = {name: cell_of(cells, column) for name, column in columns.items()}
            places = {name: table.place(at, column) for name, column in columns.items()}
            rows.append(_payment(held, places, amount, findings))
            continue
        total = sum((row.amount for row in (rows if summed in WHOLE else rows[part:])), Decimal(0))
        if summed not in _RUNNING and total != amount:
            findings.append(finding("XPF117", place, label=summed, stated=plain(amount), sum=plain(total)))
        if summed in PART:
            part = len(rows)
    return rows


def _payment(
    held: Mapping[str, Held], places: Mapping[str, Locus], amount: Decimal, findings: list[Finding]
) -> Payment:
    code, name = (
        read_text(held.get(column, NOTHING), LABELS[column], places["code"], findings) for column in ("code", "name")
    )
    if not code:
        findings.append(finding("XPF103", places["code"]))
    date = _month(held["date"].text, held.get("year", NOTHING).text)
    if date is None:
        findings.append(finding("XPF115", places["date"], text=cut(held["date"].text)))
    source = ""
    if "source" in held:
        source = source_of(held["source"].text)
        if not source:
            findings.append(finding("XPF116", places["source"], text=cut(held["source"].text)))
    year, month = date or (None, None)
    return Payment(
        code=code,
        name=name,
        year=year,
        month=month,
        amount=amount,
        source="fiscal_funds" if source in OF_ABOVE else source,
        place=places["amount"],
    )


def _month(text: str, year: str) -> tuple[int | None, int] | None:
    """Year (None where neither text says it) and month of a date, a serial number, 2026-03, 202603, 20260315 or 3月."""
    plain = squeeze(fold(text)).removesuffix(".0")
    day = from_text(text) or (
        from_serial(Decimal(plain.split(".")[0])) if re.fullmatch(r"\d{5}(\.\d+)?", plain) else None
    )
    if day:
        return day.year, day.month
    found = _DAY.fullmatch(plain) or _MONTH.fullmatch(plain)
    if not found or not 1 <= int(found[2]) <= MONTHS:
        return None
    stated = found[1] or (squeeze(year).removesuffix("年"))
    if not stated:
        return None, int(found[2])
    if not (stated.isdecimal() and FIRST_YEAR <= int(stated) <= LAST_YEAR):
        return None
    return int(stated), int(found[2])
