"""What people do with other programs between the commands: type a list of projects, fill in the forms.

Runs where xlperf is not installed. `python foreign.py list FOLDER` · `python foreign.py fill FORMS FOLDER`
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

import openpyxl  # noqa: E402
from installed.example import PROJECTS, RETURNED  # noqa: E402
from office.calc import Calc  # noqa: E402
from openpyxl.worksheet.worksheet import Worksheet  # noqa: E402

ANSWERS = TESTS.parent / "xlperf" / "jobs" / "example" / "answers.toml"
BY_LIBREOFFICE = (4, 6, 7)
COLUMNS = {
    "actual": "实际完成值",
    "points": "定性评分",
    "deviation_reasons": "偏差原因",
    "likelihood": "完成可能性",
    "payments": "当月支付",
}


def write_lists(folder: Path) -> None:
    """The projects as a list, once as a workbook and once as text."""
    rows = [("项目编码", "项目名称", "预算数"), *((project.code, project.name, project.budget) for project in PROJECTS)]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "项目清单.xlsx")
    with (folder / "项目清单.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def fill(forms: Path, folder: Path) -> None:
    """The forms of the projects that came back, filled in by openpyxl or by LibreOffice."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        calc = Calc(Path(profile) / "profile")
        for project in RETURNED:
            source, target = forms / f"{project.file}.xlsx", folder / f"{project.file}.xlsx"
            book = openpyxl.load_workbook(source)
            cells = _typed(book[project.sheet], answers[project.code])
            if project.number in BY_LIBREOFFICE:
                calc.recalc(source, {project.sheet: cells}, target)
                continue
            for place, value in cells.items():
                book[project.sheet][place] = value
            book.save(target)
        calc.close()


def _typed(sheet: Worksheet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Cell → what is typed there, found beside and below the labels that a person would look for."""
    labels = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    typed = {
        labels[label].offset(row=i).coordinate: value
        for key, label in COLUMNS.items()
        for i, value in enumerate(answers[key], start=1)
        if value != ""
    }
    for key, label in (("adjusted", "调整后预算"), ("deviation_reason", "支出偏差原因")):
        if answers[key] != "":
            typed[_right_of(sheet, labels[label].coordinate)] = answers[key]
    return typed


def _right_of(sheet: Worksheet, label: str) -> str:
    """The cell right of a label, which may stand in a merged one."""
    merged = next((area for area in sheet.merged_cells.ranges if label in area), None)
    cell = sheet[label]
    return str(sheet.cell(cell.row, (merged.max_col if merged else cell.column) + 1).coordinate)


if __name__ == "__main__":
    what, *folders = sys.argv[1:]
    {"list": write_lists, "fill": fill}[what](*map(Path, folders))
