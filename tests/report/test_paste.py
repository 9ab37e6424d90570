"""Paste sheets: which rows, which values, in which cells. openpyxl, calamine and LibreOffice are the judges."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office.calc import Calc
from python_calamine import CalamineWorkbook
from report.pasting import (
    AS_OF,
    NOT_APPLICABLE,
    Change,
    findings,
    paste,
    paste_department,
    unchanged,
    with_indicator,
    with_more,
    write,
)

from xlperf.checks.pasting import COLUMNS, paste_faults
from xlperf.checks.rules.vocabulary import refused_in
from xlperf.form import FormSet, form_set_of
from xlperf.jobs.consolidate import consolidate
from xlperf.jobs.own_packs import Table, own_packs
from xlperf.measure import Pack
from xlperf.measure.parameters import also_known
from xlperf.model import BudgetUnit, Operator, Period, Settings, Target, UnwritableOutput, UsageError
from xlperf.workbook.write.department import department_bytes

MONITORING, EVALUATION = Period.MONITORING, Period.SELF_EVALUATION
OTHER = "99030026P00042010002P"
UNIT = "366001示范市清河区人民法院2026年"


def rows_of(path: Path, title: str = "01_办案业务经费") -> list[tuple[object, ...]]:
    """What openpyxl finds on a sheet."""
    return list(openpyxl.load_workbook(path)[title].iter_rows(values_only=True))


def pasted(
    tmp_path: Path, period: Period, change: Change = unchanged, form_set: FormSet | None = None
) -> list[tuple[object, ...]]:
    """The sheet of the first project, pasted from a workbook in which it was changed."""
    _, (written,) = paste(write(tmp_path / "交回.xlsx", period, change, form_set), to=tmp_path / "粘贴")
    return rows_of(written)


def codes(tmp_path: Path, period: Period, change: Change, form_set: FormSet | None = None) -> list[tuple[str, str]]:
    """The 7xx findings about the first project, and their cells, where it was changed."""
    result, _ = paste(write(tmp_path / "交回.xlsx", period, change, form_set), to=tmp_path / "粘贴")
    return [(each.code, each.locus.cell) for each in findings(result) if each.code.startswith("XPF7")]


# --- what is pasted --------------------------------------------------------------------------------------------------


def test_monitoring(tmp_path: Path) -> None:
    assert pasted(tmp_path, MONITORING, with_indicator(0, deviation_reason="年初\n积案多")) == [
        ("一级指标", "二级指标", "*三级指标名称", "计算符号", "年度指标值", "计量单位", "*当前完成值", "*完成可能性",
         None, "偏差原因说明"),
        ("产出指标", "数量指标", "办结案件数", "≥", 4200, "件", 2200, "确定能", None, "年初 积案多"),
        ("产出指标", "质量指标", "审限内结案率", "≥", 98, "%", 99, "确定能", None, None),
        ("效益指标", "社会效益指标", "判后回访", "定性", "2026年9月底前建立回访制度", None, "达成", "确定能", None,
         None),
        ("满意度指标", "服务对象满意度指标", "当事人满意度", "≥", 90, "%", 92, "确定能", None, None),
    ]  # fmt: skip


def test_self_evaluation(tmp_path: Path) -> None:
    assert pasted(tmp_path, EVALUATION) == [
        ("一级指标", "二级指标", "*三级指标名称", "计算符号", "指标值", "*实际完成值", "计量单位", "*分值", "*指标得分",
         "扣减分数", "完成情况简要描述", "偏差原因及改进措施"),
        ("产出指标", "数量指标", "办结案件数", "≥", 4200, 4210, "件", 25, 25, None, "已完成", None),
        ("产出指标", "质量指标", "审限内结案率", "≥", 98, 99, "%", 25, 25, None, "已完成", None),
        ("效益指标", "社会效益指标", "判后回访", "定性", "2026年9月底前建立回访制度", "达成", None, 30, 30, None,
         "已完成", None),
        ("满意度指标", "服务对象满意度指标", "当事人满意度", "≥", 90, 92, "%", 10, 10, None, "已完成", None),
    ]  # fmt: skip


def test_a_workbook_of_the_first_edition_by_its_period(tmp_path: Path) -> None:
    old = pasted(tmp_path / "旧", MONITORING, form_set=FormSet("2026.1"))

    assert old == pasted(tmp_path / "新", MONITORING)


@pytest.mark.parametrize(
    ("row", "update", "score", "deduction"),
    [
        (0, {"actual": Decimal(2100), "deviation_reason": "撤诉多", "deduction": Decimal(3)}, 12.5, 3),
        (0, {"deduction": Decimal(25), "deviation_reason": "超期"}, 25, 25),
        (2, {"deduction": Decimal(6), "deviation_reason": "超期"}, 30, 6),
        (0, {"deduction": Decimal(0)}, 25, None),
    ],
)
def test_points_are_those_before_the_deduction(
    tmp_path: Path, row: int, update: dict[str, object], score: float, deduction: int | None
) -> None:
    sheet = pasted(tmp_path, EVALUATION, with_indicator(row, **update))

    assert sheet[1 + row][8:10] == (score, deduction)


def own_pack(**tables: object) -> tuple[Pack, ...]:
    """A rule pack of the department's own, called 本县."""
    return tuple(own_packs([Table("xlperf.toml", "county", {"based-on": "national-2026", **tables})]))


