"""A summary is of one year and one period: what else lies in the folder is listed, and counts nowhere."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, YEAR, write_in, write_yearly
from consolidate.official import CASES_IN_DECEMBER, CASES_IN_JUNE, REPAIRS_IN_DECEMBER, REPAIRS_IN_JUNE

from xlperf.cli.main import main
from xlperf.consolidate import Consolidation, as_json, examine, file_result
from xlperf.form import form_set_of
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Department, Period, Settings
from xlperf.workbook.write.department import department_bytes

PLAN, MONITORING, SELF_EVALUATION = Period


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """The workbooks of a whole year."""
    at = tmp_path / "交回"
    write_in(PLAN, at / "目标.xlsx", CASES_IN_JUNE, REPAIRS_IN_JUNE)
    write_in(MONITORING, at / "监控.xlsx", CASES_IN_JUNE, REPAIRS_IN_JUNE)
    write_in(SELF_EVALUATION, at / "自评.xlsx", CASES_IN_DECEMBER, REPAIRS_IN_DECEMBER)
    return at


def of_year(year: int, path: Path) -> Path:
    """The plan of another year."""
    settings = Settings(as_of=f"{year}-01-31", period=PLAN)  # type: ignore[arg-type]
    department = Department(unit={"code": "335001", "name": "某区人民法院"}, year=year, projects=(CAR,))  # type: ignore[arg-type]
    path.write_bytes(department_bytes(department, settings, form_set=form_set_of(PLAN, "national")))
    return path


def statuses(told: Consolidation) -> dict[str, str]:
    return {file.name: file.reason.code if file.reason else "" for file in told.files}


def test_the_latest_period_is_put_together(returned: Path) -> None:
    told = examine(returned)

    assert (told.year, told.period) == (YEAR, SELF_EVALUATION)
    assert statuses(told) == {"监控.xlsx": "XPF616", "目标.xlsx": "XPF616", "自评.xlsx": ""}
    assert (told.totals.projects, told.totals.uncounted, told.totals.paid) == (2, 0, 139)
    assert (told.file_count, told.refused_count, told.repeated) == (3, 2, ())
    assert {(each.file, each.period) for each in told.projects} == {("自评.xlsx", "绩效自评")}
    assert [(f.locus.file, dict(f.values)["of"]) for f in told.findings if f.code == "XPF616"] == [
        ("监控.xlsx", "2023年度运行监控"),
        ("目标.xlsx", "2023年度绩效目标"),
    ]
    assert {f.locus.file for f in told.findings if f.code != "XPF616"} <= {"自评.xlsx", ""}


@pytest.mark.parametrize(
    ("period", "file", "paid"),
    [(PLAN, "目标.xlsx", "10"), (MONITORING, "监控.xlsx", "72.5"), (SELF_EVALUATION, "自评.xlsx", "139")],
)
def test_a_period_asked_for(returned: Path, period: Period, file: str, paid: str) -> None:
    told = examine(returned, period=period)

    assert [name for name, reason in statuses(told).items() if not reason] == [file]
    assert told.totals.paid == Decimal(paid)  # a plan counts until January
    assert (told.totals.projects, told.totals.indicators) == (2, 3)


def test_the_latest_year_is_put_together(returned: Path) -> None:
    of_year(2024, returned / "明年.xlsx")

    assert (examine(returned).year, examine(returned).period) == (2024, PLAN)
    assert (examine(returned, year=YEAR).year, examine(returned, year=YEAR).period) == (YEAR, SELF_EVALUATION)
    told = examine(returned, period=MONITORING)
    assert (told.year, told.period, told.totals.projects) == (YEAR, MONITORING, 2)


def test_nothing_of_what_was_asked_for(returned: Path) -> None:
    told = examine(returned, year=2030, period=PLAN)

    assert (told.year, told.period, told.totals.projects, list(told.projects)) == (2030, PLAN, 0, [])
    assert set(statuses(told).values()) == {"XPF616"}


def test_workbooks_of_both_editions_add_up(tmp_path: Path) -> None:
    june = SETTINGS.model_copy(update={"as_of": SETTINGS.as_of.replace(month=6, day=30)})
    write_yearly(tmp_path / "旧表.xlsx", CASES, settings=june)
    write_in(MONITORING, tmp_path / "新表.xlsx", REPAIRS_IN_JUNE)
    told = examine(tmp_path)

    assert statuses(told) == {"新表.xlsx": "", "旧表.xlsx": ""}
    assert (told.totals.projects, told.totals.budget, told.totals.paid) == (2, 150, Decimal("72.5"))
    assert {(p.name, p.light, p.official_light) for p in told.projects} == {
        ("办案业务经费", "正常", ""),  # the first edition has the light by plan alone
        ("人民法庭维修经费", "严重滞后", "红灯"),
    }


def test_the_first_edition_counts_by_its_kind_of_report(tmp_path: Path) -> None:
    write_yearly(tmp_path / "监控.xlsx", CASES)
    write_yearly(tmp_path / "自评.xlsx", REPAIRS, settings=SETTINGS.model_copy(update={"period": SELF_EVALUATION}))

    assert statuses(examine(tmp_path)) == {"监控.xlsx": "XPF616", "自评.xlsx": ""}
    assert statuses(examine(tmp_path, period=MONITORING)) == {"监控.xlsx": "", "自评.xlsx": "XPF616"}


def test_a_project_that_came_back_in_another_period_is_missing(returned: Path, tmp_path: Path) -> None:
    write_in(PLAN, returned / "购车.xlsx", CAR)
    expected = [(CAR.code, CAR.name), (CASES.code, CASES.name)]

    assert consolidate(returned, tmp_path / "一.xlsx", expected=expected).missing == ((CAR.code, CAR.name),)
    told = consolidate(returned, tmp_path / "二.xlsx", expected=expected, period=PLAN)
    assert told.missing == ()


def test_as_json(returned: Path) -> None:
    told = as_json(examine(returned, period=MONITORING))
    cases, repairs = told["projects"]  # type: ignore[misc]

    assert (cases["period"], cases["light"], cases["official_light"]) == ("运行监控", "正常", "绿灯")
    assert (repairs["period"], repairs["light"], repairs["official_light"]) == ("运行监控", "严重滞后", "红灯")
    assert (cases["indicators"], cases["met"], cases["in_progress"], cases["not_filled"]) == (2, 1, 1, 0)
    assert (repairs["indicators"], repairs["met"], repairs["in_progress"], repairs["not_filled"]) == (1, 0, 0, 1)
    totals = told["totals"]
    assert (totals["year"], totals["period"], totals["refused"]) == (2023, "运行监控", 2)  # type: ignore[index]
    assert totals["official_lights"] == {"绿灯": 1, "红灯": 1}  # type: ignore[index]
    (file,) = (file for file in told["files"] if file["path"] == "自评.xlsx")  # type: ignore[attr-defined]
    assert (file["status"], file["reason"]) == (
        "refused",
        "是2023年度绩效自评的工作簿；这次汇总的是2023年度运行监控，没有计入",
    )
    plan, _ = as_json(examine(returned, period=PLAN))["projects"]  # type: ignore[misc]
    assert (plan["indicators"], plan["met"], plan["total_score"], plan["grade"]) == (2, None, None, None)


def test_another_period_is_no_reason_to_read_again(
    returned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    consolidate(returned, tmp_path / "汇总.xlsx")
    monkeypatch.setattr(file_result, "read_workbook", None)
    told = consolidate(returned, tmp_path / "汇总.xlsx", period=MONITORING, force=True)

    assert (told.totals.projects, told.totals.paid) == (2, Decimal("72.5"))


def test_changes_are_those_of_the_period(returned: Path, tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    consolidate(returned, target, period=MONITORING)
    assert list(consolidate(returned, target, force=True).changes) == []  # self-evaluation, for the first time
    revised = CASES_IN_JUNE.model_copy(update={"measures": "加快招标"})
    write_in(MONITORING, returned / "监控.xlsx", revised, REPAIRS_IN_JUNE)
    told = consolidate(returned, target, period=MONITORING, force=True)

    assert [(c.name, c.item, c.before, c.after, c.sheet) for c in told.changes] == [
        ("办案业务经费", "纠偏措施", None, "加快招标", "01_办案业务经费")
    ]
    assert next(told.changes).cell


def test_what_blocks_is_in_the_period(returned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unbudgeted = REPAIRS_IN_JUNE.model_copy(update={"budget": CAR.budget.model_copy(update={"initial": None})})
    write_in(MONITORING, returned / "监控.xlsx", unbudgeted)
    arguments = ["consolidate", str(returned), "-o", str(tmp_path / "汇总.xlsx"), "--json", "--force"]

    assert main([*arguments, "--period", "monitoring", "--fail-on", "error"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert ("XPF615", "error", "监控.xlsx") in {(f["code"], f["severity"], f["file"]) for f in told["findings"]}
    main([*arguments, "--period", "plan"])
    told = json.loads(capsys.readouterr().out)
    assert {f["file"] for f in told["findings"] if f["code"] != "XPF616"} <= {"目标.xlsx", None}
    assert [p["file"] for p in told["projects"]] == ["目标.xlsx", "目标.xlsx"]
    assert told["totals"]["findings"]["error"] == sum(f["severity"] == "error" for f in told["findings"])
