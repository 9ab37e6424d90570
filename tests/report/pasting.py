"""A department that fits to be pasted, in both periods, and what comes of pasting it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from checks.flawless import FLAWLESS

from xlperf.form import FormSet, form_set_of
from xlperf.jobs.export import Pasted, export_paste
from xlperf.model import Department, Finding, Funds, Indicator, Likelihood, Operator, Period, Project, Settings, Target
from xlperf.workbook.write.department import department_bytes

AS_OF = {
    Period.PLAN: dt.date(2026, 1, 1),
    Period.MONITORING: dt.date(2026, 6, 30),
    Period.SELF_EVALUATION: dt.date(2026, 12, 31),
}
JUNE = ("2200", "99", "达成", "92"), ("125", "97", "2.1", "91")
PAID = {
    Period.PLAN: [None] * 12,
    Period.MONITORING: [Decimal(amount) for amount in (2, 2, 2, 1, 1, 2)] + [None] * 6,
    Period.SELF_EVALUATION: [Decimal(amount) for amount in (2, 2, 2, 1, 1, 2, 1, 1, 1, 2, 2, 3)],
}

Change = Callable[[Project], Project]


def unchanged(project: Project) -> Project:
    return project


def paste_department(period: Period, change: Change = unchanged) -> Department:
    """The flawless department as it reports in this period; the first of its two projects may be changed."""
    first, second = (_reported(project, period, i) for i, project in enumerate(FLAWLESS.projects))
    return FLAWLESS.model_copy(update={"projects": (change(first), second)})


def _reported(project: Project, period: Period, at: int) -> Project:
    paid = PAID[period]
    update = {
        "payments": tuple(paid),
        "paid": Funds(fiscal_funds=sum(filter(None, paid), Decimal(0))),
        "attained": "按计划完成",
    }
    if period is Period.SELF_EVALUATION:
        indicators = [
            each.model_copy(update={"remark": "已完成", "points": each.points and each.weight})
            for each in project.indicators
        ]
    else:
        update["expected"] = Funds(fiscal_funds=Decimal(20))
        indicators = [
            each.model_copy(
                update={
                    "actual": actual if actual == "达成" else Decimal(actual),
                    "expected": each.actual,
                    "points": None,
                    "likelihood": Likelihood.CERTAIN,
                }
            )
            for each, actual in zip(project.indicators, JUNE[at], strict=True)
        ]
    return project.model_copy(update={**update, "indicators": tuple(indicators)})


def with_indicator(row: int, **update: object) -> Change:
    """A project with one of its indicators changed."""

    def change(project: Project) -> Project:
        rows = list(project.indicators)
        rows[row] = rows[row].model_copy(update=update)
        return project.model_copy(update={"indicators": tuple(rows)})

    return change


def with_more(*indicators: Indicator) -> Change:
    """A project with more indicators."""
    return lambda project: project.model_copy(update={"indicators": (*project.indicators, *indicators)})


NOT_APPLICABLE = Indicator(
    level1="效益指标", level2="生态效益指标", name="生态改善", target=Target(operator=Operator.NOT_APPLICABLE)
)


def write(
    path: Path,
    period: Period = Period.MONITORING,
    change: Change = unchanged,
    form_set: FormSet | None = None,
    keep: slice = slice(None),
    as_of: dt.date | None = None,
    **update: object,
) -> Path:
    """A workbook of this department, or of some of its projects, as it comes back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    department = paste_department(period, change)
    department = department.model_copy(update={"projects": department.projects[keep], **update})
    settings = Settings(as_of=as_of or AS_OF[period], period=period)
    path.write_bytes(department_bytes(department, settings, form_set=form_set or form_set_of(period, "national")))
    return path


def paste(*sources: Path, to: Path, force: bool = False) -> tuple[Pasted, list[Path]]:
    """What comes of pasting, and the workbooks written."""
    written: list[Path] = []

    def done(target: Path, problem: object) -> None:
        assert problem is None
        written.append(target)

    return export_paste(sources, to, force=force, done=done), written


def findings(pasted: Pasted) -> list[Finding]:
    """All that is told about files and projects."""
    of_projects = (each for project in pasted.projects for each in (*project.errors, *project.omitted))
    return [*pasted.refused, *of_projects]