def of_own_pack(path: Path, pack: tuple[Pack, ...]) -> Path:
    """A self-evaluation by this pack in which a cost of 12 stands beside a target of at most 10."""
    target = Target(operator=Operator.LE, operator_stated=True, value=Decimal(10), unit="万元")
    change = with_indicator(0, target=target, actual=Decimal(12), deviation_reason="调价")
    settings = Settings(as_of=AS_OF[EVALUATION], period=EVALUATION, pack=pack[0].key)
    with also_known(pack):
        path.write_bytes(
            department_bytes(
                paste_department(EVALUATION, change), settings, form_set=form_set_of(EVALUATION, "national")
            )
        )
    return path


@pytest.mark.parametrize(("overrun", "score"), [("零分法", 0), ("比值法", 20.83), ("比例法", 20)])
def test_points_are_those_by_the_rules_in_the_workbook(tmp_path: Path, overrun: str, score: float) -> None:
    source = of_own_pack(tmp_path / "交回.xlsx", own_pack(overrun=overrun))
    result, (written,) = paste(source, to=tmp_path / "粘贴")  # where nobody knows a pack of that name

    assert findings(result) == []
    assert rows_of(written)[1][8] == score


def test_rules_of_the_same_name_here_are_an_error_and_give_no_points(tmp_path: Path) -> None:
    source = of_own_pack(tmp_path / "交回.xlsx", own_pack(overrun="零分法"))
    with also_known(own_pack(overrun="比值法")):
        result, _ = paste(source, to=tmp_path / "粘贴")

    assert [row["score"] for row in result.projects[0].rows][:2] == [0, 25]
    assert [[(each.code, each.locus.sheet) for each in project.errors] for project in result.projects] == [
        [("XPF561", "参数")],
        [("XPF561", "参数")],
    ]


def test_a_target_without_a_sign_has_an_equals_sign(tmp_path: Path) -> None:
    same = Target(value=Decimal(1), unit="辆")

    assert pasted(tmp_path, MONITORING, with_indicator(0, target=same, actual=Decimal(1)))[1][3:7] == ("=", 1, "辆", 1)


def test_a_number_typed_with_thousands_commas_is_pasted_as_one(tmp_path: Path) -> None:
    assert pasted(tmp_path, EVALUATION, with_indicator(0, actual="4,210"))[1][5] == 4210


def test_line_breaks_and_tabs_would_tear_a_row_apart(tmp_path: Path) -> None:
    change = with_indicator(0, deviation_reason="年初\n积案多\t又\n\n增加")

    assert pasted(tmp_path, MONITORING, change)[1][9] == "年初 积案多 又  增加"


def test_what_a_cell_would_not_show_in_full_has_a_number_format(tmp_path: Path) -> None:
    target = Target(operator=Operator.GE, operator_stated=True, value=Decimal("12345678.901"), unit="元")
    source = write(
        tmp_path / "甲.xlsx",
        MONITORING,
        with_indicator(0, target=target, actual=Decimal("0.00012"), deviation_reason="停工"),
    )
    _, (written,) = paste(source, to=tmp_path / "粘贴")
    sheet = openpyxl.load_workbook(written)["01_办案业务经费"]

    assert [(sheet[cell].value, sheet[cell].number_format) for cell in ("E2", "G2", "G3")] == [
        (12345678.901, "0.000"),
        (0.00012, "General"),
        (99, "General"),
    ]


# --- the workbook ----------------------------------------------------------------------------------------------------


