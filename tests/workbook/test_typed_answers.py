"""What people type where a number, a share, a choice or a text belongs, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from departments import small_department
from workbook.returning import EVALUATION, PLAN, PROJECT_PART, YEARLY, codes, promising, read_back
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.model import Likelihood, Operator, Project
from xlperf.workbook.read.returned import Returned


def project(returned: Returned) -> Project:
    assert returned.department
    return returned.department.projects[0]


MONEY = [
    (12.5, Decimal("12.5"), None),
    (0, Decimal(0), None),
    (-3, Decimal(-3), None),
    (0.1 + 0.2, Decimal("0.3"), None),
    ("２，０００", Decimal(2000), "XPF402"),
    ("2,000", Decimal(2000), "XPF402"),
    (" 20 ", Decimal(20), "XPF418"),
    ("2000万", Decimal(2000), "XPF402"),
    ("20万元", Decimal(20), "XPF402"),
    ("5000元", Decimal("0.5"), "XPF402"),
    ("1亿元", Decimal(10000), "XPF402"),
    ("二十万", None, "XPF401"),
    ("=20", None, "XPF401"),
    ("—", None, "XPF401"),
    ("   ", None, None),
    (None, None, None),
    (True, None, "XPF401"),
    (10**9, None, "XPF403"),
    ("99999999999", None, "XPF403"),
    (100 / 3, Decimal("33.333333"), "XPF412"),
    (1e300, None, "XPF403"),
    (1e-300, Decimal(0), "XPF412"),
    ("#DIV/0!", None, "XPF306"),
]


@pytest.mark.parametrize(("typed", "read", "code"), MONEY)
def test_amounts(tmp_path: Path, typed: object, read: Decimal | None, code: str | None) -> None:
    cell = EVALUATION.cell_of("budget.adjusted")

    returned = EVALUATION.filled(tmp_path, {cell: typed})

    assert project(returned).budget.adjusted == read
    assert codes(returned) == ([(code, cell)] if code else [])
    assert project(returned).budget.initial == 20


def test_the_sentence_names_field_text_and_value(tmp_path: Path) -> None:
    returned = EVALUATION.filled(
        tmp_path, {EVALUATION.cell_of("budget.adjusted"): "2000万", EVALUATION.cell_of("payments.amount", 4): "已付清"}
    )

    assert [message(found) for found in returned.findings] == [
        "全年预算数“2000万”按2000读取",
        "当月支付应为数字，现为“已付清”，未读入",
    ]
    assert returned.findings[0].locus.cell == EVALUATION.cell_of("budget.adjusted")
    assert project(returned).payments[4] is None


@pytest.mark.parametrize(
    ("typed", "shown", "read", "found"),
    [
        (46203, "yyyy-mm-dd", None, ["XPF401"]),
        (0.2, "0%", Decimal("0.2"), ["XPF415"]),
        (46203, "#,##0.00", Decimal(46203), []),
    ],
)
def test_an_amount_is_no_day_and_hardly_a_percentage(
    tmp_path: Path, typed: float, shown: str, read: Decimal | None, found: list[str]
) -> None:
    cell = EVALUATION.cell_of("payments.amount", 4)

    returned = EVALUATION.filled(tmp_path, {cell: typed}, {cell: shown})

    assert project(returned).payments[4] == read
    assert [code for code, at in codes(returned) if at == cell] == found


PLANS = [
    ((0.2, 0.5, 0.7, 1), ("0.2", "0.5", "0.7", "1"), []),
    (("20%", "50%", "７０％", 1), ("0.2", "0.5", "0.7", "1"), ["XPF418", "XPF418", "XPF402"]),
    ((20, 50, 70, 100), ("0.2", "0.5", "0.7", "1"), ["XPF405"] * 4),
    ((0.2, 0.5, 70, 1), ("0.2", "0.5", "0.7", "1"), ["XPF405"]),
    ((0, 0.5, 70, 100), ("0", "0.5", "0.7", "1"), ["XPF405"] * 3),
    ((1, 30, "60", 100), ("0.01", "0.3", "0.6", "1"), ["XPF405"] * 4),
    ((None, 0.3, None, 1), (None, "0.3", None, "1"), []),
    (("20%", 50, None, 100), ("0.2", "0.5", None, "1"), ["XPF418", "XPF405", "XPF405"]),
    (("两成", 0.5, 0.7, 1), (None, "0.5", "0.7", "1"), ["XPF401"]),
    ((0, 0, 0, 1), ("0", "0", "0", "1"), []),
]


@pytest.mark.parametrize(("typed", "read", "found"), PLANS)
def test_shares_of_the_spend_plan(
    tmp_path: Path, typed: tuple[object, ...], read: tuple[str | None, ...], found: list[str]
) -> None:
    returned = PLAN.filled(tmp_path, {PLAN.cell_of(f"shares.{i}"): value for i, value in enumerate(typed)})

    assert project(returned).spend_plan.shares == tuple(None if share is None else Decimal(share) for share in read)
    assert [code for code, _ in codes(returned)] == found


QUANTITIES = [
    (1105, Decimal(1105), None),
    ("１,１０５", Decimal(1105), "XPF402"),
    ("达成", "达成", None),
    ("95%", "95%", None),
    ("≥95", "≥95", None),
    (" ", None, None),
    (False, None, "XPF401"),
    ("#N/A", None, "XPF306"),
]


@pytest.mark.parametrize(("typed", "read", "code"), QUANTITIES)
def test_actuals(tmp_path: Path, typed: object, read: object, code: str | None) -> None:
    cell = EVALUATION.cell_of("indicators.actual", 0)

    returned = EVALUATION.filled(tmp_path, {cell: typed})

    assert project(returned).indicators[0].actual == read
    assert codes(returned) == ([(code, cell)] if code else [])


def test_a_percentage_a_spreadsheet_made_a_fraction_of_is_read_as_seen(tmp_path: Path) -> None:
    actual = EVALUATION.cell_of("indicators.actual", 0)

    returned = promising(1200, "%").filled(tmp_path, {actual: 0.955}, {actual: "0.0%"})

    assert project(returned).indicators[0].actual == Decimal("95.5")
    assert [message(found) for found in returned.findings] == [
        "实际完成值填成了百分数格式（95.5%），按95.5读取；表内公式按存入的0.955计算"
    ]


def test_a_date_a_spreadsheet_made_a_number_of_is_read_as_a_date(tmp_path: Path) -> None:
    basis, value = PLAN.cell_of("indicators.basis", 0), PLAN.cell_of("indicators.value", 0)

    returned = PLAN.filled(tmp_path, {basis: dt.date(2026, 12, 31), value: dt.date(2026, 6, 30)})

    assert project(returned).indicators[0].basis == "2026-12-31"
    assert project(returned).indicators[0].target.value == "2026-06-30"
    assert sorted(codes(returned)) == sorted([("XPF419", basis), ("XPF419", value)])


@pytest.mark.parametrize(
    ("typed", "read", "code"),
    [
        (14, "14", None),
        (14.0, "14", None),
        (2.50, "2.5", None),
        (1.30e20, "130000000000000000000", "XPF409"),
        (True, "TRUE", None),
        ("#REF!", "", "XPF306"),
        ("=A1", "=A1", None),
        ("  两  行\r\n", "两  行", None),
    ],
)
def test_texts(tmp_path: Path, typed: object, read: str, code: str | None) -> None:
    cell = PLAN.cell_of("purpose")

    returned = PLAN.filled(tmp_path, {cell: typed})

    assert project(returned).purpose == read
    assert codes(returned) == ([(code, cell)] if code else [])


@pytest.mark.parametrize(
    ("typed", "operator", "stated", "found"),
    [
        ("≥", Operator.GE, True, []),
        (">=", Operator.GE, True, []),
        ("＞＝", Operator.GE, True, []),
        ("不少于", Operator.GE, True, []),
        ("=", Operator.EQ, True, []),
        ("不适用", Operator.NOT_APPLICABLE, False, []),
        (None, Operator.EQ, False, []),
        ("约", Operator.EQ, False, ["XPF404"]),
    ],
)
def test_operators(tmp_path: Path, typed: object, operator: Operator, stated: bool, found: list[str]) -> None:
    returned = PLAN.filled(tmp_path, {PLAN.cell_of("indicators.operator", 0): typed})

    target = project(returned).indicators[0].target
    assert (target.operator, target.operator_stated, target.value) == (operator, stated, 1200)
    assert [code for code, _ in codes(returned)] == found


@pytest.mark.parametrize(
    ("typed", "read", "found"),
    [("有可能", Likelihood.POSSIBLE, []), ("完全不 可能", Likelihood.IMPOSSIBLE, []), ("能", None, ["XPF404"])],
)
def test_likelihoods(tmp_path: Path, typed: str, read: Likelihood | None, found: list[str]) -> None:
    returned = YEARLY.filled(tmp_path, {YEARLY.cell_of("indicators.likelihood", 0): typed})

    assert project(returned).indicators[0].likelihood == read
    assert [code for code, _ in codes(returned)] == found


# --- rows ------------------------------------------------------------------------------------------------------------


def test_rows_may_have_gaps(tmp_path: Path) -> None:
    returned = PLAN.filled(
        tmp_path, {PLAN.cell_of("indicators.name", 5): "案均用时", PLAN.cell_of("indicators.level1", 5): "产出指标"}
    )

    assert [indicator.name for indicator in project(returned).indicators] == ["审结案件数", "当事人满意度", "案均用时"]
    assert codes(returned) == []


def test_a_row_without_its_class_is_kept_and_named(tmp_path: Path) -> None:
    returned = PLAN.filled(tmp_path, {PLAN.cell_of("indicators.level1", 0): None})

    assert project(returned).indicators[0].name == "审结案件数"
    assert [message(found) for found in returned.findings] == ["指标行没有填写一级指标"]


def test_an_emptied_row_is_gone_but_named_where_the_document_had_one(tmp_path: Path) -> None:
    keys = ("level1", "level2", "name", "description", "operator", "value", "unit", "weight", "actual")
    emptied = {PLAN.cell_of(f"indicators.{key}", 0): None for key in keys}

    returned = PLAN.filled(tmp_path, {**emptied, PLAN.cell_of("indicators.raw", 0): "≥1200件"})

    assert [indicator.name for indicator in project(returned).indicators] == ["当事人满意度"]
    assert [message(found) for found in returned.findings] == [
        "下发时给定的内容被改动：监控时填报·备注、监控时填报·评价结论、监控时填报·存在问题、实际完成值（M8—J13）现为“”，按现有内容读取",
        "下发时给定的内容被改动：备注、指标标识、指标值·原文、定性评分（O13—R13）现为“≥1200件”，按现有内容读取",
        "指标行已清空，未读入；原指标值为“≥1200件”",
    ]


def test_a_lost_number_is_replaced_by_the_position(tmp_path: Path) -> None:
    returned = EVALUATION.filled(tmp_path, {EVALUATION.cell_of("number"): None})

    assert project(returned).number == 1
    assert codes(returned) == [("XPF316", EVALUATION.cell_of("number")), ("XPF406", EVALUATION.cell_of("number"))]


# --- formulas --------------------------------------------------------------------------------------------------------


def with_cell(key: str, xml: str, tmp_path: Path) -> Returned:
    """The workbook with the cell of this slot spelled out."""
    parts = parts_of(EVALUATION.content)
    cell = EVALUATION.cell_of(key)
    sheet = parts[PROJECT_PART].decode()
    old = re.search(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', sheet)
    assert old
    return read_back(packed({**parts, PROJECT_PART: sheet.replace(old[0], f'<c r="{cell}"{xml}').encode()}), tmp_path)


def test_a_formula_where_an_amount_belongs_is_read_by_its_result(tmp_path: Path) -> None:
    returned = with_cell("budget.adjusted", "><f>10+15</f><v>25</v></c>", tmp_path)

    assert project(returned).budget.adjusted == 25
    assert codes(returned) == [("XPF307", EVALUATION.cell_of("budget.adjusted"))]


def test_a_formula_never_calculated_counts_as_blank(tmp_path: Path) -> None:
    returned = with_cell("budget.adjusted", "><f>10+15</f><v></v></c>", tmp_path)

    assert project(returned).budget.adjusted is None
    assert codes(returned) == [("XPF311", EVALUATION.cell_of("budget.adjusted"))]


def test_an_error_counts_as_blank(tmp_path: Path) -> None:
    returned = with_cell("budget.adjusted", " t='e'><f>1/0</f><v>#DIV/0!</v></c>", tmp_path)

    assert project(returned).budget.adjusted is None
    assert codes(returned) == [("XPF306", EVALUATION.cell_of("budget.adjusted"))]


def test_computed_cells_of_other_programs_are_no_fault(tmp_path: Path) -> None:
    returned = EVALUATION.filled(tmp_path, {})  # openpyxl drops every cached result

    assert codes(returned) == []
    assert returned.department == small_department()
