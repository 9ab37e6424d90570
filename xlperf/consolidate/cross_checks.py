"""Compares names, regions and indicators between the workbooks of one unit, as the rules do within a workbook."""

from __future__ import annotations

from collections.abc import Iterator

from xlperf.checks import finding
from xlperf.dataset.readings import Reading
from xlperf.model import Finding, Locus


def comparisons(reading: Reading) -> Iterator[Finding]:
    """Findings about names, regions and indicators of projects of one unit and year in different workbooks."""
    for file, sheet, cell, own, usual, example in reading.strange_regions():
        locus = Locus(file=file, sheet=sheet, cell=cell)
        yield finding("XPF125", locus, region=own, usual=f"{usual}（{example}）")
    for code, shared in (("XPF138", reading.shared_names()), ("XPF455", reading.shared_indicators())):
        for file, sheet, cell, name, other_file, other_sheet in shared:
            locus = Locus(file=file, sheet=sheet, cell=cell)
            yield finding(code, locus, name=name, other=f"{other_sheet}（{other_file}）")
