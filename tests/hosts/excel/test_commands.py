"""The buttons of the ribbon, on a workbook without Excel but with the real command line."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from departments import SETTINGS, small_department
from hosts.excel.fake_workbook import FakeWorkbook

from xlperf.form import Layout, layout_of, read_marker
from xlperf.form.titles import CONTENTS
from xlperf.hosts.excel.buttons import BUTTONS
from xlperf.hosts.excel.cli_process import Reply, run_command
from xlperf.hosts.excel.commands import (
    HELP,
    MOST_MARKS,
    RESULTS,
    _required,
    check,
    clear,
    consolidate,
    export,
    next_required,
    show_help,
)
from xlperf.hosts.excel.open_workbook import CellRef, OpenWorkbook
from xlperf.measure import CATALOG
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.write.department import department_bytes

FIRST, SECOND = "01_办案业务经费", "02_智慧法院设备（安防智能化）购置经费"


def unasked(arguments: Sequence[str]) -> Reply:
    raise AssertionError(arguments)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "填报" / "部门.xlsx"
    path.parent.mkdir()
    path.write_bytes(department_bytes(small_department(), SETTINGS))
    return path


def form_of(open_workbook: OpenWorkbook, sheet: str) -> Layout:
    texts = [value for row in open_workbook.values(sheet) for value in row if isinstance(value, str)]
    marker = next(filter(None, map(read_marker, texts)))
    place = layout_of(marker)
    assert place is not None
    return place


def spoil(path: Path, key: str, value: object) -> CellRef:
    """Type something into an input of the first project; the cell."""
    place = form_of(FakeWorkbook(path), FIRST).slots[key]
    book = openpyxl.load_workbook(path)
    book[FIRST].cell(place.row, place.column, value)
    book.save(path)
    return CellRef(FIRST, place.row, place.column)


def test_check_lists_what_the_command_line_finds_and_circles_the_cells(workbook: Path) -> None:
    cell = spoil(workbook, "budget.adjusted", "二十多")
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, run_command)

    heading, *lines = open_workbook.lists[RESULTS]
    assert heading.texts == ("序号", "级别", "代码", "工作表", "单元格", "说明")
    found = next(line for line in lines if line.target == cell)
    assert found.texts[1:4] == ("错误", "XPF401", FIRST)
    assert "二十多" in found.texts[5]
    assert open_workbook.marks[cell] == found.texts[5]
    assert [line.texts[0] for line in lines] == [str(i) for i in range(1, len(lines) + 1)]
    assert open_workbook.said == []


def test_checking_again_replaces_what_was_shown(workbook: Path) -> None:
    cell = spoil(workbook, "budget.adjusted", "二十多")
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, run_command)
    open_workbook.marks[CellRef(SECOND, 1, 1)] = "an old mark"
    check(open_workbook, run_command)

    assert cell in open_workbook.marks
    assert CellRef(SECOND, 1, 1) not in open_workbook.marks


def test_a_workbook_without_faults_is_told_so(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, lambda arguments: Reply({"findings": []}, ""))

    assert (open_workbook.said, open_workbook.lists, open_workbook.marks) == (["没有发现问题。"], {}, {})


def test_check_asks_for_a_copy_and_leaves_the_workbook_alone(workbook: Path) -> None:
    before = workbook.read_bytes()
    asked: list[Sequence[str]] = []

    def run(arguments: Sequence[str]) -> Reply:
        asked.append(arguments)
        assert Path(arguments[1]).read_bytes() == before
        return Reply({"findings": []}, "")

    check(FakeWorkbook(workbook), run)

    ((verb, copy, *options),) = asked
    assert (verb, Path(copy).name, options) == ("check", workbook.name, ["--json", "--fail-on", "never"])
    assert Path(copy) != workbook
    assert not Path(copy).exists()


def test_findings_without_a_cell_are_listed_and_circle_nothing(workbook: Path) -> None:
    findings = [
        {"code": "XPF314", "severity": "error", "message": "a", "file": "f", "sheet": "", "cell": ""},
        {"code": "XPF301", "severity": "warning", "message": "b", "file": "f", "sheet": "没有这张", "cell": "B2"},
    ]
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, lambda arguments: Reply({"findings": findings}, ""))

    assert [line.texts[1:3] for line in open_workbook.lists[RESULTS][1:]] == [("错误", "XPF314"), ("提醒", "XPF301")]
    assert open_workbook.marks == {}


def test_the_gravest_come_first_and_circles_have_a_limit(workbook: Path) -> None:
    findings = [
        {"code": "XPF402", "severity": "info", "message": "i", "file": "f", "sheet": FIRST, "cell": f"C{row}"}
        for row in range(1, MOST_MARKS + 50)
    ]
    findings.append(
        {"code": "XPF401", "severity": "error", "message": "e", "file": "f", "sheet": FIRST, "cell": "$AB$12"}
    )
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, lambda arguments: Reply({"findings": findings}, ""))

    assert open_workbook.lists[RESULTS][1].target == CellRef(FIRST, 12, 28)
    assert len(open_workbook.marks) == MOST_MARKS
    assert len(open_workbook.lists[RESULTS]) == len(findings) + 1


def test_what_stops_the_command_is_said(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    workbook.write_bytes(b"")
    for command in (check, export):
        open_workbook.target = workbook.with_name("汇总.xlsx")
        command(open_workbook, lambda arguments: Reply(None, "文件是空的"))

    assert open_workbook.said == ["文件是空的", "文件是空的"]
    assert open_workbook.lists == {}
    assert open_workbook.opened == []


def test_clear_removes_circles_and_lists(workbook: Path) -> None:
    spoil(workbook, "budget.adjusted", "二十多")
    open_workbook = FakeWorkbook(workbook)
    check(open_workbook, run_command)
    clear(open_workbook, unasked)

    assert (open_workbook.marks, open_workbook.lists) == ({}, {})


def test_next_required_goes_round_the_inputs_that_are_wanted(workbook: Path) -> None:
    plain = FakeWorkbook(workbook)
    wanted = []
    for sheet in (FIRST, SECOND):
        places = list(_required(form_of(plain, sheet)))
        assert len(places) > 4
        wanted += [(sheet, places[1]), (sheet, places[4])]
    true = {(sheet, formula) for sheet, (_, formula) in wanted}
    open_workbook = FakeWorkbook(workbook, lambda sheet, formula: (sheet, formula) in true)
    open_workbook.at = CellRef(CONTENTS, 1, 1)
    visited = []
    for _ in range(5):
        next_required(open_workbook, unasked)
        visited.append(open_workbook.at)

    cells = [CellRef(sheet, place.row, place.column) for sheet, (place, _) in wanted]
    assert visited == [*cells, cells[0]]
    assert open_workbook.said == []


def test_the_only_wanted_input_is_found_again_from_itself(workbook: Path) -> None:
    place, formula = next(_required(form_of(FakeWorkbook(workbook), FIRST)))
    open_workbook = FakeWorkbook(workbook, lambda sheet, asked: (sheet, asked) == (FIRST, formula))
    open_workbook.at = CellRef(FIRST, place.row, place.column)
    next_required(open_workbook, unasked)

    assert (open_workbook.at, open_workbook.said) == (CellRef(FIRST, place.row, place.column), [])


def test_nothing_wanted_is_said(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    open_workbook.at = CellRef(FIRST, 5, 5)
    next_required(open_workbook, unasked)

    assert (open_workbook.at, open_workbook.said) == (CellRef(FIRST, 5, 5), ["没有应填未填的单元格。"])


def test_a_workbook_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    open_workbook = FakeWorkbook(tmp_path / "工作簿1")
    next_required(open_workbook, unasked)

    assert open_workbook.said == ["打开的不是 xlperf 生成的填报表。"]


@pytest.mark.parametrize(
    "sizes",
    [
        "indicators=9999999 objectives=9999999 payments=12",
        "indicators=2001 objectives=2 payments=12",
        "indicators=8",
        "indicators=8 objectives=2 payments=12 payments=12",
    ],
)
def test_a_forged_marker_names_no_form_and_costs_nothing(workbook: Path, sizes: str) -> None:
    book = openpyxl.load_workbook(workbook)
    for title in book.sheetnames:
        if title != FIRST:
            del book[title]
    place = form_of(FakeWorkbook(workbook), FIRST).slots["marker"]
    book[FIRST].cell(place.row, place.column, f"xlperf form=project edition=2026.1 {sizes}")
    book.save(workbook)
    open_workbook = FakeWorkbook(workbook)
    start = time.process_time()
    next_required(open_workbook, unasked)

    assert open_workbook.said == ["打开的不是 xlperf 生成的填报表。"]
    assert time.process_time() - start < 1


def test_formulas_are_short_enough_for_excel_to_evaluate(workbook: Path) -> None:
    longest = max(len(formula) for _, formula in _required(form_of(FakeWorkbook(workbook), FIRST)))

    assert longest < 255  # the limit of Worksheet.Evaluate


def test_consolidate_writes_and_opens_the_summary_of_a_folder(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    open_workbook.folder, open_workbook.target = workbook.parent, workbook.parents[1] / "部门汇总表.xlsx"
    consolidate(open_workbook, run_command)

    assert open_workbook.opened == [open_workbook.target]
    assert open_workbook.target.stat().st_size > 5000
    assert open_workbook.said == []


def test_files_that_were_not_consolidated_are_named(workbook: Path) -> None:
    (workbook.parent / "空.xlsx").write_bytes(b"")
    open_workbook = FakeWorkbook(workbook)
    open_workbook.folder, open_workbook.target = workbook.parent, workbook.parents[1] / "部门汇总表.xlsx"
    consolidate(open_workbook, run_command)

    assert open_workbook.said == [
        "有1个文件没有汇总：\n空.xlsx：文件是空的（0字节），多半没有从云盘或邮件下载到本机：请重新下载，或请对方重新发送"
    ]


@pytest.mark.parametrize("folder", [None, "chosen"])
def test_a_person_may_change_their_mind(workbook: Path, folder: str | None) -> None:
    open_workbook = FakeWorkbook(workbook)
    open_workbook.folder = workbook.parent if folder else None
    consolidate(open_workbook, unasked)

    assert (open_workbook.opened, open_workbook.said) == ([], [])


def test_an_existing_summary_is_replaced_only_with_consent(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    open_workbook.target = workbook.parents[1] / "汇总.xlsx"
    open_workbook.target.write_bytes(b"old")
    open_workbook.agrees = False
    export(open_workbook, unasked)
    assert open_workbook.target.read_bytes() == b"old"

    open_workbook.agrees = True
    export(open_workbook, run_command)
    assert open_workbook.opened == [open_workbook.target]
    assert open_workbook.target.read_bytes() != b"old"


def test_export_takes_the_open_workbook_alone(workbook: Path) -> None:
    (workbook.parent / "另一个.xlsx").write_bytes(b"")
    open_workbook = FakeWorkbook(workbook)
    open_workbook.target = workbook.parents[1] / "导出.xlsx"
    export(open_workbook, run_command)

    assert (open_workbook.opened, open_workbook.said) == ([open_workbook.target], [])


def test_help_says_what_buttons_and_functions_do(workbook: Path) -> None:
    open_workbook = FakeWorkbook(workbook)
    show_help(open_workbook, unasked)
    show_help(open_workbook, unasked)

    texts = [line.texts for line in open_workbook.lists[HELP]]
    assert texts[1 : len(BUTTONS) + 1] == [(button.label, button.tip) for button in BUTTONS]
    assert ("XLPERF_GRADE(total，[pack])", CATALOG["GRADE"].zh) in texts


def test_a_list_in_the_workbook_does_not_hinder_consolidation(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book.create_sheet(RESULTS)["A1"] = "序号"
    book.save(workbook)
    returned = read_workbook(workbook)

    assert returned.refused is None
    assert [found.code for found in returned.findings] == ["XPF304"]