def test_every_project_has_a_sheet_and_a_line_in_front(tmp_path: Path) -> None:
    source = write(tmp_path / "交回.xlsx", MONITORING, with_more(NOT_APPLICABLE))
    _, (written,) = paste(source, to=tmp_path / "粘贴")

    assert written == tmp_path / "粘贴" / f"{UNIT}监控粘贴表.xlsx"
    assert openpyxl.load_workbook(written).sheetnames == ["目录", "01_办案业务经费", "02_公务运转经费"]
    assert rows_of(written, "目录") == [
        ("序号", "项目编码", "项目名称", "工作表", "指标行数", "说明"),
        (1, "99030026P00041810002W", "办案业务经费", "01_办案业务经费", 4,
         "C17 有1项不涉及的指标没有列入粘贴表：生态改善"),
        (2, "99030026P00041910002J", "公务运转经费", "02_公务运转经费", 4, None),
    ]  # fmt: skip


def test_every_sheet_prints_one_page_wide(tmp_path: Path) -> None:
    _, (written,) = paste(write(tmp_path / "交回.xlsx", MONITORING), to=tmp_path / "粘贴")

    for sheet in openpyxl.load_workbook(written):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) == (True, "$1:$1")


def test_a_project_with_errors_is_left_out_and_named(tmp_path: Path) -> None:
    source = write(tmp_path / "交回.xlsx", MONITORING, with_indicator(1, likelihood=None))
    result, (written,) = paste(source, to=tmp_path / "粘贴")

    assert openpyxl.load_workbook(written).sheetnames == ["目录", "02_公务运转经费"]
    assert rows_of(written, "目录")[1] == (
        1, "99030026P00041810002W", "办案业务经费", None, None,
        "有1处错误，改正前没有列入；M14 完成可能性是空的，预算系统要求填写",
    )  # fmt: skip
    assert [(each.code, str(each.locus)) for each in findings(result)] == [
        ("XPF705", "交回.xlsx › 01_办案业务经费 › M14")
    ]


def test_a_project_with_an_error_of_the_rules_is_left_out(tmp_path: Path) -> None:
    source = write(
        tmp_path / "交回.xlsx", EVALUATION, lambda project: project.model_copy(update={"payments": (Decimal(30),) * 12})
    )
    result, (written,) = paste(source, to=tmp_path / "粘贴")

    assert "XPF501" in {each.code for each in result.projects[0].errors}
    assert openpyxl.load_workbook(written).sheetnames == ["目录", "02_公务运转经费"]


def test_an_error_of_the_whole_workbook_leaves_all_its_projects_out(tmp_path: Path) -> None:
    late = write(tmp_path / "交回" / "甲.xlsx", EVALUATION, keep=slice(1), as_of=dt.date(2027, 4, 1))
    write(tmp_path / "交回" / "乙.xlsx", EVALUATION, keep=slice(1, None))
    result, (written,) = paste(late.parent, to=tmp_path / "粘贴")

    assert [(each.code, str(each.locus)) for each in findings(result)] == [
        ("XPF511", "甲.xlsx › 参数 › B2"),
        ("XPF536", "甲.xlsx › 参数 › B2"),
    ]
    assert rows_of(written, "目录")[2] == (
        1, "99030026P00041810002W", "办案业务经费", None, None,
        "有2处错误，改正前没有列入；参数 B2 截止日期2027-04-01不在预算年度2026之内，也不在前后三个月之内；"
        "参数 B2 截止日期2027-04-01与填报类型“绩效自评”不符，应在2026-12-31到2027-03-31之间",
    )  # fmt: skip


def test_an_error_on_a_sheet_that_was_left_out_stops_no_other(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write(tmp_path / "下发.xlsx"))
    book["02_公务运转经费"].insert_rows(9)
    (tmp_path / "交回").mkdir()
    book.save(tmp_path / "交回" / "甲.xlsx")
    result, (written,) = paste(tmp_path / "交回", to=tmp_path / "粘贴")

    assert [(project.name, len(project.errors)) for project in result.projects] == [("办案业务经费", 0)]
    assert openpyxl.load_workbook(written).sheetnames == ["目录", "01_办案业务经费"]


def test_values_are_plain_and_no_text_becomes_a_formula(tmp_path: Path) -> None:
    change = with_indicator(0, deviation_reason="=1+1", name="@办结案件数", unit="+件")
    _, (written,) = paste(write(tmp_path / "交回.xlsx", MONITORING, change), to=tmp_path / "粘贴")
    with zipfile.ZipFile(written) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]

    assert not any("<f" in xml or "<mergeCell" in xml or "<hyperlink" in xml for xml in sheets)
    assert openpyxl.load_workbook(written)["01_办案业务经费"]["J2"].data_type == "s"
    assert rows_of(written)[1][2::7] == ("@办结案件数", "=1+1")


