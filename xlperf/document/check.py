"""The rules held against a document that was read: every fault with the line it is in."""

from __future__ import annotations

from xlperf.checks import finding
from xlperf.checks.rules import judge
from xlperf.checks.submission import Fault, Submission
from xlperf.document.reading import Imported
from xlperf.model import Finding


def check_document(imported: Imported) -> list[Finding]:
    """What the rules find in the document, in the order of its lines; what reading it found is not among it."""
    found = [(_line(fault, imported), fault) for fault in judge(Submission(imported.department))]
    found.sort(key=lambda placed: placed[0])
    return [finding(fault.code, imported.place(line), **fault.values) for line, fault in found]


def _line(fault: Fault, imported: Imported) -> int:
    """The line of the slot, else of the project's heading, else the first."""
    key, row = fault.slot
    if fault.project is None:
        return imported.front.get(key, 1)
    lines = imported.lines[fault.project]
    if key.startswith("indicators.") and row < len(lines.indicators):
        return lines.indicators[row]
    return lines.slots.get(key, lines.project)
