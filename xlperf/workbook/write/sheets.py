"""Any list of filled forms as a workbook: each distinct layout drawn once, then filled for every sheet that has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from xlperf.form import PARAMETERS, Answers, Form, FormSet, Layout, Marker, Slot, layout
from xlperf.form.placement import Elsewhere
from xlperf.form.titles import LISTS
from xlperf.measure import PACKS, Pack
from xlperf.ooxml.a1 import address, quoted_title
from xlperf.ooxml.relationships import list_of, read_relations
from xlperf.ooxml.serialise import escape, respelled
from xlperf.ooxml.zip_out import parts_of
from xlperf.workbook.write.assemble import SHARED, Macros, Sheet, assemble
from xlperf.workbook.write.draw import draw, list_names
from xlperf.workbook.write.fill import SheetTemplate


@dataclass(frozen=True)
class FilledForm:
    """A form with its answers and results, as one sheet.

    A form of a form set gets a marker; `book` and `number` belong to it where the workbook has several such sheets.
    `rows` are the titles of the sheets that the form's linked rows lead to, from the first row on.
    """

    title: str
    form: Form
    answers: Answers
    form_set: FormSet | None = None
    book: str = ""
    number: int = 0
    rows: Sequence[str] = ()
    hidden: bool = False

    @cached_property
    def layout(self) -> Layout:
        """The layout with room for the answers."""
        sizes = ((key, band.size(len(self.answers.bands.get(key, ())))) for key, band in self.form.bands.items())
        return layout(self.form, tuple(sorted(sizes)))

    @cached_property
    def marker(self) -> Marker | None:
        """What the sheet says of itself."""
        if self.form_set is None:
            return None
        return Marker(self.form.kind, self.form_set, tuple(self.layout.sizes.items()), self.book, self.number)


@dataclass(frozen=True)
class _Drawn:
    """A template's shared parts, its sheets and charts by layout, and the sheet of lists."""

    shared: dict[str, bytes]
    sheets: dict[Layout, SheetTemplate]
    charts: dict[Layout, tuple[str, str]]
    lists: str


def write_sheets(
    filled: Sequence[FilledForm], properties: Mapping[str, str], *, active: str = "", macros: Macros | None = None
) -> bytes:
    """The sheets as a workbook, with these properties, open at the sheet `active`; same input, same bytes.

    The lists to choose from stand behind the sheets people see, before those that are hidden.
    """
    single = dict.fromkeys(sheet.layout for sheet in filled if not sheet.number)
    repeated = {sheet.layout for sheet in filled if sheet.number}
    drawn = _drawn((*single, *sorted(repeated, key=lambda place: sorted(place.sizes.items()))), tuple(PACKS.values()))
    layouts = {sheet.title: sheet.layout for sheet in filled}
    sheets = [_sheet(sheet, drawn, layouts) for sheet in filled]
    seen = [sheet for sheet in sheets if not sheet.hidden]
    lists = Sheet(LISTS, drawn.lists, hidden=True)
    return assemble(
        [*seen, lists, *(sheet for sheet in sheets if sheet.hidden)],
        drawn.shared,
        {**_parameter_names(filled), **list_names()},
        properties,
        active=next((i for i, sheet in enumerate(seen) if sheet.title == active), 0),
        macros=macros,
    )


def _sheet(filled: FilledForm, drawn: _Drawn, layouts: Mapping[str, Layout]) -> Sheet:
    title, place, answers = filled.title, filled.layout, filled.answers
    if filled.marker:
        answers = Answers({**answers.single, "marker": str(filled.marker)}, answers.bands)
    places = place.places if filled.rows else ()
    linked = dict.fromkeys(at.row for at in places if isinstance(at.piece, Slot) and at.piece.link)
    targets = dict(zip(linked, filled.rows, strict=False))
    elsewhere = {row: _elsewhere(target, layouts[target]) for row, target in targets.items()}
    links = {row: f"{quoted_title(target)}!{address(1, 1)}" for row, target in targets.items()}
    drawing, chart = drawn.charts.get(place, ("", ""))
    return Sheet(
        title=title,
        xml=drawn.sheets[place].fill(answers, elsewhere, links),
        drawing=drawing,
        chart=chart.replace(quoted_title(_token(place)), escape(quoted_title(title))),
        hidden=filled.hidden,
        print_area="" if filled.hidden else place.print_area,  # LibreOffice prints hidden sheets that have one
        print_rows=place.print_rows,
    )


def _elsewhere(title: str, place: Layout) -> Elsewhere:
    return lambda key: f"{quoted_title(title)}!{place.absolute(key)}"


def _parameter_names(filled: Sequence[FilledForm]) -> dict[str, str]:
    """The defined names of the parameters that stand on one of the sheets."""
    sheets = {sheet.form.kind: sheet for sheet in filled}
    return {
        name: f"{quoted_title(sheets[kind].title)}!{sheets[kind].layout.absolute(slot)}"
        for name, kind, slot in PARAMETERS.values()
        if kind in sheets and slot in sheets[kind].layout.slots
    }


def _token(place: Layout) -> str:
    """The title a sheet has while it is a template; no person writes it."""
    return f"XLPERF{id(place)}"


@lru_cache(maxsize=32)
def _drawn(places: tuple[Layout, ...], packs: tuple[Pack, ...]) -> _Drawn:
    """The drawn layouts; formulas and lists name the `packs`."""
    parts = parts_of(draw((_token(place), place) for place in places))
    sheets, charts = {}, {}
    for i, place in enumerate(places, start=1):
        sheets[place] = SheetTemplate(parts[f"xl/worksheets/sheet{i}.xml"], place)
        if place.form.chart:
            charts[place] = _chart_parts(parts, i)
    shared = {name: respelled(parts[name]).encode() for name in SHARED if name in parts}
    return _Drawn(shared, sheets, charts, respelled(parts[f"xl/worksheets/sheet{len(places) + 1}.xml"]))


def _chart_parts(parts: dict[str, bytes], sheet: int) -> tuple[str, str]:
    """The drawing and the chart of a drawn sheet, found by following its relationships."""

    def target(of: str) -> str:
        return read_relations(parts[list_of(of)], of).target("drawing", "chart")

    drawing = target(f"xl/worksheets/sheet{sheet}.xml")
    return respelled(parts[drawing]), respelled(parts[target(drawing)])
