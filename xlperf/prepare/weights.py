"""What a fresh form proposes where the document is silent: weights, split equally inside each class."""

from __future__ import annotations

from xlperf.measure import DEFAULT_PACK, Pack, find_pack, propose_weights
from xlperf.model import Department, Operator, Project


def with_proposed_weights(department: Department, pack: str) -> Department:
    """The department with weights for every project that has none at all; what was given stays as it is."""
    rules = find_pack(pack) or DEFAULT_PACK
    projects = tuple(_weighted(project, rules) for project in department.projects)
    return department.model_copy(update={"projects": projects})


def _weighted(project: Project, pack: Pack) -> Project:
    indicators = project.indicators
    if not indicators or any(indicator.weight is not None for indicator in indicators):
        return project
    left_out = [indicator.target.operator is Operator.NOT_APPLICABLE for indicator in indicators]
    classes = [[indicator.level1 for indicator in indicators], [indicator.level2 for indicator in indicators]]
    weights = propose_weights(classes[0], left_out, pack, classes[1])
    weighted = (
        indicator.model_copy(update={"weight": weight}) for indicator, weight in zip(indicators, weights, strict=True)
    )
    return project.model_copy(update={"indicators": tuple(weighted)})
