"""Parts of a workbook: sheets moved into a new book, and sheets whose hidden columns were deleted."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from departments import OF_FIRST_EDITION, PLANNED, SETTINGS, small_department
from office.calc import Calc
from openpyxl.worksheet.worksheet import Worksheet
from workbook.returning import (
    CONTENT,
    FIRST,
    LAYOUT,
    OVERALL,
    PLAN,
    PROJECT_PART,
    SECOND,
    SETTINGS_SHEET,
    YEARLY,
    alone,
    both,
    cell_of,
    check_returned,
    codes,
    column_deleted,
    of,
    read_back,
    row_deleted,
)
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.form import titles as title_of
from xlperf.model import BudgetUnit, Department, Project
from xlperf.workbook.read.returned import Returned
from xlperf.workbook.write.department import department_bytes

UNIT = small_department().unit.code + small_department().unit.name
DEFAULTS = (
    "“参数”表没有填写或无法读取，按“截止日期 2026-10-31、填报类型 绩效自评、规则包 national-2026、计划口径 按节点、"
    "滞后线 60%、正常线 80%、超额线 30%”处理"
)


def changed(content: bytes, cells: dict[str, object], title: str = FIRST) -> bytes:
    """Cells of a sheet typed over; openpyxl drops every computed result in doing so."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in cells.items():
        book[title][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def copied_by_hand(*titles: str) -> bytes:
    """What a script copies into a new book: values, merges and styles, no formula."""
    source, target = openpyxl.load_workbook(io.BytesIO(CONTENT), data_only=True), openpyxl.Workbook()
    target.remove(target.active)
    for title in titles:
        old, new = source[title], target.create_sheet(title)
        for row in old.iter_rows():
            for cell in row:
                if cell.value is not None:
                    new[cell.coordinate] = cell.value
                    new[cell.coordinate].data_type = cell.data_type
                    new[cell.coordinate].number_format = cell.number_format
        for area in old.merged_cells.ranges:
            new.merge_cells(str(area))
    out = io.BytesIO()
    target.save(out)
    return out.getvalue()


def messages(returned: Returned) -> list[str]:
    return [message(found) for found in returned.findings]


# --- moved sheets ----------------------------------------------------------------------------------------------------


def test_an_own_sheet_alone_is_read_and_what_is_missing_is_named(tmp_path: Path) -> None:
    returned = read_back(alone(FIRST), tmp_path)

    assert returned.refused is None
    assert returned.department == Department(
        unit=small_department().unit, year=2026, projects=small_department().projects[:1]
    )
    assert returned.settings is None
    assert messages(returned) == [
        "表结构被改动：缺少工作表“整体绩效目标”",
        "表结构被改动：缺少工作表“参数”",
        "工作簿的封印缺失或不全（edition、year、id、sheets、macros、…），给定内容是否被改动无从核对",
        "缺少工作表填表说明、目录、_字典，填报内容照常读取；目录、下拉选项等可能失效",
        f"文件只是工作簿的一部分，单位（{UNIT}）和预算年度（2026）取自项目表和项目编码：请尽量把原工作簿整个交回",
        DEFAULTS,
    ]


def test_a_sheet_of_the_first_edition_alone_is_read_by_the_defaults_of_its_day(tmp_path: Path) -> None:
    returned = read_back(alone(FIRST, content=YEARLY.content), tmp_path)

    assert returned.department == Department(
        unit=small_department().unit, year=2026, projects=small_department().projects[:1]
    )
    assert messages(returned)[-1] == (
        "“参数”表没有填写或无法读取，按“截止日期 2026-12-31、填报类型 运行监控、规则包 national-2020、"
        "计划口径 按节点、滞后线 60%、正常线 80%、超额线（运行监控） 15%、超额线（绩效自评） 30%”处理"
    )


def test_nothing_is_asked_of_a_sheet_that_is_gone(tmp_path: Path) -> None:
    aimless = department_bytes(small_department().model_copy(update={"overall_objective": ""}), SETTINGS)

    assert [
        [found.code for found in check_returned(read_back(content, tmp_path))].count("XPF135")
        for content in (alone(FIRST), alone(FIRST, OVERALL, content=aimless))
    ] == [0, 1]


def test_several_own_sheets_are_one_part(tmp_path: Path) -> None:
    returned = read_back(alone(FIRST, SECOND), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == small_department().projects
    assert [found.code for found in returned.findings].count("XPF341") == 1


def test_a_part_with_its_parameters_is_read_with_them(tmp_path: Path) -> None:
    returned = read_back(alone(FIRST, SETTINGS_SHEET), tmp_path)

    assert returned.department is not None
    assert (returned.department.year, returned.settings) == (2026, SETTINGS)
    assert DEFAULTS not in messages(returned)


def test_the_year_of_the_code_stands_in_for_a_line_without_result(tmp_path: Path) -> None:
    returned = read_back(changed(alone(FIRST), {cell_of("code"): "13080025P00024610002Y"}), tmp_path)

    assert returned.department is not None
    assert (returned.department.year, returned.department.unit) == (2025, BudgetUnit())
    assert (
        "文件只是工作簿的一部分，单位（—）和预算年度（2025）取自项目表和项目编码：请尽量把原工作簿整个交回"
        in messages(returned)
    )


def test_a_wiped_code_leaves_the_year_to_the_line_below_the_title(tmp_path: Path) -> None:
    parts = parts_of(alone(FIRST))
    code = small_department().projects[0].code
    parts[PROJECT_PART] = parts[PROJECT_PART].decode().replace(code, "").encode()

    returned = read_back(packed(parts), tmp_path)

    assert returned.department is not None
    assert (returned.department.year, returned.department.projects[0].code) == (2026, "")


def test_where_nothing_says_the_year_the_clerk_hears_what_to_do(tmp_path: Path) -> None:
    returned = read_back(changed(alone(FIRST), {cell_of("code"): None}), tmp_path)

    assert returned.refused is not None
    assert message(returned.refused) == (
        "无法确定预算年度：请交回含“整体绩效目标”“参数”的完整工作簿，或在项目表补填项目编码"
    )
    assert returned.department is None
    assert "表结构被改动：缺少工作表“参数”" in messages(returned)


def test_an_own_sheet_whose_rows_moved_is_refused_for_that(tmp_path: Path) -> None:
    parts = parts_of(alone(FIRST))
    parts[PROJECT_PART] = row_deleted(parts[PROJECT_PART].decode(), LAYOUT.slots["purpose"].row).encode()

    returned = read_back(packed(parts), tmp_path)

    assert returned.refused is not None
    assert returned.refused.code == "XPF308"


def test_sheets_of_two_years_are_not_read_as_of_one(tmp_path: Path) -> None:
    returned = read_back(both(CONTENT, of(year=2025)), tmp_path)

    assert returned.refused is not None
    assert message(returned.refused) == (
        "文件里的项目表分属不同年度（2025、2026），没有“整体绩效目标”说明以哪年为准：请按年度分成几个文件报送"
    )


def test_sheets_of_two_units_are_read_as_of_none(tmp_path: Path) -> None:
    returned = read_back(both(CONTENT, of(unit="第二人民法院")), tmp_path)

    assert returned.department is not None
    assert (returned.department.unit, len(returned.department.projects)) == (BudgetUnit(), 2)
    assert f"项目表分属不同单位（{UNIT}、366001第二人民法院），单位按未填处理：请按单位分成几个文件报送" in messages(
        returned
    )


def test_a_sheet_of_another_period_is_not_reckoned_as_of_this_one(tmp_path: Path) -> None:
    returned = read_back(both(CONTENT, PLAN.content), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == small_department().projects[:1]
    assert [(sheet.title, sheet.code, message(sheet.reason)) for sheet in returned.unread] == [
        (
            SECOND,
            "13080023P00024610002U",
            "本表是绩效目标的表，工作簿是绩效自评的，本表未读取：请在下发的绩效自评表里填报，或连同原工作簿交回",
        )
    ]


def test_a_blank_project_alone_is_no_project(tmp_path: Path) -> None:
    blank = department_bytes(Department(year=2026, projects=(Project(number=1),)), PLANNED, blank=True)
    title = openpyxl.load_workbook(io.BytesIO(blank), read_only=True).sheetnames[3]

    returned = read_back(alone(title, content=blank), tmp_path)

    assert returned.refused is not None
    assert message(returned.refused) == "文件中没有填好的项目：请填写项目表，连同原工作簿整个交回"
    assert "XPF315" in dict(codes(returned))


@pytest.mark.parametrize("title", [OVERALL, SETTINGS_SHEET, title_of.CONTENTS, title_of.GUIDE, title_of.SEAL])
def test_a_sheet_without_projects_alone_says_that_projects_are_missing(tmp_path: Path, title: str) -> None:
    returned = read_back(alone(title), tmp_path)

    assert returned.refused is not None
    assert returned.refused.code == "XPF212"


def test_a_script_may_have_copied_the_sheet(tmp_path: Path) -> None:
    returned = read_back(copied_by_hand(FIRST), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == small_department().projects[:1]
    assert (returned.department.year, returned.department.unit) == (2026, small_department().unit)


def test_libreoffice_may_have_saved_it_where_no_formula_finds_its_parameters(tmp_path: Path, calc: Calc) -> None:
    moved, saved = tmp_path / "移.xlsx", tmp_path / "存.xlsx"
    moved.write_bytes(alone(FIRST))
    calc.save_as(moved, saved)

    returned = read_back(saved.read_bytes(), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == small_department().projects[:1]
    assert (returned.department.year, returned.department.unit) == (2023, BudgetUnit())  # by the code alone


# --- sheets renamed, and the hidden ones gone ------------------------------------------------------------------------


def test_numbers_renames_every_sheet_and_adds_one_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(CONTENT))
    for sheet in book:
        sheet.title, sheet.sheet_state = f"{sheet.title} - 表格 1", "visible"
    book.create_sheet("导出摘要", 0)["B1"] = "本文稿从 Numbers 表格中导出。"
    out = io.BytesIO()
    book.save(out)
    parts = parts_of(out.getvalue())
    del parts["docProps/custom.xml"]

    returned = read_back(packed(parts), tmp_path)

    assert [(found.code, found.locus.sheet) for found in returned.findings] == [("XPF304", "导出摘要")]
    assert (returned.department, returned.settings) == (small_department(), SETTINGS)


def test_the_inspector_may_take_hidden_sheets_and_properties(tmp_path: Path) -> None:
    returned = read_back(alone(OVERALL, title_of.CONTENTS, title_of.GUIDE, FIRST, SECOND, SETTINGS_SHEET), tmp_path)

    assert [found.code for found in returned.findings] == ["XPF318", "XPF328"]
    assert (returned.department, returned.settings) == (small_department(), SETTINGS)


# --- deleted hidden columns ------------------------------------------------------------------------------------------


def inspected(titles: Sequence[str]) -> bytes:
    """Excel's document inspector took the hidden columns of these sheets; their computed results stayed.

    They are of the first edition: of later ones the hidden columns hold what the sheet is worth nothing without.
    """
    parts = parts_of(YEARLY.content)
    order = openpyxl.load_workbook(io.BytesIO(YEARLY.content), read_only=True).sheetnames
    for title in titles:
        part = f"xl/worksheets/sheet{order.index(title) + 1}.xml"
        xml = parts[part].decode()
        marker = re.search(r'<c r="([A-Z]+)1"[^>]*[^/]>(?:(?!</c>).)*xlperf form=', xml)
        assert marker is not None
        column = openpyxl.utils.column_index_from_string(marker[1])
        parts[part] = column_deleted(xml, column).encode()
    return packed(parts)


NOT_READ = (
    "隐藏的标识列被删除，仅凭表头不能确定每格填的是什么，本表未读取：请撤销“检查文档”和增删行列等操作，"
    "或把填报内容抄到新生成的表中，再报送"
)
READ_BY_LABELS = (
    "隐藏的标识列被删除（多半用过“检查文档”），已按表头读取；"
    "本表的来源（项目表还有序号、指标值原文）无从核对：请改报未经检查的原文件"
)


def without_raw(project: Project) -> Project:
    """The original wording of targets stood in the hidden column."""
    indicators = [
        indicator.model_copy(update={"target": indicator.target.model_copy(update={"raw": ""})})
        for indicator in project.indicators
    ]
    return project.model_copy(update={"indicators": tuple(indicators)})


def test_a_project_without_its_hidden_column_is_read_by_its_labels(tmp_path: Path) -> None:
    returned = read_back(inspected([FIRST]), tmp_path)

    assert [(found.code, found.locus.sheet, found.locus.cell) for found in returned.findings] == [
        ("XPF339", FIRST, "A1"),
    ]
    assert message(returned.findings[0]) == READ_BY_LABELS
    first, second = small_department().projects
    assert returned.department == small_department().model_copy(update={"projects": (without_raw(first), second)})


def test_all_sheets_without_their_hidden_columns_are_read(tmp_path: Path) -> None:
    titles = [title_of.GUIDE, OVERALL, title_of.CONTENTS, FIRST, SECOND, SETTINGS_SHEET]
    returned = read_back(inspected(titles), tmp_path)

    assert returned.settings == OF_FIRST_EDITION
    assert returned.department == small_department().model_copy(
        update={"projects": tuple(map(without_raw, small_department().projects))}
    )
    assert [found.locus.sheet for found in returned.findings if found.code == "XPF339"] == [
        OVERALL,
        title_of.CONTENTS,
        FIRST,
        SECOND,
        SETTINGS_SHEET,
    ]
    assert {found.code for found in returned.findings} == {"XPF339"}


@pytest.mark.parametrize("change", ["row", "column", "note"])
def test_without_the_column_nothing_is_read_that_may_have_moved(tmp_path: Path, change: str) -> None:
    parts = parts_of(inspected([FIRST]))
    xml = parts[PROJECT_PART].decode()
    if change == "row":
        xml = row_deleted(xml, YEARLY.layout.slots["purpose"].row)
    elif change == "column":
        xml = column_deleted(xml, 8)
    else:
        beside = '<c r="Q20" t="inlineStr"><is><t>旁注</t></is></c></row><row r="21"'
        xml = re.sub(r'</row><row r="21"', beside, xml, count=1)
    returned = read_back(packed({**parts, PROJECT_PART: xml.encode()}), tmp_path)

    assert ("XPF340", "A1") in codes(returned)
    assert returned.department is not None
    assert returned.department.projects == small_department().projects[1:]


def test_one_sheet_alone_without_its_column_that_moved_says_why(tmp_path: Path) -> None:
    parts = parts_of(inspected([FIRST]))
    xml = row_deleted(parts[PROJECT_PART].decode(), YEARLY.layout.slots["purpose"].row)

    returned = read_back(alone(FIRST, content=packed({**parts, PROJECT_PART: xml.encode()})), tmp_path)

    assert returned.refused is not None
    assert message(returned.refused) == NOT_READ


def test_a_later_sheet_without_its_hidden_columns_is_not_read_though_nothing_moved(tmp_path: Path) -> None:
    parts = parts_of(CONTENT)
    xml = parts[PROJECT_PART].decode()
    for column in range(LAYOUT.columns, LAYOUT.visible_columns, -1):
        xml = column_deleted(xml, column)
    returned = read_back(packed({**parts, PROJECT_PART: xml.encode()}), tmp_path)

    assert [message(found) for found in returned.findings if found.code == "XPF340"] == [NOT_READ]
    assert returned.department is not None
    assert returned.department.projects == small_department().projects[1:]


def test_an_inspected_sheet_alone_is_read_as_well(tmp_path: Path) -> None:
    returned = read_back(alone(FIRST, content=inspected([FIRST])), tmp_path)

    assert returned.department is not None
    assert returned.department.projects == (without_raw(small_department().projects[0]),)
    assert (returned.department.year, returned.department.unit) == (2026, small_department().unit)


def test_a_draft_of_a_project_beside_it_is_no_second_project(tmp_path: Path) -> None:
    """A clerk pasted what shows of a sheet, merges and all, into another of the same book."""

    def drafted(sheet: Worksheet) -> None:
        draft = sheet.parent.copy_worksheet(sheet)
        draft.title = "草稿"
        draft[YEARLY.cell_of("marker")] = None
        for row in range(1, YEARLY.layout.last_row + 1):
            draft.cell(row, YEARLY.layout.columns).value = None

    book = openpyxl.load_workbook(io.BytesIO(YEARLY.content))
    drafted(book[FIRST])
    out = io.BytesIO()
    book.save(out)

    returned = read_back(out.getvalue(), tmp_path)

    assert returned.department == small_department()
    assert "工作表“草稿”与“01_办案业务经费”重复，未读取" in messages(returned)


def test_other_forms_and_lists_are_none_of_ours(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(YEARLY.content))
    official = book.create_sheet("绩效目标表")
    for row in (
        ["项目支出绩效目标表"],
        ["项目编码", "13080023P00024610002U", "项目名称", "办案业务经费"],
        ["预算数", 20, "其中：财政资金", 20, "其他资金", None],
        ["3月底", "6月底", "10月底", "12月底"],
        ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
    ):
        official.append(row)
    out = io.BytesIO()
    book.save(out)

    returned = read_back(out.getvalue(), tmp_path)

    assert [(found.code, found.locus.sheet) for found in returned.findings] == [("XPF304", "绩效目标表")]