def test_one_workbook_for_each_unit_whatever_the_files(tmp_path: Path) -> None:
    at, court = tmp_path / "交回", BudgetUnit(code="366002", name="示范市高新区人民法院")
    write(at / "甲.xlsx", keep=slice(1))
    write(at / "乙.xlsx", keep=slice(1, None))
    write(at / "丙.xlsx", change=lambda project: project.model_copy(update={"code": OTHER}), keep=slice(1), unit=court)
    _, written = paste(at, to=tmp_path / "粘贴")

    assert {path.name: openpyxl.load_workbook(path).sheetnames[1:] for path in written} == {
        "366002示范市高新区人民法院2026年监控粘贴表.xlsx": ["01_办案业务经费"],
        f"{UNIT}监控粘贴表.xlsx": ["02_公务运转经费", "01_办案业务经费"],
    }


def test_units_whose_names_come_to_one_file_name_have_two(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "甲.xlsx", keep=slice(1), unit=BudgetUnit(name="甲:庭"))
    write(at / "乙.xlsx", keep=slice(1, None), unit=BudgetUnit(name="甲?庭"))
    _, written = paste(at, to=tmp_path / "粘贴")

    assert sorted(path.name for path in written) == ["甲_庭2026年监控粘贴表.xlsx", "甲_庭2026年监控粘贴表_2.xlsx"]


def test_a_unit_of_which_nothing_passed_has_no_workbook(tmp_path: Path) -> None:
    source = write(tmp_path / "交回.xlsx", MONITORING, with_indicator(1, likelihood=None), keep=slice(1))

    assert paste(source, to=tmp_path / "粘贴")[1] == []
    assert not list((tmp_path / "粘贴").iterdir())


# --- which workbooks -------------------------------------------------------------------------------------------------


def test_the_latest_period_of_the_latest_year_is_pasted(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "监控.xlsx", MONITORING)
    write(at / "自评.xlsx", EVALUATION)
    write(at / "目标.xlsx", Period.PLAN, year=2027)
    result, (written,) = paste(at, to=tmp_path / "粘贴")

    assert (result.year, result.period, written.name) == (2026, EVALUATION, f"{UNIT}自评粘贴表.xlsx")
    assert [file.name for file in result.others] == ["监控.xlsx", "目标.xlsx"]
    assert findings(result) == []


def test_a_project_that_came_back_twice_is_left_out_in_both_places(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    write(at / "甲.xlsx", keep=slice(1))
    write(at / "乙.xlsx", change=lambda project: project.model_copy(update={"purpose": "办案"}))
    result, (written,) = paste(at, to=tmp_path / "粘贴")

    assert [(each.code, str(each.locus)) for each in findings(result)] == [
        ("XPF601", "乙.xlsx › 01_办案业务经费 › L3"),
        ("XPF601", "甲.xlsx › 01_办案业务经费 › L3"),
    ]
    assert openpyxl.load_workbook(written).sheetnames == ["目录", "02_公务运转经费"]


def test_plans_are_not_pasted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="无从粘贴"):
        paste(write(tmp_path / "目标.xlsx", Period.PLAN), to=tmp_path / "粘贴")


def test_a_target_that_exists_stays_unless_forced(tmp_path: Path) -> None:
    source, at = write(tmp_path / "交回.xlsx"), tmp_path / "粘贴"
    (target,) = paste(source, to=at)[1]
    first = target.read_bytes()

    with pytest.raises(UnwritableOutput, match="目标已存在"):
        paste(source, to=at)
    assert paste(source, to=at, force=True)[1] == [target]
    assert target.read_bytes() == first


def test_paste_sheets_among_what_came_back_are_named_and_not_read(tmp_path: Path) -> None:
    at = tmp_path / "交回"
    (written,) = paste(write(at / "甲.xlsx"), to=at)[1]
    consolidation = consolidate(at, tmp_path / "汇总.xlsx")

    assert [(file.name, file.reason.code) for file in consolidation.files if file.reason] == [(written.name, "XPF707")]


