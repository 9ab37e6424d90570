"""The workbook staff fill in: what stands on it, what may be typed, what other programs make of it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from departments import PLANNED, SETTINGS, small_department
from office.calc import Calc

from xlperf.form import EDITIONS, Layout, Role, form_set_of, layout
from xlperf.form import titles as title_of
from xlperf.form.titles import project_titles, short_name
from xlperf.model import Department, Period, Settings, UnwritableOutput
from xlperf.workbook.write.department import department_bytes, write_department

FIRST = "01_办案业务经费"


def place_of(period: Period, **sizes: int) -> Layout:
    form = EDITIONS[form_set_of(period, "national")]["project"]
    return layout(form, tuple(sorted({"payments": 12, **sizes}.items())))


PLAN = place_of(Period.PLAN, indicators=8, objectives=2)
EVALUATION = place_of(Period.SELF_EVALUATION, indicators=2)
OF_PERIODS = [
    (PLANNED, PLAN, 4 + 1 + 4 + 12 + 2 + 8 * 9),  # budget, purpose, shares, months, objectives, indicators
    (SETTINGS, EVALUATION, 7 + 3 + 12 + 2 * 6),  # budget and paid, texts, months, indicators
]


def book(settings: Settings = SETTINGS) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(department_bytes(small_department(), settings)))


def part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(department_bytes(small_department(), SETTINGS))) as package:
        return package.read(name).decode()


def test_a_department_without_projects_has_a_workbook_too(tmp_path: Path) -> None:
    write_department(Department(year=2026), SETTINGS, tmp_path / "a.xlsx")

    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[2] == "目录"


def test_sheets_stand_in_the_order_of_work() -> None:
    assert book().sheetnames == [
        "填表说明",
        "整体绩效目标",
        "目录",
        FIRST,
        "02_智慧法院设备（安防智能化）购置经费",
        "参数",
        "_字典",
        "_封印",
    ]


def test_same_department_same_bytes_in_another_process_whatever_it_wrote_before() -> None:
    code = (
        f"import sys; sys.path[:] = {sys.path};"
        "import hashlib, departments as d; from xlperf.workbook.write.department import department_bytes as b;"
        "one = d.small_department(); first, second = one.projects;"
        "longer = first.model_copy(update={'objectives': ('保障工作',) * 9, 'indicators': first.indicators * 12});"
        "others = [one.model_copy(update={'projects': projects}) for projects in ((), (longer, second), (second,))];"
        "[b(other, d.SETTINGS) for other in others if sys.argv[1:]];"
        "print(hashlib.sha256(b(one, d.SETTINGS)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code, *before],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, before in (("1", ()), ("2", ("others",)))
    }

    assert len(hashes) == 1


def test_a_persons_text_never_becomes_a_formula() -> None:
    cell = book(PLANNED)[FIRST][PLAN.slots["purpose"].cell]

    assert (cell.value, cell.data_type) == ("=1+1 不是公式", "s")


@pytest.mark.parametrize(("settings", "place", "count"), OF_PERIODS, ids=["plan", "self-evaluation"])
def test_every_input_is_unlocked_and_has_a_rule_a_prompt_and_an_error(
    settings: Settings, place: Layout, count: int
) -> None:
    sheet = book(settings)[FIRST]
    inputs = [p for p in place.places if p.piece.role is Role.INPUT]
    ruled = {
        cell: rule
        for rule in sheet.data_validations.dataValidation
        for cells in rule.sqref.ranges
        for cell in _cells(cells.coord)
    }

    assert sheet.protection.sheet
    assert len(inputs) == count
    for slot in inputs:
        assert not sheet[slot.cell].protection.locked, slot.piece
        rule = ruled[slot.cell]
        assert rule.prompt
        assert rule.error
        assert rule.showErrorMessage
        assert rule.showInputMessage


@pytest.mark.parametrize(("settings", "place", "_"), OF_PERIODS, ids=["plan", "self-evaluation"])
def test_everything_else_is_locked(settings: Settings, place: Layout, _: int) -> None:
    inputs = {p.cell for p in place.places if p.piece.role is Role.INPUT}
    merged = {cell for p in place.places if p.cell in inputs for cell in _cells(p.area)}

    unlocked = {
        cell.coordinate for row in book(settings)[FIRST].iter_rows() for cell in row if not cell.protection.locked
    }

    assert unlocked - merged == set()


def test_numbers_and_choices_never_stand_in_merged_cells() -> None:
    merged = {
        p.piece.key for place in (PLAN, EVALUATION) for p in place.places if p.piece.role is Role.INPUT and p.merged
    }

    texts = {"purpose", "objectives.text", "attained", "remark", "indicators.deviation_reason", "deviation_reason"}
    assert merged == texts


def test_a_column_of_functions_is_one_array_formula() -> None:
    formulas = re.findall(r'<f t="array" ref="(\w+:\w+)">IFERROR\((XLPERF_\w+)', part("xl/worksheets/sheet4.xml"))

    assert [name for _, name in formulas] == [
        "XLPERF_NETSCORE",
        "XLPERF_ATTAINMENT",
        "XLPERF_STATE",
        "XLPERF_EVALREASON",
        "XLPERF_EARNED",
        "XLPERF_RATE",
        "XLPERF_PLAN",
    ]
    assert {ref.count(":") for ref, _ in formulas} == {1}


def test_validations_and_colours_use_no_function_of_ours() -> None:
    rules = re.findall(r"<formula[12]?>(.*?)</formula[12]?>", part("xl/worksheets/sheet4.xml"))

    assert len(rules) > 40
    assert [rule for rule in rules if "XLPERF" in rule] == []
    assert "extLst" not in part("xl/worksheets/sheet4.xml")


def test_a_project_prints_one_a4_page_wide() -> None:
    page = book()[FIRST]

    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$2"


def test_contents_lead_to_every_project() -> None:
    links = re.findall(r'<hyperlink ref="(\w+)" location="([^"]+)"', part("xl/worksheets/sheet3.xml"))

    assert links == [("C4", "'01_办案业务经费'!A1"), ("C5", "'02_智慧法院设备（安防智能化）购置经费'!A1")]


def test_cached_results_are_there_before_anything_calculates() -> None:
    values = openpyxl.load_workbook(io.BytesIO(department_bytes(small_department(), SETTINGS)), data_only=True)[FIRST]
    slots = EVALUATION.slots

    assert values[slots["progress.rate"].cell].value == 0.605
    assert values[slots["progress.plan"].cell].value == 0.7
    assert values[slots["progress.light"].cell].value == "正常"
    assert values[slots["progress.time"].cell].value == 0.726


@pytest.mark.office
def test_libreoffice_keeps_formulas_and_values_over_a_save(calc: Calc, tmp_path: Path) -> None:
    original, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_department(small_department(), SETTINGS, original)
    before = calc.recalc(original, save=saved)

    after = calc.recalc(saved)

    assert after == before
    with zipfile.ZipFile(saved) as package:
        assert package.read("xl/worksheets/sheet4.xml").count(b't="array"') == 36  # seven columns, 29 cells


def test_short_names_tell_sisters_apart() -> None:
    names = [
        "2023年法院建设补助资金(承财政法【2023】6号）智慧法院设备（安防智能化）购置经费",
        "2023年法院建设补助资金（承财政法【2023】6号）1辆囚车购置经费",
        "2023年法院建设补助资金（承财政法【2023】6号）人民法庭维修经费",
    ]

    assert [short_name(name) for name in names] == [
        "智慧法院设备（安防智能化）购置经费",
        "1辆囚车购置经费",
        "人民法庭维修经费",
    ]


def test_titles_are_unique_short_and_allowed() -> None:
    long = "很长的名称" * 10

    titles = project_titles([(1, long), (1, long), (2, "a/b:c*[d]?'e'"), (3, ""), (3, "项目")])

    assert len({title.casefold() for title in titles}) == 5
    assert all(0 < len(title) <= 31 and not set("[]:*?/\\'") & set(title) for title in titles)
    assert titles[2:] == ["02_abcde", "03_项目", "03_项目~2"]


def test_names_of_our_own_sheets_are_taken() -> None:
    assert title_of.CONTENTS not in project_titles([(1, "目录")])


def test_an_existing_target_stays_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")

    with pytest.raises(UnwritableOutput, match="未覆盖"):
        write_department(small_department(), SETTINGS, target)
    assert target.read_bytes() == b"old"

    write_department(small_department(), SETTINGS, target, force=True)
    assert target.read_bytes()[:2] == b"PK"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def _cells(area: str) -> list[str]:
    cells = openpyxl.utils.cell.rows_from_range(area)
    return [cell for row in cells for cell in row]
