"""What shows when the files of a department lie side by side (6xx)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from unittest import mock

from checks.story_runner import Runner, Story
from consolidate.departments import CAR, CASES, REPAIRS, SETTINGS, department, write

from xlperf.consolidate import columns, examine
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Budget, BudgetUnit, Department, Finding, Project, Settings
from xlperf.workbook.annotate.copy import annotated
from xlperf.workbook.write.department import department_bytes

JUNE = SETTINGS.model_copy(update={"as_of": dt.date(2023, 6, 30)})
COURT_CLERKS = ("13080023P000245100026", "聘任制书记员经费")


def two(first: Sequence[Project], second: Sequence[Project], settings: Settings = SETTINGS, **update: object) -> Runner:
    """The workbooks of two courts; of the second, parameters and facts of the department may differ."""

    def run(folder: Path) -> list[Finding]:
        write(folder / "甲庭.xlsx", *first)
        other: Department = department(*second).model_copy(update=update)
        (folder / "乙庭.xlsx").write_bytes(department_bytes(other, settings))
        return list(examine(folder).findings)

    return run


REVISED = CASES.model_copy(update={"purpose": "改过"})
UNBUDGETED = REPAIRS.model_copy(update={"budget": Budget()})
OVERPAID, OVERSPENT = (CASES.model_copy(update={"payments": (Decimal(paid), *[None] * 11)}) for paid in (301, 300))
ALIKE = two([CASES], [REPAIRS])


def expecting(*expected: tuple[str, str]) -> Runner:
    """A folder consolidated against a list of projects."""

    def run(folder: Path) -> list[Finding]:
        write(folder / "交回" / "甲庭.xlsx", CASES)
        return list(consolidate(folder / "交回", folder / "汇总.xlsx", expected=expected).findings)

    return run


def named(**projects: Project) -> Runner:
    """A folder with one project in each file of these names."""

    def run(folder: Path) -> list[Finding]:
        for name, project in projects.items():
            write(folder / f"{name}.xlsx", project)
        return list(examine(folder).findings)

    return run


def annotated_beside_its_original(folder: Path) -> list[Finding]:
    """A workbook, and a copy of it with notes."""
    write(folder / "甲庭.xlsx", CASES)
    (folder / "甲庭（检查）.xlsx").write_bytes(annotated((folder / "甲庭.xlsx").read_bytes(), []))
    return list(examine(folder).findings)


def saved_meanwhile(folder: Path) -> list[Finding]:
    """A file that is saved between reading it and writing the summary."""
    path = write(folder / "交回" / "甲庭.xlsx", CASES)

    def save(done: int, _: int, __: str) -> None:
        if done:
            write(path, REVISED)

    return list(consolidate(folder / "交回", folder / "汇总.xlsx", progress=save).findings)


def summary_at(place: str) -> Runner:
    """The summary of last time, lying here when the folder is looked at again."""

    def run(folder: Path) -> list[Finding]:
        write(folder / "交回" / "甲庭.xlsx", CASES)
        consolidate(folder / "交回", folder / place)
        return list(examine(folder / "交回").findings)

    return run


def limited(name: str, limit: int) -> Runner:
    """Three projects put together while a list takes no more than this."""

    def run(folder: Path) -> list[Finding]:
        write(folder / "甲庭.xlsx", CASES, REPAIRS, CAR)
        with mock.patch.object(columns, name, limit):
            return list(examine(folder).findings)

    return run


STORIES: dict[str, Story] = {
    "XPF601": Story(two([CASES], [REVISED]), ALIKE),
    "XPF602": Story(expecting((CASES.code, CASES.name), COURT_CLERKS), expecting((CASES.code, CASES.name))),
    "XPF604": Story(two([CASES], [REPAIRS], JUNE), ALIKE),
    "XPF605": Story(two([CASES], [REPAIRS], unit=BudgetUnit(code="366001", name="某区人民检察院")), ALIKE),
    "XPF606": Story(two([CASES], [REPAIRS.model_copy(update={"code": ""})]), ALIKE),
    "XPF607": Story(named(**{"甲庭": CASES, "甲庭 (张三 的冲突副本 2023-11-01)": REVISED}), named(甲庭=CASES)),
    "XPF608": Story(summary_at("交回/汇总.xlsx"), summary_at("汇总.xlsx")),
    "XPF609": Story(limited("MOST_ROWS", 2), ALIKE),
    "XPF610": Story(limited("MOST_LINKS", 2), ALIKE),
    "XPF611": Story(named(**{"甲庭": CASES, "甲庭 - 副本": REVISED}), named(**{"甲庭": CASES, "甲庭 - 副本": CASES})),
    "XPF612": Story(saved_meanwhile, expecting((CASES.code, CASES.name))),
    "XPF613": Story(named(**{"甲庭": CASES, "甲庭(1)": CASES}), named(**{"甲庭": CASES, "甲庭(1)": REVISED})),
    "XPF614": Story(named(**{"甲庭 - 副本": CASES}), named(甲庭=CASES)),
    "XPF615": Story(two([CASES], [UNBUDGETED]), ALIKE),
    "XPF616": Story(two([CASES], [REPAIRS], year=2024), ALIKE),
    "XPF617": Story(annotated_beside_its_original, named(甲庭=CASES)),
    "XPF618": Story(named(甲庭=OVERPAID), named(甲庭=OVERSPENT)),
}
