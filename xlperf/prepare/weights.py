"""What a fresh form proposes where the document is silent: weights, split equally inside each class."""

from __future__ import annotations

from decimal import Decimal

from xlperf.measure import DEFAULT_PACK, Pack, find_pack, propose_weights
from xlperf.model import Department, Operator, Project


def with_proposed_weights(department: Department, pack: str, before: str = "") -> Department:
    """The department with weights for every project that has none at all, or those that the pack `before` proposed.

    What a person gave stays as it is.
    """
    rules, old_rules = find_pack(pack) or DEFAULT_PACK, find_pack(before) if before else None
    projects = tuple(_weighted(project, rules, old_rules) for project in department.projects)
    return department.model_copy(update={"projects": projects})


def _weighted(project: Project, pack: Pack, before: Pack | None) -> Project:
    indicators = project.indicators
    given = tuple(indicator.weight for indicator in indicators)
    if any(weight is not None for weight in given) and (before is None or given != _proposed(project, before)):
        return project
    weighted = (
        indicator.model_copy(update={"weight": weight})
        for indicator, weight in zip(indicators, _proposed(project, pack), strict=True)
    )
    return project.model_copy(update={"indicators": tuple(weighted)})


def _proposed(project: Project, pack: Pack) -> tuple[Decimal, ...]:
    left_out = [indicator.target.operator is Operator.NOT_APPLICABLE for indicator in project.indicators]
    level1s, level2s = ([getattr(each, level) for each in project.indicators] for level in ("level1", "level2"))
    return propose_weights(level1s, left_out, pack, level2s)
