"""Project lists as bureaus and systems export them, each with what a careful person reads in it."""

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

from xlperf.document.project_list import Contact, ProjectList, read_project_list
from xlperf.model import BudgetUnit, UnreadableInput

A, B, C, D = "99030026P00041810002W", "99030026P00041910002J", "99030026P00057710003X", "99030026P00057710001N"
HEAD = ["项目编码", "项目名称", "预算数"]


def book(
    path: Path, *rows: Sequence[object], merged: Sequence[str] = (), formats: dict[str, str] | None = None
) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    for area in merged:
        made.worksheets[0].merge_cells(area)
    for cell, code in (formats or {}).items():
        made.worksheets[0][cell].number_format = code
    made.save(path)
    return path


def projects(read: ProjectList) -> list[tuple[str, str, str]]:
    return [(p.code, p.name, str(p.budget.initial)) for p in read.department.projects]


def funds(read: ProjectList) -> list[dict[str, str]]:
    amounts = (p.budget.model_dump(exclude={"adjusted_funds", "initial"}) for p in read.department.projects)
    return [{key: str(value) for key, value in each.items() if value is not None} for each in amounts]


def told(read: ProjectList) -> list[tuple[str, str]]:
    return [(found.code, found.locus.cell or str(found.locus.line)) for found in read.findings]


def test_headings_below_many_lines_and_columns_that_are_numbered(tmp_path: Path) -> None:
    lines = [
        ["附件3"],
        ["某区人民法院2026年部门预算项目支出表"],
        ["编制单位：某区人民法院", None, None, "金额单位：元"],
    ]
    lines += [[f"说明{number}"] for number in range(20)]
    rows = [
        ["序号", "项目编码", "项目名称", "预算金额"],
        ["栏次", 1, 2, 3],
        [1, A, "办案", 200000],
        [2, B, "维修", 355000],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *lines, *rows))

    assert projects(read) == [(A, "办案", "20"), (B, "维修", "35.5")]
    assert (read.department.year, read.year_from) == (2026, "title")
    assert read.department.unit == BudgetUnit(name="某区人民法院")
    assert told(read) == [("XPF105", "D24")]


def test_a_department_in_a_column_beside_a_unit_above(tmp_path: Path) -> None:
    rows = [["编制单位：某区人民法院"], [*HEAD, "主管部门"], [A, "办案", 20, None], [B, "维修", 30, "某市法院"]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert read.department.unit == BudgetUnit(name="某区人民法院", department="某市法院")


def test_three_rows_of_headings(tmp_path: Path) -> None:
    rows = [
        ["项目", None, "2026年预算", None, None, None],
        ["项目编码", "项目名称", "合计", "财政拨款", None, "单位资金"],
        [None, None, None, "小计", "其中：一般公共预算", None],
        [A, "办案", 30, 20, 20, 10],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, merged=["A1:B1", "C1:F1", "D2:E2", "A2:A3", "C2:C3"]))

    assert projects(read) == [(A, "办案", "30")]
    assert funds(read) == [{"fiscal_funds": "20", "own_funds": "10"}]


def test_budgets_of_several_years_and_what_was_paid_side_by_side(tmp_path: Path) -> None:
    head = ["项目代码", "二级项目名称", "2025年预算数（元）", "2025年执行数（元）", "2026年预算数（元）", "增减（元）"]
    read = read_project_list(book(tmp_path / "a.xlsx", head, [A, "办案", 100000, 90000, 200000, 100000]))

    assert projects(read) == [(A, "办案", "20")]
    assert told(read) == [("XPF105", "E1"), ("XPF154", "C1")]


def test_totals_before_and_between_the_rows_are_held_against_them(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["合计", None, 65.5],
        ["335001", "某区人民法院", 65.5],
        [None, "一、人员类", 20],
        [A, "工资", 20],
        [None, "二、特定目标类", 45.5],
        [B, "办案", 35.5],
        [C, "维修", 10],
        [None, "制表人：张三", None],
    ]
    above = [["预算单位：335001某区人民法院"], *rows]

    read = read_project_list(book(tmp_path / "a.xlsx", *above))

    assert projects(read) == [(A, "工资", "20"), (B, "办案", "35.5"), (C, "维修", "10")]
    assert told(read) == [("XPF158", "C4")]
    assert read.department.unit == BudgetUnit(code="335001", name="某区人民法院")
    wrong = read_project_list(book(tmp_path / "b.xlsx", *rows[:-1], ["合计", None, 70]))
    assert told(wrong) == [("XPF158", "C3"), ("XPF117", "C9")]


