"""What stands in the slots of a sheet, by key: the model written out as answers.

The way back, from answers to the model, has findings to report and lives with the reader.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xlperf.measure import PACKS, Pack
from xlperf.model import Department, Operator, Project, Settings
from xlperf.model.department import Indicator

Cell = Decimal | int | str | dt.date | None
"""A value in a cell; None is an empty cell."""


@dataclass(frozen=True)
class Answers:
    """Values by slot key: `single["budget.initial"]`, `bands["indicators"][0]["indicators.name"]`."""

    single: Mapping[str, Cell] = field(default_factory=dict)
    bands: Mapping[str, Sequence[Mapping[str, Cell]]] = field(default_factory=dict)

    def column(self, key: str, size: int) -> list[Cell]:
        """A band column, padded to the size of the band on the sheet."""
        rows = self.bands.get(key.split(".")[0], ())
        return [row.get(key) for row in rows] + [None] * (size - len(rows))

    def with_results(self, results: Answers) -> Answers:
        """These answers and the computed values beside them."""
        bands = {key: [dict(row) for row in rows] for key, rows in self.bands.items()}
        for key, rows in results.bands.items():
            mine = bands.setdefault(key, [])
            mine.extend({} for _ in range(len(rows) - len(mine)))
            for row, more in zip(mine, rows, strict=False):
                row.update(more)
        return Answers({**self.single, **results.single}, bands)


def _text(text: str) -> str | None:
    return text or None


def _symbol(indicator: Indicator) -> str | None:
    target = indicator.target
    stated = target.operator_stated or target.operator in (Operator.QUALITATIVE, Operator.NOT_APPLICABLE)
    return target.operator.symbol if stated else None


def _indicator(indicator: Indicator) -> dict[str, Cell]:
    return {
        "indicators.level1": _text(indicator.level1),
        "indicators.level2": _text(indicator.level2),
        "indicators.name": _text(indicator.name),
        "indicators.description": _text(indicator.description),
        "indicators.operator": _symbol(indicator),
        "indicators.value": indicator.target.value,
        "indicators.unit": _text(indicator.target.unit),
        "indicators.basis": _text(indicator.basis),
        "indicators.weight": indicator.weight,
        "indicators.actual": indicator.actual,
        "indicators.points": indicator.points,
        "indicators.deviation_reason": _text(indicator.deviation_reason),
        "indicators.likelihood": indicator.likelihood.value if indicator.likelihood else None,
        "indicators.raw": _text(indicator.target.raw),
    }


def project_answers(project: Project) -> Answers:
    """What a project's sheet holds besides its formulas."""
    budget = project.budget
    return Answers(
        {
            "number": project.number,
            "code": _text(project.code),
            "name": _text(project.name),
            "budget.initial": budget.initial,
            "budget.adjusted": budget.adjusted,
            "budget.fiscal_funds": budget.fiscal_funds,
            "budget.other_funds": budget.other_funds,
            "budget.carryover": budget.carryover,
            "purpose": _text(project.purpose),
            **{f"shares.{i}": share for i, share in enumerate(project.spend_plan.shares)},
            "deviation_reason": _text(project.deviation_reason),
        },
        {
            "payments": [
                {"payments.month": month, "payments.amount": amount}
                for month, amount in enumerate(project.payments, start=1)
            ],
            "objectives": [{"objectives.text": _text(text)} for text in project.objectives],
            "indicators": [_indicator(indicator) for indicator in project.indicators],
        },
    )


def overall_answers(department: Department) -> Answers:
    """What the sheet of the department's overall objective holds."""
    return Answers(
        {
            "unit.code": _text(department.unit.code),
            "unit.name": _text(department.unit.name),
            "year": department.year,
        },
        {
            "overall_objective": [
                {"overall_objective.text": _text(line)} for line in department.overall_objective.split("\n")
            ],
            "sub_objectives": [{"sub_objectives.text": _text(text)} for text in department.sub_objectives],
            "safeguards": [{"safeguards.text": _text(text)} for text in department.safeguards],
        },
    )


def settings_answers(settings: Settings) -> Answers:
    """What the parameter sheet holds, with the table of rule packs."""
    return Answers(
        {
            "as_of": settings.as_of,
            "period": settings.period.value,
            "pack": settings.pack,
            "plan_method": settings.plan_method.value,
            "yellow": settings.yellow,
            "green": settings.green,
            "over_monitoring": settings.over_monitoring,
            "over_self_evaluation": settings.over_self_evaluation,
        },
        {"packs": [_pack(pack) for pack in PACKS.values()]},
    )


def _pack(pack: Pack) -> dict[str, Cell]:
    points = dict(pack.weights)
    execution = f"{pack.execution.cap}" if not pack.execution.bands else f"{pack.execution.cap}（分档）"
    return {
        "packs.key": pack.key,
        "packs.name": pack.zh,
        "packs.execution": execution,
        "packs.cost": points.get("成本指标"),
        "packs.output": points.get("产出指标"),
        "packs.benefit": "／".join(str(points.get(level1, "—")) for level1 in ("效益指标", "满意度指标")),
        "packs.note": pack.note,
    }
