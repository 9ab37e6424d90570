"""A list of projects: every figure and text is taken as a form would take it, and nothing in it breaks the run."""

from __future__ import annotations

import os
import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from xlperf.document.project_list import read_project_list
from xlperf.model import UnreadableInput

CODE = "99030026P00041810002W"
HEAD = "项目编码,项目名称,预算数,用途\n"


def told(path: Path) -> tuple[list[str], list[tuple[str, int | None, str]]]:
    """Budget and name of each project, and code and cell of each finding."""
    department, findings, *_ = read_project_list(path)
    return [f"{p.name} {p.budget.initial}" for p in department.projects], [
        (found.code, found.locus.line, found.locus.cell) for found in findings
    ]


def listed(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    return path


def refused(path: Path, key: str) -> str:
    with pytest.raises(UnreadableInput) as error:
        read_project_list(path)
    assert error.value.key == key
    assert error.value.text("en")
    return error.value.text()


@pytest.mark.parametrize(
    ("amount", "budget", "codes"),
    [
        ("20", "20", []),
        ("20.123456", "20.123456", []),
        ("11.6666666666667", "11.666667", ["XPF412"]),
        ("20.1234565", "20.123457", ["XPF412"]),
        ("999999999", "999999999", []),
        ("1000000000", "None", ["XPF403"]),
        ("999999999.9999999", "None", ["XPF403"]),
        ("99999999999", "None", ["XPF403"]),
        ("-99999999999", "None", ["XPF403"]),
        ("9" * 400, "None", ["XPF403"]),
        ("0.00000000001", "0", ["XPF412"]),
        ("123456元", "12.3456", []),
        ("待定", "None", ["XPF401"]),
        ("待" * 40_000, "None", ["XPF401"]),
    ],
)
def test_an_amount_is_what_a_form_would_hold(amount: str, budget: str, codes: list[str], tmp_path: Path) -> None:
    path = listed(tmp_path / "清单.csv", f"{CODE},办案,{amount},")
    head = HEAD.replace("预算数", "预算数（万元）")
    path.write_text(path.read_text(encoding="utf-8").replace(HEAD, head), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (head.strip().split(","), [CODE, "办案", amount if len(amount) < 30_000 else "待定"]):
        book.active.append(row)
    book.save(tmp_path / "清单.xlsx")

    assert told(path) == ([f"办案 {budget}"], [(code, 2, "") for code in codes])
    assert told(tmp_path / "清单.xlsx") == ([f"办案 {budget}"], [(code, None, "C2") for code in codes])


def test_a_text_no_cell_could_hold_is_cut_and_named(tmp_path: Path) -> None:
    path = listed(tmp_path / "清单.csv", f"{CODE},办案,20,", f"{CODE},{'长' * 40_000},20,{'长' * 32_767}")

    projects, findings = told(path)

    assert [len(name) for name in projects] == [len("办案 20"), 32_767 + len(" 20")]
    assert findings == [("XPF408", 3, ""), ("XPF122", 3, "")]


def test_a_code_that_grows_when_it_is_folded_still_fits(tmp_path: Path) -> None:
    path = listed(tmp_path / "清单.csv", f"{'㍿' * 20_000},办案,20,")

    department, *_ = read_project_list(path, year=2026)

    assert len(department.projects[0].code) == 32_767


def test_more_projects_than_there_are_numbers_for(tmp_path: Path) -> None:
    rows = [f"{CODE},办案,20,"] * 9_999

    assert len(told(listed(tmp_path / "清单.csv", *rows))[0]) == 9_999
    assert len(told(listed(tmp_path / "清单.csv", *rows, "合计,,1,", ",,,说明"))[0]) == 9_999
    said = refused(listed(tmp_path / "清单.csv", *rows, rows[0]), "list_too_long")
    assert said.endswith("的项目超过9999个（从第10001行起），请分成几份清单。")


def test_cells_far_away_cost_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD.strip().split(","))
    sheet.append([CODE, "办案", 20])
    for row in range(3, 6_000):
        sheet[f"XFD{row}"] = "远"
    sheet["XFD1048576"] = "远"
    book.save(tmp_path / "清单.xlsx")

    start = time.process_time()
    assert told(tmp_path / "清单.xlsx") == (["办案 20"], [("XPF154", None, "XFD1")])
    assert time.process_time() - start < 1


@pytest.mark.parametrize("content", [HEAD + "甲\n" * 4_000_000, HEAD + "," * 9_000_000, HEAD + "甲,甲\n" * 200_000])
def test_a_list_beyond_all_bounds_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(content, encoding="utf-8")

    start = time.process_time()
    assert "文件过大或异常" in refused(tmp_path / "清单.csv", "source_unreadable")
    assert time.process_time() - start < 3


@pytest.mark.parametrize("name", ["清单.csv", "清单.xlsx"])
def test_what_is_no_file(name: str, tmp_path: Path) -> None:
    refused(tmp_path / name, "source_missing")
    (tmp_path / name).mkdir()
    refused(tmp_path / name, "source_is_folder")
    (tmp_path / "空.csv").touch()
    refused(tmp_path / "空.csv", "source_empty")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX: named pipes")
@pytest.mark.parametrize("name", ["清单.csv", "清单.xlsx"])
def test_a_pipe_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)

    assert "不是普通文件" in refused(tmp_path / name, "source_unreadable")


def test_the_unit_of_money_is_that_above_the_headings_or_in_them(tmp_path: Path) -> None:
    for name, lines in {
        "上方.csv": ("单位：元", HEAD.strip(), f"{CODE},办案,2850000,"),
        "标题.csv": (HEAD.strip().replace("预算数", "预算数（元）"), f"{CODE},办案,2850000,"),
        "万元.csv": (HEAD.strip().replace("预算数", "预算数（万元）"), f"{CODE},办案,285,"),
    }.items():
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")

    assert told(tmp_path / "上方.csv") == (["办案 285"], [("XPF105", 2, "")])
    assert told(tmp_path / "标题.csv") == (["办案 285"], [("XPF105", 1, "")])
    assert told(tmp_path / "万元.csv") == (["办案 285"], [])


def test_headings_of_two_rows_and_a_hidden_sheet_before_the_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["项目编码", "项目名称", "预算数"])
    book.active.append([CODE, "旧", 1])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("清单")
    for row in (["项目编码", "项目名称", "金额", None], [None, None, "预算数", "财政资金"], [CODE, "办案", 20, 20]):
        sheet.append(row)
    book.save(tmp_path / "清单.xlsx")

    assert told(tmp_path / "清单.xlsx") == (["办案 20"], [("XPF152", None, "A1")])


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_guarded_codes(delimiter: str, tmp_path: Path) -> None:
    path = listed(tmp_path / "清单.csv", f'="{CODE}",办案,20.5,', f"'{CODE},维修,20,")
    path.write_text(path.read_text(encoding="utf-8").replace(",", delimiter), encoding="utf-8")

    department, *_ = read_project_list(path)

    assert [(p.code, p.budget.initial) for p in department.projects] == [(CODE, Decimal("20.5")), (CODE, 20)]
