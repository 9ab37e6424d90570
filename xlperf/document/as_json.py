"""The imported document as plain data for `parse --json` (design §7): figures are strings, blanks are null.

`aside` is what a form says beside the plan of its year: other periods, who is in charge, how it was scored.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlperf.checks import as_json
from xlperf.document.reading import Aside, Imported
from xlperf.measure import CHECKPOINTS
from xlperf.model import Funds, Indicator, Project, ProjectReport

_REPORTED = [name for name, field in ProjectReport.model_fields.items() if field.annotation is not Funds]


def to_json(imported: Imported, lang: str = "zh") -> dict[str, Any]:
    """The document whole, ready for json.dumps; messages of findings in `lang`."""
    department = imported.department
    return {
        "unit": {"code": department.unit.code, "name": department.unit.name},
        "year": department.year,
        "overall_objective": department.overall_objective,
        "sub_objectives": list(department.sub_objectives),
        "safeguards": list(department.safeguards),
        "projects": [
            _project(project, aside) for project, aside in zip(department.projects, imported.aside, strict=True)
        ],
        "findings": [as_json(found, lang) for found in imported.findings],
        "period": imported.period.value,
    }


def _project(project: Project, aside: Sequence[Aside]) -> dict[str, Any]:
    shares = zip(CHECKPOINTS, project.spend_plan.shares, strict=True)
    budget = project.budget
    return {
        "number": project.number,
        "code": project.code,
        "name": project.name,
        "budget": _two_places(budget.initial if budget.initial is not None else budget.adjusted),
        "fiscal_funds": _two_places(budget.fiscal_funds),
        "other_funds": _two_places(_other_funds(budget)),
        "funds": {
            "initial": _funds(budget),
            "adjusted": {"total": _two_places(budget.adjusted), **_funds(budget.adjusted_funds)},
            "paid": _funds(project.paid),
            "expected": _funds(project.expected),
        },
        "purpose": project.purpose,
        "spend_plan": [{"month": month, "share": _two_places(share)} for month, share in shares],
        "objectives": list(project.objectives),
        **{name: getattr(project, name) for name in _REPORTED},
        "indicators": [_indicator(indicator) for indicator in project.indicators],
        "aside": [each._asdict() for each in aside],
    }


def _other_funds(funds: Funds) -> Decimal | None:
    """What is not fiscal: 其他资金 with the sources that some forms print apart from it."""
    apart = [amount for amount in (funds.carryover, funds.special_account, funds.own_funds) if amount]
    return sum(apart, funds.other_funds or Decimal(0)) if apart else funds.other_funds


def _funds(funds: Funds) -> dict[str, str | None]:
    return {name: _two_places(getattr(funds, name)) for name in Funds.model_fields}


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
        **{name: _plain(getattr(indicator, name)) for name in ("actual", "expected", "weight", "points", "deduction")},
        "deviation_kinds": [kind.value for kind in indicator.deviation_kinds],
        "deviation_reason": indicator.deviation_reason,
        "likelihood": indicator.likelihood.value if indicator.likelihood else None,
        "remark": indicator.remark,
    }


def _plain(value: Decimal | str | None) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _two_places(number: Decimal | None) -> str | None:
    """At least two places, as the official form prints them; more only where the number has more."""
    if number is None:
        return None
    places = max(2, -int(number.as_tuple().exponent))
    return f"{number:.{places}f}"