# --- what the system would refuse, drop or mix up --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "change", "expected"),
    [
        (MONITORING, with_indicator(1, name=" 办结案件数 "), [("XPF701", "C14")]),
        (MONITORING, with_indicator(0, name="办结案件数-新收"), [("XPF702", "C13")]),
        (MONITORING, with_indicator(0, name="办结案件数（1—12月）"), [("XPF702", "C13")]),
        (MONITORING, with_indicator(0, name="办结案件数＊"), [("XPF702", "C13")]),
        (MONITORING, with_indicator(0, name="办结_案件数"), [("XPF702", "C13")]),
        (MONITORING, with_indicator(0, actual=Decimal(-5), deviation_reason="退案"), [("XPF703", "E13")]),
        (MONITORING, with_indicator(0, actual=None), [("XPF705", "E13")]),
        (MONITORING, with_indicator(2, actual=None), [("XPF705", "E15")]),
        (MONITORING, with_indicator(0, likelihood=None), [("XPF705", "M13")]),
        (MONITORING, with_more(NOT_APPLICABLE), [("XPF706", "C17")]),
        (EVALUATION, with_indicator(2, remark=""), [("XPF705", "M15")]),
        (EVALUATION, with_indicator(0, remark=""), []),
        (EVALUATION, with_indicator(2, points=None), [("XPF705", "H15")]),
        (EVALUATION, with_indicator(0, weight=None), [("XPF705", "G13"), ("XPF705", "H13")]),
        (EVALUATION, with_indicator(0, actual=Decimal(4000)), [("XPF705", "I13")]),
        (EVALUATION, with_indicator(0, actual=Decimal(4000), deviation_reason="撤诉多"), []),
        (EVALUATION, with_indicator(2, points=Decimal(35), deduction=Decimal(6)), [("XPF704", "H15")]),
    ],
)
def test_what_keeps_a_project_from_being_pasted(
    tmp_path: Path, period: Period, change: Change, expected: list[tuple[str, str]]
) -> None:
    assert codes(tmp_path, period, change) == expected


def test_the_first_edition_does_not_ask_for_the_description_of_a_rating(tmp_path: Path) -> None:
    assert codes(tmp_path, EVALUATION, unchanged, FormSet("2026.1")) == [("XPF705", "C14")]


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "–", "—", "―", "−", "－", "﹣", "\u00ad", "*", "＊", "_", "＿"])
def test_every_dash_star_and_underscore_is_refused(dash: str) -> None:
    assert refused_in(f"1{dash}2") == dash


@pytest.mark.parametrize(
    "text", ["", "1,200", "１，２００", "审结率（%）", "1至12月", "1～12月", "一类", "ー", "≥98.5"]
)
def test_thousands_commas_and_other_signs_pass(text: str) -> None:
    assert refused_in(text) == ""


NAMES = st.lists(st.sampled_from(["甲", "甲 ", "　甲", "乙", "丙", ""]), max_size=6)


@given(NAMES)
def test_rows_pass_when_their_names_are_told_apart(names: list[str]) -> None:
    rows = [
        {
            **dict.fromkeys(column.key for column in COLUMNS[MONITORING]),
            "name": name,
            "actual": 1,
            "likelihood": "有可能",
        }
        for name in names
    ]
    faults = {(fault.code, fault.row) for fault in paste_faults(rows, MONITORING)}
    stripped = [name.strip() for name in names]

    assert faults == {
        *(("XPF705", i) for i, name in enumerate(stripped) if not name),
        *(("XPF701", i) for i, name in enumerate(stripped) if name and name in stripped[:i]),
    }


# --- other programs --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", [MONITORING, EVALUATION])
def test_a_second_reader_finds_the_same(tmp_path: Path, period: Period) -> None:
    _, (written,) = paste(write(tmp_path / "交回.xlsx", period), to=tmp_path / "粘贴")
    book = CalamineWorkbook.from_path(written)

    assert {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} == {
        name: [["" if value is None else value for value in row] for row in rows_of(written, name)]
        for name in ("目录", "01_办案业务经费", "02_公务运转经费")
    }


@pytest.mark.office
@pytest.mark.parametrize("period", [MONITORING, EVALUATION])
def test_libreoffice_opens_it(tmp_path: Path, calc: Calc, period: Period) -> None:
    _, (written,) = paste(write(tmp_path / "交回.xlsx", period), to=tmp_path / "粘贴")
    cells = {
        cell.coordinate: cell.value
        for row in openpyxl.load_workbook(written)["01_办案业务经费"]
        for cell in row
        if cell.value is not None
    }

    assert calc.recalc(written)["01_办案业务经费"] == cells