def test_a_group_whose_amount_is_no_sum_is_a_project_without_a_code(tmp_path: Path) -> None:
    rows = [HEAD, ["", "一、办案业务", 20], [A, "维修", 10], ["", "购置", 7], [None, "合计", 37]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert projects(read) == [("", "一、办案业务", "20"), (A, "维修", "10"), ("", "购置", "7")]
    assert told(read) == [("XPF103", "A2"), ("XPF103", "A4")]


def test_an_amount_without_code_or_name_is_not_lost(tmp_path: Path) -> None:
    read = read_project_list(book(tmp_path / "a.xlsx", HEAD, [A, "办案", 20], [None, None, 7], [B, "维修", 10]))

    assert projects(read) == [(A, "办案", "20"), ("", "", "7"), (B, "维修", "10")]
    assert told(read) == [("XPF103", "A3")]


def test_signatures_with_a_date_where_amounts_stand(tmp_path: Path) -> None:
    rows = [
        HEAD,
        [A, "办案", 20],
        ["单位负责人：李四", "审核人：王五", "填表日期：2026年1月5日"],
        ["注：本表一式两份。"],
    ]
    rows += [["填报人：张三", "联系电话：0314-2050000", dt.datetime(2026, 1, 5)], ["第1页 共1页"], ["另见附件说明"]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert projects(read) == [(A, "办案", "20")]
    assert told(read) == [("XPF101", "B7")]


def test_headings_and_titles_repeated_on_every_page(tmp_path: Path) -> None:
    page = [["2026年项目支出预算表"], ["单位：元"], HEAD]

    read = read_project_list(book(tmp_path / "a.xlsx", *page, [A, "办案", 200000], *page, [B, "维修", 100000]))

    assert projects(read) == [(A, "办案", "20"), (B, "维修", "10")]
    assert told(read) == [("XPF105", "C3")]


def test_two_lists_below_each_other_with_columns_of_their_own(tmp_path: Path) -> None:
    first = [["一、人员类"], ["单位：元"], HEAD, [A, "工资", 200000], ["合计", None, 200000]]
    other = [
        ["二、特定目标类"],
        ["项目名称", "项目编码", "预算数（万元）", "用途"],
        ["办案", B, 20, "差旅"],
        ["合计", None, 20],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *first, *other))

    assert projects(read) == [(A, "工资", "20"), (B, "办案", "20")]
    assert read.department.projects[1].purpose == "差旅"
    assert told(read) == [("XPF105", "C3")]


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (f"{A}-办案", A, "办案"),
        (f"{A}办案", A, "办案"),
        (f"{A} 2026年办案-差旅", A, "2026年办案-差旅"),
        (f"[{A}]办案", A, "办案"),
        (f"办案（{A}）", A, "办案"),
        (f"{A}\n办案", A, "办案"),
        (f"{A}—办案（一）", A, "办案（一）"),
    ],
)
def test_code_and_name_in_one_cell(text: str, code: str, name: str, tmp_path: Path) -> None:
    for heading in ("项目", "项目编码-名称", "项目（编码/名称）", "项目编码及名称"):
        read = read_project_list(book(tmp_path / "a.xlsx", [heading, "预算数"], [text, 20]))

        assert projects(read) == [(code, name, "20")]


def test_one_project_merged_over_its_sources(tmp_path: Path) -> None:
    rows = [
        [*HEAD[:2], "资金来源", "预算数（元）"],
        [A, "办案", "一般公共预算拨款", 200000],
        [None, None, "上年结转", 50000],
    ]
    rows += [[None, None, "小计", 250000], [B, "维修", "专项债", 100000], ["合计", None, None, 350000]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, merged=["A2:A4", "B2:B4"]))

    assert projects(read) == [(A, "办案", "25"), (B, "维修", "10")]
    assert funds(read) == [{"fiscal_funds": "20", "carryover": "5"}, {}]
    assert told(read) == [("XPF105", "D1"), ("XPF155", "C5"), ("XPF153", "A2")]


