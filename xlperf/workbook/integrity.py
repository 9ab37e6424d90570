"""Accounts for every cell of a sheet: answer, computed result, verified label, altered label, stray.

Tells a label that was retyped from labels that moved: what moved is refused, never read shifted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xlperf.files.guard import Refused
from xlperf.form import Answers, Cell, Kind, Role, address
from xlperf.model import Finding
from xlperf.model.text import clean, squeeze
from xlperf.workbook.dates import from_serial
from xlperf.workbook.expected import Expected
from xlperf.workbook.grid import Grid, Value, position
from xlperf.workbook.report import Report, cut

MOST_ROWS, MOST_COLUMNS = 5_000, 200  # content beyond them is no slip of the mouse
STRAYS_SHOWN = 20


class Tally(NamedTuple):
    """Every non-blank cell of a sheet, counted once."""

    answers: int = 0
    results: int = 0
    labels: int = 0
    altered: int = 0
    strays: int = 0


@dataclass(frozen=True)
class Sorted:
    """The cells of one sheet: what stands in its slots, how many of each sort, and why it is refused if it is."""

    answers: Answers
    tally: Tally
    refused: Finding | None = None


class Altered(NamedTuple):
    """A place where a label should stand and does not."""

    cell: str
    expected: str
    found: str


def sort_cells(grid: Grid, expected: Expected, report: Report, date1904: bool) -> Sorted:
    """Every cell of the grid put where it belongs; faults of the form go to the report."""
    single: dict[str, Cell] = dict.fromkeys(expected.layout.slots)
    bands: dict[str, list[dict[str, Cell]]] = {key: [{} for _ in rows] for key, rows in expected.layout.bands.items()}
    answers = results = labels = 0
    strays: list[tuple[str, Value]] = []
    for cell, value in grid.values.items():
        blank = isinstance(value, str) and not value.strip() and not clean(value)
        spot = expected.spots.get(cell)
        if spot is not None:
            held: Cell = value
            if spot.slot.kind is Kind.DATE and isinstance(value, Decimal):
                held = from_serial(value, date1904) or value
            if spot.band:
                bands[spot.band][spot.row][spot.key] = held
            else:
                single[spot.key] = held
            if blank:
                continue  # kept as it is: to the formulas of the sheet a space is a word
            if spot.slot.role is Role.COMPUTED:
                results += 1
            else:
                answers += 1
        elif blank:
            continue
        elif cell in expected.labels:
            if value == expected.labels[cell] or squeeze(str(value)) == expected.squeezed[cell]:
                labels += 1
        else:
            strays.append((cell, value))
    altered = _altered_labels(grid, expected)
    present = sum(item.found != "" and item.cell in expected.labels for item in altered)
    tally = Tally(answers, results, labels, present, len(strays))
    _check_bounds(grid, strays)
    displaced = _displaced(altered, grid, expected)
    if displaced:
        refused = report.add("XPF308", displaced.cell, expected=cut(displaced.expected), found=cut(displaced.found))
        return Sorted(Answers(single, bands), tally, refused)
    for item in altered:
        report.add("XPF302", item.cell, expected=cut(item.expected), found=cut(item.found))
    _report_strays(strays, report)
    _report_formulas(grid, expected, report)
    _report_merges(grid, expected, report)
    return Sorted(Answers(single, bands), tally)


def _altered_labels(grid: Grid, expected: Expected) -> list[Altered]:
    altered = []
    for cell, text in expected.labels.items():
        value = grid.values.get(cell, "")
        if value != text:
            found = clean(str(value))
            if squeeze(found) != expected.squeezed[cell]:
                altered.append(Altered(cell, text, found))
    for cell, month in expected.months.items():
        if grid.values.get(cell) != month:
            altered.append(Altered(cell, str(month), clean(str(grid.values.get(cell, "")))))
    return altered


def _displaced(altered: list[Altered], grid: Grid, expected: Expected) -> Altered | None:
    """The first place where the sheet no longer fits its form, when cells moved instead of being retyped.

    They moved when a missing label's text turns up where nobody types, or two of them anywhere, or the marker is
    not in its place, or a fifth of the labels is wrong.
    """
    marker = grid.values.get(expected.marker)
    at_marker = Altered(expected.marker, "xlperf", clean(str(marker or "")))
    if not isinstance(marker, str) or not marker.startswith("xlperf "):
        return min([*altered, at_marker], key=_row)
    if not altered:
        return None
    places: dict[str, list[str]] = {}
    for cell, value in grid.values.items():
        if isinstance(value, str):
            places.setdefault(squeeze(value), []).append(cell)
    strict, loose = 0, 0
    for item in altered:
        text = squeeze(item.expected)
        elsewhere = [cell for cell in places.get(text, ()) if expected.squeezed.get(cell) != text]
        loose += bool(elsewhere)
        strict += any(cell not in expected.inputs for cell in elsewhere)
    if strict or loose > 1 or len(altered) > max(3, len(expected.labels) // 5):
        return min(altered, key=_row)
    return None


def _row(item: Altered) -> tuple[int, int]:
    return position(item.cell) or (0, 0)


def _check_bounds(grid: Grid, strays: list[tuple[str, Value]]) -> None:
    for cell, _ in strays:
        at = position(cell)
        if at is None or at[0] > MOST_ROWS or at[1] > MOST_COLUMNS:
            raise Refused("XPF208", reason=cell)


def _report_strays(strays: list[tuple[str, Value]], report: Report) -> None:
    for cell, value in strays[:STRAYS_SHOWN]:
        report.add("XPF303", cell, text=cut(clean(str(value))))
    if len(strays) > STRAYS_SHOWN:
        report.add("XPF309", strays[STRAYS_SHOWN][0], count=len(strays) - STRAYS_SHOWN)


def _report_formulas(grid: Grid, expected: Expected, report: Report) -> None:
    """A formula where an answer belongs: its result is read, if it has one."""
    held: dict[str, bool] = {}
    for cell, area in grid.formulas.items():
        if cell in expected.inputs:
            held[cell] = cell in grid.results
        if ":" in area and area not in expected.arrays:
            held.update((inner, True) for inner in _cells_of(area, expected) if inner in expected.inputs)
    for cell, computed in held.items():
        report.add("XPF307" if computed else "XPF311", cell)


def _report_merges(grid: Grid, expected: Expected, report: Report) -> None:
    """Cells merged by hand: what stands under the merge is read where it stands, though nobody sees it."""
    for area in grid.merges:
        if area not in expected.merges and ":" in area:
            hidden = [cell for cell in _cells_of(area, expected) if cell in expected.inputs and cell in grid.values]
            for cell in hidden:
                if cell != area.split(":")[0]:
                    report.add("XPF312", cell, area=area, text=cut(clean(str(grid.values[cell]))))


def _cells_of(area: str, expected: Expected) -> Iterator[str]:
    """The addresses of a range, as far as the sheet goes."""
    first, _, last = area.replace("$", "").partition(":")
    top, bottom = position(first), position(last)
    if top and bottom:
        for row in range(top[0], min(bottom[0], expected.layout.last_row) + 1):
            for column in range(top[1], min(bottom[1], expected.layout.columns) + 1):
                yield address(row, column)
