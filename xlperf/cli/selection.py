"""Which findings a person wants to see: codes, or the beginnings of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlperf.checks import CODES
from xlperf.model import Finding, UsageError


def codes(said: Sequence[str]) -> tuple[str, ...]:
    """The codes and beginnings of codes in these arguments, parted by commas; UsageError where one fits no code."""
    wanted = [part.strip().upper() for text in said for part in text.replace("，", ",").split(",") if part.strip()]
    for code in wanted:
        if not any(known.startswith(code) for known in CODES):
            raise UsageError("code_unknown", code=code)
    return tuple(wanted)


def selected(findings: Iterable[Finding], select: Sequence[str], ignore: Sequence[str]) -> list[Finding]:
    """The findings whose code begins with one of `select` (all, where that is empty) and with none of `ignore`."""
    wanted, unwanted = codes(select), codes(ignore)
    return [
        found
        for found in findings
        if (not wanted or found.code.startswith(wanted)) and not (unwanted and found.code.startswith(unwanted))
    ]
