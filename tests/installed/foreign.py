"""What people do with other programs between the commands: type a list of projects, fill in the forms of a period.

Runs where xlperf is not installed.
`python foreign.py list FOLDER` · `python foreign.py plan|monitoring|self-evaluation FORMS FOLDER`
"""

from __future__ import annotations

import csv
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

import openpyxl  # noqa: E402
from installed.example import PERIODS, PROJECTS, RETURNED  # noqa: E402
from office.calc import Calc  # noqa: E402
from openpyxl.worksheet.worksheet import Worksheet  # noqa: E402

ANSWERS = TESTS.parent / "xlperf" / "jobs" / "example" / "answers.toml"
BY_LIBREOFFICE = (4, 6, 7)
TICK = "√"


class Below(NamedTuple):
    """The cells under a heading."""

    heading: str


class Beside(NamedTuple):
    """The cell right of a label."""

    label: str


class Crossing(NamedTuple):
    """The cell on the row of a label, under a heading."""

    label: str
    heading: str


# Where a person would look for the cell; of boxes to tick each has the heading that the answer names.
PAYMENTS = {"payments.amount": Below("当月支付"), "deviation_reason": Beside("支出偏差原因")}
PLACES = {
    "plan": {
        "budget.other_funds": Beside("其他资金"),
        "indicators.operator": Below("符号"),
        "indicators.unit": Below("单位"),
        "indicators.weight": Below("分值（不打印）"),
    },
    "monitoring": {
        **PAYMENTS,
        "budget.adjusted": Crossing("年度资金总额", "调整后预算数"),
        "budget.adjusted_funds.fiscal_funds": Crossing("其中：财政资金", "调整后预算数"),
        "paid.fiscal_funds": Crossing("其中：财政资金", "1—6月执行数"),
        "paid.other_funds": Crossing("其他资金", "1—6月执行数"),
        "expected.fiscal_funds": Crossing("其中：财政资金", "全年预计执行数"),
        "expected.other_funds": Crossing("其他资金", "全年预计执行数"),
        "attained": Below("1—6月完成情况"),
        "measures": Below("纠偏整改措施"),
        "indicators.actual": Below("1—6月完成"),
        "indicators.expected": Below("全年预计完成"),
        "indicators.deviation_reason": Below("原因说明"),
        "indicators.remark": Below("备注"),
    },
    "self-evaluation": {
        **PAYMENTS,
        "paid.fiscal_funds": Crossing("其中：当年财政拨款", "全年执行数"),
        "paid.other_funds": Crossing("其他资金", "全年执行数"),
        "attained": Below("实际完成情况"),
        "indicators.actual": Below("实际完成值"),
        "indicators.weight": Below("分值"),
        "indicators.points": Below("定性评分"),
        "indicators.deduction": Below("扣减"),
        "indicators.deviation_reason": Below("偏差原因分析及改进措施"),
    },
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


def fill(period: str, forms: Path, folder: Path) -> None:
    """The forms of the projects that came back, filled in by openpyxl or by LibreOffice."""
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as profile:
        calc = Calc(Path(profile) / "profile")
        for project in RETURNED:
            source, target = forms / f"{project.file}.xlsx", folder / f"{project.file}.xlsx"
            shown = openpyxl.load_workbook(source, data_only=True)[project.sheet]
            cells = dict(_typed(shown, answers[project.code][period], PLACES[period]))
            if project.number in BY_LIBREOFFICE:
                calc.recalc(source, {project.sheet: cells}, target)
                continue
            book = openpyxl.load_workbook(source)
            for place, value in cells.items():
                book[project.sheet][place] = value
            book.save(target)
        calc.close()


def _typed(sheet: Worksheet, answers: Mapping[str, Any], places: Mapping[str, NamedTuple]) -> Iterator[tuple[str, Any]]:
    """Cell and what is typed there."""
    labels = {cell.value: cell.coordinate for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    for key, value in _by_key(answers):
        for row, item in enumerate(value if isinstance(value, list) else [value]):
            if item == "":
                continue
            if key in places:
                yield _cell(sheet, labels, places[key], row), item
            else:
                yield from ((_cell(sheet, labels, Below(word), row), TICK) for word in item.split("、"))


def _by_key(answers: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in answers.items():
        if isinstance(value, Mapping):
            yield from _by_key(value, f"{path}{name}.")
        else:
            yield path + name, value


def _cell(sheet: Worksheet, labels: Mapping[str, str], place: NamedTuple, row: int) -> str:
    """The address; a label may stand in merged cells, and of several alike the last one counts."""
    if isinstance(place, Below):
        _, bottom, left, _ = _area(sheet, labels[place.heading])
        return str(sheet.cell(bottom + 1 + row, left).coordinate)
    top, _, _, right = _area(sheet, labels[place.label])
    if isinstance(place, Crossing):
        return str(sheet.cell(top, _area(sheet, labels[place.heading])[2]).coordinate)
    return str(sheet.cell(top, right + 1).coordinate)


def _area(sheet: Worksheet, label: str) -> tuple[int, int, int, int]:
    """First and last row, first and last column."""
    merged = next((area for area in sheet.merged_cells.ranges if label in area), None)
    cell = sheet[label]
    if merged:
        return merged.min_row, merged.max_row, merged.min_col, merged.max_col
    return cell.row, cell.row, cell.column, cell.column


if __name__ == "__main__":
    what, *folders = sys.argv[1:]
    if what in PERIODS:
        fill(what, *map(Path, folders))
    else:
        write_lists(*map(Path, folders))
