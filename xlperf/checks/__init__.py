"""Codes of findings, the rules and their pages. Reads no file, stops no command."""

from xlperf.checks.codes import as_json, finding, gravest_first, in_both, message, severity
from xlperf.checks.table import CODES

__all__ = ["CODES", "as_json", "finding", "gravest_first", "in_both", "message", "severity"]
