"""Projects of one unit in different workbooks are compared as if they stood in one."""

from __future__ import annotations

from pathlib import Path

from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, UNIT, department

from xlperf.checks import message
from xlperf.form import FIRST_EDITION
from xlperf.jobs.consolidate import consolidate
from xlperf.model import BudgetUnit, Operator, Project, Target
from xlperf.workbook.write.department import department_bytes

CODES = ("XPF125", "XPF138", "XPF455")
OTHER_UNIT = BudgetUnit(code="335002", name="另一人民法院")
OWN = {"name": "派出法庭维修数", "description": "完工验收的法庭"}


def told(folder: Path, workbooks: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """Code, place and sentence of what is said about projects that are alike or should be."""
    folder.mkdir()
    for name, content in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    findings = consolidate(folder, folder.with_suffix(".xlsx")).findings
    return [(f.code, f"{f.locus.file}!{f.locus.cell}", message(f)) for f in findings if f.code in CODES]


def regions_told(folder: Path, workbooks: dict[str, bytes]) -> list[str]:
    return [f"{place}：{sentence}" for code, place, sentence in told(folder, workbooks) if code == "XPF125"]


def workbook(*projects: Project, unit: BudgetUnit | None = None, year: int = 2023) -> bytes:
    made = department(*projects)
    return department_bytes(
        made.model_copy(update={"unit": unit or made.unit, "year": year}), SETTINGS, form_set=FIRST_EDITION
    )


def with_own_indicator(project: Project, **changes: object) -> Project:
    return project.model_copy(update={"indicators": (project.indicators[0].model_copy(update=OWN),), **changes})


def test_the_same_name_and_indicator_in_two_workbooks(tmp_path: Path) -> None:
    again = CAR.model_copy(update={"name": "办案业务 经费"})

    assert told(tmp_path / "a", {"甲": workbook(CASES), "乙": workbook(again)}) == [
        ("XPF138", "甲.xlsx!K3", "项目名称与项目01_办案业务 经费（乙.xlsx）相同：“办案业务经费”"),
        ("XPF455", "甲.xlsx!C12", "指标“办案数量”与项目“01_办案业务 经费（乙.xlsx）”的相同"),
    ]


def test_a_code_in_small_letters_is_the_same_code(tmp_path: Path) -> None:
    small = CASES.model_copy(update={"code": CASES.code.lower()})
    folder = tmp_path / "a"
    assert told(folder, {"1": workbook(CASES), "2": workbook(small)}) == []

    summary = consolidate(folder, tmp_path / "b.xlsx", expected=[(CASES.code.lower(), CASES.name)])
    assert (summary.totals.projects, summary.totals.uncounted, len(summary.repeated)) == (0, 2, 1)
    assert summary.missing == ()


def test_a_unit_is_known_by_its_code(tmp_path: Path) -> None:
    other_name = BudgetUnit(code=UNIT.code, name="某区 人民法院（本级）")
    alike = {"1": workbook(CASES), "2": workbook(CAR, unit=other_name)}

    assert [code for code, *_ in told(tmp_path / "a", alike)] == ["XPF455"]
    assert "XPF605" not in {f.code for f in consolidate(tmp_path / "a", tmp_path / "c.xlsx").findings}
    nameless = BudgetUnit(code="", name="")
    assert told(tmp_path / "b", {"1": workbook(CASES, unit=nameless), "2": workbook(CAR, unit=nameless)}) == []


def test_another_region(tmp_path: Path) -> None:
    elsewhere = with_own_indicator(CAR, code="13080123P000337100312")

    assert told(tmp_path / "a", {"1": workbook(CASES), "2": workbook(elsewhere)}) == [
        ("XPF125", "2.xlsx!C3", "项目编码的区划130801与其他项目的130800（1.xlsx）不同")
    ]


def test_what_is_alike_within_a_workbook_is_told_once(tmp_path: Path) -> None:
    one = with_own_indicator(CASES, name="甲经费")
    two = with_own_indicator(REPAIRS, name="乙经费")

    assert told(tmp_path / "a", {"1": workbook(with_own_indicator(CAR)), "2": workbook(one, two)}) == [
        ("XPF455", "2.xlsx!C12", "指标“派出法庭维修数”与项目“01_1辆囚车购置经费（1.xlsx）”的相同"),
        ("XPF455", "2.xlsx!C12", "指标“派出法庭维修数”与项目“甲经费”的相同"),
    ]


def test_what_may_well_be_alike(tmp_path: Path) -> None:
    not_applicable = with_own_indicator(CAR)
    not_applicable = not_applicable.model_copy(
        update={
            "indicators": (CASES.indicators[0].model_copy(update={"target": Target(operator=Operator.NOT_APPLICABLE)}),)
        }
    )
    revised = CASES.model_copy(update={"payments": REPAIRS.payments})

    assert told(tmp_path / "a", {"1": workbook(CASES), "2": workbook(CASES, unit=OTHER_UNIT)}) == []
    assert told(tmp_path / "b", {"1": workbook(CASES), "2": workbook(CASES, year=2024)}) == []
    assert told(tmp_path / "c", {"1": workbook(CASES), "2": workbook(not_applicable)}) == []
    assert told(tmp_path / "d", {"1": workbook(CASES), "2": workbook(revised)}) == [], "a project that came twice"
    assert told(tmp_path / "e", {"1": workbook(CASES), "2": workbook(with_own_indicator(REPAIRS))}) == []


def test_the_region_of_most_projects_counts_and_not_the_first(tmp_path: Path) -> None:
    wrong = with_own_indicator(CASES, code="13080123P000337100312", name="甲经费")
    workbooks = {"1": workbook(wrong), "2": workbook(CAR), "3": workbook(CASES)}

    assert regions_told(tmp_path / "a", workbooks) == [
        "1.xlsx!C3：项目编码的区划130801与其他项目的130800（2.xlsx）不同"
    ]


def test_a_region_that_differs_within_a_workbook_is_told_once(tmp_path: Path) -> None:
    wrong = with_own_indicator(CASES, code="13080123P000337100312", name="甲经费")
    mixed = workbook(with_own_indicator(CAR, name="乙经费", code="13080023P00033710015Q"), wrong)

    found = told(tmp_path / "a", {"1": workbook(CASES), "2": mixed})
    assert [sentence for code, _, sentence in found if code == "XPF125"] == [
        "项目编码的区划130801与其他项目的130800不同"
    ]
