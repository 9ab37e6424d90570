"""The rules, a module for each group; importing them registers them, in this order."""

from xlperf.checks.rule import judge, rule_page
from xlperf.checks.rules import department, execution, plan, scores, structure, targets, wording

__all__ = ["department", "execution", "judge", "plan", "rule_page", "scores", "structure", "targets", "wording"]
