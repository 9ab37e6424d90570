"""A returned workbook: every cell accounted for, nothing read from a place it did not stand in."""

from __future__ import annotations

import datetime as dt
import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from departments import SETTINGS, small_department
from office.calc import Calc
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from workbook.foreign import saved
from workbook.returning import (
    EVALUATION,
    FIRST,
    OVERALL,
    PLAN,
    PROJECT_PART,
    SETTINGS_SHEET,
    YEARLY,
    Sent,
    codes,
    column_deleted,
    column_inserted,
    read_back,
    row_deleted,
    rows_inserted,
)
from zipped import packed, parts_of

from xlperf.checks import CODES, message
from xlperf.files.guard import unpack
from xlperf.form import titles as title_of
from xlperf.model import Department, Project, Settings
from xlperf.ooxml.a1 import address
from xlperf.ooxml.fast_grid import sheet_grid
from xlperf.ooxml.workbook_parts import open_book
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.department import department_bytes


def first(returned: Returned) -> Project:
    assert returned.department
    return returned.department.projects[0]


def sheets_removed(*titles: str) -> bytes:
    """The workbook without some of its tabs."""

    def change(xml: str) -> str:
        for title in titles:
            xml = re.sub(rf'<sheet name="{title}"[^>]*/>', "", xml)
        return xml

    return EVALUATION.with_part("xl/workbook.xml", change)


# --- what is read ----------------------------------------------------------------------------------------------------


def test_a_workbook_comes_back_as_it_went(tmp_path: Path) -> None:
    returned = read_back(EVALUATION.content, tmp_path)

    assert returned.department == small_department()
    assert returned.settings == SETTINGS
    assert returned.edition == "2026.2 national self-evaluation"
    assert returned.findings == ()
    assert [(sheet.title, sheet.project) for sheet in returned.sheets if sheet.project is not None] == [
        (FIRST, 0),
        ("02_智慧法院设备（安防智能化）购置经费", 1),
    ]


def test_every_cell_is_counted_once(tmp_path: Path) -> None:
    book = open_book(unpack(EVALUATION.content))
    held = {
        sheet.title: len(sheet_grid(book.part(sheet.part), [], sheet.part).values)
        for sheet in book.sheets
        if sheet.title != title_of.LISTS
    }

    returned = read_back(EVALUATION.content, tmp_path)

    assert {sheet.title: sum(sheet.tally) for sheet in returned.sheets} == held
    assert returned.cells == sum(sheet.tally.answers for sheet in returned.sheets) > 100


def test_raw_answers_hold_the_cached_results_too(tmp_path: Path) -> None:
    sheet = next(sheet for sheet in read_back(EVALUATION.content, tmp_path).sheets if sheet.project == 0)

    assert sheet.answers.single["progress.rate"] == Decimal("0.605")
    assert sheet.answers.single["progress.light"] == "正常"
    assert sheet.answers.bands["indicators"][0]["indicators.state"] == "未达标"
    assert sheet.layout.slots["progress.rate"].cell == EVALUATION.cell_of("progress.rate")
    assert sheet.layout.form is EVALUATION.form


def test_a_sheet_knows_in_which_rows_its_indicators_and_objectives_stand(tmp_path: Path) -> None:
    names = {PLAN.cell_of("indicators.name", 0): None, PLAN.cell_of("indicators.name", 4): "新增指标"}
    gone = {PLAN.cell_of(f"indicators.{key}", 0): None for key in ("level1", "level2", "operator", "value", "unit")}
    rest = {PLAN.cell_of(f"indicators.{key}", 0): None for key in ("weight",)}

    objectives = {PLAN.cell_of("objectives.text", 0): None, PLAN.cell_of("objectives.text", 1): "再写一条。"}

    returned = PLAN.filled(tmp_path, {**names, **gone, **rest, **objectives})

    sheet = next(sheet for sheet in returned.sheets if sheet.project == 0)
    assert sheet.rows == (1, 4)
    assert [indicator.name for indicator in first(returned).indicators] == ["当事人满意度", "新增指标"]
    assert sheet.text_rows == {"objectives": (1,)}
    assert first(returned).objectives == ("再写一条。",)


def test_a_returned_workbook_crosses_process_borders(tmp_path: Path) -> None:
    returned = read_back(EVALUATION.content, tmp_path)

    assert pickle.loads(pickle.dumps(returned)) == returned


