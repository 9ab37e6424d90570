"""The rules held against a document that was read: every fault with the line it is in."""

from __future__ import annotations

from xlperf.checks import finding
from xlperf.checks.rules import judge
from xlperf.checks.submission import Fault, Submission
from xlperf.document.reading import Imported
from xlperf.measure import DEFAULT_PACK, Pack
from xlperf.model import Finding, Locus


def check_document(imported: Imported, pack: Pack = DEFAULT_PACK) -> list[Finding]:
    """What the rules find in the document, in the order of its lines; what reading it found is not among it.

    `pack` is the one of its place: it says which classes of indicators earn points.
    """
    submission = Submission(imported.department, place=pack, asked=imported.asked)
    found = [(_line(fault, imported), fault) for fault in judge(submission)]
    found.sort(key=lambda placed: placed[0])
    return [finding(fault.code, Locus(file=imported.file, line=line), **fault.values) for line, fault in found]


def _line(fault: Fault, imported: Imported) -> int:
    """The line of the slot, else of the project's heading, else the first."""
    key, row = fault.slot
    if fault.project is None:
        return imported.front.get(key, 1)
    lines = imported.lines[fault.project]
    if key.startswith("indicators.") and row < len(lines.indicators):
        return lines.indicators[row]
    return lines.slots.get(key, lines.project)
