"""What reading a workbook gives: its sheets, its department, its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from xlperf.form import Answers, Layout, Marker, layout_of
from xlperf.form.seal import fingerprint
from xlperf.model import Department, Finding, Settings
from xlperf.workbook.read.integrity import Tally


@dataclass(frozen=True)
class SheetRead:
    """One recognised sheet: the raw values of its slots, computed ones as the file has them cached.

    Rows of indicators over which a class was merged hold it each.
    `project` is its place in `department.projects`; `rows` are the band rows (counted from 0) in which that project's
    indicators stand, one for each, and `text_rows` those of the texts of other bands (objectives, sub-objectives …) by
    band. `typed_over` are the computed cells that hold a value where our formula should be. `refused` says why the
    answers were not used.
    """

    title: str
    marker: Marker
    answers: Answers
    tally: Tally
    project: int | None = None
    rows: tuple[int, ...] = ()
    text_rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    typed_over: tuple[str, ...] = ()
    refused: Finding | None = None

    @cached_property
    def layout(self) -> Layout:
        """Where its slots stand."""
        found = layout_of(self.marker)
        assert found is not None
        return found

    @cached_property
    def is_untouched(self) -> bool:
        """Whether it holds what it was given out with, and nothing else; of older sheets nobody can tell."""
        return self.marker.given != "" and self.marker.given == fingerprint(self.layout, self.answers)


class UnreadSheet(NamedTuple):
    """A project's sheet that was too altered to be read, with the code found on it, and why."""

    title: str
    code: str
    reason: Finding


@dataclass(frozen=True)
class Returned:
    """One file as it came back; `refused` is the reason when none of it was read.

    `parent` is the SHA-256 of the workbook it is an annotated copy of. `stand_in` are the parameters it is judged by
    where its own cannot be read.
    """

    path: str
    sha256: str = ""
    size: int = 0
    edition: str = ""
    parent: str = ""
    department: Department | None = None
    settings: Settings | None = None
    stand_in: Settings | None = None
    sheets: tuple[SheetRead, ...] = ()
    unread: tuple[UnreadSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: Finding | None = None

    @property
    def cells(self) -> int:
        """How many answers (typed or given, not blank) were read from sheets that were not refused."""
        return sum(sheet.tally.answers for sheet in self.sheets if sheet.refused is None)
