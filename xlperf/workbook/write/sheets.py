"""Any list of filled forms as a workbook: each distinct layout drawn once, then filled for every sheet that has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xlperf.form import PARAMETERS, Answers, Form, FormSet, Layout, Marker, layout
from xlperf.form.placement import Elsewhere
from xlperf.form.seal import fingerprint
from xlperf.form.titles import LISTS
from xlperf.measure import PACKS, Pack
from xlperf.ooxml.a1 import address, quoted_title
from xlperf.ooxml.serialise import escape
from xlperf.workbook.write.assemble import Macros, Sheet, assemble
from xlperf.workbook.write.chart import TITLE, chart_parts
from xlperf.workbook.write.fill import SheetTemplate
from xlperf.workbook.write.styles import Styles, list_names


@dataclass(frozen=True)
class FilledForm:
    """A form with its answers and results, as one sheet; `given` are the answers it is given out with, if others.

    A form of a form set gets a marker; `book` and `number` belong to it where the workbook has several such sheets.
    `rows` are the titles of the sheets that the form's linked rows lead to, from the first row on; `room` is how many
    rows a band has at least.
    """

    title: str
    form: Form
    answers: Answers
    form_set: FormSet | None = None
    book: str = ""
    number: int = 0
    rows: Sequence[str] = ()
    hidden: bool = False
    given: Answers | None = None
    room: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def layout(self) -> Layout:
        """The layout with room for the answers."""
        filled = {key: len(self.answers.bands.get(key, ())) for key in self.form.bands}
        sizes = ((key, band.size(filled[key], self.room.get(key, 0))) for key, band in self.form.bands.items())
        return layout(self.form, tuple(sorted(sizes)))

    @cached_property
    def marker(self) -> Marker | None:
        """What the sheet says of itself."""
        if self.form_set is None:
            return None
        given = "" if self.form.noun is None else fingerprint(self.layout, self.given or self.answers)
        return Marker(self.form.kind, self.form_set, tuple(self.layout.sizes.items()), self.book, self.number, given)


@dataclass(frozen=True)
class _Template:
    """A layout ready to be filled in, with the parts of its chart as if its sheet had the title `chart.TITLE`."""

    sheet: SheetTemplate
    drawing: str = ""
    chart: str = ""


def write_sheets(
    filled: Sequence[FilledForm],
    properties: Mapping[str, str],
    *,
    active: str = "",
    macros: Macros | None = None,
    title: str = "",
) -> bytes:
    """The sheets as a workbook, with these properties and title, open at the sheet `active`; same input, same bytes.

    The lists to choose from stand behind the sheets people see, before those that are hidden.
    """
    styles = _styles(tuple(dict.fromkeys(sheet.form for sheet in filled)), tuple(PACKS.values()))
    layouts = {sheet.title: sheet.layout for sheet in filled}
    sheets = [_sheet(sheet, _template(sheet.layout, styles), layouts) for sheet in filled]
    seen = [sheet for sheet in sheets if not sheet.hidden]
    return assemble(
        [*seen, Sheet(LISTS, styles.lists, hidden=True), *(sheet for sheet in sheets if sheet.hidden)],
        styles.shared,
        {**_parameter_names(filled), **list_names()},
        properties,
        active=next((i for i, sheet in enumerate(seen) if sheet.title == active), 0),
        macros=macros,
        title=title,
    )


def _sheet(filled: FilledForm, template: _Template, layouts: Mapping[str, Layout]) -> Sheet:
    title, place, answers = filled.title, filled.layout, filled.answers
    if filled.marker:
        answers = Answers({**answers.single, "marker": str(filled.marker)}, answers.bands)
    places = place.places if filled.rows else ()
    linked = dict.fromkeys(at.row for at in places if at.piece.link)
    targets = dict(zip(linked, filled.rows, strict=False))
    elsewhere = {row: _elsewhere(target, layouts[target]) for row, target in targets.items()}
    links = {row: f"{quoted_title(target)}!{address(1, 1)}" for row, target in targets.items()}
    return Sheet(
        title=title,
        xml=template.sheet.fill(answers, elsewhere, links),
        drawing=template.drawing,
        chart=template.chart.replace(quoted_title(TITLE), escape(quoted_title(title))),
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
        if kind in sheets and slot in sheets[kind].layout.keys
    }


@lru_cache(maxsize=32)
def _styles(forms: tuple[Form, ...], packs: tuple[Pack, ...]) -> Styles:
    """The styles of workbooks with these forms; lists and formulas name the `packs`."""
    return Styles(forms)


@lru_cache(maxsize=256)
def _template(place: Layout, styles: Styles) -> _Template:
    """The layout, drawn with these styles."""
    sheet, chart = SheetTemplate(place, styles.number, styles.tints), place.form.chart
    return _Template(sheet, *chart_parts(place, chart)) if chart else _Template(sheet)
