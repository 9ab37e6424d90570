"""What changed between two consolidations: every value with its cell, every project that came, went, changed status."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, department, shares
from consolidate.departments import write_yearly as write

from xlperf.cli.main import main
from xlperf.dataset.changes import INPUTS, TEXTS
from xlperf.form import EDITIONS, FIRST_EDITION, Role
from xlperf.form.parts import keys_of
from xlperf.jobs.changes import compare
from xlperf.jobs.consolidate import consolidate
from xlperf.model import BudgetUnit, Project
from xlperf.workbook.write.department import department_bytes

Said = list[tuple[object, ...]]


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    write(tmp_path / "交回" / "甲.xlsx", CASES, REPAIRS)
    write(tmp_path / "交回" / "乙.xlsx", CAR)
    run(tmp_path / "交回")
    return tmp_path / "交回"


def run(returned: Path, **options: object) -> None:
    consolidate(returned, returned.with_name("汇总.xlsx"), force=True, **options)  # type: ignore[arg-type]


def changed(returned: Path, since: dt.date | None = None) -> Said:
    """Kind, project, what, from, to, file and cell of every change."""
    comparison = compare(returned.with_name("汇总.sqlite"), since)
    assert comparison
    return [(c.kind, c.name, c.item, c.before, c.after, c.file, c.cell) for c in comparison.changes]


def with_(project: Project, **fields: object) -> Project:
    return project.model_copy(update=fields)


def test_payments_and_what_they_do_to_the_light(returned: Path) -> None:
    write(
        returned / "甲.xlsx",
        with_(CASES, payments=(Decimal(5), *CASES.payments[1:5], None, *CASES.payments[6:])),
        REPAIRS,
    )
    run(returned)

    assert changed(returned) == [
        ("状态变化", "办案业务经费", "预警", "正常", "严重滞后", "甲.xlsx", "P35"),
        ("数值变化", "办案业务经费", "1月当月支付", 10, 5, "甲.xlsx", "B22"),
        ("数值变化", "办案业务经费", "6月当月支付", 30, None, "甲.xlsx", "B27"),
    ]


def test_budget_plan_indicators_and_texts(returned: Path) -> None:
    indicator = CASES.indicators[0].model_copy(update={"actual": Decimal(0), "deviation_reason": "漏报"})
    more = with_(
        CASES,
        budget=CASES.budget.model_copy(update={"adjusted": Decimal(110)}),
        spend_plan=shares(20, 50, 75, 100),
        objectives=("保障办案",),
        indicators=(indicator, CASES.indicators[1]),
    )
    write(returned / "甲.xlsx", more, REPAIRS)
    run(returned)

    assert changed(returned) == [
        ("数值变化", "办案业务经费", "调整后预算", None, 110, "甲.xlsx", "D5"),
        ("状态变化", "办案业务经费", "预警", "正常", "滞后", "甲.xlsx", "P35"),
        ("数值变化", "办案业务经费", "10月计划累计比例", "70%", "75%", "甲.xlsx", "E8"),
        ("数值变化", "办案业务经费", "绩效目标", None, "保障办案", "甲.xlsx", "C9"),
        ("数值变化", "办案业务经费", "实际完成值（办案数量）", 96, 0, "甲.xlsx", "J12"),
        ("数值变化", "办案业务经费", "偏差原因（办案数量）", None, "漏报", "甲.xlsx", "O12"),
    ]


def test_projects_that_came_and_went_and_files(returned: Path) -> None:
    write(returned / "甲.xlsx", CASES)
    write(returned / "丙.xlsx", with_(CAR, code="13080023P00033710031A", name="2辆囚车购置经费"))
    (returned / "乙.xlsx").write_bytes(b"damaged")
    run(returned)

    assert changed(returned) == [
        ("新增项目", "2辆囚车购置经费", "执行预算", None, Decimal("28.5"), "丙.xlsx", "C3"),
        ("减少项目", "1辆囚车购置经费", "执行预算", Decimal("28.5"), None, "乙.xlsx", "C3"),
        ("减少项目", "人民法庭维修经费", "执行预算", 40, None, "甲.xlsx", "C3"),
        ("文件变化", "", "文件", None, "已汇总", "丙.xlsx", ""),
        ("文件变化", "", "文件", "已汇总", "未汇总", "乙.xlsx", ""),
    ]


def test_a_project_that_moved_to_another_file_is_the_same(returned: Path) -> None:
    write(returned / "甲.xlsx", CASES)
    write(returned / "丁.xlsx", with_(REPAIRS, number=1))
    run(returned)

    assert [change[:3] for change in changed(returned)] == [("文件变化", "", "文件")]


def test_parameters_and_what_is_said_of_the_unit(returned: Path) -> None:
    write(returned / "乙.xlsx", CAR, settings=SETTINGS.model_copy(update={"yellow": Decimal("0.7")}))
    run(returned)

    assert changed(returned) == [("数值变化", "", "滞后线", "60%", "70%", "乙.xlsx", "B7")]


def test_the_cell_that_is_named_shows_the_new_value(returned: Path) -> None:
    more = with_(CASES, name="办案经费", purpose="办案", spend_plan=shares(10, 50, 70, 100))
    write(returned / "甲.xlsx", more, with_(REPAIRS, deviation_reason="招标延后"))
    run(returned)
    comparison = compare(returned.with_name("汇总.sqlite"))
    assert comparison

    shown = [
        (change.item, change.after, openpyxl.load_workbook(returned / change.file)[change.sheet][change.cell].value)
        for change in comparison.changes
    ]
    assert shown == [
        ("项目名称", "办案经费", "办案经费"),
        ("资金用途", "办案", "办案"),
        ("3月计划累计比例", "10%", 0.1),
        ("支出偏差原因", "招标延后", "招标延后"),
    ]


def test_the_summary_has_them_on_a_sheet_once_there_is_something_to_compare(returned: Path) -> None:
    first = openpyxl.load_workbook(returned.with_name("汇总.xlsx"))
    assert "变更" not in first.sheetnames

    write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(1), *CAR.payments[1:])))
    run(returned)
    book = openpyxl.load_workbook(returned.with_name("汇总.xlsx"))

    rows = list(book["变更"].iter_rows(min_row=2, values_only=True))
    of_project = ("335001某区人民法院", CAR.code, CAR.name)
    sheet = ("乙.xlsx", "01_1辆囚车购置经费")
    assert rows == [
        (*of_project, "状态变化", "预警", None, "未到计划节点", *sheet, "P35"),
        (*of_project, "状态变化", "等级", None, "差", *sheet, "P36"),
        (*of_project, "数值变化", "1月当月支付", None, 1, *sheet, "B22"),
    ]
    lines = [str(row[0]) for row in book["总览"].iter_rows(min_row=1, max_row=6, values_only=True) if row[0]]
    assert any(line.endswith("的汇总相比：状态变化2，数值变化1，见“变更”") for line in lines)
    assert book["变更"]["J4"].hyperlink.location == "'01_1辆囚车购置经费'!B22"


def test_the_baseline_is_the_last_run_of_other_contents(returned: Path) -> None:
    write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(1), *CAR.payments[1:])))
    run(returned)
    before, summary = changed(returned), returned.with_name("汇总.xlsx").read_bytes()
    run(returned)
    run(returned, as_of=dt.date(2023, 11, 30))
    run(returned)

    assert changed(returned) == before
    assert returned.with_name("汇总.xlsx").read_bytes() == summary


def test_since_a_day(returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, amount in ((3, 1), (5, 2), (7, 3)):
        noon = dt.datetime(2030, 1, day, 12).timestamp()
        clock = SimpleNamespace(time=lambda: noon, time_ns=lambda: int(noon * 10**9))  # noqa: B023
        monkeypatch.setattr("xlperf.dataset.runs.time", clock)
        write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(amount), *CAR.payments[1:])))
        run(returned)

    def last(since: dt.date | None) -> object:
        return next(change[3:5] for change in changed(returned, since) if change[2] == "1月当月支付")

    assert last(dt.date(2030, 1, 3)) == (1, 3)
    assert last(dt.date(2030, 1, 4)) == (1, 3)
    assert last(dt.date(2030, 1, 6)) == (2, 3)
    for nothing in (dt.date.min, dt.date(2020, 1, 1), dt.date(2030, 1, 7), dt.date.max):
        assert compare(returned.with_name("汇总.sqlite"), nothing) is None


def test_since_a_day_whose_contents_are_back(returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = (returned / "乙.xlsx").read_bytes()
    for day, content in ((3, original + b"\0"), (5, original), (7, original + b"\0")):
        noon = dt.datetime(2030, 1, day, 12).timestamp()
        monkeypatch.setattr("xlperf.dataset.runs.time", SimpleNamespace(time_ns=lambda: int(noon * 10**9)))  # noqa: B023
        (returned / "乙.xlsx").write_bytes(content)
        run(returned)

    assert compare(returned.with_name("汇总.sqlite"), dt.date(2030, 1, 4)) is None
    assert compare(returned.with_name("汇总.sqlite"), dt.date(2030, 1, 6)) is not None


@pytest.mark.parametrize(("before", "after"), [("甲院", "乙院"), ("乙院", "甲院")])
def test_a_unit_that_was_renamed_has_the_same_projects(tmp_path: Path, before: str, after: str) -> None:
    for name in (before, after):
        unit = BudgetUnit(code="", name=name)
        paid = with_(CAR, payments=(Decimal(len(name)) if name == after else None, *CAR.payments[1:]))
        content = department_bytes(department(paid).model_copy(update={"unit": unit}), SETTINGS, form_set=FIRST_EDITION)
        (tmp_path / "交回").mkdir(exist_ok=True)
        (tmp_path / "交回" / "甲.xlsx").write_bytes(content)
        run(tmp_path / "交回")

    assert [change[2:5] for change in changed(tmp_path / "交回")] == [
        ("预警", None, "未到计划节点"),
        ("等级", None, "差"),
        ("1月当月支付", None, 2),
        ("单位名称", before, after),
    ]


def test_counts_are_by_unit(returned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in ("335002", "335003"):
        unit = department(with_(CAR, code="")).model_copy(update={"unit": BudgetUnit(code=code, name="某区检察院")})
        (returned / f"{code}.xlsx").write_bytes(department_bytes(unit, SETTINGS, form_set=FIRST_EDITION))
    run(returned)

    assert main(["changes", str(returned.with_name("汇总.sqlite"))]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")] == [
        "335002某区检察院　共2处：新增项目 1，文件变化 1",
        "335003某区检察院　共2处：新增项目 1，文件变化 1",
    ]


def test_a_code_that_was_filled_in_later(returned: Path) -> None:
    write(returned / "丙.xlsx", with_(CAR, code=""))
    run(returned)
    write(returned / "丙.xlsx", with_(CAR, code="13080023P00033710031A"))
    run(returned)

    assert changed(returned) == [
        ("数值变化", "1辆囚车购置经费", "项目编码", None, "13080023P00033710031A", "丙.xlsx", "C3")
    ]


def test_indicators_of_one_name_when_rows_are_added(returned: Path) -> None:
    first, second = CASES.indicators
    assert first.name == second.name
    more = [first.model_copy(update={"name": f"指标{i}"}) for i in range(20)]
    write(returned / "甲.xlsx", with_(CASES, indicators=(*CASES.indicators, *more)), REPAIRS)
    run(returned)
    changes = with_(CASES, indicators=(first, second.model_copy(update={"actual": Decimal(50)}), *more[:1]))
    write(returned / "甲.xlsx", changes, REPAIRS)
    run(returned)

    assert [change[2:5] for change in changed(returned) if "实际" in str(change[2]) and change[4]] == [
        ("实际完成值（办案数量）", 19, 50)
    ]


def test_a_name_beside_equal_content_is_a_file_renamed(returned: Path) -> None:
    write(returned / "丙.xlsx", with_(CAR, code=""))
    run(returned)
    (returned / "丙.xlsx").rename(returned / "丁.xlsx")
    run(returned)

    assert changed(returned) == [("文件变化", "", "文件名", "丙.xlsx", "丁.xlsx", "丁.xlsx", "")]


def test_a_file_renamed_and_edited(returned: Path) -> None:
    (returned / "乙.xlsx").unlink()
    write(returned / "丙.xlsx", CAR, settings=SETTINGS.model_copy(update={"yellow": Decimal("0.50001")}))
    run(returned)

    assert [change[2:6] for change in changed(returned)] == [
        ("文件名", "乙.xlsx", "丙.xlsx", "丙.xlsx"),
        ("滞后线", "60%", "50.001%", "丙.xlsx"),
    ]


def test_a_copy_that_comes_and_the_original_that_goes(returned: Path) -> None:
    write(returned / "丙.xlsx", with_(CAR, payments=(Decimal(2), *CAR.payments[1:])))
    run(returned)
    assert [(change[0], *change[2:6]) for change in changed(returned)] == [
        ("状态变化", "计入合计", None, "否", "丙.xlsx"),
        ("状态变化", "计入合计", "是", "否", "乙.xlsx"),
        ("文件变化", "文件", None, "已汇总", "丙.xlsx"),
    ]

    (returned / "乙.xlsx").unlink()
    run(returned)
    assert [(change[0], *change[2:6]) for change in changed(returned)] == [
        ("状态变化", "计入合计", "否", None, "乙.xlsx"),
        ("状态变化", "计入合计", "否", "是", "丙.xlsx"),
        ("文件变化", "文件", "已汇总", None, "乙.xlsx"),
    ]


def test_an_as_of_date_given_is_no_change_of_a_cell(returned: Path) -> None:
    write(returned / "甲.xlsx", CASES)
    run(returned, as_of=dt.date(2023, 6, 30))

    assert not [change for change in changed(returned) if change[2] == "截止日期"]


def test_indicators_in_another_order_are_the_same(returned: Path) -> None:
    first, second = CASES.indicators[0], CASES.indicators[1].model_copy(update={"name": "另一个"})
    for indicators in ((first, second), (second.model_copy(update={"weight": Decimal(5)}), first)):
        write(returned / "甲.xlsx", with_(CASES, indicators=indicators), REPAIRS)
        run(returned)

    assert [change[2:] for change in changed(returned) if change[0] == "数值变化"] == [
        ("分值（另一个）", 10, 5, "甲.xlsx", "I12")
    ]


def test_one_paragraph_of_the_overall_objective(tmp_path: Path) -> None:
    for text in ("甲\n乙\n丙", "甲\n丁\n丙"):
        content = department_bytes(
            department(CAR).model_copy(update={"overall_objective": text}), SETTINGS, form_set=FIRST_EDITION
        )
        (tmp_path / "交回").mkdir(exist_ok=True)
        (tmp_path / "交回" / "甲.xlsx").write_bytes(content)
        run(tmp_path / "交回")

    assert changed(tmp_path / "交回") == [("数值变化", "", "总体绩效目标", "乙", "丁", "甲.xlsx", "B4")]


def test_the_run_that_is_compared_with_is_kept(returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlperf.dataset.runs.MOST_RUNS", 2)
    for amount in (1, 2, 3):
        write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(amount), *CAR.payments[1:])))
        run(returned)

    assert [change[3:5] for change in changed(returned) if change[2] == "1月当月支付"] == [(2, 3)]


def test_lock_files_come_and_go_unnoticed(returned: Path) -> None:
    (returned / "~$甲.xlsx").write_bytes(b"somebody")
    write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(1), *CAR.payments[1:])))
    run(returned)
    before = changed(returned)
    (returned / "~$甲.xlsx").unlink()
    run(returned)

    assert changed(returned) == before


def test_every_input_is_compared() -> None:
    inputs = {
        re.sub(r"\.\d$", "", slot).replace(".", "_")  # of several slots, the field they are
        for forms in EDITIONS.values()
        for form in forms.values()
        for keys in keys_of(form, Role.INPUT).values()
        for slot in keys
    }
    bands = {f"{table}_{name}" for table, names in INPUTS.items() for name in names}
    single = {name for names in INPUTS.values() for name in names}
    texts = {f"{field}_text" for field in (*TEXTS, "overall_objective")}

    assert inputs - bands - single - texts == {"shares"}  # they are the table `plan`


def test_the_command_tells_them_by_unit(returned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset = str(returned.with_name("汇总.sqlite"))
    assert main(["changes", dataset]) == 0
    assert capsys.readouterr() == ("", "没有变更：内容没有变过，或那时还没有汇总。\n")

    write(returned / "乙.xlsx", with_(CAR, payments=(Decimal(1), *CAR.payments[1:])))
    run(returned)

    assert main(["changes", dataset]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "335001某区人民法院　共3处：状态变化 2，数值变化 1",
        "  状态变化 1辆囚车购置经费 预警：— → 未到计划节点（乙.xlsx › 01_1辆囚车购置经费 › P35）",
        "  状态变化 1辆囚车购置经费 等级：— → 差（乙.xlsx › 01_1辆囚车购置经费 › P36）",
        "  数值变化 1辆囚车购置经费 1月当月支付：— → 1（乙.xlsx › 01_1辆囚车购置经费 › B22）",
    ]
    assert main(["changes", dataset, "--json"]) == 0
    change = json.loads(capsys.readouterr().out)["changes"][-1]
    assert (change["item"], change["before"], change["after"], change["cell"]) == ("1月当月支付", None, "1", "B22")


@pytest.mark.parametrize("content", [b"", b"no dataset", None])
def test_no_dataset(content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "汇总.sqlite"
    if content is not None:
        path.write_bytes(content)

    assert main(["changes", str(path)]) == 3
    assert capsys.readouterr().err.startswith(("不是 xlperf 的数据集", "找不到文件"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="POSIX: elsewhere names are text")
def test_a_file_whose_name_is_no_text(returned: Path) -> None:
    path = returned / "\udcff.xlsx"
    write(path, with_(CAR, code=""))
    run(returned)
    write(path, with_(CAR, code="", payments=(Decimal(1), *CAR.payments[1:])))
    run(returned)

    assert [change[3:6] for change in changed(returned) if change[2] == "1月当月支付"] == [(None, 1, "⟨U+DCFF⟩.xlsx")]
