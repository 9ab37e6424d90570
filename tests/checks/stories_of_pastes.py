"""What keeps a project from being pasted into the budget system (7xx)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from checks.story_runner import Runner, Story
from report.pasting import NOT_APPLICABLE, Change, findings, paste, unchanged, with_indicator, with_more, write

from xlperf.consolidate import examine
from xlperf.model import Finding, Period


def pasting(change: Change = unchanged, period: Period = Period.MONITORING) -> Runner:
    """A workbook that comes back with one project changed, and is pasted."""

    def run(folder: Path) -> list[Finding]:
        result, _ = paste(write(folder / "甲庭.xlsx", period, change), to=folder / "粘贴")
        return findings(result)

    return run


def put_into(place: str) -> Runner:
    """The paste sheets of last time, lying here when the folder is looked at again."""

    def run(folder: Path) -> list[Finding]:
        paste(write(folder / "交回" / "甲庭.xlsx"), to=folder / place)
        return list(examine(folder / "交回").findings)

    return run


def rated(points: int) -> Runner:
    """A self-evaluation in which the rated indicator has these points of 30, and a deduction."""
    return pasting(
        with_indicator(2, points=Decimal(points), deduction=Decimal(6), deviation_reason="回访超期"),
        Period.SELF_EVALUATION,
    )


def result(actual: int) -> Runner:
    """A project whose first indicator has this result."""
    return pasting(with_indicator(0, actual=Decimal(actual), deviation_reason="积案未结"))


FINE = pasting()
STORIES: dict[str, Story] = {
    "XPF701": Story(pasting(with_indicator(1, name="办结案件数")), FINE),
    "XPF702": Story(
        pasting(with_indicator(0, name="办结案件数（1-12月）")),
        pasting(with_indicator(0, name="办结案件数（1至12月）")),
    ),
    "XPF703": Story(result(-5), result(0)),
    "XPF704": Story(rated(35), rated(29)),
    "XPF705": Story(pasting(with_indicator(1, likelihood=None)), FINE),
    "XPF706": Story(pasting(with_more(NOT_APPLICABLE)), FINE),
    "XPF707": Story(put_into("交回"), put_into("粘贴")),
}
