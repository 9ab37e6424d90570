"""Numbers of any size in any cell: a finding where they stand, never an exception, never a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbook.returning import CONTENT, LAYOUT, PROJECT_PART, cell_of
from zipped import packed, parts_of

from xlperf.checks import message
from xlperf.consolidate import Consolidation, examine

NUMBERS = ("1E23", "13800138000", "-1E300", "1E-300", "999999999.9999991")
PARTS = parts_of(CONTENT)


def told(folder: Path, values: dict[str, str]) -> Consolidation:
    """What comes of the small department with these numbers, or values as XML, in cells of its first project."""
    xml = PARTS[PROJECT_PART].decode()
    for cell, value in values.items():
        xml, count = re.subn(
            rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)',
            lambda found, cell=cell, value=value: f'<c r="{cell}"{found[1] or ""}><v>{value}</v></c>',
            xml,
            count=1,
        )
        assert count
    (folder / "a.xlsx").write_bytes(packed({**PARTS, PROJECT_PART: xml.encode()}))
    return examine(folder)


def places() -> Iterator[tuple[str, str]]:
    """Every slot of the sheet, of bands those in the first row: its key and its cell."""
    for key, place in [*LAYOUT.slots.items(), *(pair for rows in LAYOUT.bands.values() for pair in rows[0].items())]:
        yield key, place.cell


@pytest.mark.parametrize(("key", "cell"), list(places()))
def test_a_number_anywhere_is_taken_or_told(key: str, cell: str, tmp_path: Path) -> None:
    for number in NUMBERS:
        result = told(tmp_path, {cell: number})

        (file,) = result.files
        assert file.reason is None or file.reason.code == "XPF308", (key, number)
        assert all(abs(project.budget or 0) < 10**9 for project in result.projects)


@pytest.mark.parametrize(
    ("key", "row", "number", "text"),
    [
        ("payments.amount", 0, "1E22", "10000000000000000000000"),
        ("budget.initial", -1, "1E23", "100000000000000000000000"),
        ("budget.adjusted", -1, "1E23", "100000000000000000000000"),
        ("budget.fiscal_funds", -1, "-1E23", "-100000000000000000000000"),
        ("indicators.weight", 0, "13800138000", "13800138000"),
        ("indicators.points", 0, "13800138000", "13800138000"),
        ("indicators.actual", 0, "1E300", "1" + "0" * 38 + "…"),
        ("shares.2", -1, "1E22", "10000000000000000000000"),
    ],
)
def test_a_number_too_large_is_a_finding_at_its_cell(
    key: str, row: int, number: str, text: str, tmp_path: Path
) -> None:
    cell = cell_of(key, row)
    result = told(tmp_path, {cell: number})
    (found,) = [fault for fault in result.findings if fault.code == "XPF403"]

    assert found.locus.cell == cell
    assert dict(found.values)["text"] == text
    assert message(found).endswith(f"{text}过大，未读入，请核对（金额以万元计）")
    assert next(result.files).reason is None


@pytest.mark.parametrize("weight", ["13800138000", "1E22"])
def test_a_score_beside_a_weight_that_was_not_read_is_not_audited(weight: str, tmp_path: Path) -> None:
    result = told(tmp_path, {cell_of("indicators.weight", 0): weight, cell_of("indicators.score", 0): "5"})
    codes = {fault.code for fault in result.findings if fault.locus.cell == cell_of("indicators.score", 0)}

    assert "XPF523" not in codes
    assert next(result.files).reason is None
