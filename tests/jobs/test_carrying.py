"""New workbooks from those that came back: which year and rule pack they have, and where what is not carried stands."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from departments import small_department

from xlperf.cli.generate_command import REASONS_IN_ENGLISH
from xlperf.cli.main import main
from xlperf.form import FormSet, form_set_of
from xlperf.form.shapes import LAYOUTS
from xlperf.jobs.carrying import is_returned, latest_stage, new_period, read_returned
from xlperf.jobs.generate import generate
from xlperf.model import (
    Budget,
    Department,
    Funds,
    Indicator,
    Operator,
    Period,
    Project,
    Settings,
    Target,
    UsageError,
)
from xlperf.prepare.identity import with_ids
from xlperf.prepare.not_carried import Reason
from xlperf.workbook.read.read import read_workbook
from xlperf.workbook.read.returned import Returned, SheetRead
from xlperf.workbook.write.department import write_department

PLAN, MONITORING = Period.PLAN, Period.MONITORING
YEARLY = FormSet("2026.1")


def returned(
    path: Path, department: Department, period: Period = PLAN, *, pack: str = "", yearly: bool = False
) -> Path:
    path.parent.mkdir(exist_ok=True)
    settings = Settings(as_of=dt.date(department.year, 1, 1), period=period, pack=pack or "national-2026")
    write_department(department, settings, path, form_set=YEARLY if yearly else form_set_of(period, "national"))
    return path


def in_year(year: int, purpose: str = "") -> Department:
    """One project, planned for this year."""
    first = small_department().projects[0].model_copy(update={"purpose": purpose})
    return small_department().model_copy(update={"year": year, "projects": (first,)})


def test_no_plan_is_made_for_an_earlier_year(tmp_path: Path) -> None:
    came = read_returned(returned(tmp_path / "a.xlsx", in_year(2026)))

    with pytest.raises(UsageError) as raised:
        new_period(came.workbooks, PLAN, 2025, None)

    assert (raised.value.key, raised.value.values) == ("year_before_the_workbooks", {"year": 2026})
    assert new_period(came.workbooks, PLAN, 2027, None).department.year == 2027


def test_next_years_plan_lists_what_came_back_of_an_earlier_year(tmp_path: Path) -> None:
    returned(tmp_path / "1.xlsx", in_year(2025, "去年的用途"))
    returned(tmp_path / "2.xlsx", in_year(2026))

    new = new_period(read_returned(tmp_path).workbooks, PLAN, 2027, None)

    assert [project.name for project in new.department.projects] == ["办案业务经费"]
    assert {each.reason.name for each in new.not_carried} == {"OTHER_YEAR"}
    assert ("资金用途", "去年的用途") in [(each.field, each.value) for each in new.not_carried]


def test_a_project_in_two_versions_is_listed_once_in_the_workbook_and_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "收回"
    for text in ("甲", "乙"):
        returned(folder / f"{text}.xlsx", in_year(2026, text))
    other = Project(number=2, name="另一个项目")
    returned(folder / "丙.xlsx", in_year(2026).model_copy(update={"projects": (other,)}))

    assert main(["generate", str(folder), "-o", str(tmp_path / "新"), "--period", "monitoring"]) == 0

    said = capsys.readouterr().err
    places = "；".join(f"{folder / file}.xlsx › 01_办案业务经费" for file in ("乙", "甲"))
    why = "同一项目收回几份，内容不同，请只留下要用的一份，再生成一次"
    assert "有 1 项原来填过的内容没有带入" in said
    assert f"  13080023P00024610002U 项目：2份，1处不同：资金用途（{places}）——{why}\n" in said
    book = openpyxl.load_workbook(next((tmp_path / "新").iterdir()))
    assert [title for title in book.sheetnames if title[:2] in ("01", "02")] == ["02_另一个项目"]
    (row,) = book["未带入"].iter_rows(min_row=4, max_col=9, values_only=True)
    code, name = "13080023P00024610002U", "办案业务经费"
    assert [cell or "" for cell in row] == [code, name, "", "项目", "2份，1处不同：资金用途", "", why, places, ""]


def test_what_could_not_be_read_is_named_as_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = returned(tmp_path / "收回" / "甲.xlsx", small_department())
    book = openpyxl.load_workbook(path)
    spoilt = next(sheet for sheet in book if sheet.title.startswith("02_"))
    spoilt.insert_rows(10)
    book.save(path)
    (path.parent / "乙.xlsx").write_bytes(b"")

    assert main(["generate", str(path.parent), "-o", str(tmp_path / "新"), "--period", "monitoring"]) == 1

    said = capsys.readouterr()
    assert (
        "有 2 处报送没有读出：填的内容没有带入，项目也不在新工作簿里（--plan 里有的除外）。改正后请重新生成：\n"
        "  乙.xlsx\n"
        f"  甲.xlsx › {spoilt.title}\n"
    ) in said.err
    assert f"错误 XPF308 {spoilt.title}" in said.out
    book = openpyxl.load_workbook(next((tmp_path / "新").iterdir()))
    assert [title for title in book.sheetnames if title[:2] in ("01", "02")] == ["01_办案业务经费"]


def test_of_what_was_not_carried_for_one_reason_the_first_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for year in (2025, 2026):
        returned(tmp_path / "收回" / f"{year}.xlsx", in_year(year))
    command = ["generate", str(tmp_path / "收回"), "--period", "plan", "--year", "2027", "--lang", "en"]

    main([*command, "-o", str(tmp_path / "新")])

    _, listed = capsys.readouterr().err.split("values filled in before but not carried, on sheet 未带入")
    *items, more = [line for line in listed.splitlines() if line.startswith("  ")]
    assert len(items) == 5
    assert all(line.endswith(" - the form is of another year") for line in items)
    assert re.fullmatch(r"  \d+ more for the same reason", more)
    assert REASONS_IN_ENGLISH.keys() == set(Reason)


def test_of_copies_of_one_workbook_each_project_is_taken_from_the_one_it_was_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "收回"
    source = returned(folder / "发下去.xlsx", small_department(), MONITORING)
    for number, (file, text) in enumerate({"甲.xlsx": "甲填的", "乙.xlsx": "乙填的"}.items(), start=3):
        book = openpyxl.load_workbook(source)
        sheet = book.worksheets[number]
        sheet[attained_on(read_workbook(source), sheet.title)] = text
        book.save(folder / file)

    came = read_returned(folder).workbooks
    new = new_period(came, MONITORING, None, None)

    assert [project.attained for project in new.department.projects] == ["甲填的", "乙填的"]
    assert new.not_carried == ()
    untouched = [(Path(each.path).stem, [sheet.is_untouched for sheet in projects_of(each)]) for each in came]
    assert sorted(untouched) == [("乙", [True, False]), ("发下去", [True, True]), ("甲", [False, True])]


def test_a_sheet_or_an_answer_that_cannot_be_read_is_told_before_it_is_missed(tmp_path: Path) -> None:
    folder = tmp_path / "收回"
    source = returned(folder / "甲.xlsx", small_department(), MONITORING)
    first, second = projects_of(read_workbook(source))
    book = openpyxl.load_workbook(source)
    book[first.title].insert_rows(12)
    book[second.title][second.layout.slots["paid.fiscal_funds"].cell] = "约8"
    book.save(source)

    made = generate(folder, tmp_path / "out", period=Period.SELF_EVALUATION, macros=False, done=lambda *_: None)

    assert [(each.code, str(each.locus)) for each in made.findings] == [
        ("XPF308", f"甲.xlsx › {first.title} › F12"),
        ("XPF401", f"甲.xlsx › {second.title} › F7"),
    ]


def test_a_sheet_that_came_back_alone_is_of_the_period_of_its_form(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(returned(tmp_path / "自评.xlsx", in_year(2026), Period.SELF_EVALUATION))
    for title in {*book.sheetnames} - {"01_办案业务经费"}:
        del book[title]
    book.save(tmp_path / "单独一张.xlsx")

    assert latest_stage(read_returned(tmp_path / "单独一张.xlsx").workbooks) == (2026, Period.SELF_EVALUATION)


def projects_of(returned: Returned) -> list[SheetRead]:
    return [sheet for sheet in returned.sheets if sheet.project is not None]


def attained_on(returned: Returned, title: str) -> str:
    """The cell of 完成情况 on this sheet."""
    sheet = next(sheet for sheet in returned.sheets if sheet.title == title)
    return sheet.layout.slots["attained"].cell


def test_a_workbook_of_many_projects_is_known_as_one_that_came_back(tmp_path: Path) -> None:
    projects = tuple(Project(number=i, code=f"13080023P{i:012d}", name=f"项目{i}") for i in range(1, 251))

    source = returned(tmp_path / "a.xlsx", in_year(2026).model_copy(update={"projects": projects}))

    assert is_returned(source)


@pytest.mark.parametrize(("yearly", "pack"), [(False, "national-2020"), (True, "national-2026")])
def test_the_rules_of_2020_go_on_where_somebody_chose_them(tmp_path: Path, yearly: bool, pack: str) -> None:
    source = returned(tmp_path / "a.xlsx", in_year(2026), pack="national-2020", yearly=yearly)
    made: list[Path] = []

    generate(source, tmp_path / "out", period=MONITORING, macros=False, done=lambda path, _: made.append(path))

    settings = read_workbook(made[0]).settings
    assert settings is not None
    assert settings.pack == pack


@pytest.mark.parametrize(
    ("pack", "options", "then"),
    [
        ("national-2026", {"layout": "20+80"}, "20+80"),  # which nobody chose: it came with the layout
        ("national-2026", {"layout": "national"}, "national-2026"),
        ("national-2026", {"layout": "transfer"}, "national-2026"),
        ("hubei-2026", {"layout": "20+80"}, "hubei-2026"),
        ("national-2026", {"layout": "20+80", "pack": "hebei"}, "hebei"),
    ],
)
def test_another_layout_brings_its_pack_unless_somebody_chose_one(
    tmp_path: Path, pack: str, options: dict[str, str], then: str
) -> None:
    source = returned(tmp_path / "a.xlsx", in_year(2026), pack=pack)
    made: list[Path] = []

    generate(
        *(source, tmp_path / "out"),
        period=Period.SELF_EVALUATION,
        macros=False,
        done=lambda path, _: made.append(path),
        **options,  # type: ignore[arg-type]
    )

    settings = read_workbook(made[0]).settings
    assert settings is not None
    assert settings.pack == then


EVALUATED = Project(
    number=1,
    code="13080023P00024610002U",
    name="办案业务经费",
    attained="基本完成",
    deviation_reason="尾款未结",
    remark="另有说明",
    conclusion="良好",
    problems="支付偏慢",
    measures="按月结算",
    payments=(Decimal(1), *(None,) * 11),
    paid=Funds(fiscal_funds=1),
    indicators=(
        Indicator(
            level1="产出指标",
            level2="质量指标",
            name="设备验收",
            weight=Decimal(50),
            target=Target(operator=Operator.QUALITATIVE, value="验收合格"),
            actual="部分达成",
            points=Decimal("37.5"),
            deduction=Decimal(2),
            remark="一台待换",
            deviation_reason="到货晚",
        ),
    ),
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_self_evaluation_issued_again_with_a_changed_plan_keeps_all_that_was_typed(
    tmp_path: Path, layout: str
) -> None:
    old = small_department().model_copy(update={"projects": (EVALUATED,)})
    source, day = tmp_path / "自评.xlsx", dt.date(old.year, 11, 30)
    settings = Settings(as_of=day, period=Period.SELF_EVALUATION, pack="hubei-2026", green=Decimal("0.9"))
    write_department(old, settings, source, form_set=form_set_of(Period.SELF_EVALUATION, layout))
    plan = tmp_path / "清单.csv"
    plan.write_text(f"项目编码,项目名称,预算数\n{EVALUATED.code},办案业务经费,25\n", encoding="utf-8")
    made: list[Path] = []

    def again(period: Period) -> list[tuple[str, str]]:
        came = generate(
            *(source, tmp_path / period), period=period, plan=plan, macros=False, done=lambda path, _: made.append(path)
        )
        return [(each.field, each.value) for each in came.not_carried]

    assert again(Period.SELF_EVALUATION) == []
    assert [field for field, _ in again(Period.MONITORING)] == [
        *("执行数·财政资金", "目标完成情况", "纠偏措施", "偏差原因", "备注", "评价结论", "存在问题"),
        *("实际完成值", "偏差原因", "备注", "定性评分", "扣减分数"),
    ]
    same, next_period = map(read_workbook, made)
    assert same.department is not None
    assert [each.model_copy(update={"budget": Budget()}) for each in same.department.projects] == list(
        with_ids(old).projects
    )
    assert same.department.projects[0].budget.initial == 25
    assert same.settings == settings
    assert next_period.settings is not None
    assert next_period.settings.as_of == dt.date(old.year, 12, 31)


def test_what_belongs_to_no_project_is_listed_in_every_workbook(tmp_path: Path) -> None:
    new = small_department()
    gone = new.projects[0].model_copy(update={"number": 3, "code": "13080023P00033710009X", "name": "停办的项目"})
    old = new.model_copy(update={"year": 2025, "safeguards": ("去年的制度",), "projects": (*new.projects, gone)})
    returned(tmp_path / "收回" / "1.xlsx", old)
    returned(tmp_path / "收回" / "2.xlsx", new)
    made: list[Path] = []

    generate(
        tmp_path / "收回",
        tmp_path / "out",
        period=MONITORING,
        by_project=True,
        macros=False,
        done=lambda path, _: made.append(path),
    )

    sheets = [openpyxl.load_workbook(path)["未带入"] for path in made]
    listed = [{row[0] for row in sheet.iter_rows(min_row=4, max_col=1, values_only=True)} for sheet in sheets]
    assert listed == [{"", each.code, gone.code} for each in new.projects]


@pytest.mark.parametrize(
    ("period", "layout", "paid", "folded"),
    [
        ("monitoring", "national", Funds(fiscal_funds=3, other_funds=4), ["上年结转", "单位资金"]),
        ("self-evaluation", "national", Funds(fiscal_funds=1, carryover=2, other_funds=4), ["单位资金"]),
        ("self-evaluation", "sichuan", Funds(fiscal_funds=3, own_funds=4), ["上年结转"]),
    ],
)
def test_what_the_ledger_says_stands_in_rows_that_can_be_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], period: str, layout: str, paid: Funds, folded: list[str]
) -> None:
    source = returned(tmp_path / "a.xlsx", in_year(2026))
    ledger, out = tmp_path / "台账.csv", tmp_path / "out"
    rows = [f"13080023P00024610002U,2026-03-01,{text}" for text in ("1,财政资金", "2,上年结转资金", "4,单位资金")]
    ledger.write_text("\n".join(["项目编码,支付日期,支付金额（万元）,资金来源", *rows]), encoding="utf-8")

    options = ["--period", period, "--layout", layout, "--payments", str(ledger), "--no-macros"]
    assert main(["generate", str(source), "-o", str(out), *options]) == 0

    department = read_workbook(next(out.iterdir())).department
    assert department is not None
    assert department.projects[0].paid == paid
    said = capsys.readouterr().err
    assert re.findall("不单列“(.+?)”", said) == folded


def test_what_is_wrong_with_the_ledger_of_blank_forms_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目编码,支付日期,支付金额（万元）\nX,2026年,1", encoding="utf-8")

    arguments = ["--blank", "1", "--year", "2026", "--payments", str(ledger), "--no-macros"]
    assert main(["generate", *arguments, "-o", str(tmp_path / "out"), "--fail-on", "info"]) == 1

    said = capsys.readouterr()
    assert "XPF115" in said.out
    assert "xlperf check" not in said.err


def test_the_sources_are_of_the_months_that_are_over_whatever_else_is_in_the_ledger(tmp_path: Path) -> None:
    source, ledger = returned(tmp_path / "a.xlsx", in_year(2026)), tmp_path / "台账.csv"
    head, code = "项目编码,支付日期,支付金额（万元）,资金来源\n", "13080023P00024610002U"
    ledger.write_text(f"{head}{code},2026-05-03,3,财政资金\n{code},2026-07-15,4,其他资金\n", encoding="utf-8")
    made: list[Path] = []

    generate(
        *(source, tmp_path / "out"),
        period=MONITORING,
        payments=ledger,
        as_of=dt.date(2026, 6, 30),
        macros=False,
        done=lambda path, _: made.append(path),
    )

    department = read_workbook(made[0]).department
    assert department is not None
    (project,) = department.projects
    assert (project.paid, project.payments[4:7]) == (Funds(fiscal_funds=3), (Decimal(3), None, Decimal(4)))
