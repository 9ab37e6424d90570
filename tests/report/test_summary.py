"""The summary as a file: tables, live formulas, links, text. LibreOffice and openpyxl are the judges."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from urllib.parse import unquote

import openpyxl
import pytest
from consolidate.departments import CASES, REPAIRS, folder, write
from office.calc import Calc

from xlperf.checks import finding
from xlperf.checks.rule import DESCRIBED
from xlperf.consolidate import columns
from xlperf.consolidate.columns import LISTS
from xlperf.consolidate.consolidation import Consolidation
from xlperf.jobs.consolidate import consolidate
from xlperf.report.summary import write as written

SHEETS = ["总览", "部门运行监控表", "项目汇总", "指标汇总", "支出明细", "问题", "来源"]


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    at = folder(tmp_path / "交回")
    write(at / "丙庭.xlsx", REPAIRS.model_copy(update={"number": 1}))  # repeats a project
    (at / "空.xlsx").write_bytes(b"")
    target = tmp_path / "汇总" / "部门 汇总.xlsx"
    consolidate(at, target, expected=[("13080023P000245100026", "聘任制书记员经费")])
    return target


def cached_formulas(path: Path) -> dict[str, object]:
    """Sheet and cell → cached result, for every formula; the lists have none."""
    formulas, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found = {
        (sheet.title, cell.coordinate): results[sheet.title][cell.coordinate].value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert {title for title, _ in found} <= {"总览", "部门运行监控表", "部门自评表"}
    return {place: "" if value is None else value for place, value in found.items()}


def shown(path: Path, label: str) -> object:
    """The cell below this card of 总览."""
    sheet = openpyxl.load_workbook(path, data_only=True)["总览"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == label)
    return sheet.cell(cell.row + 1, cell.column).value


@pytest.mark.office
def test_live_formulas_come_to_what_was_computed(summary: Path, calc: Calc) -> None:
    cached = cached_formulas(summary)
    recalculated = calc.recalc(summary)

    assert len(cached) > 100
    assert {title for title, _ in cached} == {"总览", "部门运行监控表"}
    assert cached == {(at, cell): pytest.approx(recalculated[at].get(cell, ""), abs=1e-9) for at, cell in cached}


@pytest.mark.office
def test_formulas_of_an_empty_summary(tmp_path: Path, calc: Calc) -> None:
    (tmp_path / "坏").mkdir()
    (tmp_path / "坏" / "坏.xlsx").write_bytes(b"")
    consolidate(tmp_path / "坏", tmp_path / "汇总.xlsx")
    recalculated = calc.recalc(tmp_path / "汇总.xlsx")

    cached = cached_formulas(tmp_path / "汇总.xlsx")
    assert cached == {(at, cell): recalculated[at].get(cell, "") for at, cell in cached}


@pytest.mark.office
def test_formulas_are_alive(summary: Path, calc: Calc) -> None:
    sheet = openpyxl.load_workbook(summary)["总览"]
    paid = next(c for row in sheet.iter_rows() for c in row if c.value == "累计支付")
    below = sheet.cell(paid.row + 1, paid.column).coordinate
    amount = next(cell.coordinate for cell in openpyxl.load_workbook(summary)["项目汇总"]["H"] if cell.value == 60)

    assert calc.recalc(summary)["总览"][below] == 60  # the repairs are repeated and count nowhere
    with zipfile.ZipFile(summary) as package:
        assert b"sheetProtection" not in package.read("xl/worksheets/sheet3.xml")
    assert calc.recalc(summary, {"项目汇总": {amount: 61}})["总览"][below] == 61


def test_cards_and_trouble_on_the_first_page(summary: Path) -> None:
    assert (shown(summary, "项目"), shown(summary, "执行预算"), shown(summary, "累计支付")) == (2, 128.5, 60)
    sheet = openpyxl.load_workbook(summary)["总览"]
    lines = [str(sheet.cell(row, 1).value) for row in range(4, 7)]
    assert lines == [
        "✗ 1个项目重复报送，均未计入合计：人民法庭维修经费",
        "✗ 1个项目应报未报：聘任制书记员经费",
        "✗ 1个已报送的文件未能读取：空.xlsx",
    ]


def test_a_sheet_too_altered_to_read_is_no_small_print(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", CASES, REPAIRS)
    book = openpyxl.load_workbook(path)
    book["01_办案业务经费"].insert_rows(5)
    book.save(path)
    told = consolidate([path], tmp_path / "汇总.xlsx")

    assert (told.totals.projects, next(told.files).unread) == (1, 1)
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["总览"]
    assert sheet["A4"].value == "✗ 1张工作表结构被改动、未能读取，见“问题”：甲.xlsx"


def test_sheets_and_tables(summary: Path) -> None:
    book = openpyxl.load_workbook(summary)

    assert book.sheetnames == SHEETS
    assert {sheet.title: dict(sheet.tables.items()) for sheet in book if sheet.tables} == {
        "项目汇总": {"项目表": "A1:AK5"},
        "指标汇总": {"指标表": "A1:Y6"},
        "支出明细": {"支出表": "A1:M19"},
        "问题": {"问题表": "A1:F21"},
        "来源": {"来源表": "A1:P5"},
    }
    for sheet, listed in zip(book.worksheets[2:], LISTS, strict=True):
        assert [cell.value for cell in sheet[1]] == [column.heading for column in listed.columns]
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter.ref == table.ref
        assert sheet.freeze_panes == "A2"
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")


def test_links_lead_to_the_cell_that_was_read(summary: Path) -> None:
    """Project rows to the code, indicators to their name, payments to the amount."""
    book = openpyxl.load_workbook(summary)
    led = 0
    for title, heading in (("项目汇总", "项目编码"), ("指标汇总", "三级指标"), ("支出明细", "当月支付")):
        sheet = book[title]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        for row in sheet.iter_rows(min_row=2):
            link = row[-1].hyperlink
            source = summary.parent / unquote(link.target)
            title_of_sheet, _, cell = link.location.rpartition("!")
            found = openpyxl.load_workbook(source)[title_of_sheet.strip("'").replace("''", "'")][cell]
            assert found.value == row[column - 1].value, (title, row[0].row)
            assert found.coordinate == row[-1].value
            led += 1
    assert led == 4 + 5 + 18


@pytest.mark.office
def test_links_survive_a_save_by_libreoffice(summary: Path, calc: Calc) -> None:
    saved = summary.with_name("另存.xlsx")
    calc.save_as(summary, saved)

    links = [
        (unquote(row[-1].hyperlink.target), row[-1].hyperlink.location)
        for row in openpyxl.load_workbook(saved)["项目汇总"].iter_rows(min_row=2)
    ]
    assert links[1] == ("../交回/子 文件夹/乙'庭 #1 [50%20].xlsx", "'01_1辆囚车购置经费'!L3")


def test_findings_without_a_cell_lead_to_their_file(summary: Path) -> None:
    rows = list(openpyxl.load_workbook(summary)["问题"].iter_rows(min_row=2))

    told = [(r[0].value, r[1].value, r[3].value, r[5].value, r[5].hyperlink is not None) for r in rows]
    assert [row for row in told if row[1] not in DESCRIBED] == [
        ("错误", "XPF601", "丙庭.xlsx", "L3", True),
        ("错误", "XPF602", None, None, False),
        ("错误", "XPF209", "空.xlsx", "打开", True),
    ]


def test_text_from_people_is_never_a_formula(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x")'
    write(tmp_path / "甲.xlsx", CASES.model_copy(update={"name": name}))
    consolidate(tmp_path, tmp_path / "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")

    held = {cell.value: cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {text: held[text] for text in (name, "=1+1", "@cmd 招标延后")} == {
        name: "s",
        "=1+1": "s",
        "@cmd 招标延后": "s",
    }


def test_the_same_workbooks_give_the_same_bytes(tmp_path: Path) -> None:
    at = folder(tmp_path / "交回")
    consolidate(at, tmp_path / "一.xlsx")
    consolidate(at, tmp_path / "二.xlsx")

    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_rows_beyond_what_excel_takes_are_left_out_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MOST_ROWS", 3)
    told = consolidate(folder(tmp_path / "交回"), tmp_path / "汇总.xlsx")
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")

    found = [dict(f.values) for f in told.findings if f.code == "XPF609"]
    assert [(f["sheet"], f["shown"], f["count"]) for f in found][:2] == [
        ("指标汇总", "3", "4"),
        ("支出明细", "3", "15"),
    ]
    assert [f["sheet"] for f in found][2:] == ["问题"]
    assert book["指标汇总"].tables["指标表"].ref == "A1:Y4"
    assert shown(tmp_path / "汇总.xlsx", "累计支付") == 72.5
    assert not [cell for row in book["总览"].iter_rows() for cell in row if cell.data_type == "f"]


def test_a_list_too_large_for_a_plain_package_is_written_and_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = folder(tmp_path / "交回")
    consolidate(at, tmp_path / "一.xlsx")
    drawn, limit = written._drawn, zipfile.ZIP64_LIMIT
    with monkeypatch.context() as lowered:
        lowered.setattr(zipfile, "ZIP64_LIMIT", 4_000)  # instead of 2 GiB

        def drawn_without_rows(consolidation: Consolidation) -> bytes:
            with mock.patch.object(zipfile, "ZIP64_LIMIT", limit):
                return drawn(consolidation)

        lowered.setattr(written, "_drawn", drawn_without_rows)
        consolidate(at, tmp_path / "二.xlsx")

    assert list(cells_of(tmp_path / "一.xlsx")) == list(cells_of(tmp_path / "二.xlsx"))
    assert versions(tmp_path / "一.xlsx") == {20}
    assert versions(tmp_path / "二.xlsx", 4_000) == {45}


def versions(path: Path, larger_than: int = 0) -> set[int]:
    """What a program has to understand of zip to take the lists out: 20 the usual, 45 sizes beyond 2 GiB."""
    with zipfile.ZipFile(path) as package:
        lists = [package.getinfo(f"xl/worksheets/sheet{number}.xml") for number in range(3, 8)]
    return {entry.extract_version for entry in lists if entry.file_size > larger_than}


def cells_of(path: Path) -> Iterator[tuple[str, str, object]]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate, cell.value) for cell in row)


def test_the_lists_are_packed_as_tightly_as_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = folder(tmp_path / "交回")
    sizes = {}
    for level in (0, 9):
        monkeypatch.setattr(written, "COMPRESSION", level)
        consolidate(at, tmp_path / f"{level}.xlsx")
        with zipfile.ZipFile(tmp_path / f"{level}.xlsx") as package:
            sizes[level] = {entry.filename: entry.compress_size for entry in package.infolist()}

    for part in (f"xl/worksheets/sheet{number}.xml" for number in range(3, 8)):
        assert sizes[0][part] > 2 * sizes[9][part]


def test_links_beyond_what_a_spreadsheet_bears_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "MOST_LINKS", 2)
    told = consolidate(folder(tmp_path / "交回"), tmp_path / "汇总.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["指标汇总"]

    assert [row[-1].hyperlink is not None for row in sheet.iter_rows(min_row=2)] == [True, True, False, False]
    assert {dict(f.values)["sheet"] for f in told.findings if f.code == "XPF610"} == {
        "问题",
        "部门运行监控表",
        "项目汇总",
        "指标汇总",
        "支出明细",
    }


def test_the_list_of_sources_says_where_its_links_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = folder(tmp_path / "交回")
    for name in ("一", "二"):
        (at / f"{name}.xlsx").write_bytes(b"")
    monkeypatch.setattr(columns, "MOST_LINKS", 3)  # of four files
    told = consolidate(at, tmp_path / "汇总.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["来源"]

    assert [row[0].hyperlink is not None for row in sheet.iter_rows(min_row=2)] == [True, True, True, False]
    assert "来源" in {dict(f.values)["sheet"] for f in told.findings if f.code == "XPF610"}


def test_notes_that_push_the_findings_beyond_what_excel_takes_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = folder(tmp_path / "交回")
    expected = [(f"1308002{number}P000245100026", "聘任制书记员经费") for number in range(4)]
    before = consolidate(at, tmp_path / "一.xlsx", expected=expected)
    of_files = len(list(before.findings)) - len(list(before.notes))
    monkeypatch.setattr(columns, "MOST_ROWS", of_files + 2)  # room for those of the files, but not for the notes
    told = consolidate(at, tmp_path / "二.xlsx", expected=expected)
    sheet = openpyxl.load_workbook(tmp_path / "二.xlsx")["问题"]

    (said,) = (dict(f.values) for f in told.findings if f.code == "XPF609" and dict(f.values)["sheet"] == "问题")
    assert (said["shown"], said["count"]) == (str(of_files + 2), str(len(list(told.findings))))
    assert sheet.max_row == of_files + 3


def test_a_file_saved_at_the_end_is_noted_within_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = [(f"1308002{number}P000245100026", "聘任制书记员经费") for number in range(9)]  # more than months paid
    told = consolidate(folder(tmp_path / "交回"), tmp_path / "汇总.xlsx", expected=expected)
    monkeypatch.setattr(columns, "MOST_ROWS", len(list(told.findings)))
    before = list(told.notes)
    told.add_notes(())
    assert list(told.notes) == before

    told.add_notes([finding("XPF612")])

    more = list(told.notes)
    assert [note.code for note in more] == [*(note.code for note in before), "XPF612", "XPF609"]
    assert dict(more[-1].values)["count"] == str(len(list(told.findings)))
    told.add_notes(())
    assert list(told.notes) == more
