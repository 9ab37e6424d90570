"""Cells a person merged: what the merge hides is said, once; a class merged downwards stands for all its rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from departments import small_department
from openpyxl.worksheet.worksheet import Worksheet
from workbook.returning import EVALUATION, FIRST, PLAN, Sent, codes

from xlperf.checks import message
from xlperf.ooxml.a1 import address
from xlperf.workbook.read.returned import Returned


def merged(tmp_path: Path, area: str, values: dict[str, object] | None = None, sent: Sent = EVALUATION) -> Returned:
    """The first project's sheet with these values typed and then these cells merged, as Excel does it."""

    def change(sheet: Worksheet) -> None:
        for cell, value in (values or {}).items():
            sheet[cell] = value
        sheet.merge_cells(area)

    return sent.saved_by_openpyxl(tmp_path, FIRST, change)


def under(key: str, first: int, last: int, sent: Sent = EVALUATION) -> str:
    return f"{sent.cell_of(key, first)}:{sent.cell_of(key, last)}"


def test_a_quarter_merged_into_its_first_month_is_named(tmp_path: Path) -> None:
    returned = merged(tmp_path, under("payments.amount", 0, 2), {EVALUATION.cell_of("payments.amount", 0): 4})

    assert codes(returned) == [("XPF337", "B22")]
    assert message(returned.findings[0]) == (
        "单元格被合并（B22:B24），盖住了“当月支付”2格（B23、B24），按未填处理：请取消合并，逐格填写"
    )
    assert returned.department is not None
    assert [str(paid) for paid in returned.department.projects[0].payments[:4]] == ["4", "None", "None", "None"]


def test_results_of_two_indicators_in_one_cell_are_named(tmp_path: Path) -> None:
    area = under("indicators.actual", 0, 1)

    assert codes(merged(tmp_path, area)) == [("XPF337", area.split(":")[0])]


def test_neighbours_in_a_row_are_named_with_what_they_are(tmp_path: Path) -> None:
    name, description = PLAN.cell_of("indicators.name", 0), PLAN.cell_of("indicators.description", 0)

    returned = merged(tmp_path, f"{name}:{description}", sent=PLAN)

    assert [message(found) for found in returned.findings] == [
        f"单元格被合并（{name}:{description}），盖住了“绩效指标描述”1格（{description}），按未填处理：请取消合并，逐格填写"
    ]


@pytest.mark.parametrize(("key", "sent"), [("level1", PLAN), ("level2", PLAN), ("level1", EVALUATION)])
def test_a_class_merged_downwards_is_that_of_every_row(tmp_path: Path, key: str, sent: Sent) -> None:
    first, last = sent.cell_of(f"indicators.{key}", 0), sent.cell_of(f"indicators.{key}", 1)

    returned = merged(tmp_path, f"{first}:{last}", {first: "产出指标"}, sent)

    assert codes(returned) == [("XPF338", first)]
    assert message(returned.findings[0]) == f"单元格被合并（{first}:{last}），其中2行指标都按“产出指标”读取"
    assert returned.department is not None
    indicators = returned.department.projects[0].indicators
    assert [getattr(indicator, key) for indicator in indicators[:2]] == ["产出指标", "产出指标"]


def test_a_class_merged_over_unused_rows_makes_no_indicators(tmp_path: Path) -> None:
    returned = merged(tmp_path, under("indicators.level1", 1, 5, PLAN), sent=PLAN)

    assert codes(returned) == []
    assert returned.department == small_department()


def test_both_classes_in_one_cell_are_not_guessed_apart(tmp_path: Path) -> None:
    area = f"{PLAN.cell_of('indicators.level1', 0)}:{PLAN.cell_of('indicators.level2', 1)}"

    assert codes(merged(tmp_path, area, sent=PLAN)) == [("XPF337", "A13"), ("XPF413", "A14")]


@pytest.mark.parametrize(
    ("sent", "area"),
    [
        (PLAN, under("indicators.weight", 4, 6, PLAN)),  # rows nobody uses
        (
            EVALUATION,
            f"{address(5, EVALUATION.layout.columns + 2)}:{address(9, EVALUATION.layout.columns + 4)}",
        ),  # beside the form
        (EVALUATION, f"A{EVALUATION.layout.last_row + 2}:D{EVALUATION.layout.last_row + 9}"),  # below it
    ],
)
def test_a_merge_that_hides_nothing_is_not_named(tmp_path: Path, sent: Sent, area: str) -> None:
    returned = merged(tmp_path, area, sent=sent)

    assert codes(returned) == []
    assert returned.department == small_department()


def test_an_objective_over_two_rows_is_one_objective(tmp_path: Path) -> None:
    place = PLAN.layout.bands["objectives"][0]["objectives.text"]

    area = f"{address(place.row, place.column)}:{address(place.row + 1, place.last_column)}"
    returned = merged(tmp_path, area, sent=PLAN)

    assert codes(returned) == []
    assert returned.department == small_department()
