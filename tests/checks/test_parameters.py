"""Parameters that would buy a better light, and those anybody may set."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from checks import story_runner
from checks.flawless import findings_of, typed_workbook
from workbook.returning import check_returned, read_back

from xlperf.checks import message
from xlperf.checks.rule import Typed
from xlperf.form import FIRST_EDITION
from xlperf.form import titles as title_of
from xlperf.model import Finding

BEHIND: Typed = {f"payments.amount#{month}": None for month in range(3, 11)}
place_of = partial(story_runner.place_of, form_set=FIRST_EDITION)  # which has both lines of 超额
CODES = ("XPF509", "XPF510", "XPF511")


def told(typed: Typed, folder: Path) -> list[tuple[str, str, str]]:
    """The findings about parameters: code, sheet, cell."""
    return [
        (found.code, found.locus.sheet, found.locus.cell) for found in findings_of(typed, folder) if found.code in CODES
    ]


@pytest.mark.parametrize(
    ("yellow", "green", "code", "at"),
    [
        ("0.6", "0.8", None, ()),
        ("0.5", "0.7", None, ()),
        ("0", "0.8", "XPF509", ("yellow",)),
        ("-1", "0.8", "XPF509", ("yellow",)),
        ("0.01", "0.02", "XPF509", ("yellow", "green")),
        ("0.8", "0.6", None, ()),
        ("0.6", "5", None, ()),
    ],
)
def test_lines_that_turn_a_red_light(
    tmp_path: Path, yellow: str, green: str, code: str | None, at: tuple[str, ...]
) -> None:
    found = told({**BEHIND, "yellow": Decimal(yellow), "green": Decimal(green)}, tmp_path)

    expected = [(code, title_of.SETTINGS, place_of("settings", key)) for key in at]
    assert [item for item in found if item[0] == "XPF509"] == expected


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"yellow": Decimal("0.8"), "green": Decimal("0.6")}, "yellow"),
        ({"yellow": Decimal("0.7"), "green": Decimal("0.7")}, "yellow"),
        ({"yellow": Decimal(0)}, "yellow"),
        ({"over_self_evaluation": Decimal(0)}, "over_self_evaluation"),
        ({"over_monitoring": Decimal("0.9")}, "over_monitoring"),
    ],
)
def test_lines_beyond_reason_that_change_nothing_yet(tmp_path: Path, typed: Typed, key: str) -> None:
    assert told(typed, tmp_path) == [("XPF510", title_of.SETTINGS, place_of("settings", key))]


def test_a_line_that_hides_what_was_exceeded(tmp_path: Path) -> None:
    found = findings_of({"indicators.actual": 6000, "over_monitoring": Decimal("0.9")}, tmp_path)

    assert (
        "超额线（监控）为90%，应在5%到50%之间且滞后线小于正常线；1个项目的预警或指标状态因此与按默认值计算的不同"
        in map(message, found)
    )


@pytest.mark.parametrize(
    ("as_of", "count"),
    [("2025-09-30", 1), ("2025-10-01", 0), ("2026-06-30", 0), ("2027-03-31", 0), ("2027-04-01", 1), ("2030-11-01", 1)],
)
def test_the_date_lies_about_the_budget_year(tmp_path: Path, as_of: str, count: int) -> None:
    assert told({"as_of": as_of}, tmp_path) == [("XPF511", title_of.SETTINGS, place_of("settings", "as_of"))] * count


def opened(folder: Path) -> openpyxl.Workbook:
    path = folder / "a.xlsx"
    path.write_bytes(typed_workbook({}))
    return openpyxl.load_workbook(path)


def read_again(book: openpyxl.Workbook, folder: Path) -> list[Finding]:
    book.save(folder / "b.xlsx")
    returned = read_back((folder / "b.xlsx").read_bytes(), folder)
    return [*returned.findings, *check_returned(returned)]


def test_the_1904_date_system_moves_the_date(tmp_path: Path) -> None:
    book = opened(tmp_path)
    book[title_of.SETTINGS][place_of("settings", "as_of")] = 46326  # 2026-10-31, as it was typed
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    found = read_again(book, tmp_path)

    assert "截止日期2030-11-01不在预算年度2026之内，也不在前后三个月之内" in map(message, found)


def test_without_parameters_the_defaults_are_named(tmp_path: Path) -> None:
    book = opened(tmp_path)
    del book[title_of.SETTINGS]

    found = read_again(book, tmp_path)

    assert (
        "“参数”表没有填写或无法读取，按“截止日期 2026-12-31，填报类型 运行监控，规则包 national-2020，计划口径 按节点，"
        "滞后线 60%，正常线 80%，超额线（运行监控） 15%，超额线（绩效自评） 30%”处理"
    ) in map(message, found)


def test_parameters_that_moved_are_not_read_and_the_defaults_are_named(tmp_path: Path) -> None:
    book = opened(tmp_path)
    book[title_of.SETTINGS].insert_rows(3)

    found = read_again(book, tmp_path)

    assert {"XPF308", "XPF406"} <= {item.code for item in found if item.locus.sheet == title_of.SETTINGS}


def test_the_form_says_the_same(tmp_path: Path) -> None:
    """Every threshold and the date carry a rule of their own, with the limits the findings name."""
    rules = {
        str(rule.sqref): rule.formula1 for rule in opened(tmp_path)[title_of.SETTINGS].data_validations.dataValidation
    }
    cell = {key: "$B$" + place_of("settings", key)[1:] for key in ("as_of", "yellow", "green", "over_monitoring")}

    assert f"{cell['yellow']}>=0.4,{cell['yellow']}<=0.8" in rules[place_of("settings", "yellow")]
    assert f"{cell['yellow']}<{cell['green']}" in rules[place_of("settings", "green")]
    assert f"{cell['over_monitoring']}<=0.5" in rules[place_of("settings", "over_monitoring")]
    assert "DATE(预算年度,-2,1)" in rules[place_of("settings", "as_of")]
