"""The payments ledger that the finance system exports (.xlsx, .xlsm, .csv): one payment per row."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from xlperf.checks import finding
from xlperf.document.labels import key
from xlperf.document.table_file import Table, read_amount, read_table, read_text
from xlperf.measure import MONTHS
from xlperf.measure.dates import FIRST_YEAR, LAST_YEAR
from xlperf.model import Finding, Ledger, Payment, UnreadableInput
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
NEEDED = ("code", "date", "amount")
LABELS = {"code": "项目编码", "name": "项目名称", "amount": "支付金额"}

# Sources of funds, without 资金 or 拨款 at their end → field of `Funds`.
SOURCES: dict[str, str] = {
    **dict.fromkeys(("财政", "本年财政", "当年财政", "一般公共预算", "本级财政", "政府性基金预算"), "fiscal_funds"),
    **dict.fromkeys(("上年结转", "结转", "结转结余", "上年结转结余"), "carryover"),
    **dict.fromkeys(("财政专户", "财政专户管理"), "special_account"),
    **dict.fromkeys(("单位", "自有", "事业收入", "经营收入"), "own_funds"),
    **dict.fromkeys(("其他", "其他收入"), "other_funds"),
}
_END = re.compile(r"(?:资金|拨款)+$")

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
    table = read_table(path, HEADINGS, NEEDED, "ledger_without_columns")
    unit = table.units["amount"]
    if not unit:
        raise UnreadableInput("ledger_without_unit", path=path)
    findings = table.converted(("amount",))
    rows: list[Payment] = []
    part = 0
    for at in table.rows:
        texts, place = table.texts(at), table.place(at, "amount")
        amount = read_amount(texts["amount"], unit, LABELS["amount"], place, findings)
        if amount is None:
            continue
        summed = next((word for text in table.rows[at].values() if (word := key(text)) in _SUMS), "")
        if not summed:
            rows.append(_payment(table, at, amount, findings))
            continue
        total = sum((row.amount for row in (rows if summed in WHOLE else rows[part:])), Decimal(0))
        if summed not in _RUNNING and total != amount:
            findings.append(finding("XPF117", place, label=summed, stated=_plain(amount), sum=_plain(total)))
        if summed in PART:
            part = len(rows)
    if sum(abs(row.amount) for row in rows) >= LARGEST:
        raise UnreadableInput("ledger_too_large", path=path)
    return Ledger(rows=tuple(rows)), tuple(findings)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _payment(table: Table, at: int, amount: Decimal, findings: list[Finding]) -> Payment:
    texts = table.texts(at)
    code, name = (
        read_text(texts.get(column, ""), LABELS[column], table.place(at, "code"), findings)
        for column in ("code", "name")
    )
    if not code:
        findings.append(finding("XPF103", table.place(at, "code")))
    date = _month(texts["date"], texts.get("year", ""))
    if date is None:
        findings.append(finding("XPF115", table.place(at, "date"), text=cut(texts["date"])))
    source = _END.sub("", squeeze(texts.get("source", "")))
    if "source" in texts and source not in SOURCES:
        findings.append(finding("XPF116", table.place(at, "source"), text=cut(texts["source"])))
    year, month = date or (None, None)
    return Payment(
        code=code,
        name=name,
        year=year,
        month=month,
        amount=amount,
        source=SOURCES.get(source, ""),
        place=table.place(at, "amount"),
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