def test_rows_of_sources_below_their_project_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"项目编码,项目名称,资金性质,预算数\n{A},办案,财政拨款,20\n,,单位资金,5\n{B},维修,财政拨款,10\n", "utf-8"
    )

    read = read_project_list(path)

    assert projects(read) == [(A, "办案", "25"), (B, "维修", "10")]
    assert funds(read) == [{"fiscal_funds": "20", "own_funds": "5"}, {"fiscal_funds": "10"}]
    assert told(read) == [("XPF153", "2")]


def test_a_code_with_another_name_or_the_same_source_again_is_told(tmp_path: Path) -> None:
    rows = [[*HEAD, "资金来源"], [A, "办案", 20, "财政拨款"], [A, "维修", 5, "单位资金"], [A, "办案", 7, "财政拨款"]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert projects(read) == [(A, "办案", "20"), (A, "维修", "5"), (A, "办案", "7")]
    assert told(read) == [("XPF122", "A3"), ("XPF122", "A4")]


def test_amounts_that_add_up_to_too_much_and_units_of_too_many_words_are_told(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "资金来源", "单位名称"],
        [A, "办案", 9e8, "财政拨款", "长" * 32_767],
        [A, "办案", 9e8, "单位资金", None],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert projects(read) == [(A, "办案", "None")]
    assert ("XPF403", "A2") in told(read)


def test_rows_of_one_project_by_economic_class(tmp_path: Path) -> None:
    rows = [[*HEAD, "部门经济分类"], [A, "办案", 20, "30201办公费"], [A, "办案", 5, "30211差旅费"]]

    assert projects(read_project_list(book(tmp_path / "a.xlsx", *rows))) == [(A, "办案", "25")]


def test_no_column_for_the_budget(tmp_path: Path) -> None:
    rows = [
        ["项目编码", "项目名称", "一般公共预算", "政府性基金预算", "其他资金"],
        [A, "办案", 20, 5, 1],
        [B, "维修", None, None, 3],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert projects(read) == [(A, "办案", "26"), (B, "维修", "3")]
    assert funds(read) == [{"fiscal_funds": "25", "other_funds": "1"}, {"other_funds": "3"}]
    assert told(read) == [("XPF157", "C1")]


def test_several_lists_and_a_note_in_one_workbook(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "说明"
    made["说明"].append(["填报说明"])
    for title, row in {"人员类（元）": [A, "工资", 200000], "特定目标类": [B, "维修", 10]}.items():
        for each in (HEAD, row):
            (made[title] if title in made.sheetnames else made.create_sheet(title)).append(each)
    made.save(tmp_path / "a.xlsx")

    read = read_project_list(tmp_path / "a.xlsx")

    assert projects(read) == [(A, "工资", "20"), (B, "维修", "10")]
    assert told(read) == [("XPF151", "A1"), ("XPF105", "C1")]


@pytest.mark.parametrize(
    ("line", "heading", "budget"),
    [
        ("单位：元", "预算数", "0.02"),
        ("金额单位: 人民币元", "预算数", "0.02"),
        ("填报单位：元氏县财政局", "预算数", "200"),
        ("2026年预算表（千元）", "预算数", "20"),
        ("编制单位：某院　　　单位：元　　　2026年1月5日", "预算数", "0.02"),
        ("单位：元", "预算数（万元）", "200"),
        ("", "预算数/元", "0.02"),
        ("", "预算数（单位：元）", "0.02"),
        ("", "预算数\n（人民币元）", "0.02"),
        ("", "*年初预算数(万元)", "200"),
        ("", "2026年度预算数（亿元）", "2000000"),
    ],
)
def test_the_unit_of_money_wherever_it_is_said(line: str, heading: str, budget: str, tmp_path: Path) -> None:
    rows = [[line or None], ["项目编码", "项目名称", heading], [A, "办案", 200]]

    assert projects(read_project_list(book(tmp_path / "a.xlsx", *rows))) == [(A, "办案", budget)]


def test_the_unit_of_money_in_cells_of_its_own_or_in_a_note_below(tmp_path: Path) -> None:
    apart = book(tmp_path / "a.xlsx", [None, "单位：", "元"], HEAD, [A, "办案", 200])
    below = book(tmp_path / "b.xlsx", HEAD, [A, "办案", 200], ["注：以上金额单位为元。"])

    assert projects(read_project_list(apart)) == projects(read_project_list(below)) == [(A, "办案", "0.02")]


@pytest.mark.parametrize(
    ("value", "code", "budget", "found"),
    [
        (200, '0.00"万元"', "200", []),
        (200, '0.00"元"', "None", ["XPF416"]),
        (200, "#,##0.00", "200", []),
        (200, "￥#,##0.00", "200", []),
        (0.2, "0%", "0.2", ["XPF415"]),
        (46096, "yyyy-mm-dd", "None", ["XPF401"]),
        (2000000, '0!.0000"万"', "None", ["XPF416"]),
        (0, '"—"', "0", []),
    ],
)
def test_an_amount_as_its_sheet_shows_it(
    value: object, code: str, budget: str, found: list[str], tmp_path: Path
) -> None:
    read = read_project_list(book(tmp_path / "a.xlsx", HEAD, [A, "办案", value], formats={"C2": code}))

    assert projects(read) == [(A, "办案", budget)]
    assert told(read) == [(each, "C2") for each in found]


def test_an_amount_in_yuan_shown_in_wan(tmp_path: Path) -> None:
    rows = [["项目编码", "项目名称", "预算数（元）"], [A, "办案", 2000000]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, formats={"C2": '0!.0000"万"'}))

    assert projects(read) == [(A, "办案", "200")]


def test_formulas_nobody_computed_are_told_at_every_cell(tmp_path: Path) -> None:
    read = read_project_list(
        book(tmp_path / "a.xlsx", HEAD, [A, "办案", "=10+10"], [B, "维修", "=C2/2"], ["合计", None, "=C2+C3"])
    )

    assert projects(read) == [(A, "办案", "None"), (B, "维修", "None")]
    assert told(read) == [("XPF311", "C2"), ("XPF311", "C3")]


@pytest.mark.parametrize("code", ["9.90300E+20", "990300260000000000000", "2026-01-01", "2026/1/1"])
def test_no_project_has_a_code_that_is_none(code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"项目编码,项目名称,预算数\n{code},办案,20\n{A},维修,10\n", "utf-8")

    read = read_project_list(path)

    assert projects(read) == [("", "办案", "20"), (A, "维修", "10")]
    assert [line for _, line in told(read)] == ["2"]
    with pytest.raises(UnreadableInput) as error:
        read_project_list(book(tmp_path / "b.xlsx", HEAD, [Decimal(code) if code.isdecimal() else code, "办案", 20]))
    assert error.value.key == "list_codes_unread"


def test_contacts_stand_beside_the_department(tmp_path: Path) -> None:
    rows = [
        [*HEAD, "项目负责人", "联系电话", "电子邮箱"],
        [A, "办案", 20, "李四", 13800000000, "li@example.org"],
        [B, "维修", 1],
    ]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows))

    assert read.contacts == {A: Contact("李四", "13800000000", "li@example.org")}
    assert "李四" not in read.department.model_dump_json()
    assert told(read) == []


