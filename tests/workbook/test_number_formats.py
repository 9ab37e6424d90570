"""Cells that show something else than they hold: percentages, days, units and scales in the number format."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbook.returning import (
    EVALUATION,
    PLAN,
    PROJECT_PART,
    SETTINGS_SHEET,
    check_returned,
    codes,
    promising,
    read_back,
)

from xlperf.checks import message
from xlperf.form import SETTINGS, layout
from xlperf.ooxml.format_codes import sections_of, shown_by
from xlperf.workbook.read.returned import Returned

ACTUAL, TARGET, WEIGHT = (EVALUATION.cell_of(f"indicators.{key}", 0) for key in ("actual", "value", "weight"))
PAID = EVALUATION.cell_of("payments.amount", 4)


def actual(returned: Returned) -> object:
    assert returned.department
    return returned.department.projects[0].indicators[0].actual


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("0%", "0.95", "95%"),
        ("0.0%", "0.955", "95.5%"),
        ('#,##0"元"', "2000", "2000元"),
        ('0!.0,"万"', "200000", "20万"),
        ('0\\.0,"万"', "12345", "1.2345万"),
        ("#,##0,", "200000", "200"),
        ('0.00,,"百万"', "1500000", "1.5百万"),
        ('0"人次/days"', "43655", "43655人次/days"),
        ('G/通用格式"件"', "5", "5件"),
        ("000000", "1234", "001234"),
        (";;;", "95", ""),
        ("0;-0;;@", "0", ""),
        ("#", "0", ""),
        ('"完成"', "1", "完成"),
        ('[>=90]"优";[>=60]"中";"差"', "70", "中"),
        ("0;0", "-5", "5"),
        ("-0", "5", "-5"),
        ("(#,##0.00)", "5", "-5"),
        ("\\¥-0;0", "5", "-5"),
        ("-0;0", "-5", "5"),
        ("[=0];General", "0", ""),
        ("000-0000", "1234567", "000-0000"),
        ("mmm-yy", "22037", "1960-05-01"),
        ("m/d", "46091", "2026-03-10"),
        ("yyyy/m/d h:mm", "46091.5", "2026-03-10 12:00"),
        ("[$-804]aaaa;@", "46091", "2026-03-10"),
        ('e"年"', "46091", "2026-03-10"),
        ('上午/下午h"时"mm"分"', "0.125", "03:00"),
        ("h:mm", "0.0625", "01:30"),
        ("[h]:mm:ss", "2.25", "54:00"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "-1", "#####"),
    ],
)
def test_what_a_format_shows(code: str, number: str, text: str) -> None:
    shown = shown_by(sections_of(code), Decimal(number), date1904=False)

    assert shown
    assert shown.text == text


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("General", "5"),
        ("Standard", "43655"),
        ("@", "5"),
        ("0.00E+00", "12345"),
        ("# ?/?", "1.5"),
        ("#,##0.00####", "5"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
        ('_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "0"),
        ('_ [$CNY]* 0.00_ ;_ [$CNY]* -0.00_ ;_ [$CNY]* "-"??_ ', "0"),
        ("0.00;[红色]0.00", "-5"),
        ("▲0.00;▼0.00", "-5"),
        ("#,##0_);[Red](#,##0)", "-5"),
        ("[$￥-804]#,##0.00", "5"),
        ("[DBNum1][$-804]General", "5"),
        ("[DBNum1]", "5"),
        ("[$-804]", "5"),
    ],
)
def test_a_number_shown_as_itself(code: str, number: str) -> None:
    sections = sections_of(code)

    assert not sections or shown_by(sections, Decimal(number), date1904=False) is None


PERCENTAGES = [
    ("%", 95, Decimal(95), "XPF415"),
    ("%", 1, None, "XPF416"),
    ("", 100, Decimal(95), "XPF415"),
    ("", None, Decimal(95), "XPF415"),
    ("", 1, Decimal("0.95"), "XPF415"),
    ("比例", "0.9", Decimal("0.95"), "XPF415"),
    ("保证办案工作完成", 100, Decimal(95), "XPF415"),
    ("保证办案工作完成", 1, Decimal("0.95"), "XPF415"),
    ("保证办案工作完成", 0, None, "XPF416"),
    ("保证办案工作完成", "较高", None, "XPF416"),
    ("件", 100, None, "XPF416"),
]


@pytest.mark.parametrize(("unit", "target", "read", "code"), PERCENTAGES)
def test_unit_and_target_say_what_a_percentage_is(
    tmp_path: Path, unit: str, target: object, read: object, code: str
) -> None:
    returned = promising(target, unit).filled(tmp_path, {ACTUAL: 0.95}, {ACTUAL: "0%"})

    assert actual(returned) == read
    assert (code, ACTUAL) in codes(returned)


def test_two_percentages_of_a_row_are_of_one_scale(tmp_path: Path) -> None:
    returned = promising(1, "办结").filled(tmp_path, {ACTUAL: 0.95}, {ACTUAL: "0%", TARGET: "0%"})

    assert returned.department
    indicator = returned.department.projects[0].indicators[0]
    assert (indicator.target.value, indicator.actual) == (100, 95)


def test_the_sentence_says_what_the_formulas_take(tmp_path: Path) -> None:
    returned = promising(100, "保证办案工作完成").filled(tmp_path, {ACTUAL: 0.95}, {ACTUAL: "0%"})

    assert "实际完成值填成了百分数格式（95%），按95读取；表内公式按存入的0.95计算" in map(message, returned.findings)


def test_a_score_of_the_stored_number_is_held_against_that_of_the_shown_one(tmp_path: Path) -> None:
    """The sheet computes 12.5 × 0.95 ÷ 100; what is consolidated is 12.5 × 95 ÷ 100."""
    score = EVALUATION.cell_of("indicators.score", 0)
    values = {ACTUAL: 0.95, WEIGHT: 12.5, score: 0.12}

    returned = promising(100, "保证办案工作完成").filled(tmp_path, values, {ACTUAL: "0%"})

    told = [message(found) for found in check_returned(returned) if found.locus.cell == score]
    assert told == ["得分为0.12，按规则包“全国2026”重算为11.88（12.5 × 95 ÷ 100）"]


def test_a_percentage_typed_as_text_counts_where_the_unit_is_per_cent(tmp_path: Path) -> None:
    returned = promising(95, "%").filled(tmp_path, {ACTUAL: "91.2 %"})

    assert actual(returned) == Decimal("91.2")
    assert codes(returned) == [("XPF402", ACTUAL)]


@pytest.mark.parametrize(
    ("unit", "read", "code"), [("件", 200_000, "XPF402"), ("万元", None, "XPF401"), ("万人次", None, "XPF401")]
)
def test_ten_thousands_of_ten_thousands_are_nobodys_number(tmp_path: Path, unit: str, read: object, code: str) -> None:
    returned = promising(30, unit).filled(tmp_path, {ACTUAL: "20万"})

    assert actual(returned) == read
    assert codes(returned) == [(code, ACTUAL)]


@pytest.mark.parametrize(
    ("code", "read"), [("m/d", True), ("0", True), ("[$-804]aaaa", True), (";;;", False), ("0%", False)]
)
def test_a_day_shown_as_something_else(tmp_path: Path, code: str, read: bool) -> None:
    as_of = layout(SETTINGS).slots["as_of"].cell

    def change(sheet: Worksheet) -> None:
        sheet[as_of].value, sheet[as_of].number_format = dt.date(2026, 9, 30), code

    returned = EVALUATION.saved_by_openpyxl(tmp_path, SETTINGS_SHEET, change)

    assert returned.settings
    assert returned.settings.as_of == (dt.date(2026, 9, 30) if read else dt.date(2026, 12, 31))
    assert codes(returned) == ([] if read else [("XPF416", as_of), ("XPF406", as_of)])


AMOUNTS = [
    (2000, '#,##0.00"万元"', Decimal(2000), []),
    (2000, '#,##0.00"（已付）"', Decimal(2000), []),
    (2000, "¥#,##0.00;¥-#,##0.00", Decimal(2000), []),
    (2000, '#,##0"元"', None, ["XPF416"]),
    (200000, '0!.0,"万"', None, ["XPF416"]),
    (200000, "#,##0,", None, ["XPF416"]),
    (20, ";;;", None, ["XPF416"]),
    (20, '"已付清"', None, ["XPF416"]),
    (-20, "0;0", None, ["XPF416"]),
    (20, "-0.00", None, ["XPF416"]),
    (20, '"1"0', None, ["XPF416"]),
    (20, '"0."0', None, ["XPF416"]),
    (20, '0"×10"', None, ["XPF416"]),
    (20, '0"%"', None, ["XPF416"]),
    (20, '"第1批："0"m2"', Decimal(20), []),
    (20, "(0.00)", None, ["XPF416"]),
    (0, "0;-0;;@", Decimal(0), ["XPF402"]),
    (0.2, "0%", Decimal("0.2"), ["XPF415"]),
    (22037, "mmm-yy", None, ["XPF401"]),
    (0.5, "h:mm", None, ["XPF401"]),
]


@pytest.mark.parametrize(("stored", "code", "read", "found"), AMOUNTS)
def test_amounts(tmp_path: Path, stored: float, code: str, read: Decimal | None, found: list[str]) -> None:
    returned = EVALUATION.filled(tmp_path, {PAID: stored}, {PAID: code})

    assert returned.department
    assert returned.department.projects[0].payments[4] == read
    assert [code for code, cell in codes(returned) if cell == PAID] == found


QUANTITIES = [
    (43655, '0"人次/days"', "人次", Decimal(43655)),
    (200000, '0!.0,"万"', "件", Decimal(200000)),
    (200000, '0!.0,"万"', "万元", None),
    (20, '0"万元"', "万元", Decimal(20)),
    (20, '0.00"万"', "万元", Decimal(20)),
    (3, '0"万人次"', "万人次", Decimal(3)),
    (5000, '0"元"', "元", Decimal(5000)),
    (3, '0"‰"', "‰", Decimal(3)),
    (20, '0"万件"', "件", None),
    (20, '"1"0', "件", None),
    (95, '0"%"', "%", Decimal(95)),
    (5000, '#,##0"元"', "万元", None),
    (5000, '#,##0"件"', "件", Decimal(5000)),
    (22037, "mmm-yy", "件", "1960-05-01"),
    (46091, "[$-804]aaaa;@", "件", "2026-03-10"),
    (0.0625, "h:mm", "件", "01:30"),
]


@pytest.mark.parametrize(("stored", "code", "unit", "read"), QUANTITIES)
def test_quantities(tmp_path: Path, stored: float, code: str, unit: str, read: object) -> None:
    returned = promising(1200, unit).filled(tmp_path, {ACTUAL: stored}, {ACTUAL: code})

    assert actual(returned) == read
    is_figure = isinstance(read, Decimal)
    assert is_figure or [
        found for found in (*returned.findings, *check_returned(returned)) if found.locus.cell == ACTUAL
    ]


def test_a_day_is_no_share(tmp_path: Path) -> None:
    first = PLAN.cell_of("shares.0")

    returned = PLAN.filled(tmp_path, {first: 46091}, {first: "yyyy-mm-dd"})

    assert returned.department
    assert returned.department.projects[0].spend_plan.shares == (None, Decimal("0.5"), Decimal("0.7"), 1)
    assert codes(returned) == [("XPF401", first)]


def test_a_picture_is_no_reason(tmp_path: Path) -> None:
    reason = EVALUATION.cell_of("indicators.deviation_reason", 0)

    returned = EVALUATION.filled(tmp_path, {reason: '=DISPIMG("ID_5BA4F81A",1)'})

    assert returned.department
    assert returned.department.projects[0].indicators[0].deviation_reason == ""
    assert codes(returned) == [("XPF417", reason)]


def test_a_picture_formula_is_not_said_to_be_read(tmp_path: Path) -> None:
    reason = EVALUATION.cell_of("indicators.deviation_reason", 0)
    cell = '<f>_xlfn.DISPIMG("ID_5BA4F81A",1)</f><v>=DISPIMG("ID_5BA4F81A",1)</v></c>'

    def pictured(xml: str) -> str:
        return re.sub(rf'<c r="{reason}"([^>]*?)( t="\w+")?(/>|>.*?</c>)', rf'<c r="{reason}"\1 t="str">{cell}', xml)

    returned = read_back(EVALUATION.with_part(PROJECT_PART, pictured), tmp_path)

    assert [message(found) for found in returned.findings] == [
        "偏差原因分析及改进措施里放的是图片，图片里的内容读不出来，按未填处理：请填文字"
    ]


@pytest.mark.parametrize("typed", ["12.5\n13", "12.5 13", "12.5\t13", "1 200", "12. 5"])
def test_two_numbers_in_a_cell_are_not_one(tmp_path: Path, typed: str) -> None:
    returned = EVALUATION.filled(tmp_path, {PAID: typed})

    assert returned.department
    assert returned.department.projects[0].payments[4] is None
    assert [code for code, cell in codes(returned) if cell == PAID] == ["XPF401"]
