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
from xlperf.form import Answers, Cell
from xlperf.measure import shown
from xlperf.measure.formula_parts import seen_by_formulas
from xlperf.model import Finding
from xlperf.model.text import clean, cut, squeeze
from xlperf.ooxml.a1 import area_of, column_letters, position
from xlperf.ooxml.dates import from_serial
from xlperf.ooxml.grid import LAST_COLUMN, LAST_ROW, PICTURE, CellError, Grid, Value, limit
from xlperf.workbook.read.expected_cells import Expected
from xlperf.workbook.read.merges import settle_merges
from xlperf.workbook.read.sheet_findings import SheetFindings

FEW_STRAYS = 3  # that are named one by one; more are a block that somebody pasted, and one finding
MOST_LOOKED_AT = 5_000_000  # cells under the areas of formulas
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
class CellAccount:
    """The cells of one sheet: what its slots hold, how many of each sort there are, and why it is refused if it is.

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


def sort_cells(grid: Grid, expected: Expected, report: SheetFindings, date1904: bool) -> CellAccount:
    """Every cell of the grid put where it belongs; faults of the form go to the report."""
    values, spots = grid.values, expected.spots
    single: dict[str, Cell] = dict.fromkeys(expected.layout.slots)
    bands: dict[str, list[dict[str, Cell]]] = {key: [{} for _ in rows] for key, rows in expected.layout.bands.items()}
    answers = results = labels = 0
    strays: list[tuple[str, Value]] = []
    hollow: list[tuple[str, str]] = []
    whole = expected.labels.items() <= values.items()
    rest: Iterable[tuple[str, Value]] = values.items()
    if whole:
        labels = len(expected.labels)
        rest = [(cell, value) for cell, value in rest if cell not in expected.labels]
    for cell, value in rest:
        spot = spots.get(cell)
        blank = False
        if type(value) is str and not _SURELY_SHOWN(value) and _is_blank(value):
            blank = True
            if spot is not None and not spot.is_computed and seen_by_formulas(value):
                hollow.append((cell, value))
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
    altered, reworded = _altered_labels(grid, expected, whole)
    present = sum(item.found != "" and item.cell in expected.labels for item in (*altered, *reworded))
    tally = Tally(answers, results, labels, present, len(strays) + grid.below)
    _check_bounds(strays)
    displaced = _displaced(altered, reworded, grid, expected)
    if displaced:
        refused = report.add("XPF308", displaced.cell, expected=cut(displaced.expected), found=cut(displaced.found))
        return CellAccount(Answers(single, bands), tally, refused=refused)
    if hollow:
        report.add("XPF332", hollow[0][0], count=len(hollow), text=cut(hollow[0][1]))
    for item in altered:
        report.add("XPF302", item.cell, expected=cut(item.expected), found=cut(item.found))
    if expected.anchors:
        _report_strays(strays, grid, report)
    else:
        reworded += [Altered(cell, "", clean(str(value))) for cell, value in strays]
    _report_reworded(reworded, report)
    _report_formulas(grid, expected, report)
    settle_merges(grid, expected, bands, report)
    _report_hidden(grid, expected, report)
    return CellAccount(Answers(single, bands), tally, _report_typed_over(grid, expected, report))


def _is_blank(text: str) -> bool:
    return _is_short_blank(text) if len(text) < SHORT else _is_long_blank(text)


def _shows_nothing(text: str) -> bool:
    return not shown(clean(text))  # what no file can carry shows nothing either


# One string may stand in thousands of cells.
_is_short_blank, _is_long_blank = lru_cache(maxsize=1024)(_shows_nothing), lru_cache(maxsize=8)(_shows_nothing)


def _altered_labels(grid: Grid, expected: Expected, whole: bool) -> tuple[list[Altered], list[Altered]]:
    """The anchors and months that are not what they should be, and other labels that say something else.

    `whole` says that no label differs.
    """
    altered: list[Altered] = []
    reworded: list[Altered] = []
    for cell, text in () if whole else expected.labels.items():
        value = grid.values.get(cell, "")
        if value != text:
            found = clean(str(value))
            if squeeze(found) != expected.squeezed[cell]:
                (altered if cell in expected.anchors else reworded).append(Altered(cell, text, found))
    for cell, month in expected.months.items():
        if grid.values.get(cell) != month:
            altered.append(Altered(cell, str(month), clean(str(grid.values.get(cell, "")))))
    return altered, reworded


def _displaced(altered: list[Altered], reworded: list[Altered], grid: Grid, expected: Expected) -> Altered | None:
    """The first place where the sheet no longer fits its form, when cells moved instead of being retyped.

    They moved when a missing label's text turns up where nobody types, or two of them anywhere, or the marker is
    not in its place, or a fifth of the anchors is wrong. Without an altered anchor nothing that is read has moved.
    """
    if not expected.anchors:
        return None
    marker = grid.values.get(expected.marker)
    if not _is_marker(marker) and any(map(_is_marker, grid.values.values())):  # where it is gone, all labels were found
        at_marker = Altered(expected.marker, "xlperf", clean(str(marker or "")))
        return min([*altered, at_marker], key=_row)
    if not altered:
        return None
    places: dict[str, list[str]] = {}
    for cell, value in grid.values.items():
        if isinstance(value, str):
            places.setdefault(squeeze(value), []).append(cell)
    strict, loose = 0, 0
    for item in (*altered, *reworded):
        text = squeeze(item.expected)
        elsewhere = [cell for cell in places.get(text, ()) if expected.squeezed.get(cell) != text]
        loose += bool(elsewhere)
        strict += any(cell not in expected.inputs for cell in elsewhere)
    if strict or loose > 1 or len(altered) > max(3, len(expected.anchors) // 5):
        return min(altered, key=_row)
    return None


def _is_marker(value: Value | None) -> bool:
    return isinstance(value, str) and value.startswith("xlperf ")


def _row(item: Altered) -> tuple[int, int]:
    return _order(item.cell)


def _order(cell: str) -> tuple[int, int]:
    return position(cell) or (0, 0)


def _check_bounds(strays: list[tuple[str, Value]]) -> None:
    for cell, _ in strays:
        at = position(cell)
        if at is None or at[0] > LAST_ROW or at[1] > LAST_COLUMN:
            raise Refused("XPF201", reason=cell[:20])


def _report_reworded(reworded: list[Altered], report: SheetFindings) -> None:
    """Explanations of an older version of ours, or that somebody wrote over: nothing depends on them."""
    shown = [item for item in reworded if item.found]
    if shown:
        report.add("XPF336", shown[0].cell, count=len(shown), text=cut(shown[0].found))


def _report_strays(strays: list[tuple[str, Value]], grid: Grid, report: SheetFindings) -> None:
    """Content where nobody asks for any, so far below the form too that it was not even looked at."""
    if len(strays) <= FEW_STRAYS and not grid.below:
        for cell, value in strays:
            report.add("XPF303", cell, text=cut(clean(str(value))))
        return
    first, text = strays[0] if strays else (grid.first_below, "…")
    report.add("XPF309", first, count=len(strays) + grid.below, text=cut(clean(str(text))))


def _report_formulas(grid: Grid, expected: Expected, report: SheetFindings) -> None:
    """A formula where an answer belongs: its result is read, if it has one."""
    held: dict[str, bool] = {}
    for cell in grid.formulas:
        value = grid.values.get(cell, "")
        if cell in expected.inputs and not (isinstance(value, CellError) or str(value).startswith(PICTURE)):
            held[cell] = cell in grid.results  # of those, the reading of the answer says what is wrong
    areas = {area for area in grid.formulas.values() if ":" in area} - expected.arrays
    limit(len(areas) * len(expected.inputs), MOST_LOOKED_AT, "f ref")
    for area in areas:
        held.update((inner, True) for inner in _within(area, expected.inputs))
    for cell, computed in sorted(held.items(), key=lambda item: _order(item[0])):
        report.add("XPF307" if computed else "XPF311", cell)


def _report_typed_over(grid: Grid, expected: Expected, report: SheetFindings) -> tuple[str, ...]:
    """Computed cells that hold a value where our formula should be; on a copy of values all of them do.

    Those without either were emptied.
    """
    gone = expected.formulas - grid.formulas.keys()
    if not gone:
        return ()
    below = (cell for cell, first in expected.results.items() if first in gone)
    filled = {cell for cell in (*gone, *below) if not _is_blank(str(grid.values.get(cell, "")))}
    over, emptied = sorted(filled, key=_order), sorted(gone - filled, key=_order)
    if emptied and (grid.formulas or not over):  # a copy of values has blanks where results are blank
        report.add("XPF331", emptied[0], count=len(emptied))
    if over and not grid.formulas:
        report.add("XPF326", over[0])
    elif over:
        report.add("XPF323", over[0], count=len(over), found=cut(clean(str(grid.values[over[0]]))))
    return tuple(over)


def _report_hidden(grid: Grid, expected: Expected, report: SheetFindings) -> None:
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


def _within(area: str, cells: Mapping[str, tuple[int, int]]) -> list[str]:
    """Those of the cells that lie in a range."""
    if (corners := area_of(area)) is None:
        return []
    top, left, bottom, right = corners
    return [cell for cell, (row, column) in cells.items() if top <= row <= bottom and left <= column <= right]
