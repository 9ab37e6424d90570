"""The ledger as finance systems export it: which row is a payment, of what month, of what source, to the cent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import thorough

from xlperf.document.ledger import read_ledger
from xlperf.model import UnreadableInput

CODE = "13080023P00024610002U"
HEAD = "项目编码,支付日期,支付金额（元）,资金来源"


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def sheet(path: Path, rows: Sequence[Sequence[object]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    book.save(path)
    return path


def told(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[str, str]]]:
    """Year, month, amount and source of each row, and code and place of each finding but that of the unit."""
    ledger, findings = read_ledger(path)
    rows = [(row.year, row.month, str(row.amount), row.source) for row in ledger.rows]
    return rows, [(f.code, f.locus.cell or str(f.locus.line)) for f in findings if f.code != "XPF105"]


def test_amounts_in_yuan_are_exact_to_the_cent(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv", HEAD, f"{CODE},2026-03-15,0.01,财政拨款", f"{CODE},2026-04-01,-1234567.89,财政拨款"
    )

    assert told(path) == ([(2026, 3, "0.000001", "fiscal_funds"), (2026, 4, "-123.456789", "fiscal_funds")], [])
    ledger, findings = read_ledger(path)
    assert [(row.code, row.place.line) for row in ledger.rows] == [(CODE, 2), (CODE, 3)]
    assert [(f.code, f.locus.line, f.values) for f in findings] == [("XPF105", 1, (("unit", "元"),))]


@pytest.mark.parametrize(
    ("date", "month"),
    [
        ("2026-03-15", (2026, 3)),
        ("2026/3/5", (2026, 3)),
        ("2026年3月5日", (2026, 3)),
        ("2026-03-15 10:22:11", (2026, 3)),
        ("20260315", (2026, 3)),
        ("202603", (2026, 3)),
        ("2026-03", (2026, 3)),
        ("2026年3月", (2026, 3)),
        ("2026年3月份", (2026, 3)),
        ("2026.03", (2026, 3)),
        ("2026.3月", (2026, 3)),
        ("2026.10", (2026, 10)),
        ("2026.1", (None, None)),
        ("46096", (2026, 3)),
        ("46096.75", (2026, 3)),
        ("3月", (None, 3)),
        ("３月", (None, 3)),
        ("03", (None, 3)),
        ("12", (None, 12)),
        ("13", (None, None)),
        ("0", (None, None)),
        ("2026", (None, None)),
        ("第一季度", (None, None)),
        ("1-3月", (None, None)),
        ("1999-03-01", (None, None)),
        ("", (None, None)),
    ],
)
def test_the_month_however_it_is_written(date: str, month: tuple[int | None, int | None], tmp_path: Path) -> None:
    rows, findings = told(written(tmp_path / "a.csv", HEAD, f"{CODE},{date},10000,财政拨款"))

    assert rows == [(*month, "1", "fiscal_funds")]
    assert findings == ([] if month[1] else [("XPF115", "2")])


def test_a_date_of_a_sheet_and_a_year_in_a_column_of_its_own(tmp_path: Path) -> None:
    rows = [["年度", "项目编码", "月份", "金额(元)"], [2026, CODE, 3, 10000], ["2025年", CODE, "12月", 20000]]
    dated = [["项目编码", "日期", "金额(元)"], [CODE, dt.datetime(2026, 3, 15, 9, 30), 10000]]

    assert told(sheet(tmp_path / "a.xlsx", rows)) == ([(2026, 3, "1", ""), (2025, 12, "2", "")], [])
    assert told(sheet(tmp_path / "b.xlsx", dated)) == ([(2026, 3, "1", "")], [])


def test_titles_the_unit_above_and_headings_of_two_rows(tmp_path: Path) -> None:
    rows = [
        ["预算执行明细表"],
        ["单位：元"],
        ["序号", "项目编码", "支付", None, "资金性质"],
        [None, None, "日期", "金额"],
        [1, CODE, "2026-01-05", 12345.6, "上年结转资金"],
    ]

    path = sheet(tmp_path / "a.xlsx", rows, "B3:B4", "C3:D3", "E3:E4")

    assert told(path) == ([(2026, 1, "1.23456", "carryover")], [])


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("财政拨款", "fiscal_funds"),
        ("一般公共预算拨款", "fiscal_funds"),
        ("当年财政拨款资金", "fiscal_funds"),
        ("上年结转", "carryover"),
        ("财政专户管理资金", "special_account"),
        ("单位资金", "own_funds"),
        ("其他资金", "other_funds"),
        ("其 他", "other_funds"),
        ("专项债", ""),
        ("", ""),
    ],
)
def test_the_sources_of_funds(source: str, field: str, tmp_path: Path) -> None:
    rows, findings = told(written(tmp_path / "a.csv", HEAD, f"{CODE},3月,10000,{source}"))

    assert rows == [(None, 3, "1", field)]
    assert findings == ([] if field else [("XPF116", "2")])


def test_rows_that_add_up_others_are_held_against_them(tmp_path: Path) -> None:
    lines = [f"{CODE},1月,10000,其他", "小计,,10000,", f"{CODE},2月,20000,其他", "小计,,20000,", "合 计：,,30000,"]

    assert told(written(tmp_path / "a.csv", HEAD, *lines))[1] == []
    assert len(read_ledger(tmp_path / "a.csv")[0].rows) == 2
    lines[3], lines[4] = "小计,,30000,", "合计,,40000,"
    _, findings = read_ledger(written(tmp_path / "b.csv", HEAD, *lines, "累计,,99,"))
    assert [(f.code, f.locus.line, dict(f.values)) for f in findings if f.code != "XPF105"] == [
        ("XPF117", 5, {"label": "小计", "stated": "3", "sum": "2"}),
        ("XPF117", 6, {"label": "合计", "stated": "4", "sum": "3"}),
    ]


def test_what_is_no_amount_is_found_and_what_has_none_is_no_payment(tmp_path: Path) -> None:
    lines = [f"{CODE},3月,待定,其他", f"{CODE},3月,0.001,其他", f"{CODE},3月,,其他", "制表人：,,,", ",3月,10000,其他"]

    rows, findings = told(written(tmp_path / "a.csv", HEAD, *lines))

    assert rows == [(None, 3, "0", "other_funds"), (None, 3, "1", "other_funds")]
    assert findings == [("XPF401", "2"), ("XPF412", "3"), ("XPF103", "6")]


def test_an_export_that_keeps_codes_from_being_numbers(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEAD.replace(",", ";"), f'="{CODE}";3月;"1,234.50";其他', f"'{CODE};4月;1;其他")

    ledger, _ = read_ledger(path)

    assert [(row.code, row.amount) for row in ledger.rows] == [(CODE, Decimal("0.12345")), (CODE, Decimal("0.0001"))]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (("项目编码,支付金额（元）", f"{CODE},1"), "ledger_without_columns"),
        (("项目编码,月份,支付金额", f"{CODE},3月,1"), "ledger_without_unit"),
        ((HEAD, *[f"{CODE},3月,9999999999999,其他"] * 2), "ledger_too_large"),
    ],
)
def test_what_is_no_ledger(lines: tuple[str, ...], key: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_ledger(written(tmp_path / "a.csv", *lines))

    assert error.value.key == key
    assert error.value.text("en")


@thorough
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=50))
def test_the_rows_add_up_to_the_ledger_to_the_cent(tmp_path_factory: pytest.TempPathFactory, cents: list[int]) -> None:
    lines = [f"{CODE},3月,{Decimal(amount).scaleb(-2)},其他" for amount in cents]
    total = Decimal(sum(cents)).scaleb(-2)

    path = written(tmp_path_factory.getbasetemp() / "台账.csv", HEAD, *lines, f"合计,,{total},")

    ledger, findings = read_ledger(path)
    assert sum(row.amount for row in ledger.rows) * 10_000 == total
    assert [f.code for f in findings] == ["XPF105"]
