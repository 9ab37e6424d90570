"""Cells whose cached result is not what the answers beside them compute to: typed over, or saved uncalculated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlperf.checks import finding
from xlperf.form import Answers, Cell, Role, settings_answers
from xlperf.form.arithmetic import is_number
from xlperf.form.parts import keys_of
from xlperf.measure import quoted, shown
from xlperf.measure.formula_parts import seen_by_formulas
from xlperf.measure.statuses import NOT_APPLICABLE, OPERATORS, QUALITATIVE, RATINGS
from xlperf.model import Finding, Locus, Settings
from xlperf.model.text import LARGEST, fitted_to_cell, visible
from xlperf.ooxml.grid import CellError
from xlperf.workbook.read.read import Returned, SheetRead

CLOSE = Decimal("0.000001")
DOUBLE = Decimal("1e-14")  # of a result: beyond it a cell holds no digits
JUDGED = frozenset((*OPERATORS, *RATINGS, QUALITATIVE, NOT_APPLICABLE)) - {""}
PASSED_OVER = frozenset(
    (
        *("title", "unit_line", "year_line"),  # they repeat other cells and measure nothing
        *("indicators.score", "score_subtotal", "weight_total", "paid_in_year", "total_score"),  # rules say it better
    )
)


def stale_results(file: str, sheet: SheetRead, expected: Answers) -> Iterator[Finding]:
    """At most one finding: how many computed cells say something else than `expected`, at the first of them.

    Scores and totals have rules of their own, which name both figures.
    """
    differing = list(_differences(sheet, expected))
    if differing:
        cell, should, found = differing[0]
        place = Locus(file=file, sheet=sheet.title, cell=cell)
        yield finding("XPF305", place, count=len(differing), expected=_shown(should), found=_shown(found))


def parameters_stand(returned: Returned, settings: Settings) -> bool:
    """Whether the workbook's parameters were read as they stand: else its cells were computed with others."""
    raw = next((sheet.answers.single for sheet in returned.sheets if sheet.marker.kind == "settings"), {})
    return all(raw.get(key) == value for key, value in settings_answers(settings).single.items())


def is_beyond_computing(sheet: SheetRead) -> bool:
    """Whether error values, or numbers too large to be read, are among its inputs: nobody can expect their results."""
    answers, inputs = sheet.answers, keys_of(sheet.layout.form, Role.INPUT)
    rows = [(keys, row) for band, keys in inputs.items() for row in answers.bands.get(band, [answers.single])]
    return any(_spoils(row.get(key)) for keys, row in rows for key in keys)


def how_many(stale: Sequence[Finding]) -> int:
    """The number of cells that such findings count."""
    return sum(int(str(dict(found.values)["count"])) for found in stale)


def as_formulas_see(sheet: SheetRead) -> Answers:
    """The answers with operators and ratings that plain formulas do not know, for what nobody sees in them."""
    bands = {
        band: [{key: _as_seen(raw) for key, raw in row.items()} for row in rows]
        for band, rows in sheet.answers.bands.items()
    }
    return Answers(sheet.answers.single, bands)


def _as_seen(raw: Cell) -> Cell:
    """A word with a character nobody sees that formulas do see, made another word by naming it."""
    if type(raw) is not str or shown(raw) not in JUDGED:
        return raw
    kept = seen_by_formulas(raw)
    return raw if visible(kept) == kept else quoted(kept)


def _spoils(raw: Cell) -> bool:
    if raw is None or type(raw) is str:
        return False
    return type(raw) in (CellError, bool) or (isinstance(raw, Decimal) and not -LARGEST < raw < LARGEST)


def _differences(sheet: SheetRead, expected: Answers) -> Iterator[tuple[str, Cell, Cell]]:
    """Computed cells with another result: address, what it should be, what it is."""
    layout, answers = sheet.layout, sheet.answers
    for band, keys in keys_of(layout.form, Role.COMPUTED).items():
        rows = [(layout.slots, answers.single, expected.single)]
        if band:
            rows = list(zip(layout.bands[band], answers.bands[band], expected.bands[band], strict=False))
        for places, stated, results in rows:
            for key in keys:
                cached, should = stated.get(key), results.get(key)
                if cached is not None and should != cached and key not in PASSED_OVER and not _same(should, cached):
                    yield places[key].cell, should, cached


def _same(should: Cell, cached: Cell) -> bool:
    if is_number(should) and is_number(cached):
        return abs(Decimal(should) - Decimal(cached)) <= max(CLOSE, abs(Decimal(should)) * DOUBLE)
    if isinstance(should, str) and isinstance(cached, str):
        return cached in (should, fitted_to_cell(should))  # as a program computed it, or as it was written
    return not is_number(should) and (should or "") == cached


def _shown(value: Cell) -> str:
    return f"{Decimal(value).normalize():f}" if is_number(value) else f"“{value or ''}”"
