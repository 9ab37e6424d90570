"""Findings: one rule is one fault with a code; nothing here reads a file or stops a command."""

from xlperf.checks.codes import CODES, as_json, finding, message, severity

__all__ = ["CODES", "as_json", "finding", "message", "severity"]