@pytest.mark.office
def test_a_save_by_libreoffice_changes_nothing(calc: Calc, tmp_path: Path) -> None:
    original, saved = tmp_path / "o.xlsx", tmp_path / "s.xlsx"
    original.write_bytes(EVALUATION.content)
    calc.recalc(original, save=saved)

    before, after = read_back(EVALUATION.content, tmp_path), read_back(saved.read_bytes(), tmp_path)

    assert (after.department, after.settings, after.findings) == (before.department, before.settings, ())
    assert after.sheets == before.sheets


def test_renamed_moved_and_hidden_sheets_are_recognised(tmp_path: Path) -> None:
    def change(xml: str) -> str:
        tabs = re.findall(r"<sheet name=.*?/>", xml)
        turned = [re.sub('name="[^"]*"', f'name="表{i}"', tab) for i, tab in enumerate(reversed(tabs))]
        return xml.replace("".join(tabs), "".join(turned)).replace('name="表3"', 'name="表3" state="veryHidden"')

    returned = read_back(EVALUATION.with_part("xl/workbook.xml", change), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == small_department().projects[::-1]
    # The lists are known by what they say; the hidden sheet is a project's.
    assert [code for code, _ in codes(returned)] == ["XPF329"]


@pytest.mark.parametrize("extension", ["", '<extLst><ext><x15:workbookPr xmlns:x15="x" a="1"/></ext></extLst>'])
def test_dates_of_the_1904_system_are_read(tmp_path: Path, extension: str) -> None:
    parts = parts_of(EVALUATION.content)
    book = parts["xl/workbook.xml"].decode().replace("<workbookPr ", '<workbookPr date1904="1" ')
    book = book.replace("</workbook>", f"{extension}</workbook>")
    serial = (SETTINGS.as_of - dt.date(1899, 12, 30)).days
    sheet = next(name for name, part in parts.items() if f"<v>{serial}</v>" in part.decode())
    settings = parts[sheet].decode().replace(f"<v>{serial}</v>", f"<v>{serial - 1462}</v>")

    returned = read_back(packed({**parts, "xl/workbook.xml": book.encode(), sheet: settings.encode()}), tmp_path)

    assert returned.settings == SETTINGS


def test_blank_forms_that_nobody_touched_are_no_projects(tmp_path: Path) -> None:
    blank = Department(year=2026, projects=(Project(number=1), Project(number=2, name="培训经费")))

    returned = read_back(department_bytes(blank, PLAN.settings, blank=True), tmp_path)

    assert returned.department is not None
    assert [project.name for project in returned.department.projects] == ["培训经费"]
    assert [code for code, _ in codes(returned)] == ["XPF315"]


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_a_deleted_overall_sheet_is_named_and_the_projects_stay(tmp_path: Path) -> None:
    returned = read_back(sheets_removed(OVERALL), tmp_path)

    assert codes(returned) == [("XPF301", "A1")]
    assert returned.refused is None
    assert returned.department is not None
    assert returned.department.year == 2026
    assert returned.department.unit.code == "366001"
    assert returned.department.projects == small_department().projects


def test_deleted_parameters_are_named(tmp_path: Path) -> None:
    returned = read_back(sheets_removed(SETTINGS_SHEET), tmp_path)

    assert codes(returned) == [("XPF301", "A1"), ("XPF406", "A1")]
    assert returned.settings is None
    assert returned.department == small_department()


def test_a_deleted_project_is_missed(tmp_path: Path) -> None:
    returned = read_back(sheets_removed(FIRST), tmp_path)

    assert [message(found) for found in returned.findings] == ["项目表应有2张，现有1张"]
    assert returned.department is not None
    assert returned.department.projects == small_department().projects[1:]


def test_a_workbook_without_projects_is_refused(tmp_path: Path) -> None:
    returned = read_back(sheets_removed(FIRST, '02_[^"]*'), tmp_path)

    assert returned.refused is not None
    assert returned.refused.code == "XPF212"
    assert codes(returned) == [("XPF314", "A4"), ("XPF212", "A1")]


def test_properties_may_get_lost_because_the_hidden_sheet_says_the_same(tmp_path: Path) -> None:
    parts = parts_of(sheets_removed(OVERALL))
    del parts["docProps/custom.xml"]

    returned = read_back(packed(parts), tmp_path)

    assert returned.department is not None
    assert (returned.department.unit.code, returned.department.year) == ("366001", 2026)


def test_a_year_in_the_seal_that_is_none_is_taken_from_the_projects(tmp_path: Path) -> None:
    parts = parts_of(sheets_removed(OVERALL))
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(b">2026<", b">020260<")

    returned = read_back(packed(parts), tmp_path)

    assert returned.department is not None
    assert returned.department.year == 2026


def test_an_extra_sheet_is_noted(tmp_path: Path) -> None:
    returned = EVALUATION.saved_by_openpyxl(
        tmp_path, FIRST, lambda sheet: sheet.parent.create_sheet("草稿").append(["x"])
    )

    assert [(found.code, found.locus.sheet) for found in returned.findings] == [("XPF304", "草稿")]


def test_a_sheet_onto_which_many_of_ours_were_pasted_costs_no_other(tmp_path: Path) -> None:
    def pasted(book: Workbook) -> None:
        marker, sheet = book[FIRST][EVALUATION.cell_of("marker")].value, book.create_sheet("备查")
        for row in range(60, 600, 60):
            sheet.cell(row, 20, marker)

    returned = read_back(saved(EVALUATION.content, pasted), tmp_path)

    assert returned.refused is None
    assert {found.locus.sheet for found in returned.findings} == {"备查"}
    assert returned.department == small_department()


def test_a_copied_parameter_sheet_is_not_read(tmp_path: Path) -> None:
    returned = EVALUATION.saved_by_openpyxl(
        tmp_path, SETTINGS_SHEET, lambda sheet: sheet.parent.copy_worksheet(sheet).__setattr__("title", "参数 (2)")
    )

    assert [(found.code, dict(found.values)) for found in returned.findings] == [
        ("XPF310", {"sheet": "参数 (2)", "first": "参数"})
    ]


# --- labels and strays -----------------------------------------------------------------------------------------------


def label(text: str) -> str:
    return next(place.cell for place in EVALUATION.layout.labels if place.piece.text == text)


def test_a_retyped_label_is_reported_and_the_sheet_read(tmp_path: Path) -> None:
    returned = EVALUATION.filled(tmp_path, {label("全年预算数"): "调后预算（万）"})

    assert codes(returned) == [("XPF302", label("全年预算数"))]
    assert message(returned.findings[0]) == "表头或位置被改动：此处应为“全年预算数”，现为“调后预算（万）”"
    assert returned.department == small_department()


def explained(tmp_path: Path, title: str, change: Callable[[Worksheet], None]) -> list[tuple[str, str, str]]:
    """What is found where a sheet of explanations was changed: code, sheet, cell; the answers stay what they were."""
    returned = EVALUATION.saved_by_openpyxl(tmp_path, title, change)
    assert returned.department == small_department()
    assert returned.settings == SETTINGS
    return [(found.code, found.locus.sheet, found.locus.cell) for found in returned.findings]


def test_a_note_beside_a_parameter_may_be_worded_otherwise(tmp_path: Path) -> None:
    notes = {"C2": "统计到哪天", "C9": "完成值超过指标值这一比例以上，需说明原因。", "C10": None}

    found = explained(tmp_path, SETTINGS_SHEET, lambda sheet: [sheet.__setitem__(*note) for note in notes.items()])

    assert found == [("XPF336", "参数", "C2")]


def test_the_name_of_a_parameter_may_not(tmp_path: Path) -> None:
    assert explained(tmp_path, SETTINGS_SHEET, lambda sheet: sheet.__setitem__("A2", "统计日")) == [
        ("XPF302", "参数", "A2")
    ]


@pytest.mark.parametrize("change", ["words", "rows", "columns", "notes"])
def test_the_guide_of_another_version_is_one_information(tmp_path: Path, change: str) -> None:
    def edit(sheet: Worksheet) -> None:
        if change == "words":
            for row in range(2, 30):
                sheet.cell(row, 1).value = f"第{row}条"
        elif change == "rows":
            sheet.delete_rows(4, 9)
        elif change == "columns":
            sheet.insert_cols(1)
        else:
            sheet["F40"] = "李四的笔记"

    found = explained(tmp_path, title_of.GUIDE, edit)

    assert [item[:2] for item in found] == [("XPF336", "填表说明")]


def test_a_signed_sheet_is_read_as_it_is(tmp_path: Path) -> None:
    signed = EVALUATION.layout.look("sign").cell

    returned = EVALUATION.filled(tmp_path, {signed: "填报人：张三　审核人：李四"})

    assert codes(returned) == [("XPF336", signed)]
    assert returned.department == small_department()


def test_spaces_and_widths_in_labels_do_not_matter(tmp_path: Path) -> None:
    returned = EVALUATION.filled(tmp_path, {label("资金支出计划（%）"): "资金 支出计划(％) "})

    assert codes(returned) == []


def test_an_emptied_label_is_reported(tmp_path: Path) -> None:
    assert codes(EVALUATION.filled(tmp_path, {label("资金核对"): None})) == [("XPF302", label("资金核对"))]


def test_swapped_headings_are_not_guessed_at(tmp_path: Path) -> None:
    returned = EVALUATION.filled(tmp_path, {label("年度指标值"): "实际完成值", label("实际完成值"): "年度指标值"})

    assert ("XPF308", label("年度指标值")) in codes(returned)
    assert returned.department is not None
    assert len(returned.department.projects) == 1


def test_a_sheet_full_of_foreign_labels_is_not_read(tmp_path: Path) -> None:
    texts = {place.cell: f"改{i}" for i, place in enumerate(EVALUATION.layout.labels) if place.piece.text}

    assert "XPF308" in dict(codes(EVALUATION.filled(tmp_path, texts)))


def test_content_outside_the_form_is_shown(tmp_path: Path) -> None:
    beside, below = address(5, EVALUATION.layout.columns + 2), address(EVALUATION.layout.last_row + 3, 1)

    returned = EVALUATION.filled(tmp_path, {beside: "备注：" + "很长" * 40, below: 12.5})

    assert codes(returned) == [("XPF303", beside), ("XPF303", below)]
    shown = dict(returned.findings[0].values)["text"]
    assert len(shown) == 40
    assert shown.startswith("备注：")
    assert returned.department == small_department()


def test_text_hidden_under_a_merge_is_shown(tmp_path: Path) -> None:
    place = EVALUATION.layout.slots["attained"]
    hidden = address(place.row, place.column + 3)
    xml = f'<c r="{hidden}" t="inlineStr"><is><t>藏着</t></is></c>'
    content = EVALUATION.with_part(PROJECT_PART, lambda text: re.sub(rf'<c r="{hidden}"[^>]*/>', xml, text))

    assert codes(read_back(content, tmp_path)) == [("XPF303", hidden)]


def test_a_merge_over_answers_is_reported_and_they_are_still_read(tmp_path: Path) -> None:
    upper, lower = EVALUATION.cell_of("indicators.weight", 0), EVALUATION.cell_of("indicators.weight", 1)
    content = EVALUATION.with_part(
        PROJECT_PART, lambda xml: xml.replace("</mergeCells>", f'<mergeCell ref="{upper}:{lower}"/></mergeCells>')
    )

    returned = read_back(content, tmp_path)

    assert codes(returned) == [("XPF312", upper)]
    assert dict(returned.findings[0].values) == {"area": f"{upper}:{lower}", "count": "1", "at": lower, "text": "40"}
    assert returned.department == small_department()


@pytest.mark.parametrize("nothing", [" ", "\u3000", "\u200b", "_x0001_", "_x0001__x001F_"])
def test_what_shows_nothing_is_no_stray(tmp_path: Path, nothing: str) -> None:
    cell = f'<c r="T60" t="inlineStr"><is><t xml:space="preserve">{nothing}</t></is></c>'
    content = EVALUATION.with_part(
        PROJECT_PART, lambda xml: xml.replace("</sheetData>", f'<row r="60">{cell}</row></sheetData>')
    )

    assert read_back(content, tmp_path).findings == ()


@pytest.mark.parametrize(("cells", "found"), [(3, ["XPF303"] * 3), (4, ["XPF309"]), (40, ["XPF309"])])
def test_a_pasted_block_is_one_finding(cells: int, found: list[str], tmp_path: Path) -> None:
    returned = EVALUATION.filled(
        tmp_path, {address(row, EVALUATION.layout.columns + 1): row for row in range(1, cells + 1)}
    )

    assert [code for code, _ in codes(returned)] == found
    assert found != ["XPF309"] or dict(returned.findings[-1].values) == {"count": str(cells), "text": "1"}
    assert next(sheet for sheet in returned.sheets if sheet.project == 0).tally.strays == cells


def test_a_changed_month_is_a_changed_label(tmp_path: Path) -> None:
    month = EVALUATION.cell_of("payments.month", 2)

    assert codes(EVALUATION.filled(tmp_path, {month: 4})) == [("XPF302", month)]


# --- rows and columns ------------------------------------------------------------------------------------------------


def test_an_inserted_row_never_shifts_an_answer(tmp_path: Path) -> None:
    for row in range(1, EVALUATION.layout.last_row):  # below it is only the line to sign
        returned = read_back(EVALUATION.with_part(PROJECT_PART, lambda xml, row=row: rows_inserted(xml, row)), tmp_path)

        assert_refused_or_the_same(returned, f"row {row}")


def test_a_deleted_row_never_shifts_an_answer(tmp_path: Path) -> None:
    for row in range(1, EVALUATION.layout.last_row):
        returned = read_back(EVALUATION.with_part(PROJECT_PART, lambda xml, row=row: row_deleted(xml, row)), tmp_path)

        assert_refused_or_the_same(returned, f"row {row}")


def test_an_inserted_column_never_shifts_an_answer(tmp_path: Path) -> None:
    for column in range(1, EVALUATION.layout.visible_columns + 2):  # the marker's, too
        content = EVALUATION.with_part(PROJECT_PART, lambda xml, column=column: column_inserted(xml, column))

        assert_refused_or_the_same(read_back(content, tmp_path), f"column {column}")


@pytest.mark.parametrize("change", [column_inserted, column_deleted])
def test_what_moves_in_the_hidden_columns_is_named(tmp_path: Path, change: Callable[[str, int], str]) -> None:
    layout = EVALUATION.layout
    for column in range(layout.visible_columns + 2, layout.columns + 1, 4):
        content = EVALUATION.with_part(PROJECT_PART, lambda xml, column=column: change(xml, column))
        returned = read_back(content, tmp_path)

        assert returned.department == small_department() or "XPF316" in dict(codes(returned)), column


def test_a_deleted_column_never_shifts_an_answer(tmp_path: Path) -> None:
    for column in range(1, EVALUATION.layout.visible_columns + 1):  # without its hidden column it can be read
        content = EVALUATION.with_part(PROJECT_PART, lambda xml, column=column: column_deleted(xml, column))

        assert_refused_or_the_same(read_back(content, tmp_path), f"column {column}")


def assert_refused_or_the_same(returned: Returned, what: str) -> None:
    """The sheet `FIRST` was not read, and the reason is an error; the other project is untouched."""
    assert returned.department is not None, what
    assert returned.department.projects == small_department().projects[1:], what
    assert {code for code, _ in codes(returned)} & {"XPF308", "XPF314"}, what


# --- parameters ------------------------------------------------------------------------------------------------------


def with_settings(tmp_path: Path, sent: Sent, **values: object) -> Returned:
    returned = read_back(sent.content, tmp_path)
    place = next(sheet for sheet in returned.sheets if sheet.marker.kind == "settings").layout

    def change(sheet: Worksheet) -> None:
        for key, value in values.items():
            sheet[place.slots[key].cell] = value

    return sent.saved_by_openpyxl(tmp_path, SETTINGS_SHEET, change)


ASKED_ONCE = ("period", "pack")  # of the first edition; a period's workbook is given both


@pytest.mark.parametrize(
    ("key", "typed", "read", "found"),
    [
        ("as_of", "2026年6月30日", dt.date(2026, 6, 30), ["XPF402"]),
        ("as_of", "2026/6/30", dt.date(2026, 6, 30), ["XPF402"]),
        ("as_of", dt.datetime(2026, 6, 30, 12, 30), dt.date(2026, 6, 30), []),
        ("as_of", "六月底", dt.date(2026, 12, 31), ["XPF411", "XPF406"]),
        ("as_of", None, dt.date(2026, 12, 31), ["XPF406"]),
        ("as_of", 12, dt.date(2026, 12, 31), ["XPF411", "XPF406"]),
        ("period", "绩效自评 ", "绩效自评", []),
        ("period", "年底", "运行监控", ["XPF404", "XPF406"]),
        ("pack", "湖北", "hubei", []),
        ("pack", "火星", "national-2020", ["XPF404", "XPF406"]),
        ("plan_method", None, "按节点", ["XPF406"]),
        ("yellow", 50, Decimal("0.5"), ["XPF405"]),
        ("yellow", "50%", Decimal("0.5"), ["XPF418"]),
        ("green", "八成", Decimal("0.8"), ["XPF401", "XPF406"]),
    ],
)
def test_parameters_are_read_or_named(tmp_path: Path, key: str, typed: object, read: object, found: list[str]) -> None:
    returned = with_settings(tmp_path, YEARLY if key in ASKED_ONCE else EVALUATION, **{key: typed})

    assert isinstance(returned.settings, Settings)
    assert getattr(returned.settings, key) == read
    assert [code for code, _ in codes(returned)] == found


def test_every_code_of_the_reader_has_its_sentences(tmp_path: Path) -> None:
    sources = Path(__file__).parents[2] / "xlperf" / "workbook"
    told = {code for source in sources.rglob("*.py") for code in re.findall(r"XPF\d{3}", source.read_text("utf-8"))}

    assert told <= CODES.keys()
    assert len(told) > 30
