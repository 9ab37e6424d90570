"""The figures of a small department, added up by hand (amounts in 万元, as of 31 October)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, beside_rules, folder, write

from xlperf.checks import gravest_first
from xlperf.checks.standing import rank
from xlperf.consolidate import as_json
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Budget, UnreadableInput
from xlperf.model.finding import by_file


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    return folder(tmp_path / "交回")


def test_totals(returned: Path, tmp_path: Path) -> None:
    totals = consolidate(returned, tmp_path / "汇总.xlsx").totals

    assert (totals.projects, totals.indicators, totals.uncounted) == (3, 4, 0)
    assert totals.budget == Decimal("168.5")  # 100 + 40 + 28.5
    assert totals.paid == Decimal("72.5")  # 60 + 12.5
    assert totals.planned == Decimal(82)  # 70 % of 100, 30 % of 40, nothing of 28.5
    assert totals.execution_rate == Decimal("0.430267")  # 72.5 / 168.5
    assert totals.plan_share == Decimal("0.486647")  # 82 / 168.5
    assert totals.plan_progress == Decimal("0.884146")  # 72.5 / 82
    assert totals.time_progress == Decimal("0.516320")  # 72.5 / (168.5 × 10/12)
    assert {state: count for state, count in totals.states.items() if count} == {"达标": 2, "进行中": 1, "未填报": 1}
    assert totals.words["progress.light"] == {"正常": 2, "数据不全": 1}  # nothing was ever paid for the car: no light


def test_a_project(returned: Path, tmp_path: Path) -> None:
    cases, repairs, car = sorted(
        consolidate(returned, tmp_path / "汇总.xlsx").projects, key=lambda p: (p.file != "甲庭.xlsx", p.sheet)
    )

    assert (cases.budget, cases.paid, cases.planned) == (100, 60, 70)
    assert (cases.rate, cases.plan, cases.plan_progress) == (Decimal("0.6"), Decimal("0.7"), Decimal("0.857143"))
    assert (cases.time_progress, cases.light, cases.gap) == (Decimal("0.72"), "正常", Decimal(-10))
    assert (repairs.budget, repairs.rate) == (40, Decimal("0.3125"))
    assert (car.paid, car.rate, car.light) == (None, None, "")
    assert (cases.file, cases.sheet, cases.cell) == ("甲庭.xlsx", "01_办案业务经费", "L3")


def test_the_department_month_by_month(returned: Path, tmp_path: Path) -> None:
    curve = consolidate(returned, tmp_path / "汇总.xlsx").curve

    assert curve.planned == [0, 0, 20, 20, 20, 50, 50, 50, 50, 82, 82, Decimal("168.5")]
    paid = [curve.paid_until(month) for month in range(1, 13)]
    assert paid == [10, 10, 30, 30, 30, 60, 60, 60, 60, Decimal("72.5"), "", ""]


def test_another_date_for_all(returned: Path, tmp_path: Path) -> None:
    told = consolidate(returned, tmp_path / "汇总.xlsx", as_of=dt.date(2023, 6, 30))

    assert (told.totals.paid, told.totals.planned) == (60, 50)
    assert not beside_rules(told.findings)


def test_a_project_in_two_files_counts_in_neither(returned: Path, tmp_path: Path) -> None:
    write(returned / "丙庭.xlsx", CASES.model_copy(update={"code": " 13080023Ｐ00024610002U"}))
    told = consolidate(returned, tmp_path / "汇总.xlsx")

    assert (told.totals.projects, told.totals.uncounted, told.totals.budget) == (2, 2, Decimal("68.5"))
    assert told.curve.paid_until(10) == Decimal("12.5")
    (found,) = [f for f in told.findings if f.code == "XPF601"]
    assert dict(found.values)["files"] == "丙庭.xlsx › 01_办案业务经费、甲庭.xlsx › 01_办案业务经费"


def test_a_project_in_two_sheets_counts_in_neither(tmp_path: Path) -> None:
    twice = CASES.model_copy(update={"number": 2, "name": "又一份"})
    told = consolidate([write(tmp_path / "甲.xlsx", CASES, twice, CAR)], tmp_path / "汇总.xlsx")

    assert [project.is_counted for project in told.projects] == [False, False, True]


def test_projects_without_a_code_are_distinct_and_named(tmp_path: Path) -> None:
    nameless = [CASES.model_copy(update={"number": n, "code": ""}) for n in (1, 2)]
    told = consolidate([write(tmp_path / "甲.xlsx", *nameless)], tmp_path / "汇总.xlsx")

    assert told.totals.projects == 2
    assert [(f.code, f.locus.cell) for f in beside_rules(told.findings)] == [("XPF606", "L3"), ("XPF606", "L3")]


def test_a_project_paid_for_without_a_budget_is_named_where_it_raises_the_rate(tmp_path: Path) -> None:
    write(tmp_path / "甲.xlsx", CASES, REPAIRS.model_copy(update={"budget": Budget()}))
    consolidation = consolidate(tmp_path, tmp_path / "汇总.xlsx")

    assert consolidation.totals.execution_rate == Decimal("0.725")  # (60 + 12.5) ÷ 100
    assert [(note.code, note.locus.sheet, note.values) for note in consolidation.notes] == [
        ("XPF615", "02_人民法庭维修经费", (("paid", "12.5"),))
    ]


def test_a_project_that_did_not_come_back(returned: Path, tmp_path: Path) -> None:
    expected = [(CASES.code, CASES.name), ("13080023P000245100026", "聘任制书记员经费")]
    told = consolidate(returned, tmp_path / "汇总.xlsx", expected=expected)

    assert told.missing == (("13080023P000245100026", "聘任制书记员经费"),)
    assert [f.code for f in beside_rules(told.findings)] == ["XPF602"]


def test_workbooks_that_disagree_are_computed_each_by_its_own(returned: Path, tmp_path: Path) -> None:
    june = SETTINGS.model_copy(update={"as_of": dt.date(2023, 6, 30), "pack": "hubei"})
    write(returned / "丁.xlsx", REPAIRS.model_copy(update={"code": "13080023P00024710002H"}), settings=june)
    told = consolidate(returned, tmp_path / "汇总.xlsx")

    fields = [dict(f.values)["field"] for f in told.findings if f.code == "XPF604"]
    assert fields == ["截止日期", "规则包"]
    assert {p.as_of for p in told.projects} == {dt.date(2023, 6, 30), dt.date(2023, 10, 31)}
    assert next(p for p in told.projects if p.file == "丁.xlsx").plan == 0


def test_json_says_it_all_in_strings(returned: Path, tmp_path: Path) -> None:
    told = as_json(consolidate(returned, tmp_path / "汇总.xlsx"), "en")
    files, projects, totals = list(told["files"]), list(told["projects"]), told["totals"]

    assert told["unit"] == {"code": "335001", "name": "某区人民法院"}
    assert [(f["path"], f["status"], f["projects"]) for f in files] == [
        ("子 文件夹/乙'庭 #1 [50%20].xlsx", "consolidated", 1),
        ("甲庭.xlsx", "consolidated", 2),
    ]
    assert (totals["budget"], totals["paid"], totals["execution_rate"]) == ("168.5", "72.5", "0.430267")
    assert (totals["met"], totals["in_progress"], totals["not_filled"]) == (2, 1, 1)
    assert {key: projects[1][key] for key in ("code", "budget", "paid", "plan_share", "light")} == {
        "code": CASES.code,
        "budget": "100",
        "paid": "60",
        "plan_share": "0.7",
        "light": "正常",
    }
    assert projects[0]["paid"] is None


def test_findings_by_file_are_all_findings(returned: Path, tmp_path: Path) -> None:
    write(returned / "丙.xlsx", REPAIRS)  # repeats a project: a finding about the department, at its first place
    (returned / "空.xlsx").write_bytes(b"")
    told = consolidate(returned, tmp_path / "汇总.xlsx", expected=[("13080023P000245100026", "聘任制书记员经费")])
    of_files = dict(told.findings_of(["", "没有.xlsx", *(file.name for file in told.files)]))

    assert {name: beside_rules(found) for name, found in of_files.items() if beside_rules(found)} == {
        place: [each for each in told.findings if each.code == code]
        for place, code in (("", "XPF602"), ("丙.xlsx", "XPF601"), ("空.xlsx", "XPF209"))
    }
    assert of_files["没有.xlsx"] == []
    assert {name: gravest_first(found) for name, found in of_files.items() if found} == by_file(told.findings)
    assert told.codes == Counter(each.code for each in told.findings)
    ranks = [rank(each.code) for each in told.findings]
    assert ranks == sorted(ranks)


def test_progress_knows_its_total_before_the_first_file(returned: Path, tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    consolidate(returned, tmp_path / "汇总.xlsx", progress=lambda done, total, _: calls.append((done, total)))

    total = len(list(returned.iterdir()))
    assert calls == [(done, total) for done in range(total + 1)]


def test_nothing_to_consolidate(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()

    with pytest.raises(UnreadableInput, match="没有文件"):
        consolidate(empty, tmp_path / "汇总.xlsx")
    assert not (tmp_path / "汇总.xlsx").exists()


def test_nothing_but_refused_files(tmp_path: Path) -> None:
    (tmp_path / "坏").mkdir()
    (tmp_path / "坏" / "坏.xlsx").write_bytes(b"")
    told = consolidate(tmp_path / "坏", tmp_path / "汇总.xlsx")

    assert ([file.status for file in told.files], told.totals.execution_rate) == (["refused"], "")
    assert (tmp_path / "汇总.xlsx").exists()


def test_the_files_are_left_as_they_were(returned: Path, tmp_path: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in returned.rglob("*.xlsx")}
    consolidate(returned, returned / "汇总.xlsx")

    assert before == {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in before}
