"""The rules, a module for each group; importing them registers them, in this order."""

from xlperf.checks.rule import judge, rule_page
from xlperf.checks.rules import (
    audit,
    department,
    deviations,
    execution,
    funds,
    limits,
    parameters,
    plan,
    results,
    scores,
    structure,
    targets,
    units,
    wording,
)

__all__ = [
    "audit",
    "department",
    "deviations",
    "execution",
    "funds",
    "judge",
    "limits",
    "parameters",
    "plan",
    "results",
    "rule_page",
    "scores",
    "structure",
    "targets",
    "units",
    "wording",
]