@pytest.mark.parametrize(
    ("name", "rows", "year", "source"),
    [
        ("a.xlsx", [["某院2027年项目清单"], HEAD, [A, "办案", 1]], 2027, "title"),
        ("a.xlsx", [["年度：2027"], HEAD, [A, "办案", 1]], 2027, "title"),
        ("a.xlsx", [["2026年12月31日"], [*HEAD, "预算年度"], [A, "办案", 1, 2027]], 2027, "column"),
        ("a.xlsx", [["项目编码", "项目名称", "2027年预算数"], [A, "办案", 1]], 2027, "heading"),
        ("a.xlsx", [HEAD, [A, "办案", 1]], 2026, "code"),
        ("2027年清单.xlsx", [HEAD, ["甲0001", "办案", 1]], 2027, "file"),
        ("a.xlsx", [HEAD, ["甲0001", "办案", 1]], 2025, "default"),
    ],
)
def test_the_year_and_where_it_is_said(
    name: str, rows: list[list[object]], year: int, source: str, tmp_path: Path
) -> None:
    read = read_project_list(book(tmp_path / name, *rows), default_year=2025)

    assert (read.department.year, read.year_from) == (year, source)
    given = read_project_list(tmp_path / name, year=2029)
    assert (given.department.year, given.year_from) == (2029, "given")


