"""Finds the codes that a person means."""

from __future__ import annotations

from xlperf.checks import CODES
from xlperf.jobs.did_you_mean import hint
from xlperf.model import UsageError

PREFIX = "XPF"


def codes_like(text: str) -> list[str]:
    """The codes that begin so, in any case and with or without XPF before the digits. Raises UsageError for none."""
    beginning = text.upper()
    beginning = PREFIX + beginning if beginning.isdecimal() else beginning
    codes = [code for code in CODES if code.startswith(beginning)]
    if not codes:
        first, *_, last = CODES
        alike = [code for code in CODES if code[:5] == beginning[:5]]  # XPF and the first two digits
        raise UsageError("code_unknown", code=text, hint=hint(beginning, alike), first=first, last=last)
    return codes
