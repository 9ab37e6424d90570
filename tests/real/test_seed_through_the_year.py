"""The real document through the whole job: workbooks, filled by two programs, and a summary with known totals."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from office.calc import Calc

from xlperf.checks.rule import DESCRIBED
from xlperf.cli.main import main
from xlperf.document import read_document
from xlperf.form import Layout
from xlperf.workbook.read.read import read_workbook

# 万元 paid by month, hand-made: 14.00, 10.00, 81.90, 9.00, nothing, 21.60 = 136.50 by the end of October.
PAID: list[dict[int, float]] = [
    dict.fromkeys(range(1, 11), 1.4),
    dict.fromkeys(range(1, 11), 1.0),
    dict.fromkeys(range(1, 11), 8.19),
    {10: 9},
    {},
    {9: 20, 10: 1.6},
]
TOTALS = {
    "projects": 6,
    "indicators": 48,
    "budget": "287",
    "paid": "136.5",
    "execution_rate": "0.47561",  # 136.5 ÷ 287
    "plan_share": "0.489547",  # (14 + 14 + 81.9 + 9 + 21.6) ÷ 287
    "time_progress": "0.570732",  # 0.47561 ÷ (10 ÷ 12)
    "met": 42,
    "not_applicable": 6,
    "not_filled": 0,
}
LIGHTS = ["正常", "滞后", "正常", "正常", None, "正常"]
RATES = ["0.7", "0.5", "0.7", "0.3", None, "0.3"]
PROGRESS = ["1", "0.714286", "1", "1", None, "1"]

Captured = pytest.CaptureFixture[str]
Fill = Callable[[Calc, Path, Path], None]


def answers(path: Path) -> dict[str, dict[str, float]]:
    """{sheet: {cell: value}}: the payments, and every applicable indicator just at its target."""
    returned = read_workbook(path)
    assert returned.department is not None
    sets: dict[str, dict[str, float]] = {}
    for sheet in returned.sheets:
        if sheet.project is None:
            continue
        place: Layout = sheet.layout
        cells = sets[sheet.title] = {}
        for month, amount in PAID[sheet.project].items():
            cells[place.column("payments.amount")[month - 1].cell] = amount
        for row, indicator in enumerate(returned.department.projects[sheet.project].indicators):
            if indicator.target.operator.value != "not_applicable":
                cells[place.column("indicators.actual")[row].cell] = float(indicator.target.value)  # type: ignore[arg-type]
    return sets


def fill_by_openpyxl(_: Calc, source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    for title, cells in answers(source).items():
        for cell, value in cells.items():
            book[title][cell] = value
    book.save(target)


def fill_by_libreoffice(calc: Calc, source: Path, target: Path) -> None:
    calc.recalc(source, sets=answers(source), save=target)


@pytest.fixture
def blank(seed: Path, tmp_path: Path) -> Path:
    arguments = [
        "generate",
        str(seed),
        "--period",
        "monitoring",
        "-o",
        str(tmp_path / "blank"),
        "--as-of",
        "2023-10-31",
    ]
    assert main(arguments) == 0
    return next((tmp_path / "blank").iterdir())


def test_the_workbook_holds_exactly_what_the_document_says(seed: Path, blank: Path) -> None:
    written = read_workbook(blank)

    assert written.department is not None
    without_ids = [
        project.model_copy(update={"indicators": tuple(i.model_copy(update={"id": ""}) for i in project.indicators)})
        for project in written.department.projects
    ]
    said = read_document(seed).department
    assert written.department.model_copy(update={"projects": tuple(without_ids)}) == said
    assert written.findings == ()


@pytest.mark.office
@pytest.mark.parametrize(
    ("fill", "found"),
    [
        # openpyxl calculates nothing: it leaves the old results of array columns standing, one remark for each sheet.
        (fill_by_openpyxl, ["XPF305"] * 6),
        (fill_by_libreoffice, []),
    ],
)
def test_filled_workbooks_add_up_to_the_hand_computed_totals(
    calc: Calc,
    blank: Path,
    seed: Path,
    tmp_path: Path,
    fill: Fill,
    found: list[str],
    capsys: Captured,
) -> None:
    returned = tmp_path / "returned"
    returned.mkdir()
    fill(calc, blank, returned / "filled.xlsx")
    capsys.readouterr()

    code = main(["consolidate", str(returned), "-o", str(tmp_path / "summary.xlsx"), "--expected", str(seed), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (
        code == 1
    )  # three projects are yellow or red by time and say no reason: 0.5 and twice 0.3 against 10/12 of the year
    assert {key: said["totals"][key] for key in TOTALS} == TOTALS
    assert [project["execution_rate"] for project in said["projects"]] == RATES
    assert [project["plan_progress"] for project in said["projects"]] == PROGRESS
    assert [file["status"] for file in said["files"]] == ["consolidated"]
    assert [project["light"] for project in said["projects"]] == LIGHTS
    beside_rules = [finding["code"] for finding in said["findings"] if finding["code"] not in DESCRIBED]
    assert beside_rules == found
    assert Counter(f["code"] for f in said["findings"] if f["severity"] == "error") == {"XPF512": 3}
