"""Accounts for every cell of a sheet: answer, computed result, verified label, altered label, stray.

Tells a label that was retyped from labels that moved: what moved is refused, never read shifted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlperf.files.guard import Refused
from xlperf.form import Answers, Cell, column_letters
from xlperf.measure import shown
from xlperf.model import Finding
from xlperf.model.text import clean, squeeze
from xlperf.workbook.dates import from_serial
from xlperf.workbook.expected import Expected
from xlperf.workbook.grid import LAST_COLUMN, LAST_ROW, Grid, Value, limit, position
from xlperf.workbook.report import Report, cut

STRAYS_SHOWN = 20
MOST_LOOKED_AT = 5_000_000  # cells under ranges
SHORT = 1_000  # characters of a text worth remembering
_SURELY_SHOWN = re.compile("[!-~一-鿿]").match  # most texts begin so; the others are looked at whole


class Tally(NamedTuple):
    """Every non-blank cell of a sheet, counted once."""

    answers: int = 0
    results: int = 0
    labels: int = 0
    altered: int = 0
    strays: int = 0


@dataclass(frozen=True)
class Sorted:
    """The cells of one sheet: what stands in its slots, how many of each sort, and why it is refused if it is.

    `typed_over` are the computed cells that hold a value and no formula.
    """

    answers: Answers
    tally: Tally
    typed_over: tuple[str, ...] = ()
    refused: Finding | None = None


class Altered(NamedTuple):
    """A place where a label should stand and does not."""

    cell: str
    expected: str
    found: str


def sort_cells(grid: Grid, expected: Expected, report: Report, date1904: bool) -> Sorted:
    """Every cell of the grid put where it belongs; faults of the form go to the report."""
    values, spots = grid.values, expected.spots
    single: dict[str, Cell] = dict.fromkeys(expected.layout.slots)
    bands: dict[str, list[dict[str, Cell]]] = {key: [{} for _ in rows] for key, rows in expected.layout.bands.items()}
    answers = results = labels = 0
    strays: list[tuple[str, Value]] = []
    whole = expected.labels.items() <= values.items()
    rest: Iterable[tuple[str, Value]] = values.items()
    if whole:
        labels = len(expected.labels)
        rest = [(cell, value) for cell, value in rest if cell not in expected.labels]
    for cell, value in rest:
        spot = spots.get(cell)
        blank = type(value) is str and not _SURELY_SHOWN(value) and _is_blank(value)
        if spot is not None:
            held: Cell = value
            key, band, row, _, is_computed, is_date = spot
            if blank and not is_computed:
                continue
            if is_date and isinstance(value, Decimal):
                held = from_serial(value, date1904) or value
            if band:
                bands[band][row][key] = held
            else:
                single[key] = held
            if is_computed:
                results += not blank
            else:
                answers += 1
        elif blank:
            continue
        elif cell in expected.labels:
            labels += value == expected.labels[cell] or squeeze(str(value)) == expected.squeezed[cell]
        else:
            strays.append((cell, value))
    altered = _altered_labels(grid, expected, whole)
    present = sum(item.found != "" and item.cell in expected.labels for item in altered)
    tally = Tally(answers, results, labels, present, len(strays) + grid.below)
    _check_bounds(strays)
    displaced = _displaced(altered, grid, expected)
    if displaced:
        refused = report.add("XPF308", displaced.cell, expected=cut(displaced.expected), found=cut(displaced.found))
        return Sorted(Answers(single, bands), tally, refused=refused)
    for item in altered:
        report.add("XPF302", item.cell, expected=cut(item.expected), found=cut(item.found))
    _report_strays(strays, grid, report)
    _report_formulas(grid, expected, report)
    _report_merges(grid, expected, report)
    _report_hidden(grid, expected, report)
    return Sorted(Answers(single, bands), tally, _report_typed_over(grid, expected, report))


def _is_blank(text: str) -> bool:
    return _is_short_blank(text) if len(text) < SHORT else _is_long_blank(text)


def _shows_nothing(text: str) -> bool:
    return not shown(text)


# One string may stand in thousands of cells.
_is_short_blank, _is_long_blank = lru_cache(maxsize=1024)(_shows_nothing), lru_cache(maxsize=8)(_shows_nothing)


def _altered_labels(grid: Grid, expected: Expected, whole: bool) -> list[Altered]:
    """The labels and months that are not what they should be; `whole` says that no label differs."""
    altered = []
    for cell, text in () if whole else expected.labels.items():
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
    return _order(item.cell)


def _order(cell: str) -> tuple[int, int]:
    return position(cell) or (0, 0)


def _check_bounds(strays: list[tuple[str, Value]]) -> None:
    for cell, _ in strays:
        at = position(cell)
        if at is None or at[0] > LAST_ROW or at[1] > LAST_COLUMN:
            raise Refused("XPF201", reason=cell[:20])


def _report_strays(strays: list[tuple[str, Value]], grid: Grid, report: Report) -> None:
    """Content where nobody asks for any, so far below the form too that it was not even looked at."""
    for cell, value in strays[:STRAYS_SHOWN]:
        report.add("XPF303", cell, text=cut(clean(str(value))))
    more = [cell for cell, _ in strays[STRAYS_SHOWN:]]
    if more or grid.below:
        report.add("XPF309", more[0] if more else grid.first_below, count=len(more) + grid.below)


def _report_formulas(grid: Grid, expected: Expected, report: Report) -> None:
    """A formula where an answer belongs: its result is read, if it has one."""
    held: dict[str, bool] = {}
    for cell in grid.formulas:
        if cell in expected.inputs:
            held[cell] = cell in grid.results
    areas = {area for area in grid.formulas.values() if ":" in area} - expected.arrays
    limit(len(areas) * len(expected.inputs), MOST_LOOKED_AT, "f ref")
    for area in areas:
        held.update((inner, True) for inner in _within(area, expected.inputs))
    for cell, computed in sorted(held.items(), key=lambda item: _order(item[0])):
        report.add("XPF307" if computed else "XPF311", cell)


def _report_typed_over(grid: Grid, expected: Expected, report: Report) -> tuple[str, ...]:
    """Computed cells that hold a value where our formula should be; on a copy of values all of them do.

    Those without either were emptied.
    """
    gone = expected.formulas - grid.formulas.keys()
    if not gone:
        return ()
    below = (cell for cell, first in expected.results.items() if first in gone)
    over = sorted((cell for cell in (*gone, *below) if grid.values.get(cell, "") != ""), key=_order)
    emptied = sorted((cell for cell in gone if grid.values.get(cell, "") == ""), key=_order)
    if grid.formulas and emptied:
        report.add("XPF331", emptied[0], count=len(emptied))
    if over and not grid.formulas:
        report.add("XPF326", over[0])
    elif over:
        report.add("XPF323", over[0], count=len(over), found=cut(clean(str(grid.values[over[0]]))))
    return tuple(over)


def _report_hidden(grid: Grid, expected: Expected, report: Report) -> None:
    """Answers in rows and columns that a person hid; the columns of the form that are hidden always do not count."""
    if not grid.hidden_rows and all(first > expected.layout.visible_columns for first, _ in grid.hidden_columns):
        return
    hidden: dict[str, list[str]] = {}
    for cell in sorted((cell for cell in expected.inputs if grid.values.get(cell, "") != ""), key=_order):
        row, column = position(cell) or (0, 0)
        if row in grid.hidden_rows:
            hidden.setdefault(str(row), []).append(cell)
        elif any(first <= column <= last for first, last in grid.hidden_columns):
            hidden.setdefault(column_letters(column), []).append(cell)
    for name, cells in hidden.items():
        report.add("XPF322", cells[0], name=name, count=len(cells))


def _report_merges(grid: Grid, expected: Expected, report: Report) -> None:
    """Cells merged by hand: what stands under the merge is read where it stands, though nobody sees it."""
    bottom = max((row for row, _ in expected.inputs.values()), default=0)
    unknown = [area for area in grid.merges if area not in expected.merges and _starts_above(area, bottom)]
    held = {cell: at for cell, at in expected.inputs.items() if cell in grid.values} if unknown else {}
    limit(len(unknown) * len(held), MOST_LOOKED_AT, "mergeCell")
    for area in unknown:
        for cell in _within(area, held):
            if cell != area.split(":")[0]:
                del held[cell]  # said once, however many merges lie over it
                report.add("XPF312", cell, area=area, text=cut(clean(str(grid.values[cell]))))


def _starts_above(area: str, bottom: int) -> bool:
    """Whether a range is one, and begins no lower than this row."""
    first, _, last = area.replace("$", "").partition(":")
    at = position(first) if last else None
    return at is not None and at[0] <= bottom


def _within(area: str, cells: Mapping[str, tuple[int, int]]) -> list[str]:
    """Those of the cells that lie in a range."""
    first, _, last = area.replace("$", "").partition(":")
    top, bottom = position(first), position(last)
    if not top or not bottom:
        return []
    return [cell for cell, at in cells.items() if top[0] <= at[0] <= bottom[0] and top[1] <= at[1] <= bottom[1]]
