"""Findings: one rule is one fault with a code; nothing here reads a file or stops a command."""

from xlperf.checks.codes import as_json, finding, in_both, message, severity
from xlperf.checks.table import CODES

__all__ = ["CODES", "as_json", "finding", "in_both", "message", "severity"]
