"""Cells whose cached result is not what the answers beside them compute to: typed over, or saved uncalculated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlperf.checks import finding
from xlperf.form import Answers, Cell, Role, Slot, settings_answers
from xlperf.form.compute import is_number, project_results
from xlperf.model import Finding, Locus, Settings
from xlperf.workbook import Returned, SheetRead
from xlperf.workbook.grid import CellError

CLOSE = Decimal("0.000001")
HEADINGS = ("title", "unit_line", "year_line")  # they repeat other cells and measure nothing


def stale_results(returned: Returned, settings: Settings, year: int, unit: str) -> Iterator[Finding]:
    """One finding for each sheet with such cells, at the first of them.

    Computed from the raw answers, as the sheet's own formulas do. Sheets with error values among their inputs, and
    workbooks whose parameters were not read as they stand, cannot be compared.
    """
    if not _parameters_stand(returned, settings):
        return
    for sheet in returned.sheets:
        if sheet.project is None or not _comparable(sheet):
            continue
        differing = list(_differences(sheet, project_results(sheet.answers, settings, year, unit)))
        if differing:
            cell, expected, found = differing[0]
            place = Locus(sheet=sheet.title, cell=cell)
            yield finding("XPF305", place, count=len(differing), expected=_shown(expected), found=_shown(found))


def _parameters_stand(returned: Returned, settings: Settings) -> bool:
    raw = next((sheet.answers.single for sheet in returned.sheets if sheet.marker.kind == "settings"), {})
    return all(raw.get(key) == value for key, value in settings_answers(settings).single.items())


def _comparable(sheet: SheetRead) -> bool:
    return not any(
        isinstance(value, (CellError, bool)) for role, _, value in _slots(sheet, sheet.answers) if role is Role.INPUT
    )


def _differences(sheet: SheetRead, expected: Answers) -> Iterator[tuple[str, Cell, Cell]]:
    """Computed cells with another result: address, what it should be, what it is."""
    slots = zip(_slots(sheet, expected), _slots(sheet, sheet.answers), strict=True)
    for (role, cell, should), (_, _, cached) in slots:
        if role is Role.COMPUTED and cached is not None and not _same(should, cached):
            yield cell, should, cached


def _slots(sheet: SheetRead, answers: Answers) -> Iterator[tuple[Role, str, Cell]]:
    """Every slot of the sheet with its value in `answers`: role, address, value."""
    for key, place in sheet.layout.slots.items():
        if isinstance(place.piece, Slot) and key not in HEADINGS:
            yield place.piece.role, place.cell, answers.single.get(key)
    for band, places in sheet.layout.bands.items():
        rows = answers.bands.get(band, ())
        for i, row in enumerate(places):
            for key, place in row.items():
                if isinstance(place.piece, Slot):
                    yield place.piece.role, place.cell, rows[i].get(key) if i < len(rows) else None


def _same(should: Cell, cached: Cell) -> bool:
    if is_number(should) and is_number(cached):
        return abs(Decimal(should) - Decimal(cached)) <= CLOSE
    return not is_number(should) and (should or "") == cached


def _shown(value: Cell) -> str:
    return f"{Decimal(value).normalize():f}" if is_number(value) else f"“{value or ''}”"