def test_rows_of_another_unit_are_told_once(tmp_path: Path) -> None:
    rows = [["单位编码", "单位名称", *HEAD], ["335001", "甲院", A, "办案", 1], ["335002", "乙院", B, "维修", 2]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, ["335002", "乙院", C, "购置", 3]))

    first, other = BudgetUnit(code="335001", name="甲院"), BudgetUnit(code="335002", name="乙院")
    assert read.department.unit == first
    assert read.units == (first, other, other)
    assert told(read) == [("XPF111", "B3")]


@pytest.mark.parametrize("amount", [3, None])
def test_rows_below_the_caption_of_a_unit_are_its_own(tmp_path: Path, amount: int | None) -> None:
    rows = [["单位（项目）", "项目名称", "预算数"], ["335001甲院", None, amount and 1], ["", f"{A}-办案", 1]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, ["335002乙院", None, amount], ["", f"{B}-维修", 3]))

    assert projects(read) == [(A, "办案", "1"), (B, "维修", "3")]
    assert [unit.name for unit in read.units] == ["甲院", "乙院"]


def test_a_csv_in_utf16_and_one_that_names_its_separator(tmp_path: Path) -> None:
    lines = f"项目编码\t项目名称\t预算数\n{A}\t办案\t20\n"
    (tmp_path / "a.csv").write_text(lines, "utf-16")
    (tmp_path / "b.csv").write_text("sep=;\n" + lines.replace("\t", ";"), "gb18030")

    assert projects(read_project_list(tmp_path / "a.csv")) == [(A, "办案", "20")]
    assert projects(read_project_list(tmp_path / "b.csv")) == [(A, "办案", "20")]


def test_revenue_tables_are_no_list(tmp_path: Path) -> None:
    rows = [
        ["收入支出总表"],
        ["收入", None, "支出"],
        ["项目", "预算数", "项目", "预算数"],
        ["财政拨款", 20, "基本支出", 20],
    ]

    with pytest.raises(UnreadableInput) as error:
        read_project_list(book(tmp_path / "a.xlsx", *rows))
    assert error.value.key == "list_without_columns"


# --- any arrangement --------------------------------------------------------------------------------------------------

UNITS = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10_000)}
WORDS = {
    "code": ("项目编码", "项目代码", "二级项目编码", "*项目编码（21位）", "预算项目编码"),
    "name": ("项目名称", "二级项目名称", "项目 名称", "预算项目名称"),
    "initial": ("预算数", "年初预算数", "2026年预算金额", "本年预算", "资金总额", "合计"),
    "fiscal_funds": ("财政资金", "其中：财政拨款", "当年财政拨款"),
    "other_funds": ("其他资金", "其它资金"),
    "purpose": ("用途", "资金用途"),
    "": ("备注", "项目负责科室", "一级项目名称", "2025年预算数", "上年执行数"),
}


