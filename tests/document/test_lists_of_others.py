"""The small lists that people really have: what a careful person reads in each, in literal values."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlperf.document.project_list import read_project_list
from xlperf.model import UnreadableInput

LISTS = Path(__file__).parent / "lists"
A, B = "99030026P00041810002W", "99030026P00041910002J"
CASES, HOUSE, IT = "13082126P00024610001H", "13082126P000246100025", "13082126P00024610003Q"
EXPORTED = [(CASES, "办案业务经费", "20"), (HOUSE, "物业管理费", "35.5"), (IT, "信息化运维费", "117")]

READ: dict[str, tuple[list[tuple[str, str, str]], list[tuple[str, str]]]] = {
    "amount_yuan_unit_line.xlsx": ([(A, "甲", "285")], [("XPF105", "C3")]),
    "csv_excel_textguard.csv": ([(A, "甲", "10"), (B, "乙", "20"), ("99030026P00057710003X", "丙", "30")], []),
    "csv_semicolon.csv": ([(A, "甲", "1200.5"), (B, "乙", "20")], []),
    "csv_tab.csv": ([(A, "甲", "1200.5"), (B, "乙", "20")], []),
    "first_sheet_hidden.xlsx": ([(A, "甲", "10"), (B, "乙", "20")], [("XPF152", "A1")]),
    "merged_two_row_heading.xlsx": ([(A, "甲", "10")], []),
    "odd_amounts.xlsx": (
        [
            (A, "a", "1200"),
            (B, "b", "20"),
            ("99030026P00057710003X", "c", "None"),
            ("99030026P00057710001N", "d", "None"),
            ("99030026P00057710004H", "e", "None"),
            ("99030026P000421100051", "f", "None"),
            ("99030026P00042010002N", "g", "0.3"),
        ],
        [("XPF401", "C4"), ("XPF401", "C5"), ("XPF306", "C6"), ("XPF401", "C7")],
    ),
    "repeats_and_spaces.xlsx": (
        [(A, "甲", "10"), (A.lower(), "甲", "20"), (B, "乙", "20"), (B, "乙", "20")],
        [("XPF122", "A3"), ("XPF122", "A5")],
    ),
    "subtotals_first_col_no.xlsx": ([(A, "甲", "10"), (B, "乙", "20")], []),
    "total_in_name_column.xlsx": ([(A, "甲", "10"), (B, "乙", "20")], []),
    "list_code_name_joined.xlsx": (
        [("51092326T000010263357", "安可替代补助资金项目", "3.36"), ("51092326R000000019951", "工资性支出", "251.89")],
        [],
    ),
    "list_export_wanyuan.xlsx": (EXPORTED, [("XPF154", "D3")]),
    "list_export_yuan_above.xlsx": (EXPORTED, [("XPF105", "D3")]),
    "list_merged_head.xlsx": (EXPORTED[:2], []),
    "list_split_sources.xlsx": ([(CASES, "办案业务经费", "50"), EXPORTED[1]], [("XPF153", "A2")]),
    "list_subtotals.xlsx": (EXPORTED, []),
}


@pytest.mark.parametrize("name", READ)
def test_every_project_and_nothing_else(name: str) -> None:
    read = read_project_list(LISTS / name)

    projects = [(p.code, p.name, str(p.budget.initial)) for p in read.department.projects]
    told = [(found.code, found.locus.cell or str(found.locus.line)) for found in read.findings]
    assert (projects, told) == READ[name]
    assert read.department.year == 2026


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("numeric_codes.xlsx", "A2：项目编码被存成了数字990300260004181000000，末尾几位已丢失"),
        ("date_code.xlsx", "A2：项目编码不对：“2026-01-01”（应为21位）"),
    ],
)
def test_a_list_without_a_code_that_can_be_read_is_refused(name: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_project_list(LISTS / name)

    assert reason in error.value.text()
    assert read_project_list(LISTS / name, year=2026).department.projects[0].code == ""
