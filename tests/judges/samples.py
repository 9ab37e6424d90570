"""Workbooks our writers make, plain ones and provoking ones, for judges to look at."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

from departments import PLANNED, SETTINGS, indicator, small_department, target

from xlperf.checks import finding
from xlperf.form import LAYOUTS, form_set_of
from xlperf.jobs.consolidate import consolidate
from xlperf.model import Budget, BudgetUnit, Department, Operator, Period, Project, Severity
from xlperf.report.paste.projects import PasteProject
from xlperf.report.paste.write import paste_workbook
from xlperf.workbook.annotate.copy import Note, annotated
from xlperf.workbook.write.department import department_bytes

# What has broken spreadsheets, XML or sheet titles before; lengths are those Excel stops at.
HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 1234",
    "-5%",
    "@SUM(A1)",
    "'",
    '"双引号"',
    "<b>&amp;]]></b><!--",
    "_x000D__x005F_",
    "a\nb\n\nc",
    "😀👩‍⚖️" * 8,
    "十" * 31,
    "[]:*?/\\'",
    "History",
    "目录",
    "_封印",
    "#REF!",
    "TRUE",
    "1.30e20",
    "ABC123",
    "e\u0301\u202e\ufdfa",
    "x" * 300,
    "行\n" * 300,
)
LONG = "为保障审判执行工作正常开展，维修改造审判法庭，购置办案设备。" * 30


def blank() -> bytes:
    department = Department(year=2026, projects=tuple(Project(number=i) for i in range(1, 4)))
    return department_bytes(department, PLANNED, blank=True)


def nothing() -> bytes:
    return department_bytes(Department(year=2026), SETTINGS)


def small() -> bytes:
    return department_bytes(small_department(), SETTINGS)


def of_period(period: Period, layout: str = "national") -> bytes:
    """The small department on the official form of a period."""
    settings = SETTINGS.model_copy(update={"period": period})
    return department_bytes(small_department(), settings, form_set=form_set_of(period, layout))


def thirty() -> bytes:
    """Thirty projects with long texts, more rows than a form starts with, and names that differ at the end."""
    first = small_department().projects[0]
    rows = tuple(indicator(f"指标{i}{LONG[: i * 9]}", target(Operator.GE, i, "件"), basis=LONG) for i in range(20))
    projects = tuple(
        first.model_copy(
            update={
                "number": i,
                "code": f"13080023P{i:011d}",
                "name": f"{LONG[:40]}{i}",
                "purpose": LONG,
                "objectives": (LONG,) * (i % 5),
                "indicators": rows[: i % 21],
                "deviation_reason": LONG,
            }
        )
        for i in range(1, 31)
    )
    return department_bytes(small_department().model_copy(update={"projects": projects}), SETTINGS)


def hostile() -> bytes:
    return department_bytes(hostile_department(), SETTINGS)


def hostile_department() -> Department:
    """Every hostile text wherever a person may write one."""
    projects = tuple(
        Project(
            number=i,
            code=text,
            name=text,
            purpose=text,
            budget=Budget(initial=Decimal("999999999.999999"), fiscal_funds=Decimal("-0.000001")),
            objectives=(text, text),
            deviation_reason=text,
            indicators=(
                indicator(text, target(Operator.QUALITATIVE, text, text), description=text, basis=text, actual=text),
            ),
        )
        for i, text in enumerate(HOSTILE, start=1)
    )
    return Department(
        unit=BudgetUnit(code="=1+1", name="<甲>&\"乙\"'丙'"),
        year=2026,
        overall_objective="\n".join(HOSTILE),
        sub_objectives=HOSTILE,
        safeguards=HOSTILE,
        projects=projects,
    )


def notes() -> list[Note]:
    """Notes of every severity with every hostile text, alone and together, on two sheets of the small workbook."""
    cells = [f"{column}{row}" for row in (1, 5, 12, 13, 14) for column in "ABDFJP"]
    placed = [
        Note("01_办案业务经费", cells[i % len(cells)], severity, f"XPF4{i:02d} {text}")
        for severity in Severity
        for i, text in enumerate((*HOSTILE, LONG))
    ]
    whole = [Note(title, "", Severity.WARNING, "XPF305 本表有3个计算结果与重算不符") for title in ("目录", "没有的表")]
    return [*placed, *whole]


def annotated_copy() -> bytes:
    return annotated(small(), notes())


def pasted() -> bytes:
    """Every hostile text wherever a paste sheet has one, beside numbers that need a format; one project left out."""
    numbers = {"weight": Decimal("7.5"), "score": Decimal("123456789.0123"), "deduction": Decimal("0.0000001")}
    keys = ("level1", "level2", "name", "operator", "value", "actual", "unit", "remark", "deviation_reason")
    rows = {text: [{**dict.fromkeys(keys, text), **numbers}] * 2 for text in HOSTILE}
    projects = [
        PasteProject("a.xlsx", "甲", "", "乙", "乙", 2026, i, text, text, rows[text])
        for i, text in enumerate(HOSTILE, start=1)
    ]
    faults = [finding("XPF702", field="名称", text=text, refused="*") for text in HOSTILE]
    projects[0] = projects[0]._replace(errors=faults, omitted=[finding("XPF706", count=1, names=LONG)])
    return paste_workbook(projects, Period.SELF_EVALUATION)


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "small": small,
    "blank": blank,
    "nothing": nothing,
    "thirty": thirty,
    "hostile": hostile,
    "annotated": annotated_copy,
    "pasted": pasted,
    "plan": lambda: of_period(Period.PLAN),
    "monitoring": lambda: of_period(Period.MONITORING),
    **{f"evaluated {layout}": partial(of_period, Period.SELF_EVALUATION, layout) for layout in LAYOUTS},
}


def write_summary(folder: Path, workbooks: dict[str, bytes]) -> Path:
    """The summary of a folder that these workbooks were put into."""
    returned = folder / "returned"
    returned.mkdir()
    for name, content in workbooks.items():
        (returned / name).write_bytes(content)
    summary = folder / "summary.xlsx"
    consolidate(returned, summary)
    return summary


# What a folder may hold besides workbooks that can be read: files refused, file names that hurt in links.
FOLDERS: dict[str, Callable[[], dict[str, bytes]]] = {
    "summary of small": lambda: {"a.xlsx": small()},
    "summary of a plan": lambda: {"a.xlsx": of_period(Period.PLAN)},
    "summary of evaluated": lambda: {"a.xlsx": of_period(Period.SELF_EVALUATION), "b.xlsx": small()},
    "summary of nothing": lambda: {"broken.xlsx": small()[:2000]},
    "summary of hostile": lambda: {
        "=1+1 & <乙> #1 100%.xlsx": hostile(),
        "copy.xlsx": small(),
        "copy (2).xlsx": small(),
        "broken.xlsx": small()[:2000],
        "blank.xlsx": blank(),
    },
    "summary of thirty": lambda: {"thirty.xlsx": thirty(), "small.xlsx": small()},
}


SAMPLES = (*WORKBOOKS, *FOLDERS)


def write_sample(name: str, folder: Path) -> Path:
    """The sample as a file in the folder."""
    if name in FOLDERS:
        return write_summary(folder, FOLDERS[name]())
    path = folder / f"{name}.xlsx"
    path.write_bytes(WORKBOOKS[name]())
    return path