@st.composite
def arrangements(draw: st.DrawFn) -> tuple[list[list[object]], list[str], dict[str, tuple[str, Decimal, Decimal]]]:
    """The rows of a list, its merges, and of each code the name, the fiscal and the other funds in 万元."""
    unit, place = draw(st.sampled_from([*UNITS])), draw(st.sampled_from(["above", "title", "heading"]))
    wanted = {
        code: (f"办案{number}", Decimal(fiscal) * UNITS[unit], Decimal(other) * UNITS[unit])
        for number, code in enumerate((A, B, C, D)[: draw(st.integers(1, 4))])
        for fiscal, other in [draw(st.tuples(st.integers(1, 900), st.integers(0, 900)))]
    }
    keys = draw(st.permutations(["code", "name", "purpose", "", "initial", "fiscal_funds", "other_funds"]))
    words = {key: draw(st.sampled_from(WORDS[key])) for key in keys}
    suffix = f"（{unit}）" if place == "heading" else ""
    heads = [words[key] + (suffix if key in ("initial", "fiscal_funds", "other_funds") else "") for key in keys]
    rows: list[list[object]] = [["2026年项目支出预算表" + (f"（{unit}）" if place == "title" else "")]]
    rows += [[f"说明{number}"] for number in range(draw(st.integers(0, 20)))]
    rows += [["填报单位：某院", None, f"单位：{unit}"]] if place == "above" else []
    merges = []
    if draw(st.booleans()):  # a heading over all the others
        merges.append(f"A{len(rows) + 1}:G{len(rows) + 1}")
        rows.append(["项目" if draw(st.booleans()) else "2026年预算", *[None] * 6])
    rows.append([*heads])

    def row(code: object, name: object, fiscal: Decimal, other: Decimal) -> list[object]:
        amounts = {"initial": fiscal + other, "fiscal_funds": fiscal, "other_funds": other}
        texts = {"code": code, "name": name, "purpose": None, "": None}
        written = {key: float(amount / UNITS[unit]) for key, amount in amounts.items()}
        if draw(st.booleans()):
            written = {key: f"{amount:,.2f}" for key, amount in written.items()}  # type: ignore[misc]
        return [{**texts, **written}[key] for key in keys]

    total = [sum((each[part] for each in wanted.values()), Decimal(0)) for part in (1, 2)]
    at = draw(st.sampled_from(["code", "name"]))
    sums = row(*(("合  计", None) if at == "code" else (None, "合计：")), *total)
    first, last = draw(st.sampled_from([(True, False), (False, True), (False, False)]))
    rows += [sums] if first else []
    for code, (name, fiscal, other) in wanted.items():
        if draw(st.booleans()):
            rows.append([None if key != at else f"（{draw(st.sampled_from('一二三'))}）人员类" for key in keys])
        rows.append(row(code, name, fiscal, other))
    rows += [sums] if last else []
    rows += [["制表人：张三", None, "审核："]] if draw(st.booleans()) else []
    return rows, merges, wanted


@thorough
@given(arrangements())
def test_every_project_is_read_to_the_cent_however_the_list_is_arranged(
    tmp_path_factory: pytest.TempPathFactory,
    arrangement: tuple[list[list[object]], list[str], dict[str, tuple[str, Decimal, Decimal]]],
) -> None:
    rows, merges, wanted = arrangement

    read = read_project_list(book(tmp_path_factory.getbasetemp() / "a.xlsx", *rows, merged=merges))

    found = {p.code: (p.name, p.budget.fiscal_funds, p.budget.other_funds) for p in read.department.projects}
    assert (found, len(read.department.projects)) == (wanted, len(wanted))
    assert [p.budget.initial for p in read.department.projects] == [
        fiscal + other for _, fiscal, other in wanted.values()
    ]
    assert {code for code, _ in told(read)} <= {"XPF105", "XPF154", "XPF412"}


def test_an_unknown_heading_of_a_second_row_unmakes_none_beside_it(tmp_path: Path) -> None:
    rows = [["项目编码", "项目名称", "预算数", None, None], [None, None, "年初预算", "追加（减）", "调整后预算"]]

    read = read_project_list(book(tmp_path / "a.xlsx", *rows, [A, "办\n案", 100, 20, 120], merged=("C1:E1",)))

    assert projects(read) == [(A, "办案", "100")]
    assert read.department.projects[0].budget.adjusted == 120
    assert told(read) == [("XPF154", "D2")]


def test_a_line_above_may_call_the_unit_a_department(tmp_path: Path) -> None:
    read = read_project_list(
        book(tmp_path / "a.xlsx", ["编制部门：某局", None, "单位：亿元"], HEAD, [A, "办案", 0.012])
    )

    assert read.department.unit.name == "某局"
    assert projects(read) == [(A, "办案", "120")]
