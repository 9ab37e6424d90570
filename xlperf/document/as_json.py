"""The imported document as plain data for `parse --json` (design §7): figures are strings, blanks are null."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xlperf.checks import as_json
from xlperf.document.reading import Imported
from xlperf.measure import CHECKPOINTS
from xlperf.model import Indicator, Project


def to_json(imported: Imported, lang: str = "zh") -> dict[str, Any]:
    """The document whole, ready for json.dumps; messages of findings in `lang`."""
    department = imported.department
    return {
        "unit": {"code": department.unit.code, "name": department.unit.name},
        "year": department.year,
        "overall_objective": department.overall_objective,
        "sub_objectives": list(department.sub_objectives),
        "safeguards": list(department.safeguards),
        "projects": [_project(project) for project in department.projects],
        "findings": [as_json(found, lang) for found in imported.findings],
    }


def _project(project: Project) -> dict[str, Any]:
    shares = zip(CHECKPOINTS, project.spend_plan.shares, strict=True)
    return {
        "number": project.number,
        "code": project.code,
        "name": project.name,
        "budget": _two_places(project.budget.initial),
        "fiscal_funds": _two_places(project.budget.fiscal_funds),
        "other_funds": _two_places(project.budget.other_funds),
        "purpose": project.purpose,
        "spend_plan": [{"month": month, "share": _two_places(share)} for month, share in shares],
        "objectives": list(project.objectives),
        "indicators": [_indicator(indicator) for indicator in project.indicators],
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    target = indicator.target
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "description": indicator.description,
        "operator": target.operator.value,
        "operator_stated": target.operator_stated,
        "target": f"{target.value:f}" if isinstance(target.value, Decimal) else None,
        "unit": target.unit,
        "raw_target": target.raw,
        "basis": indicator.basis,
    }


def _two_places(number: Decimal | None) -> str | None:
    """At least two places, as the official form prints them; more only where the number has more."""
    if number is None:
        return None
    places = max(2, -int(number.as_tuple().exponent))
    return f"{number:.{places}f}"
