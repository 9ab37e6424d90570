"""Workbooks that came back, as values: a department, its period, and places named after what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from xlperf.model import Budget, BudgetUnit, Department, Indicator, Locus, Operator, Period, Project, SpendPlan, Target
from xlperf.prepare.merge import Copy, Filled
from xlperf.prepare.not_carried import NotCarried

CODE = "13080023P00024610002U"
OTHER = "13080023P00033710032M"
NOT_KNOWN: Mapping[int | None, Copy] = MappingProxyType({})


def came(
    department: Department, period: Period, file: str = "a.xlsx", copies: Mapping[int | None, Copy] = NOT_KNOWN
) -> Filled:
    """A workbook whose places are spelt project, path and row."""

    def where(project: int | None, path: str, row: int) -> Locus:
        return Locus(file=file, sheet=str(project), cell=f"{path}#{row}")

    return Filled(department, period, where, copies)


def indicator(name: str, value: int, unit: str = "件", **more: object) -> Indicator:
    goal = Target(operator=Operator.GE, operator_stated=True, value=Decimal(value), unit=unit)
    return Indicator(level1="产出指标", level2="数量指标", name=name, target=goal, **more)


def project(code: str = CODE, name: str = "办案业务经费", **more: object) -> Project:
    fields = {"number": 1, "budget": Budget(initial=Decimal(20), fiscal_funds=Decimal(20)), **more}
    fields.setdefault("indicators", (indicator("审结案件数", 1200), indicator("开庭次数", 300, "次")))
    return Project(code=code, name=name, **fields)


def department(*projects: Project, **more: object) -> Department:
    return Department(**{"year": 2026, "unit": BudgetUnit(code="366001", name="清河区法院"), **more}, projects=projects)


def plan(shares: tuple[str | None, ...]) -> SpendPlan:
    return SpendPlan(shares=tuple(None if share is None else Decimal(share) for share in shares))


def told(listed: tuple[NotCarried, ...]) -> list[tuple[str, ...]]:
    """Field, value, what stands instead, places, reason."""
    return [
        (each.field, each.value, each.stands, "；".join(map(str, each.places)), each.reason.name) for each in listed
    ]
